"""What a step's words tell its reader: to ring somebody, to do something else, or only what not to do."""

import re
from collections.abc import Iterable

from rhrt.rulebook.model import Contact

_START = (
    r"(?:(?:^|[.:;!?]\s+)(?:Then |Now |At once |Please )?|, (?:then )?|(?<!you )\b(?:and|or) (?:then )?"
    r"|\bdo not wait to )"
)
_RING = re.compile(
    rf"{_START}(?:(?:ring|phone|telephone) (?P<whom>[^.;:!?]*)|call \(?[+\d]"
    r"|(?:get|have) (?!.*\bbeen\b)(?P<got>[^.,;:!?]*?) (?:on the (?:phone|telephone|line)\b|called on \(?[+\d])"
    r"|give (?P<given>[^.,;:!?]*?) a (?:ring|call)\b"
    r"|(?:make sure|ensure|(?:see|check)(?= that)) [^.;:!?]*\b(?:called|rung|phoned|telephoned) on \(?[+\d]"
    r"|(?:get|have) an ambulance (?:sent|called)\b)",
    re.IGNORECASE,
)
_REACH = re.compile(
    rf"{_START}(?:ask|tell|call|contact|consult|alert|(?:speak|talk|refer|report)(?: \w+){{0,2}} (?:to|with)) "
    r"(?P<whom>[^.;:!?]*)",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"(?:\w+ ){0,2}(?:your|their|own|allocated|child's|family's|them|him|her|back|round|off)\b", re.IGNORECASE
)
"""Whom only the reader can know how to ring."""

_FORBIDS = re.compile(
    r"(?:do not|don't|never) (?!(?:wait|delay|hesitate|forget|fail|put off|stop)\b)", re.IGNORECASE
)
_SAYING = re.compile(r"[.;:!?]\s+|, (?:and|but) (?:then )?")
"""What stands between two things that a text says, each with a verb of its own."""


def is_named(contact: Contact, text: str) -> bool:
    """Say whether a text names a contact: by its name in any letters, or by its short form as it is written."""
    name = re.split(r"[(,]", contact.name)[0].strip().casefold()
    short = re.findall(r"\((\w+)\)", contact.name)
    return any(re.search(rf"\b{re.escape(one)}\b", text) for one in short) or (
        bool(name) and re.search(rf"\b{re.escape(name)}\b", text.casefold()) is not None
    )


def short_name(contact: Contact) -> str:
    """Give what a contact is called for short: what stands in brackets after its name, or else its name."""
    return next(iter(re.findall(r"\((\w+)\)", contact.name)), contact.name)


def tells_to_ring(text: str) -> bool:
    """Say whether a text tells to telephone somebody whose number a rulebook can hold."""
    return any(not _OWN.match(told["whom"] or told["got"] or told["given"] or "") for told in _RING.finditer(text))


def only_forbids(text: str) -> bool:
    """Say whether a text says only what must not be done."""
    return all(map(_FORBIDS.match, _SAYING.split(text))) and not tells_to_ring(text)


def gives_a_step(text: str, contacts: Iterable[Contact]) -> bool:
    """Say whether a text tells to telephone somebody, or to get in touch with one of the contacts."""
    return tells_to_ring(text) or any(
        is_named(contact, told["whom"]) for told in _REACH.finditer(text) for contact in contacts
    )

"""What people read in a rulebook: its texts, how they say an indicator, and what a text tells its reader."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rhrt.files import Location
from rhrt.rulebook.model import Contact, Rulebook
from rhrt.steward.folder import RulebookFolder


class Text(NamedTuple):
    """One text: the file (its name in the folder, without `.yaml`), the location in it, and the words."""

    file: str
    location: Location
    words: str


def texts(rulebook: Rulebook) -> Iterator[Text]:
    """Give every text, except the wording of indicators, which is quoted, and how people say them."""
    yield from _of_rulebook(rulebook)
    for index, judgement in enumerate(rulebook.judgements):
        yield Text("routes", ("judgements", index, "wording"), judgement.wording)
    for index, urgency in enumerate(rulebook.urgencies):
        yield Text("routes", ("urgencies", index, "name"), urgency.name)
    for index, action in enumerate(rulebook.actions):
        for place, case in enumerate(action.cases):
            at = ("actions", index, "cases", place)
            yield Text("actions", (*at, "text"), case.text)
            if case.by_when:
                yield Text("actions", (*at, "by_when"), case.by_when)
    for index, prompt in enumerate(rulebook.prompts):
        yield Text("prompts", ("prompts", index, "text"), prompt.text)
        yield Text("prompts", ("prompts", index, "why"), prompt.why)
    for index, following in enumerate(rulebook.afterwards):
        yield Text("afterwards", ("afterwards", index, "text"), following.text)


def _of_rulebook(rulebook: Rulebook) -> Iterator[Text]:
    for name in ("notice", "no_level", "if_worse", "no_answer"):
        yield Text("rulebook", (name,), getattr(rulebook, name))
    for index, level in enumerate(rulebook.levels):
        yield Text("rulebook", ("levels", index, "meaning"), level.meaning)
    for index, basis in enumerate(rulebook.bases):
        yield Text("rulebook", ("bases", index, "meaning"), basis.meaning)
    for index, question in enumerate(rulebook.situation):
        yield Text("rulebook", ("situation", index, "question"), question.question)
        yield Text("rulebook", ("situation", index, "why"), question.why)
    yield Text("rulebook", ("degree", "guides"), rulebook.degree.guides)
    for name in ("higher", "lower", "policy"):
        yield Text("rulebook", ("difference", name), getattr(rulebook.difference, name))
    for index, reason in enumerate(rulebook.difference.reasons):
        yield Text("rulebook", ("difference", "reasons", index, "text"), reason.text)


class Said(NamedTuple):
    """One phrase under `also`, with the indicator that it stands for and its place."""

    indicator: str
    words: str
    plain: str
    file: str
    location: Location


def plain(words: str) -> str:
    """Give words without regard to capitals and spaces."""
    return " ".join(words.lower().split())


def said(folder: RulebookFolder) -> Iterator[Said]:
    """Give every phrase of every indicator, in the order written."""
    for file, location, entry in folder.entries("indicators"):
        for place, words in enumerate(entry["also"]):
            yield Said(entry["id"], words, plain(words), file, (*location, "also", place))


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

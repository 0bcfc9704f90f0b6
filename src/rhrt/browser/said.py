"""What the scripts say of an answer beyond its document: words, names, contacts, and what a form asks."""

from collections.abc import Callable, Iterator
from typing import Any

from rhrt.present.outline import WORDS, if_worse_line, shortly, tells_when
from rhrt.reasoning.explain import next_steps
from rhrt.rulebook import dates
from rhrt.rulebook.deeds import only_forbids, short_name
from rhrt.rulebook.model import Contact, Rulebook
from rhrt.suggestion import NextStep
from rhrt.web.api.rulebooks import described, named


def said_data(rulebook: Rulebook) -> dict[str, Any]:
    """Give all that the outline says, and the prompt asks, that is not in the document of a suggestion.

    What is a property of the rulebook alone is worked out here, so that no rule of wording is written twice.
    """
    return {
        "described": described(rulebook),
        "words": WORDS,
        "advice": rulebook.advice,
        "values": [named(field, "id", "values") for field in rulebook.situation],
        "documents": [named(document, "id", "short") for document in rulebook.documents],
        "routes": [named(route, "id", "name") for route in rulebook.routes],
        "urgencies": [named(urgency, "id", "name") for urgency in rulebook.urgencies],
        "contacts": [_contact(contact) for contact in rulebook.contacts],
        "if_worse": if_worse_line(rulebook),
        "only_forbid": [*_steps(rulebook, lambda step: only_forbids(step.text))],
        "tell_when": [*_steps(rulebook, tells_when)],
        "in_doubt": [id_ for id_, one in rulebook.follow_up.items() if one.if_not_known in one.if_yes],
        "guides": rulebook.degree.guides,
        "policy": rulebook.difference.policy,
        "review": _review(rulebook.review_by),
    }


def _steps(rulebook: Rulebook, chosen: Callable[[NextStep], bool]) -> Iterator[str]:
    """Give the names of those next steps of which something is true."""
    return (name for name, step in next_steps(rulebook).items() if chosen(step))


def _contact(contact: Contact) -> dict[str, str]:
    """Give how to name somebody who is to be rung: for short, with the number, and both."""
    return {
        "id": contact.id,
        "short": short_name(contact),
        "reached": contact.reached,
        "shortly": shortly(contact),
    }


def _review(by: str | None) -> dict[str, str | None] | None:
    """Give by when the framework was to be reviewed, in words, and as a date where it is one."""
    return None if by is None else {"day": dates.in_words(by), "by": by if dates.first_day(by) else None}

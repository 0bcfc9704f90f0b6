"""A suggestion as cards: what to do, and what is not known where that could make it higher; a text, as one more."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid5

from rhrt.present.markdown import as_markdown, escaped
from rhrt.present.outline import headline, outline, say, suggested
from rhrt.rulebook.kinds import NOT_ASKED
from rhrt.rulebook.model import Rulebook
from rhrt.search.spot import Spotted, document
from rhrt.suggestion import Suggestion
from rhrt.web.cds_hooks.documents import EXTENSION, FORMER_EXTENSION

LONGEST_SUMMARY = 139
"""A summary must have fewer than 140 characters."""


def cards(suggestion: Suggestion, call: UUID) -> list[dict[str, Any]]:
    """Give the cards. The same call gets the same cards, with the same UUIDs."""
    found = [_main(suggestion, call)]
    if (suggestion.could_be.level or 0) > (suggestion.level or 0):
        found.append(_not_known(suggestion, call))
    return found


def as_before(card: dict[str, Any]) -> dict[str, Any]:
    """Give a card as the hook by its former name had it."""
    return {**card, "extension": {FORMER_EXTENSION: card["extension"][EXTENSION]}}


def filled(value: Any) -> Any:
    """Leave out what is null or empty: CDS Hooks has no such attribute."""
    if isinstance(value, dict):
        parts = {key: filled(part) for key, part in value.items()}
        return {key: part for key, part in parts.items() if part not in _EMPTY}
    return [filled(part) for part in value] if isinstance(value, list | tuple) else value


_EMPTY: tuple[Any, ...] = (None, "", [], {})


def summary(suggestion: Suggestion) -> str:
    """Say it in one line of fewer than 140 characters, the most important first."""
    rulebook = suggestion.rulebook
    said = suggested(suggestion)
    unasked = [question.question for question in suggestion.questions if question.answer == NOT_ASKED]
    if suggestion.urgency == rulebook.urgencies[0].id:
        return _short(f"{suggestion.urgency_name} {said}.")
    if suggestion.level is None and unasked:
        return _short(f"{said}. Ask first: {unasked[0]}")
    return _short(f"{headline(suggestion)}. {said}.")


def importance(suggestion: Suggestion) -> str:
    """Say how a card stands out: by how soon to act, and by how near the level is to the rulebook's highest."""
    rulebook, level = suggestion.rulebook, suggestion.level
    urgencies = [urgency.id for urgency in rulebook.urgencies]
    highest = sorted(rulebook.level)[-2:]
    *sooner, last = urgencies
    if suggestion.urgency in sooner[:2] or level == highest[-1]:
        return "critical"
    return "info" if suggestion.urgency == last and level not in highest else "warning"


def _main(suggestion: Suggestion, call: UUID) -> dict[str, Any]:
    rulebook = suggestion.rulebook
    system, reasons = f"urn:rhrt:{rulebook.id}:reasons", rulebook.difference.reasons
    card: dict[str, Any] = {
        "uuid": str(uuid5(call, "suggestion")),
        "summary": summary(suggestion),
        "detail": as_markdown(outline(suggestion)),
        "indicator": importance(suggestion),
        "source": {"label": _source(rulebook)},
        "overrideReasons": [{"code": one.id, "system": system, "display": one.text} for one in reasons],
        "extension": _extension(suggestion),
    }
    if suggestion.route_name:
        card["suggestions"] = [{"label": headline(suggestion), "uuid": str(uuid5(call, "route"))}]
        card["selectionBehavior"] = "at-most-one"
    return card


def _not_known(suggestion: Suggestion, call: UUID) -> dict[str, Any]:
    could_be = suggestion.could_be
    items = "\n".join(f"- Level {one.level} if so: {escaped(one.wording)}" for one in could_be.because)
    return {
        "uuid": str(uuid5(call, "not-known")),
        "summary": _short(f"It could be Level {could_be.level}. Find out what is not known."),
        "detail": f"Not known, and would make it higher:\n\n{items}\n",
        "indicator": "warning",
        "source": {"label": _source(suggestion.rulebook)},
        "extension": _extension(suggestion),
    }


def of_concerns(spotted: Spotted, rulebook: Rulebook, call: UUID) -> dict[str, Any]:
    """Give the card of the concerns that a text suggests. It has no level: a person chooses what is so."""
    titles = "; ".join(concern.title for concern in spotted.concerns)
    return {
        "uuid": str(uuid5(call, "concerns")),
        "summary": _short(say("card", "concerns", titles=titles) if titles else spotted.notice),
        "detail": "\n\n".join(_in_detail(spotted)),
        "indicator": "info",
        "source": {"label": _source(rulebook)},
        "extension": {EXTENSION: document(spotted)},
    }


def _in_detail(spotted: Spotted) -> Iterator[str]:
    yield escaped(spotted.notice)
    for concern in spotted.concerns:
        yield f"- {escaped(concern.title)}: “{escaped('” “'.join(concern.because))}”"
    if spotted.apart:
        yield escaped(say("asked_help", "apart", words="; ".join(f"“{one.words}”" for one in spotted.apart)))


def _source(rulebook: Rulebook) -> str:
    return f"{rulebook.title}, {rulebook.area}, edition {rulebook.edition}"


def _extension(suggestion: Suggestion) -> dict[str, Any]:
    return {
        EXTENSION: {
            "level": suggestion.level,
            "route": suggestion.route,
            "urgency": suggestion.urgency,
            "receipt": suggestion.model_dump()["receipt"],
        }
    }


def _short(text: str) -> str:
    """Cut a text that is too long, at a word."""
    text = " ".join(text.split())
    if len(text) <= LONGEST_SUMMARY:
        return text
    return text[: LONGEST_SUMMARY - 1].rpartition(" ")[0] + "…"

"""A record as written, with something changed; what is suggested for it; and how two such answers compare."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from rhrt.reasoning.assess import assess
from rhrt.record import Record
from rhrt.rulebook.model import Rulebook
from rhrt.steward.prove.promises import Gravity, falls
from rhrt.suggestion import Suggestion

Written = dict[str, Any]
"""A record as its file writes it."""

MARKS = ("present", "absent", "not_known")
"""The keys under which a record lists indicators."""


def suggest(rulebook: Rulebook, record: Written) -> Suggestion:
    """Assess a record as written. Raises BadInput and NoAnswer, as `assess` does."""
    return assess(Record.model_validate(record), rulebook)


def ids_marked(record: Written, mark: str) -> list[str]:
    """Give the ids that a record marks in one way."""
    return list(record.get("indicators", {}).get(mark, ()))


def unmarked(record: Written, *ids: str) -> Written:
    """Take the marks of some indicators away."""
    marks = {mark: [id_ for id_ in ids_marked(record, mark) if id_ not in ids] for mark in MARKS}
    return {**record, "indicators": marks}


def marked(record: Written, mark: str, *ids: str) -> Written:
    """Mark indicators in one way, and no longer in any other."""
    marks = unmarked(record, *ids)["indicators"]
    return {**record, "indicators": {**marks, mark: [*marks[mark], *ids]}}


def answered(record: Written, answers: dict[str, str]) -> Written:
    """Give some questions about the situation another answer."""
    return {**record, "situation": {**record.get("situation", {}), **answers}}


def followed_up(record: Written, answers: dict[str, str]) -> Written:
    """Give some follow-up questions another answer."""
    return {**record, "follow_ups": {**record.get("follow_ups", {}), **answers}}


def require(holds: bool, otherwise: str) -> None:
    """Raise AssertionError, with a sentence, where something does not hold."""
    if not holds:
        raise AssertionError(otherwise)


def never_lower(before: Suggestion, after: Suggestion, what: str) -> None:
    """Raise AssertionError where what was done between two answers lowers the level, or makes it less urgent."""
    gravity = Gravity([urgency.id for urgency in before.rulebook.urgencies])
    lower = falls(*(gravity.grade(one.level or 0, one.urgency) for one in (before, after)))
    levels = f"from {in_words(before.level)} to {in_words(after.level)}"
    require("level" not in lower, f"{what} lowers the level {levels}.")
    require(not lower, f"{what} makes it less urgent: '{before.urgency}' becomes '{after.urgency}'.")


def same(first: Suggestion, second: Suggestion, what: str) -> None:
    """Raise AssertionError where two answers are not the same to the byte."""
    before, after = document(first), document(second)
    if before == after:
        return
    parts, others = json.loads(before), json.loads(after)
    different = [key for key in parts if parts[key] != others[key]]
    raise AssertionError(f"{what}, the answer differs in {listed(different or ['the order of its parts'])}.")


def document(suggestion: Suggestion) -> str:
    """Give the answer that machines read, as text."""
    return json.dumps(suggestion.model_dump(mode="json"))


def in_words(level: int | None) -> str:
    """Say a level."""
    return "no level" if level is None else f"Level {level}"


def listed(words: Iterable[object]) -> str:
    """Write words one after another, in the order of the alphabet."""
    return ", ".join(sorted(map(str, words))) or "none"

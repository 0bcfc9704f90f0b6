"""Comparing two answers, and saying in a sentence where they are not as they should be."""

from __future__ import annotations

import json
from collections.abc import Iterable

from rhrt.steward.prove.promises import Gravity
from rhrt.suggestion import Suggestion


def require(holds: bool, otherwise: str) -> None:
    """Raise AssertionError, with a sentence, where something does not hold."""
    if not holds:
        raise AssertionError(otherwise)


def never_lower(before: Suggestion, after: Suggestion, what: str) -> None:
    """Raise AssertionError where what was done between two answers lowers the level, or makes it less urgent."""
    gravity = Gravity(urgency.id for urgency in before.rulebook.urgencies)
    lower = gravity.lower(*((one.level or 0, one.urgency) for one in (before, after)))
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

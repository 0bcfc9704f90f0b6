"""A record as written, with something changed, and what is suggested for it."""

from __future__ import annotations

from typing import Any

from rhrt.reasoning.assess import assess
from rhrt.record import Record
from rhrt.rulebook.model import Rulebook
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

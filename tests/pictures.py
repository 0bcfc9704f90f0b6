"""Suggestions to draw, and a rulebook of five levels."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rhrt import Record, Rulebook, Suggestion, assess


def suggested(
    rulebook: Rulebook, level: int | None, not_known: int | None = None, own: int | None = None
) -> Suggestion:
    """Give a suggestion of a level, with an indicator of another not known, and the practitioner's own level."""
    last = {one.level: one.id for one in rulebook.indicators if one.recordable}
    first = {one.level: one.id for one in reversed(rulebook.indicators) if one.recordable}
    marks: dict[str, Any] = {"present": [first[level]] if level else []}
    marks |= {"not_known": [last[not_known]]} if not_known else {}
    judgement = {"level": own} if own else None
    return assess(Record.model_validate({"indicators": marks, "judgement": judgement}), rulebook)


def of_five_levels(rulebook: Rulebook) -> Rulebook:
    """Give a rulebook with a level more, and longer names."""
    *lower, fourth = rulebook.levels
    third = replace(lower.pop(), name="Targeted early help")
    return replace(rulebook, levels=(*lower, third, fourth, replace(fourth, level=5, name="Child protection")))

"""What conditions can ask of each kind of fact: the fields there are, and the values each can have."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Literal, get_args

from rhrt.rulebook.model import NO, YES, AtLeast, Conditions, Mark, Rulebook

About = Literal["indicator", "answers", "situation", "afterwards", "prompt"]
"""The kinds of fact: one indicator as marked; all answers; the situation as a whole, for what to do and for
what follows afterwards; one prompt in it."""

_WHOLE = ("situation", "afterwards", "prompt")

NOT_STATED = "not-stated"
"""What an indicator's heading or basis is for a condition, where the rulebook gives none."""

NO_ROUTE = "none"
"""The route of an answer without one, for a condition."""

RESERVED = frozenset({
    "level", "route", "urgency", "mark", "basis", "heading", "prompt", "age_band", "signs_at_level",
    "headings_recorded",
})  # fmt: skip
"""Fields that every rulebook has, so that no question or finding can be called so."""

NUMBERS = ("none", "one", "two")
"""How many, in words: a prompt may say that there are several of a thing, and never counts them into a level."""

Vocabulary = Mapping[str, tuple[str, ...] | range]
"""The values that each field can have: words, or a range of whole numbers."""

When = list[list[tuple[str, Collection[str | int]]]]
"""Alternatives; each a list of fields with the values that are wanted there."""


def vocabulary(rulebook: Rulebook, about: About) -> Vocabulary:
    """Give the fields and values of one kind of fact."""
    if about == "indicator":
        return {
            "mark": get_args(Mark),
            "level": range(1, highest_level(rulebook) + 1),
            "basis": (*(basis.id for basis in rulebook.bases), NOT_STATED),
            "heading": (*(heading.id for heading in rulebook.headings), NOT_STATED),
        }
    answers: dict[str, tuple[str, ...] | range] = {field.id: field.values for field in rulebook.situation}
    for finding in rulebook.findings:
        if about in _WHOLE or finding.about == "indicator":
            answers[finding.id] = (NO, YES)
    if about in _WHOLE:
        answers["level"] = range(highest_level(rulebook) + 1)
    if about == "prompt":
        answers["prompt"] = tuple(prompt.id for prompt in rulebook.prompts)
        answers["age_band"] = (*(band.id for band in rulebook.age_bands), NOT_STATED)
        answers["signs_at_level"] = ("none", "one", "several")
        answers["headings_recorded"] = (*NUMBERS, "several")
    return answers


def answer_vocabulary(rulebook: Rulebook) -> Vocabulary:
    """Give the fields and values of an answer: the situation, with the route (or none) and the urgency."""
    return {
        **vocabulary(rulebook, "situation"),
        "route": (*(route.id for route in rulebook.routes), NO_ROUTE),
        "urgency": tuple(urgency.id for urgency in rulebook.urgencies),
    }


def highest_level(rulebook: Rulebook) -> int:
    """Give the number of the highest level."""
    return max((level.level for level in rulebook.levels), default=0)


def holds(when: When, fact: Mapping[str, str | int]) -> bool:
    """Say whether any alternative holds: every field it names has a value that is wanted there."""
    for conditions in when:
        for field, wanted in conditions:
            if fact[field] not in wanted:
                break
        else:
            return True
    return False


def wanted_in(alternatives: Iterable[Conditions], highest: int) -> When:
    """Give, for each alternative, its fields with the values that are wanted there."""
    return [[*_wanted_values(conditions, highest)] for conditions in alternatives]


def _wanted_values(conditions: Conditions, highest: int) -> Iterable[tuple[str, Collection[str | int]]]:
    for field, wanted in conditions.items():
        if isinstance(wanted, AtLeast):
            last = highest if wanted.at_most is None else wanted.at_most
            yield field, set(range(wanted.at_least, last + 1))
        else:
            yield field, set(wanted) if isinstance(wanted, tuple) else {wanted}

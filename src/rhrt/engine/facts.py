"""The facts that the inference engine looks at."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from rhrt.rulebook.conditions import NOT_STATED
from rhrt.rulebook.model import NO, YES, Indicator, Rulebook

Fact = Mapping[str, str | int]


def about_indicator(indicator: Indicator, mark: str) -> Fact:
    """Make the fact of one indicator as marked: present, absent or not-known."""
    return {
        "indicator": indicator.id,
        "mark": mark,
        "level": indicator.level,
        "basis": NOT_STATED if indicator.basis is None else indicator.basis,
        "heading": NOT_STATED if indicator.heading is None else indicator.heading,
    }


def about_answers(rulebook: Rulebook, answers: Collection[str], found: Collection[str]) -> Fact:
    """Make the fact of all answers, with a yes or no for each finding that indicators can establish."""
    fact = dict(zip(rulebook.questions, answers, strict=True))
    fact.update((id_, YES if id_ in found else NO) for id_ in rulebook.found_by["indicator"])
    return fact


def about_situation(rulebook: Rulebook, answers: Fact, found: Collection[str], level: int) -> Fact:
    """Make the fact of the whole situation: the level, every answer, and a yes or no for every finding."""
    established = {id_: YES if id_ in found else NO for id_ in rulebook.found_by["answers"]}
    return {"level": level, **answers, **established}


def about_prompt(prompt: str, situation: Fact, age_band: str | None, signs: str, headings: str) -> Fact:
    """Make the fact of one prompt in a situation; `signs` and `headings` say in words how many there are."""
    return {
        "prompt": prompt,
        **situation,
        "age_band": NOT_STATED if age_band is None else age_band,
        "signs_at_level": signs,
        "headings_recorded": headings,
    }

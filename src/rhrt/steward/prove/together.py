"""Records of one, two and three signs, through `assess` itself.

What the marks of a record come to is a join: the highest of their levels, and all that they establish. A join of
many is a join of two, again and again, in any order. So if `assess` joins one, two and three signs as `Situations`
does, whatever the answers, then it joins any number so; and what any join gives, in every situation, is proven by
`agreement`. Signs that come to the same are one kind: every rule looks at what a sign comes to, none at its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, combinations_with_replacement
from typing import Any

from rhrt.faults import NotWhole
from rhrt.reasoning.assess import assess
from rhrt.reasoning.facts import Thing
from rhrt.reasoning.signs import AGE, NOTHING, Marks, Signs
from rhrt.reasoning.situations import Situation, Situations
from rhrt.record import Record
from rhrt.steward.prove.proven import Counterexample, Proven
from rhrt.suggestion import Suggestion

MOST_TOGETHER = 3


def together(situations: Situations) -> Proven:
    """Try every record of one, two or three kinds of sign, with the default answers and each other answer."""
    tried = 0
    for marks, answers in _records(situations):
        tried += 1
        if broken := _otherwise(situations, marks, answers):
            return _proven(tried, broken)
    return _proven(tried, None)


def _proven(tried: int, broken: Counterexample | None) -> Proven:
    sentence = "What is suggested for signs together is what they come to together."
    return Proven("signs-together", sentence, tried, broken, "records")


def _records(situations: Situations) -> Iterator[tuple[Marks, tuple[str, ...]]]:
    defaults = situations.rulebook.defaults
    for thing in situations.things:
        for band in situations.ages:
            yield (*_aged(band), thing), defaults
    other = [
        (*defaults[:place], answer, *defaults[place + 1 :])
        for place, question in enumerate(situations.rulebook.situation)
        for answer in question.values
        if answer != defaults[place] and question.id not in situations.alone
    ]
    for band in situations.ages:
        for marks in _sets_of_signs(situations, band):
            if band is None or any(situations.signs_of(*one, band) != situations.signs_of(*one) for one in marks):
                for answers in (defaults, *(other if len(marks) < MOST_TOGETHER else ())):
                    yield (*_aged(band), *marks), answers


def _aged(band: str | None) -> Marks:
    return () if band is None else ((AGE, band),)


def _sets_of_signs(situations: Situations, band: str | None) -> Iterator[Marks]:
    """Give up to three things of every kind, each under an id of its own, one kind also twice or thrice."""
    kinds: dict[tuple[str, Signs], list[str]] = {}
    for id_, said in situations.things:
        kinds.setdefault((said, situations.signs_of(id_, said, band)), []).append(id_)
    for chosen in chain.from_iterable(
        combinations_with_replacement(kinds, count) for count in range(MOST_TOGETHER + 1)
    ):
        marks: dict[str, str] = {}
        for kind in chosen:
            free = next((id_ for id_ in kinds[kind] if id_ not in marks), None)
            if free is not None:
                marks[free] = kind[0]
        yield tuple(marks.items())


def _otherwise(situations: Situations, marks: Marks, answers: tuple[str, ...]) -> Counterexample | None:
    signs, band = NOTHING, dict(marks).get(AGE)
    for id_, mark in marks:
        if id_ != AGE:
            signs = signs.joined(situations.signs_of(id_, mark, band))
    situation = situations.situation(signs, answers)
    record = situations.record(situation, marks)
    try:
        suggestion = assess(Record.model_validate(record), situations.rulebook)
    except NotWhole as none:
        return Counterexample(record, f"{none}")
    given, expected = _given(suggestion), _expected(situations, situation, marks)
    differing = [name for name, value in expected.items() if given[name] != value]
    if not differing:
        return None
    how = "; ".join(f"{name} is {given[name]}, not {expected[name]}" for name in differing)
    return Counterexample(record, f"Suggested otherwise: {how}.")


def _given(suggestion: Suggestion) -> Mapping[str, Any]:
    return {
        "level": suggestion.level or 0,
        "route": suggestion.route or "none",
        "urgency": suggestion.urgency,
        "harm": suggestion.harm,
        "steps": [f"{step.rule}/{step.case}" for step in suggestion.actions],
        "reasons": {(reason.rule, reason.answer) for reason in suggestion.reasons},
    }


def _expected(situations: Situations, situation: Situation, marks: Marks) -> Mapping[str, Any]:
    rulebook = situations.rulebook
    levels = {f"judgement/{one.id}": one.level for one in rulebook.judgements}
    present = [id_ for id_, mark in marks if mark == "present"]
    said_of = dict(zip(rulebook.questions, situation.answers, strict=True)) | dict(marks)
    told = [
        (max(judged, key=levels.__getitem__), id_)
        for id_, said in said_of.items()
        if (judged := _judged(situations, (id_, said), dict(marks).get(AGE)))
    ]
    return {
        "level": situation.level,
        "route": situation.fact["route"],
        "urgency": situation.fact["urgency"],
        "harm": situation.fact["harm"] == "yes",
        "steps": list(situation.steps.values()),
        "reasons": {(rule, None) for rule in situation.rules if levels.get(rule) == situation.level}
        | {(rule, id_) for rule, id_ in told if levels[rule] in (0, situation.level)}
        | {(f"indicator/{id_}", None) for id_ in present if rulebook.indicator[id_].level == situation.level},
    }


def _judged(situations: Situations, thing: Thing, band: str | None) -> list[str]:
    """Give the judgements that one thing recorded is, in the rulebook's order."""
    fired = situations.fired_by(thing, band) if thing[0] != AGE else frozenset[str]()
    return [rule for one in situations.rulebook.judgements if (rule := f"judgement/{one.id}") in fired]

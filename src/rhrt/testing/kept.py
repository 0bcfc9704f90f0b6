"""What each worked case, and each sign alone, is told now: kept in words, and compared with what was kept.

A worked case says what it expects of the level, the route, the reasons and the steps. What is kept holds the rest
of its answer: the words of each step and whom it says to ring, the follow-up questions, the prompts, what happens
afterwards, the neighbouring rungs, services and circumstances. So no change of it goes unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rhrt.faults import BadInput, NotWhole
from rhrt.reasoning.assess import assess
from rhrt.reasoning.whole import as_fault
from rhrt.record import Marks, Record
from rhrt.rulebook.model import Rulebook
from rhrt.steward.cases import Example
from rhrt.steward.compare.words import field_name
from rhrt.steward.kept import ALONE, EVERY, Kept, Told, Words, named_in, words_of, words_told
from rhrt.suggestion import Reason, Suggestion

_ONE = ("level", "route", "urgency")
"""The parts of an answer that are one thing and no list."""

_NO_HEADING = " under none"
"""What is kept of a reason that stands under no heading, as an answer does, and is not told."""


def keep(rulebook: Rulebook, examples: Iterable[Example]) -> Kept:
    """Give what each example, and each sign alone, is told now. Raises BadInput where that is no whole answer."""
    answers: dict[str, dict[str, Told]] = {}
    for example in examples:
        told_now = _told_of(example.record, rulebook, f"{example.file}: {example.title}")
        answers.setdefault(Path(example.file).stem, {})[example.title] = told_now
    answers[ALONE] = {id_: _told_of(alone(id_), rulebook, f"{id_} alone") for id_ in rulebook.position}
    every = [one for own in answers.values() for one in own.values()]
    return Kept(words=words_told(every, words_of(rulebook)), answers=answers)


def _told_of(record: Record, rulebook: Rulebook, named: str) -> Told:
    try:
        return told(assess(record, rulebook))
    except NotWhole as none:
        raise BadInput([as_fault(named, none)]) from none


def alone(id_: str) -> Record:
    """Make the record in which one indicator is present and nothing else is recorded."""
    return Record(indicators=Marks(present=(id_,)))


def told(suggestion: Suggestion) -> Told:
    """Say in short what an answer says."""
    parts = {
        "level": [str(suggestion.level)] if suggestion.level else [],
        "route": [suggestion.route] if suggestion.route else [],
        "urgency": [suggestion.urgency],
        "reasons": [*map(_reason, suggestion.reasons)],
        "steps": [f"{step.code}/{step.case}" for step in suggestion.actions],
        "follow_ups": [
            _joined(one.id, [one.answer, *(rung.indicator for rung in one.consider)])
            for one in suggestion.follow_ups
        ],
        "prompts": [_joined(one.id, [rung.indicator for rung in one.consider]) for one in suggestion.prompts],
        "afterwards": [one.id for one in suggestion.afterwards],
        "neighbours": list(_rungs(suggestion)),
        "would_change": [
            _joined(f"{one.direction} to {one.level or 'none'}", [*one.present, *one.absent, *one.situation])
            for one in suggestion.would_change
        ],
        "circumstances": [one.id for one in suggestion.circumstances],
        "services": [one.id for one in suggestion.services],
    }
    return {part: said for part, said in parts.items() if said}


def _reason(reason: Reason) -> str:
    under = f" under {reason.heading}" if reason.heading else _NO_HEADING
    return f"{reason.indicator or reason.answer or reason.rule}{under}"


def differences(before: Told, now: Told) -> list[str]:
    """Say what of an answer is not as it was kept, each thing that came or went on its own."""
    if not before:
        return ["Nothing was kept of it yet."]
    return [
        said
        for part in dict.fromkeys([*before, *now])
        for said in _of(part, before.get(part, ()), now.get(part, ()))
    ]


def other_words(before: Words, now: Words) -> dict[str, list[str]]:
    """Say which words are not as they were kept, by what has them."""
    return {
        name: [
            f"The {field_name(field)} of {_called(name)} changed: "
            f"kept “{kept.get(field) or 'none'}”; given “{given.get(field) or 'none'}”."
            for field in dict.fromkeys([*kept, *given])
            if kept.get(field) != given.get(field)
        ]
        for name, kept in before.items()
        if (given := now.get(name)) and given != kept
    }


def told_of(kept: Kept, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the examples, and the signs alone, that were told the words of something."""
    where = [
        (file, title)
        for file, own in kept.answers.items()
        for title, answer in own.items()
        if name in named_in(answer, kept.words)
    ]
    examples = tuple(f"{file}: {title}" for file, title in where if file != ALONE)
    return examples, tuple(title for file, title in where if file == ALONE)


def _called(name: str) -> str:
    kind, id_, *case = name.split("/")
    if name == EVERY:
        return "what stands under every answer"
    called = {"contact": id_, "action": f"the step {id_}"}.get(kind, f"the {kind} {id_}")
    return f"{called}, case {case[0]}," if case else called


def _of(part: str, before: Sequence[str], now: Sequence[str]) -> Iterator[str]:
    named = part.replace("_", " ")
    if part in _ONE and before != now:
        yield f"{named}: kept {', '.join(before) or 'none'}; given {', '.join(now) or 'none'}"
        return
    gone, come = [one for one in before if one not in now], [one for one in now if one not in before]
    yield from (f"{named}: no longer {one.removesuffix(_NO_HEADING)}" for one in gone)
    yield from (f"{named}: now also {one.removesuffix(_NO_HEADING)}" for one in come)
    if [one for one in before if one in now] != [one for one in now if one in before]:
        yield f"{named}: in another order"


def _rungs(suggestion: Suggestion) -> Iterator[str]:
    for one in suggestion.neighbours:
        rungs = [rung.indicator if rung else "none" for rung in (one.milder, one.graver)]
        yield f"{one.indicator} on {one.ladder}: {' and '.join(rungs)}"


def _joined(one: str, others: Sequence[str]) -> str:
    return f"{one}: {', '.join(others)}" if others else one

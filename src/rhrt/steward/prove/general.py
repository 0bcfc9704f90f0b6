"""Safety sentences that hold of every rulebook, whatever it says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from rhrt.reasoning.signs import Signs
from rhrt.reasoning.situations import Situation, Situations
from rhrt.rulebook.conditions import NO_ROUTE
from rhrt.rulebook.kinds import NO, NOT_ASKED, NOT_KNOWN
from rhrt.steward.prove.proven import Counterexample, Proven

Trial = Callable[["_Space", Situation], str | None]
"""Says how a situation breaks a sentence, or None."""


class _General(NamedTuple):
    id: str
    sentence: str
    trial: Trial


class _Space:
    """All situations of a rulebook, with what the trials compare them with."""

    def __init__(self, situations: Situations) -> None:
        self.situations = situations
        rulebook = situations.rulebook
        self.found = {(one.signs, one.answers): one for one in situations.each}
        self.more = _with_one_more(situations)
        self.rank = {urgency.id: place for place, urgency in enumerate(rulebook.urgencies)} | {
            "": len(rulebook.urgencies)
        }
        self.judged = {f"judgement/{judgement.id}" for judgement in rulebook.judgements}

    def lower(self, one: Situation, other: Situation) -> str | None:
        """Say in what a situation is lower than another: in its level or its urgency."""
        if one.level < other.level:
            return f"The level falls from {other.level} to {one.level}."
        if self.rank[str(one.fact["urgency"])] > self.rank[str(other.fact["urgency"])]:
            return f"The urgency falls from {other.fact['urgency']} to {one.fact['urgency']}."
        return None


def _with_one_more(situations: Situations) -> Mapping[Signs, Collection[Signs]]:
    """Give, for what stands for signs, all that stands for them with one thing more recorded."""
    more: dict[Signs, dict[Signs, None]] = {}
    for signs, stands in situations.like.items():
        joined = more.setdefault(stands, {})
        for single in situations.singles:
            other = situations.like.get(signs.joined(single))
            if other is not None and other != stands:
                joined[other] = None
    return more


def _with_more(space: _Space, situation: Situation) -> Iterator[Situation]:
    """Give the situation with one sign more. Any number more is reached by one more at a time."""
    for signs in space.more[situation.signs]:
        yield space.found[signs, situation.answers]


def _concern_never_lowers(space: _Space, situation: Situation) -> str | None:
    return next((how for more in _with_more(space, situation) if (how := space.lower(more, situation))), None)


def _not_known_never_reassures(space: _Space, situations: Situations) -> Counterexample | None:
    for field in situations.rulebook.situation:
        settled = [answer for answer in (NO, NOT_ASKED) if answer in field.values]
        if not field.ask_first or NOT_KNOWN not in field.values:
            continue
        for unknown, *others in situations.answered_apart(field.id, (NOT_KNOWN, *settled)):
            for other in others:
                if how := space.lower(unknown, other):
                    return Counterexample(situations.record(unknown), how)
    return None


def _nothing_is_no_level(space: _Space, situation: Situation) -> str | None:
    if situation.signs.level or space.judged & set(situation.rules):
        return None
    if not situation.level and situation.fact["route"] == NO_ROUTE:
        return None
    return f"The level is {situation.level}, the route {situation.fact['route']}."


def _never_below_a_sign(_space: _Space, situation: Situation) -> str | None:
    return f"The level is only {situation.level}." if situation.level < situation.signs.level else None


def _nobody_is_left(_space: _Space, situation: Situation) -> str | None:
    if situation.level and situation.fact["route"] == NO_ROUTE:
        return f"Level {situation.level} has no route."
    if not situation.fact["urgency"]:
        return "There is no urgency."
    return None if situation.steps else "There is no next step."


_GENERAL = (
    _General(
        "nothing-recorded-is-no-level",
        "With no sign present, and no judgement that sets a level, there is no level and no route.",
        _nothing_is_no_level,
    ),
    _General("never-below-a-sign", "The level is never below that of a sign present.", _never_below_a_sign),
    _General(
        "a-concern-never-lowers",
        "One more sign, present or not known, never lowers the level or the urgency.",
        _concern_never_lowers,
    ),
    _General(
        "nobody-is-left-without-a-way",
        "Every level has a route, and every situation an urgency and a next step.",
        _nobody_is_left,
    ),
)


_NOT_KNOWN = "An answer that is not known never gives a lower level or urgency than one not asked, or no."


def general(situations: Situations) -> Iterator[Proven]:
    """Try each general sentence on every situation, the smallest first."""
    space = _Space(situations)
    for one in _GENERAL:
        broken = next(
            (
                Counterexample(situations.record(situation), how)
                for situation in situations.smallest_first
                if (how := one.trial(space, situation))
            ),
            None,
        )
        yield Proven(one.id, one.sentence, situations.stood_for, broken)
    broken = _not_known_never_reassures(space, situations)
    yield Proven("not-known-never-reassures", _NOT_KNOWN, situations.stood_for, broken)

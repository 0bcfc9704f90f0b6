"""What no answer of any rulebook may get wrong: each promise once, tried on every situation there can be.

The proof says all of them. A check that warns of one looks here, and a property of `rhrt.testing` holds the answers
to a given record to the same: `falls` says what is lower, and `rhrt.reasoning.whole.lacking` what is missing.
What a rulebook promises itself is in `rhrt.steward.prove.sentences`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Literal, NamedTuple

from rhrt.reasoning.signs import Signs
from rhrt.reasoning.situations import Situation, Situations
from rhrt.reasoning.whole import lacking
from rhrt.rulebook.conditions import NO_ROUTE
from rhrt.rulebook.kinds import NO, NOT_ASKED, NOT_KNOWN

Broken = Iterator[tuple[Situation, str]]
"""The situations in which a promise is broken, and how, the plainest first."""

More = Mapping[Signs, Collection[Signs]]
"""For what stands for signs, all that stands for them with one thing more recorded."""


class Counterexample(NamedTuple):
    """A smallest record of which a sentence is not true, as a record file writes it, and how it is not."""

    record: Mapping[str, Any]
    how: str


class Proven(NamedTuple):
    """One sentence, over how many situations it was tried (all answers told apart), and what breaks it.

    `counted` names what was counted: situations, or records.
    """

    id: str
    sentence: str
    tried: int
    broken: Counterexample | None
    counted: str = "situations"


Falls = Literal["level", "urgency"]

Grade = tuple[int, int]
"""How grave an answer is: its level (0: none), and how urgent it is, from 0 for no urgency."""


class Gravity:
    """How grave answers are, by level and urgency: the `urgencies` of a rulebook are the most urgent first."""

    def __init__(self, urgencies: Sequence[str]) -> None:
        self._urgent = {id_: place for place, id_ in enumerate(reversed(urgencies), 1)}

    def grade(self, level: int, urgency: str) -> Grade:
        """Give how grave an answer is."""
        return level, self._urgent.get(urgency, 0)

    def of(self, situation: Situation) -> Grade:
        """Give how grave the answer to a situation is."""
        return self.grade(situation.level, str(situation.fact["urgency"]))


def falls(before: Grade, after: Grade) -> tuple[Falls, ...]:
    """Say in what an answer is lower than another."""
    level: tuple[Falls, ...] = ("level",) if after[0] < before[0] else ()
    return (*level, "urgency") if after[1] < before[1] else level


def lowered(
    situations: Situations, more: More, order: Iterable[Situation]
) -> Iterator[tuple[Situation, Situation, tuple[Falls, ...]]]:
    """Give each situation of some that one thing more recorded makes lower, what it becomes, and what is lower."""
    gravity = _gravity(situations)
    graded = {
        answers: {one.signs: (one, gravity.of(one)) for one in group}
        for answers, group in situations.by_answers.items()
    }
    for before in order:
        alike = graded[before.answers]
        _, grade = alike[before.signs]
        for signs in more[before.signs]:
            after, other = alike[signs]
            if other[0] < grade[0] or other[1] < grade[1]:
                yield before, after, falls(grade, other)


def with_one_more(situations: Situations, recorded: Collection[Signs], to: Iterable[Signs]) -> More:
    """Say what those that records can come to (`to`) are with one more of what one thing recorded can come to."""
    like, more = situations.like, dict[Signs, dict[Signs, None]]()
    for signs in to:
        joined = more.setdefault(like[signs], {})
        for single in recorded:
            other = like.get(signs.joined(single))
            if other is not None and other != like[signs]:
                joined[other] = None
    return more


def not_known_is_milder(situations: Situations, question: str, *than: Sequence[str]) -> Broken:
    """Give the situations in which not knowing is lower than all of some answers: than all of any `than`."""
    gravity, answers = _gravity(situations), dict.fromkeys(chain(*than))
    for unknown, *others in situations.answered_apart(question, (NOT_KNOWN, *answers)):
        known, grade = dict(zip(answers, others, strict=True)), gravity.of(unknown)
        for several in than:
            lower = [falls(gravity.of(known[one]), grade) for one in several]
            if what := next((what for what in lower[0] if all(what in one for one in lower)), None):
                yield unknown, _in_words(what, known[several[0]], unknown)


def without(situations: Situations, part: str) -> Iterator[Situation]:
    """Give the situations whose answer needs a part and lacks it, named as `lacking` names it."""
    return (one for one in situations.each if part in _lacking(one))


def general(situations: Situations) -> Iterator[Proven]:
    """Try each promise on every situation."""
    for id_, (sentence, promise) in _PROMISES.items():
        broken = next(((situations.record(one), how) for one, how in promise(situations)), None)
        yield Proven(id_, sentence, situations.stood_for, Counterexample(*broken) if broken else None)


def _nothing_is_no_level(situations: Situations) -> Broken:
    judged = {f"judgement/{judgement.id}" for judgement in situations.rulebook.judgements}
    for one in situations.smallest_first:
        if one.signs.level == 0 and judged.isdisjoint(one.rules) and (one.level or one.fact["route"] != NO_ROUTE):
            yield one, f"The level is {one.level}, the route {one.fact['route']}."


def _never_below_a_sign(situations: Situations) -> Broken:
    for one in situations.smallest_first:
        if one.level < one.signs.level:
            yield one, f"The level is only {one.level}."


def _a_concern_never_lowers(situations: Situations) -> Broken:
    more = with_one_more(situations, situations.singles, situations.like)
    for before, after, what in lowered(situations, more, situations.smallest_first):
        yield before, _in_words(what[0], before, after)


def _nobody_is_left(situations: Situations) -> Broken:
    said = {"a route": "Level {} has no route.", "an urgency": "There is no urgency."}
    said["a next step"] = "There is no next step."
    for one in situations.smallest_first:
        if lacks := _lacking(one):
            yield one, next(how.format(one.level) for part, how in said.items() if part in lacks)


def _not_known_never_reassures(situations: Situations) -> Broken:
    for field in situations.rulebook.situation:
        if field.ask_first and NOT_KNOWN in field.values:
            settled = [(answer,) for answer in (NO, NOT_ASKED) if answer in field.values]
            yield from not_known_is_milder(situations, field.id, *settled)


_PROMISES: Mapping[str, tuple[str, Callable[[Situations], Broken]]] = {
    "nothing-recorded-is-no-level": (
        "With no sign present, and no judgement that sets a level, there is no level and no route.",
        _nothing_is_no_level,
    ),
    "never-below-a-sign": ("The level is never below that of a sign present.", _never_below_a_sign),
    "a-concern-never-lowers": (
        "One more sign, present or not known, never lowers the level or the urgency.",
        _a_concern_never_lowers,
    ),
    "nobody-is-left-without-a-way": (
        "Every level has a route, and every situation an urgency and a next step.",
        _nobody_is_left,
    ),
    "not-known-never-reassures": (
        "An answer that is not known never gives a lower level or urgency than one not asked, or no.",
        _not_known_never_reassures,
    ),
}


def _gravity(situations: Situations) -> Gravity:
    return Gravity([urgency.id for urgency in situations.rulebook.urgencies])


def _in_words(what: Falls, before: Situation, after: Situation) -> str:
    return f"The {what} falls from {before.fact[what]} to {after.fact[what]}."


def _lacking(situation: Situation) -> tuple[str, ...]:
    route, urgency = str(situation.fact["route"]), str(situation.fact["urgency"])
    return lacking(situation.level, None if route == NO_ROUTE else route, urgency, tuple(situation.steps))

"""Whose answer changes between two rulebooks, proven by looking at every pair of situations.

What is called unchanged is so for every record that both rulebooks read: the level, the route, the urgency, whether
harm is in question, the codes of the steps in order, and the ids of the reasons in any order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rhrt.reasoning.situations import AGE, Marks, Situations
from rhrt.rulebook.recorded import Thing
from rhrt.steward.compare.answers import Differs
from rhrt.steward.compare.causes import Causes
from rhrt.steward.compare.look import Witness, Look, OtherWords, Rings, Unanswered
from rhrt.steward.compare.pair import Pair
from rhrt.steward.compare.together import LeftOut, Together, TooMany


class Group(NamedTuple):
    """The situations in which the same differs for the same causes.

    `levels`: what the old rulebook gives them, 0 for no level; empty where it gives no answer.
    """

    causes: Causes
    differs: Differs
    levels: tuple[int, ...]
    situations: int
    example: Witness


class Unchanged(NamedTuple):
    """What is proven unchanged, for records that both rulebooks read.

    `unless_recorded`: no answer changes unless one of these things is recorded: a mark, an answer to a question or
    a follow-up question, the practitioner's own level (None: that is not so of any few things).
    `levels`: no answer changes where the old rulebook gives one of these levels. `answers`: nor where a question
    has one of these answers (None: nothing is said). `ages`: nor where the child is of one of these ages (None: not
    stated). Each is over all that the record may otherwise hold.
    """

    unless_recorded: tuple[Thing, ...] | None
    levels: tuple[int, ...]
    answers: Mapping[str, tuple[str | None, ...]]
    ages: tuple[str | None, ...]


NOTHING_PROVEN = Unchanged(None, (), {}, ())

ALL_ANSWERED = Unanswered(0, 0, 0)


@dataclass(frozen=True)
class Effect:
    """Whose answer changes.

    `situations` is how many were looked at, all answers told apart, and `changed` how many of them differ.
    In the `unanswered` of them an answer would not be whole, so nobody is shown one.
    Where `not_proven` gives a reason, nothing was proven, and nothing is called unchanged.
    """

    together: Together
    situations: int = 0
    changed: int = 0
    groups: tuple[Group, ...] = ()
    words: tuple[OtherWords, ...] = ()
    rings: tuple[Rings, ...] = ()
    unchanged: Unchanged = NOTHING_PROVEN
    not_proven: str | None = None
    unanswered: Unanswered = ALL_ANSWERED
    _changed: Mapping[Pair, frozenset[tuple[int, ...]]] = field(default_factory=dict)

    def says_unchanged(self, recorded: Marks, answers: Mapping[str, str]) -> bool:
        """Say whether the answer for a record is proven to be the same with both rulebooks.

        `recorded` are the marks, the answers to follow-up questions, the own level and the age, as the record gives
        them. False also where either rulebook cannot read the record.
        """
        together = self.together
        kinds = together.kinds_of({id_: own for id_, own in answers.items() if id_ not in together.unasked})
        if self.not_proven or kinds is None:
            return False
        pair = together.pair_of((*recorded, *((id_, answers[id_]) for id_ in together.unasked if id_ in answers)))
        like = together.like.get(pair) if pair else None
        return like is not None and kinds not in self._changed.get(like, ())


def effect(old: Situations, new: Situations) -> Effect:
    """Compare what two rulebooks make of every record that both read."""
    together = Together(old, new)
    try:
        return _proven(together)
    except TooMany as many:
        return Effect(together, not_proven=str(many))


def _proven(together: Together) -> Effect:
    looked = Look(together)
    groups = [
        Group(causes, own, tuple(sorted(found.levels)), found.situations, looked.example(found))
        for (causes, own), found in looked.groups.items()
    ]
    return Effect(
        together,
        len(together.reached) * together.options,
        sum(group.situations for group in groups),
        tuple(sorted(groups, key=_gravest_first)),
        tuple(looked.other_words(name) for name in sorted(looked.words)),
        tuple(looked.rings(*one) for one in sorted(looked.rung, key=str)),
        _unchanged(looked),
        None,
        looked.unanswered,
        {pair: frozenset(kinds) for pair, kinds in looked.changed.items()},
    )


def _gravest_first(group: Group) -> tuple[object, ...]:
    """Order groups: an answer gone or new, a level that falls or rises, route, urgency, harm, steps, reasons.

    Of those alike the largest is first.
    """
    own = group.differs
    fell = own.level is not None and own.level[0] > own.level[1]
    gone = own.lacks is not None and not own.lacks[0]
    order = (
        gone,
        own.lacks,
        fell,
        own.level,
        own.route,
        own.urgency,
        own.harm,
        own.removed,
        own.added,
        own.reordered,
        own.reasons,
    )
    return (*(not one for one in order), -group.situations)


def _unchanged(looked: Look) -> Unchanged:
    changed_levels = {level for found in looked.groups.values() for level in found.levels}
    answers = dict([*_answered(looked), *_answered_alone(looked)])
    # Where there is no answer there is no level, and people would read that as "gives no level", or as the rules'.
    levels = tuple(sorted(looked.levels - looked.not_given - changed_levels))
    return Unchanged(_unless_recorded(looked), levels, answers, _ages(looked))


def _answered(looked: Look) -> Iterator[tuple[str, tuple[str | None, ...]]]:
    """Give the answers to questions that are looked at apart, or with others, at which nothing changes."""
    kinds = {kinds for changed in looked.changed.values() for kinds in changed}
    for place, asked in enumerate(looked.together.asked):
        touched = {own[place] for own in kinds}
        same = [
            option.said for kind, options in enumerate(asked.kinds) if kind not in touched for option in options
        ]
        if touched and same:
            yield asked.id, tuple(same)


def _answered_alone(looked: Look) -> Iterator[tuple[str, tuple[str | None, ...]]]:
    """Give the answers to questions that are joined with all else, at which nothing changes."""
    for id_, among in looked.together.unasked.items() if looked.changed else ():
        said = [option.said for option in among]
        same = [one for one in said if not _changes(looked, {(id_, other) for other in said if other != one})]
        if same:
            yield id_, tuple(same)


def _ages(looked: Look) -> tuple[str | None, ...]:
    """Give the ages at which nothing changes, where something does at another."""
    kinds = looked.together.age_kinds if looked.changed else ()
    return tuple(age for kind in kinds if not _changes(looked, (), kind[:1]) for age in kind)


def _unless_recorded(looked: Look) -> tuple[Thing, ...] | None:
    """Give the things that change something on their own, where nothing changes in any record without them."""
    together = looked.together
    alone = {thing: {_alone(together, thing, age) for age in together.ages} for thing in together.things}
    altered = tuple(thing for thing, pairs in alone.items() if pairs & looked.changed.keys())
    return None if _changes(looked, set(altered)) else altered


def _alone(together: Together, thing: Thing, age: str | None) -> Pair | None:
    pair = together.pair_of((thing,) if age is None else ((AGE, age), thing))
    return together.like[pair] if pair else None


def _changes(looked: Look, left_out: LeftOut, ages: Sequence[str | None] | None = None) -> bool:
    """Say whether an answer changes in any record that holds nothing of what is left out."""
    reached = looked.together.reached_without(left_out, ages) if looked.changed else ()
    return any(looked.together.like[pair] in looked.changed for pair in reached)

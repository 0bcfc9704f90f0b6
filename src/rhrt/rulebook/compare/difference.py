"""Whose answer changes between two rulebooks, proven by looking at every pair of situations.

What is called unchanged is so for every record that both rulebooks read: the level, the route, the urgency, whether
harm is in question, the codes of the steps in order, and the ids of the reasons in any order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, get_args

from rhrt.rulebook.compare.answers import Differs
from rhrt.rulebook.compare.causes import Causes
from rhrt.rulebook.compare.look import Example, Look, OtherWords, Rings
from rhrt.rulebook.compare.together import Pair, Together, TooMany
from rhrt.rulebook.model import Mark
from rhrt.rulebook.situations import Marks, Situations


class Group(NamedTuple):
    """The situations in which the same differs for the same causes. `levels`: what the old rulebook gives them."""

    causes: Causes
    differs: Differs
    levels: tuple[int, ...]
    situations: int
    example: Example


class Unchanged(NamedTuple):
    """What is proven unchanged, for records that both rulebooks read.

    `unless_marked`: no answer changes unless one of these marks is made (None: that is not so of any few marks).
    `levels`: no answer changes where the old rulebook gives one of these levels. `answers`: nor where a question
    has one of these answers (None: nothing is said). Each is over all that the record may otherwise hold.
    """

    unless_marked: tuple[tuple[str, Mark], ...] | None
    levels: tuple[int, ...]
    answers: Mapping[str, tuple[str | None, ...]]


NOTHING_PROVEN = Unchanged(None, (), {})


@dataclass(frozen=True)
class Difference:
    """Whose answer changes.

    `situations` is how many were looked at, all answers told apart, and `changed` how many of them differ.
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
    _changed: Mapping[Pair, frozenset[tuple[int, ...]]] = field(default_factory=dict)

    def says_unchanged(self, marked: Marks, answers: Mapping[str, str]) -> bool:
        """Say whether the answer for a record is proven to be the same with both rulebooks.

        `marked` are ids as the record gives them, each with its mark. False also where either rulebook cannot read
        the record.
        """
        kinds = self.together.kinds_of(answers)
        if self.not_proven or kinds is None or not self.together.reads(marked):
            return False
        pair = self.together.pair_of(marked)
        return pair in self.together.marks and kinds not in self._changed.get(pair, ())


def difference(old: Situations, new: Situations) -> Difference:
    """Compare what two rulebooks make of every record that both read."""
    together = Together(old, new)
    try:
        return _proven(together)
    except TooMany as many:
        return Difference(together, not_proven=str(many))


def _proven(together: Together) -> Difference:
    looked = Look(together)
    groups = [
        Group(causes, own, tuple(sorted(found.levels)), found.situations, looked.example(found))
        for (causes, own), found in looked.groups.items()
    ]
    return Difference(
        together,
        len(together.marks) * together.options,
        sum(group.situations for group in groups),
        tuple(sorted(groups, key=_gravest_first)),
        tuple(looked.other_words(name) for name in sorted(looked.words)),
        tuple(looked.rings(*one) for one in sorted(looked.rung, key=str)),
        _unchanged(looked),
        None,
        {pair: frozenset(kinds) for pair, kinds in looked.changed.items()},
    )


def _gravest_first(group: Group) -> tuple[object, ...]:
    """Order groups: a level that falls, one that rises, route, urgency, harm, steps, reasons; the largest first."""
    own = group.differs
    fell = own.level is not None and own.level[0] > own.level[1]
    order = (fell, own.level, own.route, own.urgency, own.harm, own.removed, own.added, own.reordered, own.reasons)
    return (*(not one for one in order), -group.situations)


def _unchanged(looked: Look) -> Unchanged:
    kinds = {kinds for changed in looked.changed.values() for kinds in changed}
    changed_levels = {level for found in looked.groups.values() for level in found.levels}
    answers = {}
    for place, asked in enumerate(looked.together.asked):
        touched = {own[place] for own in kinds}
        same = [
            option.said for kind, options in enumerate(asked.kinds) if kind not in touched for option in options
        ]
        if touched and same:
            answers[asked.id] = tuple(same)
    return Unchanged(_unless_marked(looked), tuple(sorted(looked.levels - changed_levels)), answers)


def _unless_marked(looked: Look) -> tuple[tuple[str, Mark], ...] | None:
    """Give the marks that change something on their own, where nothing changes in any record without them."""
    links = dict.fromkeys(looked.together.read_as.values())
    marks: list[tuple[str, Mark]] = [(link.id, mark) for link in links for mark in get_args(Mark)]
    altered = tuple(mark for mark in marks if looked.together.pair_of([mark]) in looked.changed)
    without = looked.together.marks_without(set(altered))
    return None if looked.changed.keys() & without.keys() else altered

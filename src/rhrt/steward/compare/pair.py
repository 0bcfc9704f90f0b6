"""What the same things recorded come to in each of two rulebooks, and how two such pairs are joined.

Whether both rulebooks name the same reasons is joined as well. A thing that is a reason is one at its own level (an
indicator that is present, an answer that gives a level) or always (an answer that asks for a step). So it is enough
to know of which kinds the things recorded are: see `Pair.named`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from rhrt.reasoning.facts import Thing
from rhrt.reasoning.signs import NOTHING, Signs
from rhrt.reasoning.situations import Situations
from rhrt.rulebook.model import Rulebook

ALWAYS = -1
"""The level at which a thing is a reason that is one at every level. At 0 it never is."""

Named = frozenset[tuple[int, int]]
"""At which level things are reasons in the old rulebook and in the new, once for each two levels."""


class Pair(NamedTuple):
    """What the same things recorded come to in each rulebook.

    `named` holds the two levels of each thing that may be a reason in one rulebook and not in the other. `age` is
    the age of the child where an answer that is looked at apart (`Heard`) means something else at another.
    """

    old: Signs
    new: Signs
    named: Named = frozenset()
    age: str | None = None

    def same_reasons(self, old: int, new: int) -> bool:
        """Say whether both rulebooks name the same things as reasons, where they give these levels."""
        return all(is_named(before, old) == is_named(after, new) for before, after in self.named)


BLANK = Pair(NOTHING, NOTHING)


def is_named(own: int, level: int) -> bool:
    """Say whether a thing that is a reason at its own level is one where the answer gives a level."""
    return own == ALWAYS or 0 < own == level


def reason_levels(situations: Situations, things: Iterable[Thing], age: str | None) -> Mapping[str, int]:
    """Give the level at which each thing is a reason: the highest, of one that is read twice."""
    levels: dict[str, int] = {}
    for id_, said in things:
        own = _reason_level(situations, (id_, said), age)
        levels[id_] = ALWAYS if ALWAYS in (own, levels.get(id_)) else max(own, levels.get(id_, 0))
    return levels


def _reason_level(situations: Situations, thing: Thing, age: str | None) -> int:
    rulebook = situations.rulebook
    present = rulebook.indicator[thing[0]].level if thing[1] == "present" and thing[0] in rulebook.indicator else 0
    told = _told(rulebook, situations.fired_by(thing, age))
    return ALWAYS if told == ALWAYS else max(present, told)


def _told(rulebook: Rulebook, fired: frozenset[str]) -> int:
    """Give the level of the first judgement of one thing that holds."""
    for judgement in rulebook.judgements:
        if f"judgement/{judgement.id}" in fired:
            return judgement.level or ALWAYS
    return 0


def signs_of_all(situations: Situations, things: Iterable[Thing], age: str | None) -> Signs:
    """Give what things recorded come to together, at an age."""
    signs = NOTHING
    for id_, said in things:
        signs = signs.joined(situations.signs_of(id_, said, age))
    return signs


def kept(named: Iterable[tuple[int, int]], old: int, new: int) -> Named:
    """Leave out what can be no reason, or is the same in both; `old` and `new` are the highest levels given."""
    return frozenset(_kept(named, old, new))


def _kept(named: Iterable[tuple[int, int]], old: int, new: int) -> Iterator[tuple[int, int]]:
    for before, after in named:
        one = 0 if 0 <= before < old else before
        other = 0 if 0 <= after < new else after
        if (one, other) not in ((0, 0), (ALWAYS, ALWAYS)):
            yield one, other


class Joins:
    """Pairs written as numbers, so that many are joined quickly.

    What two come to together is the bits of either. The lowest bits are the two levels (level 3 is three bits) and
    the levels at which things are reasons; of those, `kept` leaves out what no longer matters.
    """

    def __init__(self, old: Situations, new: Situations) -> None:
        self._levels = len(old.rulebook.levels), len(new.rulebook.levels)
        self._found = [*old.rulebook.found_by["recorded"]], [*new.rulebook.found_by["recorded"]]
        self._wide = self._levels[1] + 2
        self._head = sum(self._levels) + (self._levels[0] + 2) * self._wide
        self._mask = (1 << self._head) - 1
        self._heads: dict[int, int] = {}

    def joined(self, one: int, other: int) -> int:
        """Give what two pairs come to together, all as numbers."""
        both = one | other
        head = both & self._mask
        if head not in self._heads:
            pair = self.pair(head)
            self._heads[head] = self.number(pair._replace(named=kept(pair.named, pair.old.level, pair.new.level)))
        return both ^ head | self._heads[head]

    def number(self, pair: Pair) -> int:
        """Write a pair as a number, but for the age."""
        number = ((1 << pair.old.level) - 1) | ((1 << pair.new.level) - 1) << self._levels[0]
        for before, after in pair.named:
            number |= 1 << (sum(self._levels) + (before + 1) * self._wide + after + 1)
        found = [*self._found[0], *self._found[1]]
        for place, id_ in enumerate(found):
            signs = pair.old if place < len(self._found[0]) else pair.new
            if id_ in signs.findings:
                number |= 1 << (self._head + place)
        return number

    def pair(self, number: int) -> Pair:
        """Read a pair from its number."""
        old, new = self._levels
        levels = (number & ((1 << old) - 1)).bit_length(), (number >> old & ((1 << new) - 1)).bit_length()
        reasons = number >> (old + new) & ((1 << (self._head - old - new)) - 1)
        named = frozenset(divmod(place, self._wide) for place in _bits(reasons))
        found = number >> self._head
        sides = []
        for level, ids in zip(levels, self._found, strict=True):
            sides.append(Signs(level, frozenset(id_ for place, id_ in enumerate(ids) if found >> place & 1)))
            found >>= len(ids)
        return Pair(sides[0], sides[1], frozenset((before - 1, after - 1) for before, after in named))


def _bits(number: int) -> Iterator[int]:
    return (place for place in range(number.bit_length()) if number >> place & 1)

"""Sets of situations, each a number whose bits say which of them belong: so that many are compared at once."""

from collections.abc import Collection, Iterable, Sequence
from itertools import compress
from typing import TypeVar

from rhrt.made_once import made_once
from rhrt.reasoning.plain import When
from rhrt.reasoning.signs import Signs
from rhrt.reasoning.situations import Situation, Situations

K = TypeVar("K")

Set = int
"""Bit n is 1 where situation n belongs."""


class SituationSets:
    """The situations of a rulebook, one of each kind and the smallest first, by what is true of them."""

    def __init__(self, situations: Situations) -> None:
        self.listed: Sequence[Situation] = situations.smallest_first
        self._counts = [situations.stands_for(situation) for situation in self.listed]
        self._by_value: dict[str, dict[str | int, Set]] = {}

    @made_once
    def all(self) -> Set:
        """Every situation."""
        return (1 << len(self.listed)) - 1

    @made_once
    def by_signs(self) -> dict[Signs, Set]:
        """The situations of each signs."""
        return _by(one.signs for one in self.listed)

    @made_once
    def by_first_step(self) -> dict[str, Set]:
        """The situations by the code of their first step."""
        return _by(next(iter(one.steps), "") for one in self.listed)

    @made_once
    def by_steps(self) -> dict[tuple[str, ...], Set]:
        """The situations by the codes of all their steps."""
        return _by(tuple(one.steps) for one in self.listed)

    def meeting(self, when: When) -> Set:
        """Give the situations that meet any alternative."""
        found = 0
        for conditions in when:
            meets = self.all
            for field, wanted in conditions:
                meets &= self._having(field, wanted)
            found |= meets
        return found

    def with_any_step(self, codes: Iterable[str]) -> Set:
        """Give the situations with any of these among their steps."""
        wanted, found = set(codes), 0
        for steps, having in self.by_steps.items():
            if not wanted.isdisjoint(steps):
                found |= having
        return found

    def in_order(self, before: Collection[str], after: Collection[str]) -> Set:
        """Give the situations in which each of some steps, where it stands, stands behind one of some others."""
        found = 0
        for steps, having in self.by_steps.items():
            if all(stands_behind(steps, before, code, after) for code in steps):
                found |= having
        return found

    def first(self, those: Set) -> Situation | None:
        """Give the smallest situation of a set, or None where it is empty."""
        return self.listed[(those & -those).bit_length() - 1] if those else None

    def stood_for(self, those: Set) -> int:
        """Say how many situations a set stands for, all answers told apart."""
        return sum(compress(self._counts, map("1".__eq__, reversed(bin(those)[2:]))))

    def _having(self, field: str, wanted: Iterable[str | int]) -> Set:
        if field not in self._by_value:
            self._by_value[field] = _by(one.fact[field] for one in self.listed)
        found = 0
        for value in wanted:
            found |= self._by_value[field].get(value, 0)
        return found


def stands_behind(steps: Sequence[str], before: Collection[str], code: str, after: Collection[str]) -> bool:
    """Say whether a step stands behind one of `before`, or need not."""
    return code not in after or not set(before).isdisjoint(steps[: steps.index(code)])


def _by(values: Iterable[K]) -> dict[K, Set]:
    """Give, for each value, the set of the places at which it stands."""
    given = list(values)
    bits: dict[K, bytearray] = {}
    for place, value in enumerate(reversed(given)):
        if value not in bits:
            bits[value] = bytearray(b"0" * len(given))
        bits[value][place] = ord("1")
    return {value: int(written, 2) for value, written in bits.items()}

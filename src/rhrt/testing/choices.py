"""What is drawn to make a rulebook of: choices read from bytes, and the sources and conditions that rules have."""

from collections.abc import Sequence
from typing import TypeVar

from rhrt.rulebook.conditions import About, Vocabulary, vocabulary
from rhrt.rulebook.kinds import AtLeast, Conditions, Source, Wanted
from rhrt.rulebook.model import Rulebook
from rhrt.rulebook.rules import asked_alone

T = TypeVar("T")

FOLLOW_UPS = ("again", "worse")
"""The ids of the follow-up questions that there may be: rules can ask for one before it is made."""


class Choices:
    """Choices for one field of a `rulebook` that has those before it, read one at a time from bytes.

    Once these have ended, the first of what there is, or the fewest.
    """

    def __init__(self, given: bytes, rulebook: Rulebook) -> None:
        self._given = iter(given)
        self.rulebook = rulebook

    def below(self, number: int) -> int:
        """Choose a whole number from 0, below another of 256 at the most."""
        return next(self._given, 0) % number

    def one(self, options: Sequence[T]) -> T:
        """Choose one of several."""
        return options[self.below(len(options))]

    def some(self, options: Sequence[T], most: int, least: int = 0) -> tuple[T, ...]:
        """Choose up to so many of several, in any order, none of them twice."""
        left = list(options)
        count = min(least + self.below(most - least + 1), len(left))
        return tuple([left.pop(self.below(len(left))) for _ in range(count)])

    def maybe(self, *values: T) -> T | None:
        """Choose between nothing and some values."""
        return self.one((None, *values))

    def yes(self) -> bool:
        """Choose between no and yes."""
        return self.below(2) == 1

    def signs(self) -> tuple[str, ...]:
        """Choose the ids of up to two signs."""
        return self.some([*self.rulebook.indicator], 2)

    def source(self, page: int | None) -> Source:
        """Choose what a rule follows from."""
        return Source(
            document=self.one([document.id for document in self.rulebook.documents]),
            section="Section 1",
            page=page,
            facts=self.some(("F1", "F2", "F3"), 2),
            readings=self.some(("R1", "R2", "R3"), 2),
        )

    def paged(self) -> Source:
        """Choose what a rule follows from, with its page or without."""
        return self.source(self.maybe(7))

    def alternatives(self, known: Vocabulary) -> tuple[Conditions, ...]:
        """Choose up to three conditions, any of which may hold."""
        return tuple(self.conditions(known) for _ in range(self.below(3) + 1))

    def conditions(self, known: Vocabulary) -> Conditions:
        """Choose what is asked of up to three fields."""
        return {field: self.wanted(known[field]) for field in self.some(sorted(known), 3)}

    def wanted(self, values: tuple[str, ...] | range) -> Wanted:
        """Choose which of the values of a field are wanted."""
        if isinstance(values, range):
            lower, upper = sorted(self.one(values) for _ in range(2))
            ranges: tuple[Wanted, ...] = lower, AtLeast(at_least=lower), AtLeast(at_least=lower, at_most=upper)
            return self.one(ranges)
        words: tuple[Wanted, ...] = self.one(values), self.some(values, 3, least=1)
        return self.one(words)


def of_one_thing(rulebook: Rulebook) -> Vocabulary:
    """Give what can be asked of one thing recorded, the follow-up questions that may be made among it."""
    known = vocabulary(rulebook, "recorded")
    return {**known, "asked": tuple(dict.fromkeys((*known["asked"], *FOLLOW_UPS)))}


def of_all_things(rulebook: Rulebook, about: About) -> Vocabulary:
    """Give what rules about more than one thing can ask for: no question whose answer is looked at alone."""
    alone = asked_alone(rulebook)
    return {name: values for name, values in vocabulary(rulebook, about).items() if name not in alone}

"""What the same record comes to in each of two rulebooks: the things recorded, and the answers to questions.

Pairs of what things recorded come to are joined as signs are. Whether both rulebooks name the same reasons is
joined as well. A thing that is a reason is one at its own level (an indicator that is present, an answer that gives
a level) or always (an answer that asks for a step). So it is enough to know of which kinds the things recorded are:
see `Pair.named`.

At the answer to some questions rules look alone: it is one of the things recorded. Where no rule of either rulebook
looks at it in any other way, it is joined with all else that is recorded. Where one does (say, one rulebook
looks at it alone and the other not), each answer is looked at apart, with what it comes to: see `Heard`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from typing import NamedTuple

from rhrt.reasoning.facts import Thing
from rhrt.reasoning.signs import NOTHING, Signs
from rhrt.reasoning.situations import Situations
from rhrt.rulebook.model import Rulebook

Read = tuple[Thing | None, Thing | None]
"""One thing as the old rulebook reads it, and as the new does; None where it has no such question."""

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
    for thing in things:
        both = levels.get(thing[0], 0), _reason_level(situations, thing, age)
        levels[thing[0]] = ALWAYS if ALWAYS in both else max(both)
    return levels


def _reason_level(situations: Situations, thing: Thing, age: str | None) -> int:
    """Give the level of an indicator that is present, or of the first judgement of one thing that holds."""
    fired, signs = situations.fired_by(thing, age), situations.rulebook.indicator
    told = next((level or ALWAYS for name, level in situations.judged.items() if name in fired), 0)
    present = signs[thing[0]].level if thing[1] == "present" and thing[0] in signs else 0
    return told if told == ALWAYS else max(present, told)


def signs_of_all(situations: Situations, things: Iterable[Thing], age: str | None) -> Signs:
    """Give what things recorded come to together, at an age."""
    return reduce(Signs.joined, (situations.signs_of(*thing, age) for thing in things), NOTHING)


def kept(named: Iterable[tuple[int, int]], old: int, new: int) -> Named:
    """Leave out what can be no reason, or is the same in both; `old` and `new` are the highest levels given."""
    least = [(0 if 0 <= one < old else one, 0 if 0 <= other < new else other) for one, other in named]
    return frozenset(least) - {(0, 0), (ALWAYS, ALWAYS)}


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
        sides = zip((pair.old, pair.new), self._found, strict=True)
        found = [id_ in signs.findings for signs, ids in sides for id_ in ids]
        return number | sum(is_found << (self._head + place) for place, is_found in enumerate(found))

    def pair(self, number: int) -> Pair:
        """Read a pair from its number."""
        old, new = self._levels
        levels = (number & ((1 << old) - 1)).bit_length(), (number >> old & ((1 << new) - 1)).bit_length()
        reasons = number >> (old + new) & ((1 << (self._head - old - new)) - 1)
        named = [divmod(place, self._wide) for place in range(reasons.bit_length()) if reasons >> place & 1]
        found = number >> self._head
        sides = []
        for level, ids in zip(levels, self._found, strict=True):
            sides.append(Signs(level, frozenset(id_ for place, id_ in enumerate(ids) if found >> place & 1)))
            found >>= len(ids)
        return Pair(sides[0], sides[1], frozenset((before - 1, after - 1) for before, after in named))


class Option(NamedTuple):
    """One answer to a question as a record gives it (`said` is None where it gives none), and as each reads it."""

    id: str
    said: str | None
    old: str | None
    new: str | None

    @property
    def read(self) -> Read:
        """Give it as one thing that both read."""
        return (self.id, self.old) if self.old else None, (self.id, self.new) if self.new else None


Kinds = tuple[tuple[Option, ...], ...]
"""The options of a question, those together that no rule tells apart. Where nothing is said stands first."""


class Heard(NamedTuple):
    """What answers that are looked at apart come to in each rulebook, and the level at which each is a reason."""

    old: Signs
    new: Signs
    old_reasons: frozenset[tuple[str, int]]
    new_reasons: frozenset[tuple[str, int]]


def heard(old: Situations, new: Situations, options: Collection[Option], age: str | None) -> Heard:
    """Give what answers come to at an age."""
    read = [one.read for one in options]
    before = [own for own, _ in read if own and own[0] in old.told_alone]
    after = [own for _, own in read if own and own[0] in new.told_alone]
    return Heard(
        signs_of_all(old, before, age),
        signs_of_all(new, after, age),
        frozenset(reason_levels(old, before, age).items()),
        frozenset(reason_levels(new, after, age).items()),
    )


def is_joined_with_all(old: Situations, new: Situations, question: str) -> bool:
    """Say whether rules of either rulebook look at the answer to a question, and alone wherever they do."""
    judged = {rule.name for side in (old, new) for rule, _ in side.rules["answers"]}
    return (
        question in old.told_alone | new.told_alone
        and f"judgement/{question}" not in judged  # else two reasons could have one id
        and not (conditions_on(old, question) or conditions_on(new, question))
    )


def kinds(old: Situations, new: Situations, question: str, ages: Sequence[str | None]) -> Kinds:
    """Give the options of a question of either rulebook by their kind."""
    looked = conditions_on(old, question), conditions_on(new, question)
    found: dict[object, list[Option]] = {}
    for option in options(old.rulebook, new.rulebook, question):
        seen = [value in wanted for value, sets in zip(option[2:], looked, strict=True) for wanted in sets]
        kind = (*seen, *(heard(old, new, [option], age) for age in ages))
        found.setdefault(kind, []).append(option)
    return tuple(map(tuple, found.values()))


def options(old: Rulebook, new: Rulebook, question: str) -> Iterator[Option]:
    """Give what a record that both read may answer: nothing first, then what both know and is not the same."""
    before, after = (one.field[question].values if question in one.field else () for one in (old, new))
    silent = Option(question, None, before[0] if before else None, after[0] if after else None)
    yield silent
    for value in before:
        if value in after and not value == silent.old == silent.new:
            yield Option(question, value, value, value)


def conditions_on(situations: Situations, question: str) -> list[Collection[str | int]]:
    """Give what each condition on a question wants, of the rules that say what to do."""
    rules = (*situations.rules["answers"], *situations.rules["situation"])
    every = (condition for _, when in rules for conditions in when for condition in conditions)
    return [wanted for name, wanted in every if name == question]


def option_of(among: Iterable[Option], said: str | None) -> Option | None:
    """Give the option that an answer is, or None where it is none: to write what is read anyway says nothing."""
    fits = (one for one in among if one.said == said or (one.said is None and said == one.old == one.new))
    return next(fits, None)

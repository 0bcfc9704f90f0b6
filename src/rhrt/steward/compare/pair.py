"""What the same record comes to in each of two rulebooks: the things recorded, and the answers to questions.

Pairs of what things recorded come to are joined as signs are. Whether both rulebooks name the same reasons is
joined as well. A thing that is a reason is one at its own level (an indicator that is present, an answer that gives
a level) or always (an answer that asks for a step). So it is enough to know of which kinds the things recorded are:
see `Pair.named`.

At the answer to some questions rules look alone: it is one of the things recorded. Where no rule of either rulebook
looks at it in any other way, it is joined with all else that is recorded. Where one does (say, one rulebook
looks at it alone and the other not), each answer is looked at apart, with what it comes to: see `Asked.heard`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rhrt.reasoning.facts import Thing
from rhrt.reasoning.signs import NOTHING, Signs
from rhrt.reasoning.situations import Situations
from rhrt.rulebook.conditions import About
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
        named = [divmod(place, self._wide) for place in range(reasons.bit_length()) if reasons >> place & 1]
        found = number >> self._head
        sides = []
        for level, ids in zip(levels, self._found, strict=True):
            sides.append(Signs(level, frozenset(id_ for place, id_ in enumerate(ids) if found >> place & 1)))
            found >>= len(ids)
        return Pair(sides[0], sides[1], frozenset((before - 1, after - 1) for before, after in named))


class Option(NamedTuple):
    """One answer as a record gives it (`said` is None where it gives none), and as each rulebook reads it."""

    said: str | None
    old: str | None
    new: str | None


class Heard(NamedTuple):
    """What answers that are looked at apart come to in each rulebook, and the level at which each is a reason."""

    old: Signs = NOTHING
    new: Signs = NOTHING
    old_reasons: frozenset[tuple[str, int]] = frozenset()
    new_reasons: frozenset[tuple[str, int]] = frozenset()

    def joined(self, other: Heard) -> Heard:
        """Give what both together come to."""
        return Heard(
            self.old.joined(other.old),
            self.new.joined(other.new),
            self.old_reasons | other.old_reasons,
            self.new_reasons | other.new_reasons,
        )


class Asked(NamedTuple):
    """One question of either rulebook: the options of each kind. Where nothing is said stands first.

    `heard` gives for each kind what the answer comes to on its own, by the age of the child.
    """

    id: str
    kinds: tuple[tuple[Option, ...], ...]
    heard: tuple[Mapping[str | None, Heard], ...]


def joined_with_all(old: Situations, new: Situations) -> tuple[str, ...]:
    """Give each question at whose answer rules of either rulebook look, and alone wherever they do."""
    judged = {
        judgement.id
        for side in (old, new)
        for judgement in side.rulebook.judgements
        if judgement.about == "answers"
    }
    return tuple(
        id_
        for id_ in _ids(old, new)
        if id_ in old.told_alone | new.told_alone
        and id_ not in judged  # else two reasons could have one id
        and not (conditions_on(old, id_) or conditions_on(new, id_))
    )


def asked(old: Situations, new: Situations, ages: Sequence[str | None]) -> Iterator[Asked]:
    """Give each other question of either rulebook with the kinds of its options."""
    for id_ in _ids(old, new):
        if id_ in joined_with_all(old, new):
            continue
        looked = conditions_on(old, id_), conditions_on(new, id_)
        kinds: dict[tuple[object, ...], list[Option]] = {}
        heard: list[Mapping[str | None, Heard]] = []
        for option in options(old.rulebook, new.rulebook, id_):
            seen = [value in wanted for value, sets in zip(option[1:], looked, strict=True) for wanted in sets]
            own = {age: _heard(old, new, id_, option, age) for age in ages}
            kind = (*seen, *own.values())
            if kind not in kinds:
                heard.append(own)
            kinds.setdefault(kind, []).append(option)
        yield Asked(id_, tuple(map(tuple, kinds.values())), tuple(heard))


def options(old: Rulebook, new: Rulebook, id_: str) -> Iterator[Option]:
    """Give what a record that both read may answer: nothing first, then what both know and is not the same."""
    before, after = old.field.get(id_), new.field.get(id_)
    silent = Option(None, before.values[0] if before else None, after.values[0] if after else None)
    yield silent
    for value in before.values if before else ():
        if after and value in after.values and not value == silent.old == silent.new:
            yield Option(value, value, value)


def _ids(old: Situations, new: Situations) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*old.rulebook.questions, *new.rulebook.questions)))


def _heard(old: Situations, new: Situations, id_: str, option: Option, age: str | None) -> Heard:
    before: list[Thing] = [(id_, option.old)] if id_ in old.told_alone and option.old else []
    after: list[Thing] = [(id_, option.new)] if id_ in new.told_alone and option.new else []
    return Heard(
        signs_of_all(old, before, age),
        signs_of_all(new, after, age),
        frozenset(reason_levels(old, before, age).items()),
        frozenset(reason_levels(new, after, age).items()),
    )


def conditions_on(situations: Situations, question: str) -> list[Collection[str | int]]:
    """Give what each condition on a question wants, of the rules that say what to do."""
    abouts: tuple[About, ...] = ("answers", "situation")
    return [
        wanted
        for about in abouts
        for _, when in situations.rules[about]
        for conditions in when
        for name, wanted in conditions
        if name == question
    ]


def kind_of(asked: Asked, said: str | None) -> int | None:
    """Give the kind of an answer as a record gives it. To write what is read anyway says nothing."""
    for place, kind in enumerate(asked.kinds):
        if option_of(kind, said):
            return place
    return None


def option_of(among: Sequence[Option], said: str | None) -> Option | None:
    """Give the option that an answer is, as a record gives it, or None where it is none of them."""
    for option in among:
        if option.said == said or (option.said is None and said == option.old == option.new):
            return option
    return None

"""Whose answer changes between two rulebooks, proven by looking at every pair of situations.

What is called unchanged is so for every record that both rulebooks read: the level, the route, the urgency, whether
harm is in question, the codes of the steps in order, and the ids of the reasons in any order.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from rhrt.made_once import made_once
from rhrt.reasoning.facts import Thing
from rhrt.reasoning.signs import Marks, Signs, written
from rhrt.reasoning.situations import Situations
from rhrt.steward.compare.answers import UNCHANGED, Decision, Differs, Lines, Ruling, Rulings, differs
from rhrt.steward.compare.causes import UNNAMED, Causes, Changed
from rhrt.steward.compare.pair import Heard, Pair, is_named
from rhrt.steward.compare.together import Answers, LeftOut, Together, TooMany


class Witness(NamedTuple):
    """A smallest record, as a record file writes it, with what each rulebook answers and the ids of its reasons.

    The answer is None where a rulebook gives none.
    """

    record: dict[str, Any]
    old: Decision | None
    new: Decision | None
    old_reasons: tuple[str, ...]
    new_reasons: tuple[str, ...]


class OtherWords(NamedTuple):
    """Something that both answers name, in other words: `level/N`, `route/ID`, `urgency/ID` or `action/CODE`."""

    named: str
    situations: int
    record: dict[str, Any]
    old: Lines
    new: Lines


class Rings(NamedTuple):
    """A step of both answers that rings another contact: ids of contacts, None for nobody."""

    step: str
    old: str | None
    new: str | None
    situations: int
    record: dict[str, Any]


class Unanswered(NamedTuple):
    """In how many situations the old rulebook alone gives no answer, the new one alone, and neither of them."""

    old: int
    new: int
    both: int


class Seen(NamedTuple):
    """One pair of situations with the fewest things recorded that come to it, and how many it stands for.

    `old` and `new` are what each rulebook makes of it.
    """

    pair: Pair
    recorded: Marks
    answers: Answers
    situations: int
    old: Ruling
    new: Ruling

    @property
    def size(self) -> int:
        """How much its smallest record says."""
        return len(self.recorded) + len(self.answers.said)

    @property
    def heard(self) -> Heard:
        """What the answers that are looked at apart come to."""
        return self.answers.heard[self.pair.age]


Rung = tuple[str, str | None, str | None]
"""A step, and whom it rings in each answer."""


class Gathered:
    """The situations of one kind so far: how many, the smallest, and the levels of the old rulebook's answers."""

    def __init__(self, first: Seen) -> None:
        self.levels: set[int] = set()
        self.situations = 0
        self.smallest = first

    def add(self, seen: Seen) -> None:
        """Count one more."""
        self.levels |= {seen.old.answer.level} if seen.old.shown else set()
        self.situations += seen.situations
        self.smallest = min(self.smallest, seen, key=lambda one: one.size)


class Look:
    """Every pair of situations, looked at: what differs, what is named in other words, and where.

    `levels` are those that the old rulebook gives, and `not_given` those that its rules come to where it gives no
    answer. `lacking` counts the situations in which either gives none. `changed` gives for each pair of signs that
    stands for others the kinds of answers at which it changes.
    """

    def __init__(self, together: Together) -> None:
        self.together = together
        self.old, self.new = Rulings(together.old), Rulings(together.new)
        self.groups: dict[tuple[Causes, Differs], Gathered] = {}
        self.words: dict[str, Gathered] = {}
        self.rung: dict[Rung, Gathered] = {}
        self.changed: dict[Pair, set[tuple[int, ...]]] = {}
        self.levels: set[int] = set()
        self.not_given: set[int] = set()
        self.lacking: Counter[tuple[bool, bool]] = Counter()
        self._known: dict[tuple[object, ...], tuple[Differs, list[str], list[Rung]]] = {}
        self._behind = Changed(together)
        alike = Counter(together.like.values())
        for pair, count in alike.items():
            self._look_at(pair, count)

    def _look_at(self, pair: Pair, count: int) -> None:
        """Look at a pair of signs with each kind of answers."""
        joined: dict[Heard, tuple[Signs, Signs]] = {}
        for answers in self.together.answers:
            heard = answers.heard[pair.age]
            if heard not in joined:
                joined[heard] = self.old.like(pair.old.joined(heard.old)), self.new.like(pair.new.joined(heard.new))
            old, new = self.old.of(joined[heard][0], answers.old), self.new.of(joined[heard][1], answers.new)
            self._look(Seen(pair, self.together.reached[pair], answers, count * answers.options, old, new))

    @made_once
    def changing(self) -> frozenset[Pair]:
        """All that a record can come to at which an answer changes."""
        return frozenset(pair for pair, like in self.together.like.items() if like in self.changed)

    def example(self, seen: Seen) -> Witness:
        """Give the smallest record of a situation, with what each rulebook answers."""
        read = (*(self.together.things_read(seen.recorded) or ()), *(one.read for one in seen.answers.chosen))
        age = self.together.age_of(seen.recorded)
        return Witness(
            self.record(seen),
            seen.old.shown,
            seen.new.shown,
            self.old.reasons(seen.old, [old for old, _ in read if old], age),
            self.new.reasons(seen.new, [new for _, new in read if new], age),
        )

    def lines(self, name: str, seen: Seen) -> tuple[Lines, Lines]:
        """Give the words that something has in each answer."""
        return self.old.lines[seen.old.named[name]], self.new.lines[seen.new.named[name]]

    def record(self, seen: Seen) -> dict[str, Any]:
        """Give the smallest record of a situation, as a record file writes it."""
        asked = {id_: own for id_, own in seen.recorded if id_ in self.together.unasked}
        answers = {**asked, **seen.answers.said}
        return written(seen.recorded, answers, self.together.read_as, self.together.follow_ups)

    def _look(self, seen: Seen) -> None:
        old, new = seen.old, seen.new
        key = id(old), id(new), seen.pair.named, seen.heard  # each ruling is kept, so no two have one id
        known = self._known.get(key)
        if known is None:
            apart = _of_answers(old, seen.heard.old_reasons) == _of_answers(new, seen.heard.new_reasons)
            same = apart and seen.pair.same_reasons(old.answer.level, new.answer.level)
            differing = differs(old.answer, new.answer, same)
            known = self._known[key] = differing, self._in_other_words(seen), self._rung(seen)
        differing, other, rung = known
        (self.levels if old.shown else self.not_given).add(old.answer.level)
        self.lacking[old.shown is None, new.shown is None] += seen.situations
        if differing != UNCHANGED:
            self.changed.setdefault(seen.pair, set()).add(seen.answers.kinds)
            self.groups.setdefault((self._causes(seen), differing), Gathered(seen)).add(seen)
        for name in other:
            self.words.setdefault(name, Gathered(seen)).add(seen)
        for one in rung:
            self.rung.setdefault(one, Gathered(seen)).add(seen)

    def _causes(self, seen: Seen) -> Causes:
        """Give what changed and is behind a difference: see `rhrt.steward.compare.causes`."""
        old, new = seen.old, seen.new
        signs = self.new.like(seen.pair.old.joined(seen.heard.new))
        between = self.new.of(signs, seen.answers.new)
        same = _of_answers(old, seen.heard.old_reasons) == _of_answers(between, seen.heard.new_reasons)
        causes: Causes = ()
        if differs(old.answer, between.answer, same) != UNCHANGED:
            causes += self._behind.by_rules(old, between, seen.answers)
        same = between.judged == new.judged and seen.pair.same_reasons(between.answer.level, new.answer.level)
        if differs(between.answer, new.answer, same) != UNCHANGED:
            causes += self._behind.by_signs(seen.recorded)
        return causes or UNNAMED

    def _in_other_words(self, seen: Seen) -> list[str]:
        both = (name for name in seen.old.named if name in seen.new.named)
        return [name for name in both if len({*self.lines(name, seen)}) > 1]

    def _rung(self, seen: Seen) -> list[Rung]:
        """Give the steps of both answers that ring another contact, each with the two."""
        before, after = (
            {name: own.words[rule].get("contact") for name, rule in ruling.named.items()}
            for own, ruling in ((self.old, seen.old), (self.new, seen.new))
        )
        both = [name for name in before if name in after and before[name] != after[name]]
        return [(name.removeprefix("action/"), before[name], after[name]) for name in both]


def _of_answers(own: Ruling, heard: Collection[tuple[str, int]]) -> frozenset[str]:
    """Give the ids of the reasons that are judgements of all answers, or answers that are looked at apart."""
    return own.judged | {id_ for id_, level in heard if is_named(level, own.answer.level)}


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
        Group(causes, own, tuple(sorted(found.levels)), found.situations, looked.example(found.smallest))
        for (causes, own), found in looked.groups.items()
    ]
    return Effect(
        together,
        len(together.reached) * together.options,
        sum(group.situations for group in groups),
        tuple(sorted(groups, key=_gravest_first)),
        tuple(
            OtherWords(name, found.situations, looked.record(found.smallest), *looked.lines(name, found.smallest))
            for name, found in sorted(looked.words.items(), key=lambda one: one[0])
        ),
        tuple(
            Rings(*rung, found.situations, looked.record(found.smallest))
            for rung, found in sorted(looked.rung.items(), key=lambda one: str(one[0]))
        ),
        _unchanged(looked),
        None,
        Unanswered(*(looked.lacking[which] for which in ((True, False), (False, True), (True, True)))),
        {pair: frozenset(kinds) for pair, kinds in looked.changed.items()},
    )


def _gravest_first(group: Group) -> tuple[object, ...]:
    """Order groups: an answer gone or new, a level that falls or rises, route, urgency, harm, steps, reasons.

    Of those alike the largest is first.
    """
    own = group.differs
    fell = own.level is not None and own.level[0] > own.level[1]
    gone = own.lacks is not None and not own.lacks[0]
    first = gone, own.lacks, fell, own.level, own.route, own.urgency, own.harm
    return (*(not one for one in (*first, own.removed, own.added, own.reordered, own.reasons)), -group.situations)


def _unchanged(looked: Look) -> Unchanged:
    changed_levels = {level for found in looked.groups.values() for level in found.levels}
    answers = dict([*_answered(looked), *_answered_alone(looked)])
    # Where there is no answer there is no level, and people would read that as "gives no level", or as the rules'.
    levels = tuple(sorted(looked.levels - looked.not_given - changed_levels))
    return Unchanged(_unless_recorded(looked), levels, answers, _ages(looked))


def _answered(looked: Look) -> Iterator[tuple[str, tuple[str | None, ...]]]:
    """Give the answers to questions that are looked at apart, or with others, at which nothing changes."""
    kinds = {kinds for changed in looked.changed.values() for kinds in changed}
    for place, (id_, own) in enumerate(looked.together.asked.items()):
        touched = {one[place] for one in kinds}
        same = [option.said for kind, options in enumerate(own) if kind not in touched for option in options]
        if touched and same:
            yield id_, tuple(same)


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
    pairs = {thing: {together.alone(thing, age) for age in together.ages} for thing in together.things}
    altered = [thing for thing, own in pairs.items() if own & looked.changing]
    return None if _changes(looked, {*altered}) else tuple(altered)


def _changes(looked: Look, left_out: LeftOut, ages: Sequence[str | None] | None = None) -> bool:
    """Say whether an answer changes in any record that holds nothing of what is left out."""
    reached = looked.together.reached_without(left_out, ages or looked.together.ages) if looked.changed else ()
    return not looked.changing.isdisjoint(reached)

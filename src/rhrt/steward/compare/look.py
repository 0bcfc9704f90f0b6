"""Going through every pair of situations of two rulebooks, and gathering what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple, get_args

from rhrt.reasoning.situations import AGE, Marks, Signs, Situations
from rhrt.rulebook.conditions import JUDGEMENT, level_of_word
from rhrt.rulebook.model import HARM, Mark
from rhrt.rulebook.recorded import Thing
from rhrt.steward.compare.answers import (
    UNCHANGED,
    Decision,
    Differs,
    Ruling,
    Said,
    contacts,
    differs,
    named,
    ruling,
    words,
)
from rhrt.steward.compare.asked import Heard
from rhrt.steward.compare.causes import UNNAMED, Causes, Changed
from rhrt.steward.compare.pair import Pair, is_named, reason_levels
from rhrt.steward.compare.together import Answers, Together


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
    old: Said
    new: Said


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
    """One pair of situations with the fewest things recorded that come to it, and how many it stands for."""

    pair: Pair
    recorded: Marks
    answers: Answers
    situations: int

    @property
    def size(self) -> int:
        """How much its smallest record says."""
        return len(self.recorded) + len(self.answers.said)

    @property
    def heard(self) -> Heard:
        """What the answers that are looked at apart come to."""
        return self.answers.heard[self.pair.age]


class Gathered:
    """The situations of one kind so far: how many, the smallest, and the levels of the old rulebook's answers."""

    def __init__(self) -> None:
        self.levels: set[int] = set()
        self.situations = 0
        self.smallest: list[Seen] = []

    def add(self, seen: Seen, old: Decision | None) -> None:
        """Count one more."""
        self.levels |= {old.level} if old else set()
        self.situations += seen.situations
        if not self.smallest or seen.size < self.smallest[0].size:
            self.smallest = [seen]


class Rulings:
    """One of the two rulebooks: what it makes of each situation, worked out once."""

    def __init__(self, situations: Situations) -> None:
        self.situations = situations
        self.words = words(situations.rulebook)
        self.contacts = contacts(situations.rulebook)
        self._judged = {f"judgement/{one.id}": one.level for one in situations.rulebook.judgements}
        self._like: dict[Signs, Signs] = {}
        self._first: dict[tuple[object, ...], Signs] = {}
        self._known: dict[tuple[Signs, tuple[str, ...]], Ruling] = {}
        self._made: dict[tuple[object, ...], Ruling] = {}

    def of(self, signs: Signs, answers: tuple[str, ...]) -> Ruling:
        """Give what the rulebook makes of a situation; `signs` as `like` gives them."""
        key = signs, answers
        known = self._known.get(key)
        if known is None:
            # All that a ruling says follows from these: one sign can establish harm, and no rule here say so.
            made = HARM in signs.findings, *self.situations.decided(signs, answers)
            known = self._made.get(made)
            if known is None:
                known = self._made[made] = ruling(self.situations.situation(signs, answers), self._judged)
            self._known[key] = known
        return known

    def like(self, signs: Signs) -> Signs:
        """Give what stands for signs: no rule of this rulebook tells the two apart."""
        if signs not in self._like:
            self._like[signs] = self._first.setdefault(self.situations.seen_of(signs), signs)
        return self._like[signs]

    def reasons(self, own: Ruling, things: Iterable[Thing], age: str | None) -> tuple[str, ...]:
        """Give the ids of the reasons for a ruling on these things at an age: answers first, then indicators."""
        if own.shown is None:
            return ()
        levels = reason_levels(self.situations, things, age)
        named = {id_ for id_, level in levels.items() if is_named(level, own.answer.level)} | own.judged
        order = self.situations.rulebook.position
        return (*sorted(named - order.keys()), *sorted(named & order.keys(), key=order.__getitem__))


class Look:
    """Every pair of situations, looked at: what differs, what is named in other words, and where.

    `levels` are those that the old rulebook gives, and `not_given` those that its rules come to where it gives no
    answer. `changed` gives for each pair of signs that stands for others the kinds of answers at which it changes.
    """

    def __init__(self, together: Together) -> None:
        self.together = together
        self.old, self.new = Rulings(together.old), Rulings(together.new)
        self.groups: dict[tuple[Causes, Differs], Gathered] = {}
        self.words: dict[str, Gathered] = {}
        self.rung: dict[tuple[str, str | None, str | None], Gathered] = {}
        self.changed: dict[Pair, set[tuple[int, ...]]] = {}
        self.levels: set[int] = set()
        self.not_given: set[int] = set()
        self._lacking: Counter[tuple[bool, bool]] = Counter()
        self._known: dict[tuple[object, ...], _Seen] = {}
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
            old, new = joined[heard]
            seen = Seen(pair, self.together.reached[pair], answers, count * answers.options)
            self._look(seen, self.old.of(old, answers.old), self.new.of(new, answers.new))

    @property
    def unanswered(self) -> Unanswered:
        """Give in how many situations there is no answer."""
        return Unanswered(*(self._lacking[which] for which in ((True, False), (False, True), (True, True))))

    def example(self, found: Gathered) -> Witness:
        """Give the smallest record of those found."""
        (seen,) = found.smallest
        old, new = self._of(seen)
        before, after = self._things(seen)
        age = self.together.age_of(seen.recorded)
        return Witness(
            self._record(seen),
            old.shown,
            new.shown,
            self.old.reasons(old, before, age),
            self.new.reasons(new, after, age),
        )

    def other_words(self, name: str) -> OtherWords:
        """Give what stands in other words, with the smallest record that shows it."""
        found = self.words[name]
        (seen,) = found.smallest
        old, new = self._of(seen)
        before, after = self.old.words[named(old)[name]], self.new.words[named(new)[name]]
        return OtherWords(name, found.situations, self._record(seen), before, after)

    def rings(self, step: str, old: str | None, new: str | None) -> Rings:
        """Give a step that rings another contact, with the smallest record that shows it."""
        found = self.rung[step, old, new]
        return Rings(step, old, new, found.situations, self._record(found.smallest[0]))

    def _record(self, seen: Seen) -> dict[str, Any]:
        """Give its smallest record, as a record file writes it."""
        return written(seen.recorded, seen.answers.said, self.together)

    def _things(self, seen: Seen) -> tuple[list[Thing], list[Thing]]:
        """Give all that its smallest record says, and leaves unanswered, as each rulebook reads it."""
        read = self.together.things_read(seen.recorded) or []
        heard = [
            {(id_, own) for id_, own in zip(side.rulebook.questions, given, strict=True) if id_ in side.told_alone}
            for side, given in (
                (self.together.old, seen.answers.old),
                (self.together.new, seen.answers.new),
            )
        ]
        apart = {asked.id for asked in self.together.asked}
        return (
            [*(old for old, _ in read if old), *(one for one in heard[0] if one[0] in apart)],
            [*(new for _, new in read if new), *(one for one in heard[1] if one[0] in apart)],
        )

    def _of(self, seen: Seen) -> tuple[Ruling, Ruling]:
        pair, answers, heard = seen.pair, seen.answers, seen.heard
        old, new = self.old.like(pair.old.joined(heard.old)), self.new.like(pair.new.joined(heard.new))
        return self.old.of(old, answers.old), self.new.of(new, answers.new)

    def _look(self, seen: Seen, old: Ruling, new: Ruling) -> None:
        key = id(old), id(new), seen.pair.named, seen.heard  # each ruling is kept, so no two have one id
        known = self._known.get(key)
        if known is None:
            apart = _of_answers(old, seen.heard.old_reasons) == _of_answers(new, seen.heard.new_reasons)
            same = apart and seen.pair.same_reasons(old.answer.level, new.answer.level)
            differing = differs(old.answer, new.answer, same)
            said = self._in_other_words(old, new), self._rings(old, new)
            known = self._known[key] = differing, *said, old.shown, new.shown
        differing, other, rings, before, after = known
        if before is None:
            self.not_given.add(old.answer.level)
        else:
            self.levels.add(before.level)
        self._lacking[before is None, after is None] += seen.situations
        if differing != UNCHANGED:
            self.changed.setdefault(seen.pair, set()).add(seen.answers.kinds)
            self.groups.setdefault((self._causes(seen, old, new), differing), Gathered()).add(seen, before)
        for name in other:
            self.words.setdefault(name, Gathered()).add(seen, before)
        for one in rings:
            self.rung.setdefault(one, Gathered()).add(seen, before)

    def _causes(self, seen: Seen, old: Ruling, new: Ruling) -> Causes:
        """Give what changed and is behind a difference: see `rhrt.steward.compare.causes`."""
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

    def _in_other_words(self, old: Ruling, new: Ruling) -> tuple[str, ...]:
        before, after = named(old), named(new)
        both = before.keys() & after.keys()
        return tuple(name for name in both if self.old.words[before[name]] != self.new.words[after[name]])

    def _rings(self, old: Ruling, new: Ruling) -> tuple[tuple[str, str | None, str | None], ...]:
        """Give the steps of both answers that ring another contact, each with the two."""
        if old.shown is None or new.shown is None:
            return ()
        before, after = dict(old.cases), dict(new.cases)
        rung = [
            (code, self.old.contacts[before[code]], self.new.contacts[after[code]])
            for code in before
            if code in after
        ]
        return tuple(one for one in rung if one[1] != one[2])


def written(recorded: Marks, answers: Mapping[str, str], together: Together) -> dict[str, Any]:
    """Write a smallest record as a record file does: the things recorded, and the answers looked at apart."""
    marked = {
        mark.replace("-", "_"): [id_ for id_, own in recorded if own == mark and id_ in together.read_as]
        for mark in get_args(Mark)
    }
    said = dict(recorded)
    record: dict[str, Any] = {
        "indicators": {mark: ids for mark, ids in marked.items() if ids},
        "situation": {id_: own for id_, own in said.items() if id_ in together.unasked} | dict(answers),
    }
    if follow_ups := {id_: own for id_, own in said.items() if id_ in together.follow_ups}:
        record["follow_ups"] = follow_ups
    if JUDGEMENT in said:
        record["judgement"] = {"level": level_of_word(said[JUDGEMENT])}
    if AGE in said:
        record["child"] = {AGE: said[AGE]}
    return record


def _of_answers(own: Ruling, heard: Collection[tuple[str, int]]) -> frozenset[str]:
    """Give the ids of the reasons that are judgements of all answers, or answers that are looked at apart."""
    return own.judged | {id_ for id_, level in heard if is_named(level, own.answer.level)}


_Seen = tuple[
    Differs, tuple[str, ...], tuple[tuple[str, str | None, str | None], ...], Decision | None, Decision | None
]
"""What is worked out once of two rulings: what differs, other words, who is rung instead, and both answers."""

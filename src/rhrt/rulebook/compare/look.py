"""Going through every pair of situations of two rulebooks, and gathering what differs."""

from __future__ import annotations

from typing import Any, NamedTuple, get_args

from rhrt.rulebook.compare.answers import (
    UNCHANGED,
    Answer,
    Differs,
    Outcome,
    Shown,
    contacts,
    differs,
    named,
    outcome,
    same_reasons,
    words,
)
from rhrt.rulebook.compare.causes import UNNAMED, Causes, Changed
from rhrt.rulebook.compare.together import Answers, Pair, Together, highest
from rhrt.rulebook.model import HARM, Mark
from rhrt.rulebook.situations import Marks, Signs, Situations


class Example(NamedTuple):
    """A smallest record, as a record file writes it, with what each rulebook answers and the ids of its reasons."""

    record: dict[str, Any]
    old: Answer
    new: Answer
    old_reasons: tuple[str, ...]
    new_reasons: tuple[str, ...]


class OtherWords(NamedTuple):
    """Something that both answers name, in other words: `level/N`, `route/ID`, `urgency/ID` or `action/CODE`."""

    named: str
    situations: int
    record: dict[str, Any]
    old: Shown
    new: Shown


class Rings(NamedTuple):
    """A step of both answers that rings another contact: ids of contacts, None for nobody."""

    step: str
    old: str | None
    new: str | None
    situations: int
    record: dict[str, Any]


class Seen(NamedTuple):
    """One pair of situations with the fewest marks that come to it."""

    pair: Pair
    marks: Marks
    answers: Answers

    @property
    def size(self) -> int:
        """How much its smallest record says."""
        return len(self.marks) + len(self.answers.said)

    @property
    def record(self) -> dict[str, Any]:
        """Its smallest record."""
        marks = {mark.replace("-", "_"): [id_ for id_, own in self.marks if own == mark] for mark in get_args(Mark)}
        return {
            "indicators": {mark: ids for mark, ids in marks.items() if ids},
            "situation": dict(self.answers.said),
        }


class Found:
    """The situations of one kind so far: how many, the levels that the old rulebook gives, and the smallest."""

    def __init__(self) -> None:
        self.levels: set[int] = set()
        self.situations = 0
        self.smallest: list[Seen] = []

    def add(self, seen: Seen, level: int) -> None:
        """Count one more."""
        self.levels.add(level)
        self.situations += seen.answers.options
        if not self.smallest or seen.size < self.smallest[0].size:
            self.smallest = [seen]


class Side:
    """One of the two rulebooks: what it makes of each situation, worked out once."""

    def __init__(self, situations: Situations) -> None:
        self.situations = situations
        self.words = words(situations.rulebook)
        self.contacts = contacts(situations.rulebook)
        self._judged = {f"judgement/{one.id}": one.level for one in situations.rulebook.judgements}
        self._known: dict[tuple[Signs, tuple[str, ...]], Outcome] = {}
        self._made: dict[tuple[int, str | int, tuple[str, ...]], Outcome] = {}

    def of(self, signs: Signs, answers: tuple[str, ...]) -> Outcome:
        """Give what the rulebook makes of a situation."""
        key = signs, answers
        known = self._known.get(key)
        if known is None:
            situation = self.situations.situation(signs, answers)
            # All that an outcome says follows from these: one sign can establish harm, and no rule here say so.
            made = signs.level, situation.fact[HARM], situation.rules
            known = self._made.get(made)
            if known is None:
                known = self._made[made] = outcome(situation, self._judged)
            self._known[key] = known
        return known

    def reasons(self, own: Outcome, present: list[str]) -> tuple[str, ...]:
        """Give the ids of the reasons for an outcome, where these indicators are present."""
        deciding = highest(self.situations, present) if own.by_marks else frozenset[str]()
        judged = {name.removeprefix("judgement/") for name in own.judged}
        return (*sorted(judged), *sorted(deciding, key=self.situations.rulebook.position.__getitem__))


class Look:
    """Every pair of situations, looked at: what differs, what is named in other words, and where.

    `changed` gives for each pair of signs the kinds of answers at which the answer changes.
    """

    def __init__(self, together: Together) -> None:
        self.together = together
        self.old, self.new = Side(together.old), Side(together.new)
        self.groups: dict[tuple[Causes, Differs], Found] = {}
        self.words: dict[str, Found] = {}
        self.rung: dict[tuple[str, str | None, str | None], Found] = {}
        self.changed: dict[Pair, set[tuple[int, ...]]] = {}
        self.levels: set[int] = set()
        self._known: dict[tuple[int, int, bool], _Seen] = {}
        self._behind = Changed(together)
        for pair, marks in together.marks.items():
            for answers in together.answers:
                self._look(Seen(pair, marks, answers))

    def example(self, found: Found) -> Example:
        """Give the smallest record of those found."""
        (seen,) = found.smallest
        old, new = self._of(seen)
        links = [self.together.read_as[id_] for id_, mark in seen.marks if mark == "present"]
        return Example(
            seen.record,
            old.answer,
            new.answer,
            self.old.reasons(old, [link.old for link in links]),
            self.new.reasons(new, [link.new for link in links]),
        )

    def other_words(self, name: str) -> OtherWords:
        """Give what stands in other words, with the smallest record that shows it."""
        found = self.words[name]
        (seen,) = found.smallest
        old, new = self._of(seen)
        before, after = self.old.words[named(old)[name]], self.new.words[named(new)[name]]
        return OtherWords(name, found.situations, seen.record, before, after)

    def rings(self, step: str, old: str | None, new: str | None) -> Rings:
        """Give a step that rings another contact, with the smallest record that shows it."""
        found = self.rung[step, old, new]
        return Rings(step, old, new, found.situations, found.smallest[0].record)

    def _of(self, seen: Seen) -> tuple[Outcome, Outcome]:
        answers = seen.answers
        return self.old.of(seen.pair.old, answers.old), self.new.of(seen.pair.new, answers.new)

    def _look(self, seen: Seen) -> None:
        old, new = self._of(seen)
        key = id(old), id(new), seen.pair.same  # each outcome is kept, so no two have one id
        known = self._known.get(key)
        if known is None:
            differing = differs(old.answer, new.answer, same_reasons(old, new, seen.pair.same))
            known = self._known[key] = differing, self._in_other_words(old, new), self._rings(old, new)
        differing, other, rings = known
        self.levels.add(old.answer.level)
        if differing != UNCHANGED:
            self.changed.setdefault(seen.pair, set()).add(seen.answers.kinds)
            self.groups.setdefault((self._causes(seen, old, new), differing), Found()).add(seen, old.answer.level)
        for name in other:
            self.words.setdefault(name, Found()).add(seen, old.answer.level)
        for one in rings:
            self.rung.setdefault(one, Found()).add(seen, old.answer.level)

    def _causes(self, seen: Seen, old: Outcome, new: Outcome) -> Causes:
        """Give what changed and is behind a difference: see `rhrt.rulebook.compare.causes`."""
        between = self.new.of(seen.pair.old, seen.answers.new)
        same = old.judged == between.judged and old.by_marks == between.by_marks
        causes: Causes = ()
        if differs(old.answer, between.answer, same) != UNCHANGED:
            causes += self._behind.by_rules(old, between, seen.answers)
        reasons = same_reasons(between, new, seen.pair.same)
        if differs(between.answer, new.answer, reasons) != UNCHANGED:
            causes += self._behind.by_signs(seen.marks)
        return causes or UNNAMED

    def _in_other_words(self, old: Outcome, new: Outcome) -> tuple[str, ...]:
        before, after = named(old), named(new)
        both = before.keys() & after.keys()
        return tuple(name for name in both if self.old.words[before[name]] != self.new.words[after[name]])

    def _rings(self, old: Outcome, new: Outcome) -> tuple[tuple[str, str | None, str | None], ...]:
        """Give the steps of both that ring another contact, each with the two."""
        before, after = dict(old.cases), dict(new.cases)
        rung = [
            (code, self.old.contacts[before[code]], self.new.contacts[after[code]])
            for code in before
            if code in after
        ]
        return tuple(one for one in rung if one[1] != one[2])


_Seen = tuple[Differs, tuple[str, ...], tuple[tuple[str, str | None, str | None], ...]]
"""What is worked out once of two outcomes: what differs, what is in other words, and who is rung instead."""

"""Every situation that a rulebook can meet, worked out from its conditions alone.

A situation is what the marks of a record come to, with an answer to every question. There are finitely many:

- Marks come to the highest level among the indicators present, and the findings that any of them establishes. Both
  are joins (a maximum, a union), so indicators can be taken one at a time: whatever all records over the first
  indicators come to, joined with each way of marking the next, is whatever all records over one more come to.
- Answers have a few values each. Values that no condition tells apart make one kind: what holds for one holds for
  all, so one of each is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product
from math import prod
from typing import Any, NamedTuple, get_args

from rhrt.rulebook.conditions import NO_ROUTE, NOT_STATED, About, When, holds, wanted_in
from rhrt.rulebook.model import NO, YES, Mark, Rulebook
from rhrt.rulebook.rules import Rule, rules_of

Fact = Mapping[str, str | int]
Marks = tuple[tuple[str, Mark], ...]
"""Ids of indicators, each with its mark."""


class Signs(NamedTuple):
    """What marks come to: the highest level present (0: none), and the findings established."""

    level: int
    findings: frozenset[str]

    def joined(self, other: Signs) -> Signs:
        """Give what both together come to."""
        return Signs(max(self.level, other.level), self.findings | other.findings)


NOTHING = Signs(0, frozenset())


class Situation(NamedTuple):
    """One situation with what the rulebook makes of it.

    `fact` is what the rules look at, with the route and the urgency; `rules` are the names of those that hold;
    `steps` gives the rule behind each step, by its code, in order.
    """

    signs: Signs
    answers: tuple[str, ...]
    level: int
    fact: Fact
    rules: tuple[str, ...]
    steps: Mapping[str, str]


class Outcome(NamedTuple):
    """What the rules that hold come to: the route, the urgency, and the rule behind each step."""

    route: str
    urgency: str
    steps: Mapping[str, str]


class Situations:
    """The situations of a rulebook, one of each kind."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.rules: dict[About, list[tuple[Rule, When]]] = {about: [] for about in get_args(About)}
        for rule in rules_of(rulebook):
            self.rules[rule.about].append((rule, wanted_in(rule.when, len(rulebook.levels))))
        self._judged = {f"judgement/{judgement.id}": judgement.level for judgement in rulebook.judgements}
        self._found = [finding.id for finding in rulebook.findings if finding.about == "answers"]
        self._marked = [finding.id for finding in rulebook.findings if finding.about == "indicator"]
        self._looks: dict[About, tuple[str, ...]] = {about: self._compared(about) for about in self.rules}
        self.ids = tuple(rulebook.position)
        self._memory: dict[tuple[About, tuple[str | int, ...]], tuple[str, ...]] = {}
        self._conclusions: dict[tuple[str, ...], tuple[Mapping[str, str], int]] = {}
        self._outcomes: dict[tuple[str, ...], Outcome] = {}

    @cached_property
    def marks(self) -> Mapping[Signs, Marks]:
        """What the marks of a record can come to, each with the fewest marks that come to it."""
        return self.marks_of(self.ids)

    def marks_of(self, ids: Iterable[str]) -> Mapping[Signs, Marks]:
        """Give what marks of some indicators can come to, each with the fewest marks that come to it."""
        reached: dict[Signs, Marks] = {NOTHING: ()}
        for id_ in ids:
            for signs, marks in list(reached.items()):
                for mark, given in self.ways[id_]:
                    both = signs.joined(given)
                    if both not in reached or len(marks) + 1 < len(reached[both]):
                        reached[both] = (*marks, (id_, mark))
        return dict(sorted(reached.items(), key=lambda one: (len(one[1]), one[0].level, sorted(one[0].findings))))

    def signs_of(self, id_: str, mark: Mark) -> Signs:
        """Give what one indicator as marked comes to."""
        indicator = self.rulebook.indicator[id_]
        fact: Fact = {
            "mark": mark,
            "level": indicator.level,
            "basis": indicator.basis or NOT_STATED,
            "heading": indicator.heading or NOT_STATED,
        }
        fired = self._fired("indicator", fact)
        level = indicator.level if mark == "present" else 0
        return Signs(level, frozenset(id_ for id_ in self._marked if f"finding/{id_}" in fired))

    @cached_property
    def ways(self) -> Mapping[str, tuple[tuple[Mark, Signs], ...]]:
        """The marks of each indicator that come to anything, with what they come to."""
        given = {id_: [(mark, self.signs_of(id_, mark)) for mark in get_args(Mark)] for id_ in self.ids}
        return {id_: tuple(way for way in ways if way[1] != NOTHING) for id_, ways in given.items()}

    @cached_property
    def kinds(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """For each question its answers, those together that no condition tells apart; the default stands first."""
        return tuple(self._kinds_of(field.id, field.values) for field in self.rulebook.situation)

    @property
    def stood_for(self) -> int:
        """How many situations there are, all answers told apart."""
        return len(self.marks) * prod(len(field.values) for field in self.rulebook.situation)

    @cached_property
    def each(self) -> Sequence[Situation]:
        """One situation of each kind."""
        answers = list(product(*[[kind[0] for kind in kinds] for kinds in self.kinds]))
        return [self.situation(signs, given) for signs in self.marks for given in answers]

    @cached_property
    def smallest_first(self) -> Sequence[Situation]:
        """One situation of each kind: those of the fewest marks, and answers other than the default, first."""
        defaults = self.rulebook.defaults
        size = {signs: len(marks) for signs, marks in self.marks.items()}
        return sorted(
            self.each,
            key=lambda one: size[one.signs] + sum(map(str.__ne__, one.answers, defaults)),
        )

    def stands_for(self, situation: Situation) -> int:
        """How many situations one of a kind stands for, all answers told apart."""
        return prod(self._sizes[place][answer] for place, answer in enumerate(situation.answers))

    @cached_property
    def _sizes(self) -> Sequence[Mapping[str, int]]:
        return [{kind[0]: len(kind) for kind in kinds} for kinds in self.kinds]

    @cached_property
    def by_signs(self) -> Mapping[Signs, Sequence[Situation]]:
        """The situations with the same signs."""
        groups: dict[Signs, list[Situation]] = {}
        for situation in self.each:
            groups.setdefault(situation.signs, []).append(situation)
        return groups

    @cached_property
    def by_answers(self) -> Mapping[tuple[str, ...], Sequence[Situation]]:
        """The situations with the same answers, each group in the order of `marks`."""
        groups: dict[tuple[str, ...], list[Situation]] = {}
        for situation in self.each:
            groups.setdefault(situation.answers, []).append(situation)
        return groups

    def situation(self, signs: Signs, answers: tuple[str, ...]) -> Situation:
        """Work out what the rulebook makes of signs and answers."""
        known = dict(zip(self.rulebook.questions, answers, strict=True))
        known |= {id_: YES if id_ in signs.findings else NO for id_ in self._marked}
        fired = self._fired("answers", known)
        found, judged = self._concluded(fired)
        level = max(signs.level, judged)
        fact: dict[str, str | int] = {**known, **found, "level": level}
        names = self._fired("situation", fact)
        if names not in self._outcomes:
            route, urgency = _first("route/", names) or NO_ROUTE, _first("urgency/", names) or ""
            self._outcomes[names] = Outcome(route, urgency, _steps(names))
        fact["route"], fact["urgency"], steps = self._outcomes[names]
        return Situation(signs, answers, level, fact, (*fired, *names), steps)

    def _concluded(self, fired: tuple[str, ...]) -> tuple[Mapping[str, str], int]:
        """Give what the rules about all answers come to: a yes or no for each finding, and the level judged."""
        if fired not in self._conclusions:
            found = {id_: YES if f"finding/{id_}" in fired else NO for id_ in self._found}
            judged = max([0, *(self._judged[name] for name in fired if name in self._judged)])
            self._conclusions[fired] = found, judged
        return self._conclusions[fired]

    def record(self, situation: Situation, marks: Marks | None = None) -> dict[str, Any]:
        """Give a smallest record that comes to a situation, as a record file writes it."""
        chosen = self.marks[situation.signs] if marks is None else marks
        marked = {
            mark.replace("-", "_"): [id_ for id_, own in chosen if own == mark]
            for mark in get_args(Mark)
            if any(own == mark for _, own in chosen)
        }
        pairs = zip(self.rulebook.questions, situation.answers, self.rulebook.defaults, strict=True)
        return {
            "indicators": marked,
            "situation": {question: answer for question, answer, default in pairs if answer != default},
        }

    def afterwards(self, situation: Situation) -> tuple[str, ...]:
        """Give the names of the rules that say what follows a situation."""
        return self._fired("afterwards", situation.fact)

    def _fired(self, about: About, fact: Fact) -> tuple[str, ...]:
        key = about, tuple([fact[name] for name in self._looks[about]])
        if key not in self._memory:
            self._memory[key] = tuple(rule.name for rule, when in self.rules[about] if holds(when, fact))
        return self._memory[key]

    def _compared(self, about: About) -> tuple[str, ...]:
        named = {name: None for _, when in self.rules[about] for conditions in when for name, _ in conditions}
        return tuple(named)

    def _kinds_of(self, question: str, values: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        asked = [wanted for name, wanted in self._conditions() if name == question]
        kinds: dict[tuple[bool, ...], list[str]] = {}
        for value in values:
            kinds.setdefault(tuple(value in wanted for wanted in asked), []).append(value)
        return tuple(map(tuple, kinds.values()))

    def _conditions(self) -> Iterator[tuple[str, Iterable[str | int]]]:
        abouts: tuple[About, ...] = ("answers", "situation", "afterwards")
        promised = [conditions for one in self.rulebook.safety for conditions in (*one.when, one.answer)]
        for conditions in wanted_in(promised, len(self.rulebook.levels)):
            yield from conditions
        for about in abouts:
            for _, when in self.rules[about]:
                for conditions in when:
                    yield from conditions


def _first(prefix: str, names: Iterable[str]) -> str | None:
    return next((name.removeprefix(prefix) for name in names if name.startswith(prefix)), None)


def _steps(names: Iterable[str]) -> Mapping[str, str]:
    """Give the first case that holds of each action."""
    steps: dict[str, str] = {}
    for name in names:
        if name.startswith("action/"):
            steps.setdefault(name.split("/")[1], name)
    return steps


def in_words(record: Mapping[str, Any]) -> str:
    """Say a smallest record in a few words."""
    marks = [f"{id_} is {mark.replace('_', ' ')}" for mark, ids in record["indicators"].items() for id_ in ids]
    answers = [f"{question} is {answer}" for question, answer in record["situation"].items()]
    return ", ".join([*marks, *answers]) or "nothing is recorded"

"""Every situation that a rulebook can meet, worked out from its conditions alone.

A situation is what the things recorded come to, with an answer to every other question. There are finitely many:

- What things recorded come to is worked out one thing at a time: see `signs`.
- Signs that no rule about the answers or the situation tells apart are alike: what holds for one holds for all, so
  one of each is looked at.
- Other answers have a few values each. Values that no condition tells apart make one kind, likewise.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, product
from math import prod
from typing import Any, NamedTuple

from rhrt.made_once import made_once
from rhrt.reasoning.facts import Fact
from rhrt.reasoning.plain import Outcome, When, outcome, wanted_in
from rhrt.reasoning.signs import Marks, Recordable, Signs
from rhrt.rulebook.conditions import NO_ROUTE, About
from rhrt.rulebook.kinds import HARM, NO, YES
from rhrt.rulebook.model import Rulebook


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


class _Part(NamedTuple):
    """A part of what the rules look at, with the alternatives of each kind of rule that it lets hold."""

    known: Mapping[str, str]
    answers: int
    situation: int


class Situations(Recordable):
    """The situations of a rulebook, one of each kind."""

    def __init__(self, rulebook: Rulebook) -> None:
        super().__init__(rulebook)
        self._found = rulebook.found_by["answers"]
        self._conclusions: dict[tuple[str, ...], tuple[_Part, int]] = {}
        self._said: dict[tuple[str, ...], _Part] = {}
        self._established: dict[frozenset[str], _Part] = {}
        self._outcomes: dict[tuple[str, ...], Outcome] = {}
        self._let_by_level: dict[int, int] = {}
        self._seen: dict[Signs, tuple[object, ...]] = {}

    @made_once
    def like(self) -> Mapping[Signs, Signs]:
        """For all that a record can come to, what stands for it: no rule tells the two apart."""
        first: dict[tuple[object, ...], Signs] = {}
        return {signs: first.setdefault(self._look(signs, self._seen_whole), signs) for signs in self.reached}

    @made_once
    def marks(self) -> Mapping[Signs, Marks]:
        """What stands for all that a record can come to, each with the fewest things recorded that come to it."""
        return {signs: marks for signs, marks in self.reached.items() if self.like[signs] is signs}

    @made_once
    def _alike(self) -> Mapping[Signs, int]:
        return Counter(self.like.values())

    def seen_of(self, signs: Signs) -> tuple[object, ...]:
        """Give all of signs that the level and the steps follow from, and whether they establish harm."""
        if signs not in self._seen:
            self._seen[signs] = self._look(signs, self._decisive)
        return self._seen[signs]

    def _look(self, signs: Signs, whole: Sequence[str]) -> tuple[object, ...]:
        """Give all that rules about the answers see of signs, and which of some findings they establish."""
        known = {id_: YES if id_ in signs.findings else NO for id_ in self.marked}
        seen = [known[id_] for id_ in whole]
        parts = [any(_all_hold(part, known) for part in parts) for parts in self._seen_in_part]
        return (signs.level, *seen, *parts)

    @made_once
    def _seen_whole(self) -> tuple[str, ...]:
        """The findings of one thing that rules about the situation, prompts or safety sentences look at."""
        named = {name for name, _ in self._asked_by("situation", "afterwards", "prompt")}
        return tuple(id_ for id_ in self.marked if id_ in named)

    @made_once
    def _decisive(self) -> tuple[str, ...]:
        """The findings of one thing that rules about what to do look at, and harm."""
        named = {name for _, when in self.rules["situation"] for conditions in when for name, _ in conditions}
        return tuple(id_ for id_ in self.marked if id_ in named or id_ == HARM)

    @made_once
    def _seen_in_part(self) -> Sequence[Sequence[When]]:
        """What each rule about the answers asks of findings, those together that ask the same of the answers."""
        parts: dict[object, list[When]] = {}
        for rule, when in self.rules["answers"]:
            for conditions in when:
                asked = frozenset(
                    (name, frozenset(wanted)) for name, wanted in conditions if name not in self.marked
                )
                found = [[one for one in conditions if one[0] in self.marked]]
                parts.setdefault((rule.name, asked), []).append(found)
        return list(parts.values())

    def _asked_by(self, *abouts: About) -> Iterator[tuple[str, Collection[str | int]]]:
        """Give each field that safety sentences and some kinds of rule look at, with what is wanted there."""
        promised = [conditions for one in self.rulebook.safety for conditions in (*one.when, one.answer)]
        written = [when for about in abouts for _, when in self.rules[about]]
        for when in (wanted_in(promised, len(self.rulebook.levels)), *written):
            yield from chain.from_iterable(when)

    @made_once
    def kinds(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """For each question its answers, those together that no condition tells apart; the default stands first."""
        return tuple(self._kinds_of(field.id, field.values) for field in self.rulebook.situation)

    def answered_apart(self, question: str, values: Sequence[str]) -> Iterator[tuple[Situation, ...]]:
        """Give situations that differ in the answer to one question alone: one for each of the values."""
        if question not in self.alone:
            yield from self._answered_apart(question, values)
            return
        given = [self.signs_of(question, value) for value in values]
        without = self.reached_with(only={question: [self.rulebook.field[question].values[0]]})
        tried = set()
        for signs in without:
            together = tuple(self.like[signs.joined(one)] for one in given)
            if together not in tried:
                tried.add(together)
                yield from zip(*(self.by_signs[one] for one in together), strict=True)

    def _answered_apart(self, question: str, values: Sequence[str]) -> Iterator[tuple[Situation, ...]]:
        place = self.rulebook.questions.index(question)
        stands_for = {value: kind[0] for kind in self.kinds[place] for value in kind}
        for answers, group in self.by_answers.items():
            if answers[place] == stands_for[values[0]]:
                before, after = answers[:place], answers[place + 1 :]
                others = (self.by_answers[(*before, stands_for[value], *after)] for value in values[1:])
                yield from zip(group, *others, strict=True)

    @property
    def stood_for(self) -> int:
        """How many situations there are, all answers told apart."""
        return len(self.reached) * prod(
            len(field.values) for field in self.rulebook.situation if field.id not in self.alone
        )

    @made_once
    def each(self) -> Sequence[Situation]:
        """One situation of each kind."""
        answers = list(product(*[[kind[0] for kind in kinds] for kinds in self.kinds]))
        return [self.situation(signs, given) for signs in self.marks for given in answers]

    @made_once
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
        return self._alike[situation.signs] * prod(
            self._sizes[place][answer] for place, answer in enumerate(situation.answers)
        )

    @made_once
    def _sizes(self) -> Sequence[Mapping[str, int]]:
        return [
            {kind[0]: 1 if question in self.alone else len(kind) for kind in kinds}
            for question, kinds in zip(self.rulebook.questions, self.kinds, strict=True)
        ]

    @made_once
    def by_signs(self) -> Mapping[Signs, Sequence[Situation]]:
        """The situations with the same signs."""
        groups: dict[Signs, list[Situation]] = {}
        for situation in self.each:
            groups.setdefault(situation.signs, []).append(situation)
        return groups

    @made_once
    def by_answers(self) -> Mapping[tuple[str, ...], Sequence[Situation]]:
        """The situations with the same answers, each group in the order of `marks`."""
        groups: dict[tuple[str, ...], list[Situation]] = {}
        for situation in self.each:
            groups.setdefault(situation.answers, []).append(situation)
        return groups

    def decided(self, signs: Signs, answers: tuple[str, ...]) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
        """Give the level of a situation, and the names of the rules about the answers and about it that hold."""
        said, marked = self._said_by(answers), self._established_by(signs)
        fired = self.firing["answers"].names(said.answers & marked.answers)
        found, judged = self._concluded(fired)
        level = max(signs.level, judged)
        if level not in self._let_by_level:
            self._let_by_level[level] = self.firing["situation"].letting({"level": level})
        let = said.situation & marked.situation & found.situation & self._let_by_level[level]
        return level, fired, self.firing["situation"].names(let)

    def situation(self, signs: Signs, answers: tuple[str, ...]) -> Situation:
        """Work out what the rulebook makes of signs and answers."""
        level, fired, names = self.decided(signs, answers)
        parts = self._said_by(answers), self._established_by(signs), self._concluded(fired)[0]
        fact: dict[str, str | int] = {id_: own for part in parts for id_, own in part.known.items()}
        fact["level"] = level
        if names not in self._outcomes:
            self._outcomes[names] = outcome(names)
        route, fact["urgency"], steps = self._outcomes[names]
        fact["route"] = route or NO_ROUTE
        return Situation(signs, answers, level, fact, (*fired, *names), steps)

    def _said_by(self, answers: tuple[str, ...]) -> _Part:
        if answers not in self._said:
            self._said[answers] = self._part(dict(zip(self.rulebook.questions, answers, strict=True)))
        return self._said[answers]

    def _established_by(self, signs: Signs) -> _Part:
        if signs.findings not in self._established:
            known = {id_: YES if id_ in signs.findings else NO for id_ in self.marked}
            self._established[signs.findings] = self._part(known)
        return self._established[signs.findings]

    def _part(self, known: Mapping[str, str]) -> _Part:
        return _Part(known, *(self.firing[about].letting(known) for about in ("answers", "situation")))

    def _concluded(self, fired: tuple[str, ...]) -> tuple[_Part, int]:
        """Give what the rules about all answers come to: a yes or no for each finding, and the level judged."""
        if fired not in self._conclusions:
            found = {id_: YES if f"finding/{id_}" in fired else NO for id_ in self._found}
            judged = max([0, *(self.judged[name] for name in fired if name in self.judged)])
            self._conclusions[fired] = self._part(found), judged
        return self._conclusions[fired]

    def record(self, situation: Situation, marks: Marks | None = None) -> dict[str, Any]:
        """Give a smallest record that comes to a situation, as a record file writes it."""
        chosen = self.reached[situation.signs] if marks is None else marks
        return self._written(chosen, situation.answers)

    def afterwards(self, situation: Situation) -> tuple[str, ...]:
        """Give the names of the rules that say what follows a situation."""
        return self._fired("afterwards", situation.fact)

    def _kinds_of(self, question: str, values: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        if question in self.alone:
            return (values,)
        looked_at = self._asked_by("answers", "situation", "afterwards")
        asked = [wanted for name, wanted in looked_at if name == question]
        kinds: dict[tuple[bool, ...], list[str]] = {}
        for value in values:
            kinds.setdefault(tuple(value in wanted for wanted in asked), []).append(value)
        return tuple(map(tuple, kinds.values()))


def _all_hold(when: When, known: Mapping[str, str]) -> bool:
    return all(known[name] in wanted for conditions in when for name, wanted in conditions)

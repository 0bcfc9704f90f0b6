"""From a record to what follows, concluded by two evaluators that must agree."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from rhrt.faults import EvaluatorsDiffer
from rhrt.part import Pieces
from rhrt.reasoning.explain import Explanations, reason_of_answer
from rhrt.reasoning.facts import Fact, Thing, about_answers, about_situation, about_thing, answered, marked
from rhrt.reasoning.inference import Fired, Inference, remember
from rhrt.reasoning.plain import Answer
from rhrt.reasoning.whole import lacking
from rhrt.record import CheckedRecord
from rhrt.rulebook.kinds import HARM, YES, Prompt
from rhrt.rulebook.model import Rulebook
from rhrt.rulebook.rules import told_alone
from rhrt.suggestion import Change, Next, NextStep, Reason

MOST_BESIDE = 30
"""For how many records of other answers, or prompts, one conclusion remembers what stands beside it."""


class Given(NamedTuple):
    """What things recorded give: a level (0: none), findings, and the answers that are reasons on their own."""

    level: int
    findings: frozenset[str]
    told: tuple[Reason, ...] = ()

    def beside(self, other: Given) -> Given:
        """Give what two things give together."""
        return Given(max(self.level, other.level), self.findings | other.findings, self.told + other.told)


_NO_FINDINGS = frozenset[str]()


def joined(given: Sequence[Given]) -> Given:
    """Give what several things recorded give together."""
    levels, findings, told = zip(*given, strict=True) if given else ((), (), ())
    return Given(max(levels, default=0), _NO_FINDINGS.union(*findings), tuple(chain.from_iterable(told)))


class Applying(NamedTuple):
    """The prompts that apply: those that are only shown, by rank, and the follow-up questions, in their order."""

    shown: tuple[Prompt, ...]
    asked: tuple[Prompt, ...]


@dataclass(slots=True, eq=False)
class Conclusion:
    """What follows from a level, the findings and the answers. Shared by every record that has the same.

    What else hangs on it alone is kept with it, once somebody asked: what happens `afterwards`; the change that one
    sign more at an age makes where it `raises` the level, and those that other answers make, beside what was
    `answered` otherwise; whether a follow-up question at an age `turns` a step; and which `prompts` apply, of those
    that could (as bits), at an age, with so many signs and headings.
    """

    level: int
    route: str | None
    urgency: str
    harm: bool
    judgements: tuple[Reason, ...]
    actions: Pieces[NextStep]
    situation: Fact
    rules: tuple[str, ...]
    lacks: tuple[str, ...]
    afterwards: Pieces[Next] | None = None
    raises: dict[tuple[str, str | None], Change | None] = field(default_factory=dict)
    answered: dict[Hashable, tuple[Change, ...]] = field(default_factory=dict)
    turns: dict[tuple[str, str | None], bool] = field(default_factory=dict)
    prompts: dict[tuple[int, str | None, str, str], Applying] = field(default_factory=dict)


class Reading(NamedTuple):
    """What a record gives: each thing marked, what they give together, its answers, and all together."""

    things: list[Thing]
    each: list[Given]
    marks: Given
    answers: Given
    together: Given


class Decision(NamedTuple):
    """What was concluded from a record, with the reasons, and what else was recorded."""

    reading: Reading
    conclusion: Conclusion
    reasons: tuple[Reason, ...]
    also_recorded: tuple[Reason, ...]


class Conclusions:
    """What follows by one rulebook; remembers what each distinct fact gave."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.inference = Inference(rulebook)
        self.plain = self.inference.plain
        self.explanations = Explanations(rulebook)
        self._level_rules = {f"level/{level.level}": level.level for level in rulebook.levels}
        self._told = {f"judgement/{own.id}": own for own in rulebook.judgements if own.about == "recorded"}
        self._asked = frozenset(told_alone(rulebook))
        self._order = {rule: place for place, rule in enumerate(self.explanations.steps)}
        self.remembered: dict[tuple[str, str, str | None], Given] = {}
        self.remembered_answers: dict[tuple[object, ...], Given] = {}
        self.concluded: dict[tuple[int, frozenset[str], tuple[str, ...]], Conclusion] = {}

    def decide(self, record: CheckedRecord) -> Decision:
        """Conclude from a record, after both evaluators agreed on level, route, actions and reasons.

        Raises EvaluatorsDiffer where they do not.
        """
        reading = self._read(record)
        levels = [one.level for one in reading.each[: len(record.present)]]
        top = max(levels, default=0)
        highest = tuple([id_ for id_, own in zip(record.present, levels, strict=True) if own == top])
        if self.plain.highest(record) != (top, highest):
            raise EvaluatorsDiffer("The two evaluators differ on the reasons.")
        conclusion = self._conclude(reading.together, record.answers, lambda: record)
        deciding = highest if top == conclusion.level else ()
        told = [reason for reason in reading.together.told if reason.level in (None, conclusion.level)]
        reason = self.explanations.reason
        reasons = (*conclusion.judgements, *told, *[reason[id_] for id_ in deciding])
        others = [id_ for id_, own in zip(record.present, levels, strict=True) if not deciding or own != top]
        return Decision(reading, conclusion, reasons, tuple([reason[id_] for id_ in others]))

    def conclusion_of(self, record: CheckedRecord) -> Conclusion:
        """Give what follows from a record."""
        return self._conclude(self._read(record).together, record.answers, lambda: record)

    def beyond(self, decision: Decision, thing: Thing, record: CheckedRecord) -> Conclusion:
        """Give what follows where one thing more is recorded than `record` has, from which the decision came.

        What a record gives is joined of what each thing gives: this hangs on the conclusion, the thing and the age.
        """
        (one,) = self._each([thing], record.age_band)
        given = decision.reading.together.beside(one)
        return self._conclude(given, record.answers, lambda: with_thing(record, thing, self.rulebook))

    def afterwards(self, conclusion: Conclusion) -> Pieces[Next]:
        """Give what happens after the next steps are taken."""
        if conclusion.afterwards is None:
            (fired,) = self.inference.fire("afterwards", conclusion.situation)
            every = self.explanations.afterwards.items()
            conclusion.afterwards = Pieces(one for rule, one in every if rule in fired.rules)
        return conclusion.afterwards

    def answered(self, reading: Reading, changed: CheckedRecord) -> Conclusion:
        """Give what follows from a record that `changed` in its answers alone."""
        given = reading.marks.beside(self._answers(changed))
        return self._conclude(given, changed.answers, lambda: changed)

    def marked(
        self, reading: Reading, marks: Sequence[Thing], record: CheckedRecord, changed: Callable[[], CheckedRecord]
    ) -> Conclusion:
        """Give what follows where some indicators of a record are marked so; `changed` makes the record that is."""
        new = dict(marks)
        kept = [own for (id_, _), own in zip(reading.things, reading.each, strict=True) if id_ not in new]
        given = joined([*kept, *self._each(marks, record.age_band), reading.answers])
        return self._conclude(given, record.answers, changed)

    def trace(self, record: CheckedRecord) -> list[tuple[Fact, tuple[str, ...]]]:
        """Give each fact of a record in order, with the names of the rules that it fires."""
        things = [*marked(record), *answered(record, self._asked)]
        facts = [fact for thing in things for fact in about_thing(self.rulebook, thing, record.age_band)]
        fired = self.inference.fire("recorded", *facts)
        conclusion = self.conclusion_of(record)
        answers = about_answers(self.rulebook, record.answers, self._read(record).together.findings)
        judged = self.inference.fire("answers", answers)
        last = self.inference.fire("situation", conclusion.situation)
        rules = [one.rules for one in (*fired, *judged, *last)]
        return list(zip([*facts, answers, conclusion.situation], rules, strict=True))

    def forget(self) -> None:
        """Forget all that was remembered: whatever is asked next is inferred and compared anew."""
        for memory in (self.remembered, self.remembered_answers, self.concluded, self.inference.remembered):
            memory.clear()

    def _read(self, record: CheckedRecord) -> Reading:
        things = marked(record)
        each, answers = self._each(things, record.age_band), self._answers(record)
        marks = joined(each)
        return Reading(things, each, marks, answers, marks.beside(answers))

    def _answers(self, record: CheckedRecord) -> Given:
        """Give what all that was answered gives together."""
        key = (record.answers, record.judgement, record.follow_ups, record.age_band)
        answers = self.remembered_answers.get(key)
        if answers is None:
            answers = joined(self._each(answered(record, self._asked), record.age_band))
            if tuple((reason.rule, reason.answer) for reason in answers.told) != self.plain.told(record):
                raise EvaluatorsDiffer("The two evaluators differ on an answer that is a reason.")
            remember(self.remembered_answers, key, answers, self.inference.most)
        return answers

    def _each(self, things: Sequence[Thing], age_band: str | None) -> list[Given]:
        """Give what each thing recorded gives: what is not remembered is inferred, and remembered."""
        try:
            return [self.remembered[id_, said, age_band] for id_, said in things]
        except KeyError:
            kept = {thing: self.remembered.get((*thing, age_band)) for thing in things}
        known = {thing: own for thing, own in kept.items() if own is not None}
        new = [thing for thing, own in kept.items() if own is None]
        facts = [list(about_thing(self.rulebook, thing, age_band)) for thing in new]
        fired = iter(self.inference.fire("recorded", *chain.from_iterable(facts)))
        for thing, own in zip(new, facts, strict=True):
            known[thing] = self._gives(thing, [next(fired) for _ in own])
            remember(self.remembered, (*thing, age_band), known[thing], self.inference.most)
        return [known[thing] for thing in things]

    def _gives(self, thing: Thing, fired: Sequence[Fired]) -> Given:
        """Give what one thing recorded gives, of which each fact fired some rules."""
        names = dict.fromkeys(name for own in fired for name in own.rules)
        judged = [own for rule, own in self._told.items() if rule in names]
        gravest = sorted(judged, key=lambda own: -own.level)[:1]
        told = [reason_of_answer(self.rulebook, own, thing[0]) for own in gravest]
        levels = [self._level_rules[name] for name in names if name in self._level_rules]
        findings = frozenset[str]().union(*(own.findings for own in fired))
        return Given(max([*levels, *(reason.level or 0 for reason in told)], default=0), findings, tuple(told))

    def _conclude(self, given: Given, answers: tuple[str, ...], record: Callable[[], CheckedRecord]) -> Conclusion:
        """Give what follows. `record` makes a record that gives this: both evaluators look at what is new."""
        key = (given.level, given.findings, answers)
        known = self.concluded.get(key)
        if known is None:
            known = self._infer(given, answers)
            _compare(known, self.plain.evaluate(record()))
            remember(self.concluded, key, known, self.inference.most * 2 // 3)  # these are the largest
        return known

    def _infer(self, given: Given, answered_: tuple[str, ...]) -> Conclusion:
        answers = about_answers(self.rulebook, answered_, given.findings)
        (fired,) = self.inference.infer("answers", answers)
        judged = [reason for rule, reason in self.explanations.judgements.items() if rule in fired.rules]
        level = max([given.level, *[reason.level or 0 for reason in judged]])
        situation = about_situation(self.rulebook, answers, fired.findings, level)
        (last,) = self.inference.infer("situation", situation)
        names = set(last.rules)
        steps: dict[str, NextStep] = {}
        for rule in sorted(names & self._order.keys(), key=self._order.__getitem__):
            step = self.explanations.steps[rule]
            steps.setdefault(step.code, step)
        route = _first([route.id for route in self.rulebook.routes], "route", names)
        urgency = _first([urgency.id for urgency in self.rulebook.urgencies], "urgency", names) or ""
        return Conclusion(
            level,
            route,
            urgency,
            situation[HARM] == YES,
            tuple(reason for reason in judged if reason.level == level),
            Pieces(steps.values()),
            situation,
            fired.rules + last.rules,
            lacking(level, route, urgency, tuple(steps)),
        )


def _first(ids: Sequence[str], kind: str, names: set[str]) -> str | None:
    return next((id_ for id_ in ids if f"{kind}/{id_}" in names), None)


def _compare(conclusion: Conclusion, answer: Answer) -> None:
    ours = (conclusion.level, conclusion.route, conclusion.urgency, conclusion.harm)
    theirs = (answer.level, answer.route, answer.urgency, answer.harm)
    judgements = tuple(reason.rule for reason in conclusion.judgements)
    expected = tuple(rule for rule in answer.reasons if rule.startswith("judgement/"))
    actions = tuple(f"{step.rule}/{step.case}" for step in conclusion.actions)
    same = judgements == expected and actions == answer.actions and sorted(conclusion.rules) == sorted(answer.rules)
    if ours != theirs or not same:
        raise EvaluatorsDiffer("The two evaluators differ on the answer.")


def with_thing(record: CheckedRecord, thing: Thing, rulebook: Rulebook) -> CheckedRecord:
    """Make the record with one thing more: a sign that is present, or a follow-up question answered."""
    id_, said = thing
    if id_ in rulebook.position:
        return record._replace(present=tuple(sorted((*record.present, id_), key=rulebook.position.__getitem__)))
    answers = {**dict(record.follow_ups), id_: said}
    return record._replace(follow_ups=tuple((one, answers[one]) for one in rulebook.follow_up if one in answers))

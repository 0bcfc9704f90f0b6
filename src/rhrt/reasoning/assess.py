"""The one way in: from a record and a rulebook to a suggestion, checked by two evaluators."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import chain, islice, pairwise
from threading import Lock, RLock
from typing import NamedTuple

from rhrt.beside import Change, FollowUp, Next, ShownPrompt
from rhrt.faults import EvaluatorsDiffer, NoAnswer, NotWhole
from rhrt.reasoning.beside import asked, changes, prompt_facts, shown, with_follow_up
from rhrt.reasoning.explain import next_of, next_steps, reason_of_answer, reason_of_indicator, reason_of_judgement
from rhrt.reasoning.facts import about_answers, about_situation, answered, marked
from rhrt.reasoning.inference import Fired, Inference, remember
from rhrt.reasoning.plain import Answer
from rhrt.reasoning.whole import lacking, refused
from rhrt.record import CheckedRecord, Record, check
from rhrt.rulebook.load import load_for_record
from rhrt.rulebook.model import FOLLOW_UP_ANSWERS, HARM, NOT_ASKED, YES, Prompt, Rulebook
from rhrt.rulebook.recorded import Fact, Thing, about_thing, told_alone
from rhrt.suggestion import MOST_FOLLOW_UPS, NextStep, Reason, Suggestion


def assess(record: Record, rulebook: Rulebook | None = None) -> Suggestion:
    """Suggest a level, a route and next steps for a record.

    Raises BadInput where the record does not fit the rulebook, and NoAnswer where no level may be shown:
    EvaluatorsDiffer where the two evaluators do not agree, NotWhole where the rulebook gives only half an answer.
    """
    rulebook = rulebook or load_for_record(record.rulebook, "$.rulebook")
    checked = check(record, rulebook)
    with _Advised(rulebook):
        return _engine_of(rulebook).suggest(checked)


def ready(rulebook: Rulebook) -> tuple[str, ...]:
    """Make a rulebook ready to assess, so that the first who asks does not wait, and name who evaluates.

    Raises BadInput where its rules go beyond what the engine is safe with, and EvaluatorsDiffer as `assess` does.
    """
    with suppress(NotWhole):  # of nothing recorded; of other records there may be whole answers
        assess(Record(), rulebook)
    return _engine_of(rulebook).inference.evaluated_by


def trace(record: CheckedRecord, rulebook: Rulebook) -> list[tuple[Fact, tuple[str, ...]]]:
    """Give each fact of an assessment in order, with the names of the rules that it fired."""
    with _Advised(rulebook):
        return _engine_of(rulebook).trace(record)


class _Advised:
    """Lets whoever is told that there is no answer be told whom the rulebook says to ring."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook

    def __enter__(self) -> None: ...

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, NoAnswer):
            error.advice = self._rulebook.advice


class Given(NamedTuple):
    """What things recorded give: a level (0: none), findings, and the answers that are reasons on their own."""

    level: int
    findings: frozenset[str]
    told: tuple[Reason, ...] = ()


def _joined(given: Iterable[Given]) -> Given:
    """Give what several things recorded give together."""
    level, findings, told = 0, frozenset[str](), tuple[Reason, ...]()
    for one in given:
        level = max(level, one.level)
        findings = findings | one.findings if one.findings else findings
        told += one.told
    return Given(level, findings, told)


class Conclusion(NamedTuple):
    """What follows from a level, the findings and the answers. Shared by every record that has the same."""

    level: int
    route: str | None
    urgency: str
    harm: bool
    judgements: tuple[Reason, ...]
    actions: tuple[NextStep, ...]
    situation: Fact
    rules: tuple[str, ...]
    lacks: tuple[str, ...]


class _Reasons(dict[str, Reason]):
    """The reason that each indicator is, made when it is first asked for."""

    def __init__(self, rulebook: Rulebook) -> None:
        super().__init__()
        self._rulebook = rulebook

    def __missing__(self, id_: str) -> Reason:
        reason = self[id_] = reason_of_indicator(self._rulebook.indicator[id_])
        return reason


class Engine:
    """One rulebook, ready to assess; remembers what each distinct fact gave."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.inference = Inference(rulebook)
        self.reference = self.inference.reference
        self._evaluated_by = self.inference.evaluated_by
        self._level_rules = {f"level/{level.level}": level.level for level in rulebook.levels}
        self._judgements = {reason.rule: reason for reason in map(reason_of_judgement, rulebook.judgements)}
        self._told = {f"judgement/{own.id}": own for own in rulebook.judgements if own.about == "recorded"}
        self._asked = frozenset(told_alone(rulebook))
        self._reasons = _Reasons(rulebook)
        self._steps = next_steps(rulebook)
        self._order = {rule: place for place, rule in enumerate(self._steps)}
        self._afterwards = tuple(next_of(afterwards) for afterwards in rulebook.afterwards)
        self.remembered: dict[tuple[str, str, str | None], Given] = {}
        self._remembered_answers: dict[tuple[object, ...], Given] = {}
        self._conclusions: dict[tuple[int, frozenset[str], tuple[str, ...]], Conclusion] = {}

    def suggest(self, record: CheckedRecord) -> Suggestion:
        """Suggest from a checked record, after both evaluators agreed on level, route, actions and reasons.

        Raises EvaluatorsDiffer where they do not, and NotWhole where the answer is not whole.
        """
        levels, given = self._read(record)
        top = max(levels, default=0)
        highest = tuple([id_ for id_, own in zip(record.present, levels, strict=True) if own == top])
        if self.reference.highest(record) != (top, highest):
            raise EvaluatorsDiffer("The two evaluators differ on the reasons.")
        conclusion = self._conclude(record, given)
        if conclusion.lacks:
            raise refused(conclusion.lacks)
        deciding = highest if top == conclusion.level else ()
        told = [reason for reason in given.told if reason.level in (None, conclusion.level)]
        reasons = [*conclusion.judgements, *told, *[self._reasons[id_] for id_ in deciding]]
        others = [
            self._reasons[id_]
            for id_, own in zip(record.present, levels, strict=True)
            if not deciding or own != top
        ]
        return Suggestion(
            conclusion.level or None,
            conclusion.route,
            conclusion.urgency,
            conclusion.harm,
            tuple(reasons),
            conclusion.actions,
            tuple(others),
            record,
            self.rulebook,
            self._evaluated_by,
            self,
        )

    def afterwards(self, record: CheckedRecord) -> tuple[Next, ...]:
        """Give what happens after the next steps are taken."""
        with _Advised(self.rulebook):
            (fired,) = self.inference.fire("afterwards", self._situation(record))
        return tuple(following for following in self._afterwards if following.rule in fired.rules)

    def prompts(self, record: CheckedRecord) -> tuple[ShownPrompt, ...]:
        """Give the prompts that apply to a record, the most important first."""
        with _Advised(self.rulebook):
            applying = [prompt for prompt in self._applying(record) if not prompt.if_yes]
        return tuple(shown(prompt, self.rulebook, record) for prompt in applying)

    def _applying(self, record: CheckedRecord) -> list[Prompt]:
        """Give the prompts that apply, those that are follow-up questions among them, the lowest rank first."""
        candidates = prompt_facts(self.rulebook, record, self._situation(record))
        fired = self.inference.fire("prompt", *[fact for _, fact in candidates])
        return [prompt for (prompt, _), own in zip(candidates, fired, strict=True) if own.rules]

    def follow_ups(self, record: CheckedRecord) -> tuple[FollowUp, ...]:
        """Give the follow-up questions that were answered, then the first that apply and were not."""
        answered_ = [(self.rulebook.follow_up[id_], answer) for id_, answer in record.follow_ups]
        with _Advised(self.rulebook):
            unasked = [(prompt, NOT_ASKED) for prompt in islice(self._unasked(record), MOST_FOLLOW_UPS)]
        return tuple(asked(prompt, answer, self.rulebook, record) for prompt, answer in (*answered_, *unasked))

    def _unasked(self, record: CheckedRecord) -> Iterator[Prompt]:
        """Give the follow-up questions that apply, were not asked and could change a step, in order."""
        applying = {prompt.id for prompt in self._applying(record)} - dict(record.follow_ups).keys()
        for id_, prompt in self.rulebook.follow_up.items():
            if id_ in applying and self._changes_a_step(record, id_):
                yield prompt

    def _changes_a_step(self, record: CheckedRecord, follow_up: str) -> bool:
        """Say whether any answer to a follow-up question gives other steps than no does."""
        steps = [
            self._conclusion_of(with_follow_up(record, follow_up, answer, self.rulebook)).actions
            for answer in FOLLOW_UP_ANSWERS
        ]
        return any(one != other for one, other in pairwise(steps))

    def changes(self, record: CheckedRecord) -> tuple[Change, ...]:
        """Give what would change the level of a record, each tried."""
        with _Advised(self.rulebook):
            return tuple(changes(self.rulebook, record, self._level_of))

    def _situation(self, record: CheckedRecord) -> Fact:
        return self._conclusion_of(record).situation

    def _level_of(self, record: CheckedRecord) -> int:
        return self._conclusion_of(record).level

    def _conclusion_of(self, record: CheckedRecord) -> Conclusion:
        return self._conclude(record, self._read(record)[1])

    def trace(self, record: CheckedRecord) -> list[tuple[Fact, tuple[str, ...]]]:
        """Give each fact with the rules that it fires, inferred anew."""
        things = [*marked(record), *answered(record, self._asked)]
        facts = [fact for thing in things for fact in about_thing(self.rulebook, thing, record.age_band)]
        fired = self.inference.fire("recorded", *facts)
        _, given = self._read(record)
        answers = about_answers(self.rulebook, record.answers, given.findings)
        (judged,) = self.inference.fire("answers", answers)
        level = max([given.level, *(reason.level or 0 for reason in self._judged(judged))])
        situation = about_situation(self.rulebook, answers, judged.findings, level)
        (last,) = self.inference.fire("situation", situation)
        rules = [*(one.rules for one in fired), judged.rules, last.rules]
        return list(zip([*facts, answers, situation], rules, strict=True))

    def _read(self, record: CheckedRecord) -> tuple[list[int], Given]:
        """Give the level of each indicator present, in order, and what all that was recorded gives together."""
        age_band = record.age_band
        given = self._each(marked(record), age_band)
        key = (record.answers, record.judgement, record.follow_ups, age_band)
        answers = self._remembered_answers.get(key)
        if answers is None:
            answers = _joined(self._each(answered(record, self._asked), age_band))
            self._compare_told(record, answers.told)
            remember(self._remembered_answers, key, answers, self.inference.most)
        levels = [one.level for one in given[: len(record.present)]]
        return levels, _joined([*given, answers])

    def _compare_told(self, record: CheckedRecord, told: tuple[Reason, ...]) -> None:
        if tuple((reason.rule, reason.answer) for reason in told) != self.reference.told(record):
            raise EvaluatorsDiffer("The two evaluators differ on an answer that is a reason.")

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

    def _conclude(self, record: CheckedRecord, given: Given) -> Conclusion:
        key = (given.level, given.findings, record.answers)
        known = self._conclusions.get(key)
        if known is None:
            known = self._infer(record, given.level, given.findings)
            _compare(known, self.reference.evaluate(record))
            remember(self._conclusions, key, known, self.inference.most)
        return known

    def _infer(self, record: CheckedRecord, top: int, found: frozenset[str]) -> Conclusion:
        answers = about_answers(self.rulebook, record.answers, found)
        (fired,) = self.inference.infer("answers", answers)
        judged = self._judged(fired)
        level = max([top, *[reason.level or 0 for reason in judged]])
        situation = about_situation(self.rulebook, answers, fired.findings, level)
        (last,) = self.inference.infer("situation", situation)
        names = set(last.rules)
        steps: dict[str, NextStep] = {}
        for rule in sorted(names & self._order.keys(), key=self._order.__getitem__):
            step = self._steps[rule]
            steps.setdefault(step.code, step)
        route = _first([route.id for route in self.rulebook.routes], "route", names)
        urgency = _first([urgency.id for urgency in self.rulebook.urgencies], "urgency", names) or ""
        return Conclusion(
            level,
            route,
            urgency,
            situation[HARM] == YES,
            tuple(reason for reason in judged if reason.level == level),
            tuple(steps.values()),
            situation,
            fired.rules + last.rules,
            lacking(level, route, urgency, tuple(steps)),
        )

    def _judged(self, fired: Fired) -> list[Reason]:
        return [reason for rule, reason in self._judgements.items() if rule in fired.rules]


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


MOST_ENGINES = 16
"""How many rulebooks are kept ready to assess; the oldest is let go of for one more."""

_engines: dict[Rulebook, Engine] = {}


class _Building:
    """One thread at a time builds an engine."""

    lock = Lock()


def _engine_of(rulebook: Rulebook) -> Engine:
    engine = _engines.get(rulebook)
    if engine is None:
        with _Building.lock:
            engine = _engines.get(rulebook)
            if engine is None:
                engine = Engine(rulebook)
                while len(_engines) >= MOST_ENGINES:
                    del _engines[next(iter(_engines))]
                _engines[rulebook] = engine
    return engine


def _start_anew() -> None:
    """In a forked child: make anew the locks that other threads may have held. Those threads are not there."""
    _Building.lock = Lock()
    for kind in (Rulebook, Suggestion):
        for one in vars(kind).values():
            if isinstance(one, cached_property) and "lock" in vars(one):  # each has one until CPython 3.12
                vars(one)["lock"] = RLock()


if hasattr(os, "register_at_fork"):  # there is no fork on Windows
    os.register_at_fork(after_in_child=_start_anew)

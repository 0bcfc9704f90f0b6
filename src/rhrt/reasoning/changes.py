"""What would change the level of a record: the smallest changes, each true when tried."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from rhrt.reasoning.conclude import MOST_BESIDE, Conclusions, Decision
from rhrt.reasoning.explain import MOST_PIECES
from rhrt.reasoning.facts import judged_names, judging_answers
from rhrt.reasoning.inference import remember
from rhrt.record import CheckedRecord
from rhrt.rulebook.kinds import NO, NOT_ASKED, NOT_KNOWN, YES
from rhrt.rulebook.model import Rulebook, SituationField
from rhrt.suggestion import Change

NONE: Mapping[str, str] = {}


Settled = tuple[list[tuple[str, tuple[str, ...], str]], frozenset[str]]
"""Questions, with the answers that judge and one that does not; and what follow-up questions name."""


class Other(NamedTuple):
    """What would be otherwise: signs present or absent, and other answers."""

    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    situation: Mapping[str, str] = NONE
    follow_ups: Mapping[str, str] = NONE


class Changes:
    """What can change the level by one rulebook."""

    def __init__(self, conclusions: Conclusions) -> None:
        self._conclusions = conclusions
        self._rulebook = conclusions.rulebook
        self._places = {question: place for place, question in enumerate(self._rulebook.questions)}
        self._above: dict[str, list[str]] = {}
        self._told: dict[tuple[object, ...], Change] = {}
        self._judged = [(level, Other(situation=answers)) for level, answers in raising(self._rulebook)]
        self._settling = {level: settled(self._rulebook, level) for level in (0, *self._rulebook.level)}

    def of(self, record: CheckedRecord, decision: Decision) -> Iterator[Change]:
        """Give the smallest changes that raise the level, then the smallest that lowers it; each has been tried."""
        level = decision.conclusion.level
        if record.not_known:
            yield from self._raising([Other(present=(id_,)) for id_ in record.not_known], record, decision)
        raises = decision.conclusion.raises
        for id_ in self._rungs_above(record, level):
            key = id_, record.age_band
            if key not in raises:
                after = self._conclusions.beyond(decision, (id_, "present"), record).level
                raises[key] = self._change("up", after, Other(present=(id_,))) if after > level else None
            if raised := raises[key]:
                yield raised
        marks, answered = decision.reading.marks, decision.conclusion.answered
        said = (marks.level, marks.findings, record.follow_ups, record.judgement, record.age_band)
        if said not in answered:
            answers = [other for own, other in self._judged if own > level]
            answers += [Other(follow_ups={id_: YES}) for id_, answer in record.follow_ups if answer == NOT_KNOWN]
            remember(answered, said, tuple(self._raising(answers, record, decision)), MOST_BESIDE)
        yield from answered[said]
        lower = self._downward(record, level)
        if lower and (after := self._level_with(lower, record, decision)) < level:
            yield self._change("down", after, lower)

    def _raising(self, others: Iterable[Other], record: CheckedRecord, decision: Decision) -> Iterator[Change]:
        told = set[tuple[str, ...]]()
        for other in others:
            key = (*other.present, *other.situation, *other.follow_ups)
            if key not in told and (after := self._level_with(other, record, decision)) > decision.conclusion.level:
                told.add(key)
                yield self._change("up", after, other)

    def _change(self, direction: str, level: int, other: Other) -> Change:
        """Give a change as it is told: one that was told before is the same piece."""
        key = (direction, level, other.present, other.absent, *other.situation.items(), *other.follow_ups.items())
        known = self._told.get(key)
        if known is None:
            known = Change(direction=direction, level=level or None, **other._asdict())
            remember(self._told, key, known, MOST_PIECES)
        return known

    def _level_with(self, other: Other, record: CheckedRecord, decision: Decision) -> int:
        marks = [*[(id_, "present") for id_ in other.present], *[(id_, "absent") for id_ in other.absent]]
        if marks and not other.situation and not other.follow_ups:
            return self._conclusions.marked(
                decision.reading, marks, record, lambda: applied(other, record, self._rulebook)
            ).level
        changed = applied(other, record, self._rulebook)
        if marks:
            return self._conclusions.conclusion_of(changed).level
        return self._conclusions.answered(decision.reading, changed).level

    def _rungs_above(self, record: CheckedRecord, level: int) -> Iterable[str]:
        """Give the next rung above each sign at the level on each of its ladders, but what is not known already."""
        known = self._rulebook.indicator
        rungs = dict.fromkeys(
            rung for id_ in record.present if known[id_].level == level for rung in self._next_rungs(id_)
        )
        return [id_ for id_ in rungs if id_ not in record.not_known] if record.not_known else rungs

    def _next_rungs(self, id_: str) -> list[str]:
        """Give the next rung above an indicator on each of its ladders, where there is one that can be recorded."""
        if id_ not in self._above:
            known, position = self._rulebook.indicator, self._rulebook.position
            above = [
                [one for one in ladder.rungs if one in position and known[one].level > known[id_].level]
                for ladder in self._rulebook.ladders_of(id_)
            ]
            self._above[id_] = [rungs[0] for rungs in above if rungs]
        return self._above[id_]

    def _downward(self, record: CheckedRecord, level: int) -> Other | None:
        """Give the one change that could lower the level: every reason for it would have to go."""
        deciding = tuple([id_ for id_ in record.present if self._rulebook.indicator[id_].level == level])
        settling, named = self._settling[level]
        judged = {
            field: other for field, wanted, other in settling if record.answers[self._places[field]] in wanted
        }
        told = {
            id_: NO
            for id_, answer in record.follow_ups
            if answer == YES and named.intersection(self._rulebook.follow_up[id_].if_yes)
        }
        return Other((), deciding, judged, told) if deciding or judged or told else None


def raising(rulebook: Rulebook) -> list[tuple[int, Mapping[str, str]]]:
    """Give the answers to questions of the situation by which each judgement sets its level, beside that level."""
    return [
        (judgement.level, {question: words[0] for question, words in answers.items()})
        for judgement in rulebook.judgements
        for answers in judging_answers(judgement)
        if answers and all(answers.values()) and answers.keys() <= rulebook.field.keys()
    ]


def settled(rulebook: Rulebook, level: int) -> Settled:
    """Give what judges a level: answers, each with one that would not, and what follow-up questions name."""
    judgements = [judgement for judgement in rulebook.judgements if judgement.level == level]
    named = frozenset[str]().union(*(judged_names(one) for one in judgements))
    answers = [
        (field, wanted, other)
        for judgement in judgements
        for conditions in judging_answers(judgement)
        for field, wanted in conditions.items()
        if field in rulebook.field and (other := _otherwise(rulebook.field[field], wanted))
    ]
    return answers, named


def applied(change: Change | Other, record: CheckedRecord, rulebook: Rulebook) -> CheckedRecord:
    """Make the record that a change describes."""
    if change.situation:
        answers = [*record.answers]
        for id_, answer in change.situation.items():
            answers[record.questions.index(id_)] = answer
        record = record._replace(answers=tuple(answers))
    if change.follow_ups:
        record = record._replace(follow_ups=tuple((dict(record.follow_ups) | dict(change.follow_ups)).items()))
    moved = {*change.present, *change.absent}
    if not moved:
        return record
    present, absent, not_known = (
        [id_ for id_ in ids if id_ not in moved] for ids in (record.present, record.absent, record.not_known)
    )
    order = rulebook.position.__getitem__
    return record._replace(
        present=tuple(sorted((*present, *change.present), key=order)),
        absent=tuple(sorted((*absent, *change.absent), key=order)),
        not_known=tuple(not_known),
    )


def _otherwise(question: SituationField, wanted: tuple[str, ...]) -> str | None:
    """Give an answer that does not set a level: no, where that is one, or another that settles it, if any is."""
    others = [value for value in (NO, YES, *question.values) if value in question.values and value not in wanted]
    settled = [value for value in others if value not in (NOT_ASKED, NOT_KNOWN)]
    return next(iter([*settled, *others]), None)

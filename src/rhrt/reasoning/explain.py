"""The words of an answer: what a rulebook says of all that can be in one."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any, TypeVar

from pydantic_core import to_json

from rhrt.made_once import made_once
from rhrt.part import Pieces
from rhrt.reasoning.facts import judged_names, judging_answers
from rhrt.record import CheckedRecord
from rhrt.rulebook.kinds import NOT_ASKED, NOT_KNOWN, YES, Judgement, Prompt
from rhrt.rulebook.model import Circumstance, Rulebook, Service
from rhrt.suggestion import (
    Agreement,
    CouldBe,
    FollowUp,
    Neighbours,
    Next,
    NextStep,
    NotKnown,
    OpenQuestion,
    Reason,
    Receipt,
    Rung,
    ShownPrompt,
    Undefined,
)
from rhrt.version import VERSION

T = TypeVar("T")

MOST_PIECES = 3_000
"""How many pieces are kept for a rulebook before that memory is emptied: the one that comes with rhrt has fewer."""


def reason_of_indicator(rulebook: Rulebook, id_: str) -> Reason:
    """Give the reason that an indicator is when it was recorded."""
    indicator = rulebook.indicator[id_]
    return Reason(
        indicator=id_,
        answer=None,
        n=indicator.n,
        level=indicator.level,
        heading=indicator.heading,
        wording=indicator.wording,
        rule=f"indicator/{id_}",
        source=indicator.source,
    )


def reason_of_judgement(judgement: Judgement) -> Reason:
    """Give the reason that the practitioner's own judgement is."""
    return Reason(
        indicator=None,
        answer=None,
        n=None,
        level=judgement.level,
        heading=None,
        wording=judgement.wording,
        rule=f"judgement/{judgement.id}",
        source=judgement.source,
    )


def reason_of_answer(rulebook: Rulebook, judgement: Judgement, asked: str) -> Reason:
    """Give the reason that an answer is, to a question of the situation or a follow-up question."""
    follow_up, question = rulebook.follow_up.get(asked), rulebook.field.get(asked)
    words = follow_up.text if follow_up else question.question if question else ""
    return replace(
        reason_of_judgement(judgement),
        answer=asked,
        level=judgement.level or None,
        wording=judgement.wording.replace("{question}", words),
        source=follow_up.source if follow_up else judgement.source,
    )


def next_steps(rulebook: Rulebook) -> dict[str, NextStep]:
    """Give every next step that a rulebook can suggest, by the name of the case that gives it."""
    return {
        f"action/{action.code}/{number}": NextStep(
            code=action.code,
            text=case.text,
            who=action.who,
            contact=rulebook.contact[case.contact] if case.contact else None,
            when=case.by_when,
            rule=f"action/{action.code}",
            case=number,
            source=action.source,
        )
        for action in rulebook.actions
        for number, case in enumerate(action.cases, 1)
    }


def afterwards(rulebook: Rulebook) -> dict[str, Next]:
    """Give all that can happen after the next steps, by the name of its rule."""
    every = {f"afterwards/{one.id}": one for one in rulebook.afterwards}
    return {rule: Next(id=one.id, text=one.text, rule=rule, source=one.source) for rule, one in every.items()}


def rung_of(rulebook: Rulebook, id_: str) -> Rung:
    """Give an indicator as a rung."""
    indicator = rulebook.indicator[id_]
    return Rung(indicator=id_, level=indicator.level, wording=indicator.wording)


def neighbours(rulebook: Rulebook, id_: str) -> tuple[Neighbours, ...]:
    """Give the neighbouring rungs of an indicator, on each ladder where it has any."""
    level = rulebook.indicator[id_].level
    found = []
    for ladder in rulebook.ladders_of(id_):
        rungs = [rung_of(rulebook, rung) for rung in ladder.rungs]
        milder = next((rung for rung in reversed(rungs) if rung.level < level), None)
        graver = next((rung for rung in rungs if rung.level > level), None)
        found.append(Neighbours(indicator=id_, ladder=ladder.id, title=ladder.title, milder=milder, graver=graver))
    return tuple(found)


def undefined(rulebook: Rulebook, id_: str) -> tuple[Undefined, ...]:
    """Give the words of degree in the wording of an indicator that the framework does not define, if any."""
    longest_first = sorted(rulebook.degree.words, key=len, reverse=True)
    # With no words there is nothing to find: an empty choice would match between any two letters.
    choice = "|".join(map(re.escape, longest_first)) or "(?!)"
    found = re.findall(rf"\b(?:{choice})\b", rulebook.indicator[id_].wording, re.IGNORECASE)
    words = tuple(dict.fromkeys(map(str.lower, found)))
    return (Undefined(indicator=id_, words=words),) if words else ()


def settings(rulebook: Rulebook) -> Iterator[NotKnown]:
    """Give each question that would set a level if what is not known were so: of the situation, then follow-ups."""
    judged = [judgement for judgement in rulebook.judgements if judgement.level]
    for judgement in judged:
        for conditions in judging_answers(judgement):
            for id_, wanted in conditions.items():
                if id_ in rulebook.field and NOT_KNOWN not in wanted:
                    yield NotKnown(id=id_, level=judgement.level, wording=rulebook.field[id_].question)
    for one in rulebook.follow_up.values():
        for judgement in judged:
            if judged_names(judgement).intersection(one.if_yes):
                yield NotKnown(id=one.id, level=judgement.level, wording=one.text)


class _Once(dict[str, T]):
    """What is made of a rulebook for an indicator, when it is first asked for."""

    def __init__(self, make: Callable[[Rulebook, str], T], rulebook: Rulebook) -> None:
        super().__init__()
        self._make, self._rulebook = make, rulebook

    def __missing__(self, id_: str) -> T:
        made = self[id_] = self._make(self._rulebook, id_)
        return made


class Explanations:
    """What one rulebook says of all that can be in an answer: each piece is made once, for every answer."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.reason = _Once(reason_of_indicator, rulebook)
        self._neighbours = _Once(neighbours, rulebook)
        self._undefined = _Once(undefined, rulebook)
        self._not_known = _Once(_not_known, rulebook)
        self.steps = next_steps(rulebook)
        self.afterwards = afterwards(rulebook)
        self.judgements = {reason.rule: reason for reason in map(reason_of_judgement, rulebook.judgements)}
        self.strengths = frozenset(level.level for level in rulebook.levels if level.strengths)
        self._topics = {
            one.id: frozenset(topic.id for topic in rulebook.topics if one.id in topic.indicators)
            for one in rulebook.indicators
        }
        self._question_sha256 = {
            id_: sha256(one.text.encode()).hexdigest() for id_, one in rulebook.follow_up.items()
        }
        self._made: dict[tuple[Any, ...], Any] = {}

    def neighbours(self, ids: Iterable[str]) -> tuple[Neighbours, ...]:
        """Give the neighbouring rungs of each indicator."""
        return tuple([one for id_ in ids for one in self._neighbours[id_]])

    def undefined(self, ids: Iterable[str]) -> tuple[Undefined, ...]:
        """Give the words of degree in each indicator that has any."""
        return tuple([one for id_ in ids for one in self._undefined[id_]])

    def prompt(self, prompt: Prompt, record: CheckedRecord) -> ShownPrompt:
        """Give a prompt as it is shown, with what the reader may want to record and has not."""
        return self._once(_shown, prompt.id, _not_present(prompt, record) if prompt.consider else ())

    def follow_up(self, prompt: Prompt, answer: str, record: CheckedRecord) -> FollowUp:
        """Give a follow-up question as it is shown, with its answer."""
        return self._once(_asked, prompt.id, answer, _not_present(prompt, record))

    def questions(self, record: CheckedRecord) -> tuple[OpenQuestion, ...]:
        """Give what to ask: first questions that were not asked, and whatever is not known."""
        return self._once(_open, record.answers)

    def services(self, record: CheckedRecord, level: int) -> tuple[Service, ...]:
        """Give the services of a level: by topic of what was recorded, then those offered whatever the topic."""
        return self._once(_services, level, frozenset().union(*[self._topics[id_] for id_ in record.present]))

    def circumstances(self, record: CheckedRecord) -> tuple[Circumstance, ...]:
        """Give the special circumstances recorded, each with its guidance."""
        recorded = record.circumstances
        return tuple([one for one in self.rulebook.circumstances if one.id in recorded]) if recorded else ()

    def could_be(self, record: CheckedRecord, level: int) -> CouldBe:
        """Give the level if all that is not known turned out to be so. It is never below the level suggested."""
        asked = record.follow_ups
        if NOT_KNOWN in record.answers:
            asked = (*zip(record.questions, record.answers, strict=True), *asked)
        unknown = tuple([id_ for id_, answer in asked if answer == NOT_KNOWN])
        return self._once(self._if_so, level, unknown, record.not_known)

    def _if_so(self, _: Rulebook, level: int, answers: tuple[str, ...], signs: tuple[str, ...]) -> CouldBe:
        would_be = [one for one in self._settings if one.id in answers] if answers else []
        would_be += [self._not_known[id_] for id_ in signs]
        because = sorted((one for one in would_be if one.level > level), key=lambda one: -one.level)
        return CouldBe(level=max([level, *(one.level for one in because)]) or None, because=tuple(because))

    @made_once
    def _settings(self) -> list[NotKnown]:
        return list(settings(self.rulebook))

    def agreement(self, record: CheckedRecord, level: int) -> Agreement | None:
        """Set the practitioner's own level, where they gave one, beside the one suggested."""
        own, difference = record.judgement, self.rulebook.difference
        if own is None:
            return None
        if own == level:
            return Agreement(level=own, agrees=True, reason=record.override, said=None, policy=None)
        said = difference.higher if own > level else difference.lower
        return Agreement(level=own, agrees=False, reason=record.override, said=said, policy=difference.policy)

    def receipt(self, record: CheckedRecord, evaluated_by: tuple[str, ...]) -> Receipt:
        """Give what gave an answer."""
        document = record.document()
        return Receipt(
            rulebook=self.rulebook.id,
            edition=self.rulebook.edition,
            rulebook_sha256=self.rulebook.sha256,
            engine=f"rhrt {VERSION}",
            evaluated_by=evaluated_by,
            record_sha256=sha256(to_json(document)).hexdigest(),
            questions_sha256={id_: self._question_sha256[id_] for id_, _ in record.follow_ups},
            record=document,
        )

    def _once(self, make: Callable[..., T], *what: Any) -> T:
        """Give what is made of the rulebook and of this: what was made before, where it was."""
        known: T | None = self._made.get((make, *what))
        if known is None:
            if len(self._made) >= MOST_PIECES:
                self._made.clear()
            known = self._made[(make, *what)] = make(self.rulebook, *what)
        return known


def _not_present(prompt: Prompt, record: CheckedRecord) -> tuple[str, ...]:
    return tuple([id_ for id_ in prompt.consider if id_ not in record.present])


def _shown(rulebook: Rulebook, id_: str, consider: tuple[str, ...]) -> ShownPrompt:
    prompt = next(one for one in rulebook.prompts if one.id == id_)
    return ShownPrompt(
        id=id_,
        text=prompt.text,
        why=prompt.why,
        consider=tuple(rung_of(rulebook, one) for one in consider),
        basis=prompt.basis,
        rule=f"prompt/{id_}",
        source=prompt.source,
    )


def _asked(rulebook: Rulebook, id_: str, answer: str, consider: tuple[str, ...]) -> FollowUp:
    prompt = rulebook.follow_up[id_]
    return FollowUp(
        id=id_,
        question=prompt.text,
        why=prompt.why,
        if_yes=prompt.if_yes,
        answer=answer,
        consider=tuple(rung_of(rulebook, one) for one in consider),
        basis=prompt.basis,
        rule=f"prompt/{id_}",
        source=prompt.source,
    )


def _open(rulebook: Rulebook, answers: tuple[str, ...]) -> Pieces[OpenQuestion]:
    return Pieces(
        OpenQuestion(field=field.id, question=field.question, why=field.why, answer=answer, source=field.source)
        for field, answer in zip(rulebook.situation, answers, strict=True)
        if (answer == NOT_ASKED and field.ask_first) or (answer == NOT_KNOWN and YES in field.values)
    )


def _not_known(rulebook: Rulebook, id_: str) -> NotKnown:
    indicator = rulebook.indicator[id_]
    return NotKnown(id=id_, level=indicator.level, wording=indicator.wording)


def _services(rulebook: Rulebook, level: int, topics: frozenset[str]) -> Pieces[Service]:
    offered = [service for service in rulebook.services if level in service.levels]
    matching = [service for service in offered if topics & set(service.topics)]
    return Pieces([*matching, *(service for service in offered if not service.topics)])

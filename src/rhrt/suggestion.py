"""What is suggested, with its reasons and a receipt."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any, Protocol

from pydantic_core import to_json

from rhrt.beside import (
    Agreement,
    Change,
    FollowUp,
    Neighbours,
    Next,
    ShownPrompt,
    Undefined,
    agreement,
    circumstances,
    neighbours,
    services,
    undefined,
)
from rhrt.part import Part, part
from rhrt.record import CheckedRecord
from rhrt.rulebook.model import (
    NOT_ASKED,
    NOT_KNOWN,
    YES,
    Circumstance,
    Contact,
    Rulebook,
    Service,
    Source,
)
from rhrt.version import VERSION


@part
class Reason(Part):
    """An indicator that was recorded, or an answer of the practitioner (then `indicator` is None).

    `answer` is the id of the question that was answered; without a `level` the answer is the reason for a step.
    """

    indicator: str | None
    answer: str | None
    n: int | None
    level: int | None
    heading: str | None
    wording: str
    rule: str
    source: Source

    @property
    def called(self) -> str:
        """What a worked case calls it: the id of the indicator, or of the question that was answered.

        A judgement that rests on several answers together has the id of its rule.
        """
        return self.indicator or self.answer or self.rule.removeprefix("judgement/")


@part
class NextStep(Part):
    """One thing to do. `when` says by when, in words; `case` is the case of the rule that gave the words."""

    code: str
    text: str
    who: str
    contact: Contact | None
    when: str | None
    rule: str
    case: int
    source: Source


@part
class OpenQuestion(Part):
    """A question about the situation that was not asked, or whose answer is not known."""

    field: str
    question: str
    why: str
    answer: str
    source: Source


@part
class NotKnown(Part):
    """Something not known that would give a higher level: an indicator, or a question of the situation."""

    id: str
    level: int
    wording: str


@part
class CouldBe(Part):
    """The level if everything not known turned out to be so, and what of it matters."""

    level: int | None
    because: tuple[NotKnown, ...]


@part
class Receipt(Part):
    """What gave this answer, so that it can be given again: see `rhrt replay`.

    `questions_sha256` has the hash of each follow-up question that was answered, in the words in which it was
    asked.
    """

    rulebook: str
    edition: str
    rulebook_sha256: str
    engine: str
    evaluated_by: tuple[str, ...]
    record_sha256: str
    questions_sha256: Mapping[str, str]
    record: Mapping[str, Any]


MOST_FOLLOW_UPS = 3
"""How many follow-up questions are asked at the most."""


class Beside(Protocol):
    """Gives what stands beside a level and has to be inferred or tried: asked only when somebody looks."""

    def afterwards(self, record: CheckedRecord) -> tuple[Next, ...]:
        """Give what happens after the next steps are taken."""

    def prompts(self, record: CheckedRecord) -> tuple[ShownPrompt, ...]:
        """Give the prompts that apply, the most important first."""

    def follow_ups(self, record: CheckedRecord) -> tuple[FollowUp, ...]:
        """Give the follow-up questions that were answered, then the first that apply and were not."""

    def changes(self, record: CheckedRecord) -> tuple[Change, ...]:
        """Give what would change the level."""


@dataclass(frozen=True, eq=False)
class Suggestion:
    """A level and a route, and why. `level` is None where nothing recorded gives one."""

    level: int | None
    route: str | None
    urgency: str
    harm: bool
    reasons: tuple[Reason, ...]
    actions: tuple[NextStep, ...]
    also_recorded: tuple[Reason, ...]
    record: CheckedRecord
    rulebook: Rulebook
    evaluated_by: tuple[str, ...]
    beside: Beside

    @property
    def level_name(self) -> str | None:
        """The name of the level."""
        return self.rulebook.level[self.level].name if self.level else None

    @property
    def route_name(self) -> str | None:
        """The name of the route."""
        return next((route.name for route in self.rulebook.routes if route.id == self.route), None)

    @property
    def urgency_name(self) -> str:
        """How soon, in words."""
        return next(urgency.name for urgency in self.rulebook.urgencies if urgency.id == self.urgency)

    @cached_property
    def strengths(self) -> tuple[Reason, ...]:
        """What goes well. It is shown, and never lowers a level."""
        levels = {level.level for level in self.rulebook.levels if level.strengths}
        return tuple(reason for reason in (*self.reasons, *self.also_recorded) if reason.level in levels)

    @cached_property
    def questions(self) -> tuple[OpenQuestion, ...]:
        """What to ask: first questions that were not asked, and whatever is not known."""
        asked = zip(self.rulebook.situation, self.record.answers, strict=True)
        return tuple(
            OpenQuestion(field=field.id, question=field.question, why=field.why, answer=answer, source=field.source)
            for field, answer in asked
            if (answer == NOT_ASKED and field.ask_first) or (answer == NOT_KNOWN and YES in field.values)
        )

    @cached_property
    def could_be(self) -> CouldBe:
        """The level if all that is not known turned out to be so. It is never below the level suggested."""
        level = self.level or 0
        unknown = [*self._unknown_judgements(), *self._unknown_follow_ups(), *self._unknown_indicators()]
        because = sorted((one for one in unknown if one.level > level), key=lambda one: -one.level)
        return CouldBe(level=max([level, *(one.level for one in because)]) or None, because=tuple(because))

    @cached_property
    def judgement(self) -> Agreement | None:
        """The practitioner's own level, where they gave one, and whether it is the one suggested."""
        return agreement(self.rulebook, self.record, self.level)

    @cached_property
    def afterwards(self) -> tuple[Next, ...]:
        """What happens after the next steps are taken, and whom to chase."""
        return self.beside.afterwards(self.record)

    @cached_property
    def prompts(self) -> tuple[ShownPrompt, ...]:
        """Questions that make the reader think again, the most important first. None changes the level."""
        return self.beside.prompts(self.record)

    @cached_property
    def follow_ups(self) -> tuple[FollowUp, ...]:
        """Questions whose answer changes a step: those that were answered, then the first that were not asked."""
        return self.beside.follow_ups(self.record)

    @property
    def first_check(self) -> tuple[FollowUp, ...]:
        """The follow-up questions that apply and were not asked: they stand before the steps."""
        return tuple(one for one in self.follow_ups if one.answer == NOT_ASKED)

    @cached_property
    def would_change(self) -> tuple[Change, ...]:
        """The smallest changes that would give another level, up and down, each true when tried."""
        return self.beside.changes(self.record)

    @cached_property
    def neighbours(self) -> tuple[Neighbours, ...]:
        """The neighbouring rungs of each indicator that is a reason."""
        return neighbours(self.rulebook, self._deciding)

    @cached_property
    def undefined(self) -> tuple[Undefined, ...]:
        """Words of degree in the reasons that the framework does not define."""
        return undefined(self.rulebook, self._deciding)

    @cached_property
    def services(self) -> tuple[Service, ...]:
        """Services of the level: by topic of what was recorded, then those offered whatever the topic."""
        return services(self.rulebook, self.record, self.level or 0)

    @cached_property
    def circumstances(self) -> tuple[Circumstance, ...]:
        """The special circumstances recorded, each with its guidance."""
        return circumstances(self.rulebook, self.record)

    @property
    def _deciding(self) -> list[str]:
        return [reason.indicator for reason in self.reasons if reason.indicator]

    @cached_property
    def receipt(self) -> Receipt:
        """What gave this answer."""
        return Receipt(
            rulebook=self.rulebook.id,
            edition=self.rulebook.edition,
            rulebook_sha256=self.rulebook.sha256,
            engine=f"rhrt {VERSION}",
            evaluated_by=self.evaluated_by,
            record_sha256=sha256(self.record.content()).hexdigest(),
            questions_sha256={
                id_: sha256(self.rulebook.follow_up[id_].text.encode()).hexdigest()
                for id_, _ in self.record.follow_ups
            },
            record=self.record.document(),
        )

    def model_dump(self, mode: str = "python") -> dict[str, Any]:
        """Give the answer as the document that machines read. `mode="json"` has lists where there were tuples."""
        document: dict[str, Any] = _plain(self._document())
        if mode != "json":
            return document
        listed: dict[str, Any] = _as_lists(document)
        return listed

    def model_dump_json(self) -> bytes:
        """Give the same document as JSON in UTF-8, without spaces."""
        return to_json(self._document())

    def _document(self) -> dict[str, Any]:
        return {
            "level": self.level,
            "level_name": self.level_name,
            "route": self.route,
            "urgency": self.urgency,
            "harm": self.harm,
            "reasons": self.reasons,
            "actions": self.actions,
            "also_recorded": self.also_recorded,
            "strengths": self.strengths,
            "questions": self.questions,
            "follow_ups": self.follow_ups,
            "could_be": self.could_be,
            "would_change": self.would_change,
            "prompts": self.prompts,
            "afterwards": self.afterwards,
            "neighbours": self.neighbours,
            "undefined": self.undefined,
            "circumstances": self.circumstances,
            "services": self.services,
            "judgement": self.judgement,
            "receipt": self.receipt,
            "notice": self.rulebook.notice,
            "review_by": self.rulebook.review_by,
        }

    def _unknown_indicators(self) -> list[NotKnown]:
        known = self.rulebook.indicator
        return [
            NotKnown(id=id_, level=known[id_].level, wording=known[id_].wording) for id_ in self.record.not_known
        ]

    def _unknown_follow_ups(self) -> list[NotKnown]:
        """Give the follow-up questions that would set a level if the answer, not known, were yes."""
        asked = [self.rulebook.follow_up[id_] for id_, answer in self.record.follow_ups if answer == NOT_KNOWN]
        return [
            NotKnown(id=one.id, level=judgement.level, wording=one.text)
            for one in asked
            for judgement in self.rulebook.judgements
            if judgement.level and judgement.named.intersection(one.if_yes)
        ]

    def _unknown_judgements(self) -> list[NotKnown]:
        """Give the questions that would set a level if the answer, not known, were the one that sets it."""
        unknown = {
            field
            for field, answer in zip(self.record.questions, self.record.answers, strict=True)
            if answer == NOT_KNOWN
        }
        return [
            NotKnown(id=field, level=judgement.level, wording=self.rulebook.field[field].question)
            for judgement in self.rulebook.judgements
            for conditions in judgement.answers
            for field, wanted in conditions.items()
            if judgement.level and field in unknown and NOT_KNOWN not in wanted
        ]


def _plain(value: Any) -> Any:
    """Turn parts into dicts, all the way down."""
    if isinstance(value, Part):
        return {name: _plain(part) for name, part in value.as_dict().items()}
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    return tuple(map(_plain, value)) if isinstance(value, tuple) else value


def _as_lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_lists(part) for key, part in value.items()}
    return [_as_lists(part) for part in value] if isinstance(value, list | tuple) else value

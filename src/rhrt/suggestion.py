"""What is suggested, with its reasons and a receipt: whole, and checked, when it is given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic_core import to_json

from rhrt.part import Part, Piece, Pieces, list_of, often_made
from rhrt.record import CheckedRecord
from rhrt.rulebook.kinds import NOT_ASKED, Source
from rhrt.rulebook.model import Circumstance, Contact, Rulebook, Service

MOST_FOLLOW_UPS = 3
"""How many follow-up questions are asked at the most."""


@often_made
class Reason(Piece):
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


@often_made
class NextStep(Piece):
    """One thing to do. `when` says by when, in words; `case` is the case of the rule that gave the words."""

    code: str
    text: str
    who: str
    contact: Contact | None
    when: str | None
    rule: str
    case: int
    source: Source


@often_made
class OpenQuestion(Piece):
    """A question about the situation that was not asked, or whose answer is not known."""

    field: str
    question: str
    why: str
    answer: str
    source: Source


@often_made
class NotKnown(Piece):
    """Something not known that would give a higher level: an indicator, or a question of the situation."""

    id: str
    level: int
    wording: str


@often_made
class CouldBe(Piece):
    """The level if everything not known turned out to be so, and what of it matters."""

    level: int | None
    because: tuple[NotKnown, ...]


@often_made
class Receipt(Piece):
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


@often_made
class Rung(Piece):
    """One indicator of a ladder."""

    indicator: str
    level: int
    wording: str


@often_made
class Neighbours(Piece):
    """Where an indicator stands on a ladder: the rung below it and the rung above it, where there are any."""

    indicator: str
    ladder: str
    title: str
    milder: Rung | None
    graver: Rung | None


@often_made
class Undefined(Piece):
    """Words of degree in an indicator's wording that the framework does not define."""

    indicator: str
    words: tuple[str, ...]


@often_made
class ShownPrompt(Piece):
    """A question that makes the reader think again, with what they may want to record as well."""

    id: str
    text: str
    why: str
    consider: tuple[Rung, ...]
    basis: str
    rule: str
    source: Source


@often_made
class FollowUp(Piece):
    """A question whose answer changes a step, with the answer: yes, no, not-known, or not-asked.

    `if_yes` says what a yes means; `consider` are signs that the reader may want to record as well.
    """

    id: str
    question: str
    why: str
    if_yes: tuple[str, ...]
    answer: str
    consider: tuple[Rung, ...]
    basis: str
    rule: str
    source: Source


@often_made
class Next(Piece):
    """What happens after the next steps."""

    id: str
    text: str
    rule: str
    source: Source


@often_made
class Change(Piece):
    """A smallest change that gives another level: what would be present or absent, and which answers differ."""

    direction: str
    level: int | None
    present: tuple[str, ...]
    absent: tuple[str, ...]
    situation: Mapping[str, str]
    follow_ups: Mapping[str, str]


@often_made
class Agreement(Piece):
    """The practitioner's own level beside the suggestion; where they differ, what is said of it."""

    level: int
    agrees: bool
    reason: str | None
    said: str | None
    policy: str | None


class _Keys(dict[str, bytes]):
    """How each key of the document begins what stands under it."""

    def __missing__(self, name: str) -> bytes:
        begun = self[name] = b'"%b":' % name.encode()
        return begun


@dataclass(frozen=True, kw_only=True, eq=False)
class Suggestion:
    """A level and a route, and why. `level` is None where nothing recorded gives one.

    Nothing in it changes the level but what is a reason: `prompts`, the most important first, make the reader think
    again; `would_change` has the smallest changes that would give another level, each true when tried.
    """

    level: int | None
    route: str | None
    urgency: str
    harm: bool
    reasons: tuple[Reason, ...]
    actions: tuple[NextStep, ...]
    also_recorded: tuple[Reason, ...]
    strengths: tuple[Reason, ...]
    questions: tuple[OpenQuestion, ...]
    follow_ups: tuple[FollowUp, ...]
    could_be: CouldBe
    would_change: tuple[Change, ...]
    prompts: tuple[ShownPrompt, ...]
    afterwards: tuple[Next, ...]
    neighbours: tuple[Neighbours, ...]
    undefined: tuple[Undefined, ...]
    circumstances: tuple[Circumstance, ...]
    services: tuple[Service, ...]
    judgement: Agreement | None
    receipt: Receipt
    record: CheckedRecord
    rulebook: Rulebook

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

    @property
    def first_check(self) -> tuple[FollowUp, ...]:
        """The follow-up questions that apply and were not asked: they stand before the steps."""
        return tuple(one for one in self.follow_ups if one.answer == NOT_ASKED)

    def model_dump(self, mode: str = "python") -> dict[str, Any]:
        """Give the answer as the document that machines read. `mode="json"` has lists where there were tuples."""
        kind = list if mode == "json" else tuple
        return {name: _plain(value, kind) for name, value in self._document().items()}

    def model_dump_json(self) -> bytes:
        """Give the same document as JSON in UTF-8, without spaces."""
        parts = []
        for name, value in self._document().items():
            if type(value) is tuple:
                encoded = list_of(value)
            else:
                encoded = value.encoded if isinstance(value, _ONCE) else to_json(value)
            parts.append(_KEY[name] + encoded)
        return b"{%b}" % b",".join(parts)

    def _document(self) -> dict[str, Any]:
        """Give what machines read, in order: all but the record and the rulebook, of which it says only this."""
        said = {"notice": self.rulebook.notice, "review_by": self.rulebook.review_by}
        parts = {"level": self.level, "level_name": self.level_name, **vars(self), **said}
        del parts["record"], parts["rulebook"]
        return parts


_KEY = _Keys()
_ONCE = (Piece, Pieces)


def _plain(value: Any, kind: type[list[Any]] | type[tuple[Any, ...]]) -> Any:
    """Turn pieces into dicts, and what there are many of into the kind wanted, all the way down."""
    if isinstance(value, Part):
        return {name: _plain(own, kind) for name, own in value.as_dict().items()}
    if isinstance(value, dict):
        return {name: _plain(part, kind) for name, part in value.items()}
    return kind([_plain(part, kind) for part in value]) if isinstance(value, tuple) else value

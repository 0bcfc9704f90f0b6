"""What CDS Hooks asks and is answered with, as far as we use it."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, Literal, NotRequired

from pydantic import BeforeValidator, Field, with_config
from typing_extensions import TypedDict

from rhrt.shape import few_unknown_keys
from rhrt.suggestion import Receipt

HOOK = "safeguarding-referral-draft"
"""Our hook: a referral is being written."""

SERVICE = "rhrt-level-of-need"
"""Our service."""

UUID = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"
"""How a UUID looks."""

LONGEST_SUMMARY = 139
"""A summary must have fewer than 140 characters."""


def _few(kind: type) -> BeforeValidator:
    return BeforeValidator(partial(few_unknown_keys, known=tuple(kind.__annotations__)))


@with_config({"extra": "forbid"})
class HookRequest(TypedDict):
    """A call of the service. Only the context is looked at; what CDS Hooks allows beside it is left alone."""

    hook: Literal["safeguarding-referral-draft"]
    hookInstance: str
    context: dict[str, Any]
    prefetch: NotRequired[dict[str, Any] | None]
    fhirServer: NotRequired[str | None]
    fhirAuthorization: NotRequired[dict[str, Any] | None]
    extension: NotRequired[dict[str, Any] | None]


@with_config({"extra": "forbid"})
class Coding(TypedDict):
    """A code of a list."""

    code: str
    system: NotRequired[str | None]
    display: NotRequired[str | None]


class CardSource(TypedDict):
    """What a card rests on."""

    label: str


class Choice(TypedDict):
    """Something that the practitioner can take up."""

    label: str
    uuid: str


class Ours(TypedDict):
    """The answer behind a card, for machines."""

    level: int | None
    route: str | None
    urgency: str
    receipt: Receipt


class Extension(TypedDict):
    """What we add to a card."""

    rhrt: Ours


class Card(TypedDict):
    """One card."""

    uuid: str
    summary: str
    detail: str
    indicator: Literal["info", "warning", "critical"]
    source: CardSource
    suggestions: NotRequired[list[Choice]]
    selectionBehavior: NotRequired[str]
    overrideReasons: NotRequired[list[Coding]]
    extension: Extension


class Cards(TypedDict):
    """The cards for a record: one or two."""

    cards: list[Card]


class HookService(TypedDict):
    """A service that can be called."""

    hook: str
    title: str
    description: str
    id: str
    usageRequirements: str


class Services(TypedDict):
    """The services that can be called."""

    services: list[HookService]


@with_config({"extra": "forbid"})
class Accepted(TypedDict):
    """A suggestion that was taken up."""

    id: str


_SomeAccepted = Annotated[list[Annotated[Accepted, _few(Accepted)]], Field(fail_fast=True)]


@with_config({"extra": "forbid"})
class Override(TypedDict):
    """Why a card was not followed. A comment is not read, and not kept."""

    reason: NotRequired[Annotated[Coding, _few(Coding)] | None]
    userComment: NotRequired[str | None]


@with_config({"extra": "forbid"})
class Outcome(TypedDict):
    """What became of one card."""

    card: str
    outcome: Literal["accepted", "overridden"]
    outcomeTimestamp: str
    acceptedSuggestions: NotRequired[_SomeAccepted | None]
    overrideReason: NotRequired[Annotated[Override, _few(Override)] | None]
    extension: NotRequired[dict[str, Any] | None]


@with_config({"extra": "forbid"})
class Feedback(TypedDict):
    """What became of cards. The first outcome that cannot be read is told, with all that is wrong in it."""

    feedback: Annotated[list[Annotated[Outcome, _few(Outcome)]], Field(fail_fast=True)]


class Noted(TypedDict):
    """The answer to feedback: nothing."""


CDS_DOCUMENTS = (Cards, Services, Feedback, Noted)
"""Those that endpoints name."""


def hook_schema() -> dict[str, Any]:
    """Give the schema of a call: its context is a record."""
    anything = {"anyOf": [{"type": "object"}, {"type": "null"}]}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["hook", "hookInstance", "context"],
        "properties": {
            "hook": {"enum": [HOOK]},
            "hookInstance": {"type": "string", "pattern": UUID, "description": "A new UUID for each call."},
            "context": {"$ref": "#/components/schemas/Record"},
            "prefetch": anything,
            "fhirServer": {"anyOf": [{"type": "string"}, {"type": "null"}]},
            "fhirAuthorization": anything,
            "extension": anything,
        },
    }

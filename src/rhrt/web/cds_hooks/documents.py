"""What CDS Hooks asks, as far as we read it: all else is left alone. The answers are in `documents.yaml`."""

from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

HOOK = "alt.rhrt.safeguarding-referral-draft"
"""Our hook: a referral is being written. `.alt` is set aside for names that are in no DNS: RFC 9476."""

FORMER_HOOK = "safeguarding-referral-draft"
"""What it was called before. It answers in 0.1, with `FORMER_EXTENSION`, and goes with 0.2."""

EXTENSION, FORMER_EXTENSION = "alt.rhrt", "rhrt"
"""The name of what we add to a card."""

SERVICE = "rhrt-level-of-need"
"""Our service."""

UUID = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"
"""How a UUID looks."""

TIME = (
    "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T(([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]|23:59:60)"
    "([.][0-9]+)?(Z|[+]00:00)$"
)
"""How a time looks: ISO 8601 as RFC 3339 profiles it, in UTC, as CDS Hooks asks."""


class HookRequest(TypedDict):
    """A call of the service."""

    hook: Literal["alt.rhrt.safeguarding-referral-draft", "safeguarding-referral-draft"]
    hookInstance: str
    context: dict[str, Any]


class Coding(TypedDict):
    """A code of a list."""

    code: str
    system: NotRequired[str | None]
    display: NotRequired[str | None]


class Accepted(TypedDict):
    """A suggestion that was taken up."""

    id: str


class Override(TypedDict):
    """Why a card was not followed. A comment is not read, and not kept."""

    reason: NotRequired[Coding | None]
    userComment: NotRequired[str | None]


class Outcome(TypedDict):
    """What became of one card. Where it is `accepted`, `acceptedSuggestions` names what was taken up."""

    card: str
    outcome: Literal["accepted", "overridden"]
    outcomeTimestamp: Annotated[str, Field(json_schema_extra={"format": "date-time", "pattern": TIME})]
    acceptedSuggestions: NotRequired[Annotated[list[Accepted], Field(fail_fast=True)] | None]
    overrideReason: NotRequired[Override | None]


class Feedback(TypedDict):
    """What became of cards. The first outcome that cannot be read is told, with all that is wrong in it."""

    feedback: Annotated[list[Outcome], Field(fail_fast=True)]

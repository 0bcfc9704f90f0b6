"""What CDS Hooks asks, as far as we use it; what it is answered with is in `documents.yaml`."""

from functools import partial
from typing import Annotated, Any, Literal, NotRequired

from pydantic import BeforeValidator, Field, with_config
from typing_extensions import TypedDict

from rhrt.shape import few_unknown_keys

HOOK = "safeguarding-referral-draft"
"""Our hook: a referral is being written."""

SERVICE = "rhrt-level-of-need"
"""Our service."""

UUID = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"
"""How a UUID looks."""

TIME = (
    "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T(([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]|23:59:60)"
    "([.][0-9]+)?(Z|[+]00:00)$"
)
"""How a time looks: ISO 8601 as RFC 3339 profiles it, in UTC, as CDS Hooks asks."""


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
    outcomeTimestamp: Annotated[str, Field(json_schema_extra={"format": "date-time", "pattern": TIME})]
    acceptedSuggestions: NotRequired[_SomeAccepted | None]
    overrideReason: NotRequired[Annotated[Override, _few(Override)] | None]
    extension: NotRequired[dict[str, Any] | None]


@with_config({"extra": "forbid"})
class Feedback(TypedDict):
    """What became of cards. The first outcome that cannot be read is told, with all that is wrong in it."""

    feedback: Annotated[list[Annotated[Outcome, _few(Outcome)]], Field(fail_fast=True)]


KEYS = ("hook", "hookInstance", "context", "prefetch", "feedback", "card", "outcome", "outcomeTimestamp",
        "acceptedSuggestions", "overrideReason", "reason", "userComment", "code", "system", "display")  # fmt: skip
"""What a caller may have meant by a key that is not known."""

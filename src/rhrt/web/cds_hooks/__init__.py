"""CDS Hooks 2.0: the suggestion as cards, for systems that already ask for advice in that way.

The hook is our own, fired while a referral is being written. Its `context` is a record, the same document that
`/v1/assessments` takes, and may have the `text` that is written so far, and keys of others.
"""

import re
import uuid
from contextlib import suppress
from datetime import date

from fastapi import APIRouter, Request, Response
from pydantic import TypeAdapter

from rhrt.faults import BadInput, Fault
from rhrt.files import Location
from rhrt.rulebook.model import Rulebook
from rhrt.search.spot import spot
from rhrt.shape import json_path
from rhrt.web.answering import answer
from rhrt.web.api.assessments import suggested
from rhrt.web.cds_hooks import cards
from rhrt.web.cds_hooks.context import record_and_text, words_of
from rhrt.web.cds_hooks.documents import FORMER_HOOK, HOOK, SERVICE, TIME, UUID, Feedback, HookRequest, Outcome
from rhrt.web.documented import BODY, answers, takes
from rhrt.web.guard import wanting_key
from rhrt.web.metrics import metrics_of
from rhrt.web.request import expect, json_body, query
from rhrt.web.searches import searches_of
from rhrt.web.settings import Settings

PATH = f"/cds-services/{SERVICE}"
"""Where the service is."""

_HOOK = TypeAdapter(HookRequest)
_FEEDBACK = TypeAdapter(Feedback)


def router(settings: Settings) -> APIRouter:
    """Give the routes of this room: which service there is, the service, and what became of its cards."""
    made = APIRouter(tags=["CDS Hooks"], dependencies=wanting_key(settings))
    reasons = {reason.id for rulebook in settings.rulebooks for reason in rulebook.difference.reasons}
    offered = {"services": [_offered(settings.rulebooks, hook) for hook in (HOOK, FORMER_HOOK)]}
    words = words_of(settings.rulebooks)

    @made.get("/cds-services", responses=answers(422, schema="Services"))
    async def services(request: Request) -> Response:
        """Say which service there is, and on which hook."""
        query(request)
        return answer(offered)

    @made.post(PATH, responses=answers(*BODY, 500, 503, schema="Cards"), openapi_extra=takes("HookRequest"))
    async def service(request: Request) -> Response:
        """Give one or two cards for a record, and one for what is written beside it."""
        hook: HookRequest = expect(_HOOK, await json_body(request), HookRequest.__annotations__)
        if not re.fullmatch(UUID, hook["hookInstance"]):
            raise BadInput([Fault("$.hookInstance", "This is not a UUID.", "Make a new one for each call.")])
        call, (record, text) = uuid.UUID(hook["hookInstance"]), record_and_text(hook["context"], words)
        _, suggestion = suggested(request, record, settings, lambda path: json_path(("context", *path)))
        given = cards.cards(suggestion, call)
        if text.strip():
            searches, rulebook = searches_of(request), suggestion.rulebook
            spotted = await searches.narratives.do(lambda: spot(text, searches.of(rulebook)))
            given.append(cards.of_concerns(spotted, rulebook, call))
        given = [cards.as_before(card) for card in given] if hook["hook"] == FORMER_HOOK else given
        return answer(cards.filled({"cards": given}))

    @made.post(f"{PATH}/feedback", responses=answers(*BODY, schema="Noted"), openapi_extra=takes("Feedback"))
    async def feedback(request: Request) -> Response:
        """Count what became of cards. The same feedback may come again."""
        sent: Feedback = expect(_FEEDBACK, await json_body(request), Feedback.__annotations__)
        for place, outcome in enumerate(sent["feedback"]):
            _refuse_no_time(outcome["outcomeTimestamp"], ("feedback", place, "outcomeTimestamp"))
            _refuse_none_accepted(outcome, ("feedback", place))
        for outcome in sent["feedback"]:
            metrics_of(request).card(outcome["outcome"], _reason(outcome, reasons))
        return answer({})

    return made


def _offered(rulebooks: tuple[Rulebook, ...], hook: str) -> dict[str, str]:
    areas = "; ".join(f"{one.title}, {one.area} ({one.id})" for one in rulebooks)
    return {
        "hook": hook,
        "id": SERVICE,
        "title": "Level of need",
        "description": f"Suggests a level of need, a route and next steps. Rulebooks: {areas}.",
        "usageRequirements": "The context is a record, as for POST /v1/assessments, and may have a text. No names.",
    }


def _refuse_no_time(written: str, location: Location) -> None:
    with suppress(ValueError):  # such as a 30 February
        if re.fullmatch(TIME, written) and date.fromisoformat(written[:10]):
            return
    remedy = "Write when it was, such as 2026-01-31T09:30:00Z."
    raise BadInput([Fault(json_path(location), "This is not a date and time in UTC (ISO 8601).", remedy)])


def _refuse_none_accepted(outcome: Outcome, location: Location) -> None:
    if outcome["outcome"] == "accepted" and not outcome.get("acceptedSuggestions"):
        remedy = "Name the suggestions that were taken up: 'acceptedSuggestions: [{id: ...}]'."
        raise BadInput([Fault(json_path(location), "It is not said what was accepted.", remedy)])


def _reason(outcome: Outcome, known: set[str]) -> str:
    """Give the code of a reason that a rulebook lists; any other word is the caller's and is not kept."""
    reason = (outcome.get("overrideReason") or {}).get("reason")
    if not reason:
        return "none"
    return reason["code"] if reason["code"] in known else "other"

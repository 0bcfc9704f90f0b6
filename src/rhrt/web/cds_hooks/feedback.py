"""`POST /cds-services/rhrt-level-of-need/feedback`: what became of cards. It is counted; nothing is stored."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from pydantic import TypeAdapter

from rhrt.web.answering import answer
from rhrt.web.body import json_body
from rhrt.web.cds_hooks import documents
from rhrt.web.cds_hooks.reading import expect
from rhrt.web.cds_hooks.service import PATH
from rhrt.web.documented import BODY, answers, takes
from rhrt.web.metrics import metrics_of
from rhrt.web.query import query
from rhrt.web.settings import Settings

_SHAPE = TypeAdapter(documents.Feedback)


def router(settings: Settings) -> APIRouter:
    """Give the route."""
    made = APIRouter()
    known = {reason.id for rulebook in settings.rulebooks for reason in rulebook.difference.reasons}

    @made.post(f"{PATH}/feedback", responses=answers(*BODY, schema="Noted"), openapi_extra=takes("Feedback"))
    async def feedback(request: Request) -> Response:
        """Count what became of cards. The same feedback may come again."""
        query(request)
        sent: documents.Feedback = expect(_SHAPE, await json_body(request))
        for outcome in sent["feedback"]:
            metrics_of(request).card(outcome["outcome"], _reason(outcome, known))
        return answer({})

    return made


def _reason(outcome: documents.Outcome, known: set[str]) -> str:
    """Give the code of a reason that a rulebook lists; any other word is the caller's and is not kept."""
    reason = (outcome.get("overrideReason") or {}).get("reason")
    if not reason:
        return "none"
    return reason["code"] if reason["code"] in known else "other"

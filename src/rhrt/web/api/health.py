"""`GET /v1/health`: whether the service is up, and what it serves."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from rhrt.reasoning.assess import ready
from rhrt.version import VERSION
from rhrt.web.answering import answer
from rhrt.web.documented import answers
from rhrt.web.query import query
from rhrt.web.settings import Settings


def router(settings: Settings) -> APIRouter:
    """Give the route. Each rulebook is made ready now, so that the first person who asks does not wait."""
    made = APIRouter()
    evaluated_by = [ready(rulebook) for rulebook in settings.rulebooks]
    document = {
        "status": "ok",
        "rulebooks": [rulebook.id for rulebook in settings.rulebooks],
        "engine": f"rhrt {VERSION}",
        "evaluated_by": evaluated_by[0],
    }

    @made.get("/v1/health", responses=answers(422, schema="Health"))
    async def health(request: Request) -> Response:
        """Say that the service is up."""
        query(request)
        return answer(document)

    return made

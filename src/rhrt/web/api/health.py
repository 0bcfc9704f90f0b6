"""`GET /v1/health`: whether the service is up, and what it serves."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from rhrt.engine.assess import assess
from rhrt.record import Record
from rhrt.version import VERSION
from rhrt.web.answering import answer
from rhrt.web.documented import answers
from rhrt.web.query import query
from rhrt.web.settings import Settings


def router(settings: Settings) -> APIRouter:
    """Give the route. Each rulebook assesses once now, so that the first person who asks does not wait."""
    made = APIRouter()
    warmed = [assess(Record(), rulebook) for rulebook in settings.rulebooks]
    document = {
        "status": "ok",
        "rulebooks": [one.rulebook.id for one in warmed],
        "engine": f"rhrt {VERSION}",
        "evaluated_by": warmed[0].evaluated_by,
    }

    @made.get("/v1/health", responses=answers(422, schema="Health"))
    async def health(request: Request) -> Response:
        """Say that the service is up."""
        query(request)
        return answer(document)

    return made

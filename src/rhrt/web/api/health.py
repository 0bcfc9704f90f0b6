"""`GET /v1/health`: whether the service is up, and what it serves."""

from __future__ import annotations

from fastapi import APIRouter, Response

from rhrt.engine.assess import assess
from rhrt.record import Record
from rhrt.version import VERSION
from rhrt.web.answering import answer
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

    @made.get("/health")
    async def health() -> Response:
        """Say that the service is up."""
        return answer(document)

    return made

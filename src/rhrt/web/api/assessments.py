"""`POST /v1/assessments`: a record in, the suggestion out, as `rhrt assess --format json` gives it."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from rhrt.web.answering import answer, suggested
from rhrt.web.body import json_body
from rhrt.web.settings import Settings


def router(settings: Settings) -> APIRouter:
    """Give the route."""
    made = APIRouter()

    @made.post("/assessments")
    async def assessments(request: Request) -> Response:
        """Suggest a level, a route and next steps for a record."""
        _, suggestion = suggested(await json_body(request), settings)
        return answer(suggestion.model_dump())

    return made

"""`POST /v1/assessments`: a record in, the suggestion out, as `rhrt assess --format json` gives it."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from rhrt.web.answering import suggested
from rhrt.web.body import json_body
from rhrt.web.documented import BODY, answers, takes
from rhrt.web.metrics import metrics_of
from rhrt.web.query import query
from rhrt.web.settings import Settings

PATH = "/v1/assessments"
"""Where it is."""


def router(settings: Settings) -> APIRouter:
    """Give the route."""
    made = APIRouter()

    @made.post(PATH, responses=answers(*BODY, 500, 503, schema="SuggestionDocument"), openapi_extra=takes("Record"))
    async def assessments(request: Request) -> Response:
        """Suggest a level, a route and next steps for a record.

        The answer's `follow_ups` whose `answer` is `not-asked` are questions to ask before anything else is done.
        Send the answers in the record's `follow_ups`, and ask again.
        """
        query(request)
        _, suggestion = suggested(await json_body(request), settings)
        metrics_of(request).suggested(PATH, suggestion)
        return Response(suggestion.model_dump_json(), media_type="application/json")

    return made

"""For whoever runs the service: `GET /v1/health`, whether it is up, and `GET /v1/metrics`, what it counted."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from rhrt.reasoning.assess import ready
from rhrt.version import VERSION
from rhrt.web.answering import answer
from rhrt.web.documented import answers
from rhrt.web.guard import wanting_key
from rhrt.web.metrics import metrics_of
from rhrt.web.request import query
from rhrt.web.settings import Settings


def router(settings: Settings) -> APIRouter:
    """Give the routes. Each rulebook is made ready now, so that the first person who asks does not wait."""
    made = APIRouter()
    evaluated_by = [ready(rulebook) for rulebook in settings.rulebooks]
    document = {
        "status": "ok",
        "rulebooks": [rulebook.id for rulebook in settings.rulebooks],
        "engine": f"rhrt {VERSION}",
        "evaluated_by": evaluated_by[0],
    }

    @made.get(
        "/v1/metrics",
        responses=answers(422, kind="text/plain"),
        response_class=PlainTextResponse,
        dependencies=wanting_key(settings),
    )
    async def metrics(request: Request) -> Response:
        """Count requests by address and status, and suggestions by level. Nothing that was sent is in it."""
        query(request)
        return Response(metrics_of(request).text(), media_type=CONTENT_TYPE_PLAIN_0_0_4)

    @made.get("/v1/health", responses=answers(422, schema="Health"))
    async def health(request: Request) -> Response:
        """Say that the service is up."""
        query(request)
        return answer(document)

    return made

"""`GET /v1/metrics`: counts for whoever runs the service, in the text format of Prometheus."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from rhrt.web.documented import answers
from rhrt.web.metrics import metrics_of
from rhrt.web.query import query
from rhrt.web.settings import Settings


def router(settings: Settings) -> APIRouter:  # noqa: ARG001 - every endpoint is given the settings
    """Give the route."""
    made = APIRouter()

    @made.get("/v1/metrics", responses=answers(422, kind="text/plain"))
    async def metrics(request: Request) -> Response:
        """Count requests by address and status, and suggestions by level. Nothing that was sent is in it."""
        query(request)
        return Response(metrics_of(request).text(), media_type=CONTENT_TYPE_PLAIN_0_0_4)

    return made

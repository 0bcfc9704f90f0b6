"""`GET /cds-services`: what can be called."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from rhrt.web.answering import answer
from rhrt.web.cds_hooks.documents import HOOK, SERVICE
from rhrt.web.documented import answers
from rhrt.web.query import query
from rhrt.web.settings import Settings


def router(settings: Settings) -> APIRouter:
    """Give the route."""
    made = APIRouter()
    areas = "; ".join(f"{one.title}, {one.area} ({one.id})" for one in settings.rulebooks)
    document = {
        "services": [
            {
                "hook": HOOK,
                "id": SERVICE,
                "title": "Level of need",
                "description": f"Suggests a level of need, a route and next steps. Rulebooks: {areas}.",
                "usageRequirements": "The context is a record, as POST /v1/assessments takes it. Send no names.",
            }
        ]
    }

    @made.get("/cds-services", responses=answers(422, schema="Services"))
    async def services(request: Request) -> Response:
        """Say which service there is, and on which hook."""
        query(request)
        return answer(document)

    return made

"""`POST /cds-services/rhrt-level-of-need`: a record in the context of a hook, cards out."""

from __future__ import annotations

import re
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import TypeAdapter

from rhrt.faults import BadInput, Fault
from rhrt.files import Location
from rhrt.shape import json_path
from rhrt.web import answering
from rhrt.web.body import json_body
from rhrt.web.cds_hooks import documents
from rhrt.web.cds_hooks.cards import cards
from rhrt.web.cds_hooks.reading import expect
from rhrt.web.documented import BODY, answers, takes
from rhrt.web.metrics import metrics_of
from rhrt.web.query import query
from rhrt.web.settings import Settings

PATH = f"/cds-services/{documents.SERVICE}"
"""Where it is."""

_SHAPE = TypeAdapter(documents.HookRequest)


def router(settings: Settings) -> APIRouter:
    """Give the route."""
    made = APIRouter()

    @made.post(PATH, responses=answers(*BODY, 500, 503, schema="Cards"), openapi_extra=takes("HookRequest"))
    async def service(request: Request) -> Response:
        """Give one or two cards for a record."""
        query(request)
        hook: documents.HookRequest = expect(_SHAPE, await json_body(request))
        if not re.fullmatch(documents.UUID, hook["hookInstance"]):
            raise BadInput([Fault("$.hookInstance", "This is not a UUID.", "Make a new one for each call.")])
        _, suggestion = answering.suggested(hook["context"], settings, _in_context)
        metrics_of(request).suggested(PATH, suggestion)
        return answering.answer({"cards": cards(suggestion, UUID(hook["hookInstance"]))})

    return made


def _in_context(location: Location) -> str:
    return json_path(("context", *location))

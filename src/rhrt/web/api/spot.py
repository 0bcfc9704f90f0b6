"""`POST /v1/spot`: the signs to look at in what somebody told. The words are used and forgotten."""

from __future__ import annotations

from typing import Any, NotRequired

from fastapi import APIRouter, Request, Response
from pydantic import TypeAdapter, ValidationError, with_config
from typing_extensions import TypedDict

from rhrt.faults import BadInput, Fault
from rhrt.search.spot import LONGEST, MOST, USUAL, document, refuse_too_long, spot
from rhrt.shape import faults_of, few_unknown_keys, json_path
from rhrt.web.answering import answer
from rhrt.web.body import json_body
from rhrt.web.documented import BODY, answers
from rhrt.web.query import query
from rhrt.web.searches import searches_of
from rhrt.web.settings import Settings


@with_config({"extra": "forbid"})
class _Asked(TypedDict):
    text: str
    rulebook: NotRequired[str]
    limit: NotRequired[int]


_SHAPE = TypeAdapter(_Asked)


def router(settings: Settings) -> APIRouter:
    """Give the route."""
    made = APIRouter()

    @made.post("/v1/spot", responses=answers(*BODY, 503, schema="Spotted"), openapi_extra=_takes(settings))
    async def spotted(request: Request) -> Response:
        """Suggest signs to look at in what somebody told, for a person to confirm or reject: no assessment."""
        query(request)
        asked = _read(await json_body(request))
        rulebook = settings.rulebook(asked.get("rulebook"), "$.rulebook")
        text, limit, searches = asked["text"], asked.get("limit", USUAL), searches_of(request)
        return answer(document(await searches.narratives.do(lambda: spot(text, searches.of(rulebook), limit))))

    return made


def _read(sent: Any) -> _Asked:
    known = _Asked.__annotations__
    try:
        asked = _SHAPE.validate_python(few_unknown_keys(sent, known), strict=True)
    except ValidationError as error:
        raise BadInput(faults_of(error.errors(include_url=False), sent, json_path, known)) from None
    refuse_too_long(asked["text"], "$.text")
    if not 1 <= asked.get("limit", USUAL) <= MOST:
        raise BadInput([Fault("$.limit", "This number cannot be used.", f"Write 1 to {MOST}.")])
    return asked


def _takes(settings: Settings) -> dict[str, Any]:
    """Describe the body, with the ids of the rulebooks that are served."""
    properties = {
        "text": {"type": "string", "maxLength": LONGEST},
        "rulebook": {"enum": [rulebook.id for rulebook in settings.rulebooks]},
        "limit": {"type": "integer", "minimum": 1, "maximum": MOST},
    }
    schema = {"type": "object", "properties": properties, "required": ["text"], "additionalProperties": False}
    examples = {"a worry": {"value": {"text": "He is always hungry. Mum is drinking more and more."}}}
    return {"requestBody": {"required": True, "content": {"application/json": {
        "schema": schema, "examples": examples}}}}  # fmt: skip

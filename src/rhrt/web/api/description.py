"""`GET /v1/openapi.json`: the description of the API (OpenAPI 3.1), with an example that was really answered."""

from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi
from pydantic import TypeAdapter
from pydantic_core import to_json

from rhrt.faults import NotWhole
from rhrt.parser import read
from rhrt.reasoning.assess import assess
from rhrt.record import Record
from rhrt.rulebook.kinds import FOLLOW_UP_ANSWERS, YES
from rhrt.rulebook.load import bundled_folder
from rhrt.rulebook.model import Rulebook
from rhrt.schema import Readable, SuggestionDocument
from rhrt.search.spot import LONGEST
from rhrt.version import VERSION
from rhrt.web.api.assessments import prompted
from rhrt.web.cds_hooks.documents import Feedback
from rhrt.web.request import query
from rhrt.web.settings import Settings

DOCUMENTS = Path(__file__).parents[1] / "documents.yaml"
"""The schemas of the documents that only the service answers with or takes."""

_ABOUT = (
    "A suggestion of a level of need, a route and next steps, with reasons, for a worry about a child. "
    "It suggests; a person decides. Nothing that is sent is stored or logged. If a child is in danger, call 999."
)


def router(settings: Settings) -> APIRouter:
    """Give the route."""
    made = APIRouter()

    @cache
    def whole(app: FastAPI) -> bytes:
        return to_json(described(app, settings))

    @made.get("/v1/openapi.json", include_in_schema=False)
    async def description(request: Request) -> Response:
        """Describe the API."""
        query(request)
        return Response(whole(request.app), media_type="application/json")

    return made


def described(app: FastAPI, settings: Settings) -> dict[str, Any]:
    """Describe the API of an application."""
    made = get_openapi(title="rhrt", version=VERSION, description=_ABOUT, routes=app.routes)
    made["servers"] = [{"url": settings.root_path or "/"}]
    made["components"] = {"schemas": _schemas(settings)}
    _give_examples(made["paths"], settings.rulebooks)
    if settings.key:
        made["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
        made["security"] = [{"key": []}]
        made["paths"]["/v1/health"]["get"]["security"] = []
    return made


def _schemas(settings: Settings) -> dict[str, Any]:
    made = TypeAdapter[Any](SuggestionDocument | Feedback).json_schema(
        mode="serialization", ref_template="#/components/schemas/{model}", schema_generator=Readable
    )
    written = read(DOCUMENTS).value
    assert isinstance(written, dict)  # noqa: S101 - our own file
    records = [record_schema(one, default=place == 0) for place, one in enumerate(settings.rulebooks)]
    hooked = [{**one, "properties": {**one["properties"], "text": _TEXT}} for one in records]
    return {**made["$defs"], **written, "Record": _any_of(records), "HookContext": _any_of(hooked)}


_TEXT = {"type": "string", "maxLength": LONGEST, "description": "What is written so far. Leave out names."}


def _any_of(schemas: list[dict[str, Any]]) -> dict[str, Any]:
    return {"anyOf": schemas} if len(schemas) > 1 else schemas[0]


def record_schema(rulebook: Rulebook, default: bool) -> dict[str, Any]:
    """Give the JSON Schema of a record; one for the default rulebook need not name it."""
    ids = [*rulebook.position, *(old for old, new in rulebook.aliases.items() if new in rulebook.position)]
    marks = {mark: _some_of(ids) for mark in ("present", "absent", "not_known")}
    situation: dict[str, Any] = {
        field.id: {"enum": list(field.values), "title": field.question} for field in rulebook.situation
    }
    follow_ups: dict[str, Any] = {
        id_: {"enum": list(FOLLOW_UP_ANSWERS), "title": prompt.text} for id_, prompt in rulebook.follow_up.items()
    }
    judgement: dict[str, Any] = {
        "level": {"enum": [*rulebook.level, None]},
        "reason": {"enum": [*(reason.id for reason in rulebook.difference.reasons), None]},
    }
    return {
        **_object(
            rulebook={"enum": [rulebook.id, None] if default else [rulebook.id]},
            child=_or_null(_object(age_band={"enum": [*(band.id for band in rulebook.age_bands), None]})),
            indicators=_or_null(_object(**marks)),
            circumstances=_some_of([one.id for one in rulebook.circumstances]),
            situation=_or_null(_object(**situation)),
            follow_ups=_or_null(_object(**follow_ups)),
            judgement=_or_null(_object(**judgement)),
        ),
        "title": f"A record for {rulebook.title}, {rulebook.area}",
        **({} if default else {"required": ["rulebook"]}),
    }


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _some_of(ids: list[str]) -> dict[str, Any]:
    return _or_null({"type": "array", "items": {"enum": ids}})


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Allow a key that was written with nothing after it."""
    return {"anyOf": [schema, {"type": "null"}]}


def _give_examples(paths: dict[str, Any], rulebooks: tuple[Rulebook, ...]) -> None:
    """Put in a record, and what is answered to it; nothing where the rulebook has no whole answer."""
    document, rulebook = example(rulebooks)
    record = Record.model_validate(document)
    try:
        suggestion = assess(record, rulebook)
    except NotWhole:
        return
    given = {"/v1/assessments": suggestion.model_dump(mode="json"), "/v1/prompt": prompted(record, suggestion)}
    for path, answer in given.items():
        endpoint = paths[path]["post"]
        endpoint["requestBody"]["content"]["application/json"]["examples"] = {"a record": {"value": document}}
        endpoint["responses"]["200"]["content"]["application/json"]["examples"] = {"its answer": {"value": answer}}


def example(rulebooks: tuple[Rulebook, ...]) -> tuple[dict[str, Any], Rulebook]:
    """Give the example of a record that comes with rhrt, where its rulebook is served; else one of a danger."""
    written = read(bundled_folder() / "example-record.yaml").value
    assert isinstance(written, dict)  # noqa: S101 - our own file
    for rulebook in rulebooks:
        if rulebook.id == written["rulebook"]:
            return written, rulebook
    first = next(field.id for field in rulebooks[0].situation if field.ask_first and YES in field.values)
    return {"rulebook": rulebooks[0].id, "situation": {first: YES}}, rulebooks[0]

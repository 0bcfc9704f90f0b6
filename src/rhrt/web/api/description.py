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
from rhrt.rulebook.kinds import YES
from rhrt.rulebook.load import bundled_folder
from rhrt.rulebook.model import Rulebook
from rhrt.schema import Readable, SuggestionDocument
from rhrt.version import VERSION
from rhrt.web.api.assessments import prompted
from rhrt.web.api.record_schemas import record_schemas
from rhrt.web.cds_hooks.documents import Feedback
from rhrt.web.request import query
from rhrt.web.settings import Settings

DOCUMENTS = Path(__file__).parents[1] / "documents.yaml"
"""The schemas of the documents that only the service answers with or takes."""

_ABOUT = (
    "A suggestion of a level of need, a route and next steps, with reasons, for a worry about a child. "
    "It suggests; a person decides. Nothing that is sent is stored or logged. If a child is in danger, call 999."
)


_WHOSE: dict[str, Any] = {
    "contact": {"name": "Whoever runs this service"},
    "license_info": {"name": "MIT", "identifier": "MIT"},
    "tags": [
        {"name": "API", "description": "For forms and for programs."},
        {"name": "CDS Hooks", "description": "For systems that already ask for advice in that way."},
    ],
}


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
    made = get_openapi(title="rhrt", version=VERSION, description=_ABOUT, routes=app.routes, **_WHOSE)
    made["servers"] = [{"url": settings.root_path or "/"}]
    made["components"] = {"schemas": _schemas(settings)}
    _give_examples(made["paths"], settings.rulebooks)
    _say_who_may_ask(made, settings)
    return made


def _say_who_may_ask(made: dict[str, Any], settings: Settings) -> None:
    """Say where the key is wanted. Where it is not, nobody is told that it is missing."""
    made["security"] = [{"key": []}] if settings.key else []
    if settings.key:
        made["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
        made["paths"]["/v1/health"]["get"]["security"] = []
    for endpoint in [one for methods in made["paths"].values() for one in methods.values()]:
        if not endpoint.get("security", made["security"]):
            del endpoint["responses"]["401"]


def _schemas(settings: Settings) -> dict[str, Any]:
    made = TypeAdapter[Any](SuggestionDocument | Feedback).json_schema(
        mode="serialization", ref_template="#/components/schemas/{model}", schema_generator=Readable
    )
    written = read(DOCUMENTS).value
    assert isinstance(written, dict)  # noqa: S101 - our own file
    return {**made["$defs"], **written, **record_schemas(settings.rulebooks)}


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

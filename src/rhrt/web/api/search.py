"""Plain words in, signs out: `GET /v1/indicators?q=` and `POST /v1/spot`. The words are used and forgotten."""

from typing import Any, NotRequired

from fastapi import APIRouter, Request, Response
from pydantic import TypeAdapter, with_config
from typing_extensions import TypedDict

from rhrt.faults import BadInput, Fault
from rhrt.search import find as finding
from rhrt.search import spot as spotting
from rhrt.search.find import LONGEST_QUERY
from rhrt.web.answering import answer
from rhrt.web.documented import BODY, answers, parameters, takes
from rhrt.web.request import expect, json_body, query
from rhrt.web.searches import searches_of
from rhrt.web.settings import Settings

MOST, USUAL = 50, 10
"""How many indicators can be asked for, and how many are given where nobody says."""


@with_config({"extra": "forbid"})
class _Asked(TypedDict):
    text: str
    rulebook: NotRequired[str]
    limit: NotRequired[int]


_SHAPE = TypeAdapter(_Asked)


def router(settings: Settings) -> APIRouter:
    """Give the routes."""
    made = APIRouter()
    served = {"enum": [rulebook.id for rulebook in settings.rulebooks]}
    sought = parameters(
        q={"type": "string", "minLength": 1, "maxLength": LONGEST_QUERY, "pattern": r"[^\s]", "required": True},
        rulebook=served,
        limit={"type": "integer", "minimum": 1, "maximum": MOST},
    )

    @made.get("/v1/indicators", responses=answers(422, 503, schema="Found"), openapi_extra=sought)
    async def indicators(request: Request) -> Response:
        """Find indicators by plain words, best first."""
        given = query(request, "q", "rulebook", "limit")
        rulebook = settings.rulebook(given.get("rulebook"), "query.rulebook")
        words, limit, searches = _words(given), _limit(given), searches_of(request)
        found = await searches.words.do(lambda: finding.find(words, searches.of(rulebook), limit))
        return answer({"indicators": [finding.document(one) for one in found]})

    @made.post("/v1/spot", responses=answers(*BODY, 503, schema="Spotted"), openapi_extra=_told(served))
    async def spotted(request: Request) -> Response:
        """Suggest what to look at in what somebody told, for a person to confirm or reject: no assessment."""
        asked = _read(await json_body(request))
        rulebook = settings.rulebook(asked.get("rulebook"), "$.rulebook")
        text, limit, searches = asked["text"], asked.get("limit", spotting.USUAL), searches_of(request)
        found = await searches.narratives.do(lambda: spotting.spot(text, searches.of(rulebook), limit))
        return answer(spotting.document(found))

    return made


def _words(given: dict[str, str]) -> str:
    words = given.get("q", "")
    if not words.strip():
        remedy = "Say what worries you in plain words."
        raise BadInput([Fault("query.q", "There are no words to look for.", remedy)])
    finding.refuse_too_many(words, "query.q")
    return words


def _limit(given: dict[str, str]) -> int:
    limit = given.get("limit", str(USUAL))
    if not (limit.isascii() and limit.isdecimal() and len(limit) < 4 and 1 <= int(limit) <= MOST):
        raise BadInput([Fault("query.limit", "This number cannot be used.", f"Write 1 to {MOST}.")])
    return int(limit)


def _read(sent: Any) -> _Asked:
    asked: _Asked = expect(_SHAPE, sent, _Asked.__annotations__)
    spotting.refuse_too_long(asked["text"], "$.text")
    if not 1 <= asked.get("limit", spotting.USUAL) <= spotting.MOST:
        raise BadInput([Fault("$.limit", "This number cannot be used.", f"Write 1 to {spotting.MOST}.")])
    return asked


def _told(served: dict[str, Any]) -> dict[str, Any]:
    """Describe what is told: a text, and which of the rulebooks that are served is asked about."""
    properties = {
        "text": {"type": "string", "maxLength": spotting.LONGEST},
        "rulebook": served,
        "limit": {"type": "integer", "minimum": 1, "maximum": spotting.MOST},
    }
    schema = {"type": "object", "properties": properties, "required": ["text"], "additionalProperties": False}
    return takes(schema, {"a worry": {"value": {"text": "He is always hungry. Mum is drinking more and more."}}})

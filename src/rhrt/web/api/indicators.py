"""`GET /v1/indicators?q=`: find indicators by plain words. The words are used and forgotten."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from rhrt.faults import BadInput, Fault
from rhrt.search.find import document, find, refuse_too_many
from rhrt.search.words import LONGEST_QUERY
from rhrt.web.answering import answer
from rhrt.web.documented import answers, parameters
from rhrt.web.query import query
from rhrt.web.searches import searches_of
from rhrt.web.settings import Settings

MOST, USUAL = 50, 10
"""How many indicators can be asked for, and how many are given where nobody says."""


def router(settings: Settings) -> APIRouter:
    """Give the route."""
    made = APIRouter()
    asked = parameters(
        q={"type": "string", "minLength": 1, "maxLength": LONGEST_QUERY, "pattern": r"[^\s]", "required": True},
        rulebook={"enum": [rulebook.id for rulebook in settings.rulebooks]},
        limit={"type": "integer", "minimum": 1, "maximum": MOST},
    )

    @made.get("/v1/indicators", responses=answers(422, 503, schema="Found"), openapi_extra=asked)
    async def indicators(request: Request) -> Response:
        """Find indicators by plain words, best first."""
        given = query(request, "q", "rulebook", "limit")
        rulebook = settings.rulebook(given.get("rulebook"), "query.rulebook")
        words, limit, searches = _words(given), _limit(given), searches_of(request)
        found = await searches.words.do(lambda: find(words, searches.of(rulebook), limit))
        return answer({"indicators": [document(one) for one in found]})

    return made


def _words(given: dict[str, str]) -> str:
    words = given.get("q", "")
    if not words.strip():
        remedy = "Say what worries you in plain words."
        raise BadInput([Fault("query.q", "There are no words to look for.", remedy)])
    refuse_too_many(words, "query.q")
    return words


def _limit(given: dict[str, str]) -> int:
    limit = given.get("limit", str(USUAL))
    if not (limit.isascii() and limit.isdecimal() and len(limit) < 4 and 1 <= int(limit) <= MOST):
        raise BadInput([Fault("query.limit", "This number cannot be used.", f"Write 1 to {MOST}.")])
    return int(limit)

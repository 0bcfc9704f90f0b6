"""A record in, the suggestion out: alone, or with all that a form needs to show it and to ask what matters."""

from typing import Any

from fastapi import APIRouter, Request, Response

from rhrt.interview.matters import matters
from rhrt.present.outline import Outline, checks_first, outline
from rhrt.reasoning.assess import assess
from rhrt.record import Record, check
from rhrt.shape import Where, json_path
from rhrt.suggestion import Suggestion
from rhrt.web.answering import answer
from rhrt.web.api.rulebooks import question
from rhrt.web.documented import BODY, answers, takes
from rhrt.web.guard import route
from rhrt.web.metrics import metrics_of
from rhrt.web.request import json_body
from rhrt.web.settings import Settings


def router(settings: Settings) -> APIRouter:
    """Give the routes."""
    made = APIRouter()

    @made.post(
        "/v1/assessments",
        responses=answers(*BODY, 500, 503, schema="SuggestionDocument"),
        openapi_extra=takes("Record"),
    )
    async def assessments(request: Request) -> Response:
        """Suggest a level, a route and next steps for a record.

        The answer's `follow_ups` whose `answer` is `not-asked` are questions to ask before anything else is done.
        Send the answers in the record's `follow_ups`, and ask again.
        """
        _, suggestion = suggested(request, await json_body(request), settings)
        return Response(suggestion.model_dump_json(), media_type="application/json")

    @made.post(
        "/v1/prompt", responses=answers(*BODY, 500, 503, schema="PromptDocument"), openapi_extra=takes("Record")
    )
    async def prompt(request: Request) -> Response:
        """Suggest, and say it in words, with the questions that matter for this record.

        The suggestion's `follow_ups` are questions about what was seen: those answered, and at most three to ask.
        Their answers come back as the record's `follow_ups`.
        """
        return answer(prompted(*suggested(request, await json_body(request), settings)))

    return made


def suggested(
    request: Request, document: Any, settings: Settings, where: Where = json_path
) -> tuple[Record, Suggestion]:
    """Give the record that was sent and its suggestion, and count it; `where` names a place in what was sent.

    Raises BadInput with every fault, and NoAnswer.
    """
    record = Record.model_validate(document, where)
    rulebook = settings.rulebook(record.rulebook, where(("rulebook",)))
    suggestion = assess(check(record, rulebook, where), rulebook)
    metrics_of(request).suggested(route(request.scope), suggestion)
    return record, suggestion


def prompted(record: Record, suggestion: Suggestion) -> dict[str, Any]:
    """Give the suggestion as data, in words, in more words, and the questions that are worth asking."""
    rulebook = suggestion.rulebook
    worth_asking = [one for one in rulebook.situation if one.ask_first or matters(one, record, rulebook)]
    return {
        "suggestion": suggestion.model_dump(),
        "outline": _in_words(outline(suggestion)),
        "more": _in_words(outline(suggestion, more=True)),
        "questions": [question(field) for field in worth_asking],
        "emergency": suggestion.urgency == rulebook.urgencies[0].id,
        "urgency": None if checks_first(suggestion) else suggestion.urgency,
    }


def _in_words(said: Outline) -> dict[str, Any]:
    sections = [
        {**section._asdict(), "items": [item._asdict() for item in section.items]} for section in said.sections
    ]
    return {**said._asdict(), "sections": sections}

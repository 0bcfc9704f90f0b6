"""`POST /v1/prompt`: all that a form needs to show the suggestion and to ask what matters, in one answer."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from rhrt.interview.matters import matters
from rhrt.present.outline import Outline, outline
from rhrt.record import Record
from rhrt.rulebook.model import Rulebook
from rhrt.suggestion import Suggestion
from rhrt.web.answering import answer, suggested
from rhrt.web.body import json_body
from rhrt.web.documented import BODY, answers, takes
from rhrt.web.metrics import metrics_of
from rhrt.web.query import query
from rhrt.web.questions import question
from rhrt.web.settings import Settings

PATH = "/v1/prompt"
"""Where it is."""


def router(settings: Settings) -> APIRouter:
    """Give the route."""
    made = APIRouter()

    @made.post(PATH, responses=answers(*BODY, 500, 503, schema="PromptDocument"), openapi_extra=takes("Record"))
    async def prompt(request: Request) -> Response:
        """Suggest, and say it in words, with the questions that matter for this record.

        The suggestion's `follow_ups` are questions about what was seen: those answered, and at most three to ask.
        Their answers come back as the record's `follow_ups`.
        """
        query(request)
        record, suggestion = suggested(await json_body(request), settings)
        metrics_of(request).suggested(PATH, suggestion)
        return answer(prompted(record, suggestion))

    return made


def prompted(record: Record, suggestion: Suggestion) -> dict[str, Any]:
    """Give the suggestion as data, in words, in more words, and the questions that are worth asking."""
    return {
        "suggestion": suggestion.model_dump(),
        "outline": _in_words(outline(suggestion)),
        "more": _in_words(outline(suggestion, more=True)),
        "questions": _worth_asking(record, suggestion.rulebook),
        "emergency": suggestion.urgency == suggestion.rulebook.urgencies[0].id,
    }


def _worth_asking(record: Record, rulebook: Rulebook) -> list[dict[str, Any]]:
    return [question(field) for field in rulebook.situation if field.ask_first or matters(field, record, rulebook)]


def _in_words(said: Outline) -> dict[str, Any]:
    sections = [
        {**section._asdict(), "items": [item._asdict() for item in section.items]} for section in said.sections
    ]
    return {**said._asdict(), "sections": sections}

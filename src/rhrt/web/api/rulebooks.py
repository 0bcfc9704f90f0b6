"""`GET /v1/rulebooks` and `/v1/rulebooks/{id}`: what a form needs to know of a rulebook to ask its questions."""

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic_core import to_json

from rhrt.faults import BadInput, NotWhole
from rhrt.interview.questions import LADDER, NONE, Question, follow_up, list_of, lists, situation
from rhrt.reasoning.assess import assess
from rhrt.record import Record
from rhrt.rulebook.kinds import NOT_ASKED, YES, Prompt
from rhrt.rulebook.model import Contact, Rulebook, SituationField
from rhrt.web.answering import answer
from rhrt.web.documented import answers
from rhrt.web.problems import Refused
from rhrt.web.request import query
from rhrt.web.settings import Settings

FIVE_MINUTES = {"Cache-Control": "max-age=300"}
"""How long a rulebook is kept: no longer, so that one that is taken back is gone soon."""


def router(settings: Settings) -> APIRouter:
    """Give the routes. What they answer is made once, at the start."""
    made = APIRouter()
    listed = [about(rulebook) for rulebook in settings.rulebooks]
    whole = {rulebook.id: to_json(described(rulebook)) for rulebook in settings.rulebooks}

    @made.get("/v1/rulebooks", responses=answers(422, schema="RulebooksDocument"))
    async def rulebooks(request: Request) -> Response:
        """List the rulebooks that are served; the first is the default."""
        query(request)
        return answer({"rulebooks": listed})

    @made.get("/v1/rulebooks/{id}", responses=answers(404, 422, schema="RulebookDocument"))
    async def rulebook(request: Request, id: str) -> Response:  # noqa: A002 - named as in the address
        """Describe one rulebook: levels, concerns, ladders, questions and numbers to ring."""
        query(request)
        try:
            known = settings.rulebook(id, "path.id")
        except BadInput as bad:
            raise Refused(404, *bad.faults) from bad
        return Response(whole[known.id], media_type="application/json", headers=FIVE_MINUTES)

    return made


def about(rulebook: Rulebook) -> dict[str, Any]:
    """Say which rulebook it is."""
    return named(rulebook, "id", "title", "area", "edition", "published", "sha256")


def described(rulebook: Rulebook) -> dict[str, Any]:
    """Describe a rulebook for a form."""
    worse = [_number(rulebook.contact[id_]) for id_ in rulebook.if_worse_contacts]
    return {
        **about(rulebook),
        **named(rulebook, "notice", "no_level", "no_answer"),
        "levels": [named(one, "level", "name", "meaning") for one in rulebook.levels],
        "headings": [named(one, "id", "title") for one in rulebook.headings],
        "indicators": list(_indicators(rulebook)),
        "lists": list(_lists(rulebook)),
        "ladders": [named(one, "id", "title", "rungs") for one in rulebook.ladders],
        "situation": [question(field) for field in rulebook.situation],
        "follow_ups": [follow_up_question(one) for one in rulebook.follow_up.values()],
        "circumstances": [named(one, "id", "title") for one in rulebook.circumstances],
        "age_bands": [named(one, "id", "title") for one in rulebook.age_bands],
        "difference": {"reasons": [reason.as_dict() for reason in rulebook.difference.reasons]},
        "if_worse": {"words": rulebook.if_worse, "numbers": worse},
        "emergency": emergency_numbers(rulebook),
    }


def question(field: SituationField) -> dict[str, Any]:
    """Give a question of the rulebook with the answers that a person can give, each in words."""
    return _asked(situation(field, None), ask_first=field.ask_first)


def follow_up_question(prompt: Prompt) -> dict[str, Any]:
    """Give a follow-up question with the answers that a person can give, and what a yes means."""
    return _asked(follow_up(prompt, None), if_yes=prompt.if_yes)


def _asked(one: Question, **more: Any) -> dict[str, Any]:
    answers = [named(choice, "value", "words") for choice in one.choices if choice.value != NOT_ASKED]
    return {"id": one.id.partition("/")[2], "question": one.words, "why": one.help, **more, "answers": answers}


def emergency_numbers(rulebook: Rulebook) -> list[dict[str, Any]]:
    """Give the numbers that the rulebook's own answers give where a question asked first is an emergency."""
    asked = (field.id for field in rulebook.situation if field.ask_first and YES in field.values)
    rung = filter(None, (_rung_first(id_, rulebook) for id_ in asked))
    return list({contact.id: _number(contact) for contact in rung}.values())


def _rung_first(question: str, rulebook: Rulebook) -> Contact | None:
    """Give whom to ring first where a yes to a question is an emergency with a whole answer."""
    try:
        suggestion = assess(Record(situation={question: YES}), rulebook)
    except NotWhole:
        return None
    return suggestion.actions[0].contact if suggestion.urgency == rulebook.urgencies[0].id else None


def _indicators(rulebook: Rulebook) -> Iterator[dict[str, Any]]:
    for one in rulebook.indicators:
        if one.recordable:
            strength = rulebook.level[one.level].strengths
            yield {**named(one, "id", "n", "wording", "heading", "level"), "strength": strength}


def _lists(rulebook: Rulebook) -> Iterator[dict[str, Any]]:
    """Give what can be browsed: under each heading, ladders as one entry and single concerns."""
    for heading in lists(rulebook).choices:
        if heading.value != NONE:
            chosen = (one for one in list_of(heading.value, rulebook).choices if one.value != NONE)
            entries = [_entry(one.value, one.words) for one in chosen]
            yield {"id": heading.value.removeprefix("+"), "title": heading.words, "entries": entries}


def _entry(value: str, words: str) -> dict[str, str]:
    kind = "ladder" if value.startswith(LADDER) else "indicator"
    return {"kind": kind, "id": value.removeprefix(LADDER), "words": words}


def _number(contact: Contact) -> dict[str, Any]:
    return named(contact, "id", "name", "number", "hours")


def named(one: Any, *names: str) -> dict[str, Any]:
    """Give some parts of something by their names."""
    return {name: getattr(one, name) for name in names}

"""The schema of a record for one rulebook: every id and every answer that can be written is named."""

from __future__ import annotations

from typing import Any

from rhrt.rulebook.model import FOLLOW_UP_ANSWERS, Rulebook


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

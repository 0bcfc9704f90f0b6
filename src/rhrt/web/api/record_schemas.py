"""The JSON Schemas of a record, of a context that holds one, and of their parts, each by a name of ours.

Clients are generated with these names. None comes from a rulebook: another would be another client.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rhrt.rulebook.kinds import FOLLOW_UP_ANSWERS
from rhrt.rulebook.model import Rulebook
from rhrt.search.spot import LONGEST

Schema = dict[str, Any]

_KINDS = ("Record", "HookContext")
_TEXT: Schema = {"type": "string", "maxLength": LONGEST, "description": "What is written so far. Leave out names."}


def record_schemas(rulebooks: Sequence[Rulebook]) -> dict[str, Schema]:
    """Give them all. A record for the first rulebook need not name it; with several, the parts are numbered."""
    if len(rulebooks) == 1:
        return _of_one(rulebooks[0], "", default=True)
    made: dict[str, Schema] = {}
    for place, rulebook in enumerate(rulebooks, start=1):
        made |= _of_one(rulebook, f"{place}", default=place == 1)
    for kind in _KINDS:
        made[kind] = {"title": kind, "anyOf": [_ref(f"{kind}{place + 1}") for place in range(len(rulebooks))]}
    return made


def _of_one(rulebook: Rulebook, number: str, default: bool) -> dict[str, Schema]:
    parts = {f"Record{name}{number}": schema for name, schema in _parts(rulebook, number).items()}
    child, indicators, situation, follow_ups, judgement = map(_ref, parts)
    record: Schema = {
        **_object(
            rulebook=_or_null(_one_of([rulebook.id])) if default else _one_of([rulebook.id]),
            child=_or_null(child),
            indicators=_or_null(indicators),
            circumstances=_or_null(_list(_one_of(one.id for one in rulebook.circumstances))),
            situation=_or_null(situation),
            follow_ups=_or_null(follow_ups),
            judgement=_or_null(judgement),
        ),
        "description": f"A record for {rulebook.title}, {rulebook.area}.",
        **({} if default else {"required": ["rulebook"]}),
    }
    about = f"A record as in `Record{number}`, and what is written beside it. Keys of others are left unread."
    context = {**record, "properties": {**record["properties"], "text": _TEXT}, "description": about}
    del context["additionalProperties"]
    signs = {f"IndicatorId{number}": _one_of(_ids(rulebook))}
    named = {**signs, **parts, f"Record{number}": record, f"HookContext{number}": context}
    return {name: {"title": name, **schema} for name, schema in named.items()}


def _parts(rulebook: Rulebook, number: str) -> dict[str, Schema]:
    """Give the parts of a record, in its order."""
    marked = _or_null(_list(_ref(f"IndicatorId{number}")))
    reasons = _one_of(reason.id for reason in rulebook.difference.reasons)
    return {
        "Child": _object(age_band=_or_null(_one_of(band.id for band in rulebook.age_bands))),
        "Indicators": _object(present=marked, absent=marked, not_known=marked),
        "Situation": _questions({one.id: (one.question, one.values) for one in rulebook.situation}),
        "FollowUps": _questions({id_: (one.text, FOLLOW_UP_ANSWERS) for id_, one in rulebook.follow_up.items()}),
        "Judgement": _object(level=_or_null(_one_of(rulebook.level)), reason=_or_null(reasons)),
    }


def _ids(rulebook: Rulebook) -> list[str]:
    return [*rulebook.position, *(old for old, new in rulebook.aliases.items() if new in rulebook.position)]


def _questions(asked: Mapping[str, tuple[str, Iterable[str]]]) -> Schema:
    """Describe questions and their answers.

    Generators name a class after the key of an `enum`, and here the keys are the rulebook's: so each is a `const`.
    """
    described: dict[str, Schema] = {
        id_: {"anyOf": [{"const": answer} for answer in answers], "description": question}
        for id_, (question, answers) in asked.items()
    }
    return _object(**described)


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _one_of(values: Iterable[str | int]) -> Schema:
    """Take one of these; where there is none, nothing."""
    listed = list(values)
    return (
        {"enum": listed, "type": "integer" if isinstance(listed[0], int) else "string"} if listed else {"not": {}}
    )


def _list(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def _or_null(schema: Schema) -> Schema:
    """Allow a key that was written with nothing after it."""
    return {"anyOf": [schema, {"type": "null"}]}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}

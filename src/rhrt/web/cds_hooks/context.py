"""A context: a record and a text, among keys of others. Those are left unread, unless a sign could be lost so."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from pydantic_core import to_json

from rhrt.faults import BadInput, Fault, nearest
from rhrt.files import MOST_FAULTS
from rhrt.record import KEYS, Record
from rhrt.rulebook.model import Rulebook
from rhrt.search.spot import refuse_too_long
from rhrt.shape import json_path

OURS = (*Record.__annotations__, "text")
"""The keys of a context that are read."""

MOST_KEYS = 100
"""How many keys a context may have: each that is not ours is looked at, for what could be lost with it."""

_WORDS = re.compile(r'"[\w-]+":?')
_MARKS = ("indicators", "not_known", "situation", "follow_ups")


def words_of(rulebooks: Collection[Rulebook]) -> frozenset[str]:
    """Give what no key of others may hold, as JSON has it: ids of signs, and the keys of questions and of marks."""
    signs = [id_ for one in rulebooks for id_ in (*one.position, *one.aliases)]
    keys = [*_MARKS, *(id_ for one in rulebooks for id_ in (*one.field, *one.follow_up))]
    return frozenset((*(f'"{id_}"' for id_ in signs), *(f'"{id_}":' for id_ in (*signs, *keys))))


def record_and_text(context: dict[str, Any], words: frozenset[str]) -> tuple[dict[str, Any], str]:
    """Give both. Raises BadInput for a key of others that was meant for the record, or holds a part of one."""
    if len(context) > MOST_KEYS:
        raise BadInput([Fault("$.context", f"There are more than {MOST_KEYS} keys.", "Send only what is read.")])
    if faults := [*_lost({key: held for key, held in context.items() if key not in OURS}, words)]:
        raise BadInput(faults[:MOST_FAULTS])
    record = {key: held for key, held in context.items() if key in OURS}
    return record, _text(record.pop("text", ""))


def _lost(others: dict[str, Any], words: frozenset[str]) -> Iterator[Fault]:
    for key, held in others.items():
        where = json_path(("context", key))
        if remedy := _meant(key):
            yield Fault(where, f"The key '{key[:60]}' is not known here.", remedy)
        elif found := _found({key: held}, words):
            remedy = "Put it where a record has it, as POST /v1/assessments takes it."
            yield Fault(where, f"This key is not read, and '{found}' of a record stands in it.", remedy)


def _meant(key: str) -> str:
    if key in KEYS:
        return "It belongs under another key: look at an example, and move it there."
    return nearest(key.casefold(), (*KEYS, "text"), most=1, least=0.85)


def _found(others: dict[str, Any], words: frozenset[str]) -> str:
    """Find a word of a record, also in a text that is JSON itself."""
    written = _WORDS.findall(to_json(others).decode().replace("\\", ""))
    return next((word for word in written if word in words), "").strip('":')


def _text(written: Any) -> str:
    if not isinstance(written, str):
        raise BadInput([Fault("$.context.text", "This is not a text.", "Send what is written so far.")])
    refuse_too_long(written, "$.context.text")
    return written

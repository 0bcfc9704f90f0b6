"""The script of `<rhrt-prompt>` as one module: what it knows without asking, its look, and its parts in order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from rhrt.interview.matters import advice, alarms
from rhrt.record import Record
from rhrt.rulebook.model import Rulebook, SituationField
from rhrt.web.questions import question

HERE = Path(__file__).parent
PARTS = ("build", "marked", "given", "service", "danger", "concerns", "about", "own", "result", "prompt", "element")
"""The files of the script. A later one uses what earlier ones define."""

_ONLY_COMMENT = re.compile(r"^ *(//|/\*\* .*\*/$).*\n", re.MULTILINE)
"""A line of a script that only comments: it need not travel."""


class Module(NamedTuple):
    """A module ready to be served, and a short name of its content, for addresses and caches."""

    content: bytes
    version: str


def module_of(rulebooks: tuple[Rulebook, ...]) -> Module:
    """Make the module that serves these rulebooks, the first of them by default."""
    served = {"style": _read("style.css"), "rulebooks": [_known(rulebook) for rulebook in rulebooks]}
    data = f"const SERVED = {json.dumps(served)};"
    content = "\n".join([data, *(_ONLY_COMMENT.sub("", _read(f"script/{part}.js")) for part in PARTS)]).encode()
    return Module(content, sha256(content).hexdigest()[:12])


def _read(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _known(rulebook: Rulebook) -> dict[str, Any]:
    """Give what the prompt must know of a rulebook when the service is gone: danger first, and whom to ring."""
    contacts = [rulebook.contact[id_] for id_ in rulebook.if_worse_contacts]
    return {
        "id": rulebook.id,
        "title": rulebook.title,
        "area": rulebook.area,
        "edition": rulebook.edition,
        "if_worse": rulebook.if_worse,
        "numbers": [{"name": one.name, "number": one.number, "hours": one.hours} for one in contacts],
        "ring": [contact.number for contact in rulebook.contacts if contact.number],
        "first": [_first(field, rulebook) for field in rulebook.situation if field.ask_first],
    }


def _first(field: SituationField, rulebook: Rulebook) -> dict[str, Any]:
    """Give a question that is asked first, with what to do at once after each answer that is an emergency."""
    return {**question(field), "alarms": dict(_alarms(field, rulebook))}


def _alarms(field: SituationField, rulebook: Rulebook) -> Iterator[tuple[str, dict[str, Any]]]:
    for value in field.values:
        record = Record(situation={field.id: value})
        if alarms(record, rulebook):
            said = advice(record, rulebook)
            steps = [{"text": item.text, "details": item.details} for item in said.sections[0].items]
            yield value, {"headline": said.headline, "steps": steps}

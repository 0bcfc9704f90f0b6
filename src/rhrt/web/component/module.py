"""The script of `<rhrt-prompt>` as one module: what it knows without asking, its look, and its parts in order."""

import json
import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from string import ascii_letters
from typing import Any, NamedTuple

from rjsmin import jsmin

from rhrt.interview.matters import advice, is_emergency
from rhrt.present.outline import Item
from rhrt.record import Record
from rhrt.rulebook.kinds import FOLLOW_UP_ANSWERS
from rhrt.rulebook.model import Rulebook
from rhrt.web.api.rulebooks import named, question

HERE = Path(__file__).parent
PARTS = (
    "build", "marked", "given", "service", "danger", "concerns", "about", "follow-ups", "own", "result", "prompt",
    "element",
)  # fmt: skip
"""The files of the script. A later one uses what earlier ones define."""

_PRIVATE = re.compile(r"#[a-z]\w*")
"""A private name. No text of a script has a `#`."""

_COMMENT_OF_LOOK = re.compile(r"\s*/\*.*?\*/\s*|\s+(?=[{}>])|(?<=[{}:;,>])\s+", re.DOTALL)
"""Comments of the look, and spaces that say nothing there."""


class Module(NamedTuple):
    """A module ready to be served, and a short name of its content, for addresses and caches."""

    content: bytes
    version: str


def module_of(rulebooks: tuple[Rulebook, ...], local: bool = False) -> Module:
    """Make the module that serves these rulebooks, the first of them by default. `local`: it answers by itself."""
    served = {
        "style": _COMMENT_OF_LOOK.sub("", _read("style.css")),
        "rulebooks": [_known(rulebook) for rulebook in rulebooks],
    }
    data = f"const SERVED = {json.dumps(served, ensure_ascii=False)};"
    script = "\n".join(_read(f"script/{part}.js") for part in PARTS)
    answers = 'import { LOCAL } from "./script/here.js";' if local else "const LOCAL = null;"
    content = f"{data}\n{answers}\n{_small(script)}".encode()
    return Module(content, sha256(content).hexdigest()[:12])


def _small(script: str) -> str:
    """Give a script without what need not travel, and with short private names: they are seen nowhere else."""
    bare = jsmin(script)
    short = {
        name: f"#{ascii_letters[n % 52]}{n // 52 or ''}"
        for n, name in enumerate(dict.fromkeys(_PRIVATE.findall(bare)))
    }
    return _PRIVATE.sub(lambda found: short[found[0]], bare)


def _read(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _known(rulebook: Rulebook) -> dict[str, Any]:
    """Give what the prompt must know of a rulebook when the service is gone: danger first, and whom to ring."""
    contacts = [rulebook.contact[id_] for id_ in rulebook.if_worse_contacts]
    first = [field for field in rulebook.situation if field.ask_first]
    ring = sorted(
        {contact.number for contact in rulebook.contacts if contact.number}, key=lambda one: (-len(one), one)
    )
    alarms = {id_: _alarms("follow_ups", id_, FOLLOW_UP_ANSWERS, rulebook) for id_ in rulebook.follow_up}
    return {
        **named(rulebook, "id", "title", "area", "edition", "if_worse"),
        "numbers": [named(one, "name", "number", "hours") for one in contacts],
        "ring": "|".join(re.sub(r"[^\w ]", r"\\\g<0>", number) for number in ring),
        "first": [{**question(one), "alarms": _alarms("situation", one.id, one.values, rulebook)} for one in first],
        "alarms": {id_: said for id_, said in alarms.items() if said},
    }


def _alarms(part: str, id_: str, answers: Iterable[str], rulebook: Rulebook) -> dict[str, Any]:
    """Give, by the answer, what to do at once, where an answer alone, in its part of a record, is an emergency."""
    records = {answer: Record.model_validate({part: {id_: answer}}) for answer in answers}
    emergencies = {answer: one for answer, one in records.items() if is_emergency(one, answer, rulebook)}
    return {answer: _at_once(record, rulebook) for answer, record in emergencies.items()}


def _at_once(record: Record, rulebook: Rulebook) -> dict[str, Any]:
    said = advice(record, rulebook)
    (section,) = said.sections
    items = (*([Item(section.intro)] if section.intro else []), *section.items)  # first, what not to do
    steps = [{"text": item.text, "details": item.details} for item in items]
    return {"headline": said.headline, "steps": steps}

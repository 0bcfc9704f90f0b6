"""The folder that a rulebook would be, were it written out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from pydantic_core import to_jsonable_python

from rhrt import Rulebook
from rhrt.files import Location, Written
from rhrt.rulebook.written import FILES
from rhrt.steward.folder import RulebookFolder

_OWN = ("indicators", "sha256")
_OF_A_FILE = ("level", "source")


def folder_of_whole(rulebook: Rulebook) -> RulebookFolder:
    """Give the folder of a rulebook that no file holds; every place in it is at the start of its file.

    Each indicator is in a file of its own, so that its source is too.
    """
    whole = {one.name: getattr(rulebook, one.name) for one in fields(rulebook) if one.name not in _OWN}
    whole["coverage"] = ()
    files = {
        name: {key: whole[key] for key in kind.__annotations__ if key in whole} for name, kind in FILES.items()
    }
    for one in rulebook.indicators:
        own = {name: value for name, value in one.as_dict().items() if name not in _OF_A_FILE}
        files[f"indicators/{one.id}"] = {"level": one.level, "source": one.source, "indicators": [own]}
    files |= {f"ways/{place}": one.as_dict() for place, one in enumerate(rulebook.ways)}
    return RulebookFolder(Path(), rulebook, {name: _written(name, value) for name, value in files.items()}, {})


def _written(name: str, value: dict[str, Any]) -> Written:
    plain = to_jsonable_python(value)
    return Written(name, plain, dict.fromkeys(_locations(plain), (1, 1)))


def _locations(value: Any, at: Location = ()) -> Iterator[Location]:
    """Give the location of a value, and of each in it."""
    yield at
    for key, inner in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield from _locations(inner, (*at, key))

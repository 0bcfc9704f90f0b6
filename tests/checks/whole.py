"""The folder that a rulebook would be, were it written out."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from pydantic_core import to_jsonable_python

from rhrt import Rulebook
from rhrt.files import Written
from rhrt.rulebook.folder import RulebookFolder
from rhrt.rulebook.written import FILES

_OWN = ("indicators", "sha256")


def folder_of_whole(rulebook: Rulebook) -> RulebookFolder:
    """Give the folder of a rulebook that no file holds; every place in it is at the start of its file."""
    whole = {one.name: getattr(rulebook, one.name) for one in fields(rulebook) if one.name not in _OWN}
    whole["coverage"] = ()
    files = {
        name: {key: whole[key] for key in kind.__annotations__ if key in whole} for name, kind in FILES.items()
    }
    files["indicators/all"] = {"indicators": [replace(one) for one in rulebook.indicators]}
    return RulebookFolder(Path(), rulebook, {name: _written(name, value) for name, value in files.items()}, {})


def _written(name: str, value: dict[str, Any]) -> Written:
    return Written(name, to_jsonable_python(value), {(): (1, 1)})

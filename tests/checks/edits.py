"""Rulebooks that are nearly sound: the small one in `base/`, with edits."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from rhrt.files import Written
from rhrt.parser import parse, read
from rhrt.rulebook.read import assembled
from rhrt.steward.folder import RulebookFolder, open_folder

BASE = Path(__file__).parent / "base"

Edit = Mapping[str, Any]
"""What is done to one place: `file` and `at` say where, and `set`, `append` or `remove` what."""


@cache
def base() -> RulebookFolder:
    """Open the small rulebook, with nothing edited."""
    return open_folder(BASE)


def edited(edits: Iterable[Edit]) -> RulebookFolder:
    """Give a copy of the small rulebook with edits, and the small rulebook itself as its earlier state."""
    sound = base()
    written, cases = (
        {name: deepcopy(one.value) for name, one in held.items()} for held in (sound.written, sound.cases)
    )
    for edit in edits:
        _apply(edit, cases if edit["file"] in cases else written)
    files = {name: _as_file(name, value) for name, value in written.items()}
    held = {name: _as_file(name, value) for name, value in cases.items()}
    return RulebookFolder(BASE, assembled(files, ""), files, held, sound.rulebook)


def loaded(path: Path) -> Any:
    """Give what a file of edits says."""
    return read(path).value


def written_out(folder: RulebookFolder, path: Path) -> Path:
    """Write a folder that no disk holds, and give where."""
    for name, one in {**folder.written, **folder.cases}.items():
        file = path / f"{name}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(one.value, indent=1), encoding="utf-8")
    return path


def _apply(edit: Edit, written: Any) -> None:
    around: list[Any] = [edit["file"], *edit["at"]]
    last, place = around.pop(), written
    for step in around:
        place = place[step]
    if "set" in edit:
        place[last] = edit["set"]
    elif "append" in edit:
        place[last].append(edit["append"])
    else:
        assert edit["remove"] is True
        del place[last]


def _as_file(name: str, value: object) -> Written:
    # JSON is YAML, so an edited file has lines and columns like any other.
    return parse(f"{name}.yaml", json.dumps(value, indent=1).encode())

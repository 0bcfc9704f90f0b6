"""A mutant: a rulebook's files with one slip in them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from rhrt.files import Location, Written
from rhrt.rulebook.read import read_files

Files = Mapping[str, Written]


class Edit(NamedTuple):
    """In one file, another value at one location. Nothing, where `value` is GONE."""

    file: str
    location: Location
    value: Any


class Mutant(NamedTuple):
    """One slip: its kind, the place in the rulebook that it changes, what it does there, and how."""

    kind: str
    place: str
    what: str
    edits: tuple[Edit, ...]

    @property
    def name(self) -> str:
        """What it is called in the report and in the list of survivors."""
        return f"{self.kind} {self.place}: {self.what}"


GONE = "(gone)"
"""The value of an edit that takes a key or an entry away."""


class Typed(str):
    """The value of an edit that stands in the file as it is typed, without quotes: what YAML makes of it counts."""

    __slots__ = ()


_HERE = "typed-here"


def mutated(files: Files, edits: Sequence[Edit]) -> dict[str, Written]:
    """Give the files with some edits made. Files that no edit names are shared with the original.

    Raises BadInput where what was typed is refused when the files are read.
    """
    if any(isinstance(edit.value, Typed) for edit in edits):
        return read_files(Path(), contents(files, edits))
    return _edited(files, edits)


def contents(files: Files, edits: Sequence[Edit]) -> dict[str, bytes]:
    """Write files again as YAML, by their names with `.yaml`, with the one text that was typed in its place."""
    typed = next(edit.value for edit in edits if isinstance(edit.value, Typed))
    holding = _edited(files, [Edit(*edit[:2], _HERE) if edit.value is typed else edit for edit in edits])
    written = {f"{name}.yaml": yaml.safe_dump(one.value, width=10_000) for name, one in holding.items()}
    return {name: text.replace(_HERE, typed).encode() for name, text in written.items()}


def _edited(files: Files, edits: Sequence[Edit]) -> dict[str, Written]:
    values: dict[str, Any] = {file: deepcopy(files[file].value) for file in dict.fromkeys(e.file for e in edits)}
    for edit in edits:
        *before, last = edit.location
        parent = values[edit.file]
        for step in before:
            parent = parent[step]
        if edit.value == GONE:  # not `is`: another process has a string of its own
            del parent[last]
        else:
            parent[last] = deepcopy(edit.value)
    return dict(files) | {file: _written(files[file], value) for file, value in values.items()}


def digest(files: Files) -> str:
    """Give the digest of all values: the same for files that say the same. The order of keys says something."""
    values = [(name, files[name].value) for name in sorted(files)]
    return sha256(json.dumps(values).encode()).hexdigest()


def _written(original: Written, value: Any) -> Written:
    places = {location: original.places.get(location, (1, 1)) for location in _locations(value)}
    return Written(original.name, value, places)


def _locations(value: Any, at: Location = ()) -> Iterator[Location]:
    yield at
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in items:
        yield from _locations(part, (*at, step))

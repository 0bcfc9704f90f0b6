"""Reading what people write: YAML or JSON, from a file or standard input, with the place of every value.

The text is read from libyaml's events with a stack of our own, so that nesting, aliases (with which a
small file can expand without end) and duplicate keys are met before they can do harm. Plain words stay
words: `yes` and `no` are answers here, not booleans. Only `true`, `false`, `null` and whole numbers are
anything else, as in YAML 1.2.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import yaml

from rhrt.faults import BadInput, Fault

Location = tuple[str | int, ...]
Value = str | int | bool | None | list["Value"] | dict[str, "Value"]

LARGEST = 2_000_000
"""The largest file that is read, in bytes."""

DEEPEST = 20
"""How deep lists and mappings may nest."""

MOST_PARTS = 50_000
"""How many keys and entries a file may hold."""

MOST_FAULTS = 100
"""How many faults of one file or record are looked for: with more, it is the wrong file, or mended in turns."""

_QUOTED = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_NO_BRACKET = bytes(set(range(256)) - set(b"[]{}"))
_STEP = dict(zip(b"[]{}", (1, -1, 1, -1), strict=True))
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})\Z")
_NAMED: Mapping[str, bool | None] = {"null": None, "~": None, "": None, "true": True, "false": False}


class Written(NamedTuple):
    """What a file says: its `value`, and the line and column (from 1) of each part of it."""

    name: str
    value: Value
    places: Mapping[Location, tuple[int, int]]

    def where(self, location: Sequence[str | int]) -> str:
        """Say where a part stands, as `file:line:column`; for a part that is not there, its parent's place."""
        known = tuple(location)
        while known not in self.places:
            known = known[:-1]
        line, column = self.places[known]
        return f"{self.name}:{line}:{column}"


def read(path: Path) -> Written:
    """Read a file of YAML or JSON. Raises BadInput where it cannot be read or is not well formed."""
    return parse(str(path), read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """Read a file of bounded size. Raises BadInput where it is missing, unreadable or too large."""
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        problem = Fault(str(path), "There is no such file.", "Check the name and the folder.")
    except IsADirectoryError:
        problem = Fault(str(path), "This is a folder, not a file.", "Name a file in it.")
    except (OSError, ValueError):
        problem = Fault(str(path), "This file cannot be opened.", "Check its name and that you may read it.")
    else:
        return _bounded(str(path), content)
    raise BadInput([problem])


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; a new one is to be read by its owner only. Raises OSError or ValueError."""
    from tempfile import mkstemp  # only where something is written

    handle, temporary = mkstemp(dir=path.parent, prefix=".rhrt-")
    try:
        with open(handle, "wb") as file:  # noqa: PTH123 - a handle, not a name
            file.write(content)
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def read_standard_input() -> Written:
    """Read YAML or JSON from standard input, as `read` does from a file."""
    return parse("standard input", read_standard_input_bytes())


def read_standard_input_bytes() -> bytes:
    """Read a bounded number of bytes from standard input."""
    try:
        return _bounded("standard input", sys.stdin.buffer.read(LARGEST + 1))
    except (AttributeError, OSError):
        problem = Fault("standard input", "There is nothing to read.", "Send it a file, or name the file instead.")
    raise BadInput([problem])


def decode(name: str, content: bytes) -> str:
    """Turn bytes into text. Raises BadInput where they are not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        what = f"This is not UTF-8 text (byte 0x{content[error.start]:02x})."
        problem = Fault(f"{name}:{line}:{column}", what, "Save the file as UTF-8.")
    raise BadInput([problem])


def parse(name: str, content: bytes) -> Written:
    """Read text as YAML (of which JSON is a part). Raises BadInput with every fault found."""
    text = decode(name, content)
    reader = _Reader(name)
    _refuse_directives(text, reader)
    try:
        for event in yaml.parse(text, Loader=yaml.CLoader):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        start = error.context_mark.line + 1 if error.context_mark else line
        since = f" from line {start} on" if start < line else ""
        remedy = f"Check the indents, quotes and brackets{since}."
        reader.fault(line, column, "This is not well-formed YAML.", remedy)
    except yaml.YAMLError as error:
        at = getattr(error, "position", 0) or 0
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        remedy = "Save the file as UTF-8." if "\0" in text else "Remove it."
        reader.fault(line, column, "There is a character here that text may not hold.", remedy)
    if reader.faults:
        raise BadInput(reader.faults)
    if not reader.documents:
        raise BadInput([Fault(f"{name}:1:1", "There is nothing here.", "Write at least one entry.")])
    return Written(name, reader.documents[0], reader.places)


def too_deep(json: str) -> bool:
    """Say whether JSON nests deeper than `DEEPEST` levels: by its brackets, before anything is made of it."""
    brackets = _QUOTED.sub("", json).encode(errors="ignore").translate(None, _NO_BRACKET)
    return max(accumulate(map(_STEP.__getitem__, brackets)), default=0) > DEEPEST


def _refuse_directives(text: str, reader: _Reader) -> None:
    """Refuse lines such as %TAG before a document: many of them would take libyaml minutes."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("%"):
            reader.fault(number, 1, "Directives (%) are not used here.", "Remove the line.")
            raise BadInput(reader.faults)
        if line.strip() and not line.lstrip().startswith("#"):
            return


def _bounded(name: str, content: bytes) -> bytes:
    if len(content) <= LARGEST:
        return content
    what = f"This is larger than {LARGEST // 1_000_000} MB."
    raise BadInput([Fault(name, what, "Check that it is the right file.")])


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not been reached."""

    location: Location
    value: list[Value] | dict[str, Value]
    key: str | None = None
    refused: bool = False


class _Reader:
    """Builds values from the events of a YAML parser."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[Fault] = []
        self.places: dict[Location, tuple[int, int]] = {(): (1, 1)}
        self.documents: list[Value] = []
        self._open: list[_Open] = []

    def fault(self, line: int, column: int, what: str, remedy: str) -> None:
        """Note a fault at a line and column, both from 1."""
        self.faults.append(Fault(f"{self.name}:{line}:{column}", what, remedy))
        if len(self.faults) >= MOST_FAULTS:
            raise BadInput(self.faults)

    def take(self, event: yaml.Event) -> None:
        """Take the next event. Raises BadInput at once where going on would do harm."""
        if len(self.places) > MOST_PARTS:
            self._stop(event, f"There are more than {MOST_PARTS} entries.", "Check that it is the right file.")
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent):
            self._start(event, {})
        elif isinstance(event, yaml.SequenceStartEvent):
            self._start(event, [])
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._open.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._stop(event, "Aliases (* and &) are not used here.", "Write the value out in full.")
        elif isinstance(event, yaml.DocumentStartEvent) and self.documents:
            self._stop(event, "There is more than one document here.", "Keep one to a file.")

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._refuse_anchor(event)
        top = self._open[-1] if self._open else None
        if top and isinstance(top.value, dict) and top.key is None:
            self._key(event, top, top.value)
        else:
            plain = event.style is None or event.style == ""
            self._place(event, _resolve(event.value) if plain else event.value)

    def _key(self, event: yaml.ScalarEvent, top: _Open, value: dict[str, Value]) -> None:
        key = str(event.value)
        location = (*top.location, key)
        if key in value:
            first = self.places[location][0]
            remedy = f"It is first written on line {first}. Keep one of the two."
            self._note(event, f"The key '{key[:60]}' is written twice.", remedy)
        self.places[location] = _place_of(event)
        top.key = key

    def _start(self, event: yaml.CollectionStartEvent, value: list[Value] | dict[str, Value]) -> None:
        self._refuse_anchor(event)
        if len(self._open) >= DEEPEST:
            what = f"Lists and mappings nest deeper than {DEEPEST} levels."
            self._stop(event, what, "Check the brackets and indents.")
        self._open.append(_Open(self._place(event, value), value))

    def _place(self, event: yaml.NodeEvent, value: Value) -> Location:
        """Put a value where it belongs, and give its location."""
        if not self._open:
            self.documents.append(value)
            return ()
        top = self._open[-1]
        if isinstance(top.value, list):
            location: Location = (*top.location, len(top.value))
            self.places[location] = _place_of(event)
            top.value.append(value)
            return location
        if top.key is None:
            self._stop(event, "A list or mapping stands where a key should be.", "Write a word as the key.")
        key = str(top.key)
        top.value[key], top.key = value, None
        return (*top.location, key)

    def _refuse_anchor(self, event: yaml.NodeEvent) -> None:
        if event.anchor is not None:
            self._stop(event, "Aliases (* and &) are not used here.", "Write the value out in full.")
        if getattr(event, "tag", None) not in (None, "!"):
            self._stop(event, "Tags (!) are not used here.", "Remove the word that begins with '!'.")

    def _note(self, event: yaml.Event, what: str, remedy: str) -> None:
        self.fault(*_place_of(event), what, remedy)

    def _stop(self, event: yaml.Event, what: str, remedy: str) -> None:
        self._note(event, what, remedy)
        raise BadInput(self.faults)


def _place_of(event: yaml.Event) -> tuple[int, int]:
    """Give the line and column at which an event begins, from 1."""
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _resolve(plain: str) -> str | int | bool | None:
    if plain in _NAMED:
        return _NAMED[plain]
    return int(plain) if _NUMBER.match(plain) else plain

"""Reading what people write: YAML or JSON, from a file or standard input, with the place of every value.

And writing files, each whole or not at all: to a temporary one beside it, which then takes its place.

The text is read from a parser's events with a stack of our own, so that nesting, aliases (with which a
small file can expand without end) and duplicate keys are met before they can do harm. Plain words stay
words: `yes` and `no` are answers here, not booleans. Only `true`, `false`, `null` and whole numbers are
anything else, as in YAML 1.2.
"""

from __future__ import annotations

import errno
import json
import os
import re
import stat
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import accumulate
from os.path import realpath
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from rhrt.faults import BadInput, Fault
from rhrt.parser import PARSER

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

_COMMENT = re.compile(r"[ \t]+#")
NOT_ORDINARY = "a pipe or a device, not a file"
"""What is said of what has a place among files but holds no text that stays."""

TEMPORARY = ".rhrt-"
"""How the name of a file begins that is not yet whole. One is left behind only where a program was killed."""

_NOT_TEXT = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_LINE_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_QUOTED = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_NO_BRACKET = bytes(set(range(256)) - set(b"[]{}"))
_STEP = dict(zip(b"[]{}", (1, -1, 1, -1), strict=True))
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})\Z")
_NAMED: Mapping[str, bool | None] = {"null": None, "~": None, "": None, "true": True, "false": False}


class Written(NamedTuple):
    """What a file says: its `value`, and the line and column (from 1) of each part of it.

    `commented` has each value without quotes that a comment follows on the same line.
    """

    name: str
    value: Value
    places: Mapping[Location, tuple[int, int]]
    commented: frozenset[Location] = frozenset()

    def where(self, location: Sequence[str | int]) -> str:
        """Say where a part stands, as `file:line:column`; for a part that is not there, its parent's place."""
        known = tuple(location)
        while known not in self.places:
            known = known[:-1]
        line, column = self.places[known]
        return f"{self.name}:{line}:{column}"


def read(path: Path, *, pipes: bool = False) -> Written:
    """Read a file of YAML or JSON. Raises BadInput where it cannot be read or is not well formed."""
    return parse(str(path), read_bytes(path, pipes=pipes))


def read_bytes(path: Path, *, pipes: bool = False) -> bytes:
    """Read a file of bounded size. Raises BadInput where it is missing, unreadable, no ordinary file or too large.

    Reading a pipe waits until somebody writes to it, so one is read only where a person named it: with `pipes`.
    """
    try:
        if not pipes and path.exists() and not (path.is_file() or path.is_dir()):
            raise BadInput([Fault(str(path), f"This is {NOT_ORDINARY}.", "Put a file of text in its place.")])
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        problem = Fault(str(path), "There is no such file.", "Check the name and the folder.")
    except IsADirectoryError:
        problem = Fault(str(path), "This is a folder, not a file.", "Name a file in it.")
    except BadInput:
        raise
    except (OSError, ValueError):
        problem = Fault(str(path), "This file cannot be opened.", "Check its name and that you may read it.")
    else:
        return _bounded(str(path), content)
    raise BadInput([problem])


def write_whole(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write a file whole or not at all. See `write_all`."""
    write_all({path: content}, private=private)


def write_all(contents: Mapping[Path, bytes], *, private: bool = False) -> None:
    """Write files, each whole or not at all, and none of them before there is room for all.

    A link is followed, and a file that is there keeps its mode. A new one that is `private` is to be read by its
    owner only. Raises OSError or ValueError where a file cannot be written, as `target_of` does.
    """
    with ExitStack() as stack:
        targets = {target_of(path): content for path, content in contents.items()}
        ready = [(stack.enter_context(_beside(target, targets[target], private)), target) for target in targets]
        for temporary, target in ready:
            temporary.replace(target)


def make_folder(path: Path) -> None:
    """Make a folder, and those that it is in. Raises OSError that says what stands in its place."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise NotADirectoryError(errno.ENOTDIR, f"{error.filename} is {no_folder(Path(error.filename))}") from None


def is_folder(path: Path) -> bool:
    """Say whether a folder is there; of a name that none can have, reading it says what is wrong."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def no_folder(path: Path) -> str:
    """Say what stands where a folder should be. Nothing is said of a folder, or where nothing stands."""
    if path.is_dir() or not os.path.lexists(path):
        return ""
    if not path.exists():
        return "a link that leads nowhere"
    return "a file" if path.is_file() else "a pipe or a device"


def target_of(path: Path) -> Path:
    """Give where a file would be written, after links.

    Raises OSError or ValueError where it cannot be: a folder, a pipe or a device is there, or a file that may only
    be read, or there is no folder for it.
    """
    try:
        kind = path.stat().st_mode
    except FileNotFoundError:
        target = Path(realpath(path))
        target.parent.stat()
        return target
    if stat.S_ISDIR(kind):
        raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
    if not stat.S_ISREG(kind):
        raise OSError(errno.EINVAL, f"it is {NOT_ORDINARY}", str(path))
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, "it may only be read", str(path))
    return Path(realpath(path))


@contextmanager
def _beside(target: Path, content: bytes, private: bool) -> Iterator[Path]:
    """Write what a file is to hold beside it, and take that away again unless it has been put in its place."""
    before = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
    mode = (0o600 if private else 0o666) if before is None else before
    temporary = target.parent / f"{TEMPORARY}{os.urandom(8).hex()}"
    try:
        with open(temporary, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.write(content)
        if before is not None:
            temporary.chmod(before)  # whatever this process leaves out of the mode of a new file
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def read_standard_input_bytes() -> bytes:
    """Read a bounded number of bytes from standard input."""
    try:
        return _bounded("standard input", sys.stdin.buffer.read(LARGEST + 1))
    except (AttributeError, OSError):
        remedy = "Send it a file, or name the file instead."
        raise BadInput([Fault("standard input", "There is nothing to read.", remedy)]) from None


def decode(name: str, content: bytes) -> str:
    """Turn bytes into text. Raises BadInput where they are not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        what = f"This is not UTF-8 text (byte 0x{content[error.start]:02x})."
        raise BadInput([Fault(f"{name}:{line}:{column}", what, "Save the file as UTF-8.")]) from None


def parse(name: str, content: bytes) -> Written:
    """Read text as YAML (of which JSON is a part). Raises BadInput with every fault found."""
    text = decode(name, content)
    reader = _Reader(name, text)
    _refuse_characters(text, reader)
    _refuse_directives(text, reader)
    try:
        reader.take_all()
    except yaml.MarkedYAMLError as error:
        _refuse_ill_formed(text, reader, error)
    if reader.faults:
        raise BadInput(reader.faults)
    if not reader.documents:
        raise BadInput([Fault(f"{name}:1:1", "There is nothing here.", "Write at least one entry.")])
    return Written(name, reader.documents[0], reader.places, frozenset(reader.commented))


def _refuse_ill_formed(text: str, reader: _Reader, error: yaml.MarkedYAMLError) -> None:
    """Say where a parser could not go on, or what stands before and is refused whichever parser it is.

    A parser looks ahead, and may give up (libyaml does at 1,000 open brackets) before it has told what it saw.
    """
    mark = error.problem_mark or error.context_mark
    with suppress(yaml.MarkedYAMLError):
        _Reader(reader.name, text[: mark.index] if mark else text).take_all()
    line, column = _stands(mark, text)
    start, _ = _stands(error.context_mark or mark, text)
    since = f" from line {start} on" if start < line else ""
    remedy = f"Check the indents, quotes and brackets{since}."
    reader.fault(line, column, "This is not well-formed YAML.", remedy)


def _stands(mark: yaml.Mark | None, text: str) -> tuple[int, int]:
    """Give a line and column from 1. Without a last line break, parsers differ on where the end is."""
    if mark is None:
        return 1, 1
    at_end = mark.index >= len(text) and mark.column > 0
    return (mark.line + 2, 1) if at_end else (mark.line + 1, mark.column + 1)


def _refuse_characters(text: str, reader: _Reader) -> None:
    """Refuse characters that YAML does not have, before a parser does: each has a place of its own for them."""
    if found := _NOT_TEXT.search(text):
        before = _LINE_BREAK.split(text[: found.start()])
        remedy = "Save the file as UTF-8." if "\0" in text else "Remove it."
        what = "There is a character here that text may not hold."
        reader.fault(len(before), len(before[-1]) + 1, what, remedy)
        raise BadInput(reader.faults)


class DoubledKey(ValueError):  # noqa: N818 - named for what it is
    """A key of JSON, given as its argument, is written twice, so that two readers could read two things."""


def json_of(text: str, constant: Callable[[str], Any] | None = None) -> Any:
    """Read JSON; `constant` reads what is no number of JSON, such as NaN.

    Raises ValueError where it is none (DoubledKey for a key written twice), and RecursionError.
    """
    return json.loads(text, object_pairs_hook=_once, parse_constant=constant)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        times = Counter(key for key, _ in pairs)
        raise DoubledKey(next(key for key, count in times.items() if count > 1))
    return value


def too_deep(json: str) -> bool:
    """Say whether JSON nests deeper than `DEEPEST` levels: by its brackets, before anything is made of it."""
    if json.count("[") + json.count("{") <= DEEPEST:
        return False
    brackets = _QUOTED.sub("", json).encode(errors="ignore").translate(None, _NO_BRACKET)
    return max(accumulate(map(_STEP.__getitem__, brackets)), default=0) > DEEPEST


def _refuse_directives(text: str, reader: _Reader) -> None:
    """Refuse lines such as %TAG before a document: many of them would take a parser minutes."""
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

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self._text = text
        self.commented: set[Location] = set()
        self.faults: list[Fault] = []
        self.places: dict[Location, tuple[int, int]] = {(): (1, 1)}
        self.documents: list[Value] = []
        self._open: list[_Open] = []

    def fault(self, line: int, column: int, what: str, remedy: str) -> None:
        """Note a fault at a line and column, both from 1."""
        self.faults.append(Fault(f"{self.name}:{line}:{column}", what, remedy))
        if len(self.faults) >= MOST_FAULTS:
            raise BadInput(self.faults)

    def take_all(self) -> None:
        """Take each event of the text. Raises BadInput as `take` does, and MarkedYAMLError if it is ill-formed."""
        for event in yaml.parse(self._text, Loader=PARSER):
            self.take(event)

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
            location = self._place(event, _resolve(event.value) if plain else event.value)
            if plain and event.end_mark and _COMMENT.match(self._text, event.end_mark.index):
                self.commented.add(location)

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

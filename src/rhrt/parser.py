"""Reading what people write: text of YAML or JSON into values, with the place of each.

The text is read from a parser's events with a stack of our own, so that nesting, aliases (with which a
small file can expand without end) and duplicate keys are met before they can do harm. Plain words stay
words: `yes` and `no` are answers here, not booleans. Only `true`, `false`, `null` and whole numbers are
anything else, as in YAML 1.2.

The parser is libyaml, or PyYAML's own where it was installed without libyaml. That takes about ten times as long;
where it reads otherwise than libyaml, it is set right here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import yaml
from yaml.scanner import ScannerError

from rhrt.faults import BadInput, Fault
from rhrt.files import DEEPEST, MOST_FAULTS, Location, Value, Written, not_text, read_bytes

_NO_CHARACTER = re.compile(r"d[89a-f]..|0000d[89a-f]..|(?!00(0|10))........", re.IGNORECASE)
"""The digits of an escape that stands for half a character or for none."""


class Slower(yaml.SafeLoader):
    """PyYAML's own parser, with what libyaml has and it lacks."""

    def scan_to_next_token(self) -> None:
        """Pass over tabs between words, as over spaces."""
        super().scan_to_next_token()
        while self.peek() == "\t" and (self.flow_level or not self.allow_simple_key):
            self.forward()
            super().scan_to_next_token()

    def scan_plain_spaces(self, indent: int, start_mark: yaml.Mark) -> list[str] | None:
        """Give what stands between two words without quotes: tabs are a part of it."""
        length = 0
        while self.peek(length) in " \t":
            length += 1
        between = super().prefix(length)
        if "\t" not in between:
            return super().scan_plain_spaces(indent, start_mark)
        self.forward(length)
        at_end = self.peek() in "\r\n\x85\u2028\u2029"
        return super().scan_plain_spaces(indent, start_mark) if at_end else [between]

    def prefix(self, length: int = 1) -> str:
        """Give the next characters. Raises ScannerError where they are an escape that stands for no character."""
        found = str(super().prefix(length))
        escaped = self.buffer[max(self.pointer - 2, 0) : self.pointer], length
        if escaped in {("\\u", 4), ("\\U", 8)} and _NO_CHARACTER.fullmatch(found):
            raise ScannerError(None, None, "found an escape that stands for no character", self.get_mark())
        return found


PARSER: type[yaml.CSafeLoader | Slower] = getattr(yaml, "CSafeLoader", Slower)
"""The faster one that there is."""

MOST_PARTS = 50_000
"""How many keys and entries a file may hold."""

_LONGEST_KEY = 1_024
"""How many characters of a line YAML takes for a key at the most."""

_COMMENT = re.compile(r"[ \t]+#")
_NOT_TEXT = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_LINE_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_TAB = re.compile(r"[ -]*\t")
_NO_BREAK = re.compile("(?:-|[\\w-]+:)?\xa0|.*\xa0(?:#|\\Z)", re.DOTALL)
_NO_BREAK_OF_LINE = re.compile("^[ \t]*(?:- +)*(?=(?:-|[\\w-]+:)?\xa0)", re.MULTILINE)
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})\Z")
_AS_LETTER = (
    "There is a no-break space (U+00A0) here, which YAML takes for a letter.",
    "Write an ordinary space in its place, or put the words in quotes.",
)
_NAMED: Mapping[str, bool | None] = {"null": None, "~": None, "": None, "true": True, "false": False}


def read(path: Path, *, pipes: bool = False) -> Written:
    """Read a file of YAML or JSON. Raises BadInput where it cannot be read or is not well formed."""
    return parse(str(path), read_bytes(path, pipes=pipes))


def parse(name: str, content: bytes) -> Written:
    """Read text as YAML (of which JSON is a part). Raises BadInput with every fault found."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise not_text(name, content, error) from None
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
    if mark and (named := _named(text, mark)):
        reader.fault_once(*named)
        return
    line, column = _stands(mark, text)
    start, _ = _stands(error.context_mark or mark, text)
    since = f" from line {start} on" if start < line else ""
    remedy = f"Check the indents, quotes and brackets{since}."
    reader.fault(line, column, "This is not well-formed YAML.", remedy)


def _named(text: str, mark: yaml.Mark) -> tuple[int, int, str, str] | None:
    """Name what people often write and YAML does not take, where that is behind a fault at a mark."""
    start = mark.index - mark.column
    sign = text[mark.index : mark.index + 1]
    tab = _TAB.match(text, start)
    if tab and (sign == "\t" or (sign == ":" and ": " not in text[start : mark.index])):
        what = "There is a tab here, where YAML takes spaces alone."
        return *_at(text, tab.end() - 1), what, "Write spaces in its place."
    before = text.rfind("\n", 0, len(text[:start].rstrip("\t\r\n "))) + 1
    if found := _NO_BREAK_OF_LINE.search(text, before, mark.index + 1):
        return *_at(text, found.end()), *_AS_LETTER
    if sign == ":" and (mark.column <= _LONGEST_KEY or ": " in text[start : mark.index]):
        what = "A colon stands here inside a value, as after a key."
        return *_at(text, mark.index), what, "Put the whole value in quotes. If it is a key, check its indent."
    return None


def _at(text: str, index: int) -> tuple[int, int]:
    """Give the line and column, both from 1, of a place in a text."""
    before = _LINE_BREAK.split(text[:index])
    return len(before), len(before[-1]) + 1


def _stands(mark: yaml.Mark | None, text: str) -> tuple[int, int]:
    """Give a line and column from 1. Without a last line break, parsers differ on where the end is."""
    if mark is None:
        return 1, 1
    at_end = mark.index >= len(text) and mark.column > 0
    return (mark.line + 2, 1) if at_end else (mark.line + 1, mark.column + 1)


def _refuse_characters(text: str, reader: _Reader) -> None:
    """Refuse characters that YAML does not have, before a parser does: each has a place of its own for them."""
    if found := _NOT_TEXT.search(text):
        remedy = "Save the file as UTF-8." if "\0" in text else "Remove it."
        what = "There is a character here that text may not hold."
        reader.fault(*_at(text, found.start()), what, remedy)
        raise BadInput(reader.faults)


def _refuse_directives(text: str, reader: _Reader) -> None:
    """Refuse lines such as %TAG before a document: many of them would take a parser minutes."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("%"):
            reader.fault(number, 1, "Directives (%) are not used here.", "Remove the line.")
            raise BadInput(reader.faults)
        if line.strip() and not line.lstrip().startswith("#"):
            return


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

    def fault_once(self, line: int, column: int, what: str, remedy: str) -> None:
        """Note a fault unless it is noted."""
        if Fault(f"{self.name}:{line}:{column}", what, remedy) not in self.faults:
            self.fault(line, column, what, remedy)

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
        plain = not event.style
        if plain and "\xa0" in event.value and _NO_BREAK.match(event.value):
            self._note(event, *_AS_LETTER)
        if top and isinstance(top.value, dict) and top.key is None:
            self._key(event, top, top.value)
        else:
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

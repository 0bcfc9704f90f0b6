"""Adding an indicator to a file of a rulebook. Every other line stays as it is, to the byte.

A YAML writer would not do: it sets comments, quotes and empty values its own way. So the new lines are put between
those that are there, and the file is then read again to see that it says what it said before, and the new entry.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import indent
from typing import Any, NamedTuple

import yaml

from rhrt.faults import BadInput, Fault
from rhrt.files import Written, parse, read_bytes, write_whole
from rhrt.rulebook.load import contents_of, digest
from rhrt.rulebook.model import WrittenIndicator
from rhrt.rulebook.read import read_rulebook
from rhrt.steward.write.transcription import digest as digest_of_wordings

_ORDER = ("id", "n", "level", "basis", "heading", "printed_heading", "page", "wording", "also")
_DIGEST = "wordings_sha256"


class Change(NamedTuple):
    """A file, what it holds, and what it is to hold."""

    path: Path
    before: bytes
    after: bytes


def addition(folder: Path, name: str, entry: WrittenIndicator) -> Change:
    """Give the change that adds an indicator to the file called `name` in the folder of a rulebook.

    The rulebook is read whole with the change, and nothing is written. Raises BadInput where it would then have a
    fault, or where the file is written in a way that lines cannot be put into.
    """
    contents = contents_of(folder)
    before = contents[name]
    contents[name] = with_indicator(str(folder / name), before, entry)
    read_rulebook(folder, contents, digest(contents))
    return Change(folder / name, before, contents[name])


def make(change: Change) -> None:
    """Write a change, whole or not at all. Raises BadInput where that cannot be done."""
    if read_bytes(change.path) != change.before:
        what = "Somebody changed this file in the meantime. Nothing was written."
        raise BadInput([Fault(str(change.path), what, "Look at it, then try again.")])
    try:
        write_whole(change.path, change.after)
    except OSError as error:
        what = f"This file cannot be written: {error.strerror}. Nothing was changed."
        fault = Fault(str(change.path), what, "See that you may write to it and to its folder.")
    else:
        return
    raise BadInput([fault])


def with_indicator(name: str, content: bytes, entry: WrittenIndicator) -> bytes:
    """Give what a file of indicators holds with one more: in the order of `n`, or at the end.

    The digest of its wordings is made anew. Raises BadInput where it no longer fitted, or where the file is
    written in a way that lines cannot be put into.
    """
    written = parse(name, content)
    value: Any = written.value
    indicators = value["indicators"]
    place = _place(indicators, entry.n)
    expected = {**value, "indicators": [*indicators[:place], as_written(entry), *indicators[place:]]}
    lines = content.decode().splitlines(keepends=True)
    if value.get(_DIGEST) is not None:
        _refuse_unproven(written, value)
        expected[_DIGEST] = digest_of_wordings(expected["indicators"], value.get("level"))
        _write_digest(lines, written, value[_DIGEST], expected[_DIGEST])
    _insert(lines, written, place, entry)
    changed = "".join(lines).encode()
    try:
        same = parse(name, changed).value == expected
    except BadInput:
        same = False
    if not same:
        what = "A new indicator cannot be put into this file as it is written."
        raise BadInput([Fault(name, what, "Write each indicator after a dash, with each of its keys on a line.")])
    return changed


def as_yaml(entry: WrittenIndicator) -> str:
    """Write an indicator as a file of a rulebook does, from its dash on, each value on one line."""
    text: str = yaml.dump([as_written(entry)], Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=2**31)
    return text


def as_written(entry: WrittenIndicator) -> dict[str, Any]:
    """Give what is written of an indicator, in order, without what is left out."""
    written = {key: getattr(entry, key) for key in _ORDER}
    return {key: value for key, value in written.items() if value is not None} | {"also": list(entry.also)}


class _Dumper(yaml.SafeDumper):
    """Sets a list in from the key that holds it."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT
        super().increase_indent(flow, indentless=False)


def _place(indicators: Sequence[Mapping[str, Any]], n: int | None) -> int:
    """Give the place of a new indicator: before the first with a higher number, or at the end."""
    if n is None:
        return len(indicators)
    higher = (place for place, one in enumerate(indicators) if one.get("n") is not None and one["n"] > n)
    return next(higher, len(indicators))


def _refuse_unproven(written: Written, value: Mapping[str, Any]) -> None:
    """Raise BadInput where a wording or basis has changed since the file was compared with the source."""
    now = digest_of_wordings(value["indicators"], value.get("level"))
    if now != value[_DIGEST]:
        what = "A wording, level, number, heading or basis here has changed since it was compared with the source."
        remedy = f'Compare them again, then write: {_DIGEST}: "{now}".'
        raise BadInput([Fault(written.where((_DIGEST,)), what, remedy)])


def _write_digest(lines: list[str], written: Written, old: str, new: str) -> None:
    line = written.places[(_DIGEST,)][0] - 1
    lines[line] = re.sub(rf"([\"']?){re.escape(old)}\1", f'"{new}"', lines[line], count=1)


def _insert(lines: list[str], written: Written, place: int, entry: WrittenIndicator) -> None:
    """Put the lines of a new indicator before those of the one that is now at its place, or after the last."""
    value: Any = written.value
    starts = [written.places[("indicators", index)] for index in range(len(value["indicators"]))]
    if not starts:
        return
    dash = lines[starts[0][0] - 1].find("-")
    end = _line_after(written, lines)
    at = starts[place][0] - 1 if place < len(starts) else end
    while at and _is_between(lines[at - 1], dash):
        at -= 1
    if lines[at - 1][-1:] not in ("\n", "\r"):
        lines[at - 1] += "\n"
    newline = "\r\n" if lines[0].endswith("\r\n") else "\n"
    spaced = len(starts) < 2 or not lines[starts[1][0] - 2].strip()
    new = [line + newline for line in indent(as_yaml(entry), " " * dash).splitlines()]
    blank = [newline] if spaced else []
    lines[at:at] = [*new, *blank] if place == 0 else [*blank, *new]


def _line_after(written: Written, lines: Sequence[str]) -> int:
    """Give the line after the list of indicators: that of the next key of the file, or of its end."""
    first = written.places[("indicators",)][0]
    later = [line - 1 for location, (line, _) in written.places.items() if len(location) == 1 and line > first]
    return min(later, default=len(lines))


def _is_between(line: str, dash: int) -> bool:
    """Say whether a line belongs to what follows it: it is empty, or a comment no further in than the dashes."""
    said = line.strip()
    return not said or (said.startswith("#") and line.index("#") <= dash)

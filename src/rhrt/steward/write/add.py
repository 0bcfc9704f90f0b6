"""Adding an indicator to a rulebook: what is asked of it, and how it is put in its file.

Every other line of the file stays as it is, to the byte. A YAML writer would not do: it sets comments, quotes and
empty values its own way. So the new lines are put between those that are there, and the file is then read again to
see that it says what it said before, and the new entry.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from textwrap import indent
from typing import Any, NamedTuple

import yaml

from rhrt.faults import BadInput, Fault, nearest
from rhrt.files import Written, read_bytes, write_whole
from rhrt.parser import parse
from rhrt.rulebook.ids import KEBAB, says_a_level, suggested
from rhrt.rulebook.load import contents_of, digest
from rhrt.rulebook.model import WrittenIndicator
from rhrt.rulebook.read import assembled, read_files, read_rulebook
from rhrt.rulebook.references import FEWEST_ALSO
from rhrt.steward.write.transcription import digest as digest_of_wordings

_FOLDER, _ENDING = "indicators/", ".yaml"


class Draft:
    """An indicator as far as it is known: `known` holds each answer under the name of its question."""

    def __init__(self, folder: Path) -> None:
        """Read the rulebook in a folder. Raises BadInput with every fault."""
        contents = contents_of(folder)
        written = read_files(folder, contents)
        self.rulebook = assembled(written, digest(contents))
        self.known: dict[str, Any] = {}
        files = [name.removeprefix(_FOLDER) for name in written if name.startswith(_FOLDER)]
        self._files: dict[str, Any] = {name: written[f"{_FOLDER}{name}"].value for name in files}
        ways = {one.id: self.rulebook.phrases_of(one) for one in self.rulebook.indicators}
        self._said = {words.casefold(): id_ for id_, phrases in ways.items() for words in phrases}

    def take(self, name: str, answer: str) -> None:
        """Take an answer; for `also`, one way of saying it. Raises BadInput where it cannot be an answer."""
        if name == "also":
            self.known["also"] = (*self.known.get("also", ()), self._way_of_saying(answer))
        else:
            self.known[name] = getattr(self, f"_read_{name}")(answer)

    def forget(self, name: str) -> None:
        """Take back the answer to a question."""
        self.known.pop(name, None)

    def needs(self, name: str) -> bool:
        """Say whether a question must be answered, by what is known so far."""
        if name == "also":
            return len(self.known.get("also", ())) < FEWEST_ALSO
        asked = name in ("level", "wording", "id") or (name in ("file", "heading", "basis") and self.has(name))
        return asked and name not in self.known

    def has(self, name: str) -> bool:
        """Say whether indicators like this one have an answer to a question that not all have."""
        level = self.known.get("level")
        if name == "file":
            return level is not None and len(self._files_of_level()) != 1
        if name == "basis":
            return any(one.level == level and one.basis for one in self.rulebook.indicators)
        file = self.file
        return file is not None and any(one.get(name) is not None for one in self._files[file]["indicators"])

    def choices(self, name: str) -> Sequence[tuple[str, str]]:
        """Give what can be answered to a question, each with its words; nothing where anything can."""
        rulebook = self.rulebook
        known = {
            "level": [(str(one.level), one.name) for one in rulebook.levels],
            "file": [(file, file) for file in self._files_that_fit()],
            "heading": [(one.id, one.title) for one in rulebook.headings],
            "basis": [(one.id, one.meaning) for one in rulebook.bases],
        }
        return known.get(name, [])

    def suggestion(self, name: str) -> str:
        """Give an answer to start from, where there is one."""
        id_ = suggested(self.known.get("wording", "")) if name == "id" else ""
        taken = (*self.rulebook.indicator, *self.rulebook.aliases, *self.rulebook.taken_out)
        return "" if id_ in taken else id_

    @property
    def file(self) -> str | None:
        """The name of the file to which it belongs, without folder and ending; None until that is known."""
        of_level = self._files_of_level()
        return self.known.get("file") or (of_level[0] if len(of_level) == 1 else None)

    @property
    def file_name(self) -> str:
        """The name of that file in the folder of the rulebook."""
        return f"{_FOLDER}{self.file}{_ENDING}"

    def written(self) -> WrittenIndicator:
        """Give the indicator, once every question that must be answered is."""
        given: dict[str, Any] = {name: answer for name, answer in self.known.items() if name != "file"}
        if self._files[str(self.file)].get("level") is not None:
            del given["level"]
        printed = [form for one in self.rulebook.headings if one.id == given.get("heading") for form in one.printed]
        if len(printed) == 1 and self.has("printed_heading"):
            given["printed_heading"] = printed[0]
        return WrittenIndicator(**given)

    def _read_level(self, answer: str) -> int:
        levels = [level for level, _ in self.choices("level")]
        if answer not in levels:
            what = f"There is no Level {answer[:80]}." if answer else "There is no level here."
            raise _fault("level", what, f"Write one of: {', '.join(levels)}.")
        return int(answer)

    def _read_file(self, answer: str) -> str:
        name = answer.removeprefix(_FOLDER).removesuffix(_ENDING)
        return _one_of("file", name, self._files_that_fit(), "No file of indicators for that level is called")

    def _read_heading(self, answer: str) -> str:
        return _one_of("heading", answer, [id_ for id_, _ in self.choices("heading")], "There is no heading")

    def _read_basis(self, answer: str) -> str:
        if "level" in self.known and not self.has("basis"):
            raise _fault("basis", f"No indicator at Level {self.known['level']} has a basis.", "Leave it out.")
        return _one_of("basis", answer, [id_ for id_, _ in self.choices("basis")], "There is no basis")

    def _read_wording(self, answer: str) -> str:
        return _words("wording", answer)

    def _read_id(self, answer: str) -> str:
        rulebook = self.rulebook
        if not KEBAB.match(answer):
            raise _fault("id", f"'{answer[:80]}' is not a plain name.", "Use small letters and hyphens.")
        if answer in rulebook.indicator:
            raise _fault("id", f"There is an indicator '{answer}' already.", "Say how this one differs.")
        if answer in rulebook.aliases:
            what = f"'{answer}' was the id of '{rulebook.aliases[answer]}', and old records use it."
            raise _fault("id", what, "Choose another.")
        if answer in rulebook.taken_out:
            raise _fault("id", f"{rulebook.taken_out[answer].what} Old records use it.", "Choose another.")
        if says_a_level(answer, max(rulebook.level)):
            what = f"'{answer}' names a level, which a new edition may move."
            raise _fault("id", what, "Say the concern and its degree instead.")
        return answer

    def _read_n(self, answer: str) -> int:
        n = _number("n", answer)
        taken = [one.id for one in self.rulebook.indicators if one.n == n]
        if taken:
            raise _fault("n", f"The number {n} is that of '{taken[0]}'.", "Give it its own place in the framework.")
        return n

    def _read_page(self, answer: str) -> int:
        return _number("page", answer)

    def _way_of_saying(self, answer: str) -> str:
        words = _words("also", answer)
        so_far = [self.known.get("wording", ""), *self.known.get("also", ())]
        if words.casefold() in (one.casefold() for one in so_far):
            raise _fault("also", f"'{words[:80]}' is said already.", "Say it in another way.")
        if words.casefold() in self._said:
            what = f"'{words[:80]}' says '{self._said[words.casefold()]}' already."
            raise _fault("also", what, "Say it in a way that fits this one alone.")
        return words

    def _files_of_level(self) -> list[str]:
        level = self.known.get("level")
        return [file for file, value in self._files.items() if level is not None and value.get("level") == level]

    def _files_that_fit(self) -> list[str]:
        """Give the files that can hold it: those of its level, then those whose indicators each give their own."""
        unknown = "level" not in self.known
        others = [file for file, value in self._files.items() if unknown or value.get("level") is None]
        return self._files_of_level() + others


def _fault(name: str, what: str, remedy: str) -> BadInput:
    return BadInput([Fault(f"--{name}", what, remedy)])


def _one_of(name: str, answer: str, known: Sequence[str], there_is_no: str) -> str:
    if answer not in known:
        remedy = nearest(answer, known) or f"Write one of: {', '.join(known)}."
        raise _fault(name, f"{there_is_no} '{answer[:80]}'.", remedy)
    return answer


def _words(name: str, answer: str) -> str:
    words = " ".join(answer.split())  # a line break or a hard space in print is no part of the wording
    if not words:
        raise _fault(name, "There are no words here.", "Write them.")
    if not words.isprintable() or "\ufffd" in words:
        raise _fault(name, "There is a character here that text may not hold.", "Write plain words.")
    return words


def _number(name: str, answer: str) -> int:
    if answer.isascii() and answer.isdigit() and len(answer) < 7 and int(answer) > 0:
        return int(answer)
    raise _fault(name, f"'{answer[:80]}' is not a whole number above 0.", "Write a number such as 12.")


_ORDER = ("id", "n", "level", "basis", "heading", "printed_heading", "page", "wording", "also")
_DIGEST = "wordings_sha256"


class FileChange(NamedTuple):
    """A file, what it holds, and what it is to hold."""

    path: Path
    before: bytes
    after: bytes


def addition(folder: Path, name: str, entry: WrittenIndicator) -> FileChange:
    """Give the change that adds an indicator to the file called `name` in the folder of a rulebook.

    The rulebook is read whole with the change, and nothing is written. Raises BadInput where it would then have a
    fault, or where the file is written in a way that lines cannot be put into.
    """
    contents = contents_of(folder)
    before = contents[name]
    contents[name] = with_indicator(str(folder / name), before, entry)
    read_rulebook(folder, contents, digest(contents))
    return FileChange(folder / name, before, contents[name])


def make(change: FileChange) -> None:
    """Write a change, whole or not at all. Raises BadInput where that cannot be done."""
    if read_bytes(change.path) != change.before:
        what = "Somebody changed this file in the meantime. Nothing was written."
        raise BadInput([Fault(str(change.path), what, "Look at it, then try again.")])
    try:
        write_whole(change.path, change.after)
    except OSError as error:
        what = f"This file cannot be written: {error.strerror}. Nothing was changed."
        raise BadInput([Fault(str(change.path), what, "See that you may write to it and to its folder.")]) from None


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
    with suppress(BadInput):
        if parse(name, changed).value == expected:
            return changed
    what = "A new indicator cannot be put into this file as it is written."
    raise BadInput([Fault(name, what, "Write each indicator after a dash, with each of its keys on a line.")])


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
    higher = (place for place, one in enumerate(indicators) if n and (one.get("n") or 0) > n)
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

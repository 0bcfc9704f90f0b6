"""An indicator that somebody is adding: what is asked of it, and what each answer must be like."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rhrt.faults import BadInput, Fault, nearest
from rhrt.files import parse
from rhrt.rulebook.ids import KEBAB, says_a_level, suggested
from rhrt.rulebook.load import contents_of, digest
from rhrt.rulebook.model import WrittenIndicator
from rhrt.rulebook.read import read_rulebook
from rhrt.rulebook.references import FEWEST_ALSO

_FOLDER, _ENDING = "indicators/", ".yaml"


class Draft:
    """An indicator as far as it is known: `known` holds each answer under the name of its question."""

    def __init__(self, folder: Path) -> None:
        """Read the rulebook in a folder. Raises BadInput with every fault."""
        contents = contents_of(folder)
        self.rulebook = read_rulebook(folder, contents, digest(contents))
        self.known: dict[str, Any] = {}
        self._files: dict[str, Any] = {
            name.removeprefix(_FOLDER).removesuffix(_ENDING): parse(name, content).value
            for name, content in contents.items()
            if name.startswith(_FOLDER)
        }
        self._said = {one.wording.casefold(): one.id for one in self.rulebook.indicators}
        self._said |= {words.casefold(): one.id for one in self.rulebook.indicators for words in one.also}

    def take(self, name: str, answer: str) -> None:
        """Take an answer; for `also`, one way of saying it. Raises BadInput where it cannot be an answer."""
        if name == "also":
            self.known["also"] = (*self.known.get("also", ()), self._way_of_saying(answer))
        else:
            self.known[name] = _READERS[name](self, answer)

    def forget(self, name: str) -> None:
        """Take back the answer to a question."""
        self.known.pop(name, None)

    def needs(self, name: str) -> bool:
        """Say whether a question must be answered, by what is known so far."""
        if name in ("level", "wording", "id"):
            return name not in self.known
        if name == "also":
            return len(self.known.get("also", ())) < FEWEST_ALSO
        return name in ("file", "heading", "basis") and name not in self.known and self.has(name)

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
        if name == "level":
            return [(str(one.level), one.name) for one in rulebook.levels]
        if name == "file":
            return [(file, file) for file in self._files_that_fit()]
        if name == "heading":
            return [(one.id, one.title) for one in rulebook.headings]
        return [(one.id, one.meaning) for one in rulebook.bases] if name == "basis" else []

    def suggestion(self, name: str) -> str:
        """Give an answer to start from, where there is one."""
        id_ = suggested(self.known.get("wording", "")) if name == "id" else ""
        return (
            id_ if id_ not in (*self.rulebook.indicator, *self.rulebook.aliases, *self.rulebook.taken_out) else ""
        )

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

    def read_level(self, answer: str) -> int:
        """Read the level."""
        levels = [level for level, _ in self.choices("level")]
        if answer not in levels:
            what = f"There is no Level {answer[:80]}." if answer else "There is no level here."
            raise _fault("level", what, f"Write one of: {', '.join(levels)}.")
        return int(answer)

    def read_file(self, answer: str) -> str:
        """Read the name of a file of indicators, with or without its folder and ending."""
        name = answer.removeprefix(_FOLDER).removesuffix(_ENDING)
        return _one_of("file", name, self._files_that_fit(), "No file of indicators for that level is called")

    def read_heading(self, answer: str) -> str:
        """Read the id of a heading."""
        return _one_of("heading", answer, [id_ for id_, _ in self.choices("heading")], "There is no heading")

    def read_basis(self, answer: str) -> str:
        """Read the id of a basis, which an indicator has where others of its level have one."""
        if "level" in self.known and not self.has("basis"):
            raise _fault("basis", f"No indicator at Level {self.known['level']} has a basis.", "Leave it out.")
        return _one_of("basis", answer, [id_ for id_, _ in self.choices("basis")], "There is no basis")

    def read_wording(self, answer: str) -> str:
        """Read the wording as printed."""
        return _words("wording", answer)

    def read_id(self, answer: str) -> str:
        """Read an id: plain, its own, and without the number of a level."""
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

    def read_n(self, answer: str) -> int:
        """Read its place in the framework's list."""
        n = _number("n", answer)
        taken = [one.id for one in self.rulebook.indicators if one.n == n]
        if taken:
            raise _fault("n", f"The number {n} is that of '{taken[0]}'.", "Give it its own place in the framework.")
        return n

    def read_page(self, answer: str) -> int:
        """Read the page on which it is printed."""
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


_READERS: Mapping[str, Callable[[Draft, str], Any]] = {
    "level": Draft.read_level,
    "file": Draft.read_file,
    "heading": Draft.read_heading,
    "basis": Draft.read_basis,
    "wording": Draft.read_wording,
    "id": Draft.read_id,
    "n": Draft.read_n,
    "page": Draft.read_page,
}


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

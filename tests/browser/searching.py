"""The search by words as a browser runs it, asked from Python: one process of Node for many questions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic_core import to_json

from rhrt import BadInput, Rulebook
from rhrt.browser.search import search_data
from rhrt.search import find as finding
from rhrt.search import spot as spotting
from rhrt.search.find import Search
from tests.browser.node import Lines, running

FIND, SPOT = "find", "spot"


def as_python_gives(ask: str, words: str, search: Search, limit: int) -> str:
    """Give the answer of the library, or its refusal, as JSON."""
    try:
        if ask == FIND:
            answer: Any = [finding.document(one) for one in finding.find(words, search, limit)]
        else:
            answer = spotting.document(spotting.spot(words, search, limit))
    except BadInput as refusal:
        answer = {"refused": [fault._asdict() for fault in refusal.faults]}
    return to_json(answer).decode()


def written(rulebook: Rulebook, folder: Path) -> Path:
    """Write the data of a rulebook's search as it is handed out."""
    file = folder / f"{rulebook.id}.json"
    data = json.dumps(search_data(rulebook), ensure_ascii=False, separators=(",", ":"))
    file.write_text(data, encoding="utf-8")
    return file


@dataclass(frozen=True)
class Searching:
    """The search in one rulebook, by Python and by Node."""

    search: Search
    node: Lines

    def by_script(self, ask: str, *given: str | int) -> tuple[str, float]:
        """Give the answer of the script as it is, and how many milliseconds it took."""
        self.node.tell(json.dumps([ask, *given]).encode())
        took, _, answer = self.node.told().decode().partition(" ")
        return answer, float(took)

    def assert_equal(self, ask: str, words: str, limit: int = 12) -> None:
        """Hold the script's answer against Python's, byte for byte."""
        wanted = as_python_gives(ask, words, self.search, limit)
        given, _ = self.by_script(ask, words, limit)
        place = next((at for at, pair in enumerate(zip(wanted, given, strict=False)) if len({*pair}) > 1), None)
        place = min(len(wanted), len(given)) if place is None else place
        around = slice(max(0, place - 60), place + 60)
        assert wanted == given, f"{ask} {words!r}\nPython: …{wanted[around]}\nscript: …{given[around]}"


@contextmanager
def searching(rulebook: Rulebook, folder: Path) -> Iterator[Searching]:
    """Start the script with the data of a rulebook, and stop it."""
    with running("searching.mjs", written(rulebook, folder)) as lines:
        yield Searching(Search(rulebook), lines)

"""The scripts that say an answer, run in Node: each message is a line of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic_core import to_json

from rhrt import Record, Rulebook, Suggestion, assess
from rhrt.browser.said import said_data
from rhrt.faults import NotWhole
from rhrt.web.answering import answer
from rhrt.web.api.assessments import prompted
from tests.browser.node import Lines, running


class Prompting:
    """A running Node that says the answers of one rulebook at a time; Python gives the documents it asks for."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self.rulebook: Rulebook | None = None
        self.tried: list[Record] = []

    def take(self, rulebook: Rulebook) -> None:
        """Go on with another rulebook."""
        if self.rulebook is not rulebook:
            self.rulebook = rulebook
            self.ask("data", said_data(rulebook))

    def prompted(self, record: Any, rulebook: Rulebook) -> str:
        """Give what the scripts answer to a record as it was written."""
        self.take(rulebook)
        document = assess(Record.model_validate(record), rulebook).model_dump(mode="json")
        return self.ask("prompted", {"record": record, "document": document})

    def ask(self, way: str, given: Any = None) -> str:
        """Ask for something, and give the text of what is answered."""
        self._lines.tell(to_json([way, given]))
        while True:
            (kind, said), *_ = json.loads(self._lines.told()).items()
            if kind == "answer":
                return str(said)
            assert kind == "assess", said
            self._lines.tell(to_json(self._assessed(said)))

    def _assessed(self, record: Any) -> Any:
        read = Record.model_validate(record)
        self.tried.append(read)
        try:
            return {"document": assess(read, self.rulebook).model_dump(mode="json")}
        except NotWhole:
            return {"error": "NotWhole"}


@contextmanager
def prompting() -> Iterator[Prompting]:
    """Run the scripts in Node."""
    with running("prompted.mjs") as lines:
        yield Prompting(lines)


def expected(record: Any, rulebook: Rulebook) -> str:
    """Give what the service answers to a record as it was written."""
    return served(Record.model_validate(record), rulebook)


def served(read: Record, rulebook: Rulebook) -> str:
    """Give what the service answers to a record."""
    suggestion: Suggestion = assess(read, rulebook)
    return bytes(answer(prompted(read, suggestion)).body).decode()


def first_difference(given: str, wanted: str) -> str | None:
    """Show where two texts begin to differ; None where they do not."""
    if given == wanted:
        return None
    pairs = enumerate(zip(given, wanted, strict=False))
    place = next((at for at, (one, other) in pairs if one != other), min(len(given), len(wanted)))
    around = slice(max(0, place - 120), place + 120)
    return f"at {place}:\n{given[around]}\nand not\n{wanted[around]}"

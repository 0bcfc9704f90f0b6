"""The scripts of the browser, run by Node: one process for a whole test, asked in lines of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from pydantic_core import to_json

import rhrt.browser
from rhrt import NotWhole, Record, Rulebook
from rhrt.browser.rulebook import EVALUATED_BY, encoded, rulebook_data
from rhrt.faults import EvaluatorsDiffer
from rhrt.reasoning.engine import Engine
from rhrt.record import check
from rhrt.testing.properties import Written
from tests.browser.node import Lines, running

SCRIPTS = Path(rhrt.browser.__file__).parent / "script"
TOGETHER = 100
"""How many records are asked at a time: Node works on them while Python works on the same."""


class Difference(NamedTuple):
    """Where two texts differ first, with what stands around it."""

    record: Written
    there: str
    here: str


class Python:
    """One rulebook, and the documents that Python gives by it."""

    def know(self, rulebook: Rulebook) -> None:
        """Take a rulebook."""
        self.rulebook = rulebook
        self._engine = Engine(rulebook)

    def expected(self, written: Written) -> bytes:
        """Give the document of a record by Python, with the scripts' evaluators named in it; or the refusal."""
        try:
            document = self._engine.suggest(check(Record.model_validate(written), self.rulebook)).model_dump_json()
        except (EvaluatorsDiffer, NotWhole) as none:
            return to_json({"refused": type(none).__name__, "message": str(none)})
        named = b'"evaluated_by":%b'
        here = named % to_json(self._engine.conclusions.inference.evaluated_by)
        assert document.count(here) == 1
        return document.replace(here, named % to_json(EVALUATED_BY))


class Scripted(Python):
    """One rulebook, as the scripts know it, beside the same in Python."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    def take(self, rulebook: Rulebook) -> None:
        """Take a rulebook in both."""
        self.know(rulebook)
        assert self.take_data(rulebook_data(rulebook)) == "ready"

    def take_data(self, data: Mapping[str, Any]) -> Any:
        """Take data in the scripts alone, and give what they say of it."""
        self._lines.tell(b'{"rulebook":%b}' % encoded(data))
        return json.loads(self._lines.told())

    def text(self, written: Written) -> str:
        """Give the document of a record by the scripts, as they write it; or the refusal."""
        self._lines.tell(to_json({"record": written}))
        return self._lines.told().decode()

    def times(self, records: Sequence[Written]) -> list[float]:
        """Give how many milliseconds each answer takes."""
        self._lines.tell(to_json({"time": records}))
        found: list[float] = json.loads(self._lines.told())
        return found

    def spoil(self, written: Written) -> int:
        """Have every word and list of one document altered where that can be done, and say how many were tried."""
        self._lines.tell(to_json({"spoil": written}))
        tried: int = json.loads(self._lines.told())
        return tried

    def differences(self, records: Iterable[Written]) -> Iterator[Difference | None]:
        """Give for each record None where both say the same, to the byte, and else where they differ."""
        given = iter(records)
        while batch := [*islice(given, TOGETHER)]:
            self._lines.tell(to_json({"records": batch}))
            expected = [sha256(self.expected(written)).hexdigest() for written in batch]
            for written, here, there in zip(batch, expected, json.loads(self._lines.told()), strict=True):
                yield None if here == there else self._difference(written)

    def assert_the_same(self, records: Iterable[Written]) -> int:
        """See that each record has the same document in both, to the byte, and say how many there were."""
        found = [*self.differences(records)]
        assert [one for one in found if one][:3] == []
        return len(found)

    def _difference(self, written: Written) -> Difference:
        there, here = self.text(written), self.expected(written).decode()
        length = min(len(there), len(here))
        place = next((place for place in range(length) if there[place] != here[place]), length)
        around = slice(max(0, place - 200), place + 100)
        return Difference(written, there[around], here[around])


@contextmanager
def scripts() -> Iterator[Scripted]:
    """Run the scripts."""
    with running("equal.mjs", (SCRIPTS / "assess.js").as_uri()) as lines:
        yield Scripted(lines)

"""The folder of a rulebook as its steward sees it: the rulebook, its files line by line, and its cases."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from rhrt.faults import BadInput, Fault
from rhrt.files import Location, Written, read
from rhrt.reasoning.sets import SituationSets
from rhrt.reasoning.situations import Situations
from rhrt.rulebook.load import contents_of, digest, folder_of
from rhrt.rulebook.model import Clause, Rulebook
from rhrt.rulebook.read import assembled, read_files
from rhrt.rulebook.written import CoverageFile


@dataclass(frozen=True)
class RulebookFolder:
    """One rulebook with all that its folder holds. `written` and `cases` are by name, without `.yaml`.

    `before` is an earlier state of the rulebook, where there is one to compare with.
    """

    path: Path
    rulebook: Rulebook
    written: Mapping[str, Written]
    cases: Mapping[str, Written]
    before: Rulebook | None = None

    @cached_property
    def situations(self) -> Situations:
        """Every situation that the rulebook can meet."""
        return Situations(self.rulebook)

    @cached_property
    def sets(self) -> SituationSets:
        """The same, by what is true of them."""
        return SituationSets(self.situations)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Each clause of the framework, as the folder accounts for it."""
        value = json.dumps(self.written["coverage"].value)
        return TypeAdapter(CoverageFile).validate_json(value, strict=True).coverage

    def entries(self, name: str) -> Iterator[tuple[str, Location, Mapping[str, Any]]]:
        """Give each entry of a list of the rulebook, with its file and its location there."""
        for file, content in self.written.items():
            value = content.value.get(name) if isinstance(content.value, dict) else None
            for index, entry in enumerate(value) if isinstance(value, list) else ():
                if isinstance(entry, dict):
                    yield file, (name, index), entry

    def where(self, file: str, location: Location) -> str:
        """Say where something stands, as `file:line:column`."""
        return (self.written.get(file) or self.cases[file]).where(location)


def open_folder(id_or_path: str | Path | None = None, before: Rulebook | None = None) -> RulebookFolder:
    """Open the folder of a rulebook, by id or path. Raises BadInput with every fault of every file."""
    path = folder_of(id_or_path)
    contents = contents_of(path)
    written = read_files(path, contents)
    return RulebookFolder(path, assembled(written, digest(contents)), written, _cases(path / "cases"), before)


def _cases(folder: Path) -> dict[str, Written]:
    faults: list[Fault] = []
    cases: dict[str, Written] = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            cases[f"cases/{path.stem}"] = read(path)
        except BadInput as bad:
            faults += bad.faults
    if faults:
        raise BadInput(faults)
    return cases

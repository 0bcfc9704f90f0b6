"""A worked case: a narrative, the record made of it, what is expected, and why."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from rhrt.faults import BadInput, Fault
from rhrt.files import read
from rhrt.part import Part, part
from rhrt.record import Child, Marks, Record
from rhrt.shape import faults_of


@part
class Expected(Part):
    """What an answer should say: ids of reasons in the framework's order, and codes of actions in order.

    The practitioner's own judgement, where it is a reason, stands first under the id of its rule.
    """

    level: int | None
    route: str | None
    urgency: str
    harm: bool
    reasons: tuple[str, ...]
    actions: tuple[str, ...]


@part
class WhatIf(Part):
    """The same case with something changed: answers, marks (`unmark` takes one away), age band, circumstances."""

    change: str
    expected: Expected
    why: str
    situation: Mapping[str, str] = field(default_factory=dict)
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    not_known: tuple[str, ...] = ()
    unmark: tuple[str, ...] = ()
    age_band: str | None = None
    circumstances: tuple[str, ...] | None = None


@part
class WorkedCase(Part):
    """One worked case of a rulebook; trainers and tests use the same."""

    title: str
    narrative: str
    record: Record
    expected: Expected
    why: str
    what_if: tuple[WhatIf, ...] = ()


class Example(NamedTuple):
    """One record of a worked case, as told or with something changed (`change` says what), and what is expected."""

    file: str
    title: str
    record: Record
    expected: Expected
    change: str | None = None


def read_case(path: Path) -> WorkedCase:
    """Read a worked case. Raises BadInput with every fault of the file."""
    written = read(path)
    try:
        return _adapter().validate_json(json.dumps(written.value), strict=True)
    except ValidationError as error:
        faults = faults_of(error.errors(), written.value, written.where, ())
    raise BadInput(faults)


@cache
def _adapter() -> TypeAdapter[WorkedCase]:
    """Describe a case once: it costs more than reading one."""
    return TypeAdapter(WorkedCase)


def read_cases(folder: Path) -> dict[str, WorkedCase]:
    """Read the worked cases of a folder, by file name. Raises BadInput with every fault of every file."""
    faults: list[Fault] = []
    found: dict[str, WorkedCase] = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            found[path.name] = read_case(path)
        except BadInput as bad:
            faults += bad.faults
    if faults:
        raise BadInput(faults)
    return found


def read_examples(folder: Path) -> list[Example]:
    """Read every example of a folder of worked cases. Raises BadInput with every fault of every file."""
    return [example for file, case in read_cases(folder).items() for example in examples(file, case)]


def examples(file: str, case: WorkedCase) -> Iterator[Example]:
    """Give the case as told, then with each of its changes."""
    yield Example(file, case.title, case.record, case.expected)
    for change in case.what_if:
        title = f"{case.title}: {change.change}"
        yield Example(file, title, changed(case.record, change), change.expected, change.change)


def changed(record: Record, change: WhatIf) -> Record:
    """Make the record that a change describes."""
    moved = {*change.present, *change.absent, *change.not_known, *change.unmark}
    marks = {
        mark: tuple(id_ for id_ in getattr(record.indicators, mark) if id_ not in moved) + getattr(change, mark)
        for mark in ("present", "absent", "not_known")
    }
    return replace(
        record,
        child=record.child if change.age_band is None else Child(age_band=change.age_band),
        indicators=Marks(**marks),
        circumstances=record.circumstances if change.circumstances is None else change.circumstances,
        situation={**record.situation, **change.situation},
    )

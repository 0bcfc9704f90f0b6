"""A worked case: a narrative, the record made of it, what is expected, and why."""

from ast import literal_eval
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from rhrt.faults import BadInput, Fault, nearest
from rhrt.files import Location, Written
from rhrt.parser import read
from rhrt.part import Part, part
from rhrt.record import Child, Marks, OwnJudgement, Record, check
from rhrt.rulebook.cut import cut_off
from rhrt.rulebook.load import of_each
from rhrt.rulebook.model import Rulebook
from rhrt.rulebook.read import shaped
from rhrt.suggestion import Suggestion

T = TypeVar("T")


@part
class Expected(Part):
    """What an answer should say: ids of reasons in the framework's order, and codes of actions in order.

    Answers that are reasons stand first, each once, under the id of the question or follow-up question answered:
    those that set the level, and those that are the reason for a step. A judgement that rests on several answers
    together has the id of its rule.
    """

    level: int | None
    route: str | None
    urgency: str
    harm: bool
    reasons: tuple[str, ...]
    actions: tuple[str, ...]


def in_short(suggestion: Suggestion) -> Expected:
    """Give of an answer what worked cases expect of one."""
    return Expected(
        level=suggestion.level,
        route=suggestion.route,
        urgency=suggestion.urgency,
        harm=suggestion.harm,
        reasons=tuple(one.called for one in suggestion.reasons),
        actions=tuple(step.code for step in suggestion.actions),
    )


def in_words(expected: object) -> str:
    """Say what an answer has, or should have, for one part of it."""
    if isinstance(expected, bool):
        return "yes" if expected else "no"
    if isinstance(expected, tuple):
        return ", ".join(expected) or "none"
    return "none" if expected is None else str(expected)


@part
class WhatIf(Part):
    """The same case with something changed: answers, marks (`unmark` takes one away), age band, and the rest."""

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
    follow_ups: Mapping[str, str] = field(default_factory=dict)
    judgement: OwnJudgement | None = None


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

    @property
    def named(self) -> str:
        """Name it to people: its case's file, and its title."""
        return f"{Path(self.file).stem}: {self.title}"


def read_case(path: Path, rulebook: Rulebook | None = None) -> WorkedCase:
    """Read a worked case; where its rulebook is given, also whether that knows all that the case names.

    Raises BadInput with every fault of the file.
    """
    written = read(path)
    faults = [Fault(written.where(place), what, remedy) for place, what, remedy in misfits(written, rulebook)]
    if faults:
        raise BadInput(faults)
    return shaped(WorkedCase, written, written.where)


Misfit = tuple[Location, str, str]
"""Where in a worked case something is wrong, what it is, and what to do."""


def misfits(written: Written, rulebook: Rulebook | None = None) -> Iterator[Misfit]:
    """Give what keeps a file from being a worked case, and what in it a rulebook does not know or marks twice."""
    yield from cut_off(written)
    try:
        case = shaped(WorkedCase, written, repr)
    except BadInput as bad:
        yield from _located(bad)
        return
    if rulebook:
        yield from ((("record", *place), what, remedy) for place, what, remedy in _refused(case.record, rulebook))
        for index, change in enumerate(case.what_if):
            yield from _misfits_of(change, ("what_if", index), case.record, rulebook)


def _located(bad: BadInput) -> Iterator[Misfit]:
    """Give faults with their locations, which each names as Python writes them."""
    return ((literal_eval(fault.where), fault.what, fault.remedy) for fault in bad.faults)


def _refused(record: Record, rulebook: Rulebook) -> Iterator[Misfit]:
    try:
        check(record, rulebook, repr)
    except BadInput as bad:
        yield from _located(bad)


def _misfits_of(change: WhatIf, at: Location, told: Record, rulebook: Rulebook) -> Iterator[Misfit]:
    """Give what is wrong with a change itself, and not with the record that it changes."""
    record = changed(told, change)
    for location, what, remedy in _refused(record, rulebook):
        own = _place_in_change(location, change, record)
        if own:
            yield (*at, *own), what, remedy
    for index, id_ in enumerate(change.unmark):
        if rulebook.aliases.get(id_, id_) not in rulebook.indicator:
            remedy = nearest(id_, rulebook.indicator) or "Remove it."
            yield (*at, "unmark", index), f"There is no indicator '{id_[:80]}'.", remedy


def _place_in_change(location: Location, change: WhatIf, record: Record) -> Location:
    """Say where in a change something of the changed record stands; empty where it stands in the record as told."""
    kind, last = location[0], location[-1]
    if kind == "indicators":
        mark = str(location[1])
        id_, own = getattr(record.indicators, mark)[last], getattr(change, mark)
        return (mark, own.index(id_)) if id_ in own else ()
    if kind in ("situation", "follow_ups"):
        return (kind, last) if last in getattr(change, kind) else ()
    if kind == "child":
        return ("age_band",) if change.age_band is not None else ()
    return location if kind in ("circumstances", "judgement") and getattr(change, kind) is not None else ()


def read_cases(folder: Path, rulebook: Rulebook | None = None) -> dict[str, WorkedCase]:
    """Read the worked cases of a folder, by file name, as `read_case` does each.

    Raises BadInput with every fault of every file.
    """
    cases = read_each(sorted(folder.glob("*.yaml")), lambda path: read_case(path, rulebook))
    return {path.name: case for path, case in cases.items()}


def read_each(paths: Iterable[Path], reading: Callable[[Path], T]) -> dict[Path, T]:
    """Read each file, by its path. Raises BadInput with every fault of every file."""
    found, faults = of_each(paths, reading)
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
        follow_ups={**record.follow_ups, **change.follow_ups},
        judgement=record.judgement if change.judgement is None else change.judgement,
    )

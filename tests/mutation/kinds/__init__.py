"""The kinds of slip: one function each, one concern a file. Each gives the mutants of its kind for a rulebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from rhrt.files import Location
from rhrt.steward.folder import RulebookFolder
from tests.mutation.mutant import Edit


class Slip(NamedTuple):
    """One mutant before it has its kind: the place, what is done there, and the edits."""

    place: str
    what: str
    edits: tuple[Edit, ...]


Make = Callable[[RulebookFolder], Iterator[Slip]]


class Kind(NamedTuple):
    """One kind of slip. Where it `decides`, what it changes may decide an answer, so no place of it is left out."""

    name: str
    concern: str
    decides: bool
    make: Make


def slip(place: str, what: str, *edits: Edit) -> Slip:
    """Make a slip of its edits."""
    return Slip(place, what, edits)


def entries(folder: RulebookFolder, name: str) -> Iterator[tuple[str, str, Location, dict[str, Any]]]:
    """Give each entry of a list of the rulebook: its own name, its file, its location and what it says."""
    for file, location, entry in folder.entries(name):
        own = next((entry[key] for key in ("id", "code", "clause", "level") if key in entry), location[-1])
        yield f"{name}/{own}", file, location, dict(entry)


def without(listed: Sequence[Any], place: int) -> list[Any]:
    """Give a list without the entry at one place."""
    return [*listed[:place], *listed[place + 1 :]]


def swapped(listed: Sequence[Any], one: int, other: int) -> list[Any]:
    """Give a list with two entries in each other's place."""
    changed = list(listed)
    changed[one], changed[other] = changed[other], changed[one]
    return changed


def neighbours(
    folder: RulebookFolder, file: str, name: str
) -> Iterator[tuple[int, dict[str, Any], dict[str, Any]]]:
    """Give each two entries of a list that stand next to each other, with the place of the first."""
    listed: Any = folder.written[file].value
    for place, (one, other) in enumerate(zip(listed[name], listed[name][1:], strict=False)):
        yield place, one, other


def value_at(value: Any, location: Location) -> Any:
    """Give what stands at a location of a file."""
    for step in location:
        value = value[step]
    return value

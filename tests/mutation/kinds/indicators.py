"""Slips in indicators: their level, basis, id, number, heading, wording and how people say them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rhrt.rulebook.conditions import highest_level
from rhrt.steward.folder import RulebookFolder
from tests.mutation.kinds import Slip, entries, slip
from tests.mutation.mutant import GONE, Edit


def change_level(folder: RulebookFolder) -> Iterator[Slip]:
    """Raise or lower an indicator by one level: move it to the file of that level, or change the level it gives."""
    files = _file_of_each_level(folder)
    for place, file, location, entry in entries(folder, "indicators"):
        level = folder.rulebook.indicator[entry["id"]].level
        for other in (level - 1, level + 1):
            if other not in files:
                continue
            if entry.get("level") is not None:
                edits: tuple[Edit, ...] = (Edit(file, (*location, "level"), other),)
            else:
                listed: Any = folder.written[files[other]].value
                moved = [*listed["indicators"], entry]
                edits = Edit(file, location, GONE), Edit(files[other], ("indicators",), moved)
            yield slip(place, f"Level {level} becomes Level {other}", *edits)


def change_basis(folder: RulebookFolder) -> Iterator[Slip]:
    """Give an indicator another basis."""
    for place, file, location, entry in entries(folder, "indicators"):
        for basis in folder.rulebook.bases:
            if entry.get("basis") not in (None, basis.id):
                yield slip(place, f"has basis {basis.id}", Edit(file, (*location, "basis"), basis.id))


def drop_basis(folder: RulebookFolder) -> Iterator[Slip]:
    """Leave out the basis of an indicator."""
    for place, file, location, entry in entries(folder, "indicators"):
        if entry.get("basis") is not None:
            yield slip(place, "has no basis", Edit(file, (*location, "basis"), GONE))


def milder_basis(folder: RulebookFolder) -> Iterator[Slip]:
    """Give a sign at the highest level the basis that stands after its own: the gravest are written first."""
    bases = [basis.id for basis in folder.rulebook.bases]
    for place, file, location, entry in entries(folder, "indicators"):
        gravest = folder.rulebook.indicator[entry["id"]].level == highest_level(folder.rulebook)
        if gravest and entry.get("basis") in bases[:-1]:
            milder = bases[bases.index(entry["basis"]) + 1]
            yield slip(place, f"is no more than {milder}", Edit(file, (*location, "basis"), milder))


def not_recordable(folder: RulebookFolder) -> Iterator[Slip]:
    """Let an indicator no longer be recorded."""
    for place, file, location, entry in entries(folder, "indicators"):
        if entry.get("recordable", True):
            yield slip(place, "cannot be recorded", Edit(file, (*location, "recordable"), False))


def delete_indicator(folder: RulebookFolder) -> Iterator[Slip]:
    """Remove an indicator."""
    for place, file, location, _ in entries(folder, "indicators"):
        yield slip(place, "removed", Edit(file, location, GONE))


def duplicate_id(folder: RulebookFolder) -> Iterator[Slip]:
    """Give an indicator the id of the one before it."""
    before = ""
    for place, file, location, entry in entries(folder, "indicators"):
        if before:
            yield slip(place, f"has the id {before}", Edit(file, (*location, "id"), before))
        before = entry["id"]


def change_wording(folder: RulebookFolder) -> Iterator[Slip]:
    """Leave out the last word of an indicator's wording."""
    for place, file, location, entry in entries(folder, "indicators"):
        shorter = " ".join(entry["wording"].split()[:-1])
        yield slip(place, "wording without its last word", Edit(file, (*location, "wording"), shorter))


def change_heading(folder: RulebookFolder) -> Iterator[Slip]:
    """File an indicator under the heading after its own."""
    ids = [heading.id for heading in folder.rulebook.headings]
    for place, file, location, entry in entries(folder, "indicators"):
        if entry.get("heading") is not None:
            other = ids[(ids.index(entry["heading"]) + 1) % len(ids)]
            yield slip(place, f"under {other}", Edit(file, (*location, "heading"), other))


def change_number(folder: RulebookFolder) -> Iterator[Slip]:
    """Give an indicator a number that no other has, and swap those of two that follow each other."""
    last = max((one.n or 0 for one in folder.rulebook.indicators), default=0)
    before: tuple[str, Any, int] | None = None
    for place, file, location, entry in entries(folder, "indicators"):
        if entry.get("n") is None:
            continue
        at = (*location, "n")
        yield slip(place, f"number {last + 1}", Edit(file, at, last + 1))
        if before:
            edits = Edit(file, at, before[2]), Edit(before[0], before[1], entry["n"])
            yield slip(place, f"number {before[2]}, and the other way round", *edits)
        before = file, at, entry["n"]


def fewer_also(folder: RulebookFolder) -> Iterator[Slip]:
    """Leave one way of saying it."""
    for place, file, location, entry in entries(folder, "indicators"):
        yield slip(place, "one way of saying it", Edit(file, (*location, "also"), entry["also"][:1]))


def _file_of_each_level(folder: RulebookFolder) -> Mapping[int, str]:
    values: dict[str, Any] = {file: written.value for file, written in folder.written.items()}
    return {value["level"]: file for file, value in values.items() if "indicators" in value and value.get("level")}

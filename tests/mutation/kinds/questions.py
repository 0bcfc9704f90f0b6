"""Slips in the questions about the situation, in the levels, and in aliases."""

from __future__ import annotations

from collections.abc import Iterator

from rhrt.steward.folder import RulebookFolder
from tests.mutation.kinds import Slip, entries, slip, value_at, without
from tests.mutation.mutant import GONE, Edit


def change_default(folder: RulebookFolder) -> Iterator[Slip]:
    """Take another answer as given until somebody answers."""
    for place, file, location, entry in entries(folder, "situation"):
        for number in range(1, len(entry["values"])):
            values = [entry["values"][number], *without(entry["values"], number)]
            yield slip(place, f"is {values[0]} until answered", Edit(file, (*location, "values"), values))


def drop_answer(folder: RulebookFolder) -> Iterator[Slip]:
    """Leave out one answer."""
    for place, file, location, entry in entries(folder, "situation"):
        for number, value in enumerate(entry["values"]):
            yield slip(place, f"cannot be {value}", Edit(file, (*location, "values", number), GONE))


def not_asked_first(folder: RulebookFolder) -> Iterator[Slip]:
    """No longer ask a question first."""
    for place, file, location, entry in entries(folder, "situation"):
        if entry.get("ask_first"):
            yield slip(place, "not asked first", Edit(file, (*location, "ask_first"), False))


def delete_question(folder: RulebookFolder) -> Iterator[Slip]:
    """Remove a question."""
    for place, file, location, _ in entries(folder, "situation"):
        yield slip(place, "removed", Edit(file, location, GONE))


def delete_level(folder: RulebookFolder) -> Iterator[Slip]:
    """Remove a level."""
    for place, file, location, _ in entries(folder, "levels"):
        yield slip(place, "removed", Edit(file, location, GONE))


def copy_strengths(folder: RulebookFolder) -> Iterator[Slip]:
    """Copy `strengths: true` from one level to another: its concerns would be printed as going well."""
    for place, file, location, entry in entries(folder, "levels"):
        if not entry.get("strengths"):
            yield slip(place, "is one of strengths", Edit(file, (*location, "strengths"), True))


def alias_to_another_level(folder: RulebookFolder) -> Iterator[Slip]:
    """Rename an indicator wherever it stands, and lead its old id to one a level higher or lower."""
    levels = {one.level: one.id for one in folder.rulebook.indicators if one.recordable}
    for one in folder.rulebook.indicators:
        for other in (one.level - 1, one.level + 1):
            if one.recordable and other in levels:
                aliases = {**folder.rulebook.aliases, one.id: levels[other]}
                edits = [*_renamed(folder, one.id), Edit("rulebook", ("aliases",), aliases)]
                yield slip(f"aliases/{one.id}", f"is {levels[other]} at Level {other}", *edits)


def _renamed(folder: RulebookFolder, id_: str) -> Iterator[Edit]:
    for file, written in folder.written.items():
        for location in written.places:
            if value_at(written.value, location) == id_:
                yield Edit(file, location, f"{id_}-renamed")


def alias_to_nowhere(folder: RulebookFolder) -> Iterator[Slip]:
    """Let an old id stand for an indicator that there is not, or for one that there still is."""
    yield slip("aliases", "to nowhere", Edit("rulebook", ("aliases", "an-older-id"), "no-such-sign"))
    first = folder.rulebook.indicators[0].id
    yield slip("aliases", "of an id in use", Edit("rulebook", ("aliases", first), first))


def sign_both_there_and_taken_out(folder: RulebookFolder) -> Iterator[Slip]:
    """Say of an indicator that is there that it was taken out."""
    entry = {"id": folder.rulebook.indicators[0].id, "last_edition": "0"}
    yield slip("retired", "of an id in use", Edit("rulebook", ("retired",), [entry]))

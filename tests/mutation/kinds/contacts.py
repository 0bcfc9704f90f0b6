"""Slips in whom to ring.

A digit that was mistyped is not among them: only somebody who rings the number can tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from rhrt.steward.folder import RulebookFolder
from tests.mutation.kinds import Slip, entries, slip
from tests.mutation.mutant import GONE, Edit


def blank_number(folder: RulebookFolder) -> Iterator[Slip]:
    """Leave out a contact's number, or leave it empty."""
    for place, file, location, entry in entries(folder, "contacts"):
        for value in (None, ""):
            if entry["number"]:
                what = "has no number" if value is None else "has an empty number"
                yield slip(place, what, Edit(file, (*location, "number"), value))


def remove_contact(folder: RulebookFolder) -> Iterator[Slip]:
    """Remove a contact."""
    for place, file, location, _ in entries(folder, "contacts"):
        yield slip(place, "removed", Edit(file, location, GONE))


def swap_numbers(folder: RulebookFolder) -> Iterator[Slip]:
    """Give two contacts one another's number."""
    for (place, file, one, entry), (_, _, other, theirs) in combinations(entries(folder, "contacts"), 2):
        if entry["number"] != theirs["number"]:
            edits = (
                Edit(file, (*one, "number"), theirs["number"]),
                Edit(file, (*other, "number"), entry["number"]),
            )
            yield slip(place, f"has the number of {theirs['id']}, and the other way round", *edits)


def drop_otherwise(folder: RulebookFolder) -> Iterator[Slip]:
    """Forget who answers at other hours."""
    for place, file, location, entry in entries(folder, "contacts"):
        if entry.get("otherwise") is not None:
            yield slip(place, "nobody answers otherwise", Edit(file, (*location, "otherwise"), None))


def change_contact(folder: RulebookFolder) -> Iterator[Slip]:
    """Let a step give the number of somebody else."""
    ids = list(folder.rulebook.contact)
    for place, file, location, entry in entries(folder, "actions"):
        for number, case in enumerate(entry["cases"]):
            for other in ids:
                if case.get("contact") not in (None, other):
                    at = (*location, "cases", number, "contact")
                    yield slip(f"{place}/{number + 1}/contact", f"is {other}", Edit(file, at, other))


def drop_contact(folder: RulebookFolder) -> Iterator[Slip]:
    """Let a step give no number."""
    for place, file, location, entry in entries(folder, "actions"):
        for number, case in enumerate(entry["cases"]):
            if case.get("contact") is not None:
                at = (*location, "cases", number, "contact")
                yield slip(f"{place}/{number + 1}/contact", "left out", Edit(file, at, GONE))


def drop_worse_contact(folder: RulebookFolder) -> Iterator[Slip]:
    """Leave out the first of those who are named under every answer, or all of them.

    Who else is named there is the steward's to choose.
    """
    value: Any = folder.written["rulebook"].value
    first, *others = value["if_worse_contacts"]
    yield slip("if_worse_contacts", f"without {first}", Edit("rulebook", ("if_worse_contacts",), others))
    yield slip("if_worse_contacts", "nobody", Edit("rulebook", ("if_worse_contacts",), []))

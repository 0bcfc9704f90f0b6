"""Slips in ladders."""

from __future__ import annotations

from collections.abc import Iterator

from rhrt.steward.folder import RulebookFolder
from tests.mutation.kinds import Slip, entries, slip, swapped
from tests.mutation.mutant import GONE, Edit


def cut_rung(folder: RulebookFolder) -> Iterator[Slip]:
    """Take one rung out of a ladder."""
    for place, file, location, entry in entries(folder, "ladders"):
        for rung, id_ in enumerate(entry["rungs"]):
            yield slip(place, f"without the rung {id_}", Edit(file, (*location, "rungs", rung), GONE))


def swap_rungs(folder: RulebookFolder) -> Iterator[Slip]:
    """Swap two rungs that stand next to each other."""
    for place, file, location, entry in entries(folder, "ladders"):
        for rung, id_ in enumerate(entry["rungs"][:-1]):
            rungs = swapped(entry["rungs"], rung, rung + 1)
            yield slip(place, f"{id_} one rung higher", Edit(file, (*location, "rungs"), rungs))


def change_strength(folder: RulebookFolder) -> Iterator[Slip]:
    """Leave out a ladder's strength, or give it that of the ladder before it."""
    before = None
    for place, file, location, entry in entries(folder, "ladders"):
        own, at = entry.get("strength"), (*location, "strength")
        if own is not None:
            yield slip(place, "without its strength", Edit(file, at, None))
        if before not in (None, own):
            yield slip(place, f"with the strength {before}", Edit(file, at, before))
        before = own

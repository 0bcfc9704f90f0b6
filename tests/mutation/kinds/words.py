"""Slips in prompts, in what follows, in texts, and in the list of clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rhrt.files import Location
from rhrt.steward.folder import RulebookFolder
from tests.mutation.kinds import Slip, entries, slip, value_at
from tests.mutation.mutant import GONE, Edit, Typed

_TEXTS = (
    "text",
    "why",
    "question",
    "meaning",
    "sentence",
    "notice",
    "no_level",
    "if_worse",
    "name",
    "who",
    "title",
)
_PLAIN = re.compile(r"([A-Z][a-z]+(?: [a-z]+)+) ([A-Za-z0-9])")
"""Words at the start of a text that need no quotes, and the start of what follows."""


def delete_prompt(folder: RulebookFolder) -> Iterator[Slip]:
    """Remove a prompt."""
    for place, file, location, _ in entries(folder, "prompts"):
        yield slip(place, "removed", Edit(file, location, GONE))


def change_rank(folder: RulebookFolder) -> Iterator[Slip]:
    """Give a prompt the rank of the one before it, or swap their ranks."""
    before: tuple[Location, int] | None = None
    for place, file, location, entry in entries(folder, "prompts"):
        at = (*location, "rank")
        if before:
            same = Edit(file, at, before[1])
            yield slip(place, f"rank {before[1]}", same)
            yield slip(
                place, f"rank {before[1]}, and the other way round", same, Edit(file, before[0], entry["rank"])
            )
        before = at, entry["rank"]


def drop_prompt_sign(folder: RulebookFolder) -> Iterator[Slip]:
    """Take one indicator away from a prompt."""
    for place, file, location, entry in entries(folder, "prompts"):
        for number, id_ in enumerate(entry.get("indicators", ())):
            yield slip(place, f"not for {id_}", Edit(file, (*location, "indicators", number), GONE))


def delete_afterwards(folder: RulebookFolder) -> Iterator[Slip]:
    """Remove a line of what follows."""
    for place, file, location, _ in entries(folder, "afterwards"):
        yield slip(place, "removed", Edit(file, location, GONE))


def blank_text(folder: RulebookFolder) -> Iterator[Slip]:
    """Leave a text empty."""
    for file, written in folder.written.items():
        for location in written.places:
            value = value_at(written.value, location)
            if location and location[-1] in _TEXTS and isinstance(value, str):
                yield slip(f"{file}/{'/'.join(map(str, location))}", "empty", Edit(file, location, " "))


def cut_text(folder: RulebookFolder) -> Iterator[Slip]:
    """Write ` #` for a number in the middle of a text without quotes: YAML reads no further."""
    for file, written in folder.written.items():
        for location in written.places:
            value = value_at(written.value, location)
            if location and location[-1] in _TEXTS and isinstance(value, str) and _PLAIN.match(value):
                typed = Typed(_PLAIN.sub(r"\1 #\2", value, count=1))
                yield slip(f"{file}/{'/'.join(map(str, location))}", "cut by #", Edit(file, location, typed))


def drop_rule_of_clause(folder: RulebookFolder) -> Iterator[Slip]:
    """Leave out a rule that encodes a clause."""
    for place, file, location, entry in entries(folder, "coverage"):
        for number, rule in enumerate(entry.get("rules", ())):
            yield slip(place, f"without {rule}", Edit(file, (*location, "rules", number), GONE))

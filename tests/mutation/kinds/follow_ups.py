"""Slips in follow-up questions: in what their answers mean, and in what raises them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from rhrt.rulebook.kinds import Named
from rhrt.steward.folder import RulebookFolder
from tests.mutation.kinds import Slip, entries, slip, without
from tests.mutation.mutant import GONE, Edit

_MEANINGS: tuple[str, ...] = get_args(Named)


def drop_if_yes(folder: RulebookFolder) -> Iterator[Slip]:
    """Leave out one thing that a yes means; with the last of them it is only a thought."""
    for place, file, location, entry in _asked(folder):
        at = (*location, "if_yes")
        for number, named in enumerate(entry["if_yes"]):
            left = without(entry["if_yes"], number)
            edits = [Edit(file, at, left or GONE)]
            if not left and "if_not_known" in entry:
                edits.append(Edit(file, (*location, "if_not_known"), GONE))
            yield slip(place, f"yes no longer means {named}", *edits)


def milder_if_yes(folder: RulebookFolder) -> Iterator[Slip]:
    """Let a yes mean the next milder thing."""
    for place, file, location, entry in _asked(folder):
        for number, named in enumerate(entry["if_yes"]):
            milder = _MEANINGS[_MEANINGS.index(named) + 1 :]
            if milder and milder[0] not in entry["if_yes"]:
                yield slip(place, f"yes means {milder[0]}", Edit(file, (*location, "if_yes", number), milder[0]))


def graver_if_yes(folder: RulebookFolder) -> Iterator[Slip]:
    """Let a yes mean the next graver thing."""
    for place, file, location, entry in _asked(folder):
        for number, named in enumerate(entry["if_yes"]):
            graver = _MEANINGS[: _MEANINGS.index(named)]
            if graver and graver[-1] not in entry["if_yes"]:
                yield slip(place, f"yes means {graver[-1]}", Edit(file, (*location, "if_yes", number), graver[-1]))


def drop_if_not_known(folder: RulebookFolder) -> Iterator[Slip]:
    """Let not knowing be no reason to ask."""
    for place, file, location, entry in _asked(folder):
        if "if_not_known" in entry:
            yield slip(place, "not known means nothing", Edit(file, (*location, "if_not_known"), GONE))


def drop_absent(folder: RulebookFolder) -> Iterator[Slip]:
    """Leave out a sign that raises a question where it is marked absent."""
    for place, file, location, entry in entries(folder, "prompts"):
        for number, id_ in enumerate(entry.get("absent", ())):
            yield slip(place, f"not where {id_} is absent", Edit(file, (*location, "absent", number), GONE))


def _asked(folder: RulebookFolder) -> Iterator[tuple[str, str, tuple[str | int, ...], dict[str, list[str]]]]:
    """Give each follow-up question. Its place is not among those of prompts, for it decides answers."""
    for place, file, location, entry in entries(folder, "prompts"):
        if entry.get("if_yes"):
            yield place.replace("prompts/", "follow-ups/"), file, location, entry

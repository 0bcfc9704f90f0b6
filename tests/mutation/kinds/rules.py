"""Slips in whole rules: findings, judgements, routes, urgencies and actions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rhrt.steward.folder import RulebookFolder
from tests.mutation.kinds import Slip, entries, neighbours, slip, swapped, without
from tests.mutation.mutant import GONE, Edit


def delete_finding(folder: RulebookFolder) -> Iterator[Slip]:
    """Remove a finding."""
    yield from _delete(folder, "findings")


def delete_judgement(folder: RulebookFolder) -> Iterator[Slip]:
    """Remove a judgement that sets a level."""
    yield from _delete(folder, "judgements")


def delete_route(folder: RulebookFolder) -> Iterator[Slip]:
    """Remove a route."""
    yield from _delete(folder, "routes")


def delete_urgency(folder: RulebookFolder) -> Iterator[Slip]:
    """Remove an urgency."""
    yield from _delete(folder, "urgencies")


def delete_action(folder: RulebookFolder) -> Iterator[Slip]:
    """Remove an action with all its cases."""
    yield from _delete(folder, "actions")


def change_about(folder: RulebookFolder) -> Iterator[Slip]:
    """Let a finding look at the other kind of fact."""
    for place, file, location, entry in entries(folder, "findings"):
        other = "recorded" if entry["about"] == "answers" else "answers"
        yield slip(place, f"looks at {other}", Edit(file, (*location, "about"), other))


def change_judged_level(folder: RulebookFolder) -> Iterator[Slip]:
    """Let a judgement set a lower level, or none."""
    for place, file, location, entry in entries(folder, "judgements"):
        for level in range(entry.get("level", 0)):
            yield slip(place, f"sets Level {level}", Edit(file, (*location, "level"), level or GONE))


def swap_order(folder: RulebookFolder) -> Iterator[Slip]:
    """Swap two routes or urgencies that stand next to each other."""
    for name in ("routes", "urgencies"):
        for place, one, other in neighbours(folder, "routes", name):
            at = (name, place), (name, place + 1)
            edits = Edit("routes", at[0], other), Edit("routes", at[1], one)
            yield slip(f"{name}/{one['id']}", f"comes after {other['id']}", *edits)


def swap_ids(folder: RulebookFolder) -> Iterator[Slip]:
    """Give two routes or urgencies that stand next to each other one another's id."""
    yield from _swap_part(folder, "id")


def swap_conditions(folder: RulebookFolder) -> Iterator[Slip]:
    """Give two routes or urgencies that stand next to each other one another's conditions."""
    yield from _swap_part(folder, "when")


def drop_case(folder: RulebookFolder) -> Iterator[Slip]:
    """Leave out one case of an action with several."""
    for place, file, location, entry in entries(folder, "actions"):
        for number in range(len(entry["cases"])):
            if len(entry["cases"]) > 1:
                at = (*location, "cases", number)
                yield slip(f"{place}/{number + 1}", "case left out", Edit(file, at, GONE))


def swap_cases(folder: RulebookFolder) -> Iterator[Slip]:
    """Swap two cases of an action that stand next to each other."""
    for place, file, location, entry in entries(folder, "actions"):
        for number in range(len(entry["cases"]) - 1):
            cases = swapped(entry["cases"], number, number + 1)
            yield slip(f"{place}/{number + 1}", "comes one later", Edit(file, (*location, "cases"), cases))


def swap_actions(folder: RulebookFolder) -> Iterator[Slip]:
    """Swap two actions that stand next to each other."""
    for place, one, other in neighbours(folder, "actions", "actions"):
        edits = Edit("actions", ("actions", place), other), Edit("actions", ("actions", place + 1), one)
        yield slip(f"actions/{one['code']}", f"comes after {other['code']}", *edits)


def family_before_advice(folder: RulebookFolder) -> Iterator[Slip]:
    """Move an action to the front that a safety sentence says stands behind another."""
    listed: Any = folder.written["actions"].value
    actions = listed["actions"]
    behind = dict.fromkeys(code for sentence in folder.rulebook.safety for code in sentence.after)
    for place, action in enumerate(actions):
        if action["code"] in behind:
            moved = [action, *without(actions, place)]
            yield slip(f"actions/{action['code']}", "comes first", Edit("actions", ("actions",), moved))


def _delete(folder: RulebookFolder, name: str) -> Iterator[Slip]:
    for place, file, location, _ in entries(folder, name):
        yield slip(place, "removed", Edit(file, location, GONE))


def _swap_part(folder: RulebookFolder, part: str) -> Iterator[Slip]:
    for name in ("routes", "urgencies"):
        for place, one, other in neighbours(folder, "routes", name):
            edits = (
                Edit("routes", (name, place, part), other[part]),
                Edit("routes", (name, place + 1, part), one[part]),
            )
            yield slip(f"{name}/{one['id']}", f"has the {part} of {other['id']}, and the other way round", *edits)

"""A situation with a level has no route.

Finds: a level for which, in some situation, no route's conditions hold.

Why it matters: the practitioner would see a level and not where to go with it.

To put it right: widen the conditions of a route in `routes.yaml`, or add one.
"""

from __future__ import annotations

from collections.abc import Iterator

from rhrt.reasoning.signs import in_words
from rhrt.rulebook.conditions import NO_ROUTE
from rhrt.steward.checks import Problem, Weight
from rhrt.steward.folder import RulebookFolder

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Iterator[Problem]:
    """Report, for each level, the plainest situation without a route."""
    reported: set[str | int] = set()
    for situation in folder.situations.each:
        level = situation.fact["level"]
        if level and situation.fact["route"] == NO_ROUTE and level not in reported:
            reported.add(level)
            when = in_words(folder.situations.record(situation))
            yield Problem(
                "routes", ("routes",), f"Level {level} has no route when {when}.", "Add or widen a route."
            )

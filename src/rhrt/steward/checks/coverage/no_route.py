"""A situation with a level has no route.

Finds: a level for which, in some situation, no route's conditions hold.

Why it matters: the practitioner would see a level and not where to go with it.

To put it right: widen the conditions of a route in `routes.yaml`, or add one.
"""

from rhrt.reasoning.signs import in_words
from rhrt.reasoning.situations import Situation
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight
from rhrt.steward.prove.promises import without

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Report, for each level, the plainest situation without a route."""
    plainest: dict[int, Situation] = {}
    for situation in without(folder.situations, "a route"):
        plainest.setdefault(situation.level, situation)
    for level, situation in plainest.items():
        what = f"Level {level} has no route when {in_words(folder.situations.record(situation))}."
        yield Problem("routes", ("routes",), what, "Add or widen a route.")

"""A situation has no next step.

Finds: a situation for which no case of any action holds.

Why it matters: a person who is worried about a child would be told nothing.

To put it right: add an action that always applies, such as to record the decision, with the condition `{}`.
"""

from rhrt.reasoning.signs import in_words
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight
from rhrt.steward.prove.promises import without

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Report the plainest situation without a step."""
    bare = next(without(folder.situations, "a next step"), None)
    if bare is not None:
        what = f"There is no next step when {in_words(folder.situations.record(bare))}."
        yield Problem("actions", ("actions",), what, "Add or widen an action.")

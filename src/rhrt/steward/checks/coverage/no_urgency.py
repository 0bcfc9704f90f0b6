"""A situation has no urgency.

Finds: a situation for which no urgency holds.

Why it matters: a person would not be told how soon to act.

To put it right: write a last urgency that always holds, with the condition `{}`.
"""

from rhrt.reasoning.signs import in_words
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight
from rhrt.steward.prove.promises import without

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Report the plainest situation without an urgency."""
    bare = next(without(folder.situations, "an urgency"), None)
    if bare is not None:
        what = f"There is no urgency when {in_words(folder.situations.record(bare))}."
        yield Problem("routes", ("urgencies",), what, "Add a last one that always holds.")

"""A case of an action gives no number, and all its others do.

Finds: a case without a `contact` in an action with three cases or more, where every other case has one.

Why it matters: it is the same step in other words. Where it says to ring somebody, the number is missing.

To put it right: write whom to ring as `contact`. If there is nobody to ring in this case, see that the words do
not say so.
"""

from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "advice"


def check(folder: RulebookFolder) -> Problems:
    """Report each case that alone of its action names nobody to ring."""
    for index, action in enumerate(folder.rulebook.actions):
        without = [number for number, case in enumerate(action.cases) if case.contact is None]
        if len(without) == 1 and len(action.cases) > 2:
            what = f"Every other case of '{action.code}' says whom to ring, and this one does not."
            location = ("actions", index, "cases", without[0])
            yield Problem("actions", location, what, "Write whom to ring as its contact.")

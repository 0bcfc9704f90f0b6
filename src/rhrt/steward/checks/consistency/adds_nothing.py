"""A line of conditions adds nothing to another of the same rule.

Finds: an alternative under `when` that asks for all that another one asks for, and more.

Why it matters: one line is enough for a rule to hold, so the narrower line never matters. It may have been
meant to narrow the other.

To put it right: remove the narrower line, or change the wider one.
"""

from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight
from rhrt.steward.checks.conditions import alternatives, within

WEIGHT: Weight = "advice"


def check(folder: RulebookFolder) -> Problems:
    """Report each alternative that another one of the rule includes."""
    for rule, allowed in alternatives(folder.rulebook):
        file, at = rule.place
        for place, narrow in enumerate(allowed):
            wider = [n for n, wide in enumerate(allowed) if within(narrow, wide) and not within(wide, narrow)]
            if wider:
                what = f"Line {wider[0] + 1} of this rule already holds wherever this one does."
                yield Problem(file, (*at, "when", place), what, "Remove this line, or narrow the other.")

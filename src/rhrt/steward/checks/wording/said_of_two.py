"""The same words lead to two indicators.

Finds: a way of saying it, under `also`, that two indicators share, whatever its capitals and spaces.

Why it matters: a person who types these words finds both, and cannot tell which one is meant.

To put it right: keep the words where they fit best, and say the other one in words of its own.
"""

from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight
from rhrt.steward.checks.texts import said

WEIGHT: Weight = "advice"


def check(folder: RulebookFolder) -> Problems:
    """Report each phrase that an indicator before this one has too."""
    first: dict[str, str] = {}
    for one in said(folder):
        if first.setdefault(one.plain, one.indicator) != one.indicator:
            what = f"“{one.words}” is also said of '{first[one.plain]}'."
            yield Problem(one.file, one.location, what, "Keep it where it fits best.")

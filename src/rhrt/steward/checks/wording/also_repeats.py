"""A way of saying it adds nothing.

Finds: words under `also`, or in a file of `ways/`, that are said of the indicator already, or are its own wording.

Why it matters: each way of saying it should help somebody to find the indicator. This one finds nothing new.

To put it right: write how somebody else would say it, or remove the line.
"""

from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight
from rhrt.steward.checks.texts import plain, said

WEIGHT: Weight = "advice"


def check(folder: RulebookFolder) -> Problems:
    """Report each phrase that its indicator has already."""
    seen: set[tuple[str, str]] = {(one.id, plain(one.wording)) for one in folder.rulebook.indicators}
    for one in said(folder):
        if (one.indicator, one.plain) in seen:
            what = f"“{one.words}” is already there, or is the wording itself."
            yield Problem(one.file, one.location, what, "Say it in another way, or remove it.")
        seen.add((one.indicator, one.plain))

"""A worked case names something that the rulebook does not have.

Finds: a case in `cases/` that names a sign, question, answer, age band or circumstance that is not there; that
marks a sign twice; or that is not written as a case is.

Why it matters: the case cannot be tried, so nothing holds the rulebook to what it says. The pages of the rulebook
cannot be written either.

To put it right: write the id that is there now. If what the case tells has no place in the rulebook any more, tell
another story, or remove the file.
"""

from rhrt.steward.cases import misfits
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Report each thing in a case that does not fit the rulebook."""
    for file, written in folder.cases.items():
        for location, what, remedy in misfits(written, folder.rulebook):
            yield Problem(file, location, what, remedy)

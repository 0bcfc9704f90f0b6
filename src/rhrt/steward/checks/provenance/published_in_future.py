"""A date of publication is still to come.

Finds: the rulebook or a document of it whose `published` is in the future.

Why it matters: it may be a slip. If it is not, the rulebook is not in force yet.

To put it right: correct the date, or do not use the rulebook before it.
"""

from rhrt.files import Location
from rhrt.rulebook.dates import in_future
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "advice"


def check(folder: RulebookFolder) -> Problems:
    """Report each date of publication in the future."""
    rulebook = folder.rulebook
    dated: list[tuple[Location, str]] = [(("published",), rulebook.published)]
    dated += [(("documents", n, "published"), one.published) for n, one in enumerate(rulebook.documents)]
    for location, published in dated:
        if in_future(published):
            yield Problem("rulebook", location, f"{published} is still to come.", "Compare it with the source.")

"""A question asked first takes safety for granted.

Finds: a question marked `ask_first` whose first value is not `not-asked`, or which has no `not-known`; and any
other question that has `not-asked` among its values, and another one first.

Why it matters: the first value is what holds until somebody answers. If it is `no`, a question that nobody put
counts as answered. Without `not-known`, a person who cannot tell has to say no.

To put it right: give the question the values `[not-asked, yes, no, not-known]`, in that order.
"""

from rhrt.rulebook.kinds import NOT_ASKED, NOT_KNOWN
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Report each question that can be taken as answered, or is asked first and leaves no room for doubt."""
    for place, question in enumerate(folder.rulebook.situation):
        at = ("situation", place, "values")
        may_be_unasked = question.ask_first or NOT_ASKED in question.values
        if may_be_unasked and question.values[0] != NOT_ASKED:
            what = f"Until somebody answers, {question.id} counts as {question.values[0]}."
            yield Problem("rulebook", at, what, f"Write {NOT_ASKED} as its first value.")
        if question.ask_first and NOT_KNOWN not in question.values:
            what = f"Nobody can say that they do not know {question.id}."
            yield Problem("rulebook", at, what, f"Add {NOT_KNOWN} to its values.")

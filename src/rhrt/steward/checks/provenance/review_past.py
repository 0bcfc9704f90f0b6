"""The framework is past its review.

Finds: a `review` whose date has passed.

Why it matters: there may be a newer framework, with other thresholds, teams and numbers.

To put it right: ask those who own the framework. If there is a newer one, change the rulebook. If this one was
confirmed, write the new date, who set it and when.
"""

from rhrt.rulebook import dates
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "advice"


def check(folder: RulebookFolder) -> Problems:
    """Report a review that was due before today."""
    by = folder.rulebook.review_by
    if by and dates.past(by, dates.today()):
        what = f"The framework was to be reviewed by {dates.in_words(by)}."
        yield Problem("rulebook", ("review", "by"), what, "Ask whether there is a newer one.")

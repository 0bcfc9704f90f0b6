"""Nothing says by when the framework is to be reviewed.

Finds: a rulebook without `review`.

Why it matters: a framework runs out. Nobody can then be told that this one has.

To put it right: look for the review date in the framework, often on its first page. Write in `rulebook.yaml`
`review: {by: 2028-11, set_by: who set it, set_on: 2026-11}`. If there is none, ask those who own the framework.
"""

from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "advice"


def check(folder: RulebookFolder) -> Problems:
    """Report that there is no date for a review."""
    if folder.rulebook.review is None:
        what = "Nothing says by when the framework is to be reviewed."
        yield Problem("rulebook", (), what, "Write 'review' with by, set_by and set_on.")

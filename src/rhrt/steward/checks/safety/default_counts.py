"""A question that nobody answered counts as an answer.

Finds: a question of which a finding looks at one answer alone (`asked`), where that is its first value.

Why it matters: the first value is what holds until somebody answers. What it means would be taken as said in every
record.

To put it right: put a value first that says nothing, such as `not-asked`, or let the finding look at another
answer.
"""

from rhrt.reasoning.signs import NOTHING
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Report each question whose first value establishes something, or gives a level."""
    situations = folder.situations
    for index, question in enumerate(folder.rulebook.situation):
        default = question.values[0]
        if question.id in situations.alone and situations.signs_of(question.id, default) != NOTHING:
            what = f"Until somebody answers, {question.id} is {default}, and that counts as an answer."
            at = ("situation", index, "values")
            yield Problem("rulebook", at, what, "Put a value first that says nothing.")

"""Nothing depends on the answer to a question.

Finds: a question about the situation that no condition names.

Why it matters: a person is asked, answers, and may rely on it. Whatever they say, the answer stays the same.

To put it right: name the question in the condition that should look at it, or remove it.
"""

from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight
from rhrt.steward.checks.conditions import fields_named

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Report each question that no condition names."""
    named = fields_named(folder.rulebook)
    for index, question in enumerate(folder.rulebook.situation):
        if question.id not in named:
            what = f"No condition names {question.id}, so the answer to it changes nothing."
            yield Problem("rulebook", ("situation", index), what, "Name it where it should count, or remove it.")

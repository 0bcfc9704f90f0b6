"""Not knowing gets a milder answer than knowing.

Finds: a question asked first for which, in some situation, `not-known` gives a less urgent answer than `yes`
and than `no`, or a lower level than both.

Why it matters: a person who cannot tell would be reassured, and by nothing but their own doubt.

To put it right: let `not-known` count at least as much as `no` in the conditions of the levels and urgencies.
"""

from rhrt.reasoning.signs import in_words
from rhrt.rulebook.kinds import NO, NOT_KNOWN, YES
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight
from rhrt.steward.prove.promises import not_known_is_milder

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Report, for each question asked first, the plainest situation in which not knowing reassures."""
    situations = folder.situations
    for place, question in enumerate(folder.rulebook.situation):
        if question.ask_first and {YES, NO, NOT_KNOWN} <= set(question.values):
            for unknown, _ in not_known_is_milder(situations, question.id, (YES, NO)):
                when = in_words(situations.record(unknown))
                what = f"The answer is milder when {when} than when {question.id} is yes or no."
                remedy = "Let not-known count at least as much as no."
                yield Problem("rulebook", ("situation", place), what, remedy)
                break

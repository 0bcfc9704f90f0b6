"""Not knowing gets a milder answer than knowing.

Finds: a question asked first for which, in some situation, `not-known` gives a less urgent answer than `yes`
and than `no`, or a lower level than both.

Why it matters: a person who cannot tell would be reassured, and by nothing but their own doubt.

To put it right: let `not-known` count at least as much as `no` in the conditions of the levels and urgencies.
"""

from __future__ import annotations

from collections.abc import Iterator

from rhrt.reasoning.signs import in_words
from rhrt.rulebook.kinds import NO, NOT_KNOWN, YES
from rhrt.steward.checks import Problem, Weight
from rhrt.steward.folder import RulebookFolder

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Iterator[Problem]:
    """Report, for each question asked first, the plainest situation in which not knowing reassures."""
    situations, rulebook = folder.situations, folder.rulebook
    rank = {"": len(rulebook.urgencies)} | {urgency.id: n for n, urgency in enumerate(rulebook.urgencies)}
    for place, question in enumerate(rulebook.situation):
        if not question.ask_first or not {YES, NO, NOT_KNOWN} <= set(question.values):
            continue
        for unknown, yes, no in situations.answered_apart(question.id, (NOT_KNOWN, YES, NO)):
            urgency = [rank[str(one.fact["urgency"])] for one in (unknown, yes, no)]
            level = [int(one.fact["level"]) for one in (unknown, yes, no)]
            if urgency[0] > max(urgency[1:]) or level[0] < min(level[1:]):
                when = in_words(situations.record(unknown))
                what = f"The answer is milder when {when} than when {question.id} is yes or no."
                remedy = "Let not-known count at least as much as no."
                yield Problem("rulebook", ("situation", place), what, remedy)
                break

"""A question that makes an answer most urgent is not asked first.

Finds: a question whose `yes`, with nothing else recorded, gives the most urgent answer that there is, and that
is not marked `ask_first`.

Why it matters: an emergency would come up late, or only if the person thinks of it.

To put it right: write `ask_first: true` for the question, in `rulebook.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator

from rhrt.rulebook.checks import Problem, Weight
from rhrt.rulebook.folder import RulebookFolder
from rhrt.rulebook.model import YES
from rhrt.rulebook.situations import NOTHING

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Iterator[Problem]:
    """Report each question that is an emergency by itself and is not asked first."""
    rulebook, situations = folder.rulebook, folder.situations
    if not rulebook.urgencies:
        return
    most, nothing = rulebook.urgencies[0].id, situations.situation(NOTHING, rulebook.defaults)
    for place, question in enumerate(rulebook.situation):
        answers = (*rulebook.defaults[:place], YES, *rulebook.defaults[place + 1 :])
        if YES not in question.values or question.ask_first or nothing.fact["urgency"] == most:
            continue
        if situations.situation(NOTHING, answers).fact["urgency"] == most:
            what = f"By itself, yes to {question.id} makes it {most}, and the question is not asked first."
            yield Problem("rulebook", ("situation", place), what, "Write ask_first: true for it.")

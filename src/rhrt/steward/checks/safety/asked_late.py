"""A question that decides by itself is not asked first.

Finds: a question whose `yes`, with nothing else recorded, gives the most urgent answer there is, or the highest
level, and that is not marked `ask_first`.

Why it matters: the gravest thing of all would come up late, or only if the person thinks of it.

To put it right: write `ask_first: true` for the question, in `rulebook.yaml`.
"""

from rhrt.reasoning.signs import NOTHING
from rhrt.reasoning.situations import Situation
from rhrt.rulebook.conditions import highest_level
from rhrt.rulebook.kinds import YES
from rhrt.rulebook.model import Rulebook
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Report each question that is an emergency, or the highest level, by itself and is not asked first."""
    rulebook, situations = folder.rulebook, folder.situations
    if not rulebook.urgencies:
        return
    nothing = situations.situation(NOTHING, rulebook.defaults)
    for place, question in enumerate(rulebook.situation):
        answers = (*rulebook.defaults[:place], YES, *rulebook.defaults[place + 1 :])
        if YES not in question.values or question.ask_first:
            continue
        said = situations.signs_of(question.id, YES) if question.id in situations.alone else NOTHING
        if gravest := _gravest(rulebook, situations.situation(said, answers), nothing):
            what = f"By itself, yes to {question.id} makes it {gravest}, and the question is not asked first."
            yield Problem("rulebook", ("situation", place), what, "Write ask_first: true for it.")


def _gravest(rulebook: Rulebook, situation: Situation, nothing: Situation) -> str | None:
    """Say in what a situation is as grave as there can be, where it is not so with nothing recorded."""
    most, highest = next((one.id for one in rulebook.urgencies), None), highest_level(rulebook)
    if situation.fact["urgency"] == most != nothing.fact["urgency"]:
        return most
    return f"Level {highest}" if situation.level == highest else None

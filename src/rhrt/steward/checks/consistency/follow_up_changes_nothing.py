"""A yes to a follow-up question changes nothing.

Finds: a prompt with `if_yes` where a yes leaves the level, the urgency and the steps as they are, whatever else is
recorded.

Why it matters: a person is asked, says yes to something grave, and nothing comes of it.

To put it right: let a finding or judgement of `routes.yaml` look at what the question names, such as
`{names: danger, answer: yes}`. If yes should change nothing, remove `if_yes`: then it is a thought.
"""

from rhrt.reasoning.signs import Signs
from rhrt.reasoning.situations import Situation, Situations
from rhrt.rulebook.kinds import YES
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Report each follow-up question whose yes no answer depends on."""
    situations = folder.situations
    for index, prompt in enumerate(folder.rulebook.prompts):
        if prompt.if_yes and not _changes(situations.signs_of(prompt.id, YES), situations):
            what = f"A yes to '{prompt.id}' changes no answer."
            yield Problem("prompts", ("prompts", index), what, "Let a finding look at what it names.")


def _changes(yes: Signs, situations: Situations) -> bool:
    """Say whether a yes gives another answer in any situation."""
    for signs, group in situations.by_signs.items():
        after = situations.like.get(signs.joined(yes))
        if after not in (None, signs) and any(
            _told(one) != _told(other) for one, other in zip(group, situations.by_signs[after], strict=True)
        ):
            return True
    return False


def _told(situation: Situation) -> tuple[object, ...]:
    return situation.level, situation.fact["urgency"], tuple(situation.steps.values())

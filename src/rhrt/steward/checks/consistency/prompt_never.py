"""A prompt can never be shown.

Finds: a prompt whose conditions hold in no situation that its own indicators or circumstances can be part of,
whatever the child's age and however many signs there are; or whose indicators cannot be recorded.

Why it matters: it was written to make somebody think again, and nobody will see it.

To put it right: look at the level. A present indicator gives at least its own level, so a prompt for a Level 3
indicator never meets `level: 2`. Change the conditions or the indicators.
"""

from collections.abc import Mapping

from rhrt.reasoning.facts import Fact
from rhrt.reasoning.plain import When, wanted_in
from rhrt.reasoning.situations import Situations
from rhrt.rulebook.conditions import highest_level
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight
from rhrt.steward.prove.sentences import signs_beside

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Report each prompt that no reachable situation shows."""
    situations = folder.situations
    stands_for = _stands_for(situations)
    for index, prompt in enumerate(folder.rulebook.prompts):
        when = wanted_in(prompt.when, highest_level(folder.rulebook))
        groups = (situations.by_signs[signs] for signs in signs_beside(prompt, situations))
        if not any(_may_hold(when, one.fact, stands_for) for group in groups for one in group):
            what = f"No situation there can be shows the prompt '{prompt.id}'."
            yield Problem("prompts", ("prompts", index), what, "Change its conditions or its indicators.")


def _stands_for(situations: Situations) -> Mapping[str, Mapping[str | int, tuple[str, ...]]]:
    """Give, for each question, the answers that the one looked at stands for."""
    kinds = zip(situations.rulebook.questions, situations.kinds, strict=True)
    return {question: {kind[0]: kind for kind in own} for question, own in kinds}


def _may_hold(when: When, fact: Fact, stands_for: Mapping[str, Mapping[str | int, tuple[str, ...]]]) -> bool:
    """Say whether conditions hold, or do in a situation that this one stands for; ages and counts may be any."""
    for conditions in when:
        for field, values in conditions:
            if field in fact and fact[field] not in values:
                stood = stands_for.get(field, {}).get(fact[field], ())
                if not set(stood) & set(values):
                    break
        else:
            return True
    return False

"""A prompt can never be shown.

Finds: a prompt whose conditions hold in no situation that its own indicators or circumstances can be part of, whatever
the child's age and however many signs there are; or whose indicators cannot be recorded.

Why it matters: it was written to make somebody think again, and nobody will see it.

To put it right: look at the level. A present indicator gives at least its own level, so a prompt for a Level 3 indicator
never meets `level: 2`. Change the conditions or the indicators.
"""

from __future__ import annotations

from collections.abc import Iterator

from rhrt.rulebook.checks import Problem, Weight
from rhrt.rulebook.conditions import When, highest_level, wanted_in
from rhrt.rulebook.folder import RulebookFolder
from rhrt.rulebook.model import Prompt
from rhrt.rulebook.situations import NOTHING, Situation, Situations

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Iterator[Problem]:
    """Report each prompt that no reachable situation shows."""
    situations = folder.situations
    highest = highest_level(folder.rulebook)
    for index, prompt in enumerate(folder.rulebook.prompts):
        when = wanted_in(prompt.when, highest)
        touching = _touching(prompt, situations)
        if not any(touching[one.signs] and _may_hold(when, one, situations) for one in situations.each):
            what = f"No situation there can be shows the prompt '{prompt.id}'."
            yield Problem("prompts", ("prompts", index), what, "Change its conditions or its indicators.")


def _touching(prompt: Prompt, situations: Situations) -> dict[object, bool]:
    """Say, for all that marks can come to, whether the prompt can be about them."""
    own = [situations.signs_of(id_, "present") for id_ in prompt.indicators if id_ in situations.ways]
    if prompt.circumstances or not prompt.indicators:
        own = [NOTHING]
    return {signs: any(signs.joined(one) == signs for one in own) for signs in situations.marks}


def _may_hold(when: When, situation: Situation, situations: Situations) -> bool:
    """Say whether conditions can hold in a situation or in one that it stands for; ages and counts may be any."""
    answers = zip(situations.rulebook.questions, situation.answers, situations.kinds, strict=True)
    stands_for = {id_: next(kind for kind in kinds if kind[0] == answer) for id_, answer, kinds in answers}
    for conditions in when:
        fields = [(field, values) for field, values in conditions if field in situation.fact]
        if all(set(stands_for.get(field, (situation.fact[field],))) & set(values) for field, values in fields):
            return True
    return False

"""A finding hangs on an age that nobody is asked for.

Finds: a finding about what is recorded that names indicators at some ages, where no follow-up question asks for the
age of one of them. Such a question has the indicator among its `indicators`, `if_yes`, and a line
`age_band: not-stated` under `when`.

Why it matters: the age is often left out. What should happen for a baby then does not happen.

To put it right: add a question for these signs, such as "Is this a child under 2?", with `if_yes` and
`when: [{age_band: not-stated}]`.
"""

from rhrt.reasoning.signs import AGE
from rhrt.rulebook.conditions import NOT_STATED
from rhrt.rulebook.kinds import Prompt, words_of
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Report each line of a finding at some ages, with the first sign of which no question asks for the age."""
    asked = {id_ for prompt in folder.rulebook.prompts if _asks_for_age(prompt) for id_ in prompt.indicators}
    remedy = "Add a prompt with if_yes and when: [{age_band: not-stated}]."
    for index, finding in enumerate(folder.rulebook.findings):
        for place, conditions in enumerate(finding.when if finding.about != "answers" else ()):
            hangs = AGE in conditions and NOT_STATED not in words_of(conditions[AGE])
            named = words_of(conditions.get("indicator", ())) if hangs else ()
            if unasked := next((id_ for id_ in named if id_ not in asked), None):
                what = f"This hangs on the age, and where none is stated no question asks for it with '{unasked}'."
                yield Problem("routes", ("findings", index, "when", place), what, remedy)


def _asks_for_age(prompt: Prompt) -> bool:
    return bool(prompt.if_yes) and any(words_of(one.get(AGE, ())) == (NOT_STATED,) for one in prompt.when)

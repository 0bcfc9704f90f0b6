"""No safety sentence says what a yes to a follow-up question means.

Finds: a prompt with `if_yes` that no sentence of `safety.yaml` names with `asked` and the answer `yes`, where most
follow-up questions are named so.

Why it matters: what a yes means stands in one word of the prompt. If the word slips, somebody says yes to danger
and no sentence is broken.

To put it right: add the question to the sentence that fits what its yes means.
"""

from rhrt.rulebook.kinds import YES, words_of
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Report each follow-up question that is left out of a list of what a yes means."""
    rulebook = folder.rulebook
    named = {
        asked
        for sentence in rulebook.safety
        for conditions in sentence.recorded
        if YES in words_of(conditions.get("answer", ()))
        for asked in words_of(conditions.get("asked", ()))
    }
    listed = 2 * len(named & rulebook.follow_up.keys()) > len(rulebook.follow_up)
    for index, prompt in enumerate(rulebook.prompts):
        if listed and prompt.if_yes and prompt.id not in named:
            what = f"No safety sentence says what a yes to '{prompt.id}' means."
            yield Problem("prompts", ("prompts", index), what, "Add it to the sentence that fits.")

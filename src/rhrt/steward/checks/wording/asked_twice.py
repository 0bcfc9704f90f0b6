"""Two follow-up questions have the same words.

Finds: a prompt with `if_yes` whose text is that of another one before it, whatever its capitals and spaces.

Why it matters: the reader would be asked the same thing twice, and only three questions are asked. If they answer
it in two ways, nobody can tell which one counts.

To put it right: name all the signs in one of the two, or say in the words how they differ.
"""

from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight
from rhrt.steward.checks.texts import plain

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Report each follow-up question that asks what one before it asks."""
    first: dict[str, str] = {}
    for index, prompt in enumerate(folder.rulebook.prompts):
        if prompt.if_yes and (other := first.setdefault(plain(prompt.text), prompt.id)) != prompt.id:
            what = f"'{prompt.id}' asks in the same words as '{other}'."
            yield Problem("prompts", ("prompts", index, "text"), what, "Make one question of the two.")

"""A thought tells the reader whom to ring.

Finds: a prompt without `if_yes` whose text tells the reader to ring somebody, or to ask or tell one of the contacts
of `rulebook.yaml`.

Why it matters: people follow the numbered steps. A deed that stands below them is not done, or it says something
other than the steps do.

To put it right: make it a question with `if_yes`, so that a yes gives the step. Or leave the deed out, and ask the
reader to record what they see.
"""

from rhrt.rulebook.deeds import gives_a_step
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Report each prompt that changes nothing and tells whom to ring."""
    for index, prompt in enumerate(folder.rulebook.prompts):
        if not prompt.if_yes and gives_a_step(prompt.text, folder.rulebook.contacts):
            what = f"The thought '{prompt.id}' tells whom to ring, and only a step should."
            yield Problem("prompts", ("prompts", index, "text"), what, "Ask it with if_yes, or leave the deed out.")

"""A follow-up question is no question.

Finds: a prompt with `if_yes` whose text does not end with a question mark, asks two questions, or tells the reader
whom to ring.

Why it matters: the reader answers yes, no or not known. They cannot answer a statement. Of two questions nobody
can tell which one was meant. Whom to ring is for the steps, which follow from the answer.

To put it right: ask one thing, so that yes means what `if_yes` says.
"""

from rhrt.rulebook.deeds import gives_a_step
from rhrt.rulebook.model import Contact
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Report each follow-up question that cannot be answered with yes or no."""
    for index, prompt in enumerate(folder.rulebook.prompts):
        if prompt.if_yes and (wrong := _wrong(prompt.text.strip(), folder.rulebook.contacts)):
            what = f"The follow-up question '{prompt.id}' {wrong}."
            yield Problem("prompts", ("prompts", index, "text"), what, "Ask one thing, to be answered yes or no.")


def _wrong(text: str, contacts: tuple[Contact, ...]) -> str | None:
    if not text.endswith("?"):
        return "does not end with a question mark"
    if text.count("?") > 1:
        return "asks more than one question"
    return "tells whom to ring" if gives_a_step(text, contacts) else None

"""Somebody is to be rung, and there is no number.

Finds: a contact without a `number` that an action names, or that is shown under every answer.

Why it matters: a person is told to ring, and has to find the number first.

To put it right: find the number, and write it with the month it was printed.
"""

from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "advice"


def check(folder: RulebookFolder) -> Problems:
    """Report each contact that people are told to ring, and that has no number."""
    rulebook = folder.rulebook
    rung = {case.contact for action in rulebook.actions for case in action.cases} | set(rulebook.if_worse_contacts)
    for index, contact in enumerate(rulebook.contacts):
        if contact.id in rung and contact.number is None:
            what = f"People are told to ring '{contact.id}', and there is no number."
            yield Problem("rulebook", ("contacts", index, "number"), what, "Find the number, and write it.")

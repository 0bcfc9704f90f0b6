"""Nothing says to ring a contact.

Finds: a contact that no action, no other contact and not `if_worse_contacts` names.

Why it matters: the number is kept up to date and nobody is given it, or an action that should give it does not.

To put it right: name it at the action where it is needed, or remove it.
"""

from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "advice"


def check(folder: RulebookFolder) -> Problems:
    """Report each contact that nothing names."""
    rulebook = folder.rulebook
    named = {case.contact for action in rulebook.actions for case in action.cases}
    named |= {contact.otherwise for contact in rulebook.contacts} | set(rulebook.if_worse_contacts)
    for index, contact in enumerate(rulebook.contacts):
        if contact.id not in named:
            what = f"Nothing names the contact '{contact.id}'."
            yield Problem("rulebook", ("contacts", index), what, "Name it where it is needed, or remove it.")

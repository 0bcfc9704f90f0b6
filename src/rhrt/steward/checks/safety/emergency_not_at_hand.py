"""The one to ring in an emergency is not among those shown under every answer.

Finds: a `if_worse_contacts` without the number that the first step of the most urgent answer rings. A first step
that rings nobody is found by `nobody-to-ring`.

Why it matters: things can get worse after the answer. What stands under every answer is then all that people have.

To put it right: add the contact to `if_worse_contacts` in `rulebook.yaml`.
"""

from rhrt.rulebook.model import Contact
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight
from rhrt.steward.checks.safety.nobody_to_ring import case_of, first_deeds

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Report each number that the first step of an emergency rings and that is not at hand."""
    contact = folder.rulebook.contact
    at_hand = {_number(contact[id_]) for id_ in folder.rulebook.if_worse_contacts}
    for deed in sorted(deed for deed, _ in first_deeds(folder.situations) if deed):
        rung = case_of(folder.rulebook, deed).contact
        if rung and _number(contact[rung]) not in at_hand:
            at_hand.add(_number(contact[rung]))
            what = f"In an emergency '{rung}' is rung, and is not shown under every answer."
            yield Problem("rulebook", ("if_worse_contacts",), what, f"Add '{rung}' to if_worse_contacts.")


def _number(contact: Contact) -> str:
    """Give what tells one contact from another: two with one number are the same."""
    return contact.number or contact.id

"""The one to ring in an emergency is not among those shown under every answer.

Finds: a `if_worse_contacts` without the number that a step of the most urgent answer rings first; and a most urgent
answer of which no step rings anybody.

Why it matters: things can get worse after the answer. What stands under every answer is then all that people have.

To put it right: add the contact to `if_worse_contacts` in `rulebook.yaml`. If no step has a `contact`, give the
first one.
"""

from __future__ import annotations

from collections.abc import Iterator

from rhrt.rulebook.checks import Problem, Weight
from rhrt.rulebook.folder import RulebookFolder
from rhrt.rulebook.model import Case, Contact, Rulebook
from rhrt.rulebook.situations import Situation, in_words

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Iterator[Problem]:
    """Report the plainest emergency whose number is not at hand."""
    rulebook, situations = folder.rulebook, folder.situations
    most = rulebook.urgencies[0].id if len(rulebook.urgencies) > 1 else None
    at_hand = {_number(rulebook.contact[id_]) for id_ in rulebook.if_worse_contacts}
    for situation in situations.each:
        if situation.fact["urgency"] != most:
            continue
        rung = _rung_first(rulebook, situation)
        if rung is None:
            what = f"It is {most} when {in_words(situations.record(situation))}, and no step has anybody to ring."
            yield Problem("actions", ("actions",), what, "Give the first step a contact.")
            return
        if _number(rung) not in at_hand:
            what = f"In an emergency '{rung.id}' is rung, and is not shown under every answer."
            yield Problem("rulebook", ("if_worse_contacts",), what, f"Add '{rung.id}' to if_worse_contacts.")
            return


def _number(contact: Contact) -> str:
    """Give what tells one contact from another: two with one number are the same."""
    return contact.number or contact.id


def _rung_first(rulebook: Rulebook, situation: Situation) -> Contact | None:
    """Give the contact of the first step that has one."""
    for rule in situation.steps.values():
        case = _case(rulebook, rule)
        if case.contact:
            return rulebook.contact[case.contact]
    return None


def _case(rulebook: Rulebook, rule: str) -> Case:
    """Give the case of an action by the name of its rule: `action/CODE/N`, from 1."""
    _, code, number = rule.split("/")
    action = next(action for action in rulebook.actions if action.code == code)
    return action.cases[int(number) - 1]

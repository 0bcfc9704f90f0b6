"""A step names one contact and gives the number of another.

Finds: a case of an action whose words name a contact of `rulebook.yaml`, by its name or by the short form in
brackets, and whose `contact` is one that they do not name.

Why it matters: a person in a hurry rings the number that stands there, and reaches somebody else.

To put it right: give the number of the contact that the words name, or name the one whose number it is.
"""

from rhrt.faults import one_of
from rhrt.rulebook.deeds import is_named
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "advice"


def check(folder: RulebookFolder) -> Problems:
    """Report each case that names somebody, and gives the number of somebody else."""
    contacts = folder.rulebook.contacts
    for index, action in enumerate(folder.rulebook.actions):
        for number, case in enumerate(action.cases):
            named = [contact for contact in contacts if is_named(contact, case.text)]
            if case.contact and named and case.contact not in [contact.id for contact in named]:
                # Teams of several places may share a name: which of them is meant, the words do not say.
                whom = one_of([f"'{contact.id}'" for contact in named])
                what = f"The words name {whom}, and the number is that of '{case.contact}'."
                location = ("actions", index, "cases", number, "contact")
                yield Problem("actions", location, what, "Give the number of whom the words name.")

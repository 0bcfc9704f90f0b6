"""Nobody has checked a telephone number of late.

Finds: a contact with a number that nobody has marked as checked, or that was last checked more than 12 months
ago.

Why it matters: a number that has changed costs time, at the worst moment.

To put it right: ring the number. If it is right, write the day as `verified: 2026-11-21`.
"""

from rhrt.rulebook import dates
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "advice"
_SHORT = 3


def check(folder: RulebookFolder) -> Problems:
    """Report each number not checked within 12 months."""
    today = dates.today()
    for index, contact in enumerate(folder.rulebook.contacts):
        if contact.number is None or len(contact.number) <= _SHORT:
            continue
        at = ("contacts", index, "verified")
        day = dates.first_day(contact.verified) if contact.verified else None
        remedy = "Ring it, and write the day here."
        if contact.verified is None:
            what = f"Nobody has checked the number of '{contact.id}' since it was printed."
            yield Problem("rulebook", at, what, remedy)
        elif day and day < dates.year_before(today):
            what = f"The number of '{contact.id}' was last checked on {contact.verified}."
            yield Problem("rulebook", at, what, remedy)

"""The date of a contact cannot be right.

Finds: a `printed` or `verified` that is not a date or is still to come, and a number verified before it was
printed.

Why it matters: people rely on the date to know whether they can trust the number.

To put it right: write `printed` as the month of the source, such as 2020-11, and `verified` as the day somebody
checked it, such as 2026-11-21.
"""

from rhrt.rulebook import dates
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Report each date of a contact that cannot be."""
    for index, contact in enumerate(folder.rulebook.contacts):
        at = ("contacts", index)
        for name, written in (("printed", contact.printed), ("verified", contact.verified)):
            if written is not None and dates.first_day(written) is None:
                what = f"'{written[:40]}' is not a date."
                remedy = "Write a month such as 2020-11, or a day such as 2026-11-21."
                yield Problem("rulebook", (*at, name), what, remedy)
            elif written is not None and dates.in_future(written):
                yield Problem("rulebook", (*at, name), f"{written} is still to come.", "Write the day it was.")
        printed, verified = dates.first_day(contact.printed), dates.first_day(contact.verified or "")
        if printed and verified and verified < printed and len(contact.verified or "") >= len(contact.printed):
            what = f"The number was checked on {contact.verified}, before it was printed ({contact.printed})."
            yield Problem("rulebook", (*at, "verified"), what, "Check it again, and write the day.")

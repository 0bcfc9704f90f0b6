"""This is not a telephone number.

Finds: a contact whose `number` nobody could ring, by its characters, by how it begins, or by how many digits it
has.

Why it matters: somebody rings it with a child on their mind, and nobody answers.

To put it right: compare it with the source. Write digits, spaces, brackets and hyphens only, in quotes:
"01432 260800", "+44 1432 260800", "116 123" or "999".
"""

import re

from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "error"
_EXTENSION = re.compile(r",? (?:ext\.?|extension|option) \d{1,6}\Z")
_CHARACTERS = re.compile(r"\+?[\d ()-]+\Z")
_DIGITS = re.compile(
    r"[1-9]\d\d"  # 999, 112, 101, 111
    r"|1\d{4,5}"  # 18000, 116 123
    r"|0[1-9]\d{8,9}"  # 01432 260800, 07700 900123
    r"|08(?:00|45)\d{4}"  # 0800 1111, and few others that are as short
    r"|\+[1-9]\d{7,14}"
)


def check(folder: RulebookFolder) -> Problems:
    """Report each number that cannot be one."""
    for index, contact in enumerate(folder.rulebook.contacts):
        if contact.number is not None and not _could_be_rung(contact.number):
            what = f"'{contact.number[:40]}' of '{contact.id}' does not look like a telephone number."
            yield Problem("rulebook", ("contacts", index, "number"), what, "Compare it with the source.")


def _could_be_rung(number: str) -> bool:
    own = _EXTENSION.sub("", number)
    digits = re.sub(r"[ ()-]", "", re.sub(r"(?<=\d) ?\(0\)", "", own) if own.startswith("+") else own)
    return (
        own.isascii()
        and _CHARACTERS.match(own) is not None
        and own.count("(") == own.count(")")
        and _DIGITS.fullmatch(digits) is not None
    )

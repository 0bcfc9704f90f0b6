"""A telephone number stands in a text.

Finds: what looks like a telephone number in a text that people read. Numbers such as 999, 101 and 111 are left
alone.

Why it matters: numbers change. Those under `contacts` say when they were printed and checked; one in a text is
missed.

To put it right: write it under `contacts` in `rulebook.yaml`, and name the contact where it is needed.
"""

import re

from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight
from rhrt.steward.checks.texts import texts

WEIGHT: Weight = "advice"
_NUMBER = re.compile(r"(?<![\w£.,/-])(?:\+44[ (]*0?[1-9]|\(?0[1-9])\d{1,3}\)?(?: ?\d{2,8}){1,4}(?![\w/-])")
_FEWEST_DIGITS = 8


def check(folder: RulebookFolder) -> Problems:
    """Report each text with a telephone number in it."""
    for text in texts(folder.rulebook):
        for found in _NUMBER.finditer(text.words):
            if sum(map(str.isdigit, found[0])) >= _FEWEST_DIGITS:
                what = f"“{found[0]}” looks like a telephone number."
                yield Problem(text.file, text.location, what, "Make it a contact, and name that.")
                break

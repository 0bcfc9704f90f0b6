"""A word is spelt as in the United States.

Finds: a word with a spelling that is never British, in a text of the rulebook's own. What is quoted, and how
people say it, are left alone.

Why it matters: the rest of the text is British. An odd spelling makes people doubt what they read.

To put it right: write the spelling that is given.
"""

import re

from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight
from rhrt.steward.checks.texts import texts

WEIGHT: Weight = "advice"
# Only words in small letters, for a name may be spelt in any way; and only those that are British in no sense.
_BRITISH = {
    "behavior": "behaviour", "behaviors": "behaviours", "behavioral": "behavioural", "center": "centre",
    "centers": "centres", "color": "colour", "colors": "colours", "counseling": "counselling",
    "counselor": "counsellor", "counselors": "counsellors", "defense": "defence", "favor": "favour",
    "favorite": "favourite", "fulfill": "fulfil", "gray": "grey", "harbor": "harbour", "honor": "honour",
    "labeled": "labelled", "labor": "labour", "neighbor": "neighbour", "neighbors": "neighbours",
    "neighborhood": "neighbourhood", "offense": "offence", "offenses": "offences", "pediatric": "paediatric",
    "pediatrician": "paediatrician", "skillful": "skilful", "traveled": "travelled", "traveling": "travelling",
}  # fmt: skip


def check(folder: RulebookFolder) -> Problems:
    """Report each word with an American spelling, once in a text."""
    for text in texts(folder.rulebook):
        for word in dict.fromkeys(re.findall(r"(?<![\w.@/-])[a-z]+(?![\w@/-])", text.words)):
            if word in _BRITISH:
                what = f"'{word}' is not a British spelling."
                yield Problem(text.file, text.location, what, f"Write {_BRITISH[word]}.")

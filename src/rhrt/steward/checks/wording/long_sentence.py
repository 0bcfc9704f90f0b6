"""A sentence is long.

Finds: a sentence of more than 35 words in a text that people read.

Why it matters: people read it in a hurry, with a child on their mind.

To put it right: make two sentences of it.
"""

import re

from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight
from rhrt.steward.checks.texts import texts

WEIGHT: Weight = "advice"
_MOST_WORDS = 35


def check(folder: RulebookFolder) -> Problems:
    """Report the longest sentence of each text that has one too long."""
    for text in texts(folder.rulebook):
        sentences = re.split(r"(?<=[.?!:;])\s+", text.words)
        longest = max((len(sentence.split()) for sentence in sentences), default=0)
        if longest > _MOST_WORDS:
            yield Problem(text.file, text.location, f"A sentence here has {longest} words.", "Make two of it.")

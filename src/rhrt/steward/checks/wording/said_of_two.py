"""The same words lead to two indicators.

Finds: a way of saying it, under `also` or in a file of `ways/`, that two indicators share. The words are read as
the search reads them: capitals, spaces and the endings of words do not count.

Why it matters: a person who types these words finds both, and cannot tell which one is meant.

To put it right: keep the words where they fit best, and say the other one in words of its own.
"""

from rhrt.search.index import features
from rhrt.search.reading import words_of
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight
from rhrt.steward.checks.texts import Said, said

WEIGHT: Weight = "advice"


def check(folder: RulebookFolder) -> Problems:
    """Report each way of saying an indicator that is one of another indicator before it."""
    claimed: dict[frozenset[str], Said] = {}
    for one in said(folder):
        first = claimed.setdefault(frozenset(features(words_of(one.words)) or [one.plain]), one)
        if first.indicator != one.indicator:
            words = "" if first.plain == one.plain else f", as “{first.words}”"
            what = f"“{one.words}” is also said of '{first.indicator}' in {first.file}.yaml{words}."
            yield Problem(one.file, one.location, what, "Keep it where it fits best.")

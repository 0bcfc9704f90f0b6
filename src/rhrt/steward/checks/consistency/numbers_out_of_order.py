"""An indicator's number does not fit those around it.

Finds: a number `n` that falls from one indicator to the next in a file; a few numbers that are missing from a
list that has nearly all; and one indicator whose level does not fit the levels of the numbers before and after
it.

Why it matters: the number is the indicator's place in the framework. A slip there can mean that one was left
out, or was filed under the wrong level.

To put it right: compare the number and the level with the framework.
"""

from __future__ import annotations

from collections.abc import Iterator

from rhrt.rulebook.model import Indicator
from rhrt.steward.checks import Problem, Weight
from rhrt.steward.folder import RulebookFolder
from rhrt.steward.numbers import missing_numbers, out_of_line

WEIGHT: Weight = "advice"


def check(folder: RulebookFolder) -> Iterator[Problem]:
    """Report numbers that fall, are missing, or stand among those of another level."""
    numbered = [indicator for indicator in folder.rulebook.indicators if indicator.n is not None]
    astray: Indicator | None = out_of_line(numbered)
    highest: dict[str, int] = {}
    for file, location, entry in folder.entries("indicators"):
        number = entry.get("n")
        if number is not None and number < highest.get(file, number):
            what = f"The number {number} comes after {highest[file]}."
            yield Problem(file, (*location, "n"), what, "Compare it with the framework.")
        if number is not None:
            highest[file] = max(number, highest.get(file, number))
        if astray and entry["id"] == astray.id:
            what = f"The number {number} lies among those of another level than Level {astray.level}."
            yield Problem(file, location, what, "Compare its number and level with the framework.")
    missing = missing_numbers([indicator.n or 0 for indicator in numbered])
    if len(missing) > len(folder.rulebook.retired):  # each that was taken out leaves its number
        what = f"Of the numbers up to {numbered[-1].n}, these are missing: {', '.join(map(str, missing))}."
        yield Problem("rulebook", (), what, "See whether an indicator was left out.")

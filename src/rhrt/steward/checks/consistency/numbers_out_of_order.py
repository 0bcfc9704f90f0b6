"""An indicator's number does not fit those around it.

Finds: a number `n` that falls from one indicator to the next in a file; a few numbers that are missing from a
list that has nearly all; and one indicator whose level does not fit the levels of the numbers before and after
it.

Why it matters: the number is the indicator's place in the framework. A slip there can mean that one was left
out, or was filed under the wrong level.

To put it right: compare the number and the level with the framework.
"""

from collections.abc import Sequence

from rhrt.rulebook.model import Indicator
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "advice"


def check(folder: RulebookFolder) -> Problems:
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


_FEWEST = 8
_MOST_MISSING = 0.1
_FAR = 3


def missing_numbers(numbers: Sequence[int]) -> list[int]:
    """Give the numbers left out of a list that runs from 1 and has nearly all; none of any other list."""
    missing = sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers))
    nearly_all = len(numbers) >= _FEWEST and 1 in numbers and len(missing) <= _MOST_MISSING * len(numbers)
    return missing if nearly_all else []


def out_of_line(numbered: Sequence[Indicator]) -> Indicator | None:
    """Give the one indicator without which the levels never fall as the numbers rise, if it lies far off."""
    levels = [indicator.level for indicator in numbered]
    if len(levels) < _FEWEST or levels == sorted(levels):
        return None
    for place, level in enumerate(levels):
        others = levels[:place] + levels[place + 1 :]
        if others == sorted(others):
            before, after = sum(own > level for own in levels[:place]), sum(own < level for own in levels[place:])
            return numbered[place] if max(before, after) >= _FAR else None
    return None

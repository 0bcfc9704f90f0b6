"""Whether the numbers of indicators run as a framework's list does."""

from __future__ import annotations

from collections.abc import Sequence

from rhrt.rulebook.model import Indicator

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

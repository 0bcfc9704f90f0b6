"""Whole numbers and words, written so that they are small when they are sent: `script/search/unpack.js` reads them.

Nothing here knows what is written.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise, takewhile
from typing import Any

_LETTERS = [chr(code) for code in range(ord("#"), ord("~") + 1) if chr(code) not in "\\<"]
"""What numbers are written in: nothing that JSON or a page would write in another way."""

_ONE, _TWO = 60, 84
"""The letters before these stand for a number alone, and with one more after them; the rest, with two more."""

_BASE = len(_LETTERS)
_MOST_SHARED = 25


def letters(numbers: Iterable[int]) -> str:
    """Write whole numbers, small ones in a letter each. Raises ValueError for one below 0 or above 50,819."""
    return "".join(map(_letter, numbers))


def _letter(number: int) -> str:
    if 0 <= number < _ONE:
        return _LETTERS[number]
    more, last = divmod(number - _ONE, _BASE)
    if 0 <= more < _TWO - _ONE:
        return _LETTERS[_ONE + more] + _LETTERS[last]
    first, more = divmod(more - (_TWO - _ONE), _BASE)
    if number < 0 or _TWO + first >= _BASE:
        raise ValueError(number)
    return _LETTERS[_TWO + first] + _LETTERS[more] + _LETTERS[last]


def front_coded(words: Iterable[str]) -> str:
    """Write words in small letters, each as how much it shares with the one before (A for none) and the rest."""
    written, before = list[str](), ""
    for word in words:
        shared = min(_alike(before, word), _MOST_SHARED)
        written.append(chr(ord("A") + shared) + word[shared:])
        before = word
    return "".join(written)


def ranks(sequences: Iterable[Sequence[str]]) -> dict[str, int]:
    """Give the words of sequences a number each, those used most first."""
    used = Counter(word for sequence in sequences for word in sequence)
    return {word: rank for rank, word in enumerate(sorted(used, key=lambda word: (-used[word], word)))}


def in_order(sequences: Iterable[Sequence[str]], rank: Mapping[str, int]) -> list[list[int]]:
    """Give sequences of words as their numbers, in order."""
    return sorted([rank[word] for word in sequence] for sequence in sequences)


def packed(groups: Sequence[Sequence[Sequence[int]]], rank: Mapping[str, int]) -> dict[str, Any]:
    """Write groups of sequences, each in order: how much each shares with the one before, and the rest of it.

    The first number of the rest is written as how much greater it is than the one in its place.
    """
    shared, own, rest = list[int](), list[int](), list[int]()
    for group in groups:
        before: Sequence[int] = ()
        for sequence in group:
            same = _alike(before, sequence)
            shared.append(same)
            own.append(len(sequence) - same)
            rest += _more(sequence[same:], before[same:])
            before = sequence
    return {
        "words": " ".join(rank),
        "groups": [len(group) for group in groups],
        "shared": letters(shared),
        "own": letters(own),
        "rest": letters(rest),
    }


def _more(rest: Sequence[int], before: Sequence[int]) -> list[int]:
    return [rest[0] - before[0], *rest[1:]] if rest and before else [*rest]


def steps(values: Iterable[tuple[float, int]]) -> list[list[float]]:
    """Give where what is worked out from a number changes: the least number with a value, and the value.

    Whoever looks up one of the numbers needs no logarithm, which is not the same everywhere. Raises ValueError
    where one number has two values.
    """
    found = dict[float, int]()
    for number, value in values:
        if found.setdefault(number, value) != value:
            raise ValueError(number)
    ordered = sorted(found.items())
    changes = ordered[:1] + [one for before, one in pairwise(ordered) if before[1] != one[1]]
    return [[number for number, _ in changes], [value for _, value in changes]]


def _alike(one: Sequence[object], other: Sequence[object]) -> int:
    """Give how many of the first are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))

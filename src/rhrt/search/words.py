"""How well signs fit some words: a small algorithm in whole numbers over the index, with nothing else to it.

A script in a browser does the same: see the page beside this file.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from rhrt.search.index import features

_NEXT, _OF_NEXT = 3, (3, 10)
"""How many phrases after the best count, and for how much."""


class Words:
    """The search by words in one index. It never changes, and threads may share it."""

    def __init__(self, index: Mapping[str, Any]) -> None:
        self._signs: list[str] = index["signs"]
        self._whose, self._size = index["phrases"]
        self._uses = index["uses"]

    def fit(self, words: Iterable[str]) -> tuple[dict[str, int], int]:
        """Give the signs that share a word, by id, and how well each fits; and how well an ordinary day does."""
        shared = defaultdict[int, int](int)
        used = [self._uses[feature] for feature in features(words) if feature in self._uses]
        for weight, phrases, _ in used:
            square = weight * weight
            for phrase in phrases:
                shared[phrase] += square
        speaks = _added(points for _, _, points in used)
        best = defaultdict[int, list[int]](list)
        for phrase, square in shared.items():
            best[self._whose[phrase]].append(square // self._size[phrase])
        fits = {sign: _together(scores) for sign, scores in best.items()}
        ordinary = fits.pop(len(self._signs), 0)
        return {self._signs[sign]: fits.get(sign, 0) + speaks.get(sign, 0) for sign in {**fits, **speaks}}, ordinary

    def speaking(self, words: Iterable[str]) -> dict[str, int]:
        """Give how far each word and pair speaks for signs, by id, without looking at phrases."""
        points = _added(self._uses[feature][2] for feature in features(words) if feature in self._uses)
        return {self._signs[sign]: total for sign, total in points.items()}


def _added(each: Iterable[Iterable[tuple[int, int]]]) -> dict[int, int]:
    added = defaultdict[int, int](int)
    for points in each:
        for sign, more in points:
            added[sign] += more
    return added


def _together(scores: list[int]) -> int:
    scores.sort(reverse=True)
    part, whole = _OF_NEXT
    return scores[0] + part * sum(scores[1 : 1 + _NEXT]) // whole

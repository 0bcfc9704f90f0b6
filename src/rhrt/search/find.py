"""Finding indicators by plain words: what fits by the words, and by meaning where that is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rhrt.rulebook.model import Indicator, Rulebook
from rhrt.search.meaning import Learnt, Meaning
from rhrt.search.words import LONGEST_QUERY, Words

# Chosen by trying others on the tuning half of tests/search_quality.
_WEIGHT_OF_MEANING = 2.0
_NEAR_ENOUGH = 0.45  # unlike texts are about 0.4 near


@dataclass(frozen=True, slots=True)
class Found:
    """An indicator found, with how well it fits: higher is better, and only compares within one search."""

    indicator: Indicator
    score: float


class Search:
    """The search in one rulebook, which a program makes and hands on: by words, and by meaning if that is given.

    It never changes, so that the same words find the same, whoever asked before. Threads may share it.
    """

    def __init__(self, rulebook: Rulebook, by_meaning: Meaning | None = None) -> None:
        self.rulebook = rulebook
        self._words = Words(rulebook)
        self._learnt = Learnt(rulebook, by_meaning) if by_meaning else None

    def fits(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """Give, for each text, the ids of the indicators that fit it, with how well: up to 1 for the words alone.

        Of a text the first `LONGEST_QUERY` characters are read.
        """
        read = [text[:LONGEST_QUERY] for text in texts]
        near = self._learnt.fit(read) if self._learnt else [dict[str, float]() for _ in read]
        return [_together(*both) for both in zip(self._words.fit(read), near, strict=True)]


def find(words: str, search: Search, limit: int = 10) -> list[Found]:
    """Give the indicators that fit plain words, best first; those that cannot be recorded are left out."""
    fit = search.fits([words])[0]
    best = sorted(fit, key=lambda id_: -fit[id_])[:limit]
    return [Found(search.rulebook.indicator[id_], round(fit[id_], 3)) for id_ in best]


def document(found: Found) -> dict[str, Any]:
    """Give an indicator found as data."""
    one = found.indicator
    named = {"indicator": one.id, "n": one.n, "level": one.level, "heading": one.heading, "wording": one.wording}
    return {**named, "score": found.score}


def _together(by_words: dict[str, float], near: dict[str, float]) -> dict[str, float]:
    best = max(by_words.values(), default=1.0)
    if not near:
        return {id_: fit / best for id_, fit in by_words.items()}
    return {
        id_: by_words.get(id_, 0.0) / best + _WEIGHT_OF_MEANING * nearness
        for id_, nearness in near.items()
        if id_ in by_words or nearness >= _NEAR_ENOUGH
    }

"""Finding indicators by plain words: what fits by the words, and by meaning where that is wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rhrt.faults import BadInput, Fault
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

        Raises BadInput for a text of more than `LONGEST_QUERY` characters: no part of it is left unread.
        """
        for text in texts:
            refuse_too_many(text, "words")
        near = self._learnt.fit(texts) if self._learnt else [dict[str, float]() for _ in texts]
        return [_together(*both) for both in zip(self._words.fit(texts), near, strict=True)]


def find(words: str, search: Search, limit: int = 10) -> list[Found]:
    """Give the indicators that fit plain words, best first; those that cannot be recorded are left out.

    Raises BadInput for words that are too many to be read whole.
    """
    fit = search.fits([words])[0]
    best = sorted(fit, key=lambda id_: -fit[id_])[:limit]
    return [Found(search.rulebook.indicator[id_], round(fit[id_], 3)) for id_ in best]


def refuse_too_many(words: str, where: str, remedy: str = f"Send {LONGEST_QUERY} characters at most.") -> None:
    """Raise BadInput, at `where`, for words that are too many to be read whole."""
    if len(words) > LONGEST_QUERY:
        raise BadInput([Fault(where, "These are too many words.", remedy)])


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

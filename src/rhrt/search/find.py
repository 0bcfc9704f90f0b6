"""Finding signs by plain words: what fits by the words, and by meaning where that is wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from rhrt.faults import BadInput, Fault
from rhrt.made_once import made_once
from rhrt.rulebook.model import Indicator, Rulebook
from rhrt.search.kept import index_for
from rhrt.search.meaning import Learnt, Meaning
from rhrt.search.reading import words_of
from rhrt.search.spelling import Spelling
from rhrt.search.words import Words

LONGEST_QUERY = 2_000
"""How many characters of a query are read."""

# Chosen by trying others on the tuning half of tests/search_quality.
_WEIGHT_OF_MEANING = 2
_NEAR_ENOUGH = 550
_FINDABLE = 150


class Part(NamedTuple):
    """Words to fit signs to: as read, and as written."""

    words: Sequence[str]
    written: str


@dataclass(frozen=True, slots=True)
class Found:
    """An indicator found, with how well it fits: higher is better."""

    indicator: Indicator
    score: int


class Search:
    """The search in one rulebook, which a program makes and hands on: by words, and by meaning if that is given.

    It never changes, so that the same words find the same, whoever asked before. Threads may share it.
    """

    def __init__(self, rulebook: Rulebook, by_meaning: Meaning | None = None) -> None:
        self.rulebook = rulebook
        index = rulebook.once("search", index_for)
        self._words, self._called = Words(index), index["called"]
        self._spelling = Spelling(*index["spelling"])
        self._learnt = Learnt(rulebook, by_meaning) if by_meaning else None

    @made_once
    def concerns(self) -> dict[str, tuple[str, ...]]:
        """The signs of each concern: of each ladder, and of each sign that stands on none and is no strength."""
        ladders = {ladder.id: ladder.rungs for ladder in self.rulebook.ladders}
        on_ladders = {id_ for rungs in ladders.values() for id_ in rungs}
        alone = (one for one in self.rulebook.indicators if one.recordable and one.id not in on_ladders)
        return ladders | {one.id: (one.id,) for one in alone if not self.rulebook.level[one.level].strengths}

    def fits(self, parts: Sequence[Part]) -> list[dict[str, int]]:
        """Give, for each part of a text, the ids of the signs that fit it, with how well, less what is ordinary."""
        return [{id_: score - ordinary for id_, score in fit.items()} for fit, ordinary in self._fits(parts)]

    def speaking(self, words: Sequence[str]) -> dict[str, int]:
        """Give how far some words speak for signs, by id: enough to choose between the clauses of a sentence."""
        return self._words.speaking(map(self._meant, words))

    def sought(self, words: str) -> dict[str, int]:
        """Give the ids of the signs that fit a query: whoever asks does not tell of an ordinary day."""
        ((fit, _),) = self._fits([Part(words_of(words), words)])
        return fit

    def _fits(self, parts: Sequence[Part]) -> list[tuple[dict[str, int], int]]:
        by_words = [self._words.fit(map(self._meant, part.words)) for part in parts]
        if not self._learnt:
            return by_words
        near = self._learnt.fit([part.written for part in parts])
        return [(_together(fit, also), ordinary) for (fit, ordinary), also in zip(by_words, near, strict=True)]

    def _meant(self, word: str) -> str:
        """Give what a word stands for: itself, what people also call it, or the word it is a slip for."""
        return self._called.get(word) or self._spelling.mended(word)


def find(words: str, search: Search, limit: int = 10) -> list[Found]:
    """Give the indicators that fit plain words, best first; those that cannot be recorded are left out.

    Raises BadInput for words that are too many to be read whole.
    """
    refuse_too_many(words, "words")
    fit = search.sought(words)
    best = sorted(fit, key=lambda id_: (-fit[id_], search.rulebook.position[id_]))
    return [Found(search.rulebook.indicator[id_], fit[id_]) for id_ in best[:limit] if fit[id_] >= _FINDABLE]


def refuse_too_many(words: str, where: str, remedy: str = f"Send {LONGEST_QUERY} characters at most.") -> None:
    """Raise BadInput, at `where`, for words that are too many to be read whole."""
    if len(words) > LONGEST_QUERY:
        raise BadInput([Fault(where, "These are too many words.", remedy)])


def document(found: Found) -> dict[str, Any]:
    """Give an indicator found as data."""
    one = found.indicator
    named = {"indicator": one.id, "n": one.n, "level": one.level, "heading": one.heading, "wording": one.wording}
    return {**named, "score": found.score}


def _together(by_words: dict[str, int], near: dict[str, int]) -> dict[str, int]:
    more = {id_: _WEIGHT_OF_MEANING * max(0, nearness - _NEAR_ENOUGH) for id_, nearness in near.items()}
    return {id_: by_words.get(id_, 0) + more[id_] for id_ in near if id_ in by_words or more[id_]}

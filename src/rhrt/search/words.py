"""How well indicators fit plain words.

SQLite's full text search does the work: it stems words and ranks by how rare they are and how often they
stand in an indicator's wording and ways of saying it, and in the one way of saying it that fits best. What people
also call a word, by the rulebook's synonyms, counts too, but less. A word that no indicator uses is replaced by its
synonyms and then, where there are none, by the nearest spellings. Nothing is kept.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterable
from functools import cache
from weakref import WeakKeyDictionary

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from rhrt.rulebook.model import Indicator, Rulebook

LONGEST_QUERY = 2_000
"""How many characters of a query are read."""

_WORD = re.compile(r"[a-z0-9]+")
_EMPTY = frozenset(
    "a about after all am an and any are as at be been before being but by can could did do does doing for from "  # noqa: SIM905
    "had has have having he her here him his how i if in into is it its just me more my no not now of off on only "
    "or our out over own re s same she should so some such t than that the their them then there these they this "
    "to too up us ve very was we were what when where which while who will with would you your im ive hes shes "
    "theyre dont doesnt isnt wasnt cant wont".split()
)
"""Words too common to find anything by."""

# Chosen by trying others on queries written apart from the rulebook: see tests/search_quality.
_WEIGHT_OF_WORDING = 1.5
_WEIGHT_OF_BEST_PHRASE = 0.7
_WEIGHT_OF_SYNONYMS = 0.4
_SHORTEST_DOUBTED = 4
_NEAR_ENOUGH = 0.72


def fit_by_words(texts: Iterable[str], rulebook: Rulebook) -> list[dict[str, float]]:
    """Give, for each text, the ids of the indicators that share a word with it, with how well each fits.

    Those that cannot be recorded are left out. A fit only compares within one text.
    """
    index = _indexes.get(rulebook)
    if index is None:
        index = _indexes[rulebook] = _Index(rulebook)
    terms = cache(index.terms)  # for these texts only: no word that somebody told is kept
    return [index.fit([term for word in _meaningful(text) for term in terms(word)]) for text in texts]


class _Index:
    """The words of one rulebook, indexed in memory."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._synonyms = {word: group for group in rulebook.synonyms for word in group}
        self._vocabulary: set[str] = set()
        self._store = sqlite3.connect(":memory:", check_same_thread=False)
        self._store.execute(
            "CREATE VIRTUAL TABLE said USING fts5(wording, also, indicator UNINDEXED, tokenize='porter')"
        )
        self._store.execute("CREATE VIRTUAL TABLE phrase USING fts5(words, indicator UNINDEXED, tokenize='porter')")
        for indicator in rulebook.indicators:
            if indicator.recordable:
                self._add(indicator)

    def fit(self, terms: Iterable[str]) -> dict[str, float]:
        """Search for any of the terms, and with less weight for what people also call them."""
        asked = dict.fromkeys(terms)
        wider = asked | dict.fromkeys(other for term in asked for other in self._called(term))
        found = self._search(asked)
        if len(wider) == len(asked):
            return found
        widely = self._search(wider)
        return {id_: found.get(id_, 0.0) + _WEIGHT_OF_SYNONYMS * score for id_, score in widely.items()}

    def _search(self, terms: Collection[str]) -> dict[str, float]:
        if not terms:
            return {}
        query = " OR ".join(f'"{term}"' for term in terms)
        best: dict[str, float] = {}
        for id_, score in self._store.execute(
            "SELECT indicator, -bm25(phrase) FROM phrase WHERE phrase MATCH ?", (query,)
        ):
            best[id_] = max(score, best.get(id_, 0.0))
        rows = self._store.execute(
            "SELECT indicator, -bm25(said, ?, 1.0) FROM said WHERE said MATCH ? ORDER BY rowid",
            (_WEIGHT_OF_WORDING, query),
        )
        return {id_: score + _WEIGHT_OF_BEST_PHRASE * best[id_] for id_, score in rows}

    def terms(self, word: str) -> list[str]:
        """Give what to look for: the word itself, or what stands in for one that no indicator uses."""
        if self._is_used(word):
            return [word]
        if word in self._synonyms:
            return self._called(word)
        if len(word) < _SHORTEST_DOUBTED:
            return []
        near = extract(
            word,
            self._vocabulary,
            scorer=OSA.normalized_similarity,
            score_cutoff=_NEAR_ENOUGH,
            limit=3,
        )
        return sorted(other for other, _, _ in near)

    def _add(self, indicator: Indicator) -> None:
        phrases = [" ".join(_words(text)) for text in (indicator.wording, *indicator.also)]
        self._vocabulary.update(word for phrase in phrases for word in phrase.split())
        said = (phrases[0], " ".join(phrases[1:]), indicator.id)
        self._store.execute("INSERT INTO said VALUES (?, ?, ?)", said)
        self._store.executemany("INSERT INTO phrase VALUES (?, ?)", [(phrase, indicator.id) for phrase in phrases])

    def _called(self, word: str) -> list[str]:
        """Give the words that people use for a word and that some indicator uses."""
        return [other for other in self._synonyms.get(word, ()) if other in self._vocabulary]

    def _is_used(self, word: str) -> bool:
        if word in self._vocabulary:
            return True
        row = self._store.execute("SELECT 1 FROM said WHERE said MATCH ? LIMIT 1", (f'"{word}"',)).fetchone()
        return row is not None


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("'", "").replace("’", ""))


def _meaningful(text: str) -> list[str]:
    """Give the words that carry meaning; all of them where none would be left."""
    words = _words(text[:LONGEST_QUERY])
    return [word for word in words if word not in _EMPTY] or words


_indexes: WeakKeyDictionary[Rulebook, _Index] = WeakKeyDictionary()

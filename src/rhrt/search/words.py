"""How well indicators fit plain words.

SQLite's full text search does the work: it stems words and ranks by how rare they are and how often they
stand in an indicator's wording and ways of saying it, and in the one way of saying it that fits best. What people
also call a word, by the rulebook's synonyms, counts too, but less. A word that no indicator uses is replaced by its
synonyms and then, where there are none, by the nearest spellings. Nothing that somebody told is kept.

SQLite's ranking is a sum over the words asked for. So each word of a text is looked up once and what it finds is
added up: to ask anew for every sentence and clause would cost ten times as much.
"""

import re
import sqlite3
from collections.abc import Iterable
from threading import Lock
from typing import NamedTuple
from unicodedata import normalize
from weakref import finalize

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from rhrt.rulebook.model import Indicator, Rulebook

LONGEST_QUERY = 2_000
"""How many characters of a query are read."""

_WORD = re.compile("(?:[^\\W_][\u0300-\u036f]*)+")
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

_MOST_DOUBTED = 200
"""For how many words told, that no indicator uses, the nearest spelling is sought. A long text has some dozens."""


class _Uses(NamedTuple):
    """Where a word is used, with how much that counts: in which indicators, and in which single phrases of them."""

    said: list[tuple[int, float]]
    phrases: list[tuple[int, float]]


class Words:
    """The words of one rulebook, indexed in memory. It never changes, and threads may share it."""

    def __init__(self, rulebook: Rulebook) -> None:
        known = [one for one in rulebook.indicators if one.recordable]
        self._synonyms = {word: group for group in rulebook.synonyms for word in group}
        self._ids = [one.id for one in known]
        self._whose = [number for number, one in enumerate(known) for _ in (one.wording, *one.also)]
        self._store = sqlite3.connect(":memory:", check_same_thread=False)
        finalize(self, self._store.close)  # from CPython 3.13 on one that is let go of unclosed is warned of
        self._one_at_a_time = Lock()
        self._store.execute("CREATE VIRTUAL TABLE said USING fts5(wording, also, tokenize='porter')")
        self._store.execute("CREATE VIRTUAL TABLE phrase USING fts5(words, tokenize='porter')")
        used = set[str]()
        for indicator in known:
            used.update(self._add(indicator))
        self._vocabulary = sorted(used)  # in an order, for of words that are as near the first are taken
        self._used = frozenset(used)

    def fit(self, texts: Iterable[str]) -> list[dict[str, float]]:
        """Give, for each text, the ids of the indicators that share a word with it, with how well each fits.

        Those that cannot be recorded are left out. A fit only compares within one text.
        """
        told = _Told(self)  # for these texts only: no word that somebody told is kept
        found = (told.fit(_meaningful(text)) for text in texts)
        return [{self._ids[number - 1]: score for number, score in fit.items()} for fit in found]

    def uses(self, word: str) -> _Uses:
        """Look a word up."""
        with self._one_at_a_time:
            said = self._store.execute(
                "SELECT rowid, -bm25(said, ?, 1.0) FROM said WHERE said MATCH ?",
                (_WEIGHT_OF_WORDING, f'"{word}"'),
            ).fetchall()
            phrases = self._store.execute(
                "SELECT rowid, -bm25(phrase) FROM phrase WHERE phrase MATCH ?", (f'"{word}"',)
            ).fetchall()
        return _Uses(said, phrases)

    def together(self, uses: Iterable[_Uses]) -> dict[int, float]:
        """Add up what words find: for each indicator all that it says, and the one phrase that fits best."""
        said: dict[int, float] = {}
        phrases: dict[int, float] = {}
        for one in uses:
            for number, score in one.said:
                said[number] = said.get(number, 0.0) + score
            for number, score in one.phrases:
                phrases[number] = phrases.get(number, 0.0) + score
        best: dict[int, float] = {}
        for number, score in phrases.items():
            whose = self._whose[number - 1] + 1
            if score > best.get(whose, 0.0):
                best[whose] = score
        return {number: said[number] + _WEIGHT_OF_BEST_PHRASE * best[number] for number in sorted(said)}

    def called(self, word: str) -> list[str]:
        """Give the words that people use for a word and that some indicator uses."""
        return [other for other in self._synonyms.get(word, ()) if other in self._used]

    def is_synonym(self, word: str) -> bool:
        """Say whether the rulebook says what people mean by a word."""
        return word in self._synonyms

    def nearest(self, word: str) -> list[str]:
        """Give the words that are spelt nearly so."""
        near = extract(
            word,
            self._vocabulary,
            scorer=OSA.normalized_similarity,
            score_cutoff=_NEAR_ENOUGH,
            limit=3,
        )
        return sorted(other for other, _, _ in near)

    def _add(self, indicator: Indicator) -> set[str]:
        """Index an indicator; give the words in it."""
        phrases = [" ".join(_words(text)) for text in (indicator.wording, *indicator.also)]
        self._store.execute("INSERT INTO said VALUES (?, ?)", (phrases[0], " ".join(phrases[1:])))
        self._store.executemany("INSERT INTO phrase VALUES (?)", [(phrase,) for phrase in phrases])
        return {word for phrase in phrases for word in phrase.split()}


class _Told:
    """What the words of some texts find, each looked up once."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._uses: dict[str, _Uses] = {}
        self._terms: dict[str, list[str]] = {}
        self._doubted = 0

    def fit(self, words: Iterable[str]) -> dict[int, float]:
        """Search for any of the words, and with less weight for what people also call them."""
        asked = dict.fromkeys(term for word in words for term in self._looked_for(word))
        wider = asked | dict.fromkeys(other for term in asked for other in self._words.called(term))
        found = self._words.together(map(self._used, asked))
        if len(wider) == len(asked):
            return found
        widely = self._words.together(map(self._used, wider))
        return {number: found.get(number, 0.0) + _WEIGHT_OF_SYNONYMS * score for number, score in widely.items()}

    def _used(self, word: str) -> _Uses:
        if word not in self._uses:
            self._uses[word] = self._words.uses(word)
        return self._uses[word]

    def _looked_for(self, word: str) -> list[str]:
        if word not in self._terms:
            self._terms[word] = self._stand_in(word)
        return self._terms[word]

    def _stand_in(self, word: str) -> list[str]:
        """Give what to look for: the word itself, or what stands in for one that no indicator uses.

        A word with an accent, such as a name, is no slip for another: SQLite finds it with the accent or without.
        """
        if self._used(word).said:
            return [word]
        if self._words.is_synonym(word):
            return self._words.called(word)
        if not word.isascii() or len(word) < _SHORTEST_DOUBTED or self._doubted >= _MOST_DOUBTED:
            return []
        self._doubted += 1
        return self._words.nearest(word)


def _words(text: str) -> list[str]:
    return _WORD.findall(normalize("NFKC", text).lower().replace("'", "").replace("’", ""))


def _meaningful(text: str) -> list[str]:
    """Give the words that carry meaning; all of them where none would be left."""
    words = _words(text)
    return [word for word in words if word not in _EMPTY] or words

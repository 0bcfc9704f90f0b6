"""Spotting, in what somebody told, the signs to look at. A person confirms or rejects each: it is no assessment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from rhrt.faults import BadInput, Fault
from rhrt.rulebook.model import Indicator, Rulebook
from rhrt.search.find import Search
from rhrt.search.words import LONGEST_QUERY

LONGEST = 10_000
"""How many characters a text may have."""

MOST, USUAL = 50, 15
"""How many candidates can be asked for, and how many are given where nobody says."""

NOTICE = (
    "These are suggestions of signs to look at, not an assessment. Some will be wrong, and some signs may be "
    "missing. Choose only what you have seen or been told."
)
"""What is said with the candidates, always."""

_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\s*\n\s*")
_CLAUSE = re.compile(r",?\s+(?:and|but|while|because|so|or|who|which|when)\s+|,\s+")
_SHORTEST_CLAUSE = 3
_PLAIN = 3
"""How far up a sentence's own list an indicator must stand for the sentence to be named as a reason for it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An indicator that may fit, with the words told that suggest it, in the order told."""

    indicator: Indicator
    because: tuple[str, ...]


def spot(text: str, search: Search, limit: int = USUAL) -> list[Candidate]:
    """Give the indicators that what was told suggests. Raises BadInput where the text is too long to be read whole.

    Every sentence names its best candidate before any names its second, so that each concern told has its own.
    What is denied ("no sign of injury") is offered too: a person decides. What goes well is left out.
    """
    refuse_too_long(text, "text")
    told = _told(text, search)
    return [Candidate(search.rulebook.indicator[id_], _because(id_, told)) for id_ in _dealt(told, limit)]


def refuse_too_long(text: str, where: str) -> None:
    """Raise BadInput, at `where`, for a text that is too long to be read whole."""
    if len(text) > LONGEST:
        what = f"This text is longer than {LONGEST:,} characters."
        raise BadInput([Fault(where, what, "Take out what does not matter, or send it in parts.")])


def document(candidates: list[Candidate]) -> dict[str, Any]:
    """Give candidates as data, with the notice. No level is in it: a person chooses by the words."""
    return {"candidates": [_as_data(one) for one in candidates], "notice": NOTICE}


def _as_data(candidate: Candidate) -> dict[str, Any]:
    one = candidate.indicator
    named = {"indicator": one.id, "n": one.n, "heading": one.heading, "wording": one.wording}
    return {**named, "because": list(candidate.because)}


def _told(text: str, search: Search) -> list[_Sentence]:
    sentences = list(_sentences(text))
    every = list(dict.fromkeys(part for parts in sentences for part in parts))
    fitted = dict(zip(every, search.fits(every), strict=True))
    made = {parts: _Sentence(parts, [fitted[part] for part in parts], search.rulebook) for parts in set(sentences)}
    return [made[parts] for parts in sentences]


class _Sentence:
    """A sentence told, with its clauses and the place of each indicator among those that fit them, best first."""

    def __init__(self, parts: tuple[str, ...], fitted: list[dict[str, float]], rulebook: Rulebook) -> None:
        self._parts = [part.strip(" ,;.-") for part in parts]
        self._fits = fitted
        total: dict[str, float] = {}
        for fit in fitted:
            for id_, how_well in fit.items():
                total[id_] = total.get(id_, 0.0) + how_well
        concerns = [id_ for id_ in total if not rulebook.level[rulebook.indicator[id_].level].strengths]
        ranked = sorted(concerns, key=lambda id_: -total[id_])
        self.ranked = {id_: place for place, id_ in enumerate(ranked)}

    def words_for(self, id_: str) -> str:
        """Give the part of the sentence that fits an indicator best; of parts that fit as well, the shortest."""
        ranked = zip(self._parts, self._fits, strict=True)
        return max(ranked, key=lambda part: (part[1].get(id_, 0.0), -len(part[0])))[0]


def _sentences(text: str) -> Iterator[tuple[str, ...]]:
    """Give each sentence with the clauses in it. One that is too long for a search is taken in parts."""
    for sentence in _SENTENCE.split(text):
        for part in wrap(sentence, LONGEST_QUERY):
            clauses = [clause for clause in _CLAUSE.split(part) if len(clause.split()) >= _SHORTEST_CLAUSE]
            yield (part, *clauses) if len(clauses) > 1 else (part,)


def _dealt(told: list[_Sentence], limit: int) -> list[str]:
    """Take the best of every sentence in turn, then the second best, until there are enough."""
    lists = [iter(sentence.ranked) for sentence in told]
    taken: dict[str, None] = {}
    while lists and len(taken) < limit:
        left = []
        for one in lists:
            id_ = next((id_ for id_ in one if id_ not in taken), None)
            if id_ is not None:
                taken[id_] = None
                left.append(one)
        lists = left
    return list(taken)[:limit]


def _because(id_: str, told: list[_Sentence]) -> tuple[str, ...]:
    """Give the words of each sentence with the indicator among its first, or of the one that has it highest."""
    having = [sentence for sentence in dict.fromkeys(told) if id_ in sentence.ranked]
    plain = [sentence for sentence in having if sentence.ranked[id_] < _PLAIN]
    chosen = plain or [min(having, key=lambda sentence: sentence.ranked[id_])]
    return tuple(dict.fromkeys(sentence.words_for(id_) for sentence in chosen))

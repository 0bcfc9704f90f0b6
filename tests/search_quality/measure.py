"""How well the searches find what was meant, on sets that say who wrote them having seen what.

Of each kind one half was looked at while tuning. The other, held out, was not, and is measured to know.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from rhrt.search.find import Search, find
from rhrt.search.spot import spot

HERE = Path(__file__).parent
HALVES = ("tuning", "held_out")
QUERIES = ("queries", "oblique", "plain")
"""Plain queries; such as tell what was seen without the words for it; and such with what must not come first."""

TEXTS = ("vignettes", "notes")
"""What people write of a worry: some sentences, or a note in a hurry."""

NOS = ("no_is_the_worry", "denials_that_stay")
"""Sentences in which the no is the worry, and denials that must stay told."""


@dataclass(frozen=True)
class Asked:
    """Words, and for each thing that they tell, or deny, the signs any of which is right."""

    words: str
    told: tuple[frozenset[str], ...] = ()
    denied: tuple[frozenset[str], ...] = ()
    gravest: int = 0
    never_first: frozenset[str] = frozenset()

    @property
    def truly_denied(self) -> Iterator[frozenset[str]]:
        """What is denied, and no part of what is told."""
        return (one for one in self.denied if all(one.isdisjoint(other) for other in self.told))


@dataclass
class Score:
    """How many of how many."""

    hits: int = 0
    of: int = 0

    def add(self, hit: bool | int, of: int = 1) -> None:
        """Count one."""
        self.hits, self.of = self.hits + int(hit), self.of + of

    def __float__(self) -> float:
        return self.hits / self.of


@dataclass
class Scores:
    """What is measured of one half. A concern offered counts by any of its signs."""

    within: dict[int, Score] = field(default_factory=lambda: {5: Score(), 8: Score(), 12: Score()})
    gravest: Score = field(default_factory=Score)
    queries: Score = field(default_factory=Score)
    denied: Score = field(default_factory=Score)
    lost: Score = field(default_factory=Score)
    nothing: Score = field(default_factory=Score)
    offered: Score = field(default_factory=Score)


@cache
def asked(kind: str, half: str, strengths: frozenset[str] = frozenset()) -> tuple[Asked, ...]:
    """Read one half of a kind; what is told only by strengths is left out."""
    table = HERE / f"{kind}_{half}.tsv"
    if table.exists():
        lines = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines())
        return tuple(Asked(words, (frozenset(right.split(",")),)) for words, right in lines)
    written = yaml.safe_load((HERE / f"{kind}_{half}.yaml").read_text(encoding="utf-8"))
    return tuple(_asked(one if isinstance(one, dict) else {"text": one}, strengths) for one in written)


def _asked(one: dict[str, Any], strengths: frozenset[str]) -> Asked:
    told = [frozenset(ids) for ids in one.get("told") or [one.get("right", [])]]
    gravest = told[one.get("gravest", 0)]
    told = [ids for ids in told if ids and not ids <= strengths]
    return Asked(
        words=one["text"],
        told=tuple(told),
        denied=tuple(frozenset(ids) for ids in one.get("denied", ())),
        gravest=told.index(gravest) if gravest in told else 0,
        never_first=frozenset(one.get("never_first", ())),
    )


def measured(search: Search, half: str) -> Scores:
    """Measure one half."""
    scores = Scores()
    strengths = frozenset(
        one.id for one in search.rulebook.indicators if search.rulebook.level[one.level].strengths
    )
    for kind in TEXTS:
        for one in asked(kind, half, strengths):
            _text(one, search, scores)
    for one in asked("not_told", half, strengths):
        _denied(one, _offered(one.words, search), scores)
    for kind in NOS:
        for one in asked(kind, half):
            scores.lost.add(bool(spot(one.words, search).apart))
    for one in asked("nothing", half):
        scores.nothing.add(len(_offered(one.words, search)))
    for kind in QUERIES:
        for one in asked(kind, half):
            scores.queries.add(_found(one, search))
    return scores


def _text(one: Asked, search: Search, scores: Scores) -> None:
    offered = _offered(one.words, search)
    scores.offered.add(len(offered))
    for right in one.told:
        for most, score in scores.within.items():
            score.add(_has(right, offered[:most]))
    if one.told:
        scores.gravest.add(_has(one.told[one.gravest], offered[:5]))
    _denied(one, offered, scores)


def _denied(one: Asked, offered: Sequence[frozenset[str]], scores: Scores) -> None:
    """Count what is denied and offered, save by a concern of which something else is told."""
    others = [signs for signs in offered if all(signs.isdisjoint(right) for right in one.told)]
    for right in one.truly_denied:
        scores.denied.add(_has(right, others))


def _offered(words: str, search: Search) -> list[frozenset[str]]:
    return [frozenset(sign.id for sign in one.signs) for one in spot(words, search, 12).concerns]


def _has(right: frozenset[str], offered: Sequence[frozenset[str]]) -> bool:
    return any(not right.isdisjoint(signs) for signs in offered)


def _found(one: Asked, search: Search) -> bool:
    """Say whether a right sign is among the first five, and none first that must not be."""
    found = [each.indicator.id for each in find(one.words, search, 5)]
    return not one.told[0].isdisjoint(found) and found[0] not in one.never_first

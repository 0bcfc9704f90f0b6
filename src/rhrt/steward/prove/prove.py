"""Proves what must be true of every answer that a rulebook can give."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import chain

from rhrt.reasoning.sets import SituationSets
from rhrt.reasoning.situations import Situations
from rhrt.rulebook.model import Rulebook
from rhrt.steward.folder import RulebookFolder
from rhrt.steward.prove.agreement import agreement
from rhrt.steward.prove.general import general
from rhrt.steward.prove.promised import promised
from rhrt.steward.prove.proven import Proven
from rhrt.steward.prove.together import together

SHARES = 8
"""Into how many shares the longest part is cut."""

_own: list[Situations] = []
"""The situations of a process that takes a part of the work."""


def prove(folder: RulebookFolder, workers: int = 1) -> list[Proven]:
    """Try every sentence in every situation, first those of every rulebook, then the rulebook's own.

    `workers` is among how many processes the work is shared.
    """
    if workers == 1:
        return _joined(part(folder.situations) for part in _PARTS)
    with ProcessPoolExecutor(workers, initializer=_prepare, initargs=(folder.rulebook,)) as pool:
        return _joined(pool.map(_proven, range(len(_PARTS))))


def _prepare(rulebook: Rulebook) -> None:
    _own[:] = [Situations(rulebook)]


def _proven(part: int) -> list[Proven]:
    return _PARTS[part](_own[0])


def _agreement(situations: Situations, share: int) -> list[Proven]:
    return [agreement(situations, share, SHARES)]


def _together(situations: Situations) -> list[Proven]:
    return [together(situations)]


def _general(situations: Situations) -> list[Proven]:
    return list(general(situations))


def _promised(situations: Situations) -> list[Proven]:
    return list(promised(situations, SituationSets(situations)))


_PARTS: tuple[Callable[[Situations], list[Proven]], ...] = (
    *(partial(_agreement, share=share) for share in range(SHARES)),
    _together,
    _general,
    _promised,
)


def _joined(parts: Iterable[list[Proven]]) -> list[Proven]:
    """Put what several parts say together. A sentence that one share of it broke is broken."""
    said: dict[str, Proven] = {}
    for one in chain.from_iterable(parts):
        if one.id not in said or (one.broken and not said[one.id].broken):
            said[one.id] = one
    return list(said.values())

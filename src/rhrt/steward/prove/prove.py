"""Proves what must be true of every answer that a rulebook can give, and says what was proven."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from typing import Any

import yaml

from rhrt.present.terminal import wrap
from rhrt.reasoning.sets import SituationSets
from rhrt.reasoning.situations import Situations
from rhrt.rulebook.model import Rulebook
from rhrt.steward.folder import RulebookFolder
from rhrt.steward.prove.engine import agreement, together
from rhrt.steward.prove.promises import Counterexample, Proven, general
from rhrt.steward.prove.sentences import promised

SHARES = 8
"""Into how many shares the longest part is cut."""

PARTS = SHARES + 3
"""How many parts the work has."""

_own: list[Situations] = []
"""The situations of a process that takes a part of the work."""


def prove(folder: RulebookFolder, workers: int = 1) -> list[Proven]:
    """Try every sentence in every situation, first those of every rulebook, then the rulebook's own.

    `workers` is among how many processes the work is shared.
    """
    if workers == 1:
        return _joined(list(_proven_by(folder.situations, part)) for part in range(PARTS))
    with ProcessPoolExecutor(workers, initializer=_prepare, initargs=(folder.rulebook,)) as pool:
        return _joined(pool.map(_proven, range(PARTS)))


def _prepare(rulebook: Rulebook) -> None:
    _own[:] = [Situations(rulebook)]


def _proven(part: int) -> list[Proven]:
    return list(_proven_by(_own[0], part))


def _proven_by(situations: Situations, part: int) -> Iterator[Proven]:
    """Give what one part of the work proves: first come the shares of the longest."""
    if part < SHARES:
        yield agreement(situations, part, SHARES)
    elif part == SHARES:
        yield together(situations)
    elif part == SHARES + 1:
        yield from general(situations)
    else:
        yield from promised(situations, SituationSets(situations))


def _joined(parts: Iterable[list[Proven]]) -> list[Proven]:
    """Put what several parts say together. A sentence that one share of it broke is broken."""
    said: dict[str, Proven] = {}
    for one in chain.from_iterable(parts):
        if one.id not in said or (one.broken and not said[one.id].broken):
            said[one.id] = one
    return list(said.values())


def as_text(rulebook: Rulebook, proven: Sequence[Proven]) -> str:
    """Write a proof for a terminal of 80 columns."""
    return "\n".join(_lines(rulebook, proven)) + "\n"


def as_data(proven: Sequence[Proven]) -> list[dict[str, Any]]:
    """Give a proof as machines read it."""
    return [
        {
            "id": one.id,
            "sentence": one.sentence,
            "holds": one.broken is None,
            "tried": one.tried,
            "counted": one.counted,
            "how": one.broken.how if one.broken else None,
            "record": one.broken.record if one.broken else None,
        }
        for one in proven
    ]


def _lines(rulebook: Rulebook, proven: Sequence[Proven]) -> Iterator[str]:
    yield f"{rulebook.title}, {rulebook.area}, edition {rulebook.edition}"
    yield ""
    for one in proven:
        if one.broken is None:
            yield from wrap(f"{one.sentence} ({one.tried:,} {one.counted})", "true   ")
    for one in proven:
        if one.broken:
            yield from _broken(one, one.broken)
    failed = sum(one.broken is not None for one in proven)
    yield ""
    yield from wrap(_summary(len(proven), failed))


def _broken(one: Proven, broken: Counterexample) -> Iterator[str]:
    yield ""
    yield from wrap(f"{one.sentence} ({one.id})", "FALSE  ")
    yield from wrap(broken.how, "       ")
    if broken.record:
        yield "       A smallest record that shows it:"
        yield ""
        record = yaml.safe_dump(broken.record, sort_keys=False, allow_unicode=True)
        yield from (f"       {line}" for line in record.splitlines())


def _summary(count: int, failed: int) -> str:
    every = "Every record that there can be comes to one of these situations, and each was tried."
    if failed:
        return f"{failed} of {count} sentences do not hold. Do not use this rulebook until they do."
    return f"All {count} sentences hold. {every}"

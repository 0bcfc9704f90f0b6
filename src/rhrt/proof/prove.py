"""Proves what must be true of every answer that a rulebook can give."""

from __future__ import annotations

from collections.abc import Iterator

from rhrt.proof.agreement import agreement
from rhrt.proof.general import general
from rhrt.proof.promised import promised
from rhrt.proof.proven import Proven
from rhrt.proof.together import together
from rhrt.rulebook.folder import RulebookFolder


def prove(folder: RulebookFolder) -> Iterator[Proven]:
    """Try every sentence in every situation, first those of every rulebook, then the rulebook's own."""
    situations = folder.situations
    yield agreement(situations)
    yield together(situations)
    yield from general(situations)
    yield from promised(situations, folder.sets)

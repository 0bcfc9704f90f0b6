"""Which rule encodes which clause of the framework, both ways."""

from collections.abc import Iterator
from pathlib import Path

from rhrt.files import Written
from rhrt.parser import read
from rhrt.rulebook.kinds import Source
from rhrt.rulebook.model import Clause, Rulebook
from rhrt.rulebook.read import shaped
from rhrt.rulebook.written import CoverageFile

_CITING = {
    "level": ("levels", "level"), "question": ("situation", "id"), "finding": ("findings", "id"),
    "judgement": ("judgements", "id"), "route": ("routes", "id"), "urgency": ("urgencies", "id"),
    "action": ("actions", "code"), "prompt": ("prompts", "id"), "afterwards": ("afterwards", "id"),
    "ladder": ("ladders", "id"), "circumstance": ("circumstances", "id"), "service": ("services", "id"),
    "agencies": ("agencies", "level"),
}  # fmt: skip
"""The kinds of rules that cite clauses: the list of the rulebook that holds them, and what names each."""


def clauses(folder: Path) -> tuple[Clause, ...]:
    """Give each clause of the framework as the folder of a rulebook accounts for it."""
    return accounted(read(folder / "coverage.yaml"))


def accounted(written: Written) -> tuple[Clause, ...]:
    """Give each clause of the framework as a `coverage.yaml` accounts for it."""
    return shaped(CoverageFile, written, written.where).coverage


def rules_with_sources(rulebook: Rulebook) -> Iterator[tuple[str, Source]]:
    """Give the name of every rule that cites clauses, with its source."""
    for kind, (listed, key) in _CITING.items():
        yield from ((f"{kind}/{getattr(one, key)}", one.source) for one in getattr(rulebook, listed))
    yield "degree", rulebook.degree.source
    yield "difference", rulebook.difference.source


def cited(rulebook: Rulebook) -> dict[str, list[str]]:
    """Give, for each clause that any rule cites, the names of the rules that do."""
    clauses: dict[str, list[str]] = {}
    for rule, source in rules_with_sources(rulebook):
        for clause in (*source.facts, *source.readings):
            clauses.setdefault(clause, []).append(rule)
    return clauses

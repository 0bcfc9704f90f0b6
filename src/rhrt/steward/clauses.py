"""Which rule encodes which clause of the framework, both ways."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import TypeAdapter

from rhrt.files import read
from rhrt.rulebook.kinds import Source
from rhrt.rulebook.model import Clause, Rulebook
from rhrt.rulebook.written import CoverageFile


def clauses(folder: Path) -> tuple[Clause, ...]:
    """Give each clause of the framework as the folder of a rulebook accounts for it."""
    written = read(folder / "coverage.yaml")
    return TypeAdapter(CoverageFile).validate_json(json.dumps(written.value), strict=True).coverage


def rules_with_sources(rulebook: Rulebook) -> Iterator[tuple[str, Source]]:
    """Give the name of every rule that cites clauses, with its source."""
    yield from ((f"level/{one.level}", one.source) for one in rulebook.levels)
    yield from ((f"question/{one.id}", one.source) for one in rulebook.situation)
    yield from ((f"finding/{one.id}", one.source) for one in rulebook.findings)
    yield from ((f"judgement/{one.id}", one.source) for one in rulebook.judgements)
    yield from ((f"route/{one.id}", one.source) for one in rulebook.routes)
    yield from ((f"urgency/{one.id}", one.source) for one in rulebook.urgencies)
    yield from ((f"action/{one.code}", one.source) for one in rulebook.actions)
    yield from ((f"prompt/{one.id}", one.source) for one in rulebook.prompts)
    yield from ((f"afterwards/{one.id}", one.source) for one in rulebook.afterwards)
    yield from ((f"ladder/{one.id}", one.source) for one in rulebook.ladders)
    yield from ((f"circumstance/{one.id}", one.source) for one in rulebook.circumstances)
    yield from ((f"service/{one.id}", one.source) for one in rulebook.services)
    yield from ((f"agencies/{one.level}", one.source) for one in rulebook.agencies)
    yield "degree", rulebook.degree.source
    yield "difference", rulebook.difference.source


def cited(rulebook: Rulebook) -> dict[str, list[str]]:
    """Give, for each clause that any rule cites, the names of the rules that do."""
    clauses: dict[str, list[str]] = {}
    for rule, source in rules_with_sources(rulebook):
        for clause in (*source.facts, *source.readings):
            clauses.setdefault(clause, []).append(rule)
    return clauses

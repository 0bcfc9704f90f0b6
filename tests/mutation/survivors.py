"""The mutants that nothing finds out, and why nothing could: a list that people review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from rhrt.parser import read
from tests.mutation.bench import Verdict

LIST = Path(__file__).parent / "survivors.yaml"


def reviewed(path: Path = LIST) -> Mapping[str, str]:
    """Read the list: for each name of a mutant (`*` stands for anything), the reason why no check could tell."""
    value: Any = read(path).value
    return {entry["mutant"]: entry["why"] for entry in value["survivors"]}


def unreviewed(verdicts: Iterable[Verdict], known: Mapping[str, str]) -> list[Verdict]:
    """Give each mutant that survived and is not in the list."""
    return [one for one in verdicts if one.killer is None and not any(_names(name, one) for name in known)]


def out_of_date(verdicts: Sequence[Verdict], known: Mapping[str, str]) -> list[str]:
    """Give each entry of the list whose mutants were tried, and all of them found out."""
    return [
        name
        for name in known
        if (own := [one for one in verdicts if _names(name, one)]) and all(one.killer for one in own)
    ]


def called(verdict: Verdict) -> str:
    """Give the name of a mutant as the list has it: with `(words alone)` where it survived and changes no more."""
    missed = verdict.killer is None and verdict.by
    return f"{verdict.mutant.name} ({verdict.by})" if missed else verdict.mutant.name


def _names(name: str, verdict: Verdict) -> bool:
    return fnmatchcase(called(verdict), name)

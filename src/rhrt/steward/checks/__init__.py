"""Static checks of a rulebook: one file each, in five groups.

A check may miss; it never raises a false alarm. The docstring of each is its page: what it finds, why that matters,
and how to put it right.
"""

import pkgutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib import import_module
from typing import Any, Literal, NamedTuple, Protocol

from rhrt.faults import BadInput
from rhrt.files import Location
from rhrt.steward.folder import RulebookFolder as RulebookFolder  # so that a check has it from here, with the rest

GROUPS = ("safety", "consistency", "coverage", "wording", "provenance")

Weight = Literal["error", "advice"]
"""An error must be put right before anybody uses the rulebook. Advice is for a person to weigh."""


class Problem(NamedTuple):
    """What a check found: the file (its name in the folder, without `.yaml`), the place in it, and what to do."""

    file: str
    location: Location
    what: str
    remedy: str


Problems = Iterator[Problem]
"""What a check of a `RulebookFolder` gives: all that it found."""


class CheckModule(Protocol):
    """What each file of a check holds."""

    WEIGHT: Weight

    def check(self, folder: RulebookFolder) -> Problems:
        """Give each problem found."""


class Check(NamedTuple):
    """One check: its name, its group, and the file that holds it."""

    name: str
    group: str
    module: CheckModule
    page: str


class Remark(NamedTuple):
    """One problem as it is reported: `where` is file:line:column, `clause` the source of the rule it is about."""

    check: str
    group: str
    weight: Weight
    where: str
    what: str
    remedy: str
    clause: str | None


def all_checks() -> list[Check]:
    """Give every check, group by group."""
    found = []
    for group in GROUPS:
        package = import_module(f"{__name__}.{group}")
        for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda one: one.name):
            held = import_module(f"{package.__name__}.{module.name}")
            found.append(Check(module.name.replace("_", "-"), group, held, held.__doc__ or ""))
    return found


def checked(folder: RulebookFolder) -> list[Remark]:
    """Run every check on a rulebook, and give what they found, errors first."""
    remarks = [_remark(folder, check, problem) for check in all_checks() for problem in check.module.check(folder)]
    return sorted(remarks, key=lambda one: one.weight != "error")


def unreadable(bad: BadInput) -> list[Remark]:
    """Give the faults of files that are no rulebook yet, as errors of a check called `file`."""
    return [Remark("file", "file", "error", fault.where, fault.what, fault.remedy, None) for fault in bad.faults]


def _remark(folder: RulebookFolder, check: Check, problem: Problem) -> Remark:
    where = folder.where(problem.file, problem.location)
    sources = [one["source"] for one in around(folder, problem.file, problem.location) if "source" in one]
    clause = _cited(folder, sources[-1]) if sources else None
    return Remark(check.name, check.group, check.module.WEIGHT, where, problem.what, problem.remedy, clause)


def around(folder: RulebookFolder, file: str, location: Location) -> list[dict[str, Any]]:
    """Give what holds keys on the way from the whole of a file to a place in it, as far as that is there."""
    value: Any = folder.written[file].value if file in folder.written else None
    found = [value]
    with suppress(KeyError, IndexError, TypeError):
        for step in location:
            value = value[step]
            found.append(value)
    return [one for one in found if isinstance(one, dict)]


def _cited(folder: RulebookFolder, source: Mapping[str, Any]) -> str:
    short = next(one.short for one in folder.rulebook.documents if one.id == source["document"])
    clauses = ", ".join((*source.get("facts", ()), *source.get("readings", ())))
    return f"{short}, {source['section']}" + (f" ({clauses})" if clauses else "")

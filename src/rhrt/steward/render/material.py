"""What the documents of a rulebook are made of, and where each thing stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rhrt.rulebook.kinds import Source
from rhrt.rulebook.model import Clause, Indicator, Rulebook
from rhrt.steward.cases import WorkedCase, read_cases
from rhrt.steward.clauses import clauses, rules_with_sources
from rhrt.steward.render.worked import Worked, run
from rhrt.version import VERSION

WITHOUT_A_HEADING = "without-a-heading.html"

_PAGES: Mapping[str, tuple[str, ...]] = {
    "index.html": ("level",),
    "routes.html": ("question", "finding", "judgement", "route", "urgency", "action"),
    "prompts.html": ("prompt", "afterwards"),
    "beside.html": ("ladder", "circumstance", "service", "agencies", "degree", "difference"),
}
_PAGE_OF = {kind: page for page, kinds in _PAGES.items() for kind in kinds}
"""The page on which each kind of rule stands."""


@dataclass(frozen=True)
class Material:
    """A rulebook with its clauses, its worked cases (by file), and what each example of them gives."""

    rulebook: Rulebook
    clauses: tuple[Clause, ...]
    cases: Mapping[str, WorkedCase]
    worked: tuple[Worked, ...]

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """The source of each rule that cites clauses, by its name."""
        return dict(rules_with_sources(self.rulebook))

    @cached_property
    def known_clauses(self) -> frozenset[str]:
        """The clauses that have an entry."""
        return frozenset(one.clause for one in self.clauses)

    @cached_property
    def under(self) -> Mapping[str | None, tuple[Indicator, ...]]:
        """The indicators under each heading, by level and then in the rulebook's order."""
        found: dict[str | None, list[Indicator]] = {}
        for indicator in sorted(self.rulebook.indicators, key=lambda one: one.level):
            found.setdefault(indicator.shown_under or indicator.heading, []).append(indicator)
        return {heading: tuple(indicators) for heading, indicators in found.items()}

    @property
    def headings(self) -> list[tuple[str | None, str]]:
        """The id and title of each heading; last, what stands under none, where there is any."""
        headings: list[tuple[str | None, str]] = [(one.id, one.title) for one in self.rulebook.headings]
        return headings + ([(None, "Without a heading")] if None in self.under else [])

    @property
    def made_from(self) -> str:
        """What wrote these documents, from exactly which files."""
        of = self.rulebook
        edition = f"{of.id}, edition {of.edition}, published {of.published}"
        return f"Written by rhrt {VERSION} from the rulebook {edition}, hash {of.sha256}."

    @property
    def result(self) -> str:
        """How many examples gave what they expect, and the names of those that did not."""
        differ = [one.example.title for one in self.worked if not one.as_expected]
        given = f"{len(self.worked) - len(differ)} of {len(self.worked)} examples gave what they expect."
        return f"{given} These did not: {'; '.join(differ)}." if differ else given

    def printed_elsewhere(self, heading: str | None) -> list[str]:
        """Name the indicators that the framework prints under a heading and that are shown under another."""
        here = self.under.get(heading, ())
        return [
            one.id for one in self.rulebook.indicators if one.heading == heading and one not in here and heading
        ]

    def with_rules(self, rules: Iterable[str]) -> Iterator[Worked]:
        """Give the examples in which any of the rules has a part."""
        wanted = frozenset(rules)
        return (one for one in self.worked if wanted & one.rules)

    def with_indicator(self, id_: str) -> Iterator[Worked]:
        """Give the examples that record an indicator as present."""
        return (one for one in self.worked if id_ in one.suggestion.record.present)

    def place_of_indicator(self, id_: str) -> str:
        """Say where an indicator stands: the page, and the place in it."""
        indicator = self.rulebook.indicator[id_]
        return f"{heading_page(indicator.shown_under or indicator.heading)}#indicator/{id_}"

    def place_of_rule(self, rule: str) -> str | None:
        """Say where a rule stands; None where the rulebook has no such rule."""
        return f"{_PAGE_OF[rule.partition('/')[0]]}#{rule}" if rule in self.sources else None


def gather(rulebook: Rulebook, folder: Path) -> Material:
    """Gather what a rulebook and its folder hold, and run its worked cases. Raises BadInput with every fault."""
    cases = read_cases(folder / "cases", rulebook)
    return Material(rulebook, clauses(folder), cases, run(rulebook, cases, folder / "cases"))


def heading_page(heading: str | None) -> str:
    """Name the page of a heading, or of what has none."""
    return f"heading-{heading}.html" if heading else WITHOUT_A_HEADING


def anchor(kind: str, name: str) -> str:
    """Make the id of a place in a page from a name that may hold anything."""
    return f"{kind}/{re.sub(r'[^A-Za-z0-9_-]', '_', name)}"

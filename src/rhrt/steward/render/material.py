"""What the documents of a rulebook are made of, its worked cases as they come out, and where each thing stands."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from rhrt.faults import BadInput, NotWhole
from rhrt.made_once import made_once
from rhrt.reasoning.assess import assess, trace
from rhrt.reasoning.whole import as_fault
from rhrt.rulebook.kinds import Source
from rhrt.rulebook.model import Clause, Indicator, Rulebook
from rhrt.steward.cases import Example, WorkedCase, examples, in_short, read_cases
from rhrt.steward.clauses import clauses, rules_with_sources
from rhrt.suggestion import Suggestion
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

_TRACED = ("finding/", "judgement/")
"""The rules that a suggestion does not name itself."""


class Worked(NamedTuple):
    """One example of a worked case with what rhrt suggests for it, and the names of the rules behind that."""

    example: Example
    suggestion: Suggestion
    rules: frozenset[str]

    @property
    def as_expected(self) -> bool:
        """Say whether the suggestion is what the case expects."""
        return in_short(self.suggestion) == self.example.expected


@dataclass(frozen=True)
class Material:
    """A rulebook with its clauses, its worked cases (by file), and what each example of them gives."""

    rulebook: Rulebook
    clauses: tuple[Clause, ...]
    cases: Mapping[str, WorkedCase]
    worked: tuple[Worked, ...]

    @made_once
    def sources(self) -> Mapping[str, Source]:
        """The source of each rule that cites clauses, by its name."""
        return dict(rules_with_sources(self.rulebook))

    @made_once
    def under(self) -> Mapping[str | None, Sequence[Indicator]]:
        """The indicators under each heading, by level and then in the rulebook's order."""
        found: dict[str | None, list[Indicator]] = {}
        for indicator in sorted(self.rulebook.indicators, key=lambda one: one.level):
            found.setdefault(indicator.shown_under or indicator.heading, []).append(indicator)
        return found

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
        printed = [one for one in self.rulebook.indicators if heading and one.heading == heading]
        return [one.id for one in printed if one not in self.under.get(heading, ())]

    def place_of_rule(self, rule: str) -> str | None:
        """Say where a rule stands; None where the rulebook has no such rule."""
        return f"{_PAGE_OF[rule.partition('/')[0]]}#{rule}" if rule in self.sources else None


def gather(rulebook: Rulebook, folder: Path) -> Material:
    """Gather what a rulebook and its folder hold, and run its worked cases. Raises BadInput with every fault."""
    cases = read_cases(folder / "cases", rulebook)
    return Material(rulebook, clauses(folder), cases, run(rulebook, cases, folder / "cases"))


def run(rulebook: Rulebook, cases: Mapping[str, WorkedCase], folder: Path) -> tuple[Worked, ...]:
    """Run every example of the cases, given by the name of their file in a folder.

    Raises BadInput where a record does not fit the rulebook or gets no whole answer of it, and EvaluatorsDiffer
    as `assess` does.
    """
    return tuple(_worked(rulebook, one, folder) for file, case in cases.items() for one in examples(file, case))


def _worked(rulebook: Rulebook, example: Example, folder: Path) -> Worked:
    file = folder / example.file
    try:
        suggestion = assess(example.record, rulebook)
    except BadInput as bad:
        raise BadInput(one._replace(where=f"{file}: {one.where}") for one in bad.faults) from None
    except NotWhole as none:
        raise BadInput([as_fault(f"{file}: {example.title}", none)]) from None
    return Worked(example, suggestion, frozenset(_rules(example, suggestion)))


def _rules(example: Example, suggestion: Suggestion) -> Iterator[str]:
    """Name the rules that decided, and those whose words are shown; of an action, also the case (`action/x/1`)."""
    for _, fired in trace(suggestion.record, suggestion.rulebook):
        yield from (rule for rule in fired if rule.startswith(_TRACED))
    yield from (f"question/{id_}" for id_ in example.record.situation)
    yield from (f"level/{suggestion.level}", f"route/{suggestion.route}", f"urgency/{suggestion.urgency}")
    for step in suggestion.actions:
        yield from (step.rule, f"{step.rule}/{step.case}")
    for beside in (suggestion.follow_ups, suggestion.prompts, suggestion.afterwards):
        yield from (one.rule for one in beside)
    yield from (f"ladder/{one.ladder}" for one in suggestion.neighbours)
    yield from (f"circumstance/{one.id}" for one in suggestion.circumstances)
    yield from (f"service/{one.id}" for one in suggestion.services)
    if suggestion.undefined:
        yield "degree"
    if suggestion.judgement and not suggestion.judgement.agrees:
        yield "difference"


def heading_page(heading: str | None) -> str:
    """Name the page of a heading, or of what has none."""
    return f"heading-{heading}.html" if heading else WITHOUT_A_HEADING


def anchor(kind: str, name: str) -> str:
    """Make the id of a place in a page from a name that may hold anything."""
    return f"{kind}/{re.sub(r'[^A-Za-z0-9_-]', '_', name)}"

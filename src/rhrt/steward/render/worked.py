"""Running the worked cases: what rhrt suggests for each, and which rules had a part in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from rhrt.faults import BadInput, Fault, NotWhole
from rhrt.reasoning.assess import assess, trace
from rhrt.reasoning.whole import as_fault
from rhrt.rulebook.model import Rulebook
from rhrt.steward.cases import Example, WorkedCase, examples, in_short
from rhrt.suggestion import Suggestion

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
        faults = [Fault(f"{file}: {fault.where}", fault.what, fault.remedy) for fault in bad.faults]
    except NotWhole as none:
        faults = [as_fault(f"{file}: {example.title}", none)]
    else:
        return Worked(example, suggestion, frozenset(_rules(example, suggestion)))
    raise BadInput(faults)


def _rules(example: Example, suggestion: Suggestion) -> Iterator[str]:
    """Name the rules that decided, and those whose words are shown; of an action, also the case (`action/x/1`)."""
    for _, fired in trace(suggestion.record, suggestion.rulebook):
        yield from (rule for rule in fired if rule.startswith(_TRACED))
    yield from (f"question/{id_}" for id_ in example.record.situation)
    yield f"level/{suggestion.level}"
    yield f"route/{suggestion.route}"
    yield f"urgency/{suggestion.urgency}"
    for step in suggestion.actions:
        yield from (step.rule, f"{step.rule}/{step.case}")
    yield from (one.rule for one in suggestion.follow_ups)
    yield from (one.rule for one in suggestion.prompts)
    yield from (one.rule for one in suggestion.afterwards)
    yield from (f"ladder/{one.ladder}" for one in suggestion.neighbours)
    yield from (f"circumstance/{one.id}" for one in suggestion.circumstances)
    yield from (f"service/{one.id}" for one in suggestion.services)
    if suggestion.undefined:
        yield "degree"
    if suggestion.judgement and not suggestion.judgement.agrees:
        yield "difference"

"""What fires on each fact: inferred, compared with the second opinion, and then remembered.

Every rule looks at one fact, so what a fact fires depends on that fact alone. Each distinct fact is
therefore inferred and compared once in a process, and the result is kept, up to a bound.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rhrt.engine import durable, reference
from rhrt.engine.durable import Ruleset
from rhrt.engine.facts import Fact
from rhrt.engine.program import program_of
from rhrt.faults import EvaluatorsDiffer
from rhrt.rulebook.conditions import About
from rhrt.rulebook.model import Rulebook

REFERENCE = "reference"
"""The name of the second opinion in a receipt."""


class Fired(NamedTuple):
    """What one fact fired: the names of the rules, sorted, and the findings they establish."""

    rules: tuple[str, ...]
    findings: frozenset[str]


class Inference:
    """The rules of one rulebook, ready to fire."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        program = program_of(rulebook)
        self._finding = {rule.name: rule.finding for rules in program.rules.values() for rule in rules}
        self._rulesets: Mapping[About, Ruleset] = {}
        if durable.engine is not None:
            with _faults_are_loud():
                self._rulesets = {
                    about: Ruleset(about, program.fields[about], rules) for about, rules in program.rules.items()
                }

    @property
    def evaluated_by(self) -> tuple[str, ...]:
        """Who evaluates: both, or the second opinion alone where the engine is not installed."""
        return (durable.NAME, REFERENCE) if self._rulesets else (REFERENCE,)

    def fire(self, about: About, fact: Fact) -> Fired:
        """Infer what a fact fires. Raises EvaluatorsDiffer where the two evaluators do not agree."""
        expected = reference.fired(self._rulebook, about, fact)
        established = frozenset(self._finding[name] or "" for name in expected) - {""}
        if not self._rulesets:
            return Fired(expected, established)
        with _faults_are_loud():
            rules, findings = self._rulesets[about].fire(fact)
        if rules != expected or frozenset(findings) != established:
            raise EvaluatorsDiffer(f"The two evaluators differ on a fact about the {about}.")
        return Fired(rules, established)


class _faults_are_loud:  # noqa: N801 - read as a phrase after `with`
    """Turns whatever the C module raises into the one error that shows no level."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Exception) and not isinstance(error, EvaluatorsDiffer):
            raise EvaluatorsDiffer(f"The inference engine failed: {error}") from error

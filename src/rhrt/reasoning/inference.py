"""What fires on each fact: inferred, compared with the second opinion, and then remembered.

Every rule looks at one fact, so what a fact fires depends on that fact alone. Each distinct fact is
therefore inferred and compared once in a process, and the result is kept, up to a bound.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple, TypeVar

from rhrt.faults import EvaluatorsDiffer
from rhrt.reasoning import compiled, durable
from rhrt.reasoning.compiled import CompiledRuleset, compiled_rulesets
from rhrt.reasoning.durable import Ruleset
from rhrt.reasoning.facts import Fact
from rhrt.reasoning.plain import Plain
from rhrt.reasoning.program import Program, program_of
from rhrt.rulebook.conditions import About
from rhrt.rulebook.model import Rulebook
from rhrt.rulebook.rules import rules_of

K = TypeVar("K")
V = TypeVar("V")

MOST_REMEMBERED = 3_000
"""How many things of a kind are remembered for a rulebook before that memory is emptied.

Of conclusions, the largest, it is two thirds. Of the rulebook that comes with rhrt all take less than 11 MB. Of 16
full engines (`assess.MOST_READY`) that is a third of the 512 MB that the README of the service allows. A test fills
them and measures. What is forgotten costs 0.3 ms to infer again.
"""

SECOND_OPINION = "reference"
"""The name of the second opinion in a receipt."""


class Fired(NamedTuple):
    """What one fact fired: the names of the rules, sorted, and the findings they establish."""

    rules: tuple[str, ...]
    findings: frozenset[str]


class Inference:
    """The rules of one rulebook, ready to fire."""

    def __init__(self, rulebook: Rulebook, most: int | None = None) -> None:
        """Make them ready; `most` says how many facts are remembered where that is not the usual number."""
        listed = tuple(rules_of(rulebook))
        program = program_of(rulebook, listed)
        self.plain = Plain(rulebook, listed)
        self._finding = {f"finding/{finding.id}": finding.id for finding in rulebook.findings}
        self.fields = program.fields
        self.remembered: dict[tuple[str | int, ...], Fired] = {}
        self.most = MOST_REMEMBERED if most is None else most
        self.evaluated_by = (compiled.NAME if durable.engine is None else durable.NAME, SECOND_OPINION)
        with _faults_are_loud():
            self._rulesets = _rulesets_of(rulebook, program)

    def fire(self, about: About, *facts: Fact) -> list[Fired]:
        """Infer what each fact fires. Raises EvaluatorsDiffer where the two evaluators do not agree.

        Facts that look the same to every rule are inferred once, and what they fired is remembered.
        """
        fields = self.fields[about]
        looks = [(about, *[fact[name] for name in fields]) for fact in facts]
        known = {look: kept for look in looks if (kept := self.remembered.get(look)) is not None}
        new = {look: fact for look, fact in zip(looks, facts, strict=True) if look not in known}
        if new:
            inferred = self.infer(about, *new.values())
            if inferred != [self._expected(about, fact) for fact in new.values()]:
                raise EvaluatorsDiffer(f"The two evaluators differ on a fact about the {about}.")
            for look, fired in zip(new, inferred, strict=True):
                known[look] = fired
                remember(self.remembered, look, fired, self.most)
        return [known[look] for look in looks]

    def infer(self, about: About, *facts: Fact) -> list[Fired]:
        """Infer what each fact fires, for the caller to compare with the second opinion."""
        fields = self.fields[about]
        with _faults_are_loud():
            inferred = self._rulesets[about].fire([{name: fact[name] for name in fields} for fact in facts])
        return [Fired(rules, frozenset(findings)) for rules, findings in inferred]

    def _expected(self, about: About, fact: Fact) -> Fired:
        rules = tuple(sorted(self.plain.fired(about, fact)))
        return Fired(rules, frozenset([self._finding[name] for name in rules if name in self._finding]))


def _rulesets_of(rulebook: Rulebook, program: Program) -> Mapping[About, Ruleset | CompiledRuleset]:
    """Give the rules ready to fire: by durable-rules, or by the compiled form where it cannot be imported."""
    if durable.engine is None:
        return compiled_rulesets(rulebook)
    return {about: Ruleset(about, program.fields[about], rules) for about, rules in program.rules.items()}


def remember(memory: dict[K, V], key: K, value: V, most: int) -> None:
    """Keep a value, after emptying a memory that is full."""
    if len(memory) >= most:
        memory.clear()
    memory[key] = value


@contextmanager
def _faults_are_loud() -> Iterator[None]:
    """Turn whatever an evaluator raises into the one error that shows no level."""
    try:
        yield
    except EvaluatorsDiffer:
        raise
    except Exception as error:
        raise EvaluatorsDiffer(f"The inference engine failed: {error}") from error

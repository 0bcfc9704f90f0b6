"""Comparing conditions with one another: which are the same, and which say no more than others."""

from collections.abc import Iterator, Mapping

from rhrt.reasoning.plain import wanted_in
from rhrt.rulebook.conditions import Vocabulary, highest_level, vocabulary
from rhrt.rulebook.kinds import Conditions, words_of
from rhrt.rulebook.model import Rulebook
from rhrt.rulebook.rules import Rule, rules_of

Allowed = Mapping[str, frozenset[str | int]]
"""The values that conditions allow, for each field that they narrow."""


def allowed(conditions: Conditions, known: Vocabulary, highest: int) -> Allowed:
    """Give what conditions allow; a field that may have any of its values is left out."""
    (wanted,) = wanted_in([conditions], highest)
    return {field: frozenset(values) for field, values in wanted if not set(values) >= set(known[field])}


def within(narrow: Allowed, wide: Allowed) -> bool:
    """Say whether all that the narrow conditions allow is allowed by the wide ones too."""
    return all(field in narrow and narrow[field] <= values for field, values in wide.items())


def alternatives(rulebook: Rulebook) -> Iterator[tuple[Rule, list[Allowed]]]:
    """Give every rule with what each of its alternatives allows, in the order written."""
    highest = highest_level(rulebook)
    for rule in rules_of(rulebook):
        known = vocabulary(rulebook, rule.about)
        yield rule, [allowed(conditions, known, highest) for conditions in rule.when]


def fields_named(rulebook: Rulebook) -> set[str]:
    """Give every question and finding that a condition names, of a rule or of a safety sentence.

    A question whose answer is looked at alone is named by `asked`.
    """
    promised = [conditions for one in rulebook.safety for conditions in (*one.when, one.answer)]
    ruled = [conditions for rule in rules_of(rulebook) for conditions in rule.when]
    recorded = [conditions for one in rulebook.safety for conditions in one.recorded]
    alone = {asked for conditions in (*ruled, *recorded) for asked in words_of(conditions.get("asked", ()))}
    return alone | {field for conditions in (*ruled, *promised) for field in conditions}

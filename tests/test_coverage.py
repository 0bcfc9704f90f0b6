"""Every clause of the framework is encoded or accounted for, and no rule is without a clause."""

from __future__ import annotations

import re

from rhrt import Rulebook
from rhrt.steward.clauses import cited, clauses, rules_with_sources
from tests.conftest import RULEBOOK_FOLDER

CLAUSES = clauses(RULEBOOK_FOLDER)

# Facts that are background and ask for no rule.
BACKGROUND = {9, 15, 31, 32, 34, 47, 51, 52, 58, 59, 88, 89, 90, 92, 93, *range(136, 145)}
FACTS = [f"R{number:03}" for number in range(1, 145) if number not in BACKGROUND]
READINGS = (
    [f"A{n:02}" for n in range(1, 22)] + [f"B{n:02}" for n in range(1, 29)] + [f"C{n:02}" for n in range(1, 8)]
)


def test_every_clause_has_an_entry_and_no_other_has() -> None:
    assert [clause.clause for clause in CLAUSES] == FACTS + READINGS


def test_an_entry_names_exactly_the_rules_that_cite_its_clause(rulebook: Rulebook) -> None:
    cites = cited(rulebook)
    for clause in CLAUSES:
        assert list(clause.rules) == cites.get(clause.clause, []), f"Put {clause.clause} right in coverage.yaml."


def test_a_clause_without_a_rule_says_why_and_one_with_a_rule_does_not() -> None:
    for clause in CLAUSES:
        assert bool(clause.rules) != bool(clause.why_not), clause.clause


def test_every_rule_that_decides_or_advises_cites_a_clause_or_is_editorial(rulebook: Rulebook) -> None:
    editorial = {f"prompt/{prompt.id}" for prompt in rulebook.prompts if prompt.basis == "editorial"}
    for rule, source in rules_with_sources(rulebook):
        if re.match(r"finding|judgement|route|urgency|action|prompt|afterwards|question", rule):
            assert source.facts or source.readings or rule in editorial, rule


def test_the_share_of_clauses_encoded_is_at_least_95_in_100() -> None:
    encoded = sum(bool(clause.rules) for clause in CLAUSES)
    print(f"{encoded} of {len(CLAUSES)} clauses are encoded; the others say why not.")
    assert 100 * encoded >= 95 * len(CLAUSES)

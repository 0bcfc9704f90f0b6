"""What durable-rules itself is given and gives back. Collected only where it can be imported."""

from __future__ import annotations

from typing import Any

import pytest

from rhrt import EvaluatorsDiffer
from rhrt.reasoning.durable import Ruleset
from tests.test_memory import run


@pytest.mark.parametrize(
    "fact",
    [
        {"level": "4", "name": "a"},
        {"level": True, "name": "a"},
        {"level": 4.0, "name": "a"},
        {"level": 2**53, "name": "a"},
        {"level": 4, "name": "é" * 1_000},
        {"level": 4, "name": None},
        {"level": 4},
        {"level": 4, "name": "a", "more": 1},
    ],
)
def test_a_fact_of_another_shape_is_never_asserted(fact: Any) -> None:
    ruleset = Ruleset("sign", {"level": int, "name": str}, ())
    with pytest.raises(EvaluatorsDiffer, match=r"unfit value|wrong fields"):
        ruleset.fire([fact])
    assert ruleset.fire([{"level": 4, "name": "é“"}]) == [((), ())]


@pytest.mark.long
def test_rulesets_made_and_let_go_of_give_the_memory_back_and_the_process_ends_in_peace() -> None:
    (grown,) = run("""
from rhrt.reasoning.durable import Ruleset
from rhrt.reasoning.program import program_of

rules, fields = program_of(rulebook)
def make(many):
    for _ in range(many):
        ruleset = Ruleset("situation", fields["situation"], rules["situation"])

make(20)
before = held()
make(500)
kept = [Ruleset("situation", fields["situation"], rules["situation"]) for _ in range(5)]
print((held() - before) // 500)
""")
    assert grown < 50_000, "bytes for each ruleset that was let go of"

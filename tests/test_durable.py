"""What durable-rules itself is given and gives back. Collected only where it can be imported."""

from __future__ import annotations

from typing import Any

import pytest

from rhrt import EvaluatorsDiffer
from rhrt.reasoning.durable import Ruleset


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

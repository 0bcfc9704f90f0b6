"""The benchmark's unit decides as rhrt does: what it times is the decision as it is now.

Contenders that need not be installed are compared by `python -m tests.benchmark`.
"""

from __future__ import annotations

from rhrt import Rulebook
from tests.benchmark import bitmask, ours
from tests.benchmark.work import tried

NEEDS_A_FOLLOW_UP = {"tell-police"}


def test_the_decision_written_by_hand_is_the_one_that_rhrt_makes(rulebook: Rulebook) -> None:
    by_hand, by_rhrt = bitmask.build(rulebook), ours.warm(rulebook)
    codes = set[str]()
    for record in tried(rulebook, 500):
        expected = by_rhrt(record)
        assert by_hand(record) == expected, record
        codes.update(expected["actions"])
    assert codes == {action.code for action in rulebook.actions} - NEEDS_A_FOLLOW_UP

"""The worked cases give what they say, for the reasons they say, as told and with each of their changes."""

from __future__ import annotations

import pytest

from rhrt import Rulebook, assess
from rhrt.steward.cases import Example, read_examples
from tests.conftest import RULEBOOK_FOLDER

EXAMPLES = read_examples(RULEBOOK_FOLDER / "cases")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.file}: {example.title}")
def test_a_worked_case_gives_what_it_says(example: Example, rulebook: Rulebook) -> None:
    answer = assess(example.record, rulebook).model_dump(mode="json")
    reasons = [r["indicator"] or r["answer"] or r["rule"].removeprefix("judgement/") for r in answer["reasons"]]
    assert {
        "level": answer["level"],
        "route": answer["route"],
        "urgency": answer["urgency"],
        "harm": answer["harm"],
        "reasons": tuple(reasons),
        "actions": tuple(action["code"] for action in answer["actions"]),
    } == example.expected.as_dict()

"""The worked cases give what they say, for the reasons they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from rhrt import Record, Rulebook, assess
from tests.conftest import CASES, case

KEYS = {"title", "narrative", "record", "expected", "why"}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_worked_case_gives_what_it_says(path: Path, rulebook: Rulebook) -> None:
    content = case(path)
    assert set(content) == KEYS
    suggestion = assess(Record.model_validate(content["record"]), rulebook)
    answer = suggestion.model_dump(mode="json")
    reasons = [r["indicator"] or r["rule"].removeprefix("judgement/") for r in answer["reasons"]]
    assert {
        "level": answer["level"],
        "route": answer["route"],
        "urgency": answer["urgency"],
        "harm": answer["harm"],
        "reasons": reasons,
        "actions": [action["code"] for action in answer["actions"]],
    } == content["expected"]

"""The API, the command line, the cards and the prompt give the same answer for every worked case."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient
from rhrt_cli.main import main

from rhrt.steward.cases import Example, read_examples
from tests.conftest import CASES, the_rest_long

EXAMPLES = read_examples(CASES[0].parent)
CALL = "3fa85f64-5717-4562-b3fc-2c963f66afa6"


FILES = sorted({example.file for example in EXAMPLES})


@pytest.mark.parametrize("file", the_rest_long(FILES, *FILES[::16]))
def test_every_way_to_ask_gives_the_same_answer(client: TestClient, file: str) -> None:
    for example in EXAMPLES:
        if example.file == file:
            same(client, example)


def same(client: TestClient, example: Example) -> None:
    """Ask in every way."""
    record = json.dumps(document(example))
    printed = CliRunner().invoke(main, ["assess", "-", "--format", "json"], input=record)
    expected = json.loads(printed.stdout)
    assert expected["level"] == example.expected.level
    given = client.post("/v1/assessments", content=record, headers={"Content-Type": "application/json"}).json()
    assert given == expected
    prompt = client.post("/v1/prompt", json=json.loads(record)).json()
    assert prompt["suggestion"] == expected
    hook = {"hook": "safeguarding-referral-draft", "hookInstance": CALL, "context": json.loads(record)}
    card = client.post("/cds-services/rhrt-level-of-need", json=hook).json()["cards"][0]
    ours = card["extension"]["rhrt"]
    assert (ours["level"], ours["route"], ours["urgency"]) == (
        expected["level"], expected["route"], expected["urgency"])  # fmt: skip
    assert ours["receipt"] == expected["receipt"]
    text = CliRunner().invoke(main, ["assess", "-", "--format", "markdown"], input=record)
    assert card["detail"] == text.stdout
    said = [prompt["outline"]["headline"], *prompt["outline"]["lines"]]
    for line in said:
        assert line.split(" (")[0] in text.stdout.replace("\\", "")


def document(example: Example) -> object:
    """Write a record as it would be sent."""
    record = example.record
    marks = record.indicators
    own = record.judgement
    return {
        "rulebook": record.rulebook,
        "child": {"age_band": record.child.age_band},
        "indicators": {"present": marks.present, "absent": marks.absent, "not_known": marks.not_known},
        "circumstances": record.circumstances,
        "situation": dict(record.situation),
        "follow_ups": dict(record.follow_ups),
        "judgement": {"level": own.level, "reason": own.reason} if own else None,
    }

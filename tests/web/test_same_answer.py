"""The API, the command line, the cards and the prompt give the same answer, and the same concerns for a text."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient
from rhrt_cli.main import main

from rhrt.interview import questions
from rhrt.steward.cases import Example, read_examples
from rhrt.web.cds_hooks.cards import filled
from tests.conftest import CASES, the_rest_long
from tests.web.visitor import Visitor

EXAMPLES = read_examples(CASES[0].parent)
CALL = "3fa85f64-5717-4562-b3fc-2c963f66afa6"


FILES = sorted({example.file for example in EXAMPLES})


@pytest.mark.parametrize("file", the_rest_long(FILES, *FILES[::60]))
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
    hook = {"hook": "alt.rhrt.safeguarding-referral-draft", "hookInstance": CALL, "context": json.loads(record)}
    card = client.post("/cds-services/rhrt-level-of-need", json=hook).json()["cards"][0]
    told = ("level", "route", "urgency", "receipt")
    assert card["extension"]["alt.rhrt"] == filled({key: expected[key] for key in told})
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


TOLD = (
    "He is always hungry, mum is drinking more and more, no bruises.",
    "Dad hits mum. He was left home alone. He often misses school. She used to cut herself.",
    "The coach leaves at nine. He wore a blue coat.",
)
"""Texts that tell of some concerns, of many, and of none; some with words to set apart."""


@pytest.mark.parametrize("text", TOLD)
def test_the_same_text_gives_the_same_concerns_in_the_same_order_everywhere(client: TestClient, text: str) -> None:
    """Service, cards, command line, interview and pages: each as many as it shows, and so many alike."""
    answer = client.post("/v1/spot", json={"text": text}).json()
    hook = {"hook": "alt.rhrt.safeguarding-referral-draft", "hookInstance": CALL, "context": {"text": text}}
    card = client.post("/cds-services/rhrt-level-of-need", json=hook).json()["cards"][-1]
    assert card["extension"]["alt.rhrt"] == filled(answer)
    titles = [one["title"] for one in answer["concerns"]][: questions.SHOWN]
    printed = CliRunner().invoke(main, ["spot", "-", "--format", "json"], input=text)
    assert json.loads(printed.stdout) == {**answer, "concerns": answer["concerns"][: questions.SHOWN]}
    asked = CliRunner().invoke(main, ["ask", "--plain"], input=f"2\n2\n2\n1\n{text}\n")
    assert _choices(asked.stdout) == [*titles, "Try other words", "Choose from a list"]
    page = Visitor(client).press("Start now").answer("No", "No", "No").press("Find it", typed=text)
    assert list(page.forms[-1].choices) == [*titles, "Try other words", "Choose from a list"]
    for one in answer["apart"]:
        assert f"“{one['words']}”" in page.text
        assert f"“{one['words']}”" in " ".join(asked.stdout.split())


def test_the_texts_told_have_concerns_none_and_words_set_apart(client: TestClient) -> None:
    answers = [client.post("/v1/spot", json={"text": text}).json() for text in TOLD]
    assert [bool(one["concerns"]) for one in answers] == [True, True, False], "or nothing above was compared"
    assert answers[0]["apart"]


def _choices(said: str) -> list[str]:
    """Give the choices of the last list of an interview, each on as many lines as it takes, without its hint."""
    last = re.split(r"\n(?= 1\. )", said)[-1].partition("\nType ")[0]
    numbered = re.split(r"\n?^ ?\d+\. ", last, flags=re.MULTILINE)[1:]
    return [" ".join(one.partition("You wrote:")[0].split()) for one in numbered]

"""Text, Markdown, the page and the document for machines say the same of one record."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pydantic_core import to_json
from rhrt_cli.main import main

from rhrt import Record, assess
from tests.conftest import CASES, case, the_rest_long


def said(record: dict[str, Any], form: str, *more: str) -> str:
    result = CliRunner().invoke(main, ["assess", "-", "--format", form, *more], input=json.dumps(record))
    assert result.exit_code == 0, result.output
    return result.stdout


def plain(text: str) -> str:
    """Strip what belongs to a form and not to what is said: tags, escapes, line breaks."""
    text = html.unescape(re.sub(r"<(style|svg).*?</\1>|<[^>]+>", " ", text, flags=re.DOTALL))
    return "".join(text.replace("\\", "").split())


def texts(document: dict[str, Any]) -> list[str]:
    """Give all that the document for machines would have a person read."""
    found = [reason["wording"] for reason in (*document["reasons"], *document["also_recorded"])]
    for step in document["actions"]:
        found += [step["text"], step["when"] or "", (step["contact"] or {}).get("number", "")]
    for prompt in document["prompts"]:
        found += [prompt["text"], prompt["why"], *(rung["wording"] for rung in prompt["consider"])]
    found += [one["text"] for one in document["afterwards"]]
    found += [service["name"] for service in document["services"]]
    found += [circumstance["title"] for circumstance in document["circumstances"]]
    found += [one["wording"] for one in document["could_be"]["because"]]
    if document["judgement"]:
        found += [document["judgement"]["said"] or "", document["judgement"]["policy"] or ""]
    return [*found, document["notice"], document["level_name"] or "", document["receipt"]["record_sha256"][:12]]


@pytest.mark.parametrize("path", the_rest_long(CASES, *CASES[::4]), ids=lambda path: path.stem)
def test_every_form_says_what_the_document_says(path: Path) -> None:
    record = case(path)["record"]
    expected = [plain(text) for text in texts(json.loads(said(record, "json")))]
    for form in ("text", "markdown", "html"):
        whole = plain(said(record, form, "--more"))
        missing = [text for text in expected if text.casefold() not in whole.casefold()]
        assert missing == [], form


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_document_is_the_same_bytes_however_its_pieces_were_encoded(path: Path) -> None:
    record = Record.model_validate(case(path)["record"])
    given = assess(record)
    for one in (given, assess(record)):
        assert one.model_dump_json() == to_json(one.model_dump()) == to_json(one.model_dump(mode="json"))
    assert given.model_dump_json() == assess(record).model_dump_json()


@pytest.mark.parametrize("path", the_rest_long(CASES, *CASES[::4]), ids=lambda path: path.stem)
def test_no_more_than_two_prompts_and_questions_are_in_view_unasked_one_where_something_cannot_wait(
    path: Path,
) -> None:
    record = case(path)["record"]
    answer = json.loads(said(record, "json"))
    asked = [one for one in answer["follow_ups"] if one["answer"] == "not-asked"]
    room = max(0, 2 - len(asked) - (answer["urgency"] != "routine"))
    prompts = answer["prompts"]
    for form in ("text", "markdown"):
        shown = plain(said(record, form))
        assert [plain(prompt["text"]) in shown for prompt in prompts[:room]] == [True] * min(room, len(prompts))
        assert not any(plain(prompt["text"]) in shown for prompt in prompts[room:])

"""Whatever is sent, the answer is a suggestion or a clear refusal, and never a failure."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from fastapi import Request
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rhrt import load_rulebook
from rhrt.testing.strategies import records
from rhrt.web.application import application
from rhrt.web.problems import Refused
from rhrt.web.request import MOST_FIELDS, form_body
from rhrt.web.settings import Settings
from tests.conftest import tries

PATHS = (
    "/v1/assessments",
    "/v1/prompt",
    "/cds-services/rhrt-level-of-need",
    "/cds-services/rhrt-level-of-need/feedback",
)
FORM = "application/x-www-form-urlencoded"

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda part: st.lists(part, max_size=4) | st.dictionaries(st.text(max_size=12), part, max_size=4),
    max_leaves=12,
)
keys = st.sampled_from(["rulebook", "child", "indicators", "circumstances", "situation", "judgement", "context",
                        "hook", "hookInstance", "feedback", "prefetch"])  # fmt: skip
nearly = st.dictionaries(keys, anything, max_size=5).map(json.dumps)


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """Give the bytes of a real record with some of them changed."""
    content = bytearray(json.dumps(draw(RECORDS)).encode())
    for place in draw(st.lists(st.integers(0, len(content) - 1), max_size=4)):
        content[place] = draw(st.integers(0, 255))
    return bytes(content)


RECORDS = records(load_rulebook())


@settings(tries(150), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from(PATHS), content=st.binary(max_size=200) | nearly | anything.map(json.dumps) | spoilt())
def test_any_body_is_answered_or_refused(client: TestClient, path: str, content: bytes | str) -> None:
    answer = client.post(path, content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code in (200, 400, 422), answer.text
    if answer.status_code != 200:
        problem = answer.json()
        assert problem["faults"]
        assert all(fault["where"] and fault["what"] and fault["remedy"] for fault in problem["faults"])


@settings(tries(100), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.dictionaries(st.sampled_from(["q", "limit", "rulebook", "x"]), st.text(max_size=30)))
def test_any_search_is_answered_or_refused(client: TestClient, asked: dict[str, str]) -> None:
    sent = {name: value.encode(errors="replace") for name, value in asked.items()}
    answer = client.get("/v1/indicators", params={name: value.decode() for name, value in sent.items()})
    assert answer.status_code in (200, 422), answer.text


def read_form(content: bytes, kind: str = FORM) -> list[tuple[str, str]]:
    """Read a form that a request sends."""
    scope = {
        "type": "http",
        "app": application(Settings((load_rulebook(),))),
        "headers": [(b"content-type", kind.encode())],
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": content, "more_body": False}

    return asyncio.run(form_body(Request(scope, receive)))


def test_a_form_is_read_in_order_with_what_is_left_empty() -> None:
    assert read_form(b"a=1&b=&a=%C3%A9+x") == [("a", "1"), ("b", ""), ("a", "é x")]


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"a=1", "multipart/form-data; boundary=x", 415),
        (b"a=%ff", FORM, 400),
        (b"a=\xff", FORM, 400),
        (b"&".join([b"a=1"] * (MOST_FIELDS + 1)), FORM, 400),
        (b"a" * 70_000, FORM, 413),
    ],
)
def test_a_form_that_cannot_be_read_is_refused(content: bytes, kind: str, status: int) -> None:
    with pytest.raises(Refused) as refused:
        read_form(content, kind)
    assert refused.value.status == status
    assert refused.value.faults[0].remedy

"""What is answered where there is no answer."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from rhrt.engine.assess import Engine
from rhrt.faults import EvaluatorsDiffer
from rhrt.web.application import application
from rhrt.web.body import LARGEST
from rhrt.web.settings import Settings

JSON = {"Content-Type": "application/json"}


def faults(answer: Response, status: int) -> list[dict[str, str]]:
    """Look at what every problem has in common, and give its faults."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    assert set(problem) == {"type", "title", "status", "detail", "faults"}
    assert problem["status"] == status
    assert all(fault["where"] and fault["what"] and fault["remedy"] for fault in problem["faults"])
    listed: list[dict[str, str]] = problem["faults"]
    return listed


def test_every_fault_of_a_record_is_named_with_its_field_and_a_remedy(client: TestClient) -> None:
    record = {
        "indicators": {"present": ["lack-of-foo"]},
        "situation": {"consent": "maybe"},
        "child": {"age_band": "7"},
    }
    first, second, third = faults(client.post("/v1/assessments", json=record), 422)
    assert first["where"] == "$.indicators.present[0]"
    assert first["remedy"] == "Did you mean lack-of-food?"
    assert second["where"] == "$.child.age_band"
    assert third["where"] == "$.situation.consent"


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ('{"indicators": ', "line 1, column 16"),
        ('{"child": {}, "child": {}}', "child"),
        ('{"judgement": {"level": NaN}}', "$"),
        ('{"judgement": {"level": ' + "9" * 5000 + "}}", "$"),
        ('{"rulebook": "\\ud800"}', "$"),
        ("[" * 21 + "]" * 21, "$"),
        ("[" * 30_000 + "]" * 30_000, "$"),
        ("", "line 1, column 1"),
        (b'{"rulebook": "\xff"}', "body"),
        (b'\xef\xbb\xbf{"rulebook": null}', "line 1, column 1"),
    ],
)
def test_a_body_that_is_not_well_formed_is_refused(client: TestClient, body: str | bytes, where: str) -> None:
    (fault,) = faults(client.post("/v1/assessments", content=body, headers=JSON), 400)
    assert fault["where"] == where


def test_the_key_that_is_written_twice_is_named_also_with_half_a_character_in_it(client: TestClient) -> None:
    body = '{"\\udfff": 1, "\\udfff": 2}'
    (fault,) = faults(client.post("/v1/assessments", content=body, headers=JSON), 400)
    assert fault["what"] == "The key '?' is written twice."


@pytest.mark.parametrize("body", ["null", "[]", '"x"', "1", "true"])
def test_json_that_is_no_record_is_refused(client: TestClient, body: str) -> None:
    for path in ("/v1/assessments", "/v1/prompt", "/cds-services/rhrt-level-of-need"):
        assert faults(client.post(path, content=body, headers=JSON), 422)


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=latin-1",
        "application/jsonx",
    ],
)
def test_another_content_type_is_refused(client: TestClient, kind: str) -> None:
    answer = client.post("/v1/assessments", content="{}", headers={"Content-Type": kind})
    (fault,) = faults(answer, 415)
    assert fault["where"] == "Content-Type"


def test_a_compressed_body_is_refused(client: TestClient) -> None:
    answer = client.post("/v1/assessments", content=b"{}", headers={**JSON, "Content-Encoding": "gzip"})
    (fault,) = faults(answer, 415)
    assert fault["where"] == "Content-Encoding"


def test_a_body_that_is_too_large_is_refused_whether_it_says_so_or_not(client: TestClient) -> None:
    large = b" " * (LARGEST + 1)
    said = client.post("/v1/assessments", content=large, headers=JSON)
    unsaid = client.post("/v1/assessments", content=iter([large[: LARGEST // 2]] * 3), headers=JSON)
    for answer in (said, unsaid):
        (fault,) = faults(answer, 413)
        assert "64 KiB" in fault["what"]


@pytest.mark.parametrize("size", ["-1", "ten", "9" * 400, "²"])
def test_a_size_that_is_no_number_is_refused(client: TestClient, size: str) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", size.encode())]
    answer = client.post("/v1/assessments", content=b"{}", headers=headers)
    faults(answer, 413)


def test_an_address_that_is_not_there_and_a_method_that_is_not_taken_are_problems_too(client: TestClient) -> None:
    (fault,) = faults(client.get("/v1/assessment"), 404)
    assert fault["remedy"]
    wrong = client.get("/v1/assessments")
    (fault,) = faults(wrong, 405)
    assert wrong.headers["allow"] == "POST"


@pytest.mark.parametrize(
    "path", ["/v1/health", "/v1/rulebooks", "/v1/rulebooks/herefordshire-2020", "/v1/metrics", "/v1/openapi.json",
             "/v1/indicators?q=food", "/cds-services"]
)  # fmt: skip
def test_a_parameter_that_is_not_known_is_refused(client: TestClient, path: str) -> None:
    (fault,) = faults(client.get(path + ("&" if "?" in path else "?") + "debug=1"), 422)
    assert fault["where"] == "query.debug"


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ("", "query.q"),
        ("q=", "query.q"),
        ("q=%20", "query.q"),
        ("q=" + "x" * 2001, "query.q"),
        ("q=food&q=drink", "query.q"),
        ("q=food&limit=0", "query.limit"),
        ("q=food&limit=51", "query.limit"),
        ("q=food&limit=-1", "query.limit"),
        ("q=food&limit=²", "query.limit"),
        ("q=food&limit=", "query.limit"),
        ("q=food&rulebook=nowhere", "query.rulebook"),
        ("q=food&limt=3", "query.limt"),
    ],
)
def test_a_search_that_cannot_be_made_names_the_parameter(client: TestClient, asked: str, where: str) -> None:
    (fault,) = faults(client.get(f"/v1/indicators?{asked}"), 422)
    assert fault["where"] == where


def test_a_rulebook_that_is_not_served_is_refused_even_if_it_is_a_folder(client: TestClient) -> None:
    for id_ in ("nowhere", "/etc", "../herefordshire-2020"):
        (fault,) = faults(client.post("/v1/assessments", json={"rulebook": id_}), 422)
        assert fault["where"] == "$.rulebook"
    (fault,) = faults(client.get("/v1/rulebooks/hereford-2020"), 404)
    assert fault["remedy"] == "Did you mean herefordshire-2020?"


def test_evaluators_that_differ_give_advice_and_no_level(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    def differ(*_: object) -> None:
        raise EvaluatorsDiffer("planted")

    monkeypatch.setattr(Engine, "suggest", differ)
    for path in ("/v1/assessments", "/v1/prompt"):
        answer = client.post(path, json={"indicators": {"present": ["lack-of-food"]}})
        assert faults(answer, 500) == []
        assert answer.json()["detail"] == settings.rulebooks[0].advice
        assert answer.json()["detail"].startswith("Police: 999 ")
        assert "level" not in answer.json()


def test_a_failure_of_our_own_gives_advice_and_says_nothing_of_what_was_sent(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("planted")

    served = TestClient(application(settings))
    monkeypatch.setattr(Engine, "suggest", fail)
    answer = served.post("/v1/assessments", json={})
    assert faults(answer, 500) == []
    assert "call 999" in answer.json()["detail"]
    assert "KeyError at " in caplog.text
    assert "planted" not in caplog.text + answer.text

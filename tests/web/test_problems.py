"""What is answered where there is no answer."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from hypothesis import given
from hypothesis import strategies as st

from rhrt import Rulebook
from rhrt.faults import EvaluatorsDiffer
from rhrt.files import MOST_FAULTS, too_deep
from rhrt.reasoning.engine import Engine
from rhrt.rulebook.kinds import FOLLOW_UP_ANSWERS
from rhrt.web.application import application
from rhrt.web.request import LARGEST
from rhrt.web.settings import Settings
from tests.bad_input import refused

JSON = {"Content-Type": "application/json"}
HOOK = {
    "hook": "safeguarding-referral-draft",
    "hookInstance": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
    "context": {},
}


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


def test_what_to_do_is_no_command_of_a_shell(client: TestClient) -> None:
    record = {"indicators": {"present": ["qqq"]}}
    hook = {**HOOK, "context": record}
    for path, sent in (
        ("/v1/assessments", record),
        ("/v1/prompt", record),
        ("/cds-services/rhrt-level-of-need", hook),
    ):
        (fault,) = faults(client.post(path, json=sent), 422)
        assert fault["remedy"] == "Find it by plain words: GET /v1/indicators?q=WORDS."


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


TAKE_JSON = (
    "/v1/assessments",
    "/v1/prompt",
    "/v1/spot",
    "/cds-services/rhrt-level-of-need",
    "/cds-services/rhrt-level-of-need/feedback",
)
TOO_DEEP = [
    {"where": "$", "what": "Lists and objects nest deeper than 20 levels.", "remedy": "Check the brackets."}
]


@pytest.mark.parametrize("path", TAKE_JSON)
@pytest.mark.parametrize("deep", [21, 480, 600, 930, 5_000, 9_600])
def test_what_nests_too_deep_is_refused_however_deep(client: TestClient, path: str, deep: int) -> None:
    """Python itself reads some 1,000 levels or some 10,000, by its version; none of that is met."""
    for body in ("[" * deep + "]" * deep, '{"a":' * deep + "1" + "}" * deep, '[{"a":' * deep + "1" + "}]" * deep):
        if len(body) <= LARGEST:
            assert faults(client.post(path, content=body, headers=JSON), 400) == TOO_DEEP


@pytest.mark.parametrize("path", TAKE_JSON)
def test_twenty_levels_and_brackets_in_words_are_not_too_deep(client: TestClient, path: str) -> None:
    for body in (
        "[" * 20 + "]" * 20,
        "[" + "[]," * 500 + "[]]",
        json.dumps(["[" * 500, '\\"[{' * 500, {"]" * 30: "{"}]),
    ):
        assert faults(client.post(path, content=body, headers=JSON), 422) != TOO_DEEP


WORDS = st.sampled_from(("[", '"', "]\\", "é", 1, None))
NESTING = st.recursive(
    WORDS,
    lambda part: st.lists(part, max_size=2) | st.dictionaries(st.sampled_from('{"\\'), part, max_size=2),
    max_leaves=40,
)


@given(value=NESTING, more=st.integers(0, 22))
def test_how_deep_json_nests_is_told_by_its_brackets(value: Any, more: int) -> None:
    for level in range(more):
        value = {"[": value} if level % 2 else [value]
    assert too_deep(json.dumps(value)) == too_deep(json.dumps(value, ensure_ascii=False)) == (depth(value) > 20)


def depth(value: Any) -> int:
    """Count how deep lists and dicts nest."""
    if isinstance(value, list | dict):
        return 1 + max(map(depth, value.values() if isinstance(value, dict) else value), default=0)
    return 0


@pytest.mark.parametrize(
    ("body", "first"),
    [
        ("[" * 25 + '{"a": 1, "a": 2}' + "]" * 25, "Lists and objects nest deeper than 20 levels."),
        ('{"nothing": 1, "child": 1, "nothing": 2}', "The key 'nothing' is written twice."),
        ('{"a": 1, "b": 1, "b": 2, "a": 2}', "The key 'a' is written twice."),
        (" " * LARGEST + "[" * 25, "The body is larger than 64 KiB."),
    ],
)
def test_size_is_looked_at_before_depth_and_depth_before_keys_and_keys_before_what_they_are(
    client: TestClient, body: str, first: str
) -> None:
    answer = client.post("/v1/assessments", content=body, headers=JSON)
    assert [fault["what"] for fault in answer.json()["faults"]] == [first]


@pytest.mark.parametrize(
    ("record", "where"),
    [
        ({"indicators": {"present": [1] * 20_000}}, "$.indicators.present[{}]"),
        ({"indicators": {"absent": ["x"] * 50 + [1] * 10_000}}, "$.indicators.absent[{}]"),
        ({"situation": {f"a{number}": 1 for number in range(5_000)}}, "$.situation.a{}"),
        ({f"a{number}": 1 for number in range(6_000)}, "$.a{}"),
        ({"child": {f"a{number}": 1 for number in range(6_000)}}, "$.child.a{}"),
    ],
)
def test_of_very_many_faults_the_first_hundred_are_told(
    client: TestClient, record: dict[str, Any], where: str
) -> None:
    told = [fault["where"] for fault in faults(client.post("/v1/assessments", json=record), 422)]
    start = 50 if "absent" in where else 0
    assert told == [where.format(number) for number in range(start, start + MOST_FAULTS)]


def test_unknown_keys_do_not_hide_what_is_wrong_or_there_among_the_known(client: TestClient) -> None:
    many = {f"a{number}": 1 for number in range(3_000)}
    told = faults(client.post("/v1/assessments", json={**many, "child": 1, "situation": 2}), 422)
    assert [fault["where"] for fault in told[:2]] == ["$.child", "$.situation"]
    for path, body in (("/v1/spot", {"text": "x"}), ("/cds-services/rhrt-level-of-need", HOOK)):
        told = faults(client.post(path, json={**many, **body}), 422)
        assert {fault["what"] for fault in told} == {
            f"The key 'a{number}' is not known here." for number in range(100)
        }


def test_feedback_of_many_outcomes_is_refused_at_the_first_that_is_wrong(client: TestClient) -> None:
    right = {"card": "c", "outcome": "accepted", "outcomeTimestamp": "2026-01-31T09:30:00Z"}
    sent = {"feedback": [*[right] * 100, {"card": 1, "x": 2}, *[{}] * 5_000]}
    told = faults(client.post("/cds-services/rhrt-level-of-need/feedback", json=sent), 422)
    assert {fault["where"] for fault in told} == {
        "$.feedback[100]", "$.feedback[100].card", "$.feedback[100].x"}  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("&".join(f"a{number}=1" for number in range(8_000)), [f"query.a{number}" for number in range(20)]),
        ("q=x&" * 8_000, ["query.q"] * 20),
        ("&" * 20_000 + "q=x&a=1", ["query.a"]),
        ("q=" + "%41" * 2_001, ["query.q"]),
        ("q=" + "%F0%9F%91%B6" * 2_001, ["query.q"]),
        ("q=x&rulebook=" + "x" * 30_000, ["query.rulebook"]),
    ],
)
def test_of_very_many_parameters_the_first_faults_are_told(client: TestClient, asked: str, told: list[str]) -> None:
    assert [fault["where"] for fault in faults(client.get(f"/v1/indicators?{asked}"), 422)] == told


def test_the_longest_words_are_taken_however_they_are_written(client: TestClient) -> None:
    asked = "limit=2&q=" + "%F0%9F%91%B6" * 1_993 + "+hungry"
    assert client.get(f"/v1/indicators?{asked}").json() == client.get("/v1/indicators?limit=2&q=hungry").json()


@pytest.mark.parametrize("answer", ["ys", "ye", "yess", "Yes", "y", "maybe", "nope", "not known", "true"])
@pytest.mark.parametrize(("part", "question"), [("situation", "immediate_danger"), ("follow_ups", "going-hungry")])
def test_no_answer_is_guessed_and_all_are_told_by_http_in_a_file_and_on_the_command_line(
    client: TestClient, rulebook: Rulebook, part: str, question: str, answer: str
) -> None:
    values = rulebook.field[question].values if part == "situation" else FOLLOW_UP_ANSWERS
    told = f"There is no answer to {question} '{answer}'. Write one of: {', '.join(values)}."
    record = {part: {question: answer}}
    (fault,) = faults(client.post("/v1/assessments", json=record), 422)
    option = {"situation": "--situation", "follow_ups": "--follow-up"}[part]
    said = [
        f"{fault['where']}: {fault['what']} {fault['remedy']}",
        refused("assess", "-", stdin=f'{part}:\n  {question}: "{answer}"\n'.encode()),
        refused("assess", "-", stdin=json.dumps(record).encode()),
        refused("assess", option, f"{question}={answer}"),
        refused("picture", option, f"{question}={answer}"),
    ]
    for one in said:
        assert told in one
        assert "Did you mean" not in one


@pytest.mark.parametrize("answer", ["true", "false"])
def test_no_answer_is_guessed_for_what_is_no_word(client: TestClient, answer: str) -> None:
    for part in ("situation: {immediate_danger:", "follow_ups: {going-hungry:"):
        said = refused("assess", "-", stdin=f"{part} {answer}}}\n".encode())
        assert (
            "This should be a word. Write one of the words that may stand here, in place of true or false." in said
        )
    sent = {"situation": {"immediate_danger": answer == "true"}}
    (fault,) = faults(client.post("/v1/assessments", json=sent), 422)
    assert "yes" not in fault["remedy"]


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

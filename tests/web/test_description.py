"""The description of the API is true of what it answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from fastapi.testclient import TestClient
from hypothesis import given

from rhrt import Rulebook, load_rulebook
from rhrt.parser import read
from rhrt.testing.strategies import records
from rhrt.web.api.description import DOCUMENTS
from rhrt.web.api.record_schemas import record_schemas
from rhrt.web.application import application
from rhrt.web.settings import Settings
from tests.conftest import tries
from tests.web.test_same_answer import EXAMPLES, document

OTHER = load_rulebook(Path(__file__).parents[1] / "frameworks" / "marram-2025")
RECORDED = {"$ref": "#/components/schemas/Record"}


@pytest.fixture(scope="module")
def described(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/v1/openapi.json").json()
    return found


def fits(described: dict[str, Any], schema: dict[str, Any], document: Any) -> None:
    """Look whether a document fits a schema of a description."""
    whole = {**schema, "components": described["components"]}
    jsonschema.Draft202012Validator(whole).validate(document)


def test_it_is_openapi_3_1_and_describes_no_page(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1.")
    assert set(described["paths"]) >= {"/v1/assessments", "/v1/prompt", "/v1/rulebooks", "/v1/rulebooks/{id}",
                                       "/v1/indicators", "/v1/health", "/v1/metrics", "/cds-services"}  # fmt: skip
    assert all(path.startswith(("/v1/", "/cds-services")) for path in described["paths"])


def test_each_endpoint_is_described_once_though_head_is_answered_too(described: dict[str, Any]) -> None:
    operations = [one for methods in described["paths"].values() for one in methods.items()]
    assert {method for method, _ in operations} == {"get", "post"}
    ids = [operation["operationId"] for _, operation in operations]
    assert len(ids) == len(set(ids))


def test_its_examples_were_really_answered(client: TestClient, described: dict[str, Any]) -> None:
    for path in ("/v1/assessments", "/v1/prompt"):
        endpoint = described["paths"][path]["post"]
        asked = endpoint["requestBody"]["content"]["application/json"]
        answered = endpoint["responses"]["200"]["content"]["application/json"]
        sent = asked["examples"]["a record"]["value"]
        fits(described, asked["schema"], sent)
        answer = client.post(path, json=sent).json()
        assert answer == answered["examples"]["its answer"]["value"]
        fits(described, answered["schema"], answer)


@pytest.mark.parametrize(
    "path",
    ["/v1/rulebooks", "/v1/rulebooks/herefordshire-2020", "/v1/indicators?q=food", "/v1/health", "/cds-services"],
)
def test_what_is_answered_fits_its_schema(client: TestClient, described: dict[str, Any], path: str) -> None:
    named = path.split("?", maxsplit=1)[0].replace("herefordshire-2020", "{id}")
    content = described["paths"][named]["get"]["responses"]["200"]["content"]
    fits(described, content["application/json"]["schema"], client.get(path).json())


def test_each_answer_is_of_the_one_kind_that_is_described(client: TestClient, described: dict[str, Any]) -> None:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            (kind,) = operation["responses"]["200"]["content"]
            assert kind == ("text/plain" if path == "/v1/metrics" else "application/json"), (method, path)
    assert client.get("/v1/metrics").headers["content-type"].startswith("text/plain")


RECORD = {"indicators": {"present": ["lack-of-food"], "not_known": ["abuse-or-neglect"]}}
CALL = {"hook": "alt.rhrt.safeguarding-referral-draft", "hookInstance": "3fa85f64-5717-4562-b3fc-2c963f66afa6"}
SENT: dict[str, tuple[Any, int]] = {
    "/v1/prompt": (RECORD, 200),
    "/v1/spot": ({"text": "He is always hungry."}, 200),
    "/cds-services/rhrt-level-of-need": ({**CALL, "context": RECORD}, 200),
    "/cds-services/rhrt-level-of-need/feedback": ({"feedback": []}, 200),
    "/v1/assessments": ({"indicator": {}}, 422),
}


@pytest.mark.parametrize("path", SENT)
def test_what_is_answered_to_a_body_fits_its_schema(
    client: TestClient, described: dict[str, Any], path: str
) -> None:
    sent, status = SENT[path]
    answer = client.post(path, json=sent)
    assert answer.status_code == status
    content = described["paths"][path]["post"]["responses"][str(status)]["content"]
    (schema,) = [one["schema"] for one in content.values()]
    fits(described, schema, answer.json())


def test_no_answer_of_the_service_alone_has_a_key_that_its_schema_does_not_name(
    client: TestClient, described: dict[str, Any], rulebook: Rulebook
) -> None:
    schemas = described["components"]["schemas"]
    written: Any = read(DOCUMENTS).value
    closed = {name: {**schemas[name], "additionalProperties": False} for name in written}
    strict = {"components": {"schemas": {**schemas, **closed}}}
    asked = ("/v1/rulebooks", "/v1/rulebooks/{id}", "/v1/indicators?q=food", "/v1/health", "/cds-services")
    for path in asked:
        content = described["paths"][path.removesuffix("?q=food")]["get"]["responses"]["200"]["content"]
        fits(strict, content["application/json"]["schema"], client.get(path.format(id=rulebook.id)).json())
    for path, (sent, status) in SENT.items():
        answered = described["paths"][path]["post"]["responses"][str(status)]["content"]
        fits(strict, next(iter(answered.values()))["schema"], client.post(path, json=sent).json())
    with pytest.raises(jsonschema.ValidationError):
        fits(strict, {"$ref": "#/components/schemas/Health"}, {**client.get("/v1/health").json(), "more": 1})


def test_every_worked_case_fits_the_schema_of_a_record(described: dict[str, Any]) -> None:
    schema = jsonschema.Draft202012Validator({**RECORDED, "components": described["components"]})
    for example in EXAMPLES:
        schema.validate(_listed(document(example)))


@tries(30)
@given(record=records(OTHER))
def test_a_record_for_another_area_fits_its_schema(record: Any) -> None:
    fits({"components": {"schemas": record_schemas([OTHER])}}, RECORDED, _listed(record))


def test_a_record_that_says_what_no_rulebook_has_fits_no_schema(described: dict[str, Any]) -> None:
    wrongs: tuple[dict[str, Any], ...] = (
        {"indicators": {"present": ["lack-of-foo"]}},
        {"situation": {"immediate_danger": "maybe"}},
        {"situation": {"imediate_danger": "yes"}},
        {"follow_ups": {"home-alone": "perhaps"}},
        {"judgement": {"level": 7}},
        {"child": {"age_band": "old"}},
        {"circumstances": ["bright"]},
        {"rulebook": "nowhere"},
        {"indicator": {}},
    )
    for wrong in wrongs:
        with pytest.raises(jsonschema.ValidationError):
            fits(described, RECORDED, wrong)


def test_with_two_rulebooks_a_record_is_of_the_one_or_the_other() -> None:
    client = TestClient(application(Settings(rulebooks=(OTHER, load_rulebook()))))
    schemas = client.get("/v1/openapi.json").json()["components"]["schemas"]
    first, second = (schemas[one["$ref"].rpartition("/")[2]] for one in schemas["Record"]["anyOf"])
    assert "required" not in first
    assert second["required"] == ["rulebook"]


def descriptions(*rulebooks: Rulebook, key: str | None = None) -> dict[str, Any]:
    client = TestClient(application(Settings(rulebooks=rulebooks, key=key)))
    found: dict[str, Any] = client.get("/v1/openapi.json", headers={"Authorization": f"Bearer {key}"}).json()
    return found


def named(part: Any) -> Iterator[str]:
    """Give every title of a description, and the name of every schema: what clients call their classes."""
    for key, value in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
        if key == "title" and isinstance(value, str):
            yield value
        yield from named(value)


def test_no_name_comes_from_a_rulebook_and_another_rulebook_has_the_same_names(
    described: dict[str, Any], rulebook: Rulebook
) -> None:
    other, without_any = descriptions(OTHER), descriptions(replace(OTHER, circumstances=()))
    for one in (other, without_any):
        assert list(one["components"]["schemas"]) == list(described["components"]["schemas"])
        assert set(named(one["components"])) == set(named(described["components"]))
    names = {*described["components"]["schemas"], *named(described["components"])}
    assert all(re.fullmatch("[A-Z][A-Za-z0-9]{2,30}", name) for name in names), "and no sentence"
    ids = {*rulebook.indicator, *rulebook.field, *rulebook.follow_up, *OTHER.indicator, *OTHER.field}
    assert not names & ids
    assert {name for name in names if name[-1].isdigit()} <= set()


def test_no_enum_stands_under_a_key_of_a_rulebook(described: dict[str, Any]) -> None:
    """Generators name a class after such a key: `RecordSituationImmediateDanger`."""
    for part in ("RecordSituation", "RecordFollowUps"):
        for question in described["components"]["schemas"][part]["properties"].values():
            assert "enum" not in question
            assert all(set(answer) == {"const"} for answer in question["anyOf"])


def test_with_several_rulebooks_the_parts_of_each_are_numbered_in_the_order_of_the_service() -> None:
    both, turned = descriptions(load_rulebook(), OTHER), descriptions(OTHER, load_rulebook())
    schemas = both["components"]["schemas"]
    assert list(schemas) == list(turned["components"]["schemas"])
    assert {"Record1", "Record2", "Record", "IndicatorId2", "HookContext2"} <= set(schemas)
    assert set(named(both["components"])) == set(named(turned["components"]))


@pytest.mark.parametrize("key", [None, "k" * 20])
def test_each_operation_says_whether_it_wants_the_key(key: str | None) -> None:
    made = descriptions(load_rulebook(), key=key)
    assert made["security"] == ([{"key": []}] if key else [])
    for path, methods in made["paths"].items():
        for operation in methods.values():
            asked = bool(key) and path != "/v1/health"
            assert bool(operation.get("security", made["security"])) == asked
            assert ("401" in operation["responses"]) == asked


def test_it_says_whose_it_is_and_every_tag_is_explained(described: dict[str, Any]) -> None:
    assert described["info"]["license"]["identifier"] == "MIT"
    assert described["info"]["contact"]["name"]
    used = {tag for methods in described["paths"].values() for one in methods.values() for tag in one["tags"]}
    assert {tag["name"] for tag in described["tags"]} == used


def test_where_the_example_is_of_another_area_one_of_a_danger_stands_in() -> None:
    client = TestClient(application(Settings(rulebooks=(OTHER,))))
    described = client.get("/v1/openapi.json").json()
    asked = described["paths"]["/v1/assessments"]["post"]["requestBody"]["content"]["application/json"]
    sent = asked["examples"]["a record"]["value"]
    assert sent["rulebook"] == OTHER.id
    assert client.post("/v1/assessments", json=sent).status_code == 200


def _listed(value: Any) -> Any:
    """Write tuples as the lists that JSON has."""
    if isinstance(value, dict):
        return {key: _listed(part) for key, part in value.items()}
    return [_listed(part) for part in value] if isinstance(value, list | tuple) else value

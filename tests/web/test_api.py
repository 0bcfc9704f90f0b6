"""What the API answers."""

from __future__ import annotations

from fastapi.testclient import TestClient

from rhrt import Record, Rulebook, assess

RECORD = {"indicators": {"present": ["lack-of-food"]}, "situation": {"consent": "given"}}


def test_an_assessment_is_the_document_that_the_engine_gives(client: TestClient, rulebook: Rulebook) -> None:
    answer = client.post("/v1/assessments", json=RECORD)
    assert answer.status_code == 200
    assert answer.json() == assess(Record.model_validate(RECORD), rulebook).model_dump(mode="json")


def test_a_prompt_says_the_suggestion_in_words_and_asks_what_matters(client: TestClient) -> None:
    answer = client.post("/v1/prompt", json=RECORD).json()
    assert answer["outline"]["headline"] == "Suggested: Level 3, Intensive"
    assert [question["id"] for question in answer["questions"]][:3] == [
        "immediate_danger", "medical_emergency", "suspected_significant_harm",
    ]  # fmt: skip
    assert "not-asked" not in [one["value"] for one in answer["questions"][0]["answers"]]
    assert not answer["emergency"]


def test_a_rulebook_is_described_for_a_form(client: TestClient, rulebook: Rulebook) -> None:
    described = client.get(f"/v1/rulebooks/{rulebook.id}").json()
    assert {one["number"] for one in described["emergency"]} == {"999"}
    assert len(described["indicators"]) == len(rulebook.position)
    assert {one["id"] for one in described["ladders"]} == {ladder.id for ladder in rulebook.ladders}

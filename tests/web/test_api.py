"""What the API answers."""

from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient

from rhrt import Record, Rulebook, assess

RECORD = {"indicators": {"present": ["lack-of-food"]}, "situation": {"consent": "given"}}


def test_an_assessment_is_the_document_that_the_engine_gives(client: TestClient, rulebook: Rulebook) -> None:
    answer = client.post("/v1/assessments", json=RECORD)
    assert answer.status_code == 200
    assert answer.json() == assess(Record.model_validate(RECORD), rulebook).model_dump(mode="json")


def test_a_prompt_says_the_suggestion_in_words_and_asks_what_matters(client: TestClient) -> None:
    answer = client.post("/v1/prompt", json=RECORD).json()
    assert answer["outline"]["headline"] == "First, check this: it can change what to do"
    assert answer["outline"]["lines"][0] == "Suggested: Level 3, Intensive"
    assert [question["id"] for question in answer["questions"]][:3] == [
        "immediate_danger", "medical_emergency", "suspected_significant_harm",
    ]  # fmt: skip
    assert "not-asked" not in [one["value"] for one in answer["questions"][0]["answers"]]
    assert not answer["emergency"]


def test_a_prompt_says_how_soon_only_where_nothing_is_to_be_checked_first(client: TestClient) -> None:
    open_ = client.post("/v1/prompt", json=RECORD).json()
    assert (open_["urgency"], open_["suggestion"]["urgency"]) == (None, "routine")
    assert "depends on what you check" in open_["outline"]["lines"][1]
    calm = dict.fromkeys(["immediate_danger", "medical_emergency", "suspected_significant_harm"], "no")
    asked = {one["id"]: "no" for one in open_["suggestion"]["follow_ups"]}
    told = {**RECORD, "situation": {**calm, "consent": "given"}, "follow_ups": asked}
    answered = client.post("/v1/prompt", json=told).json()
    assert answered["urgency"] == answered["suggestion"]["urgency"] == "routine"


def test_a_prompt_asks_at_most_three_follow_up_questions_and_their_answers_come_back_in_the_record(
    client: TestClient, rulebook: Rulebook
) -> None:
    seen = {"indicators": {"present": ["home-alone-no-serious-risk"]}}
    asked = client.post("/v1/prompt", json=seen).json()["suggestion"]["follow_ups"]
    ids = ["home-alone", "age-of-a-child-left-alone", "home-alone-risk"]
    assert [(one["id"], one["answer"]) for one in asked] == [(id_, "not-asked") for id_ in ids]
    for one in asked:
        question = rulebook.follow_up[one["id"]]
        assert (one["question"], one["why"]) == (question.text, question.why)
    told = {"age-of-a-child-left-alone": "not-known", "injury-not-explained": "no"}
    answer = client.post("/v1/prompt", json={**seen, "follow_ups": told}).json()
    given = {one["id"]: one["answer"] for one in answer["suggestion"]["follow_ups"]}
    assert given == {**told, "home-alone": "not-asked"}, "the third would change nothing now"
    assert answer["suggestion"]["actions"][0]["code"] == "take-advice-before-informing"
    assert answer["suggestion"]["receipt"]["record"]["follow_ups"] == told


def test_what_a_follow_up_question_was_told_decides_which_questions_are_worth_asking(client: TestClient) -> None:
    def asked(**follow_ups: str) -> dict[str, Any]:
        answers = {id_.replace("_", "-"): answer for id_, answer in follow_ups.items()}
        record = {"situation": {"open_to_social_care": "yes"}, "follow_ups": answers}
        answer: dict[str, Any] = client.post("/v1/prompt", json=record).json()
        return answer

    danger = asked(home_alone="yes")
    assert danger["emergency"]
    assert danger["outline"]["urgent"]
    assert "out_of_hours" in [question["id"] for question in danger["questions"]], "who is rung hangs on it"
    assert "out_of_hours" not in [question["id"] for question in asked(home_alone="no")["questions"]]


def test_an_unknown_follow_up_question_or_answer_is_refused_where_it_stands(client: TestClient) -> None:
    wrong = {"home-alone": "maybe", "home-alon": "yes"}
    for path in ("/v1/prompt", "/v1/assessments"):
        answer = client.post(path, json={"follow_ups": wrong})
        assert answer.status_code == 422
        faults = {fault["where"]: fault for fault in answer.json()["faults"]}
        assert set(faults) == {"$.follow_ups.home-alone", "$.follow_ups.home-alon"}
        assert faults["$.follow_ups.home-alone"]["remedy"].startswith("Write one of: yes, no, not-known.")
        assert "home-alone" in faults["$.follow_ups.home-alon"]["remedy"]


def test_the_description_names_every_follow_up_question_and_its_answers(
    client: TestClient, rulebook: Rulebook
) -> None:
    described = client.get("/v1/openapi.json").json()
    asked = described["components"]["schemas"]["RecordFollowUps"]
    assert list(asked["properties"]) == list(rulebook.follow_up)
    answers = [{"const": "yes"}, {"const": "no"}, {"const": "not-known"}]
    assert all(one["anyOf"] == answers for one in asked["properties"].values())
    assert not asked["additionalProperties"]
    assert "follow_ups" in described["paths"]["/v1/prompt"]["post"]["description"]


def test_a_rulebook_is_described_for_a_form(client: TestClient, rulebook: Rulebook) -> None:
    described = client.get(f"/v1/rulebooks/{rulebook.id}").json()
    assert {one["number"] for one in described["emergency"]} == {"999"}
    assert len(described["indicators"]) == len(rulebook.position)
    assert {one["id"] for one in described["ladders"]} == {ladder.id for ladder in rulebook.ladders}

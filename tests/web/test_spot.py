"""`POST /v1/spot` and `GET /v1/indicators` give what the search gives, and refuse the rest in words."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from rhrt import Rulebook, load_rulebook
from rhrt.interview.carried import Carried, write
from rhrt.interview.session import Place, Session
from rhrt.search import find, spot
from rhrt.search.find import Search
from rhrt.web.application import application
from rhrt.web.settings import Settings

TOLD = "He is hungry at school. Mum is drinking more and more."


def test_concerns_are_those_of_the_search_with_the_notice(client: TestClient, search: Search) -> None:
    answer = client.post("/v1/spot", json={"text": TOLD})
    assert answer.status_code == 200
    assert answer.json() == spot.document(spot.spot(TOLD, search))
    assert "level" not in str(answer.json()["concerns"]).lower().replace("low level", "")
    assert answer.json()["notice"] == spot.NOTICE


def test_a_rulebook_and_a_limit_can_be_named(client: TestClient, rulebook: Rulebook) -> None:
    answer = client.post("/v1/spot", json={"text": TOLD, "rulebook": rulebook.id, "limit": 1})
    assert len(answer.json()["concerns"]) == 1
    assert len(client.post("/v1/spot", json={"text": TOLD}).json()["concerns"]) > 1


def test_a_text_without_words_has_no_concerns_and_that_is_no_reassurance(client: TestClient) -> None:
    answer = client.post("/v1/spot", json={"text": " "}).json()
    assert answer == {"concerns": [], "apart": [], "notice": spot.NOTHING}
    assert "does not mean there is no need" in answer["notice"]


@pytest.mark.parametrize(
    ("sent", "where", "what"),
    [
        ({}, "$", "The key 'text' is missing."),
        ({"text": 1}, "$.text", "These should be words."),
        ({"text": None}, "$.text", "There is nothing here."),
        ({"text": "x", "words": "y"}, "$.words", "The key 'words' is not known here."),
        ({"text": "x" * 10_001}, "$.text", "This text is longer than 10,000 characters."),
        ({"text": "x", "limit": 0}, "$.limit", "This number cannot be used."),
        ({"text": "x", "limit": 51}, "$.limit", "This number cannot be used."),
        ({"text": "x", "limit": "5"}, "$.limit", "This should be a whole number."),
        ({"text": "x", "rulebook": "nowhere"}, "$.rulebook", "No rulebook called 'nowhere' is served here."),
        ([], "$", "This should hold keys with values."),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(
    client: TestClient, sent: Any, where: str, what: str
) -> None:
    answer = client.post("/v1/spot", json=sent)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.json()["faults"][0]["where"], answer.json()["faults"][0]["what"]) == (where, what)
    assert answer.json()["faults"][0]["remedy"]


def test_a_parameter_in_the_address_is_refused(client: TestClient) -> None:
    assert client.post("/v1/spot?text=hungry", json={"text": TOLD}).status_code == 422


def test_indicators_are_found_as_the_search_finds_them(client: TestClient, search: Search) -> None:
    answer = client.get("/v1/indicators", params={"q": "mum drinking more and more", "limit": "3"})
    found = find.find("mum drinking more and more", search, 3)
    assert answer.json() == {"indicators": [find.document(one) for one in found]}


def test_the_description_has_the_body_and_the_answer(client: TestClient, rulebook: Rulebook) -> None:
    described = client.get("/v1/openapi.json").json()["paths"]["/v1/spot"]["post"]
    body = described["requestBody"]["content"]["application/json"]["schema"]
    assert body["properties"]["rulebook"] == {"enum": [rulebook.id]}
    assert body["properties"]["text"]["maxLength"] == spot.LONGEST
    assert described["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].endswith("/Spotted")


class Near:
    """Stands in for what was learnt of a rulebook: every text is near to one indicator."""

    def __init__(self, _rulebook: Rulebook, _model: object) -> None:
        pass

    def fit(self, texts: list[str]) -> list[dict[str, int]]:
        return [{"lack-of-food": 900} for _ in texts]


def test_every_search_of_a_service_is_by_meaning_where_it_was_given_that(
    rulebook: Rulebook, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "Learnt", Near)
    by_meaning: Any = "any model"
    with TestClient(application(Settings((rulebook,), by_meaning=by_meaning))) as other:
        assert [found(asked) for asked in (client, other)] == [[False] * 3, [True] * 3]


def found(asked: TestClient) -> list[bool]:
    """Search by a word that says nothing, in each way, and say whether what it is near to was found."""
    first = [field.id for field in load_rulebook().situation if field.ask_first]
    session = Session(load_rulebook(), situation=dict.fromkeys(first, "no")).at(Place("words"))
    form = {"state": write(Carried(session)), "press": "on", "words": "zzzzqqqq"}
    answers = (
        asked.get("/v1/indicators", params={"q": "zzzzqqqq"}),
        asked.post("/v1/spot", json={"text": "zzzzqqqq"}),
        asked.post("/check/3", data=form),
    )
    assert [one.status_code for one in answers] == [200] * 3
    return ["lack-of-food" in one.text for one in answers]

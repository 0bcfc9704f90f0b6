"""CDS Hooks: discovery, cards and feedback."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import Mock
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import to_json

from rhrt import Record, Rulebook, assess, load_rulebook
from rhrt.faults import BadInput, EvaluatorsDiffer, NotWhole
from rhrt.reasoning.engine import Engine
from rhrt.testing.strategies import records
from rhrt.version import VERSION
from rhrt.web.application import application
from rhrt.web.cds_hooks.cards import cards, filled, importance, summary
from rhrt.web.cds_hooks.context import MOST_KEYS, OURS, record_and_text, words_of
from rhrt.web.cds_hooks.documents import EXTENSION, FORMER_HOOK, HOOK
from rhrt.web.settings import Settings
from tests.conftest import tries
from tests.web.test_problems import faults

SERVICE = "/cds-services/rhrt-level-of-need"
GUIDE = Path(__file__).parents[2] / "src" / "rhrt" / "web" / "README.md"
CALL = UUID("3fa85f64-5717-4562-b3fc-2c963f66afa6")
OTHER = load_rulebook(Path(__file__).parents[1] / "frameworks" / "marram-2025")
BOTH = (load_rulebook(), OTHER)
SERVED = TestClient(application(Settings(rulebooks=BOTH)), raise_server_exceptions=False)
DRAWN = {one.id: records(one) for one in BOTH}


def called(client: TestClient, context: Any, **more: Any) -> list[dict[str, Any]]:
    hook = {"hook": HOOK, "hookInstance": str(uuid4()), "context": context, **more}
    answer = client.post(SERVICE, json=hook)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["cards"]
    return found


def test_discovery_names_the_service_and_its_hook(client: TestClient) -> None:
    service, former = client.get("/cds-services").json()["services"]
    assert service["hook"] == "alt.rhrt.safeguarding-referral-draft"
    assert SERVICE.endswith(service["id"])
    assert "herefordshire-2020" in service["description"]
    assert former == {**service, "hook": "safeguarding-referral-draft"}


def test_the_hook_is_named_in_reverse_domain_notation_and_claims_no_domain() -> None:
    assert re.fullmatch(r"alt(\.[a-z]+)+(-[a-z]+)+", HOOK), "RFC 9476 sets .alt aside for names that are in no DNS"
    assert HOOK.startswith(f"{EXTENSION}.")


def test_the_former_name_answers_as_it_did(client: TestClient) -> None:
    context = {"indicators": {"present": ["lack-of-food"]}, "text": "He is always hungry."}
    now, before = ([*called(client, context, hook=hook, hookInstance=str(CALL))] for hook in (HOOK, FORMER_HOOK))
    assert len(now) == 2
    assert [set(card["extension"]) for card in now] == [{"alt.rhrt"}] * 2
    assert before == [{**card, "extension": {"rhrt": card["extension"]["alt.rhrt"]}} for card in now]


def test_the_former_name_goes_with_0_2() -> None:
    assert tuple(map(int, VERSION.split(".")[:2])) < (0, 2), "take out FORMER_HOOK, and all that speaks of it"
    assert "until 0.2" in GUIDE.read_text(encoding="utf-8")


def test_an_emergency_is_a_critical_card_that_says_so_first(client: TestClient) -> None:
    (card,) = called(client, {"situation": {"immediate_danger": "yes"}})
    assert card["indicator"] == "critical"
    assert card["summary"] == "Emergency. Call 999 now. Suggested: Level 4, Specialist."


def test_a_record_with_nothing_in_it_says_what_to_ask_first_and_is_never_silent(client: TestClient) -> None:
    (card,) = called(client, {})
    assert card["indicator"] == "info"
    assert card["summary"] == "No level suggested. Ask first: Is a child in danger right now?"
    assert "suggestions" not in card


def test_what_is_written_has_a_card_of_its_own_without_a_level(client: TestClient) -> None:
    first, card = called(client, {"text": "He is always hungry. No bruises. Mum is drinking more *and* more."})
    assert first["summary"] == "No level suggested. Ask first: Is a child in danger right now?"
    assert card["indicator"] == "info"
    assert card["summary"].startswith("What is written may tell of these. Look at each: ")
    assert len(card["summary"]) < 140
    assert ": “He is always hungry”" in card["detail"]
    assert "“No bruises”" in card["detail"], "set apart, and shown"
    assert "not an assessment" in card["detail"]
    assert "level" not in card["extension"]["alt.rhrt"]


def test_what_is_written_and_fits_no_sign_is_told_so(client: TestClient) -> None:
    card = called(client, {"text": "The coach leaves at nine."})[-1]
    assert card["summary"] == "Nothing here fits a sign. That does not mean there is no need."


@pytest.mark.parametrize("text", ["", "  \n"])
def test_no_text_has_no_card(client: TestClient, text: str) -> None:
    assert len(called(client, {"text": text})) == len(called(client, {}))


@pytest.mark.parametrize("text", [None, 3, ["hungry"], {"text": "hungry"}, "x" * 10_001])
def test_a_text_that_cannot_be_read_is_refused_with_its_place(client: TestClient, text: Any) -> None:
    hook = {"hook": HOOK, "hookInstance": str(uuid4()), "context": {"text": text}}
    answer = client.post(SERVICE, json=hook)
    (fault,) = faults(answer, 422)
    assert fault["where"] == "$.context.text"


def test_a_card_names_its_source_and_offers_the_reasons_of_the_rulebook(
    client: TestClient, rulebook: Rulebook
) -> None:
    (card,) = called(client, {"indicators": {"present": ["lack-of-food"]}}, prefetch={}, fhirServer="https://x.org")
    assert card["indicator"] == "warning"
    assert card["source"]["label"] == "Right Help Right Time Levels of Need, Herefordshire, edition 1 - 11/20"
    assert [one["code"] for one in card["overrideReasons"]] == [one.id for one in rulebook.difference.reasons]
    deed = "First, check this: it can change what to do"
    assert card["suggestions"][0]["label"] == deed
    assert card["summary"] == f"{deed}. Suggested: Level 3, Intensive."
    assert card["selectionBehavior"] == "at-most-one"
    assert card["detail"].startswith(f"# {deed}\n\nSuggested: Level 3, Intensive")
    assert card["extension"]["alt.rhrt"]["receipt"]["record"]["indicators"]["present"] == ["lack-of-food"]


def test_what_is_not_known_and_could_make_it_higher_is_a_card_of_its_own(client: TestClient) -> None:
    first, second = called(
        client, {"indicators": {"present": ["lack-of-food"]}, "situation": {"immediate_danger": "not-known"}}
    )
    assert first["summary"].endswith("Suggested: Level 3, Intensive.")
    assert second["summary"] == "It could be Level 4. Find out what is not known."
    assert "Is a child in danger right now?" in second["detail"]
    assert second["indicator"] == "warning"


@pytest.mark.parametrize("rulebook", BOTH, ids=lambda one: one.id)
@tries(60)
@given(data=st.data())
def test_every_answer_makes_one_or_two_cards_with_short_summaries(rulebook: Rulebook, data: st.DataObject) -> None:
    suggestion = assess(Record.model_validate(data.draw(DRAWN[rulebook.id])), rulebook)
    made = cards(suggestion, CALL)
    assert 1 <= len(made) <= 2
    for card in made:
        assert 0 < len(card["summary"]) < 140
        assert card["indicator"] in ("info", "warning", "critical")
        assert card["extension"]["alt.rhrt"]["level"] == suggestion.level
    assert len({card["uuid"] for card in made}) == len(made)
    assert made == cards(suggestion, CALL), "the same call gets the same cards"
    emergency = suggestion.urgency == rulebook.urgencies[0].id
    if emergency or suggestion.level == max(rulebook.level):
        assert made[0]["indicator"] == "critical"


def test_every_level_stands_out_as_the_rulebook_orders_it() -> None:
    found: dict[int | None, set[str]] = {}
    for indicator in OTHER.indicators:
        if indicator.recordable:
            suggestion = assess(Record.model_validate({"indicators": {"present": [indicator.id]}}), OTHER)
            found.setdefault(suggestion.level, set()).add(importance(suggestion))
    assert found[max(OTHER.level)] == {"critical"}
    assert "info" in found[min(OTHER.level)]


def test_a_summary_that_would_be_too_long_is_cut_at_a_word(
    rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    suggestion = assess(Record.model_validate({"indicators": {"present": ["lack-of-food"]}}), rulebook)
    monkeypatch.setattr("rhrt.web.cds_hooks.cards.headline", lambda _: "word " * 60)
    said = summary(suggestion)
    assert len(said) < 140
    assert said.endswith("word…")


def test_a_rulebook_of_another_area_can_be_named() -> None:
    client = TestClient(application(Settings(rulebooks=BOTH)))
    (card,) = called(client, {"rulebook": OTHER.id})[:1]
    assert card["source"]["label"].startswith(OTHER.title)
    assert [one["id"] for one in client.get("/v1/rulebooks").json()["rulebooks"]] == [one.id for one in BOTH]


@pytest.mark.parametrize(
    ("hook", "where"),
    [
        ({}, "$"),
        ({"hook": "patient-view"}, "$.hook"),
        ({"hookInstance": "7"}, "$.hookInstance"),
        ({"context": []}, "$.context"),
        ({"context": {"child": {"name": "x"}}}, "$.context.child.name"),
        ({"context": {"indicators": {"present": ["lack-of-foo"]}}}, "$.context.indicators.present[0]"),
        ({"context": {"rulebook": "nowhere"}}, "$.context.rulebook"),
        ({"context": {"text": 3}}, "$.context.text"),
        ({"hookinstance": "x", "hook": "x"}, "$.hook"),
    ],
)
def test_a_call_that_cannot_be_used_names_the_field(client: TestClient, hook: dict[str, Any], where: str) -> None:
    whole = {"hook": HOOK, "hookInstance": str(CALL), "context": {}}
    answer = client.post(SERVICE, json={**whole, **hook} if hook else {})
    assert faults(answer, 422)[0]["where"] == where


def test_feedback_is_counted_may_come_twice_and_keeps_no_word_of_the_caller() -> None:
    client = TestClient(application(Settings(rulebooks=BOTH)))
    taken = {
        "card": "a",
        "outcome": "accepted",
        "acceptedSuggestions": [{"id": "b"}],
        "outcomeTimestamp": "2026-01-31T09:30:00Z",
    }
    reason = {"reason": {"code": "knows-more", "system": "x"}, "userComment": "planted"}
    left = {
        "card": "a",
        "outcome": "overridden",
        "outcomeTimestamp": "2026-01-31T09:30:00Z",
        "overrideReason": reason,
    }
    other = {**left, "overrideReason": {"reason": {"code": "planted"}}}
    for _ in range(2):
        answer = client.post(f"{SERVICE}/feedback", json={"feedback": [taken, left, other]})
        assert (answer.status_code, answer.json()) == (200, {})
    counted = client.get("/v1/metrics").text
    for outcome, reason_code in (("accepted", "none"), ("overridden", "knows-more"), ("overridden", "other")):
        assert f'rhrt_cards_total{{outcome="{outcome}",reason="{reason_code}"}} 2.0' in counted
    assert "planted" not in counted


WHEN = ["2026-01-31T09:30:00Z", "2024-02-29T23:59:60.123456789Z", "2026-01-31T09:30:00.5+00:00"]
NEVER = ["", "now", "31/01/2026", "2026-01-31", "2026-01-31T09:30Z", "2026-01-31T09:30:00",
         "2026-01-31T09:30:00+01:00", "2026-02-30T09:30:00Z", "0000-01-01T09:30:00Z", "2026-01-31T24:00:00Z",
         "2026-01-31T23:27:60Z",          "2026-01-31T09:30:00Z\n", "٢٠٢٦-01-31T09:30:00Z"]  # fmt: skip


@pytest.mark.parametrize("when", WHEN)
def test_feedback_takes_a_time_in_utc(client: TestClient, when: str) -> None:
    sent = {"card": "a", "outcome": "overridden", "outcomeTimestamp": when}
    assert client.post(f"{SERVICE}/feedback", json={"feedback": [sent]}).status_code == 200


@pytest.mark.parametrize("when", NEVER)
def test_feedback_refuses_what_is_no_time_in_utc_and_then_counts_nothing(when: str) -> None:
    client = TestClient(application(Settings(rulebooks=BOTH)))
    right = {"card": "a", "outcome": "overridden", "outcomeTimestamp": WHEN[0]}
    sent = {"feedback": [right, {**right, "outcomeTimestamp": when}, {**right, "outcomeTimestamp": when}]}
    assert faults(client.post(f"{SERVICE}/feedback", json=sent), 422) == [
        {
            "where": "$.feedback[1].outcomeTimestamp",
            "what": "This is not a date and time in UTC (ISO 8601).",
            "remedy": "Write when it was, such as 2026-01-31T09:30:00Z.",
        }
    ]
    assert "rhrt_cards_total{" not in client.get("/v1/metrics").text


@pytest.mark.parametrize("said", [{}, {"acceptedSuggestions": []}, {"acceptedSuggestions": None}])
def test_accepted_feedback_names_what_was_accepted_or_nothing_is_counted(said: dict[str, Any]) -> None:
    client = TestClient(application(Settings(rulebooks=BOTH)))
    right = {"card": "a", "outcome": "overridden", "outcomeTimestamp": WHEN[0]}
    accepted = {**right, "outcome": "accepted", **said}
    (fault,) = faults(client.post(f"{SERVICE}/feedback", json={"feedback": [right, accepted]}), 422)
    assert fault["where"] == "$.feedback[1]"
    assert "acceptedSuggestions" in fault["remedy"]
    assert "rhrt_cards_total{" not in client.get("/v1/metrics").text
    named = {**accepted, "acceptedSuggestions": [{"id": "b"}]}
    assert client.post(f"{SERVICE}/feedback", json={"feedback": [right, named]}).status_code == 200


def test_keys_that_a_later_specification_may_add_are_left_unread(client: TestClient) -> None:
    coding = {"code": "knows-more", "system": "x", "version": "1", "userSelected": True}
    outcome = {
        "card": "a",
        "outcome": "accepted",
        "outcomeTimestamp": WHEN[0],
        "acceptedSuggestions": [{"id": "b", "actions": []}],
        "overrideReason": {"reason": coding, "later": 1},
        "later": {"deep": [None]},
    }
    sent = {"feedback": [outcome], "later": 1, "extension": {"com.example.when": "now"}}
    assert client.post(f"{SERVICE}/feedback", json=sent).json() == {}
    plain = called(client, {"situation": {"consent": "given"}}, hookInstance=str(CALL))
    more: dict[str, Any] = {"locale": "cy", "patient": "x", "prefetch": 3, "fhirServer": None, "later": [{}]}
    more |= {f"a{number}": number for number in range(3_000)}
    assert called(client, {"situation": {"consent": "given"}}, hookInstance=str(CALL), **more) == plain


STANDARD = {
    "userId": "Practitioner/123",
    "patientId": "1288992",
    "encounterId": "456",
    "appointments": {"resourceType": "Bundle", "entry": [{"resource": {"status": "proposed", "participant": []}}]},
    "allergyIntolerance": {"resourceType": "AllergyIntolerance", "code": {"text": "missing"}, "recorder": None},
    "conditions": {"resourceType": "Bundle", "entry": []},
    "content": {},
    "draftOrders": {"resourceType": "Bundle", "entry": [{"resource": {"reasonCode": [{"text": "consent"}]}}]},
    "selections": ["NutritionOrder/pureeddiet-simple"],
    "order": {"resourceType": "ServiceRequest", "priority": "urgent"},
    "orders": [],
    "dispatchedOrders": ["ServiceRequest/proc002"],
    "performer": "Organization/O12345",
    "fulfillmentTasks": [{"resourceType": "Task", "status": "requested", "intent": "order"}],
    "task": {"resourceType": "Task", "reason": {"text": "unemployment benefits"}},
    "medications": [{"level": 3, "reason": "x", "present": True}],
    "org.example.tenant": "x",
}
"""The keys of the hooks that HL7 has published, and some of what a patient record system sends under them."""


@pytest.mark.parametrize("key", STANDARD)
def test_the_context_keys_of_other_hooks_are_left_unread(client: TestClient, key: str) -> None:
    record = {"indicators": {"present": ["lack-of-food"]}, "text": "He is always hungry."}
    plain = called(client, record, hookInstance=str(CALL))
    assert called(client, {**record, key: STANDARD[key]}, hookInstance=str(CALL)) == plain
    assert called(client, {**record, **STANDARD}, hookInstance=str(CALL)) == plain


SLIPS = ("indicator", "indicaters", "Indicators", "situations", "followUps", "follow-ups", "follow_up",
         "circumstance", "judgment", "Text", "texts", "txt", "Rulebook", "notKnown", "childs", "ageBand",
         "present", "absent", "not_known", "age_band", "level", "reason")  # fmt: skip


@pytest.mark.parametrize("key", SLIPS)
def test_a_misspelt_key_of_a_record_is_refused_whatever_it_holds(client: TestClient, key: str) -> None:
    several: tuple[Any, ...] = (None, {}, "x")
    for held in several:
        hook = {"hook": HOOK, "hookInstance": str(CALL), "context": {key: held, "userId": "x"}}
        (fault,) = faults(client.post(SERVICE, json=hook), 422)
        assert fault["where"] == f"$.context.{key}"
        elsewhere = key in ("present", "absent", "not_known", "age_band", "level", "reason")
        assert fault["remedy"].startswith("It belongs under another key" if elsewhere else "Did you mean ")


HELD: dict[str, Any] = {
    "signs": {"present": ["lack-of-food"]},
    "record": {"indicators": {"present": ["no-such-sign"]}},
    "rhrt-record": '{"indicators": {"present": ["no-such-sign"]}}',
    "form": [{"marks": [{"lack-of-food": True}]}],
    "answers": {"immediate_danger": "yes"},
    "more": [[{"follow_ups": {}}]],
    "asked": {"home-alone": "yes"},
    "immediate_danger": "yes",
    "lack-of-food": True,
    "sign": "lack-of-food",
    "patientId": "lack-of-food",
}


@pytest.mark.parametrize("key", HELD)
def test_a_sign_or_an_answer_under_a_key_that_is_not_read_is_refused_and_never_lost(
    client: TestClient, key: str
) -> None:
    hook = {"hook": HOOK, "hookInstance": str(CALL), "context": {"userId": "x", key: HELD[key]}}
    (fault,) = faults(client.post(SERVICE, json=hook), 422)
    assert fault["where"] == f"$.context.{key}"
    assert "not read" in fault["what"]
    assert "POST /v1/assessments" in fault["remedy"]


@pytest.mark.parametrize("rulebook", BOTH, ids=lambda one: one.id)
@tries(60)
@given(data=st.data())
def test_no_sign_and_no_answer_is_lost_with_a_key_that_is_written_otherwise(
    rulebook: Rulebook, data: st.DataObject
) -> None:
    record = {key: value for key, value in json.loads(to_json(data.draw(DRAWN[rulebook.id]))).items() if value}
    key = data.draw(st.sampled_from(sorted(record)))
    other = data.draw(st.text(max_size=12).filter(lambda name: name not in OURS))
    context = {**{one: held for one, held in record.items() if one != key}, other: record[key]}
    if key in ("situation", "follow_ups") or (key == "indicators" and any(record[key].values())):
        with pytest.raises(BadInput):
            record_and_text(context, words_of(BOTH))


def test_the_keys_of_a_context_are_bounded(client: TestClient) -> None:
    many = {f"a{number}": 1 for number in range(MOST_KEYS + 1)}
    hook = {"hook": HOOK, "hookInstance": str(CALL), "context": many}
    assert faults(client.post(SERVICE, json=hook), 422)[0]["where"] == "$.context"
    assert called(client, dict([*many.items()][:MOST_KEYS]))


def empty(part: Any, where: str = "$") -> Iterator[str]:
    """Find what is null or empty in a document."""
    if part in (None, "", [], {}):
        yield where
    for key, value in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
        yield from empty(value, f"{where}.{key}")


def test_what_is_null_or_empty_is_found() -> None:
    found = [*empty({"a": None, "b": [0, False, "", {"c": {}}], "d": []})]
    assert found == ["$.a", "$.b.2", "$.b.3.c", "$.d"]


@pytest.mark.parametrize("hook", [HOOK, FORMER_HOOK])
@pytest.mark.parametrize("rulebook", BOTH, ids=lambda one: one.id)
@tries(60)
@given(data=st.data())
def test_nothing_in_a_card_is_null_or_empty(rulebook: Rulebook, hook: str, data: st.DataObject) -> None:
    context: dict[str, Any] = {**json.loads(to_json(data.draw(DRAWN[rulebook.id]))), "rulebook": rulebook.id}
    text = data.draw(st.sampled_from(["", "x", "He is always hungry. No bruises.", "The coach leaves at nine."]))
    sent = {"hook": hook, "hookInstance": str(CALL), "context": {**context, "text": text}}
    answer = SERVED.post(SERVICE, json=sent)
    assert answer.status_code == 200, answer.text
    assert not [*empty(answer.json())]


def test_nothing_else_under_cds_services_is_null_or_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [SERVED.get("/cds-services"), SERVED.get("/cds-services/x"), SERVED.get(SERVICE)]
    nothing: tuple[Any, ...] = ([], {}, "")
    answers += [SERVED.post(path, json=sent) for path in (SERVICE, f"{SERVICE}/feedback") for sent in nothing]
    answers.append(SERVED.post(SERVICE, content="{", headers={"Content-Type": "application/json"}))
    for failed in (EvaluatorsDiffer("x"), NotWhole("x", "Ring."), KeyError("x")):
        monkeypatch.setattr(Engine, "suggest", Mock(side_effect=failed))
        answers.append(SERVED.post(SERVICE, json={"hook": HOOK, "hookInstance": str(CALL), "context": {}}))
    assert [answer.status_code for answer in answers] == [200, 404, 405, *[422] * 6, 400, 500, 503, 500]
    assert not [where for answer in answers for where in empty(answer.json())]


@pytest.mark.parametrize("rulebook", BOTH, ids=lambda one: one.id)
@tries(60)
@given(data=st.data())
def test_the_receipt_of_a_card_gives_the_same_answer_again(rulebook: Rulebook, data: st.DataObject) -> None:
    suggestion = assess(Record.model_validate(data.draw(DRAWN[rulebook.id])), rulebook)
    receipt = filled(cards(suggestion, CALL))[0]["extension"]["alt.rhrt"]["receipt"]
    assert receipt["record_sha256"] == suggestion.receipt.record_sha256
    assert assess(Record.model_validate(receipt["record"]), rulebook).model_dump() == suggestion.model_dump()


def test_the_description_says_how_the_time_of_feedback_is_written(client: TestClient) -> None:
    schema = client.get("/v1/openapi.json").json()["components"]["schemas"]["Outcome"]
    described = schema["properties"]["outcomeTimestamp"]
    pattern = described["pattern"]
    assert described["format"] == "date-time"
    assert all(re.search(pattern, when) for when in WHEN)
    assert not re.search(pattern, "2026-01-31T09:30:00+01:00")


def test_feedback_of_another_shape_names_the_field(client: TestClient) -> None:
    answer = client.post(f"{SERVICE}/feedback", json={"feedback": [{"card": "a", "outcome": "ignored"}]})
    assert {fault["where"] for fault in faults(answer, 422)} == {"$.feedback[0].outcome", "$.feedback[0]"}


def test_the_call_in_the_documentation_is_answered(client: TestClient) -> None:
    (shown,) = re.findall(r"```json\n(.*?)```", GUIDE.read_text(encoding="utf-8"), flags=re.DOTALL)
    answer = client.post(SERVICE, json=json.loads(shown))
    assert answer.json()["cards"][0]["summary"].endswith("Suggested: Level 3, Intensive.")

"""What is true of every answer, each property named as a sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rhrt import Record, Suggestion, assess, load_rulebook
from rhrt.engine.assess import Engine
from rhrt.record import check
from rhrt.testing.strategies import records, rulebooks
from tests.conftest import TIMES
from tests.table import Facts, Sign, decide

RULEBOOK = load_rulebook()
IDS = sorted(RULEBOOK.position)
URGENCIES = [urgency.id for urgency in reversed(RULEBOOK.urgencies)]
SPECIALIST = [id_ for id_ in IDS if RULEBOOK.indicator[id_].level == 4]
EXAMPLES = settings(max_examples=400 * TIMES)


def suggest(record: dict[str, Any]) -> Suggestion:
    return assess(Record.model_validate(record), RULEBOOK)


def marked(record: dict[str, Any], mark: str, *ids: str) -> dict[str, Any]:
    """Mark indicators in one way, and no longer in any other."""
    marks = {name: [id_ for id_ in own if id_ not in ids] for name, own in record["indicators"].items()}
    return {**record, "indicators": {**marks, mark: [*marks[mark], *ids]}}


def answered(record: dict[str, Any], **answers: str) -> dict[str, Any]:
    return {**record, "situation": {**record["situation"], **answers}}


def codes(suggestion: Suggestion) -> list[str]:
    return [step.code for step in suggestion.actions]


# In parts, so that workers share it: 20,000 records in all, and 20,000 records of 1,000 generated rulebooks.
PARTS = pytest.mark.parametrize("part", range(5))


@PARTS
@settings(max_examples=4_000 * TIMES)
@given(record=records(RULEBOOK))
def test_both_evaluators_and_the_decision_table_agree_on_every_record(part: int, record: dict[str, Any]) -> None:  # noqa: ARG001
    signs = {id_: Sign(one.level, one.basis) for id_, one in RULEBOOK.indicator.items()}
    marks = record["indicators"]
    expected = decide(
        Facts(
            tuple(signs[id_] for id_ in marks["present"]),
            tuple(signs[id_] for id_ in marks["not_known"]),
            record["situation"],
        )
    )
    suggestion = suggest(record)  # raises where the two evaluators differ
    assert (suggestion.level, suggestion.route, suggestion.urgency) == (
        expected.level,
        expected.route,
        expected.urgency,
    )
    assert suggestion.harm == expected.harm
    assert tuple(codes(suggestion)) == expected.actions
    deciding = [id_ for id_ in marks["present"] if signs[id_].level == expected.level]
    assert sorted(filter(None, (reason.indicator for reason in suggestion.reasons))) == sorted(deciding)


@PARTS
@settings(max_examples=200 * TIMES)
@given(data=st.data())
def test_both_evaluators_agree_on_generated_rulebooks_and_records(part: int, data: st.DataObject) -> None:  # noqa: ARG001
    rulebook = data.draw(rulebooks())
    engine = Engine(rulebook)
    for record in data.draw(st.lists(records(rulebook, most=4), min_size=20, max_size=20)):
        suggestion = engine.suggest(check(Record.model_validate(record), rulebook))  # raises where the two differ
        asked = {prompt.id for prompt in suggestion.prompts}  # so does this
        assert asked <= {prompt.id for prompt in rulebook.prompts}


@EXAMPLES
@given(records(RULEBOOK), st.sampled_from(IDS))
def test_adding_a_concern_never_lowers_the_level_or_the_urgency(record: dict[str, Any], id_: str) -> None:
    before, after = suggest(marked(record, "absent", id_)), suggest(marked(record, "present", id_))
    assert (after.level or 0) >= (before.level or 0)
    assert URGENCIES.index(after.urgency) >= URGENCIES.index(before.urgency)


@EXAMPLES
@given(records(RULEBOOK), st.sampled_from(IDS))
def test_not_known_never_lowers_the_level_or_the_urgency(record: dict[str, Any], id_: str) -> None:
    before, after = suggest(marked(record, "absent", id_)), suggest(marked(record, "not_known", id_))
    assert after.level == before.level
    assert URGENCIES.index(after.urgency) >= URGENCIES.index(before.urgency)
    assert (after.could_be.level or 0) >= (before.could_be.level or 0)


QUESTIONS = ("immediate_danger", "medical_emergency", "suspected_significant_harm")


@EXAMPLES
@given(records(RULEBOOK), st.sampled_from(QUESTIONS))
def test_an_answer_that_is_not_known_never_lowers_anything(record: dict[str, Any], question: str) -> None:
    unknown = suggest(answered(record, **{question: "not-known"}))
    for answer in ("not-asked", "no"):
        known = suggest(answered(record, **{question: answer}))
        assert (unknown.level or 0) >= (known.level or 0)
        assert URGENCIES.index(unknown.urgency) >= URGENCIES.index(known.urgency)
    assert question in [one.field for one in unknown.questions]


@EXAMPLES
@given(records(RULEBOOK))
def test_a_strength_never_lowers_a_level(record: dict[str, Any]) -> None:
    strengths = [id_ for id_ in IDS if RULEBOOK.indicator[id_].level == 1]
    before = suggest(marked(record, "absent", *strengths))
    after = suggest(marked(record, "present", *strengths))
    assert after.level == (before.level or 1)
    assert after.urgency == before.urgency
    if before.level:
        assert codes(after) == codes(before)


@EXAMPLES
@given(records(RULEBOOK), st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(record: dict[str, Any], random: Any) -> None:
    marks = {mark: [*ids, *random.sample(ids, len(ids))] for mark, ids in record["indicators"].items()}
    for ids in marks.values():
        random.shuffle(ids)
    answers = dict(random.sample(list(record["situation"].items()), len(record["situation"])))
    again = suggest({"situation": answers, "indicators": marks})
    assert again.model_dump(mode="json") == suggest(record).model_dump(mode="json")


@EXAMPLES
@given(records(RULEBOOK), st.sampled_from(SPECIALIST))
def test_a_specialist_indicator_never_leaves_the_mash_route(record: dict[str, Any], id_: str) -> None:
    suggestion = suggest(marked(record, "present", id_))
    assert (suggestion.level, suggestion.route) == (4, "mash-marf")
    assert {"contact-mash", "contact-edt", "tell-allocated-social-worker"} & set(codes(suggestion))


@EXAMPLES
@given(records(RULEBOOK))
def test_no_early_help_assessment_without_the_possibility_of_consent(record: dict[str, Any]) -> None:
    suggestion = suggest(record)
    if {"complete-eha", "offer-eha", "agree-plan-with-key-worker"} & set(codes(suggestion)):
        assert record["situation"].get("consent", "not-sought") in ("given", "not-sought")
        assert record["situation"].get("informing_parents") != "unsafe"


@EXAMPLES
@given(records(RULEBOOK))
def test_an_emergency_comes_first_whatever_else_is_recorded(record: dict[str, Any]) -> None:
    both = suggest(answered(record, immediate_danger="yes", medical_emergency="yes"))
    assert codes(both)[:2] == ["call-999-police", "call-999-ambulance"]
    assert both.urgency == "emergency"
    medical = suggest(answered(record, immediate_danger="no", medical_emergency="yes"))
    assert codes(medical)[0] == "call-999-ambulance"


@EXAMPLES
@given(records(RULEBOOK))
def test_the_reasons_are_sufficient_and_necessary(record: dict[str, Any]) -> None:
    whole = suggest(record)
    reasons = [reason.indicator for reason in whole.reasons if reason.indicator]
    judged = any(reason.indicator is None for reason in whole.reasons)
    alone = {"indicators": {"present": reasons}, "situation": record["situation"]}
    assert suggest(alone).level == whole.level
    if whole.level:
        without = marked(record, "absent", *reasons)
        if judged:
            without = answered(without, immediate_danger="no", suspected_significant_harm="no")
        assert (suggest(without).level or 0) < whole.level


@EXAMPLES
@given(records(RULEBOOK))
def test_the_same_record_gives_the_same_bytes(record: dict[str, Any]) -> None:
    checked = check(Record.model_validate(record), RULEBOOK)
    fresh = Engine(RULEBOOK).suggest(checked)
    dumped = [json.dumps(one.model_dump(mode="json")) for one in (fresh, suggest(record), suggest(record))]
    assert dumped[0] == dumped[1] == dumped[2]


@EXAMPLES
@given(records(RULEBOOK))
def test_nothing_recorded_gives_no_level_and_never_level_one(record: dict[str, Any]) -> None:
    answers = {**record["situation"], "immediate_danger": "no", "suspected_significant_harm": "no"}
    suggestion = suggest({"situation": answers})
    assert suggestion.level is None
    assert suggestion.route is None
    assert suggestion.reasons == ()
    assert "use-universal-services" not in codes(suggestion)


@EXAMPLES
@given(records(RULEBOOK), st.sampled_from(["unborn", "under-2", "10-12"]))
def test_age_circumstances_and_own_judgement_never_change_the_answer(record: dict[str, Any], age: str) -> None:
    every = [circumstance.id for circumstance in RULEBOOK.circumstances]
    plain = suggest(record)
    more = suggest({**record, "child": {"age_band": age}, "circumstances": every, "judgement": {"level": 1}})
    assert (more.level, more.route, more.urgency, more.harm) == (
        plain.level,
        plain.route,
        plain.urgency,
        plain.harm,
    )
    assert codes(more) == codes(plain)


@EXAMPLES
@given(records(RULEBOOK))
def test_every_reason_action_and_question_names_its_rule_and_its_clause(record: dict[str, Any]) -> None:
    suggestion = suggest(record)
    documents = {document.id for document in RULEBOOK.documents}
    reasons = [(one.rule, one.source) for one in (*suggestion.reasons, *suggestion.also_recorded)]
    for rule, source in reasons + [(step.rule, step.source) for step in suggestion.actions]:
        assert rule
        assert source.document in documents
        assert source.section
    for question in suggestion.questions:
        assert question.source.section

"""What is true of every answer: what any rulebook must hold to, tried on Herefordshire's, and what is its own."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test

from rhrt import NotWhole, Record, Rulebook, Suggestion, load_rulebook
from rhrt.reasoning.engine import Engine
from rhrt.reasoning.explain import undefined
from rhrt.record import check
from rhrt.testing.properties import (
    PROMISES,
    PROPERTIES,
    Property,
    Written,
    answered,
    ids_marked,
    marked,
    suggest,
    unmarked,
)
from rhrt.testing.session import session_of
from rhrt.testing.strategies import records, rulebooks
from tests.conftest import TIMES, tries, whole
from tests.table import answers_that_are_reasons, decide, facts_of

RULEBOOK = load_rulebook()
IDS = sorted(RULEBOOK.position)
STRENGTHS = [id_ for id_ in IDS if RULEBOOK.indicator[id_].level == 1]
SPECIALIST = [id_ for id_ in IDS if RULEBOOK.indicator[id_].level == 4]
EXAMPLES = tries(400)


def codes(suggestion: Suggestion) -> list[str]:
    return [step.code for step in suggestion.actions]


# In parts, so that workers share it: 20,000 records in all, and 20,000 records of 1,000 generated rulebooks.
# The quick run has a twentieth of the first part.
LATER = [pytest.param(part, marks=pytest.mark.long) for part in range(1, 5)]
PARTS = pytest.mark.parametrize("part", [0, *LATER])


@PARTS
@tries(4_000)
@given(record=records(RULEBOOK))
def test_both_evaluators_and_the_decision_table_agree_on_every_record(part: int, record: Written) -> None:  # noqa: ARG001
    checked = check(Record.model_validate(record), RULEBOOK)
    facts = facts_of(checked, RULEBOOK)
    expected = decide(facts)
    suggestion = suggest(RULEBOOK, record)  # raises where the two evaluators differ
    assert (suggestion.level, suggestion.route, suggestion.urgency) == (
        expected.level,
        expected.route,
        expected.urgency,
    )
    assert suggestion.harm == expected.harm
    assert tuple(codes(suggestion)) == expected.actions
    deciding = [id_ for id_ in checked.present if RULEBOOK.indicator[id_].level == expected.level]
    reasons = [reason.indicator or reason.answer for reason in suggestion.reasons]
    assert reasons == [*answers_that_are_reasons(facts), *deciding]


@PARTS
@tries(200)
@given(data=st.data())
def test_both_evaluators_agree_on_generated_rulebooks_and_records(part: int, data: st.DataObject) -> None:  # noqa: ARG001
    rulebook = data.draw(rulebooks())
    engine = Engine(rulebook)
    for record in data.draw(st.lists(records(rulebook, most=4), min_size=20, max_size=20)):
        checked = check(Record.model_validate(record), rulebook)
        with suppress(NotWhole):  # the rules of most leave some answers half
            engine.suggest(checked)  # raises where the two differ
        conclusion = engine.conclusions.conclusion_of(checked)
        asked = engine.questions.applying(checked, conclusion)  # so does this, also where an answer is half
        assert {prompt.id for prompt in (*asked.shown, *asked.asked)} <= {prompt.id for prompt in rulebook.prompts}


@pytest.mark.parametrize("property_", PROPERTIES, ids=lambda one: one.__name__)
@EXAMPLES
@given(record=records(RULEBOOK))
def test_every_property_of_a_rulebook_holds(property_: Property, record: Written) -> None:
    property_(RULEBOOK, record)


@tries(30)
@given(data=st.data())
def test_what_rhrt_promises_is_so_whatever_the_rules_say(data: st.DataObject) -> None:
    rulebook = whole(data.draw(rulebooks()))
    for record in data.draw(st.lists(records(rulebook, most=4), min_size=5, max_size=5)):
        for promise in PROMISES:
            promise(rulebook, record)


@tries(100)
@given(data=st.data())
def test_an_earlier_id_of_an_indicator_is_read_as_the_one_it_has_now(data: st.DataObject) -> None:
    rulebook = data.draw(rulebooks().filter(lambda one: bool({*one.aliases.values()} & one.position.keys())))
    record = data.draw(records(rulebook, most=4))
    earlier = {now: id_ for id_, now in rulebook.aliases.items()}
    marks = {mark: [earlier.get(id_, id_) for id_ in ids] for mark, ids in record["indicators"].items()}
    renamed = {**record, "indicators": marks}
    now, then = (check(Record.model_validate(one), rulebook) for one in (record, renamed))
    assert now == then


@tries(200)
@given(rulebooks())
def test_words_of_degree_that_are_shown_are_those_of_the_rulebook(rulebook: Rulebook) -> None:
    for shown in (one for id_ in rulebook.indicator for one in undefined(rulebook, id_)):
        assert shown.words
        assert {*shown.words} <= {*rulebook.degree.words}


@pytest.mark.long
def test_a_session_of_marking_and_undoing_gives_the_answer_of_its_marks() -> None:
    run = settings(max_examples=20 * TIMES, stateful_step_count=30)
    run_state_machine_as_test(session_of(RULEBOOK), settings=run)


@EXAMPLES
@given(records(RULEBOOK))
def test_strengths_change_no_next_step(record: Written) -> None:
    before = suggest(RULEBOOK, marked(record, "absent", *STRENGTHS))
    after = suggest(RULEBOOK, marked(record, "present", *STRENGTHS))
    assert after.level == (before.level or 1)
    assert after.urgency == before.urgency
    if before.level:
        assert codes(after) == codes(before)


@EXAMPLES
@given(records(RULEBOOK))
def test_without_a_level_there_is_no_route_and_no_talk_of_universal_services(record: Written) -> None:
    nothing = {**unmarked(record, *ids_marked(record, "present")), "follow_ups": {}}
    suggestion = suggest(
        RULEBOOK, answered(nothing, {"immediate_danger": "no", "suspected_significant_harm": "no"})
    )
    assert suggestion.level is None
    assert suggestion.route is None
    assert "use-universal-services" not in codes(suggestion)


@EXAMPLES
@given(records(RULEBOOK), st.sampled_from(("immediate_danger", "suspected_significant_harm")))
def test_danger_or_suspected_harm_that_is_not_known_is_never_routine(record: Written, question: str) -> None:
    suggestion = suggest(RULEBOOK, answered(record, {question: "not-known"}))
    assert suggestion.urgency != "routine"
    assert suggestion.could_be.level == 4


@EXAMPLES
@given(records(RULEBOOK), st.sampled_from(SPECIALIST))
def test_a_specialist_indicator_never_leaves_the_mash_route(record: Written, id_: str) -> None:
    suggestion = suggest(RULEBOOK, marked(record, "present", id_))
    assert (suggestion.level, suggestion.route) == (4, "mash-marf")
    assert {"contact-mash", "contact-edt", "tell-allocated-social-worker"} & set(codes(suggestion))


@EXAMPLES
@given(records(RULEBOOK))
def test_no_early_help_assessment_without_the_possibility_of_consent(record: Written) -> None:
    suggestion = suggest(RULEBOOK, record)
    if {"complete-eha", "offer-eha", "agree-plan-with-key-worker"} & set(codes(suggestion)):
        assert record["situation"].get("consent", "not-sought") in ("given", "not-sought", "not-applicable")
        assert record["situation"].get("informing_parents") != "unsafe"


WITH_THE_FAMILY = {"seek-consent", "inform-parents", "complete-eha", "agree-plan-with-key-worker",
                   "make-action-plan", "offer-eha"}  # fmt: skip


@EXAMPLES
@given(records(RULEBOOK))
def test_while_advice_is_being_taken_and_nothing_says_it_is_safe_no_step_sends_to_the_family(
    record: Written,
) -> None:
    steps = codes(suggest(RULEBOOK, record))
    if "take-advice-before-informing" in steps:
        assert not WITH_THE_FAMILY & set(steps)


@EXAMPLES
@given(records(RULEBOOK))
def test_an_emergency_comes_first_whatever_else_is_recorded(record: Written) -> None:
    both = suggest(RULEBOOK, answered(record, {"immediate_danger": "yes", "medical_emergency": "yes"}))
    assert codes(both)[:2] == ["call-999-police", "call-999-ambulance"]
    assert both.urgency == "emergency"
    alone = {**record, "follow_ups": {}}
    medical = suggest(RULEBOOK, answered(alone, {"immediate_danger": "no", "medical_emergency": "yes"}))
    assert codes(medical)[0] == "call-999-ambulance"

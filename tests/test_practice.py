"""What practitioners found by using it: each record with the steps that it leads to now, in order."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import rhrt
from rhrt import Record, Rulebook, Suggestion, assess

ASKED = {"immediate_danger": "no", "medical_emergency": "no", "suspected_significant_harm": "no"}
LEAD, LAST = "speak-to-safeguarding-lead", "record-decision"
FIRST, CONSULT, CHAT = "take-advice-before-informing", "consult-mash-social-worker", "contact-chat"
HELD = [FIRST, CONSULT, CHAT, LEAD, LAST]


def suggest(
    rulebook: Rulebook,
    present: tuple[str, ...] = (),
    situation: Mapping[str, str] = ASKED,
    **rest: Any,
) -> Suggestion:
    """Suggest for a record; `absent` and `not_known` are marks, and all else is as in a record."""
    marks = {mark: rest.pop(mark, ()) for mark in ("absent", "not_known")}
    written = {"indicators": {"present": present, **marks}, "situation": situation, **rest}
    return assess(Record.model_validate(written), rulebook)


def codes(suggestion: Suggestion) -> list[str]:
    return [step.code for step in suggestion.actions]


def asked(suggestion: Suggestion) -> list[str]:
    return [one.id for one in suggestion.first_check]


# --- A bruised baby with an explanation (F1)


@pytest.mark.parametrize("age_band", ["unborn", "under-2"])
@pytest.mark.parametrize(
    ("sign", "level"),
    [
        ("explained-injury-concern", 3),
        ("physical-chastisement-without-injury", 2),
        ("chastisement-stress-positions", 2),
    ],
)
def test_a_bruised_baby_is_asked_about_before_anybody_talks_to_the_family(
    sign: str, level: int, age_band: str, rulebook: Rulebook
) -> None:
    suggestion = suggest(rulebook, (sign,), child={"age_band": age_band})
    assert codes(suggestion) == HELD
    assert (suggestion.level, suggestion.urgency) == (level, "prompt")


def test_a_bruised_baby_on_a_friday_evening_does_not_wait_for_monday(rulebook: Rulebook) -> None:
    late = {**ASKED, "out_of_hours": "yes"}
    suggestion = suggest(rulebook, ("explained-injury-concern",), late, child={"age_band": "under-2"})
    assert codes(suggestion) == [FIRST, "contact-edt", CONSULT, CHAT, LEAD, LAST]


def test_a_bruised_child_of_no_given_age_is_asked_about_and_not_knowing_is_enough(rulebook: Rulebook) -> None:
    sign = ("explained-injury-concern",)
    assert asked(suggest(rulebook, sign))[0] == "age-of-a-child-hurt"
    for answer in ("yes", "not-known"):
        assert codes(suggest(rulebook, sign, follow_ups={"age-of-a-child-hurt": answer})) == HELD


# --- A grave sign that is not known (F2)


@pytest.mark.parametrize("present", ["low-mood-or-emotional-issues", "persistent-absence"])
@pytest.mark.parametrize(
    "grave",
    [
        "honour-violence-or-forced-marriage",
        "fgm-serious-risk",
        "abuse-or-neglect",
        "fabricated-or-induced-illness",
        "trafficked-children",
        "exploitation-serious-concerns",
        "domestic-abuse-high-risk",
        "sexual-activity-criminal",
        "harmful-sexual-behaviour-allegation",
        "serious-unexplained-injury",
    ],
)
def test_a_grave_sign_that_is_not_known_sends_nobody_to_the_family(
    grave: str, present: str, rulebook: Rulebook
) -> None:
    suggestion = suggest(rulebook, (present,), not_known=(grave,))
    assert codes(suggestion) == HELD
    assert suggestion.urgency == "prompt"
    assert [one.id for one in suggestion.could_be.because] == [grave]


def test_suspected_harm_that_is_not_known_sends_nobody_to_the_family(rulebook: Rulebook) -> None:
    doubt = {**ASKED, "suspected_significant_harm": "not-known"}
    assert codes(suggest(rulebook, ("persistent-absence",), doubt)) == HELD


def test_induced_illness_not_known_beside_a_child_in_need_asks_no_parent_for_consent(rulebook: Rulebook) -> None:
    suggestion = suggest(rulebook, ("privately-fostered",), not_known=("fabricated-or-induced-illness",))
    assert codes(suggestion) == [FIRST, "contact-mash", CONSULT, "complete-marf", LEAD, LAST]


# --- No to a sign that holds its own limit (F3)


@pytest.mark.parametrize(
    ("sign", "question"),
    [
        ("home-alone-no-serious-risk", "home-alone-worse-than-this"),
        ("physical-chastisement-without-injury", "chastisement-with-an-injury"),
        ("explained-injury-concern", "injury-not-explained"),
        ("sibling-violence-mild", "sibling-violence-worse-than-low"),
        ("sibling-violence-no-significant-harm", "sibling-violence-with-harm"),
        ("fgm-parent-no-perceived-risk", "fgm-worse-than-this"),
        ("parenting-inconsistent-development-not-impaired", "development-held-back"),
        ("serious-health-concerns-unaddressed", "health-worse-than-this"),
        ("gang-involvement-safety-compromised", "gang-worse-than-this"),
        ("complex-mental-health-unmanaged", "mental-health-worse-than-this"),
        ("cyber-activity-harm-unmanaged", "online-worse-than-this"),
        ("sibling-violence-significant-harm", "sibling-harm-although-managed"),
        ("serious-family-risk-unmanaged", "family-risk-although-managed"),
    ],
)
def test_no_to_a_sign_with_a_limit_asks_whether_it_is_worse_and_yes_leads_to_mash(
    sign: str, question: str, rulebook: Rulebook
) -> None:
    before = suggest(rulebook, absent=(sign,))
    assert codes(before) == [CHAT, LEAD, LAST]
    assert asked(before) == [question]
    worse = suggest(rulebook, absent=(sign,), follow_ups={question: "yes"})
    assert codes(worse) == HELD
    assert (worse.level, worse.urgency) == (None, "prompt")
    assert [reason.answer for reason in worse.reasons] == [question]


def test_whether_it_is_worse_is_not_asked_where_the_worse_sign_is_present(rulebook: Rulebook) -> None:
    graver = {ladder.rungs[-1] for ladder in rulebook.ladders_of("sibling-violence-mild")}
    suggestion = suggest(rulebook, tuple(graver), absent=("sibling-violence-mild",))
    assert "sibling-violence-worse-than-low" not in asked(suggestion)


# --- The practitioner's own Level 4 (F4)


@pytest.mark.parametrize(
    ("present", "level", "family"),
    [
        ("overweight-or-underweight", 2, ["seek-consent", "make-action-plan", "offer-eha", CHAT]),
        ("persistent-absence", 3, ["seek-consent", "complete-eha", CHAT]),
        ("good-attendance", 1, ["use-universal-services"]),
    ],
)
def test_own_level_4_makes_a_consultation_the_first_step(
    present: str, level: int, family: list[str], rulebook: Rulebook
) -> None:
    suggestion = suggest(rulebook, (present,), judgement={"level": 4})
    assert codes(suggestion) == [CONSULT, *family, LEAD, LAST]
    assert (suggestion.level, suggestion.urgency) == (level, "prompt")
    assert "You judge this to be Level 4" in suggestion.actions[0].text


# --- A small child alone, a child who is not fed (F5)


@pytest.mark.parametrize("age_band", ["under-2", "2-4"])
def test_a_small_child_home_alone_is_asked_about_first(age_band: str, rulebook: Rulebook) -> None:
    suggestion = suggest(rulebook, ("home-alone-no-serious-risk",), child={"age_band": age_band})
    assert codes(suggestion) == HELD
    assert asked(suggestion)[0] == "home-alone"


def test_a_small_child_alone_now_is_in_danger(rulebook: Rulebook) -> None:
    for sign in ("home-alone-no-serious-risk", "supervision-at-home-poor"):
        suggestion = suggest(rulebook, (sign,), {}, follow_ups={"home-alone": "yes"})
        assert codes(suggestion)[0] == "call-999-police"
        assert suggestion.level == 4


@pytest.mark.parametrize(
    ("sign", "question"), [("supervision-at-home-poor", "home-alone-risk"), ("lack-of-food", "going-hungry")]
)
def test_poor_care_of_a_small_child_is_asked_about_and_yes_leads_to_mash(
    sign: str, question: str, rulebook: Rulebook
) -> None:
    aged = {"child": {"age_band": "2-4"}}
    assert question in asked(suggest(rulebook, (sign,), **aged))
    assert codes(suggest(rulebook, (sign,), **aged, follow_ups={question: "yes"})) == HELD


# --- Order, omissions and practice


@pytest.mark.parametrize("sign", ["missing-and-vulnerable", "frequently-missing-from-home"])
def test_a_child_missing_now_is_reported_to_the_police_first(sign: str, rulebook: Rulebook) -> None:
    assert asked(suggest(rulebook, (sign,))) == ["missing"]
    now = suggest(rulebook, (sign,), follow_ups={"missing": "yes"})
    assert codes(now) == ["tell-police", FIRST, "contact-mash", CONSULT, "complete-marf", LEAD, LAST]
    number = now.actions[0].contact
    assert number is not None
    assert number.number == "101"
    assert "999" in now.actions[0].text


def test_abuse_at_home_that_goes_on_is_asked_about_before_the_family_hears_of_it(rulebook: Rulebook) -> None:
    sign, question = ("domestic-violence-history",), "ongoing-domestic-abuse"
    assert asked(suggest(rulebook, sign)) == [question, "who-is-asked-for-consent"]
    assert codes(suggest(rulebook, sign, follow_ups={question: "yes"})) == HELD


@pytest.mark.parametrize("sign", ["fgm-serious-risk", "fgm-clinician-evidence"])
def test_the_personal_duty_to_report_fgm_is_a_step(sign: str, rulebook: Rulebook) -> None:
    assert "fgm-duty-to-report" in asked(suggest(rulebook, (sign,), {}))
    suggestion = suggest(rulebook, (sign,), {}, follow_ups={"fgm-duty-to-report": "yes"})
    call = ["contact-mash", "complete-marf", "refer-without-consent"]
    assert codes(suggestion) == ["tell-police", FIRST, *call, LEAD, LAST]


def test_fgm_at_level_3_is_asked_about_first(rulebook: Rulebook) -> None:
    suggestion = suggest(rulebook, ("fgm-parent-risk-unknown",))
    assert (suggestion.level, codes(suggestion)) == (3, HELD)


@pytest.mark.parametrize(
    "sign",
    [
        "serious-family-risk-unmanaged",
        "gang-involvement-safety-compromised",
        "radicalisation-exposure",
        "missing-and-vulnerable",
        "frequently-missing-from-home",
    ],
)
def test_while_it_says_act_now_no_parent_is_asked_for_consent(sign: str, rulebook: Rulebook) -> None:
    suggestion = suggest(rulebook, (sign,), {})
    assert suggestion.urgency == "immediate"
    assert codes(suggestion) == [FIRST, "contact-mash", CONSULT, "complete-marf", LEAD, LAST]


def test_out_of_hours_chat_is_asked_when_it_next_opens_and_in_hours_no_other_number_is_given(
    rulebook: Rulebook,
) -> None:
    late = suggest(rulebook, ("persistent-absence",), {**ASKED, "out_of_hours": "yes"})
    chat = next(step for step in late.actions if step.code == CHAT)
    assert (chat.when, "when it next opens" in chat.text) == ("When CHAT next opens", True)
    prompt = suggest(rulebook, ("privately-fostered",), {**ASKED, "out_of_hours": "yes"})
    mash = next(step for step in prompt.actions if step.code == "contact-mash")
    assert "Emergency Duty Team" in mash.text
    in_hours = suggest(rulebook, ("privately-fostered",), {**ASKED, "out_of_hours": "no"})
    assert not [step.code for step in in_hours.actions if "Emergency Duty Team" in step.text]


@pytest.mark.parametrize(
    ("sign", "young", "question"),
    [
        ("explained-injury-concern", "under-2", "age-of-a-child-hurt"),
        ("home-alone-no-serious-risk", "2-4", "age-of-a-child-left-alone"),
        ("early-sexual-activity", "10-12", "age-under-thirteen"),
    ],
)
def test_an_age_that_was_given_is_used_and_not_asked_again(
    sign: str, young: str, question: str, rulebook: Rulebook
) -> None:
    assert question in asked(suggest(rulebook, (sign,)))
    for age_band in (young, "13-15"):
        suggestion = suggest(rulebook, (sign,), child={"age_band": age_band})
        assert question not in [one.id for one in suggestion.follow_ups]
    assert codes(suggest(rulebook, (sign,), child={"age_band": young})) == HELD


# --- What a safeguarding lead would add


def text_of(suggestion: Suggestion, code: str) -> str:
    return next(step.text for step in suggestion.actions if step.code == code)


def told(suggestion: Suggestion) -> str:
    """Give all the steps and prompts of an answer, and the questions in it that were not asked."""
    said = [step.text for step in suggestion.actions] + [prompt.text for prompt in suggestion.prompts]
    return " ".join([*said, *(one.question for one in suggestion.first_check)])


def test_where_the_one_who_hurts_would_be_asked_advice_comes_first_and_the_other_is_seen_alone(
    rulebook: Rulebook,
) -> None:
    sign, known = ("domestic-violence-history",), {"ongoing-domestic-abuse": "no"}
    for answer in ("yes", "not-known"):
        answers = {**known, "who-is-asked-for-consent": answer}
        assert codes(suggest(rulebook, sign, follow_ups=answers)) == HELD
        safe = suggest(rulebook, sign, {**ASKED, "informing_parents": "safe"}, follow_ups=answers)
        assert codes(safe)[:2] == [CONSULT, "seek-consent"]
        assert "speak to the one who is hurt alone" in text_of(safe, "seek-consent")
        assert "but not the one who hurts" in text_of(safe, "seek-consent")
    no = suggest(rulebook, sign, follow_ups={**known, "who-is-asked-for-consent": "no"})
    assert (codes(no)[0], "hurt" in text_of(no, "seek-consent")) == ("seek-consent", False)


def test_whoever_is_told_of_abuse_at_home_is_told_alone(rulebook: Rulebook) -> None:
    safe = suggest(rulebook, ("domestic-abuse-high-risk",), {**ASKED, "informing_parents": "safe"})
    assert "speak to the one who is hurt alone" in text_of(safe, "inform-parents")


@pytest.mark.parametrize(
    "marks",
    [
        {"present": ("serious-family-risk-unmanaged",)},
        {"present": ("exploitation-or-peer-abuse-signs",)},
        {"circumstances": ["modern-slavery-trafficking-exploitation"]},
    ],
)
def test_where_who_harms_children_could_hear_of_it_advice_comes_before_consent(
    marks: dict[str, Any], rulebook: Rulebook
) -> None:
    assert "who-would-hear-of-it" in asked(suggest(rulebook, **marks))
    for answer in ("yes", "not-known"):
        suggestion = suggest(rulebook, **marks, follow_ups={"who-would-hear-of-it": answer})
        assert codes(suggestion)[0] == FIRST
        assert {CONSULT} <= {*codes(suggestion)} - {"seek-consent", "complete-eha"} == {*codes(suggestion)}
    assert FIRST not in codes(suggest(rulebook, **marks, follow_ups={"who-would-hear-of-it": "no"}))


@pytest.mark.parametrize("sign", ["radicalisation-concern", "radicalisation-exposure"])
def test_prevent_is_asked_for_before_the_family_hears_of_radicalisation(sign: str, rulebook: Rulebook) -> None:
    question = "radicalisation-and-prevent"
    assert question in asked(suggest(rulebook, (sign,)))
    yes = suggest(rulebook, (sign,), follow_ups={question: "yes"})
    assert codes(yes)[0] == FIRST
    assert "Prevent" in text_of(yes, CONSULT)
    assert "Prevent" not in told(suggest(rulebook, (sign,), follow_ups={question: "no"}))


def test_the_council_is_told_of_private_fostering_whether_or_not_the_parents_agree(rulebook: Rulebook) -> None:
    sign, answers = ("privately-fostered",), {"private-fostering": "yes"}
    refused = {**ASKED, "consent": "refused"}
    duty = "The council must be told of private fostering, whether or not"
    assert duty in text_of(suggest(rulebook, sign, refused, follow_ups=answers), "complete-marf")
    safe = {**ASKED, "informing_parents": "safe"}
    assert duty in text_of(suggest(rulebook, sign, safe, follow_ups=answers), "seek-consent")
    assert duty not in told(suggest(rulebook, sign, refused, follow_ups={"private-fostering": "no"}))
    (asked_about,) = [one for one in suggest(rulebook, sign).first_check if one.id == "private-fostering"]
    assert "consent does not decide it" in asked_about.why


def test_the_duty_to_tell_the_police_of_fgm_is_said_to_be_ones_own(rulebook: Rulebook) -> None:
    yes = suggest(rulebook, ("fgm-clinician-evidence",), {}, follow_ups={"fgm-duty-to-report": "yes"})
    assert "the law makes this your own duty. Nobody else can do it for you." in text_of(yes, "tell-police")
    missing = suggest(rulebook, ("missing-and-vulnerable",), follow_ups={"missing": "yes"})
    assert "FGM" not in text_of(missing, "tell-police")


@pytest.mark.parametrize(
    ("present", "situation", "step"),
    [
        ((), ASKED, CONSULT),
        ((), {**ASKED, "out_of_hours": "yes"}, CONSULT),
        ((), {**ASKED, "informing_parents": "unsafe"}, CONSULT),
        (("persistent-absence",), ASKED, CONSULT),
        (("poor-nutrition-or-hygiene",), ASKED, CONSULT),
        (("abuse-or-neglect",), {}, "contact-mash"),
    ],
)
def test_mash_is_asked_for_the_designated_officer_where_somebody_who_works_with_children_may_have_harmed(
    present: tuple[str, ...], situation: Mapping[str, str], step: str, rulebook: Rulebook
) -> None:
    worker = {"circumstances": ["adult-who-works-with-children"]}
    before = suggest(rulebook, present, situation, **worker)
    assert "works-with-children" in asked(before)
    assert "designated officer" not in told(before)
    for answer in ("yes", "not-known"):
        after = suggest(rulebook, present, situation, **worker, follow_ups={"works-with-children": answer})
        assert "ask for the designated officer" in text_of(after, step)
    no = suggest(rulebook, present, situation, **worker, follow_ups={"works-with-children": "no"})
    assert "designated officer" not in told(no)


def test_of_an_open_child_the_social_worker_is_told_and_no_other_officer_is_named(rulebook: Rulebook) -> None:
    worker = {"circumstances": ["adult-who-works-with-children"], "follow_ups": {"works-with-children": "yes"}}
    suggestion = suggest(rulebook, (), {**ASKED, "open_to_social_care": "yes"}, **worker)
    assert codes(suggestion) == [FIRST, "tell-allocated-social-worker", LEAD, LAST]
    assert "designated officer" not in told(suggestion)


def test_a_circumstance_of_our_own_gives_no_level(rulebook: Rulebook) -> None:
    suggestion = suggest(rulebook, circumstances=["adult-who-works-with-children"])
    assert (suggestion.level, codes(suggestion)) == (None, [CHAT, LEAD, LAST])
    assert [one.basis for one in suggestion.circumstances] == ["editorial"]


@pytest.mark.parametrize("sign", ["harmful-sexual-behaviour-allegation", "exploitation-or-peer-abuse-signs"])
def test_children_who_may_have_harmed_one_another_are_kept_apart_and_pictures_are_not_looked_at(
    sign: str, rulebook: Rulebook
) -> None:
    (thought,) = [one for one in suggest(rulebook, (sign,)).prompts if one.id == "harm-between-pupils"]
    for said in ("Keep them apart", "Ask no leading questions", "Do not look at, copy or share pictures"):
        assert said in thought.text
    assert "Keep them apart" not in told(suggest(rulebook, ("peer-relationship-difficulties",)))


@pytest.mark.parametrize("sign", ["pregnant-under-18", "antenatal-non-engagement"])
def test_a_hidden_pregnancy_is_asked_about_before_the_family_is_told(sign: str, rulebook: Rulebook) -> None:
    aged = {"child": {"age_band": "13-15"}}
    before = suggest(rulebook, (sign,), **aged)
    assert "hidden-pregnancy" in asked(before)
    assert "Ask her who knows of the pregnancy" in told(before)
    for answer in ("yes", "not-known"):
        assert codes(suggest(rulebook, (sign,), **aged, follow_ups={"hidden-pregnancy": answer})) == HELD
    no = suggest(rulebook, (sign,), **aged, follow_ups={"hidden-pregnancy": "no"})
    assert codes(no)[0] == "seek-consent"


def test_of_an_adult_it_is_said_that_the_framework_is_for_children(rulebook: Rulebook) -> None:
    def thoughts(age_band: str) -> list[str]:
        suggestion = suggest(rulebook, ("persistent-absence",), child={"age_band": age_band})
        return [one.text for one in suggestion.prompts if one.id == "adult-now"]

    (said,) = thoughts("18-plus")
    assert "Their own needs are for adult services." in said
    assert thoughts("16-17") == thoughts("unborn") == []


def test_no_code_knows_a_sign_or_a_follow_up_question_by_name(rulebook: Rulebook) -> None:
    code = "".join(file.read_text(encoding="utf-8") for file in Path(rhrt.__file__).parent.rglob("*.py"))
    ids = {*rulebook.indicator, *(prompt.id for prompt in rulebook.prompts)}
    ids = {id_ for id_ in ids if "-" in id_}  # others are words that code may use
    assert {id_ for id_ in ids if f'"{id_}"' in code} == set()


def test_where_advice_comes_first_the_plan_with_the_family_waits_for_it(rulebook: Rulebook) -> None:
    situation = {**ASKED, "consent": "given"}
    step = "agree-plan-with-key-worker"
    waits = suggest(rulebook, ("lack-of-food",), situation, follow_ups={"going-hungry": "yes"})
    assert text_of(waits, step).startswith("Once you have taken advice, agree one plan with the family")
    at_once = suggest(rulebook, ("lack-of-food",), situation, follow_ups={"going-hungry": "no"})
    assert text_of(at_once, step).startswith("Agree one plan with the family")

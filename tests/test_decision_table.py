"""The decision table, row by row: level, route, urgency, harm, actions and reasons."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from rhrt import Record, Rulebook, Suggestion, assess

STRENGTH, ADDITIONAL, INTENSIVE = "good-attendance", "occasional-truanting", "persistent-absence"
IN_NEED, SAFETY, HARM = "privately-fostered", "missing-and-vulnerable", "abuse-or-neglect"
ASKED = {"immediate_danger": "no", "medical_emergency": "no", "suspected_significant_harm": "no"}
LEAD, LAST = "speak-to-safeguarding-lead", "record-decision"


class Row(NamedTuple):
    """One record and the whole of what follows from it."""

    name: str
    present: tuple[str, ...]
    situation: dict[str, str]
    level: int | None
    route: str | None
    urgency: str
    harm: bool
    reasons: tuple[str, ...]
    actions: tuple[str, ...]
    not_known: tuple[str, ...] = ()


def suggest(
    rulebook: Rulebook, present: tuple[str, ...], not_known: tuple[str, ...] = (), **answers: str
) -> Suggestion:
    record: dict[str, Any] = {
        "indicators": {"present": list(present), "not_known": list(not_known)},
        "situation": answers,
    }
    return assess(Record.model_validate(record), rulebook)


EHA3 = ("complete-eha", "agree-plan-with-key-worker", "contact-chat", LEAD, LAST)
CALL = ("contact-mash", "complete-marf", "refer-without-consent")

ROWS = [
    Row("nothing recorded", (), {}, None, None, "routine", False, (), ("contact-chat", LEAD, LAST)),
    Row(
        "nothing recorded but danger", (), {"immediate_danger": "yes"}, 4, "mash-marf", "emergency", True,
        ("judgement/immediate_danger",),
        ("call-999-police", "take-advice-before-informing", *CALL, LEAD, LAST),
    ),
    Row(
        "a medical emergency alone", (), {"medical_emergency": "yes"}, None, None, "emergency", False,
        (), ("call-999-ambulance", "consult-mash-social-worker", LEAD, LAST),
    ),
    Row(
        "a medical emergency with harm ruled out", (), {**ASKED, "medical_emergency": "yes"}, None, None,
        "emergency", False, (), ("call-999-ambulance", LEAD, LAST),
    ),
    Row(
        "nothing recorded but suspicion", (), {"suspected_significant_harm": "yes"}, 4, "mash-marf", "immediate",
        True, ("judgement/suspected_significant_harm",), ("take-advice-before-informing", *CALL, LEAD, LAST),
    ),
    Row(
        "nothing recorded and suspicion not known", (), {"suspected_significant_harm": "not-known"}, None, None,
        "prompt", False, (), ("consult-mash-social-worker", "contact-chat", LEAD, LAST),
    ),
    Row(
        "nothing recorded and danger not known", (), {"immediate_danger": "not-known"}, None, None, "prompt", False,
        (), ("consult-mash-social-worker", "contact-chat", LEAD, LAST),
    ),
    Row(
        "nothing recorded on an open case", (), {"open_to_social_care": "yes"}, None, None, "routine", False, (),
        ("tell-allocated-social-worker", LEAD, LAST),
    ),
    Row("a strength", (STRENGTH,), ASKED, 1, "universal", "routine", False, (STRENGTH,),
        ("use-universal-services", LAST)),
    Row(
        "a strength, and something that could be Level 4", (STRENGTH,), ASKED, 1, "universal", "prompt", False,
        (STRENGTH,), ("consult-mash-social-worker", "use-universal-services", LEAD, LAST), (HARM,),
    ),
    Row(
        "a strength, and not safe to inform", (STRENGTH,), {**ASKED, "informing_parents": "unsafe"}, 1, "universal",
        "prompt", False, (STRENGTH,),
        ("do-not-inform-parents", "consult-mash-social-worker", "use-universal-services", LEAD, LAST),
    ),
    Row(
        "Level 2, consent not sought", (ADDITIONAL,), ASKED, 2, "chat-eha", "routine", False, (ADDITIONAL,),
        ("seek-consent", "make-action-plan", "offer-eha", "contact-chat", LEAD, LAST),
    ),
    Row(
        "Level 2, consent given", (ADDITIONAL,), {**ASKED, "consent": "given"}, 2, "chat-eha", "routine", False,
        (ADDITIONAL,), ("make-action-plan", "offer-eha", "contact-chat", LEAD, LAST),
    ),
    Row(
        "Level 2, consent refused", (ADDITIONAL,), {**ASKED, "consent": "refused"}, 2, "chat-eha", "routine", False,
        (ADDITIONAL,), ("make-action-plan", "reconsider-without-consent", "contact-chat", LEAD, LAST),
    ),
    Row(
        "Level 2, consent not possible", (ADDITIONAL,), {**ASKED, "consent": "not-possible"}, 2, "chat-eha",
        "routine", False, (ADDITIONAL,),
        ("make-action-plan", "reconsider-without-consent", "contact-chat", LEAD, LAST),
    ),
    Row(
        "Level 2, consent not applicable", (ADDITIONAL,), {**ASKED, "consent": "not-applicable"}, 2, "chat-eha",
        "routine", False, (ADDITIONAL,), ("make-action-plan", "contact-chat", LEAD, LAST),
    ),
    Row(
        "Level 2, not safe to ask", (ADDITIONAL,), {**ASKED, "consent": "unsafe-to-seek"}, 2, "chat-eha", "prompt",
        False, (ADDITIONAL,),
        ("do-not-inform-parents", "consult-mash-social-worker", "make-action-plan", "contact-chat", LEAD, LAST),
    ),
    Row(
        "Level 2 on an open case", (ADDITIONAL,), {**ASKED, "open_to_social_care": "yes"}, 2, "chat-eha", "routine",
        False, (ADDITIONAL,), ("tell-allocated-social-worker", LEAD, LAST),
    ),
    Row("Level 3, consent given", (INTENSIVE,), {**ASKED, "consent": "given"}, 3, "chat-eha", "routine", False,
        (INTENSIVE,), EHA3),
    Row(
        "Level 3, consent not sought", (INTENSIVE,), ASKED, 3, "chat-eha", "routine", False, (INTENSIVE,),
        ("seek-consent", "complete-eha", "contact-chat", LEAD, LAST),
    ),
    Row(
        "Level 3, consent refused", (INTENSIVE,), {**ASKED, "consent": "refused"}, 3, "chat-eha", "routine", False,
        (INTENSIVE,), ("reconsider-without-consent", "contact-chat", LEAD, LAST),
    ),
    Row(
        "Level 3, consent given but not safe to inform", (INTENSIVE,),
        {**ASKED, "consent": "given", "informing_parents": "unsafe"}, 3, "chat-eha", "prompt", False, (INTENSIVE,),
        ("do-not-inform-parents", "consult-mash-social-worker", "contact-chat", LEAD, LAST),
    ),
    Row(
        "Level 3, a Level 4 sign not known", (INTENSIVE,), {**ASKED, "consent": "given"}, 3, "chat-eha", "prompt",
        False, (INTENSIVE,), ("consult-mash-social-worker", *EHA3), (IN_NEED,),
    ),
    Row(
        "Level 3, a medical emergency", (INTENSIVE,), {"medical_emergency": "yes", "consent": "given"}, 3,
        "chat-eha", "emergency", False, (INTENSIVE,), ("call-999-ambulance", "consult-mash-social-worker", *EHA3),
    ),
    Row(
        "Level 4 child in need, consent not sought", (IN_NEED,), ASKED, 4, "mash-marf", "prompt", False, (IN_NEED,),
        ("contact-mash", "consult-mash-social-worker", "seek-consent", "complete-marf", LEAD, LAST),
    ),
    Row(
        "Level 4 child in need, consent given", (IN_NEED,), {**ASKED, "consent": "given"}, 4, "mash-marf", "prompt",
        False, (IN_NEED,), ("contact-mash", "consult-mash-social-worker", "complete-marf", LEAD, LAST),
    ),
    Row(
        "Level 4 child in need, consent refused", (IN_NEED,), {**ASKED, "consent": "refused"}, 4, "mash-marf",
        "prompt", False, (IN_NEED,), ("contact-mash", "consult-mash-social-worker", "complete-marf", LEAD, LAST),
    ),
    Row(
        "Level 4 child in need, consent not possible", (IN_NEED,), {**ASKED, "consent": "not-possible"}, 4,
        "mash-marf", "prompt", False, (IN_NEED,),
        ("contact-mash", "consult-mash-social-worker", "complete-marf", "refer-without-consent", LEAD, LAST),
    ),
    Row(
        "Level 4 child in need, not safe to ask", (IN_NEED,), {**ASKED, "consent": "unsafe-to-seek"}, 4,
        "mash-marf", "prompt", False, (IN_NEED,),
        ("do-not-inform-parents", "contact-mash", "consult-mash-social-worker", "complete-marf",
         "refer-without-consent", LEAD, LAST),
    ),
    Row(
        "Level 4 child in need, out of hours", (IN_NEED,), {**ASKED, "out_of_hours": "yes", "consent": "given"}, 4,
        "mash-marf", "prompt", False, (IN_NEED,),
        ("contact-mash", "consult-mash-social-worker", "complete-marf", LEAD, LAST),
    ),
    Row(
        "Level 4 child in need on an open case", (IN_NEED,), {**ASKED, "open_to_social_care": "yes"}, 4,
        "mash-marf", "prompt", False, (IN_NEED,), ("tell-allocated-social-worker", LEAD, LAST),
    ),
    Row(
        "safety compromised, harm not ruled out, in hours", (SAFETY,), {"consent": "given"}, 4, "mash-marf",
        "immediate", False, (SAFETY,),
        ("contact-mash", "consult-mash-social-worker", "complete-marf", LEAD, LAST),
    ),
    Row(
        "safety compromised, harm not ruled out, out of hours", (SAFETY,),
        {"consent": "given", "out_of_hours": "yes"}, 4, "mash-marf", "immediate", False, (SAFETY,),
        ("contact-edt", "consult-mash-social-worker", "complete-marf", LEAD, LAST),
    ),
    Row(
        "safety compromised, harm not known, out of hours", (SAFETY,),
        {"consent": "given", "out_of_hours": "yes", "suspected_significant_harm": "not-known"}, 4, "mash-marf",
        "immediate", False, (SAFETY,),
        ("contact-edt", "consult-mash-social-worker", "complete-marf", LEAD, LAST),
    ),
    Row(
        "safety compromised, harm ruled out, out of hours", (SAFETY,),
        {**ASKED, "consent": "given", "out_of_hours": "yes"}, 4, "mash-marf", "prompt", False, (SAFETY,),
        ("contact-mash", "consult-mash-social-worker", "complete-marf", LEAD, LAST),
    ),
    Row(
        "safety compromised on an open case, out of hours", (SAFETY,),
        {"out_of_hours": "yes", "open_to_social_care": "yes"}, 4, "mash-marf", "immediate", False, (SAFETY,),
        ("tell-allocated-social-worker", "contact-edt", LEAD, LAST),
    ),
    Row(
        "harm, in hours", (HARM,), {"suspected_significant_harm": "yes", "consent": "given"}, 4, "mash-marf",
        "immediate", True, ("judgement/suspected_significant_harm", HARM),
        ("take-advice-before-informing", "contact-mash", "complete-marf", LEAD, LAST),
    ),
    Row(
        "harm, out of hours, safe to inform", (HARM,), {"out_of_hours": "yes", "informing_parents": "safe"}, 4,
        "mash-marf", "immediate", True, (HARM,),
        ("contact-edt", "complete-marf", "refer-without-consent", "inform-parents", LEAD, LAST),
    ),
    Row(
        "harm, not safe to inform", (HARM,), {"informing_parents": "unsafe", "consent": "refused"}, 4, "mash-marf",
        "immediate", True, (HARM,),
        ("do-not-inform-parents", "contact-mash", "complete-marf", "refer-without-consent", LEAD, LAST),
    ),
    Row(
        "harm, safe to inform but not safe to ask", (HARM,),
        {"informing_parents": "safe", "consent": "unsafe-to-seek"}, 4, "mash-marf", "immediate", True, (HARM,),
        ("do-not-inform-parents", "contact-mash", "complete-marf", "refer-without-consent", LEAD, LAST),
    ),
    Row(
        "harm, informing not applicable", (HARM,), {"informing_parents": "not-applicable", "consent": "given"}, 4,
        "mash-marf", "immediate", True, (HARM,), ("contact-mash", "complete-marf", LEAD, LAST),
    ),
    Row(
        "harm recorded and harm denied conflict", (HARM,), {**ASKED, "consent": "given"}, 4, "mash-marf",
        "immediate", True, (HARM,),
        ("take-advice-before-informing", "contact-mash", "consult-mash-social-worker", "complete-marf", LEAD, LAST),
    ),
    Row(
        "harm on an open case, in hours", (HARM,), {"open_to_social_care": "yes", "consent": "given"}, 4,
        "mash-marf", "immediate", True, (HARM,),
        ("take-advice-before-informing", "tell-allocated-social-worker", "contact-mash", LEAD, LAST),
    ),
    Row(
        "harm on an open case, out of hours", (HARM,),
        {"open_to_social_care": "yes", "consent": "given", "out_of_hours": "yes"}, 4, "mash-marf", "immediate",
        True, (HARM,),
        ("take-advice-before-informing", "tell-allocated-social-worker", "contact-edt", LEAD, LAST),
    ),
    Row(
        "danger and a medical emergency with harm recorded", (HARM,),
        {"immediate_danger": "yes", "medical_emergency": "yes", "out_of_hours": "yes",
         "informing_parents": "unsafe"},
        4, "mash-marf", "emergency", True, ("judgement/immediate_danger", HARM),
        ("call-999-police", "call-999-ambulance", "do-not-inform-parents", "contact-edt", "complete-marf",
         "refer-without-consent", LEAD, LAST),
    ),
    Row(
        "lower concerns beside harm are recorded and do not decide", (STRENGTH, ADDITIONAL, INTENSIVE, HARM),
        {"consent": "given", "informing_parents": "safe"}, 4, "mash-marf", "immediate", True, (HARM,),
        ("contact-mash", "complete-marf", "inform-parents", LEAD, LAST),
    ),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_table_gives_what_its_row_says(row: Row, rulebook: Rulebook) -> None:
    suggestion = suggest(rulebook, row.present, row.not_known, **row.situation)
    assert suggestion.level == row.level
    assert suggestion.route == row.route
    assert suggestion.urgency == row.urgency
    assert suggestion.harm is row.harm
    assert tuple(reason.indicator or reason.rule for reason in suggestion.reasons) == row.reasons
    assert tuple(step.code for step in suggestion.actions) == row.actions


def test_every_action_has_a_row_in_which_it_applies(rulebook: Rulebook) -> None:
    assert {code for row in ROWS for code in row.actions} == {action.code for action in rulebook.actions}


def text_of(suggestion: Suggestion, code: str) -> str:
    return next(step.text for step in suggestion.actions if step.code == code)


def test_a_conflict_between_an_answer_and_an_indicator_is_said(rulebook: Rulebook) -> None:
    suggestion = suggest(rulebook, (HARM,), suspected_significant_harm="no")
    assert "Two of your answers conflict" in text_of(suggestion, "consult-mash-social-worker")


def test_out_of_hours_a_referral_without_harm_waits_for_mash_and_names_edt(rulebook: Rulebook) -> None:
    suggestion = suggest(rulebook, (IN_NEED,), out_of_hours="yes", suspected_significant_harm="no")
    step = next(step for step in suggestion.actions if step.code == "contact-mash")
    assert "when it next opens" in step.text
    assert "Emergency Duty Team" in step.text
    assert step.contact is not None
    assert (step.contact.number, step.contact.otherwise) == ("(01432) 260800", "edt")


def test_after_a_refusal_without_harm_the_form_follows_a_consultation(rulebook: Rulebook) -> None:
    told = text_of(suggest(rulebook, (IN_NEED,), consent="refused"), "complete-marf")
    assert "Consult MASH first" in told
    assert "tell the parents" in told
    unsafe = text_of(suggest(rulebook, (IN_NEED,), consent="refused", informing_parents="unsafe"), "complete-marf")
    assert "Consult MASH first" in unsafe
    assert "tell the parents" not in unsafe


def test_without_consent_chat_is_asked_without_names(rulebook: Rulebook) -> None:
    for consent in ("not-sought", "refused", "not-possible", "unsafe-to-seek", "not-applicable"):
        suggestion = suggest(rulebook, (ADDITIONAL,), consent=consent)
        assert "Do not name the family" in text_of(suggestion, "contact-chat")
    assert "Do not name" not in text_of(suggest(rulebook, (ADDITIONAL,), consent="given"), "contact-chat")


def test_no_words_say_to_tell_or_ask_the_family_where_that_is_not_safe(rulebook: Rulebook) -> None:
    for present in ((), (STRENGTH,), (ADDITIONAL,), (INTENSIVE,), (IN_NEED,), (SAFETY,), (HARM,)):
        for consent in rulebook.field["consent"].values:
            suggestion = suggest(rulebook, present, consent=consent, informing_parents="unsafe")
            said = " ".join(step.text for step in suggestion.actions).lower()
            for words in (
                "tell the parents that",
                "with the family",
                "ask somebody with parental",
                "talk to the family",
            ):
                assert words not in said, (present, consent, words)

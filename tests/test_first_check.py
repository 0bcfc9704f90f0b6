"""What was not asked stands at the top of an answer, in every form; what was answered is shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from rhrt_cli.main import main

from rhrt import Record, Rulebook, Suggestion, assess
from rhrt.present.markdown import as_markdown
from rhrt.present.outline import Section, outline
from rhrt.present.page import as_page
from rhrt.present.terminal import as_text
from rhrt.web.api.rulebooks import described
from rhrt.web.cds_hooks.cards import cards
from tests.test_page import parsed, said, squeezed
from tests.web.test_cds_hooks import CALL

CALM = {"immediate_danger": "no", "medical_emergency": "no", "suspected_significant_harm": "no"}
INJURY = {"indicators": {"present": ["explained-injury-concern"]}, "situation": CALM}
NEXT = "What to do next"


def suggested(record: dict[str, Any], rulebook: Rulebook) -> Suggestion:
    return assess(Record.model_validate(record), rulebook)


DEED = "If yes, or you do not know: take advice before you talk to the family."


def section(title: str, suggestion: Suggestion, more: bool = False) -> Section | None:
    return next((one for one in outline(suggestion, more).sections if one.title == title), None)


def words(title: str, suggestion: Suggestion, more: bool = False) -> str:
    found = section(title, suggestion, more)
    return " ".join(text for item in found.items for text in (item.text, *item.details)) if found else ""


def test_what_was_not_asked_stands_before_the_steps_with_its_reason_and_what_a_yes_means(
    rulebook: Rulebook,
) -> None:
    suggestion = suggested(INJURY, rulebook)
    assert [one.title for one in outline(suggestion).sections][:2] == ["First, check", NEXT]
    assert [one.id for one in suggestion.first_check] == ["age-of-a-child-hurt", "explained-injury"]
    for more in (False, True):
        found = section("First, check", suggestion, more)
        assert found is not None
        assert found.intro == "Answer these before you take the steps below. The answers can change them. " + DEED
        assert [item.text for item in found.items] == [one.question for one in suggestion.first_check]
        whys = [(one.why,) if more else () for one in suggestion.first_check]
        assert [item.details for item in found.items] == whys
    assert "How soon: that depends on what you check below." in outline(suggestion).lines


def test_what_a_yes_means_is_said_once_for_two_that_follow_one_another(rulebook: Rulebook) -> None:
    signs = ["self-harming-behaviours", "mental-ill-health-not-addressed", "significant-low-self-esteem"]
    record = {"indicators": {"present": signs}, "situation": CALM}
    found = section("First, check", suggested(record, rulebook))
    assert found is not None
    first, second, third = (item.details for item in found.items)
    assert first == ("If yes: get medical help at once, and take advice before you talk to the family.",)
    assert second == ()
    assert third == ("If yes to this or the one before: take advice before you talk to the family.",)


def test_danger_medical_and_harm_come_before_them_and_they_are_three_at_most(rulebook: Rulebook) -> None:
    many = [id_ for id_ in rulebook.position if rulebook.indicator[id_].level == 3]
    suggestion = suggested({"indicators": {"present": many}}, rulebook)
    found = section("Check: it can change the steps", suggestion)
    assert found is not None
    first = [field.question for field in rulebook.situation if field.ask_first]
    assert len(found.items) == len(first) + 3
    assert all(item.text.startswith(question) for item, question in zip(found.items, first, strict=False))
    assert [item.text for item in found.items[3:]] == [one.question for one in suggestion.first_check]


def test_in_every_form_they_come_before_what_to_do(rulebook: Rulebook) -> None:
    suggestion = suggested(INJURY, rulebook)
    (card,) = cards(suggestion, CALL)
    whole = [as_text(outline(suggestion)), as_markdown(outline(suggestion)), card["detail"]]
    whole.append("".join(said(parsed(as_page(suggestion)))))
    for one in suggestion.first_check:
        for text in map(squeezed, whole):
            assert text.index(squeezed(one.question)) < text.index(squeezed(NEXT))


def test_what_was_answered_is_shown_with_the_answer_and_is_no_longer_asked(rulebook: Rulebook) -> None:
    answers = {"age-of-a-child-hurt": "no", "explained-injury": "yes"}
    suggestion = suggested({**INJURY, "follow_ups": answers}, rulebook)
    assert section("First, check", suggestion) is None
    why = section("Why", suggestion)
    assert why is not None
    assert why.items[0].text == f"You answered yes to: “{rulebook.follow_up['explained-injury'].text}”"
    assert not any("Level" in detail.partition("Appendix")[0] for detail in why.items[0].details)
    assert section("Also recorded", suggestion) is None, "it is held back"
    also = words("Also recorded", suggestion, more=True)
    assert f"“{rulebook.follow_up['age-of-a-child-hurt'].text}” You answered: no." in also
    assert rulebook.follow_up["explained-injury"].text not in also
    assert outline(suggestion).lines[:2] == ("Suggested: Level 3, Intensive", "How soon: Act promptly")


def test_not_known_is_shown_as_it_was_answered(rulebook: Rulebook) -> None:
    suggestion = suggested({**INJURY, "follow_ups": {"explained-injury": "not-known"}}, rulebook)
    assert f"You cannot tell yet: “{rulebook.follow_up['explained-injury'].text}”" in words("Why", suggestion)


@pytest.mark.parametrize(
    ("hours", "given", "left_out"),
    [("not-asked", ("260800", "768020"), ()), ("no", ("260800",), ("768020",)), ("yes", ("260800",), ("768020",))],
)
def test_both_numbers_are_given_until_it_is_known_whether_it_is_out_of_hours(
    hours: str, given: tuple[str, ...], left_out: tuple[str, ...], rulebook: Rulebook
) -> None:
    record = {"indicators": {"present": ["chastisement-stress-positions"]}}
    steps = words(NEXT, suggested({**record, "situation": {**CALM, "out_of_hours": hours}}, rulebook))
    assert all(number in steps for number in given)
    assert not any(number in steps for number in left_out)


def test_a_babys_injury_out_of_hours_has_the_number_that_answers(rulebook: Rulebook) -> None:
    record = {**INJURY, "child": {"age_band": "under-2"}, "situation": {**CALM, "out_of_hours": "yes"}}
    first = suggested(record, rulebook).actions[0]
    found = section(NEXT, suggested(record, rulebook))
    assert found is not None
    assert first.code == "take-advice-before-informing"
    assert found.items[0].details[0] == "Ring EDT: (01905) 768020 (out of hours)"


@pytest.mark.parametrize(
    ("situation", "who"),
    [
        ({}, "When MASH has advised you"),
        ({"out_of_hours": "yes"}, "When the Emergency Duty Team has advised you"),
        ({"open_to_social_care": "yes"}, "When the social worker has advised you"),
    ],
)
def test_after_a_hold_what_happens_next_says_how_to_get_the_rest(
    situation: dict[str, str], who: str, rulebook: Rulebook
) -> None:
    record = {**INJURY, "child": {"age_band": "under-2"}, "situation": {**CALM, **situation}}
    held = suggested(record, rulebook)
    assert "seek-consent" not in [step.code for step in held.actions]
    assert [one.text.startswith(who) for one in held.afterwards].count(True) == 1
    told = suggested({**record, "situation": {**CALM, **situation, "informing_parents": "safe"}}, rulebook)
    assert not any("has advised you" in one.text for one in told.afterwards)


def test_after_every_consultation_it_is_said_what_one_is(rulebook: Rulebook) -> None:
    records: list[dict[str, Any]] = [
        {**INJURY, "child": {"age_band": "under-2"}},
        {**INJURY, "judgement": {"level": 4}},
        {"situation": {**CALM, "medical_emergency": "yes", "suspected_significant_harm": "not-asked"}},
        {"indicators": {"present": ["abuse-or-neglect"]}, "situation": CALM},
        {"indicators": {"present": ["privately-fostered"]}, "situation": CALM},
    ]
    for record in records:
        suggestion = suggested(record, rulebook)
        assert "consult-mash-social-worker" in [step.code for step in suggestion.actions]
        assert "after-a-consultation" in [one.id for one in suggestion.afterwards], record


def test_an_option_answers_one_and_is_added_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "record.json").write_text(json.dumps({**INJURY, "follow_ups": {"explained-injury": "yes"}}))
    command = ["assess", str(tmp_path / "record.json"), "--format", "json", "--follow-up", "explained-injury=yes"]
    result = CliRunner().invoke(main, [*command, "--follow-up", "age-of-a-child-hurt=no"])
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert document["receipt"]["record"]["follow_ups"] == {"age-of-a-child-hurt": "no", "explained-injury": "yes"}
    assert [one["answer"] for one in document["follow_ups"]] == ["no", "yes"]


def test_the_text_says_how_to_answer_what_was_not_asked(tmp_path: Path) -> None:
    (tmp_path / "record.json").write_text(json.dumps(INJURY))
    asked = " ".join(CliRunner().invoke(main, ["assess", str(tmp_path / "record.json")]).stdout.split())
    assert "write yes or no or not-known for ANSWER: --follow-up age-of-a-child-hurt=ANSWER" in asked


def test_a_form_is_told_each_follow_up_question_in_the_order_in_which_they_are_asked(rulebook: Rulebook) -> None:
    told = described(rulebook)["follow_ups"]
    assert [one["id"] for one in told] == list(rulebook.follow_up)
    for one in told:
        prompt = rulebook.follow_up[one["id"]]
        assert (one["question"], one["why"], one["if_yes"]) == (prompt.text, prompt.why, prompt.if_yes)
        assert [answer["value"] for answer in one["answers"]] == ["yes", "no", "not-known"]

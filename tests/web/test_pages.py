"""The journey without JavaScript: what each page asks, shows and carries, and what it refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from rhrt import EvaluatorsDiffer, Record, Rulebook, assess, load_rulebook
from rhrt.interview.carried import Carried, of_record, read, write
from rhrt.interview.session import Place
from rhrt.present.outline import outline
from rhrt.present.page import as_page
from rhrt.rulebook import dates
from rhrt.web.application import application
from rhrt.web.pages import views
from rhrt.web.settings import Settings
from tests.conftest import CASES, case, the_rest_long
from tests.web.visitor import Visitor

MARRAM = Path(__file__).parents[1] / "frameworks" / "marram-2025"
DRINKING = "mum drinking more and more"


@pytest.fixture
def visitor(client: TestClient) -> Visitor:
    return Visitor(client)


@pytest.fixture(scope="module")
def marram() -> Rulebook:
    return load_rulebook(MARRAM)


@pytest.fixture(scope="module")
def both(rulebook: Rulebook, marram: Rulebook) -> Iterator[TestClient]:
    with TestClient(application(Settings(rulebooks=(rulebook, marram)))) as made:
        yield made


def carried(record: dict[str, Any], rulebook: Rulebook) -> str:
    return write(Carried(of_record(Record.model_validate(record), rulebook)))


def past_the_child(record: dict[str, Any], rulebook: Rulebook) -> str:
    """Give a state in which nobody is in danger, and the follow-up questions come next."""
    first = {field.id: "no" for field in rulebook.situation if field.ask_first}
    state = json.loads(carried({**record, "situation": first | record.get("situation", {})}, rulebook))
    return json.dumps(state | {"settled": ["concerns", "age_band", "circumstances", "check"]})


def past_danger(visitor: Visitor) -> Visitor:
    return visitor.press("Start now").answer("No", "No", "No")


CONCERN = "A parent's alcohol or substance use"
MARK = "Low level concerns about parental alcohol or substance use"
GRAVER = "Escalating concerns that parental alcohol or substance use is adversely impacting on the child"
MILDER = f"Milder: {MARK}"
ALONE = "Child is left at home alone but this does not seriously place them at significant risk"


def with_a_worry(visitor: Visitor) -> Visitor:
    """Go on until one worry about drinking has been marked."""
    past_danger(visitor).press("Find it", typed=DRINKING)
    return visitor.answer(CONCERN).answer(MILDER, "Yes")


def at_the_result(visitor: Visitor) -> Visitor:
    """Answer what is asked until there is a suggestion."""
    while not list(visitor.page.iter("{http://www.w3.org/2000/svg}svg")):
        visitor.on()
    return visitor


def at_the_check(visitor: Visitor) -> Visitor:
    """Answer what is asked, and go to check the answers."""
    return at_the_result(visitor).press("Check or change")


class TestJourney:
    def test_the_start_page_puts_danger_before_all_else_and_asks_for_no_names(self, visitor: Visitor) -> None:
        text = visitor.text
        assert text.index("call 999") < text.index("Start now")
        assert text.index("(01432) 260800") < text.index("Start now")
        assert "Do not type names or addresses" in text
        assert 'href="tel:999"' in visitor.response.text

    def test_danger_is_asked_first_and_each_question_says_why(self, visitor: Visitor, rulebook: Rulebook) -> None:
        visitor.press("Start now")
        first = [field for field in rulebook.situation if field.ask_first]
        groups = visitor.forms[-1].groups
        assert [group.asks for group in groups] == [field.question for field in first]
        assert all(list(group.choices) == ["Yes", "No", "Not known"] for group in groups)
        assert [field.id for field in first if field.why not in visitor.text] == []
        assert visitor.answer("No", "No", "No").heading == "What worries you about the child?"

    @pytest.mark.parametrize(
        ("answers", "deed"),
        [
            (("Yes", None, None), "Emergency. Call 999 now."),
            ((None, "Yes", None), "Emergency. Call 999 now."),
            ((None, None, "Yes"), "Ring MASH now"),
            (("No", "No", "Yes"), "Ring MASH now"),
        ],
    )
    def test_a_yes_to_danger_or_harm_gives_the_advice_at_once_and_going_on_is_optional(
        self, answers: tuple[str | None, ...], deed: str, visitor: Visitor
    ) -> None:
        visitor.press("Start now").answer(*answers)
        assert visitor.heading == deed
        assert "You can stop here" in visitor.text
        left = [number for number, answer in enumerate(answers) if answer is None]
        groups = visitor.press("Go on").forms[-1].groups
        assert len(groups) == (len(left) if left else 0), "what was not answered is asked again"

    def test_a_worry_is_found_by_words_and_its_rungs_bear_no_level(
        self, visitor: Visitor, rulebook: Rulebook
    ) -> None:
        past_danger(visitor).press("Find it", typed=DRINKING)
        assert next(iter(visitor.forms[-1].choices)) == CONCERN
        assert "You wrote: “mum drinking more" in visitor.text, "it says why"
        visitor.answer(CONCERN)
        assert visitor.forms[-1].chosen == []
        rungs, mark = visitor.forms[-1].groups
        assert rungs.asks == CONCERN, "it says what they are degrees of"
        assert "Which of these fits best?" in visitor.text
        ladder = next(one.rungs for one in rulebook.ladders if one.title == CONCERN)
        shown = [words.removeprefix("Milder: ") for words in rungs.choices]
        assert shown[0] == GRAVER, "what fits best stands first"
        assert {*shown} == {*(rulebook.indicator[id_].wording for id_ in ladder), "None of these"}, (
            "each to be seen"
        )
        assert list(mark.choices) == ["Yes", "No", "Not known"]
        assert not re.search(r"Level \d", visitor.text)
        assert DRINKING not in visitor.response.text, "what was typed is forgotten"
        assert visitor.answer(MILDER, "Not known").heading == "About the child"
        assert f"“{MARK}” Not known" in at_the_check(visitor).text

    def test_several_worries_are_chosen_from_one_list_and_marked_on_one_page(self, visitor: Visitor) -> None:
        past_danger(visitor).press("Find it", typed=f"{DRINKING}, left home alone")
        visitor.answer(CONCERN, "Supervision at home")
        assert len(visitor.forms[-1].groups) == 4
        rungs = [name for group in visitor.forms[-1].groups for name in group.choices]
        mild, alone = (next(name for name in rungs if name.endswith(sign)) for sign in (MARK, ALONE))
        shown = at_the_check(visitor.answer(mild, "No", alone, "Yes")).text
        assert f"“{MARK}” No" in shown
        assert f"“{ALONE}” Yes" in shown

    def test_what_is_denied_is_shown_apart_and_is_no_choice(self, visitor: Visitor) -> None:
        past_danger(visitor).press("Find it", typed=f"{DRINKING}, no bruises")
        assert "Set apart, as not so, past or about somebody else: “no bruises”." in visitor.text
        offered = list(visitor.forms[-1].choices)
        assert offered[0] == CONCERN
        assert offered[-2:] == ["Try other words", "Choose from a list"]
        assert not any("njur" in one for one in offered), "no bruises"

    def test_what_does_not_fit_after_all_is_left_out(self, visitor: Visitor) -> None:
        past_danger(visitor).press("Find it", typed=DRINKING)
        visitor.answer(CONCERN).answer("None of these", None)
        assert visitor.heading == "What worries you about the child?", "the worry is not dropped unsaid"
        assert "Nothing recorded." in at_the_check(visitor.press("Go on without")).text

    def test_a_sign_without_degrees_that_is_left_out_leads_back_too(
        self, visitor: Visitor, rulebook: Rulebook
    ) -> None:
        signs = (one for one in rulebook.indicators if one.recordable and one.level > 1)
        alone = next(one.wording for one in signs if not rulebook.ladders_of(one.id))
        past_danger(visitor).press("Find it", typed=alone)
        visitor.answer(alone).answer("Leave it out")
        assert visitor.heading == "What worries you about the child?"

    def test_what_fits_has_to_be_said_of_each(self, visitor: Visitor) -> None:
        past_danger(visitor).press("Find it", typed=DRINKING)
        visitor.answer(CONCERN).answer(MILDER, None)
        assert visitor.title.startswith("Error: ")
        assert visitor.forms[-1].chosen == [MILDER], "what was said is still there"
        assert 'href="#answer-2"' in visitor.response.text

    def test_a_sign_and_a_way_elsewhere_cannot_both_be_chosen(self, visitor: Visitor) -> None:
        past_danger(visitor).press("Find it", typed=DRINKING)
        visitor.answer(CONCERN, "Try other words")
        assert "Choose what fits, or one of the other ways to go on, but not both" in visitor.text
        assert visitor.forms[-1].chosen == [CONCERN, "Try other words"], "what was chosen is still there"

    def test_another_worry_is_described_where_the_first_one_is_marked(self, visitor: Visitor) -> None:
        past_danger(visitor).press("Find it", typed=DRINKING)
        visitor.answer(CONCERN).press("Continue", MILDER, "Yes", typed="left home alone")
        assert visitor.heading == "Which is nearest to what you have seen or been told?"
        shown = at_the_check(visitor.answer("Supervision at home").on()).text
        assert f"“{MARK}” Yes" in shown
        assert f"“{ALONE}” Yes" in shown

    def test_words_that_fit_nothing_are_met_with_other_ways_and_no_reassurance(self, visitor: Visitor) -> None:
        past_danger(visitor).press("Find it", typed="zzzz qqqq")
        assert "Nothing here fits a sign. That does not mean there is no need." in visitor.heading
        assert list(visitor.forms[-1].choices) == ["Try other words", "Choose from a list"]
        assert visitor.answer("Choose from a list").heading == "What is it about?"

    @pytest.mark.parametrize("typed", ["+done", "+none", "+list", "+out", "done", "change +done"])
    def test_whatever_is_typed_is_words_to_look_by_and_no_choice(self, visitor: Visitor, typed: str) -> None:
        past_danger(visitor).press("Find it", typed=typed)
        assert list(visitor.forms[-1].choices)[-2].endswith("Try other words"), visitor.heading
        assert visitor.press("Back").heading == "What worries you about the child?"

    def test_on_a_page_nothing_is_chosen_beforehand_and_the_situation_is_not_left_out(
        self, visitor: Visitor
    ) -> None:
        with_a_worry(visitor).on()
        asked = [group.asks for group in visitor.forms[-1].groups]
        for words in ("Is the child already open", "Has somebody with", "Is it safe to tell"):
            assert any(one.startswith(words) and "(optional)" not in one for one in asked)
        assert visitor.forms[-1].chosen == []
        assert "There is a problem" in visitor.answer().text

    def test_what_would_change_a_step_is_asked_on_one_page_and_each_can_be_left_out(
        self, visitor: Visitor, rulebook: Rulebook
    ) -> None:
        record = {"indicators": {"present": ["home-alone-no-serious-risk"]}}
        visitor.send("/check/4", [("state", past_the_child(record, rulebook)), ("press", "show")])
        assert visitor.heading == "More about what you saw"
        asked = ("home-alone", "age-of-a-child-left-alone", "home-alone-risk")
        places = [visitor.text.index(rulebook.follow_up[id_].text) for id_ in asked]
        assert places == sorted(places)
        assert visitor.forms[-1].chosen == []
        state = visitor.state
        visitor.send("/check/5", [("state", state), ("follow_up/home-alone-risk", "not-known")])
        assert visitor.heading == "Last questions", "what was left out is not asked again"
        shown = at_the_check(visitor).text
        assert f"{rulebook.follow_up['home-alone-risk'].text} Not known" in shown
        assert f"{rulebook.follow_up['home-alone'].text} Not asked" in shown
        visitor.press(f"Change {rulebook.follow_up['home-alone-risk'].text}")
        assert visitor.forms[-1].chosen == ["Not known"]
        assert f"{rulebook.follow_up['home-alone-risk'].text} Yes" in visitor.answer("Yes").text
        result = visitor.press("Show the suggestion").text
        assert f"You answered yes to: “{rulebook.follow_up['home-alone-risk'].text}”" in result
        first = result.partition("What to do next")[0]
        assert rulebook.follow_up["home-alone"].text in first
        assert rulebook.follow_up["home-alone-risk"].text not in first

    def test_danger_found_by_a_follow_up_question_is_answered_at_once(
        self, visitor: Visitor, rulebook: Rulebook
    ) -> None:
        state = past_the_child({"indicators": {"present": ["home-alone-no-serious-risk"]}}, rulebook)
        visitor.send("/check/5", [("state", state), ("follow_up/home-alone", "yes")])
        assert visitor.heading == "Emergency. Call 999 now."

    @pytest.mark.parametrize(
        "field",
        [("follow_up/home-alone", "maybe"), ("follow_up/missing", "yes"), ("follow_up/", ""), ("other", "yes")],
    )
    def test_an_answer_to_what_is_not_on_the_page_gets_a_plain_page(
        self, field: tuple[str, str], visitor: Visitor, rulebook: Rulebook
    ) -> None:
        state = past_the_child({"indicators": {"present": ["home-alone-no-serious-risk"]}}, rulebook)
        visitor.send("/check/5", [("state", state), field])
        assert visitor.response.status_code == 400
        assert visitor.heading == "This page cannot be used"

    def test_back_leads_to_the_same_follow_up_questions_with_their_answers(
        self, visitor: Visitor, rulebook: Rulebook
    ) -> None:
        state = past_the_child({"indicators": {"present": ["home-alone-no-serious-risk"]}}, rulebook)
        visitor.send("/check/5", [("state", state), ("follow_up/home-alone-risk", "no")]).press("Back")
        assert visitor.heading == "More about what you saw"
        assert visitor.forms[-1].chosen == ["Not asked", "Not asked", "No"]

    def test_a_worry_is_found_in_a_list_by_heading(self, visitor: Visitor) -> None:
        past_danger(visitor).press("Choose from a list").answer("Health")
        assert visitor.heading == "Which is nearest to what you have seen or been told?"
        assert visitor.answer("None of these. Go back").heading == "What worries you about the child?"

    def test_a_worry_can_be_changed_and_taken_out(self, visitor: Visitor) -> None:
        at_the_check(with_a_worry(visitor)).press("Change “Low level")
        assert visitor.forms[-1].chosen == ["Yes"]
        visitor.answer("No")
        assert "substance use” No" in visitor.text
        visitor.press("Add another worry")
        assert "Recorded so far" in visitor.text
        assert "Recorded so far" not in visitor.press("Take out “Low level").text

    def test_nothing_recorded_gives_no_level_and_is_not_called_fine(self, visitor: Visitor) -> None:
        past_danger(visitor).press("Go on without")
        at_the_check(visitor)
        assert "Nothing recorded." in visitor.text
        visitor.press("Show the suggestion")
        assert (
            visitor.heading
            == "Share this with the child's allocated social worker, and ask them what you would ask MASH"
        )
        assert "No level suggested" in visitor.text
        assert "That does not mean there is no need" in visitor.text

    def test_only_questions_that_matter_for_the_record_are_asked(
        self, visitor: Visitor, rulebook: Rulebook
    ) -> None:
        for answer, asked in (("yes", False), ("no", True)):
            record = {"situation": {"open_to_social_care": answer}}
            visitor.send("/check/5", [("state", past_the_child(record, rulebook)), ("press", "show")])
            groups = [group.asks for group in visitor.forms[-1].groups]
            assert len(groups) > 1
            assert ("Is it outside office hours?" in groups) == asked, "it would change nothing here"

    def test_the_own_level_is_asked_before_the_suggestion_and_can_be_skipped(self, visitor: Visitor) -> None:
        with_a_worry(visitor).on()
        last = visitor.forms[-1].groups[-1]
        assert last.asks == "Before you see the suggestion: which level would you give? (optional)"
        assert list(last.choices)[1] == "Level 2, Additional"
        assert "Suggested" not in visitor.text
        assert "Suggested: Level 2" in visitor.on().text
        assert "I would rather not say" in visitor.press("Check or change").text

    def test_all_answers_can_be_checked_and_each_changed(self, visitor: Visitor) -> None:
        at_the_check(with_a_worry(visitor)).press("Change Is it safe")
        assert visitor.forms[-1].chosen == ["Not known"]
        visitor.answer("Unsafe")
        assert visitor.heading == "Check your answers"
        assert "Is it safe to tell the parents or carers? Unsafe" in visitor.text
        visitor.press("Add another worry")
        assert visitor.heading == "Is there anything else?"
        assert visitor.press("That is all").heading == "Check your answers"

    def test_a_change_to_danger_gives_the_advice_at_once(self, visitor: Visitor) -> None:
        at_the_check(with_a_worry(visitor)).press("Change Is a child in danger").answer("Yes")
        assert visitor.heading == "Emergency. Call 999 now."
        assert "Check your answers" not in visitor.text

    def test_a_change_that_opens_questions_asks_them_before_the_check(
        self, visitor: Visitor, rulebook: Rulebook
    ) -> None:
        state = past_the_child({"situation": {"open_to_social_care": "yes"}}, rulebook)
        at_the_check(visitor.send("/check/5", [("state", state), ("press", "show")]))
        visitor.press("Change Do you suspect").answer("Yes")
        assert visitor.heading.endswith("ask the child's social worker whether it is safe"), (
            "what to do comes at once"
        )
        (asked,) = visitor.press("Go on with the questions").forms[-1].groups
        assert asked.asks == "Is it outside office hours?"
        assert visitor.on().heading == "Check your answers"
        assert "Suggested: Level 4, Specialist" in visitor.press("Show").text

    def test_back_goes_back_page_by_page_and_keeps_the_answers(self, visitor: Visitor) -> None:
        with_a_worry(visitor).press("Back")
        assert visitor.heading == "About what you chose"
        assert visitor.forms[-1].chosen == [MILDER, "Yes"]
        assert visitor.press("Back").heading == "Which is nearest to what you have seen or been told?"
        assert visitor.press("Back").heading == "Is there anything else?"
        assert visitor.press("Back").heading == "Is the child safe now?"
        assert visitor.forms[-1].chosen == ["No", "No", "No"]
        assert visitor.answer("No", "No", "No").heading == "Is there anything else?"

    def test_back_passes_over_advice_that_is_no_longer_due(self, visitor: Visitor) -> None:
        visitor.press("Start now").answer("Yes", "No", "No").press("Go on").press("Back").press("Back")
        assert visitor.heading == "Is the child safe now?"
        assert visitor.forms[-1].chosen == ["Yes", "No", "No"]
        assert visitor.answer("No", "No", "No").heading == "What worries you about the child?"
        assert visitor.press("Back").heading == "Is the child safe now?"

    @pytest.mark.long
    def test_a_long_way_back_is_bounded(self, visitor: Visitor) -> None:
        past_danger(visitor)
        for _ in range(40):
            visitor.press("Choose from a list").answer("None of these. Go back")
        assert len(json.loads(visitor.state)["trail"]) == 30
        assert visitor.press("Back").response.status_code == 200

    def test_the_result_leads_back_to_the_answers(self, visitor: Visitor) -> None:
        at_the_result(with_a_worry(visitor))
        assert visitor.press("Check or change your answers").heading == "Check your answers"
        assert visitor.press("Show").press("Back").heading == "Check your answers"


class TestErrors:
    def test_nothing_chosen_is_an_error_with_a_summary_that_leads_to_the_field(self, visitor: Visitor) -> None:
        past_danger(visitor).press("Choose from a list").answer()
        assert visitor.title.startswith("Error: What is it about?")
        assert visitor.text.index("There is a problem") < visitor.text.index("What is it about?")
        assert visitor.text.count("Choose an answer") == 2
        assert 'href="#answer"' in visitor.response.text
        assert 'id="answer"' in visitor.response.text
        assert "autofocus" in visitor.response.text

    def test_of_several_questions_each_that_is_left_out_is_an_error_and_the_first_is_led_to(
        self, visitor: Visitor
    ) -> None:
        visitor.press("Start now").answer("No", None, None)
        assert visitor.title.startswith("Error: Is the child safe now?")
        assert visitor.text.count("Choose an answer") == 3
        assert 'href="#answer-2"' in visitor.response.text
        assert 'id="answer-2"' in visitor.response.text
        assert visitor.forms[-1].chosen == ["No"]
        assert "autofocus" in visitor.response.text

    @pytest.mark.parametrize(
        ("typed", "said"), [("", "Type a few words"), ("  ", "Type a few words"), ("x" * 2001, "Use fewer words")]
    )
    def test_words_that_cannot_be_used_are_an_error(self, typed: str, said: str, visitor: Visitor) -> None:
        past_danger(visitor).press("Find it", typed=typed)
        assert visitor.title.startswith("Error: ")
        assert visitor.text.count(said) == 2
        assert 'href="#words"' in visitor.response.text

    def test_where_two_areas_are_served_one_has_to_be_chosen(self, both: TestClient) -> None:
        visitor = Visitor(both)
        visitor.press("Start now")
        assert visitor.title.startswith("Error: ")
        assert 'href="#rulebook"' in visitor.response.text
        assert "(01432) 260800" in visitor.text
        assert "03069 990101" in visitor.text


def tampered(rulebook: Rulebook) -> dict[str, str]:
    """Give states that no page of ours could have carried, by what is wrong with them."""
    good = json.loads(carried({"indicators": {"present": ["lack-of-food"]}}, rulebook))

    def with_(**parts: Any) -> str:
        return json.dumps(good | parts)

    return {
        "nothing": "",
        "not JSON": "{",
        "deep": "[" * 9999,
        "half a character": json.dumps(good).replace("lack-of-food", "\\ud800"),
        "a list": "[]",
        "a key too many": with_(more=1),
        "a key too few": json.dumps({key: good[key] for key in good if key != "trail"}),
        "no rulebook": with_(record={}),
        "another rulebook": with_(record={"rulebook": "elsewhere"}),
        "an unknown concern": with_(record=good["record"] | {"indicators": {"present": ["dragons"]}}),
        "a name": with_(record=good["record"] | {"child": {"name": "x"}}),
        "an unknown answer": with_(record=good["record"] | {"situation": {"consent": "perhaps"}}),
        "no such level": with_(record=good["record"] | {"judgement": {"level": 9}}),
        "a vast level": with_().replace('"judgement": null', f'"judgement": {{"level": {"9" * 5000}}}'),
        "a follow-up question nobody asks": with_(record=good["record"] | {"follow_ups": {"weather": "yes"}}),
        "a thought, answered": with_(record=good["record"] | {"follow_ups": {"one-sign-alone": "yes"}}),
        "skipped and unknown": with_(skipped=["weather"]),
        "skipped and answered": with_(
            skipped=["missing"], record=good["record"] | {"follow_ups": {"missing": "no"}}
        ),
        "no follow-up questions": with_(place=["follow_ups"]),
        "one follow-up question twice": with_(place=["follow_ups", "missing", "missing"]),
        "a follow-up question of nothing": with_(place=["follow_up", "dragons"]),
        "advice never given": with_(advised=["immediate_danger"]),
        "an unknown part settled": with_(settled=["everything"]),
        "a place twice over": with_(settled=["concerns"] * 9),
        "no such place": with_(place=["nowhere"]),
        "an empty place": with_(place=[]),
        "the advice, undue": with_(place=["advice"]),
        "an unknown mark": with_(place=["mark", "dragons"]),
        "a mark of nothing": with_(place=["mark"]),
        "a list that is no heading": with_(place=["list", "dragons"]),
        "rungs of no ladder": with_(place=["rungs", "dragons"]),
        "rungs that are others": with_(place=["rungs", "lack-of-food", "lack-of-food"]),
        "one thing found twice": with_(place=["found", "lack-of-food", "lack-of-food"]),
        "more than can be found": with_(place=["found", *list(rulebook.position)[:9]]),
        "ids where none belong": with_(place=["concerns", "lack-of-food"]),
        "a question nobody asks": with_(place=["situation", "weather"]),
        "a place that is a number": with_(place=[1]),
        "a trail of nowhere": with_(trail=[["nowhere"]]),
        "a key written twice": with_().replace('"trail": []', '"trail": [], "trail": []'),
        "an answer written twice": with_().replace(
            '"situation": {}', '"situation": {"consent": "no", "consent": "given"}'
        ),
        "an endless trail": with_(trail=[["concerns"]] * 31),
    }


_JSON = st.recursive(
    st.none() | st.integers() | st.text(), lambda one: st.lists(one) | st.dictionaries(st.text(), one)
)


class TestTampering:
    @pytest.mark.parametrize("path", ["/check/2", "/check/result", "/check/print"])
    def test_a_state_that_is_not_ours_gets_a_plain_page_that_says_what_to_do(
        self, path: str, client: TestClient, rulebook: Rulebook
    ) -> None:
        for name, state in tampered(rulebook).items():
            visitor = Visitor(client).send(path, [("state", state)])
            assert visitor.response.status_code == 400, name
            assert visitor.heading == "This page cannot be used", name
            assert "Start again" in visitor.text, name
            assert "call 999" in visitor.text, name
            assert "dragons" not in visitor.response.text, name

    @pytest.mark.parametrize(
        "more",
        [
            [("answer", "perhaps")],
            [("answer", "yes"), ("answer", "no")],
            [("state", "{}")],
            [("press", "on"), ("press", "back")],
            [("name", "somebody")],
        ],
        ids=str,
    )
    def test_fields_that_no_page_sends_are_refused(
        self, more: list[tuple[str, str]], client: TestClient, rulebook: Rulebook
    ) -> None:
        visitor = Visitor(client).send("/check/2", [("state", carried({}, rulebook)), *more])
        assert visitor.response.status_code == 400

    @pytest.mark.parametrize("place", [["check"], ["concerns"]], ids=str)
    @pytest.mark.parametrize("press", ["change dragons", "out lack-of-food", "change +done", "change", "jump"])
    def test_a_button_that_is_not_there_cannot_be_pressed(
        self, press: str, place: list[str], client: TestClient, rulebook: Rulebook
    ) -> None:
        answered = {field.id: field.values[-1] for field in rulebook.situation}
        settled = ["concerns", "age_band", "circumstances", "own_level"]
        state = json.dumps(
            json.loads(carried({"situation": answered}, rulebook)) | {"place": place, "settled": settled}
        )
        fields = [("state", state), ("press", press)]
        visitor = Visitor(client).send("/check/2", fields)
        if place == ["concerns"] and press in {"change", "jump"}:
            assert visitor.title.startswith("Error: "), "as if nothing had been typed"
        else:
            assert visitor.response.status_code == 400

    @pytest.mark.parametrize("answer", [["knows-more"], ["dragons"], ["knows-more", "dragons"]], ids=str)
    def test_a_reason_needs_a_level_of_ones_own_and_has_to_be_one_of_those_offered(
        self, answer: list[str], client: TestClient, rulebook: Rulebook
    ) -> None:
        level = {"judgement": {"level": 1}} if "dragons" in answer else {}
        fields = [("state", carried(level, rulebook)), *(("answer", one) for one in answer)]
        assert Visitor(client).send("/check/result", fields).response.status_code == 400

    @pytest.mark.parametrize("path", ["/check/2", "/check/result", "/check/print"])
    @pytest.mark.parametrize(
        ("body", "kind", "status"),
        [
            (b"{}", "application/json", 415),
            (b"state=%ff", "application/x-www-form-urlencoded", 400),
            (b"state=" + b"x" * 70_000, "application/x-www-form-urlencoded", 413),
            (b"--x\r\n", "multipart/form-data; boundary=x", 415),
        ],
    )
    def test_bodies_of_another_kind_are_refused_with_a_page(
        self, body: bytes, kind: str, status: int, path: str, client: TestClient
    ) -> None:
        answer = client.post(path, content=body, headers={"Content-Type": kind})
        assert answer.status_code == status
        assert "This page cannot be used" in answer.text

    @given(data=st.data())
    def test_whatever_is_altered_in_a_state_never_breaks_the_service(self, data: st.DataObject) -> None:
        rulebook = load_rulebook()
        client = TestClient(_APPLICATION)
        state = carried({"indicators": {"present": ["lack-of-food"]}, "situation": {"consent": "given"}}, rulebook)
        place = data.draw(st.integers(0, len(state)))
        end = data.draw(st.integers(place, len(state)))
        altered = state[:place] + data.draw(st.text(max_size=8)) + state[end:]
        path = data.draw(st.sampled_from(["/check/2", "/check/result", "/check/print"]))
        answer = client.post(path, data={"state": altered.encode("utf-8", "replace")})
        assert answer.status_code in {200, 400}

    @given(value=_JSON)
    def test_no_json_breaks_the_service(self, value: Any) -> None:
        answer = TestClient(_APPLICATION).post("/check/2", data={"state": json.dumps(value)})
        assert answer.status_code == 400


_APPLICATION = application(Settings(rulebooks=(load_rulebook(),)))


class TestResult:
    @pytest.mark.parametrize("path", the_rest_long(CASES, *CASES[::8]), ids=lambda path: path.stem)
    def test_every_worked_case_gives_the_level_route_and_steps_that_assess_gives(
        self, path: Path, client: TestClient, rulebook: Rulebook
    ) -> None:
        record = case(path)["record"]
        expected = assess(Record.model_validate(record), rulebook)
        visitor = Visitor(client).send("/check/result", [("state", carried(record, rulebook))])
        said = outline(expected)
        assert visitor.heading == said.headline
        wanted = [*said.lines, *(item.text for section in said.sections for item in section.items)]
        assert [text for text in wanted if " ".join(text.split()) not in visitor.text] == []
        steps = next(one for one in visitor.page.iter("ol"))
        assert len(steps) == len(next(section.items for section in said.sections if section.numbered))
        assert [step.text for step in expected.actions if " ".join(step.text.split()) not in visitor.text] == []
        assert expected.receipt.record_sha256[:12] in visitor.text, "the same record, to the last answer"

    def test_every_worked_case_of_another_area_does_so_too(self, both: TestClient, marram: Rulebook) -> None:
        for path in sorted((MARRAM / "cases").glob("*.yaml")):
            record = case(path)["record"]
            expected = assess(Record.model_validate(record), marram)
            visitor = Visitor(both).send("/check/result", [("state", carried(record, marram))])
            assert visitor.heading == outline(expected).headline
            assert [step.text for step in expected.actions if step.text not in visitor.text] == []

    def test_under_the_answer_it_is_said_once_that_the_rulebook_is_past_its_review(
        self, client: TestClient, rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        state = carried({"indicators": {"present": ["lack-of-food"]}}, rulebook)
        for day, times in ((date(2022, 9, 30), 0), (date(2022, 10, 1), 1)):
            monkeypatch.setattr(dates, "today", lambda day=day: day)
            shown = Visitor(client).send("/check/result", [("state", state)]).text
            assert shown.count("Its review was due in September 2022: ask whether there is a newer one.") == times
            assert shown.count("The review of the framework was set for September 2022.") == 1 - times
            printed = client.post("/check/print", data={"state": state}).text
            assert "past its review" not in printed
            assert printed.count("The review of the framework was set for September 2022.") == 1

    def test_what_is_held_back_opens_on_the_page(self, client: TestClient, rulebook: Rulebook) -> None:
        state = carried({"indicators": {"present": ["young-carer-adverse-impact"]}}, rulebook)
        visitor = Visitor(client).send("/check/result", [("state", state)])
        (details,) = visitor.page.iter("details")
        assert "What would change this" in "".join(details.itertext())
        assert len(list(visitor.page.iter("{http://www.w3.org/2000/svg}svg"))) == 1

    def test_a_reason_for_another_level_is_asked_for_and_kept_beside_it(
        self, client: TestClient, rulebook: Rulebook
    ) -> None:
        record = {"indicators": {"present": ["lack-of-food"]}, "judgement": {"level": 2}}
        visitor = Visitor(client).send("/check/result", [("state", carried(record, rulebook))])
        assert "Why do you see it differently? (optional)" in visitor.text
        visitor.press("Add my reason", "The need is already being met.")
        assert "Your reason: The need is already being met." in visitor.text
        assert visitor.forms[1].chosen == ["The need is already being met."]
        printed = client.post("/check/print", data={"state": visitor.state})
        assert "Your reason: The need is already being met." in printed.text

    def test_without_a_level_of_ones_own_no_reason_is_asked(self, client: TestClient, rulebook: Rulebook) -> None:
        state = carried({"indicators": {"present": ["lack-of-food"]}}, rulebook)
        assert "see it differently" not in Visitor(client).send("/check/result", [("state", state)]).text

    def test_the_record_to_print_is_the_page_that_the_command_writes(
        self, client: TestClient, rulebook: Rulebook
    ) -> None:
        record = {"rulebook": rulebook.id, "indicators": {"present": ["lack-of-food"]}}
        printed = client.post("/check/print", data={"state": carried(record, rulebook)})
        assert printed.text == as_page(assess(Record.model_validate(record), rulebook))
        assert printed.headers["Cache-Control"] == "no-store"
        assert "style-src 'sha256-" in printed.headers["Content-Security-Policy"]

    def test_where_the_evaluators_differ_no_level_is_shown(
        self, client: TestClient, rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def differ(*_: object) -> None:
            raise EvaluatorsDiffer("x", rulebook.no_answer)

        monkeypatch.setattr(views, "assess", differ)
        visitor = Visitor(client).send("/check/result", [("state", carried({}, rulebook))])
        assert visitor.response.status_code == 500
        assert visitor.heading == "There is no suggestion"
        assert rulebook.no_answer in visitor.text


class TestCarried:
    def test_an_interview_written_down_is_the_same_when_taken_up(self, rulebook: Rulebook) -> None:
        record = {
            "child": {"age_band": "5-9"},
            "indicators": {"present": ["lack-of-food"], "absent": ["persistent-absence"],
                           "not_known": ["parental-substance-escalating"]},
            "circumstances": ["young-carer"],
            "situation": {"immediate_danger": "yes", "consent": "refused"},
            "judgement": {"level": 2, "reason": "knows-more"},
        }  # fmt: skip
        session = of_record(Record.model_validate(record), rulebook)
        before = Carried(session.at(Place("mark", ("lack-of-food",))), (Place("concerns"),))
        assert read(write(before), (rulebook,)) == before

    def test_an_answer_that_was_not_given_is_still_to_be_asked(self, rulebook: Rulebook) -> None:
        session = of_record(Record.model_validate({"situation": {"immediate_danger": "not-asked"}}), rulebook)
        question = session.question()
        assert question is not None
        assert "situation/immediate_danger" in [part.id for part in question.parts]

    def test_another_level_of_ones_own_drops_the_reason_for_the_first(self, rulebook: Rulebook) -> None:
        session = of_record(Record.model_validate({"judgement": {"level": 2, "reason": "knows-more"}}), rulebook)
        again = session.at(Place("own_level"))
        assert again.answer("2").own_reason == "knows-more"
        assert again.answer("3").own_reason is None
        assert again.answer().record.judgement is None


class TestAnotherArea:
    def test_its_own_questions_words_and_levels_are_asked(self, both: TestClient, marram: Rulebook) -> None:
        visitor = Visitor(both)
        visitor.send("/check/1", [("rulebook", marram.id)])
        first = [field.question for field in marram.situation if field.ask_first]
        assert [group.asks for group in visitor.forms[-1].groups] == first
        assert "the Marram Islands" in visitor.title
        visitor.answer(*("No" for _ in first)).press("Choose from a list").answer("Safety and everyday care")
        visitor.answer(next(iter(visitor.forms[-1].choices)))
        while "which level" not in visitor.text:
            visitor.on()
        assert len(visitor.forms[-1].groups[-1].choices) == 5
        at_the_result(visitor)
        assert re.search(r"Suggested: Level \d, ", visitor.text)
        assert "Herefordshire" not in visitor.response.text
        assert "MASH" not in visitor.response.text


class TestServing:
    def test_below_a_path_every_link_and_form_leads_below_it(self, rulebook: Rulebook) -> None:
        served = application(Settings(rulebooks=(rulebook,), root_path="/prompt/rhrt"))
        with TestClient(served) as client:
            visitor = Visitor(client, "/prompt/rhrt/check")
            at_the_check(with_a_worry(visitor))
            found = re.findall(r'(?:href|action|src)="(/[^"]*)"', visitor.response.text)
            assert len(found) > 3
            assert [link for link in found if not link.startswith("/prompt/rhrt/check")] == []
            assert "Suggested: Level" in visitor.press("Show").text
            later = client.get("/prompt/rhrt/check/7", follow_redirects=False)
            assert later.headers["location"] == "/prompt/rhrt/check"

    def test_the_style_sheets_are_there_and_may_be_kept(self, visitor: Visitor, client: TestClient) -> None:
        sheets = re.findall(r'stylesheet" href="([^"]*)"', visitor.response.text)
        assert len(sheets) == 2
        for sheet in sheets:
            answer = client.get(sheet)
            assert answer.headers["content-type"] == "text/css; charset=utf-8"
            assert "immutable" in answer.headers["cache-control"]
            assert "url(" not in answer.text, "a style sheet asks for nothing more"

    @pytest.mark.parametrize("name", ["7", "result", "print"])
    def test_an_address_of_a_later_page_leads_to_the_start(self, name: str, client: TestClient) -> None:
        answer = client.get(f"/check/{name}", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/check")

    @pytest.mark.parametrize("name", ["pages.css", "..%2Fpages.css", "elsewhere"])
    def test_what_is_not_there_is_not_found(self, name: str, client: TestClient) -> None:
        answer = client.get(f"/check/{name}")
        assert answer.status_code == 404

    def test_a_page_has_a_strict_policy_and_carries_no_style_of_its_own(self, visitor: Visitor) -> None:
        at_the_check(with_a_worry(visitor))
        for press in ("Change your", "Show"):
            policy = visitor.response.headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'none'; style-src 'self'")
            assert visitor.response.headers["Cache-Control"] == "private, no-cache"
            assert "set-cookie" not in visitor.response.headers
            assert " style=" not in visitor.response.text
            assert "<style" not in visitor.response.text
            assert len(visitor.response.content) < 100_000
            if press == "Change your":
                visitor.press("Show")

    def test_an_empty_form_leads_to_the_start(self, client: TestClient) -> None:
        assert Visitor(client).send("/check/1", [("rulebook", "dragons")]).heading.startswith("Think through")

"""`rhrt ask`: the interview itself, over a pipe, and in a terminal."""

from __future__ import annotations

import os
import re
import signal
import sys
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import ClassVar

import pexpect
import pyte
import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from rhrt_cli.asking import Plain, asker
from rhrt_cli.main import main

from rhrt import Record, assess, load_rulebook
from rhrt.interview import questions
from rhrt.interview.matters import ROOM_FOR_ADVICE, advice, alarms, matters
from rhrt.interview.questions import Question
from rhrt.interview.session import Place, Session
from rhrt.present.terminal import as_text
from rhrt.rulebook.model import Indicator
from tests.conftest import the_rest_long

RULEBOOK = load_rulebook()
FIRST = [field.id for field in RULEBOOK.situation if field.ask_first]
CALM = ("no",) * len(FIRST)
DRINKING = "parental-substance-escalating"
DRINKING_PICKED = f"ladder/parental-substance-use/{DRINKING}"
"""How a concern is picked: by its ladder, with the sign on it that fits best."""
GRAVER = "parental-mental-health-or-substance-serious"


def at(session: Session) -> Question:
    question = session.question()
    assert question is not None
    return question


def told(*answers: str, commit_first: bool = False) -> Session:
    session = Session(RULEBOOK, commit_first)
    for answer in answers:
        session = session.answer(answer)
    return session


def with_concern(id_: str, mark: str = "present", session: Session | None = None) -> Session:
    """Add a concern that stands on a ladder, by its own words."""
    session = (session or told(*CALM)).answer("+words").answer(typed=RULEBOOK.indicator[id_].wording)
    session = session.answer(offering(id_, session))
    if at(session).id == "rungs":
        session = session.answer(id_)
    return session.answer(mark)


def offering(id_: str, session: Session) -> str:
    """Give the first concern offered that has a sign."""
    offered = [choice.value for choice in at(session).choices if choice.value not in questions.WAYS]
    return next(one for one in offered if id_ in questions.rungs_of(one, RULEBOOK))


def described(*words: str) -> Session:
    """Look for a concern by words, and choose by what follows."""
    typed, *chosen = words
    session = told(*CALM, "+words").answer(typed=typed)
    for choice in chosen:
        session = session.answer(choice)
    return session


def to_the_check(session: Session) -> Session:
    """Give the first answer to each question until the check, and skip what can be skipped."""
    while at(session).id != "check":
        question = at(session)
        skipped = question.skip is not None
        first = "+done" if question.id == "concerns" else question.choices[0].value
        session = session.answer(*(() if skipped else (first,)))
    return session


class TestOrder:
    def test_danger_is_asked_first_and_in_the_order_of_the_rulebook(self) -> None:
        session = Session(RULEBOOK)
        for id_ in FIRST:
            question = at(session)
            assert question.id == f"situation/{id_}"
            assert [choice.words for choice in question.choices] == ["Yes", "No", "Not known"]
            session = session.answer("no")
        assert at(session).id == "concerns"

    @pytest.mark.parametrize("id_", ["immediate_danger", "medical_emergency"])
    def test_in_an_emergency_the_advice_comes_at_once_and_the_rest_is_optional(self, id_: str) -> None:
        session = told(*("no",) * FIRST.index(id_), "yes")
        question = at(session)
        assert question.id == "advice"
        assert question.notice is not None
        assert "999" in as_text(question.notice)
        assert session.answer("+stop").question() is None
        assert session.answer("+stop").stopped
        assert at(session.answer("+go-on")).id != "advice"

    def test_a_second_emergency_is_advised_on_and_the_same_one_only_once(self) -> None:
        session = told("yes", "+go-on", "yes")
        assert at(session).id == "advice"
        assert "ambulance" in as_text(advice(session.record, RULEBOOK))
        session = session.answer("+go-on")
        assert at(session).id == f"situation/{FIRST[2]}"

    def test_suspected_harm_is_advised_on_at_once_and_going_on_is_optional(self) -> None:
        session = told("no", "no", "yes")
        notice = at(session).notice
        assert at(session).id == "advice"
        assert notice is not None
        assert notice.headline == "Ring MASH now"
        assert "(01432) 260800" in as_text(notice)
        assert session.answer("+stop").stopped
        assert at(session.answer("+go-on")).id == "concerns"

    @pytest.mark.parametrize("danger", ["yes", "no"])
    def test_advice_leaves_room_for_the_question_on_one_screen(self, danger: str) -> None:
        said = as_text(advice(Record(situation={"immediate_danger": danger, "medical_emergency": "yes"}), RULEBOOK))
        assert len(said.splitlines()) <= ROOM_FOR_ADVICE <= 24 - 6

    def test_an_answer_that_cannot_be_one_is_refused(self) -> None:
        for values in (("perhaps",), (), ("yes", "no")):
            with pytest.raises(ValueError, match="does not answer"):
                Session(RULEBOOK).answer(*values)
        for session, typed in ((Session(RULEBOOK), "yes"), (told(*CALM, "+done"), "given")):
            with pytest.raises(ValueError, match="does not answer"):
                session.answer(typed=typed)
        with pytest.raises(ValueError, match="does not answer"):
            told(*CALM, "+words").answer("+done")

    def test_a_session_never_changes(self) -> None:
        session = Session(RULEBOOK)
        session.answer("yes")
        assert at(session).id == f"situation/{FIRST[0]}"
        assert not session.situation


class TestConcerns:
    @pytest.mark.parametrize("indicator", RULEBOOK.indicators, ids=lambda one: one.id)
    def test_rungs_are_shown_in_order_and_without_their_level(self, indicator: Indicator) -> None:
        ids = questions.rungs_of(indicator.id, RULEBOOK)
        assert indicator.id in ids
        question = questions.rungs(ids, indicator.id, RULEBOOK)
        assert question.choices[-1].words == "None of these"
        for choice in question.choices[:-1]:
            assert choice.words.removeprefix("Milder: ") == RULEBOOK.indicator[choice.value].wording
        assert "evel" not in f"{question.words}{question.help}"
        for ladder in RULEBOOK.ladders:
            if indicator.id in ladder.rungs:
                places = [ids.index(rung) for rung in ladder.rungs]
                assert places == sorted(places)

    def test_a_concern_is_offered_by_its_title_with_the_words_that_suggest_it_and_no_level(self) -> None:
        question = at(described("mum drinking more and more, kids left to it"))
        first, second, *_ = question.choices
        assert first.value == DRINKING_PICKED
        assert first.words == next(one.title for one in RULEBOOK.ladders if one.id == "parental-substance-use")
        assert first.hint.startswith("You wrote: “mum drinking more")
        assert second.hint == "You wrote: “kids left to it”"
        assert not re.search(r"Level \d", str(question.choices))
        assert [choice.hint for choice in question.choices if choice.value in questions.WAYS] == ["", ""]

    def test_what_is_denied_is_set_apart_and_never_dropped(self) -> None:
        question = at(described("mum drinking more and more, no bruises"))
        assert offering(DRINKING, described("mum drinking more and more, no bruises"))
        assert "“no bruises”" in question.help
        assert "Set apart, as not so" in question.help
        assert not any("bruises" in choice.hint for choice in question.choices)
        nothing = at(described("no bruises"))
        assert nothing.words.startswith("Nothing here fits a sign.")
        assert "“no bruises”" in nothing.help, "also where nothing is offered"

    def test_what_somebody_wrote_is_quoted_no_longer_than_a_line_or_two(self) -> None:
        question = at(described("mum drinking more in the kitchen with her sister " * 20))
        hints = [choice.hint for choice in question.choices if choice.hint]
        assert hints
        assert max(map(len, hints)) < 300
        assert all(hint.endswith("…”") for hint in hints), hints

    def test_a_concern_leads_to_its_signs_the_best_fitting_first_and_the_gravest_among_them(self) -> None:
        question = at(described("mum drinking more and more", DRINKING_PICKED))
        signs = [choice.value for choice in question.choices if choice.value not in questions.WAYS]
        ladder = next(one for one in RULEBOOK.ladders if one.id == "parental-substance-use")
        assert signs[0] == DRINKING == question.start[0]
        assert {*signs} == {*ladder.rungs}, "the gravest is among them"
        assert (question.words, question.help) == (ladder.title, "Which of these fits best?")
        said = [choice.words.removeprefix("Milder: ") for choice in question.choices[:-1]]
        assert said == [RULEBOOK.indicator[id_].wording for id_ in signs], "by their words, and never by a level"

    def test_the_words_typed_are_not_kept(self) -> None:
        session = described("mum drinking zzyzx")
        assert "zzyzx" not in repr(session)

    def test_a_chosen_rung_replaces_the_one_found(self) -> None:
        session = described("mum drinking more and more", DRINKING_PICKED)
        assert at(session).id == "rungs"
        assert at(session).start == (DRINKING,)
        graver = at(session).choices[-2].value
        session = session.answer(graver).answer("present")
        assert session.record.indicators.present == (graver,)

    def test_none_of_these_leads_back_to_the_start_of_a_search(self) -> None:
        assert at(described("mum drinking more and more", DRINKING_PICKED, "+none")).id == "concerns"
        assert at(told(*CALM, "+words").answer()).id == "concerns"
        assert at(told(*CALM, "+list", "+none")).id == "concerns"
        assert at(told(*CALM, "+list", "health", "+none")).id == "concerns"

    @pytest.mark.parametrize(
        "words", ["+done", "+none", "+words", "+list", "+out", "+skip", "+stop", "lack-of-food", "1"]
    )
    def test_whatever_is_typed_is_words_to_look_by_and_no_choice(self, words: str) -> None:
        question = at(described(words))
        assert question.id == "found"
        assert [one.value for one in question.choices[-2:]] == ["+words", "+list"]

    def test_that_is_all_stands_in_the_same_place_whatever_was_recorded(self) -> None:
        places = [[choice.value for choice in questions.menu(recorded).choices] for recorded in (0, 1, 5)]
        assert places == [["+words", "+list", "+done"]] * 3

    def test_where_nothing_is_found_it_does_not_mean_no_concern(self) -> None:
        question = at(described("qqqqq"))
        assert question.words == "Nothing here fits a sign. That does not mean there is no need."
        assert at(described("qqqqq", "+list")).id == "lists"

    def test_every_concern_can_be_reached_from_the_lists(self) -> None:
        reached = set[str]()
        for list_ in questions.lists(RULEBOOK).choices[:-1]:
            entries = questions.list_of(list_.value, RULEBOOK).choices[:-1]
            assert entries
            for entry in entries:
                reached.update(questions.rungs_of(entry.value, RULEBOOK))
        assert reached == {indicator.id for indicator in RULEBOOK.indicators if indicator.recordable}

    @pytest.mark.parametrize("mark", ["present", "absent", "not-known"])
    def test_a_concern_is_so_not_so_or_not_known(self, mark: str) -> None:
        marks = with_concern(DRINKING, mark).record.indicators
        assert getattr(marks, mark.replace("-", "_")) == (DRINKING,)

    def test_a_concern_can_be_left_out_and_as_many_added_as_wanted(self) -> None:
        assert not with_concern(DRINKING, "+out").marks
        session = with_concern("lack-of-food", session=with_concern(DRINKING))
        assert session.record.indicators.present == (DRINKING, "lack-of-food")
        assert "Recorded so far: 2." in at(session).help


class TestSeveral:
    def test_several_concerns_of_one_list_are_marked_one_after_another(self) -> None:
        session = described("mum drinking more and more, lack of food")
        first, second = (offering(id_, session) for id_ in (DRINKING, "lack-of-food"))
        session = session.answer(first, second)
        assert at(session).start == (DRINKING,)
        session = session.answer("+none")
        assert at(session).start == ("lack-of-food",), "what does not fit is left out, and the next one is asked"
        session = session.answer("lack-of-food").answer("present")
        assert session.marks == {"lack-of-food": "present"}
        assert at(session).id == "concerns"

    def test_together_no_degree_is_guessed(self) -> None:
        found = replace(described("mum drinking more and more"), together=True)
        found = found.answer(DRINKING_PICKED)
        assert not found.answer(f"mark/{DRINKING_PICKED}=present").marks
        assert found.answer(f"rungs/{DRINKING_PICKED}={DRINKING}", f"mark/{DRINKING_PICKED}=present").marks == {
            DRINKING: "present"
        }

    def test_a_way_elsewhere_cannot_be_chosen_with_a_concern(self) -> None:
        with pytest.raises(ValueError, match="does not answer"):
            described("mum drinking more and more").answer(DRINKING_PICKED, "+words")

    def test_a_list_takes_at_least_one(self) -> None:
        with pytest.raises(ValueError, match="does not answer"):
            described("mum drinking more and more").answer()


class TestSituation:
    @given(
        st.sampled_from([indicator.id for indicator in RULEBOOK.indicators if indicator.recordable]),
        st.lists(st.sampled_from(["no", "not-known"]), min_size=3, max_size=3),
        st.sampled_from(["present", "not-known"]),
    )
    def test_just_the_questions_that_matter_are_asked(self, id_: str, first: list[str], mark: str) -> None:
        session = Session(
            RULEBOOK,
            situation=dict(zip(FIRST, first, strict=True)),
            marks={id_: mark},
            settled=frozenset({"concerns", "age_band", "circumstances"}),
        )
        while at(session).id.startswith("follow_up/"):
            session = session.answer("no")
        asked = set[str]()
        while (question := at(session)).id.startswith("situation/"):
            field = RULEBOOK.field[question.id.removeprefix("situation/")]
            outcomes = set()
            for answer in field.values:
                record = replace(session.record, situation={**session.situation, field.id: answer})
                suggestion = assess(record, RULEBOOK)
                steps = tuple((step.code, step.text, step.when) for step in suggestion.actions)
                outcomes.add((suggestion.level, suggestion.urgency, steps))
            assert len(outcomes) > 1, f"{field.id} is asked and changes nothing"
            asked.add(field.id)
            session = session.answer(question.choices[-1].value)
        for field in RULEBOOK.situation:
            if field.id not in asked and not field.ask_first:
                assert not matters(field, session.record, RULEBOOK), f"{field.id} would matter and is not asked"

    def test_a_strength_needs_fewer_questions_than_a_grave_concern(self) -> None:
        strength = next(one.id for one in RULEBOOK.indicators if one.level == 1 and one.recordable)
        asked = []
        for id_ in (strength, "abuse-or-neglect"):
            session = Session(RULEBOOK, situation=dict.fromkeys(FIRST, "no"), marks={id_: "present"})
            asked.append({field.id for field in RULEBOOK.situation if matters(field, session.record, RULEBOOK)})
        assert asked[0] < asked[1]

    def test_the_rest_can_be_skipped_and_ones_own_level_is_asked_only_where_wanted(self) -> None:
        session = to_the_check(told(*CALM))
        assert session.record.child.age_band is None
        assert session.record.circumstances == ()
        assert "own_level" not in session.settled
        first = to_the_check(told(*CALM, commit_first=True))
        assert "own_level" in first.settled
        assert first.record.judgement is None

    def test_age_circumstances_and_own_level_are_taken(self) -> None:
        session = told(*CALM, "+done", commit_first=True).answer("5-9").answer("young-carer", "unborn")
        while at(session).id.startswith("situation/"):
            session = session.answer(at(session).choices[0].value)
        session = session.answer("3")
        assert session.record.child.age_band == "5-9"
        assert session.record.circumstances == ("young-carer", "unborn")
        assert session.record.judgement is not None
        assert session.record.judgement.level == 3

    @pytest.mark.parametrize("id_", [field.id for field in RULEBOOK.situation if not field.ask_first])
    def test_a_question_that_is_not_asked_first_can_be_skipped_and_records_its_default(self, id_: str) -> None:
        default = RULEBOOK.field[id_].values[0]
        asked = Session(RULEBOOK, situation=dict.fromkeys(FIRST, "no"), place=Place("situation", (id_,)))
        skipped = asked.answer()
        assert skipped.situation[id_] == default
        assert assess(skipped.record, RULEBOOK).model_dump() == assess(asked.record, RULEBOOK).model_dump()
        (said,) = (question.said(values) for question, values in skipped.answered() if question.id.endswith(id_))
        assert said == at(asked).skip == default.replace("-", " ").capitalize()
        assert at(skipped).id != f"situation/{id_}", "it is not asked again"

    @pytest.mark.parametrize("id_", FIRST)
    def test_a_question_about_danger_cannot_be_skipped(self, id_: str) -> None:
        with pytest.raises(ValueError, match="does not answer"):
            Session(RULEBOOK, place=Place("situation", (id_,))).answer()


def about_worries(marks: dict[str, str], age_band: str | None = None, together: bool = False) -> Session:
    """Make an interview: nobody is in danger, and all is answered up to the questions about what was seen."""
    return Session(
        RULEBOOK,
        together=together,
        situation=dict.fromkeys(FIRST, "no"),
        marks=marks,
        age_band=age_band,
        settled=frozenset({"concerns", "age_band", "circumstances"}),
    )


HOME_ALONE = {"home-alone-no-serious-risk": "present"}


class TestFollowUps:
    def test_they_come_after_the_concerns_the_age_and_the_circumstances(self) -> None:
        session = with_concern("home-alone-no-serious-risk").answer("+done")
        asked = []
        while not (question := at(session)).id.startswith("situation/"):
            asked.append(question.id)
            session = session.answer()
        assert asked[:2] == ["age_band", "circumstances"]
        assert asked[2:] == [f"follow_up/{id_}" for id_ in asked_of(HOME_ALONE)]

    def test_the_gravest_comes_first_and_at_most_three_are_put(self) -> None:
        assert asked_of(HOME_ALONE) == ["home-alone", "age-of-a-child-left-alone", "home-alone-risk"]
        many = {id_: "present" for id_ in RULEBOOK.position if RULEBOOK.indicator[id_].level == 3}
        assert len(asked_of(many)) == 3

    def test_an_age_that_is_recorded_is_not_asked_for_again(self) -> None:
        assert "age-of-a-child-hurt" in asked_of({"explained-injury-concern": "present"})
        assert asked_of({"explained-injury-concern": "present"}, "under-2") == []

    @pytest.mark.parametrize("answer", ["yes", "no", "not-known"])
    def test_an_answer_is_kept_in_the_record_and_can_be_changed(self, answer: str) -> None:
        session = about_worries({"explained-injury-concern": "present"}).answer(answer)
        assert session.record.follow_ups == {"age-of-a-child-hurt": answer}
        checked = to_the_check(session)
        chosen = "follow_up/age-of-a-child-hurt"
        assert chosen in [choice.value for choice in at(checked).choices]
        assert at(checked.answer(chosen)).start == (answer,)
        assert checked.answer(chosen).answer("not-asked").record.follow_ups == {}

    def test_enter_alone_records_nothing_and_it_is_not_asked_again(self) -> None:
        session = about_worries({"explained-injury-concern": "present"})
        skipped = session.answer()
        assert at(skipped).id != at(session).id
        assert skipped.record.follow_ups == {}
        answered = {question.id: question.said(values) for question, values in skipped.answered()}
        assert answered["follow_up/age-of-a-child-hurt"] == "Not asked"
        shown = [one.id for one in assess(skipped.record, RULEBOOK).first_check]
        assert "age-of-a-child-hurt" in shown, "it stands at the top of the answer"

    def test_danger_found_by_one_is_advised_on_at_once(self) -> None:
        session = about_worries(HOME_ALONE).answer("yes")
        question = at(session)
        assert question.id == "advice"
        assert question.notice is not None
        assert "999" in as_text(question.notice)
        assert at(session.answer("+go-on")).id != "advice"
        again = to_the_check(session.answer("+go-on")).answer("follow_up/home-alone").answer("no")
        assert at(to_the_check(again).answer("follow_up/home-alone").answer("yes")).id == "advice"

    def test_one_that_asks_for_advice_is_no_emergency(self) -> None:
        session = about_worries({"explained-injury-concern": "present"}).answer("yes")
        assert at(session).id.startswith(("follow_up/", "situation/"))
        assert assess(session.record, RULEBOOK).urgency == "prompt"

    def test_together_they_are_put_at_once_and_each_can_be_left_out(self) -> None:
        session = about_worries(HOME_ALONE, together=True)
        question = at(session)
        assert [part.id.partition("/")[2] for part in question.parts] == asked_of(HOME_ALONE)
        assert all(part.skip and not part.start for part in question.parts)
        told_ = session.answer("follow_up/home-alone=no", "follow_up/home-alone-risk=not-known")
        assert told_.record.follow_ups == {"home-alone": "no", "home-alone-risk": "not-known"}
        assert at(told_).id == "last", "they are not asked again"
        assert session.answer().record.follow_ups == {}
        assert at(session.answer("follow_up/home-alone=yes")).id == "advice"

    @pytest.mark.parametrize(
        "chosen",
        [
            ("yes",),
            ("follow_up/home-alone=maybe",),
            ("follow_up/explained-injury=yes",),
            ("follow_up/home-alone=yes", "follow_up/home-alone=no"),
        ],
    )
    def test_what_answers_none_of_them_is_refused(self, chosen: tuple[str, ...]) -> None:
        with pytest.raises(ValueError, match="does not answer"):
            about_worries(HOME_ALONE, together=True).answer(*chosen)

    def test_no_that_it_is_worse_is_not_lost(self) -> None:
        absent = {"home-alone-no-serious-risk": "absent"}
        assert asked_of(absent) == ["home-alone-worse-than-this"]
        steps = assess(about_worries(absent).answer("yes").record, RULEBOOK).actions
        assert "consult-mash-social-worker" in [step.code for step in steps]


def asked_of(marks: dict[str, str], age_band: str | None = None) -> list[str]:
    """Give the follow-up questions that are put, one after another, each answered no."""
    session, asked = about_worries(marks, age_band), []
    while at(session).id.startswith("follow_up/"):
        asked.append(at(session).id.partition("/")[2])
        session = session.answer("no")
    return asked


class TestCheck:
    def test_every_answer_is_shown_and_can_be_changed_to_any_other(self) -> None:
        session = to_the_check(with_concern(DRINKING))
        ids = [choice.value for choice in at(session).choices]
        assert ids[0] == "+done"
        assert {*(f"situation/{id_}" for id_ in FIRST), f"mark/{DRINKING}", "age_band", "concerns"} <= set(ids)
        for id_ in ids[1:]:
            again = session.answer(id_)
            assert at(again).id == id_
            for choice in at(again).choices:
                assert at(again.answer(choice.value)).id

    def test_a_changed_answer_is_the_one_recorded(self) -> None:
        session = to_the_check(with_concern(DRINKING))
        changed = to_the_check(session.answer(f"mark/{DRINKING}").answer("absent"))
        assert changed.record.indicators.absent == (DRINKING,)
        assert not to_the_check(session.answer(f"mark/{DRINKING}").answer("+out")).marks
        aged = to_the_check(session.answer("age_band").answer("5-9"))
        assert aged.record.child.age_band == "5-9"
        assert to_the_check(aged.answer("age_band").answer()).record.child.age_band is None

    def test_a_changed_answer_brings_the_questions_that_then_matter(self) -> None:
        session = to_the_check(with_concern("overweight-or-underweight"))
        assert not session.marks.get("home-alone-no-serious-risk")
        changed = with_concern("home-alone-no-serious-risk", session=session.answer("concerns")).answer("+done")
        assert at(changed).id == "follow_up/home-alone"

    def test_danger_found_at_the_check_is_advised_on_at_once_each_time(self) -> None:
        danger = f"situation/{FIRST[0]}"
        session = to_the_check(told(*CALM)).answer(danger).answer("yes")
        assert at(session).id == "advice"
        session = to_the_check(session.answer("+go-on"))
        session = to_the_check(session.answer(danger).answer("no"))
        assert at(session.answer(danger).answer("yes")).id == "advice"

    def test_a_session_ends_with_a_record_that_can_be_assessed(self) -> None:
        session = to_the_check(with_concern(DRINKING)).answer("+done")
        assert session.question() is None
        assert not session.stopped
        assert assess(session.record, RULEBOOK).level == RULEBOOK.indicator[DRINKING].level


def test_nothing_is_particular_to_one_rulebook() -> None:
    folder = Path(questions.__file__).parent
    words = [field.id for field in RULEBOOK.situation] + [contact.id for contact in RULEBOOK.contacts]
    for path in folder.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not [word for word in words if f'"{word}"' in text], path.name


# Over a pipe.

NOTHING = ["2", "2", "2", "nothing to add", "", "", "no", "no", "1", "not known", "1"]
"""Answers to the whole interview that record no concern, up to the suggestion."""


def piped(*lines: str, options: tuple[str, ...] = ()) -> Result:
    return CliRunner().invoke(main, ["ask", *options], input="".join(f"{line}\n" for line in lines))


def test_over_a_pipe_the_same_questions_are_numbered_lines() -> None:
    result = piped(*NOTHING, "1")
    assert result.exit_code == 0, result.output
    assert "\x1b" not in result.output
    assert max(map(len, result.output.splitlines())) <= 80
    assert result.output.index("Is a child in danger right now?") < result.output.index("What worries you")


def test_over_a_pipe_advice_and_the_question_after_it_fit_on_one_screen() -> None:
    said = piped("1").output
    assert len(said[said.index("Emergency. Call 999 now.") :].splitlines()) <= 24


def test_nothing_recorded_gives_no_level() -> None:
    said = piped(*NOTHING, "1").output
    assert "No level suggested" in said
    assert "Suggested: Level" not in said


def test_over_a_pipe_enter_alone_skips_what_can_be_skipped_and_typed_words_are_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    drinking = [
        "1",
        "+none",
        "try other words",
        "mum drinking more and more, kids left to it",
        "1",
        "1",
    ]
    result = piped("2", "2", "2", *drinking, "", "yes", "3", *[""] * 6, "1", options=("--save", "kept.yaml"))
    assert result.exit_code == 0, result.output
    assert "Type a number. Enter alone: Not asked:" in result.output
    assert "Type a number. Enter alone: Not sought:" in result.output
    mark = result.output.partition("Leave it out")[2].partition("Is there anything else?")[0]
    assert "Type a number from 1 to 4." in mark, "a concern is not so by Enter alone"
    kept = yaml.safe_load((tmp_path / "kept.yaml").read_text(encoding="utf-8"))
    assert kept["indicators"]["present"] == [DRINKING]
    assert kept["situation"]["open_to_social_care"] == "not-asked"
    assert kept["situation"]["consent"] == "not-sought"


def test_over_a_pipe_several_are_chosen_by_numbers_and_a_way_elsewhere_only_by_itself() -> None:
    words = ("1", "mum drinking more and more, lack of food", "1 try other words")
    asked = piped("2", "2", "2", *words).output
    refused = asked.rindex("Type a number from 1 to ")
    assert "1. A parent's alcohol or substance use\n    You wrote: “mum drinking more" in asked, (
        "and what was written"
    )
    elsewhere = asked[refused:].split()[6].rstrip(".")
    said = piped("2", "2", "2", *words, f"1 {elsewhere}", "1 2", "1", "1", "1", "1").output
    assert "Choose what fits, or one of the other ways to go on, but not both." in said
    assert "Recorded so far: 2." in said


def test_more_words_than_can_be_read_are_refused_and_asked_for_again() -> None:
    """Their end is not left out: what matters most may stand there."""
    story = "she came to school " * 600 + "and lack of food"
    result = piped("2", "2", "2", "1", story, "lack of food")
    assert result.exit_code == 1, "the input ends there"
    refused, found = (part for part in result.output.split("Say it in a few words")[1:])
    assert (
        "This text is longer than 10,000 characters. Take out what does not matter, or send it in parts." in refused
    )
    assert "Which is nearest" not in refused
    assert "You wrote: “lack of food”\n" in found


def test_a_line_that_is_no_answer_is_asked_again() -> None:
    said = piped("maybe", "0", "9", "1 2", "²", "", "2").output
    assert said.count("Type a number from 1 to 3.") == 6
    assert "Does the child need urgent medical help?" in said


def test_input_that_is_no_text_does_no_harm() -> None:
    result = CliRunner().invoke(main, ["ask"], input=b"\xff\xfe\x00\n2\n")
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert "Does the child need urgent medical help?" in result.output


@pytest.mark.parametrize("count", range(len(NOTHING) + 1))
def test_the_end_of_input_leaves_nothing_behind(
    count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = piped(*NOTHING[:count])
    assert result.exit_code == 1
    assert result.stderr.strip() == "Stopped. Nothing was kept."
    assert not list(tmp_path.iterdir())


def test_more_is_shown_on_request_and_only_once() -> None:
    result = piped(*NOTHING, "3", "1")
    assert result.exit_code == 0
    assert "What would change this" in result.output
    assert result.output.count("Show more") == 1


@pytest.mark.parametrize("options", [(), ("--save", "kept.yaml")])
def test_a_saved_record_gives_the_same_suggestion(
    options: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    concern = ["1", "mum drinking more and more, kids left to it", "1", "1", "yes", "3"]
    rest = ["5 to 9", "3, 7", "no", "no", "given", "safe", "3", "1"]
    lines = ["2", "2", "2", *concern, *rest, *([] if options else ["2", "kept.yaml"])]
    result = piped(*lines, options=(*options, "--commit-first"))
    assert result.exit_code == 0, result.output
    kept = yaml.safe_load((tmp_path / "kept.yaml").read_text(encoding="utf-8"))
    assert kept["indicators"]["present"] == [DRINKING]
    assert kept["child"]["age_band"] == "5-9"
    assert kept["judgement"]["level"] == 3
    assert len(kept["circumstances"]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["kept.yaml"]
    assert "drinking more and more" not in (tmp_path / "kept.yaml").read_text(encoding="utf-8")
    again = CliRunner().invoke(main, ["assess", "kept.yaml"]).output.split("Add --more")[0].strip()
    assert "To answer what to check first" not in again
    assert again in result.output


def test_another_file_is_replaced_only_after_a_yes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    assert piped(*NOTHING, options=("--save", "mine")).exit_code == 1
    assert piped(*NOTHING, "1", "", options=("--save", "mine")).exit_code == 0
    assert (tmp_path / "mine").read_text(encoding="utf-8") == "mine"
    assert "Saved in mine." in piped(*NOTHING, "2", options=("--save", "mine")).output
    assert "situation:" in (tmp_path / "mine").read_text(encoding="utf-8")


@pytest.mark.long
def test_a_file_may_be_called_as_a_menus_choice_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    person = Person(tmp_path).calms().reads("Nothing to add").types("3\r")
    for words, last_line in OPTIONAL:
        if "which level" not in words:
            person.reads(words).reads(last_line).types("\r")
    person.reads_on("No level suggested").types("2\r").reads("What should the file be called?").reads(">")
    assert "Saved in +skip." in person.types("+skip\r").left()[0]
    assert (tmp_path / "+skip").is_file()


def test_a_file_that_cannot_be_written_is_said_and_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("no/such/folder.yaml", "n" * 300, "a\0b"):
        result = piped(*NOTHING, "2", name, "ok.yaml")
        assert result.exit_code == 0, result.output
        assert "cannot be written" in result.output
        (tmp_path / "ok.yaml").unlink()
    for folder in ("no/such/folder.yaml", ".", ""):
        assert piped(options=("--save", folder)).exit_code == 2


def test_without_questionary_the_questions_are_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("sys.stdout", Terminal())
    for name, value in (("TERM", "xterm"), ("COLUMNS", "80"), ("LINES", "24")):
        monkeypatch.setenv(name, value)
    assert not isinstance(asker(plain=False), Plain)
    assert isinstance(asker(plain=True), Plain)
    monkeypatch.setattr("rhrt_cli.asking.find_spec", lambda _: None)
    assert isinstance(asker(plain=False), Plain)


SMALL = [("COLUMNS", "79"), ("LINES", "23"), ("TERM", "dumb")]


@pytest.mark.parametrize("environment", the_rest_long(SMALL, SMALL[0]), ids="-".join)
def test_a_terminal_that_menus_do_not_fit_is_asked_in_plain_lines(
    environment: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Person, "environment", dict([environment]))
    person = Person(tmp_path).reads("Type a number: ").types(INTERRUPT)
    assert person.left()[1] == 130


# In a terminal.

WAIT = 120
UP, DOWN, END_OF_INPUT, INTERRUPT = "\x1b[A", "\x1b[B", "\x04", "\x03"


class _Onto:
    """A log that draws what is written on a screen."""

    def __init__(self, stream: pyte.Stream) -> None:
        self.write = stream.feed

    def flush(self) -> None:
        """Nothing waits to be drawn."""


class Person:
    """Somebody at a terminal of 80 columns and 24 lines, who reads a question before answering it."""

    environment: ClassVar[dict[str, str]] = {"COLUMNS": "80", "LINES": "24"}

    def __init__(self, folder: Path, *options: str) -> None:
        environment = {**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", "PYTHONUNBUFFERED": "1"}
        environment |= self.environment
        command = ["-c", "from rhrt_cli.main import main; main()", "ask", *options]
        self.terminal = pexpect.spawn(
            sys.executable,
            command,
            cwd=folder,
            env=environment,
            timeout=WAIT,
            dimensions=(24, 80),
            encoding="utf-8",
        )
        self.terminal.delaybeforesend = None
        self.screen = pyte.Screen(80, 24)
        self.terminal.logfile_read = _Onto(pyte.Stream(self.screen))

    def reads(self, words: str) -> Person:
        """Wait for words: before keys are sent, for the last line of the menu or prompt that they are for."""
        self.terminal.expect_exact(words)
        return self

    def types(self, keys: str) -> Person:
        self.terminal.send(keys)
        return self

    def reads_on(self, *words: str) -> Person:
        """Wait for words and go on by a key, screen by screen, until asked what now."""
        for word in words:
            while self.terminal.expect_exact([word, "Any key to go on."]):
                self.types(" ")
        while self.terminal.expect_exact(["What now?", "Any key to go on."]):
            self.types(" ")
        return self.reads("Show more")

    def left(self) -> tuple[str, int | None, int | None]:
        """Read to the end; give what was read, the exit code, and the signal that ended it."""
        said = self.terminal.read()
        self.terminal.close()
        return said, self.terminal.exitstatus, self.terminal.signalstatus

    def calms(self) -> Person:
        """Say that nobody is in danger."""
        for words in ("in danger right now?", "urgent medical help?", "harm?"):
            self.reads(words).reads("3) Not known").types("2\r")
        return self

    def finds(self, words: str) -> Person:
        return self.reads("Describe it in a few words").types("\r").reads("Enter alone").types(f"{words}\r")


def test_in_a_terminal_from_danger_to_suggestion(tmp_path: Path) -> None:
    person = Person(tmp_path).calms().finds("mum drinking more and more, kids left to it")
    person.reads("Which is nearest").reads("Choose from a list").types("\r")
    person.reads("Which of these fits best?").reads("None of these").types("\r")
    person.reads("Leave it out").types("1\r").reads("Recorded so far: 1").reads("No, that is all").types("3\r")
    person.reads("How old is the child?").reads("Not given").types("4\r")
    person.reads("Are any of these true").reads("Long stay").types(f"{DOWN}{DOWN} \r")
    person.reads("open to children's social care?").reads("3) Not known").types("2\r")
    person.reads("outside office hours?").reads("3) Not asked").types("2\r")
    person.reads("agreed to this?").reads("Not applicable").types("2\r")
    person.reads("safe to tell the parents or carers?").reads("Not applicable").types("1\r")
    person.reads("Check your answers").reads("Add another worry").types("1\r")
    person.reads_on("Suggested: Level 3, Intensive", "What to do next")
    said, code, _ = person.types("1\r").left()
    assert code == 0
    assert "Traceback" not in said
    assert not list(tmp_path.iterdir())


@pytest.mark.long
def test_in_a_terminal_an_answer_can_be_changed_and_the_record_saved(tmp_path: Path) -> None:
    person = Person(tmp_path, "--commit-first").calms()
    person.reads("Nothing to add").types("3\r")
    person.reads("How old").reads("Not given").types("9\r").reads("Are any of these").reads("Long stay").types("\r")
    person.reads("open to children's social care?").reads("3) Not known").types("2\r")
    person.reads("outside office hours?").reads("3) Not asked").types("3\r")
    person.reads("agreed to this?").reads("Not applicable").types("2\r")
    person.reads("safe to tell the parents or carers?").reads("Not applicable").types("1\r")
    person.reads("which level would you give?").reads("rather not say").types("2\r")
    person.reads("Check your answers").reads("Add another worry").types("4\r")
    person.reads("harm?").reads("3) Not known").types("1\r")
    person.reads("MASH").reads("Go on").types("2\r")
    person.reads("Check your answers").reads("harm? Yes").reads("Add another worry").types("1\r")
    person.reads_on("Suggested: Level 4", "You judged this to be Level 2")
    person.types("2\r").reads("What should the file be called?").reads(">").types("kept.yaml\r").reads("Saved in")
    assert person.left()[1] == 0
    kept = yaml.safe_load((tmp_path / "kept.yaml").read_text(encoding="utf-8"))
    assert kept["situation"]["suspected_significant_harm"] == "yes"
    assert kept["judgement"]["level"] == 2


ENTER_ALONE = (
    ("What is it about?", "None of these"),
    ("Which is nearest", "None of these"),
    ("Which of these fits best?", "None of these"),
    ("Yes: you saw it, or were told.", "Leave it out"),
)
"""Each menu after the choice of a list, and the last line of it."""

OPTIONAL = (
    ("How old is the child?", "9) Not given"),
    ("Are any of these true", "Long stay"),
    ("open to children's social care?", "4) Not asked"),
    ("outside office hours?", "3) Not asked"),
    ("agreed to this?", "Not applicable"),
    ("safe to tell the parents or carers?", "Not applicable"),
    ("which level would you give?", "5) I would rather not say"),
    ("Check your answers", "Add another worry"),
)
"""Each question that can be skipped, and the last line of it."""


@pytest.mark.long
def test_in_a_terminal_enter_alone_says_yes_to_no_concern_and_skips_what_can_be_skipped(tmp_path: Path) -> None:
    person = Person(tmp_path, "--save", "kept.yaml", "--commit-first").calms()
    person.reads("Nothing to add").types("2\r")
    for question, last_line in ENTER_ALONE:
        person.reads(question).reads(last_line).types("\r")
    person.reads("Recorded so far: 1.").reads("3) No, that is all").types("3\r")
    for question, last_line in OPTIONAL:
        person.reads(question).reads(last_line).types("\r")
    while person.terminal.expect_exact(["Saved in", "Any key to go on."]):
        person.types(" ")
    assert person.left()[1] == 0
    kept = yaml.safe_load((tmp_path / "kept.yaml").read_text(encoding="utf-8"))
    assert kept["indicators"]["present"] == kept["indicators"]["absent"] == kept["circumstances"] == []
    assert len(kept["indicators"]["not_known"]) == 1
    skipped = {field.id: field.values[0] for field in RULEBOOK.situation}
    assert kept["situation"] == skipped | dict.fromkeys(FIRST, "no")
    assert kept["child"] == {"age_band": None}
    assert "judgement" not in kept


def test_in_a_terminal_an_emergency_is_answered_on_one_screen_and_the_rest_is_optional(tmp_path: Path) -> None:
    person = Person(tmp_path).reads("in danger right now?").reads("3) Not known").types("1\r")
    person.reads("The rest is optional.").reads("2) Go on")
    screen = [line.rstrip() for line in person.screen.display]
    for words in (
        "Emergency. Call 999 now.",
        " 1. Make sure the police have been called on 999.",
        " » 1) Stop here",
    ):
        assert words in screen, screen
    said, code, _ = person.types("1\r").left()
    assert code == 0
    assert "Stopped here" in said
    again = Person(tmp_path).reads("in danger right now?").reads("3) Not known").types("1\r")
    again.reads("The rest is optional.").reads("Go on").types("2\r").reads("urgent medical help?")
    again.reads("3) Not known").types(INTERRUPT)
    assert again.left()[1] == 130


@pytest.mark.long
def test_in_a_terminal_space_chooses_several_and_a_way_elsewhere_counts_only_by_itself(tmp_path: Path) -> None:
    person = Person(tmp_path).calms().finds("mum drinking more and more, lack of food")
    person.reads("You wrote: “mum drinking more").reads("You wrote: “lack of food”").reads("Choose from a list")
    person.types(f" {DOWN} {UP}{UP} \r")
    for _ in range(2):
        person.reads("Which of these fits best?").reads("None of these").types("\r")
        person.reads("Leave it out").types("1\r")
    person.reads("Recorded so far: 2").types(INTERRUPT)
    assert person.left()[1] == 130


def test_in_a_terminal_nothing_recorded_gives_no_level(tmp_path: Path) -> None:
    person = Person(tmp_path, "--plain")
    for line in NOTHING:
        person.reads("Type ").reads(": ").types(f"{line}\n")
    person.reads("No level suggested").reads("What now?").reads("Type a number: ").types("1\n")
    said, code, _ = person.left()
    assert code == 0
    assert "Level 1" not in said


@pytest.mark.parametrize("plain", the_rest_long([False, True], False))
@pytest.mark.parametrize("keys", the_rest_long([INTERRUPT, END_OF_INPUT], INTERRUPT))
@pytest.mark.parametrize("deep", the_rest_long([False, True], True))
def test_to_stop_in_a_terminal_leaves_nothing_behind(tmp_path: Path, plain: bool, keys: str, deep: bool) -> None:
    person = Person(tmp_path, "--save", "kept.yaml", *(["--plain"] if plain else []))
    if plain:
        for _ in range(3 if deep else 0):
            person.reads("Type a number: ").types("2\n")
        person.reads("Nothing to add" if deep else "Not known").reads("Type a number: ").types(
            "1\n" if deep else ""
        )
        if deep:
            person.reads("Enter alone").reads(": ")
    elif deep:
        person.calms().reads("Nothing to add").types("\r").reads("Enter alone").reads(">")
    else:
        person.reads("in danger right now?").reads("3) Not known")
    said, code, ended_by = person.types(keys).left()
    assert (code, ended_by) == (130 if keys == INTERRUPT else 1, None)
    assert "Stopped. Nothing was kept." in said
    assert "Traceback" not in said
    assert not list(tmp_path.iterdir())


def test_an_interrupt_from_outside_stops_a_menu_too(tmp_path: Path) -> None:
    person = Person(tmp_path).reads("in danger right now?").reads("3) Not known")
    person.terminal.kill(signal.SIGINT)
    assert person.left()[1] == 130


def test_what_was_picked_stands_first_among_its_degrees_and_a_milder_one_says_so() -> None:
    picked = "parental-substance-escalating"
    degrees = questions.rungs_of(picked, RULEBOOK)
    asked = questions.rungs(degrees, picked, RULEBOOK)
    level = RULEBOOK.indicator[picked].level
    assert asked.choices[0].value == picked
    assert asked.choices[0].words == RULEBOOK.indicator[picked].wording
    said = {one.value: one.words.startswith("Milder: ") for one in asked.choices if one.value in degrees}
    assert said == {id_: RULEBOOK.indicator[id_].level < level for id_ in degrees}
    assert {*said.values()} == {True, False}


def test_the_last_urgency_is_never_advised_on_at_once_however_few_there_are() -> None:
    first, *_, last = RULEBOOK.urgencies
    two = replace(RULEBOOK, urgencies=(first, last))
    said = {answer: alarms(Record(situation={"immediate_danger": answer}), two) for answer in ("yes", "no")}
    assert said == {"yes": {"immediate_danger"}, "no": frozenset()}

"""What the scripts answer to the prompt for forms is what the service answers, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import to_json

from rhrt import Record, Rulebook, assess, load_rulebook
from rhrt.browser.said import said_data
from rhrt.faults import NotWhole
from rhrt.present.outline import WORDS, outline
from rhrt.record import Marks, OwnJudgement
from rhrt.rulebook.kinds import FOLLOW_UP_ANSWERS, Case
from rhrt.steward.cases import Example, read_examples
from rhrt.testing.strategies import records, rulebooks
from rhrt.web.api.assessments import _in_words
from tests.browser.hosting import MARRAM
from tests.browser.prompting import Prompting, expected, first_difference, prompting, served
from tests.conftest import RULEBOOK_FOLDER, the_rest_long, tries, whole

FOLDERS = {folder.name: folder for folder in (RULEBOOK_FOLDER, MARRAM)}
RULEBOOKS = {name: load_rulebook(folder) for name, folder in FOLDERS.items()}
CASES = [
    (name, path.name) for name, folder in FOLDERS.items() for path in sorted((folder / "cases").glob("*.yaml"))
]
EXAMPLES = [(name, example) for name, folder in FOLDERS.items() for example in read_examples(folder / "cases")]


@pytest.fixture(scope="module")
def node() -> Iterator[Prompting]:
    with prompting() as running:
        yield running


def holds(node: Prompting, record: Record, rulebook: Rulebook) -> None:
    """Hold the scripts' answer against the service's."""
    written = json.loads(to_json(record))
    assert first_difference(node.prompted(written, rulebook), served(record, rulebook)) is None, written


def variants(record: Record, rulebook: Rulebook) -> Iterator[Record]:
    """Give a record, and what it could be with one thing changed that is said in another way."""
    yield record
    for field in rulebook.situation:
        if field.ask_first or field.id == "out_of_hours":
            yield from (replace(record, situation={**record.situation, field.id: own}) for own in field.values)
    for level in rulebook.level:
        reason = rulebook.difference.reasons[level % len(rulebook.difference.reasons)].id
        yield replace(record, judgement=OwnJudgement(level=level, reason=reason))
    for asked in assess(record, rulebook).first_check:
        answers = ({**record.follow_ups, asked.id: own} for own in FOLLOW_UP_ANSWERS)
        yield from (replace(record, follow_ups=own) for own in answers)
    marks = record.indicators
    yield replace(record, indicators=Marks(not_known=(*marks.present, *marks.not_known)))
    yield replace(record, circumstances=tuple(one.id for one in rulebook.circumstances))
    yield replace(record, indicators=Marks(), follow_ups={})


def of_case(name: str, file: str) -> list[Example]:
    return [example for rulebook, example in EXAMPLES if (rulebook, Path(example.file).name) == (name, file)]


@pytest.mark.parametrize("case", the_rest_long(CASES, *CASES[::10]), ids="/".join)
def test_every_worked_case_with_each_change_and_its_variants_is_answered_the_same(
    node: Prompting, case: tuple[str, str]
) -> None:
    rulebook = RULEBOOKS[case[0]]
    told, *changed = [example.record for example in of_case(*case)]
    for record in (*variants(told, rulebook), *changed):
        holds(node, record, rulebook)


@pytest.mark.parametrize("step", the_rest_long([1, 7], 7), ids="one in {}".format)
@pytest.mark.parametrize("name", RULEBOOKS)
def test_nothing_recorded_each_sign_alone_under_each_mark_and_each_follow_up_answer_are_answered_the_same(
    node: Prompting, name: str, step: int
) -> None:
    rulebook = RULEBOOKS[name]
    holds(node, Record(), rulebook)
    for id_ in [*rulebook.position][::step]:
        for mark in ("present", "absent", "not_known"):
            holds(node, Record(indicators=Marks(**{mark: (id_,)})), rulebook)
    for id_ in rulebook.follow_up:
        for own in FOLLOW_UP_ANSWERS:
            holds(node, Record(follow_ups={id_: own}), rulebook)


@pytest.mark.parametrize("name", RULEBOOKS)
@tries(400)
@given(data=st.data())
def test_any_record_is_answered_the_same(node: Prompting, name: str, data: st.DataObject) -> None:
    rulebook = RULEBOOKS[name]
    record = data.draw(records(rulebook))
    assert first_difference(node.prompted(record, rulebook), expected(record, rulebook)) is None


TEXTS = (
    "Do it.", "Do not tell the family. Never do it alone.", "Ring the desk. Then wait.", "Do not wait to ring.",
    "Really? Look at $& and {level}.", "Go today!", "Ask before you go. At once...", "Do not ring the desk today.",
)  # fmt: skip
WHENS = (None, "Before you go", "Before noon", "Today", "At once", "Éire, $1", "today", "Now, or Before noon")
NAMES = ("The desk", "The children’s desk (DESK)", "A $& [B] (C) {whom}", "Desk")
WHO = ("You", "You", "A manager", "Your lead")


def reworded(rulebook: Rulebook, draw: Callable[[st.SearchStrategy[Any]], Any]) -> Rulebook:
    """Give a rulebook with other words in what is to be done, and other names of whom to ring."""

    def case(one: Case) -> Case:
        return replace(one, text=draw(st.sampled_from(TEXTS)), by_when=draw(st.sampled_from(WHENS)))

    actions = [
        replace(one, who=draw(st.sampled_from(WHO)), cases=tuple(map(case, one.cases))) for one in rulebook.actions
    ]
    contacts = [replace(one, name=draw(st.sampled_from(NAMES))) for one in rulebook.contacts]
    return replace(rulebook, actions=tuple(actions), contacts=tuple(contacts))


@tries(400)
@given(made=rulebooks(), data=st.data())
def test_a_record_of_any_rulebook_is_answered_the_same(
    node: Prompting, made: Rulebook, data: st.DataObject
) -> None:
    rulebook = reworded(data.draw(st.sampled_from([whole(made), made])), data.draw)
    record = data.draw(records(rulebook))
    try:
        wanted = expected(record, rulebook)
    except NotWhole:
        return
    assert first_difference(node.prompted(record, rulebook), wanted) is None


@pytest.mark.parametrize("name", RULEBOOKS)
@pytest.mark.parametrize("today", [date(2020, 1, 1), date(2022, 9, 1), date(2022, 10, 1), date(2031, 1, 1)])
def test_a_screen_says_on_each_day_what_the_service_says_of_the_review(
    node: Prompting, name: str, today: date
) -> None:
    rulebook = RULEBOOKS[name]
    suggestion = assess(Record(), rulebook)
    node.take(rulebook)
    asked = {"document": suggestion.model_dump(mode="json"), "today": today.isoformat()}
    for more in (False, True):
        given = node.ask("outline", {**asked, "more": more})
        wanted = to_json(_in_words(outline(suggestion, more, today))).decode()
        assert first_difference(given, wanted) is None


@pytest.mark.parametrize("name", RULEBOOKS)
def test_a_form_knows_of_the_rulebook_what_the_service_says(node: Prompting, name: str) -> None:
    node.take(RULEBOOKS[name])
    assert node.ask("described") == to_json(said_data(RULEBOOKS[name])["described"]).decode()


def test_what_was_tried_to_see_which_questions_matter_is_not_tried_again(node: Prompting) -> None:
    (_, example), rulebook = EXAMPLES[0], RULEBOOKS[RULEBOOK_FOLDER.name]
    record = json.loads(to_json(example.record))
    node.take(RULEBOOKS[MARRAM.name])
    first, again = tried(node, record, rulebook), tried(node, record, rulebook)
    assert first
    assert again == []


def tried(node: Prompting, record: Any, rulebook: Rulebook) -> list[Record]:
    """Give the records whose documents the scripts asked for to answer one."""
    node.tried.clear()
    node.prompted(record, rulebook)
    return [*node.tried]


def test_the_scripts_can_fill_in_every_sentence() -> None:
    for sentences in WORDS.values():
        for sentence in sentences.values():
            for _, name, form, conversion in Formatter().parse(sentence):
                assert name is None or name.isidentifier(), sentence
                assert not conversion, sentence
                assert not form or (form[0] == "." and form[1:].isdigit()), sentence


def test_the_data_is_the_same_whenever_it_is_made() -> None:
    first, second = (json.dumps(said_data(load_rulebook(RULEBOOK_FOLDER)), ensure_ascii=False) for _ in range(2))
    assert first == second

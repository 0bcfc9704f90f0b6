"""Every situation is found: none is missed, none that cannot be is made up."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import get_args

import pytest
from hypothesis import given, settings

from rhrt import Record, Rulebook, assess
from rhrt.rulebook.conditions import wanted_in
from rhrt.rulebook.model import Mark
from rhrt.rulebook.sets import SituationSets
from rhrt.rulebook.situations import NOTHING, Marks, Signs, Situations, in_words
from rhrt.testing.strategies import rulebooks
from tests.conftest import TIMES

pytestmark = pytest.mark.no_cover  # long, and other tests reach these lines


def every_signs(situations: Situations) -> set[Signs]:
    """Try every way of marking every indicator, one record at a time."""
    found = set()
    for marks in product((None, *get_args(Mark)), repeat=len(situations.ids)):
        signs = NOTHING
        for id_, mark in zip(situations.ids, marks, strict=True):
            signs = signs if mark is None else signs.joined(situations.signs_of(id_, mark))
        found.add(signs)
    return found


@settings(max_examples=100 * TIMES)
@given(rulebooks())
def test_what_marks_come_to_is_exactly_what_some_record_comes_to(rulebook: Rulebook) -> None:
    few = replace(rulebook, indicators=rulebook.indicators[:5])
    situations = Situations(few)
    assert set(situations.marks) == every_signs(situations)


@settings(max_examples=100 * TIMES)
@given(rulebooks())
def test_the_fewest_marks_come_to_what_they_are_said_to(rulebook: Rulebook) -> None:
    situations = Situations(rulebook)
    for signs, marks in situations.marks.items():
        assert len({id_ for id_, _ in marks}) == len(marks), "no indicator is marked twice"
        assert joined(situations, marks) == signs


def joined(situations: Situations, marks: Marks) -> Signs:
    signs = NOTHING
    for id_, mark in marks:
        signs = signs.joined(situations.signs_of(id_, mark))
    return signs


@settings(max_examples=30 * TIMES)
@given(rulebooks())
def test_assess_suggests_what_was_worked_out_for_each_situation(rulebook: Rulebook) -> None:
    situations = Situations(rulebook)
    for situation in situations.each[:: max(1, len(situations.each) // 40)]:
        suggestion = assess(Record.model_validate(situations.record(situation)), rulebook)
        assert suggestion.level == (situation.level or None)
        assert (suggestion.route or "none") == situation.fact["route"]
        assert suggestion.urgency == situation.fact["urgency"]
        assert [f"{step.rule}/{step.case}" for step in suggestion.actions] == [*situation.steps.values()]


@settings(max_examples=50 * TIMES)
@given(rulebooks())
def test_answers_of_one_kind_give_the_same(rulebook: Rulebook) -> None:
    situations = Situations(rulebook)
    for place, kinds in enumerate(situations.kinds):
        for kind in kinds:
            made = []
            for value in kind:
                defaults = rulebook.defaults
                answers = (*defaults[:place], value, *defaults[place + 1 :])
                made.append([situations.situation(signs, answers).rules for signs in situations.marks])
            assert made.count(made[0]) == len(made)


def test_herefordshire_has_196608_situations_of_36864_kinds(rulebook: Rulebook) -> None:
    situations = Situations(rulebook)
    assert situations.stood_for == 16 * 4 * 4 * 4 * 4 * 2 * 6 * 4 == 196_608
    assert len(situations.each) == 36_864
    assert sum(map(situations.stands_for, situations.each)) == 196_608


def test_a_smallest_record_is_said_in_words(rulebook: Rulebook) -> None:
    situations = Situations(rulebook)
    assert in_words(situations.record(situations.smallest_first[0])) == "nothing is recorded"
    record = {"indicators": {"not_known": ["abuse-or-neglect"]}, "situation": {"consent": "refused"}}
    assert in_words(record) == "abuse-or-neglect is not known, consent is refused"


def test_sets_hold_the_situations_they_say(rulebook: Rulebook) -> None:
    situations = Situations(rulebook)
    sets = SituationSets(situations)
    when = wanted_in([{"level": 4, "grave": "yes"}, {"unsafe": "yes"}], 4)
    expected = [
        (one.level == 4 and one.fact["grave"] == "yes") or one.fact["unsafe"] == "yes" for one in sets.listed
    ]
    found = sets.meeting(when)
    assert [bool(found >> place & 1) for place in range(len(sets.listed))] == expected
    first = sets.first(found)
    assert first is sets.listed[expected.index(True)]
    assert sets.first(0) is None
    assert sets.stood_for(sets.all) == 196_608
    assert sets.stood_for(sets.with_any_step(["record-decision"])) == 196_608
    assert sets.with_any_step(["no-such-step"]) == 0

"""Every situation is found: none is missed, none that cannot be is made up."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rhrt import NotWhole, Record, Rulebook, assess
from rhrt.reasoning.facts import Thing, answered, marked
from rhrt.reasoning.plain import wanted_in
from rhrt.reasoning.sets import SituationSets
from rhrt.reasoning.signs import AGE, NOTHING, Signs, in_words
from rhrt.reasoning.situations import Situations
from rhrt.reasoning.whole import lacking
from rhrt.record import check
from rhrt.rulebook.conditions import NO_ROUTE
from rhrt.testing.strategies import records, rulebooks
from tests.conftest import tries

MOST = 3000
"""How many records of a rulebook are tried one at a time."""


def every_signs(situations: Situations) -> set[Signs]:
    """Try every way of recording everything, at every age, one record at a time; none where that is too many."""
    said: dict[str, list[str]] = {}
    for id_, value in situations.things:
        said.setdefault(id_, []).append(value)
    free = {id_ for id_ in said if id_ not in situations.rulebook.field}  # these can be left out
    ways = [[(id_, value) for value in (*values, *[""] * (id_ in free))] for id_, values in said.items()]
    if prod(map(len, ways)) * len(situations.ages) > MOST:
        return set()
    return {
        joined(situations, [one for one in things if one[1]], band)
        for band in situations.ages
        for things in product(*ways)
    }


@tries(100)
@given(rulebooks())
def test_what_marks_come_to_is_exactly_what_some_record_comes_to(rulebook: Rulebook) -> None:
    situations = Situations(rulebook)
    every = every_signs(situations)
    assert not every or set(situations.reached) == every
    assert not every or set(situations.marks) == {situations.like[signs] for signs in every}


@tries(100)
@given(rulebooks())
def test_the_fewest_marks_come_to_what_they_are_said_to(rulebook: Rulebook) -> None:
    situations = Situations(rulebook)
    defaults = {id_: rulebook.field[id_].values[0] for id_ in situations.alone & rulebook.field.keys()}
    for signs, marks in situations.reached.items():
        assert len({id_ for id_, _ in marks}) == len(marks), "nothing is recorded twice"
        things = {**defaults, **dict(marks)}
        band = things.pop(AGE, None)
        assert joined(situations, things.items(), band) == signs


def joined(situations: Situations, things: Iterable[Thing], band: str | None) -> Signs:
    signs = NOTHING
    for id_, said in things:
        signs = signs.joined(situations.signs_of(id_, said, band))
    return signs


@tries(100)
@given(data=st.data())
def test_what_any_record_comes_to_is_found(data: st.DataObject) -> None:
    rulebook = data.draw(rulebooks())
    situations = Situations(rulebook)
    for written in data.draw(st.lists(records(rulebook), min_size=5, max_size=5)):
        record = check(Record.model_validate(written), rulebook)
        things = [*marked(record), *answered(record, situations.alone)]
        assert joined(situations, things, record.age_band) in situations.reached


@tries(30)
@given(rulebooks())
def test_assess_suggests_what_was_worked_out_for_each_situation_and_nothing_where_that_is_half_an_answer(
    rulebook: Rulebook,
) -> None:
    situations = Situations(rulebook)
    for situation in situations.each[:: max(1, len(situations.each) // 40)]:
        route = None if situation.fact["route"] == NO_ROUTE else str(situation.fact["route"])
        lacks = lacking(situation.level, route, str(situation.fact["urgency"]), tuple(situation.steps))
        record = Record.model_validate(situations.record(situation))
        if lacks:
            with pytest.raises(NotWhole, match=" and ".join(lacks)):
                assess(record, rulebook)
            continue
        suggestion = assess(record, rulebook)
        assert suggestion.level == (situation.level or None)
        assert suggestion.route == route
        assert suggestion.urgency == situation.fact["urgency"]
        assert [f"{step.rule}/{step.case}" for step in suggestion.actions] == [*situation.steps.values()]


@tries(50)
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


def test_herefordshire_has_921600_situations_of_90240_kinds(situations: Situations) -> None:
    open_to_social_care, hours, consent, informing = 4, 3, 6, 4
    assert situations.stood_for == len(situations.reached) * open_to_social_care * hours * consent * informing
    assert situations.stood_for == 921_600
    assert len(situations.each) == 90_240
    assert sum(map(situations.stands_for, situations.each)) == 921_600


def test_a_smallest_record_is_said_in_words(situations: Situations) -> None:
    assert in_words(situations.record(situations.smallest_first[0])) == "nothing is recorded"
    record = {"indicators": {"not_known": ["abuse-or-neglect"]}, "situation": {"consent": "refused"}}
    assert in_words(record) == "abuse-or-neglect is not known, consent is refused"


@pytest.mark.long
def test_sets_hold_the_situations_they_say(situations: Situations) -> None:
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
    assert sets.stood_for(sets.all) == 921_600
    assert sets.stood_for(sets.with_any_step(["record-decision"])) == 921_600
    assert sets.with_any_step(["no-such-step"]) == 0

"""How many records below Level 4 lead to a talk with a social worker, and how that is counted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rhrt import Record, Rulebook, assess
from tests.consultations.__main__ import main
from tests.consultations.measure import (
    SETS,
    Shares,
    always_no,
    answered,
    leads,
    one_in_five,
    shares,
    too_many,
    vignettes,
)

CHASTISED = Record.model_validate({"indicators": {"present": ["chastisement-stress-positions"]}})
LOW = Record.model_validate({"indicators": {"present": ["low-mood-or-emotional-issues"]}})
HURT = Record.model_validate({"indicators": {"present": ["explained-injury-concern"]}})


def test_a_talk_with_a_social_worker_counts_at_mash_and_on_an_open_case(rulebook: Rulebook) -> None:
    open_case = replace(CHASTISED, situation={"open_to_social_care": "yes"})
    assert "consult-mash-social-worker" not in [step.code for step in assess(open_case, rulebook).actions]
    assert leads(CHASTISED, rulebook)
    assert leads(open_case, rulebook)
    assert not leads(LOW, rulebook)


def test_each_follow_up_question_is_answered_until_none_is_left(rulebook: Rulebook) -> None:
    told = answered(HURT, rulebook, always_no)
    assert set(told.follow_ups) == {one.id for one in assess(told, rulebook).follow_ups} > {"age-of-a-child-hurt"}
    assert set(told.follow_ups.values()) == {"no"}
    assert not leads(told, rulebook)
    assert leads(answered(HURT, rulebook, lambda: "not-known"), rulebook)


def test_about_one_answer_in_five_is_not_known_and_the_same_ones_each_time() -> None:
    answer, again = one_in_five(1), one_in_five(1)
    given = [answer() for _ in range(1000)]
    assert given == [again() for _ in range(1000)]
    assert set(given) == {"no", "not-known"}
    assert 150 < given.count("not-known") < 250


@pytest.mark.parametrize(
    ("answers", "rises", "wrong"),
    [
        ("no", 0.05, []),
        ("no", 0.06, ["x, no: +6.0 points, where at most 5 are right"]),
        ("one in five not known", 0.10, []),
        ("one in five not known", 0.11, ["x, one in five not known: +11.0 points, where at most 10 are right"]),
    ],
)
def test_a_share_that_rises_by_more_than_it_may_is_named(answers: str, rises: float, wrong: list[str]) -> None:
    by_answers = {"no": 0.0, "one in five not known": 0.0, answers: rises}
    assert too_many({"x": Shares(100, 0.0, by_answers)}) == wrong


def test_what_was_kept_of_before_is_all_that_is_counted(rulebook: Rulebook) -> None:
    records = vignettes()
    first, second, *_ = records
    own = shares(records, {first: True, second: False}, rulebook)
    assert (own.records, own.before) == (2, 0.5)


@pytest.mark.long
def test_no_share_rises_by_more_than_it_may(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    printed = capsys.readouterr().out
    for name in SETS:
        assert f"\n{name}" in printed
    assert printed.endswith("No share rises by more than it may.\n")

"""What stands beside a level never changes it, and is true when tried."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rhrt import Record, Rulebook, Suggestion, assess, load_rulebook
from rhrt.present.page import as_page
from rhrt.reasoning.changes import applied
from rhrt.record import check
from rhrt.steward.cases import read_examples
from rhrt.suggestion import Change
from rhrt.testing.strategies import records
from tests.conftest import CASES, RULEBOOK_FOLDER, case, tries

RULEBOOK = load_rulebook()
EXAMPLES = tries(300)


def suggest(record: dict[str, Any]) -> Suggestion:
    return assess(Record.model_validate(record), RULEBOOK)


def with_change(suggestion: Suggestion, change: Change) -> Suggestion:
    """Apply a change as its document describes it, and assess again."""
    record = suggestion.record.document()
    moved = {*change.present, *change.absent}
    marks = {mark: [id_ for id_ in ids if id_ not in moved] for mark, ids in record["indicators"].items()}
    marks["present"] += change.present
    marks["absent"] += change.absent
    return suggest(
        {
            **record,
            "indicators": marks,
            "situation": {**record["situation"], **change.situation},
            "follow_ups": {**record["follow_ups"], **change.follow_ups},
        }
    )


@EXAMPLES
@given(records(RULEBOOK))
def test_every_change_is_the_smallest_of_its_kind(record: dict[str, Any]) -> None:
    """One thing raises the level. What lowers it is all the reasons: with any one of them left, it stays."""
    suggestion = suggest(record)
    for change in suggestion.would_change:
        parts = [*change.present, *change.absent, *change.situation, *change.follow_ups]
        if change.direction == "up":
            assert len(parts) == 1
            continue
        for some in (set(chosen) for n in range(len(parts)) for chosen in combinations(parts, n)):
            if len(parts) > 6 and len(some) < len(parts) - 1:
                continue
            less = Change(
                direction="down",
                level=None,
                present=(),
                absent=tuple(id_ for id_ in change.absent if id_ in some),
                situation={id_: answer for id_, answer in change.situation.items() if id_ in some},
                follow_ups={id_: answer for id_, answer in change.follow_ups.items() if id_ in some},
            )
            assert with_change(suggestion, less).level == suggestion.level


@EXAMPLES
@given(records(RULEBOOK))
def test_wherever_there_is_a_level_something_would_lower_it(record: dict[str, Any]) -> None:
    suggestion = suggest(record)
    directions = [change.direction for change in suggestion.would_change]
    assert ("down" in directions) == (suggestion.level is not None)
    assert ("up" in directions) == (suggestion.level != 4)


@tries(60)
@given(
    records(RULEBOOK, most=4),
    st.lists(st.sampled_from(sorted(RULEBOOK.position)), unique=True, max_size=6),
    st.sets(st.sampled_from(["immediate_danger", "suspected_significant_harm"])),
)
def test_could_be_bounds_every_way_in_which_the_unknown_may_turn_out(
    record: dict[str, Any], unknown: list[str], questions: set[str]
) -> None:
    """Tried exhaustively, up to eight things that are not known."""
    marks = {mark: [id_ for id_ in ids if id_ not in unknown] for mark, ids in record["indicators"].items()}
    answers = {**record["situation"], **dict.fromkeys(("immediate_danger", "suspected_significant_harm"), "no")}
    doubtful = {**answers, **dict.fromkeys(questions, "not-known")}
    suggestion = suggest({"indicators": {**marks, "not_known": unknown}, "situation": doubtful})
    levels = set()
    for outcome in product((True, False), repeat=len(unknown) + len(questions)):
        so = [id_ for id_, is_so in zip(unknown, outcome, strict=False) if is_so]
        settled = dict(zip(sorted(questions), outcome[len(unknown) :], strict=True))
        whole = {**doubtful, **{id_: "yes" if is_so else "no" for id_, is_so in settled.items()}}
        after = suggest(
            {"indicators": {**marks, "present": [*marks["present"], *so], "not_known": []}, "situation": whole}
        )
        levels.add(after.level or 0)
    assert max(levels) == (suggestion.could_be.level or 0)
    assert min(levels) == (suggestion.level or 0)


WITH_THE_FAMILY = {"seek-consent", "make-action-plan", "offer-eha", "complete-eha", "agree-plan-with-key-worker"}


@EXAMPLES
@given(records(RULEBOOK), st.sampled_from(sorted(RULEBOOK.position)))
def test_marking_something_not_known_removes_no_step_but_what_waits_for_advice(
    record: dict[str, Any], id_: str
) -> None:
    marks = {mark: [other for other in ids if other != id_] for mark, ids in record["indicators"].items()}
    before = suggest({**record, "indicators": marks})
    after = suggest({**record, "indicators": {**marks, "not_known": [*marks["not_known"], id_]}})
    codes = {step.code for step in after.actions}
    gone = {step.code for step in before.actions} - codes
    assert not gone or (gone <= WITH_THE_FAMILY and "take-advice-before-informing" in codes)


@EXAMPLES
@given(records(RULEBOOK))
def test_a_change_keeps_a_record_in_order(record: dict[str, Any]) -> None:
    checked = check(Record.model_validate(record), RULEBOOK)
    for change in suggest(record).would_change:
        after = applied(change, checked, RULEBOOK)
        assert list(after.present) == sorted(after.present, key=RULEBOOK.position.__getitem__)
        assert not set(after.present) & {*after.absent, *after.not_known}


QUIET = replace(RULEBOOK, prompts=tuple(one for one in RULEBOOK.prompts if one.if_yes), afterwards=())


@EXAMPLES
@given(records(RULEBOOK))
def test_no_thought_changes_anything_that_is_suggested(record: dict[str, Any]) -> None:
    with_prompts, without = suggest(record), assess(Record.model_validate(record), QUIET)
    assert without.prompts == ()
    for part in ("level", "route", "urgency", "harm", "reasons", "actions"):
        assert getattr(without, part) == getattr(with_prompts, part)


def prompts_of(record: dict[str, Any]) -> list[str]:
    return [prompt.id for prompt in suggest(record).prompts]


def every_example() -> list[Suggestion]:
    """Give the answer to each worked case, as told and with each of its changes."""
    return [assess(example.record) for example in read_examples(RULEBOOK_FOLDER / "cases")]


def each_sign_alone() -> list[Suggestion]:
    """Give the answer to each sign with nothing else recorded: there no other question comes before its own."""
    return [suggest({"indicators": {"present": [id_]}}) for id_ in load_rulebook().position]


@pytest.mark.long
def test_every_prompt_fires_in_a_case_or_for_a_sign_alone_and_is_silent_in_another(
    rulebook: Rulebook,
) -> None:
    answers = [*every_example(), *each_sign_alone()]
    fired = [{*(one.id for one in told.prompts), *(one.id for one in told.follow_ups)} for told in answers]
    never = [prompt.id for prompt in rulebook.prompts if not any(prompt.id in one for one in fired)]
    always = [prompt.id for prompt in rulebook.prompts if all(prompt.id in one for one in fired)]
    assert never == []
    assert always == []


def test_prompts_come_in_the_order_of_their_rank(rulebook: Rulebook) -> None:
    ranks = {prompt.id: prompt.rank for prompt in rulebook.prompts}
    for path in CASES:
        shown = [ranks[id_] for id_ in prompts_of(case(path)["record"])]
        assert shown == sorted(shown)


def test_everything_that_follows_happens_in_some_worked_case_and_not_in_all(rulebook: Rulebook) -> None:
    happens = [{one.id for one in told.afterwards} for told in every_example()]
    for one in rulebook.afterwards:
        assert any(one.id in ids for ids in happens), one.id
        assert not all(one.id in ids for ids in happens), one.id


def test_neighbouring_rungs_are_those_of_the_ladder() -> None:
    (found,) = suggest({"indicators": {"present": ["young-carer-adverse-impact"]}}).neighbours
    assert found.milder is not None
    assert found.graver is not None
    assert (found.milder.indicator, found.milder.level) == ("young-carer-some-responsibilities", 2)
    assert (found.graver.indicator, found.graver.level) == ("young-carer-significant-impact", 4)


def test_words_of_degree_are_marked_where_they_stand_as_words() -> None:
    undefined = {
        one.indicator: one.words
        for one in suggest(
            {"indicators": {"present": ["persistent-absence", "young-carer-adverse-impact", "unemployment"]}}
        ).undefined
    }
    assert undefined == {"persistent-absence": ("persistent",), "young-carer-adverse-impact": ("adversely",)}
    (severe,) = suggest({"indicators": {"present": ["domestic-abuse-high-risk"]}}).undefined
    assert severe.words == ("high levels", "serious", "significant")


def test_where_no_word_of_degree_is_named_none_is_said_to_need_judgement() -> None:
    none = replace(RULEBOOK, degree=replace(RULEBOOK.degree, words=()))
    suggestion = assess(Record.model_validate({"indicators": {"present": ["domestic-abuse-high-risk"]}}), none)
    assert suggestion.undefined == ()
    assert "judgement: " not in as_page(suggestion, more=True)


def test_services_match_the_topic_then_come_those_of_the_level() -> None:
    names = [service.id for service in suggest({"indicators": {"present": ["serious-debt-or-arrears"]}}).services]
    assert names[0] == "christians-against-poverty"
    assert "befriending-service" in names
    assert "family-mentoring" not in names
    assert suggest({"indicators": {"present": ["abuse-or-neglect"]}}).services == ()


def test_a_difference_of_judgement_is_explained_both_ways_and_blocks_nothing() -> None:
    plain = suggest({"indicators": {"present": ["lack-of-food"]}})
    for own, said in ((4, "Go by the higher level"), (1, "stands at a higher level")):
        judged = suggest(
            {
                "indicators": {"present": ["lack-of-food"]},
                "judgement": {"level": own, "reason": "pattern-over-time"},
            }
        )
        assert judged.judgement is not None
        assert judged.judgement.said is not None
        assert said in judged.judgement.said
        assert "professional differences policy" in (judged.judgement.policy or "")
        assert judged.judgement.reason == "pattern-over-time"
        assert judged.level == plain.level
        first = ["consult-mash-social-worker"] if own == 4 else []
        assert [step.code for step in judged.actions] == first + [step.code for step in plain.actions]

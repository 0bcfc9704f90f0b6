"""Whose answer changes between two rulebooks: what is called unchanged is so, and what is shown differs as said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, get_args

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from rhrt import Record, Rulebook, load_rulebook
from rhrt.faults import BadInput, NotWhole
from rhrt.reasoning.engine import Engine
from rhrt.reasoning.situations import Situations
from rhrt.record import CheckedRecord, check
from rhrt.rulebook.kinds import (
    FOLLOW_UP_ANSWERS,
    HARM,
    AtLeast,
    Conditions,
    Finding,
    Judgement,
    Mark,
    Named,
    Prompt,
)
from rhrt.rulebook.model import Ladder, SituationField
from rhrt.steward.compare.answers import UNCHANGED, Decision, Differs, differs
from rhrt.steward.compare.compare import beside_may_change, only_in, unchanged
from rhrt.steward.compare.content import changes
from rhrt.steward.compare.effect import Effect, effect
from rhrt.steward.compare.together import Link
from rhrt.testing.making import MAKERS, SOURCE, made
from rhrt.testing.strategies import records, rulebooks
from tests.conftest import TIMES, tries, whole

pytestmark = pytest.mark.long  # other tests reach these lines

RULEBOOK = load_rulebook()

Says = Callable[[Effect, Mapping[str, Any]], bool]
Check = Callable[[Effect, Mapping[str, Any], Engine, Engine], Iterator[str]]


def compared(old: Rulebook, new: Rulebook) -> Effect:
    return effect(Situations(old), Situations(new))


def answer(record: Mapping[str, Any], engine: Engine) -> tuple[Decision, frozenset[str]] | None:
    """Give the answer and the ids of the reasons, or None where the rulebook cannot read the record."""
    try:
        checked = check(Record.model_validate(record), engine.rulebook)
    except BadInput:
        return None
    try:
        given_ = engine.suggest(checked)
    except NotWhole:  # nobody is shown it
        plain = engine.conclusions.plain.evaluate(checked)
        names = frozenset(rule.split("/")[1] for rule in plain.reasons) | told(engine, checked, plain.level)
        steps = tuple(rule.split("/")[1] for rule in plain.actions)
        return Decision(plain.level, plain.route, plain.urgency, plain.harm, steps), names
    reasons = frozenset(
        reason.indicator or reason.answer or reason.rule.removeprefix("judgement/") for reason in given_.reasons
    )
    steps = tuple(step.code for step in given_.actions)
    return Decision(given_.level or 0, given_.route, given_.urgency, given_.harm, steps), reasons


def told(engine: Engine, record: CheckedRecord, level: int) -> frozenset[str]:
    """Give the ids of the answers that are reasons: for a step, or for the level that was suggested."""
    levels = {f"judgement/{one.id}": one.level for one in engine.rulebook.judgements}
    return frozenset(id_ for rule, id_ in engine.conclusions.plain.told(record) if levels[rule] in (0, level))


def shown(given_: tuple[Decision, frozenset[str]]) -> tuple[Decision | None, frozenset[str]]:
    """Give an answer and its reasons as a person gets them: nothing of what is not whole."""
    return (None, frozenset()) if given_[0].lacks else given_


def marks_of(record: Mapping[str, Any]) -> tuple[tuple[str, Mark], ...]:
    named: dict[str, Mark] = {"present": "present", "absent": "absent", "not_known": "not-known"}
    return tuple((id_, named[mark]) for mark, ids in record["indicators"].items() for id_ in ids)


def things_of(record: Mapping[str, Any], read_as: Mapping[str, Link]) -> set[tuple[str, str]]:
    """Give all that a record says of one thing, each mark under the id by which a comparison names it."""
    level = (record.get("judgement") or {}).get("level")
    return {
        *((read_as[id_].id, mark) for id_, mark in marks_of(record)),
        *record["situation"].items(),
        *record.get("follow_ups", {}).items(),
        *([("judgement", f"level-{level}")] if level else []),
    }


# --- Edits of one rulebook


def with_list(rulebook: Rulebook, name: str, entries: Iterable[Any]) -> Rulebook:
    changed: dict[str, Any] = {name: tuple(entries)}
    return replace(rulebook, **changed)


def without_a_condition(draw: st.DrawFn, rulebook: Rulebook) -> Rulebook:
    actions = list(rulebook.actions)
    place = draw(st.integers(0, len(actions) - 1))
    case, *others = actions[place].cases
    kept = dict(list(case.when.items())[1:])
    actions[place] = replace(actions[place], cases=(replace(case, when=kept), *others))
    return replace(rulebook, actions=tuple(actions))


def with_another_order(draw: st.DrawFn, rulebook: Rulebook, name: str) -> Rulebook:
    return with_list(rulebook, name, draw(st.permutations(getattr(rulebook, name))))


def with_one_fewer(draw: st.DrawFn, rulebook: Rulebook, name: str) -> Rulebook:
    listed = list(getattr(rulebook, name))
    listed.pop(draw(st.integers(0, len(listed) - 1)))
    return with_list(rulebook, name, listed)


def without_an_indicator(draw: st.DrawFn, rulebook: Rulebook) -> Rulebook:
    """Take one away with all that is named after it; old records do not read."""
    fewer = with_one_fewer(draw, rulebook, "indicators")
    prompts = tuple(replace(prompt, indicators=(), consider=()) for prompt in rulebook.prompts)
    fewer = replace(fewer, prompts=prompts)
    earlier = {id_: now for id_, now in rulebook.aliases.items() if now in fewer.indicator}
    return replace(fewer, aliases=earlier, ladders=whole_ladders(fewer))


def whole_ladders(rulebook: Rulebook) -> tuple[Ladder, ...]:
    """Give the ladders of which every rung, and the strength, is still an indicator."""
    known = {None, *rulebook.indicator}
    return tuple(ladder for ladder in rulebook.ladders if {*ladder.rungs, ladder.strength} <= known)


def with_another_level(draw: st.DrawFn, rulebook: Rulebook) -> Rulebook:
    listed = list(rulebook.indicators)
    place = draw(st.integers(0, len(listed) - 1))
    listed[place] = replace(listed[place], level=draw(st.integers(1, len(rulebook.levels))))
    return replace(rulebook, indicators=tuple(listed))


def with_another_default(draw: st.DrawFn, rulebook: Rulebook) -> Rulebook:
    return with_question(draw, rulebook, lambda values: values[1:] + values[:1])


def with_an_answer_fewer(draw: st.DrawFn, rulebook: Rulebook) -> Rulebook:
    return with_question(draw, rulebook, lambda values: values[:-1])


def with_question(draw: st.DrawFn, rulebook: Rulebook, changed: Any) -> Rulebook:
    listed = list(rulebook.situation)
    place = draw(st.integers(0, len(listed) - 1))
    listed[place] = replace(listed[place], values=changed(listed[place].values))
    return replace(rulebook, situation=tuple(listed))


def with_a_question_more(draw: st.DrawFn, rulebook: Rulebook) -> Rulebook:
    values = draw(st.sampled_from([("no", "yes"), ("yes", "no")]))
    question = SituationField(id="q_new", question="Q?", why="W.", values=values, source=SOURCE)
    listed = list(rulebook.actions)
    if listed:
        first = listed[0].cases[0]
        asked = replace(first, when={**first.when, "q_new": "yes"})
        listed[0] = replace(listed[0], cases=(asked, *listed[0].cases[1:]))
    return replace(rulebook, situation=(*rulebook.situation, question), actions=tuple(listed))


def with_follow_ups(draw: st.DrawFn, rulebook: Rulebook) -> Rulebook:
    """Turn thoughts into follow-up questions, and have rules look at one thing recorded of every kind."""
    prompts = tuple(with_meaning(draw, prompt) for prompt in rulebook.prompts)
    asking = replace(rulebook, prompts=prompts)
    told = Judgement(id="told", wording="w", about="recorded", source=SOURCE, level=0, when=())
    return with_another_rule_about_one_thing(draw, replace(asking, judgements=(*rulebook.judgements, told)))


def with_meaning(draw: st.DrawFn, prompt: Prompt) -> Prompt:
    named: tuple[Named, ...] = get_args(Named)
    if_yes = tuple(draw(st.lists(st.sampled_from(named), min_size=1, max_size=2, unique=True)))
    return replace(prompt, if_yes=if_yes, if_not_known=draw(st.sampled_from([None, "consult"])))


def with_another_meaning(draw: st.DrawFn, rulebook: Rulebook) -> Rulebook:
    listed = list(rulebook.prompts)
    place = draw(st.integers(0, len(listed) - 1))
    listed[place] = with_meaning(draw, listed[place])
    return replace(rulebook, prompts=tuple(listed))


def with_another_rule_about_one_thing(draw: st.DrawFn, rulebook: Rulebook) -> Rulebook:
    """Have a finding and a judgement look at a sign at an age, an answer, a follow-up question or the own level."""
    listed = [*rulebook.findings]
    for place, finding in enumerate(listed):
        if finding.about != "answers":
            listed[place] = replace(finding, when=draw(about_one_thing(rulebook)))
    judgements = tuple(
        replace(one, when=draw(about_an_answer(rulebook)), level=draw(st.integers(0, len(rulebook.levels))))
        if one.about == "recorded"
        else one
        for one in rulebook.judgements
    )
    return replace(rulebook, findings=tuple(listed), judgements=judgements)


def with_another_age(draw: st.DrawFn, rulebook: Rulebook) -> Rulebook:
    """Have a finding hold for signs at one age too."""
    age = draw(st.sampled_from(rulebook.age_bands)).id
    listed = [
        one if one.about == "answers" else replace(one, when=(*one.when, {"mark": "present", "age_band": age}))
        for one in rulebook.findings
    ]
    return replace(rulebook, findings=tuple(listed))


def about_one_thing(rulebook: Rulebook) -> st.SearchStrategy[tuple[Conditions, ...]]:
    """Make alternatives that look at a mark, at any age or at one, or at an answer."""
    ages = [band.id for band in rulebook.age_bands]
    some: list[st.SearchStrategy[Conditions]] = [
        st.fixed_dictionaries({"mark": st.sampled_from(get_args(Mark)), "level": st.integers(1, 3)}),
        *(st.just({"mark": "present", "age_band": age}) for age in ages),
    ]
    return st.lists(st.one_of(some), min_size=1, max_size=1).map(tuple) | about_an_answer(rulebook)


def about_an_answer(rulebook: Rulebook) -> st.SearchStrategy[tuple[Conditions, ...]]:
    """Make alternatives that look at an answer to a question, to a follow-up question, or at the own level."""
    ages = [band.id for band in rulebook.age_bands]
    named: tuple[Named, ...] = get_args(Named)
    some: list[st.SearchStrategy[Conditions]] = [
        st.fixed_dictionaries({"names": st.sampled_from(named), "answer": st.sampled_from(FOLLOW_UP_ANSWERS)}),
        st.just({"asked": "judgement", "answer": "level-1"}),
        *(st.just({"asked": one.id, "answer": value}) for one in rulebook.situation for value in one.values),
        *(st.just({"asked": one.id, "answer": one.values[-1], "age_band": ages[0]})
          for one in rulebook.situation if ages),
    ]  # fmt: skip
    return st.lists(st.one_of(some), min_size=1, max_size=2).map(tuple)


def with_a_new_name(draw: st.DrawFn, rulebook: Rulebook) -> Rulebook:
    """Rename an indicator, or make it one with another; old records still read."""
    listed = list(rulebook.indicators)
    old = listed.pop(draw(st.integers(0, len(listed) - 1)))
    others = [one.id for one in listed]
    new = draw(st.sampled_from(["sign-renamed", *others]))
    if new not in others:
        listed.append(replace(old, id=new))
    prompts = [
        replace(one, indicators=tuple(id_ for id_ in one.indicators if id_ != old.id), consider=())
        for one in rulebook.prompts
    ]
    earlier = {id_: new if now == old.id else now for id_, now in rulebook.aliases.items()}
    aliases = {**earlier, old.id: new}
    renamed = replace(rulebook, indicators=tuple(listed), aliases=aliases, prompts=tuple(prompts))
    return replace(renamed, ladders=whole_ladders(renamed))


EDITS: Mapping[str, Any] = {
    "a condition dropped": without_a_condition,
    "other order of actions": partial(with_another_order, name="actions"),
    "other order of routes": partial(with_another_order, name="routes"),
    "an action deleted": partial(with_one_fewer, name="actions"),
    "a judgement deleted": partial(with_one_fewer, name="judgements"),
    "a route deleted": partial(with_one_fewer, name="routes"),
    "an indicator deleted": without_an_indicator,
    "another level": with_another_level,
    "another default": with_another_default,
    "an answer fewer": with_an_answer_fewer,
    "a question more": with_a_question_more,
    "renamed": with_a_new_name,
    "another meaning of yes": with_another_meaning,
    "a follow-up question fewer": partial(with_one_fewer, name="prompts"),
    "another age": with_another_age,
    "another rule about one thing": with_another_rule_about_one_thing,
}
NEEDS = {
    "a condition dropped": "actions", "an action deleted": "actions", "a judgement deleted": "judgements",
    "a route deleted": "routes", "an indicator deleted": "indicators", "another level": "indicators",
    "renamed": "indicators", "another meaning of yes": "prompts", "a follow-up question fewer": "prompts",
    "another age": "age_bands",
    "another default": "situation", "an answer fewer": "situation",
}  # fmt: skip


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Rulebook, Rulebook]:
    """Make two rulebooks: an edited copy, or two that are unlike; half of the pairs with no answer that is half."""
    old, new = draw(unlike())
    return (whole(old), whole(new)) if draw(st.booleans()) else (old, new)


@st.composite
def unlike(draw: st.DrawFn) -> tuple[Rulebook, Rulebook]:
    """Make two rulebooks: one and an edited copy, or two that have nothing to do with one another."""
    old = draw(rulebooks())
    old = with_follow_ups(draw, old) if draw(st.booleans()) else old
    if draw(st.integers(0, 9)) == 9:  # not 0, or hypothesis would take two whole ones for the smallest pair
        return old, draw(rulebooks())
    new = old
    for name in draw(st.lists(st.sampled_from(sorted(EDITS)), min_size=1, max_size=2, unique=True)):
        if name in NEEDS and not getattr(new, NEEDS[name]):
            continue
        if name == "an answer fewer" and min(len(field.values) for field in new.situation) < 3:
            continue
        new = EDITS[name](draw, new)
    return (old, new) if draw(st.booleans()) else (new, old)


def judged(says: Any, old: Engine, new: Engine, record: Mapping[str, Any]) -> str:
    """Say what a comparison says of a record, and whether that is so."""
    before, after = answer(record, old), answer(record, new)
    unchanged = says(record)
    if before is None or after is None:
        return "wrong: cannot be read" if unchanged else "cannot be read"
    same = differs(before[0], after[0], before[1] == after[1]) == UNCHANGED
    if unchanged != same:
        return "wrong: unchanged" if unchanged else "wrong: changed"
    return "unchanged" if unchanged else "changed"


def tried(says: Says, examples: int, also: Check | None = None, always_the_same: bool = False) -> Counter[str]:
    """Try what is said of the records of many pairs of rulebooks, `always_the_same` where they are counted."""
    seen: Counter[str] = Counter()

    @settings(max_examples=examples, phases=[Phase.generate], database=None, derandomize=always_the_same)
    @given(data=st.data())
    def try_one(data: st.DataObject) -> None:
        old, new = data.draw(pairs())
        found = compared(old, new)
        engines = Engine(old), Engine(new)
        for side in (old, new):
            for record in data.draw(st.lists(records(side, most=4), min_size=12, max_size=12)):
                seen[judged(partial(says, found), *engines, record)] += 1
                seen.update(also(found, record, *engines) if also else ())

    try_one()
    return seen


def says_unchanged(found: Effect, record: Mapping[str, Any]) -> bool:
    return unchanged(found, Record.model_validate(record))


def claimed(found: Effect, record: Mapping[str, Any], level: int) -> Iterator[str]:
    """Give each kind of record that is called unchanged as a whole, and that this record is of."""
    own, together = found.unchanged, found.together
    if own.unless_recorded is not None and not things_of(record, together.read_as) & set(own.unless_recorded):
        yield "unless recorded"
    if level in own.levels:
        yield "level"
    if record.get("child", {}).get("age_band") in own.ages:
        yield "age"
    for question, answers in own.answers.items():
        said = record["situation"].get(question)
        silent = together.silent(question)
        if (None if said == silent.old == silent.new else said) in answers:
            yield "answer"


def kept_claims(found: Effect, record: Mapping[str, Any], old: Engine, new: Engine) -> Iterator[str]:
    """See that a record of a kind that is called unchanged as a whole is so."""
    before, after = answer(record, old), answer(record, new)
    if found.groups and before and after:
        for kind in claimed(found, record, before[0].level):
            same = differs(before[0], after[0], before[1] == after[1]) == UNCHANGED
            yield f"claimed: {kind}" if same else f"wrong: {kind}"


@pytest.mark.parametrize("part", range(3))
def test_what_is_called_unchanged_is_the_same_with_both_and_nothing_else_is(part: int) -> None:  # noqa: ARG001
    seen = tried(says_unchanged, 30 * TIMES, kept_claims)
    assert {name for name in seen if name.startswith("wrong")} == set()
    assert sum(seen.values()) > 500


def test_both_what_is_unchanged_and_what_is_changed_are_often_met() -> None:
    seen = tried(says_unchanged, 200, kept_claims, always_the_same=True)
    assert {name for name in seen if name.startswith("wrong")} == set()
    most = sum(seen[name] for name in ("unchanged", "changed", "cannot be read"))
    assert seen["unchanged"] > most / 10, "else this would say nothing of what is called unchanged"
    assert seen["changed"] > most / 10, "else everything might be called unchanged"
    assert seen["cannot be read"] > most / 50
    assert min(seen[f"claimed: {kind}"] for kind in ("unless recorded", "level", "answer")) > 5, seen


def test_a_comparison_that_called_everything_unchanged_would_be_found_out() -> None:
    seen = tried(lambda *_: True, 20, always_the_same=True)
    assert seen["wrong: unchanged"] > 20
    assert seen["wrong: cannot be read"] > 5


def test_a_comparison_that_forgot_the_marks_or_the_defaults_would_be_found_out() -> None:
    def forgetful(found: Effect, record: Mapping[str, Any]) -> bool:
        return says_unchanged(found, {**record, "indicators": {"present": []}})

    assert tried(forgetful, 300, always_the_same=True)["wrong: unchanged"] > 1


@settings(tries(40), phases=[Phase.generate], database=None)
@given(pairs())
def test_each_smallest_record_differs_in_the_way_that_is_said(pair: tuple[Rulebook, Rulebook]) -> None:
    old, new = (Engine(side) for side in pair)
    found = compared(*pair)
    assert sum(group.situations for group in found.groups) == found.changed <= found.situations
    for group in found.groups:
        before, after = answer(group.example.record, old), answer(group.example.record, new)
        assert before is not None
        assert after is not None
        assert shown(before) == (group.example.old, frozenset(group.example.old_reasons))
        assert shown(after) == (group.example.new, frozenset(group.example.new_reasons))
        assert differs(before[0], after[0], before[1] == after[1]) == group.differs != UNCHANGED
        assert (before[0].level in group.levels) or before[0].lacks
    lacking = {"old": (True, False), "new": (False, True)}
    for which, expected in lacking.items():
        told = [group for group in found.groups if tuple(map(bool, group.differs.lacks or ())) == expected]
        assert sum(group.situations for group in told) == getattr(found.unanswered, which)


# --- Herefordshire against edited copies


def edited(name: str, id_: str, **changed: Any) -> Rulebook:
    """Give Herefordshire's rulebook with one entry of one list changed."""
    listed = [
        replace(one, **changed) if id_ in (getattr(one, "id", None), getattr(one, "code", None)) else one
        for one in getattr(RULEBOOK, name)
    ]
    return with_list(RULEBOOK, name, listed)


def without(id_: str) -> Rulebook:
    kept = tuple(one for one in RULEBOOK.indicators if one.id != id_)
    return replace(RULEBOOK, indicators=kept)


TRUANTING = "occasional-truanting"


def test_the_same_rulebook_changes_nothing() -> None:
    found = compared(RULEBOOK, replace(RULEBOOK))
    assert (found.changed, found.groups, found.words, found.not_proven) == (0, (), (), None)
    assert found.situations > 100_000
    assert found.unchanged.levels == (0, 1, 2, 3, 4)


def test_an_indicator_moved_from_level_2_to_3_changes_only_records_that_mark_it() -> None:
    found = compared(RULEBOOK, edited("indicators", TRUANTING, level=3))
    assert found.unchanged.unless_recorded == ((TRUANTING, "present"),)
    assert found.unchanged.levels == (0, 1, 4)
    first = found.groups[0]
    assert first.differs.level == (2, 3)
    assert first.levels == (2,)
    assert first.example.record == {"indicators": {"present": [TRUANTING]}, "situation": {}}
    assert "complete-eha" in first.differs.added
    assert "make-action-plan" in first.differs.removed
    assert [group.differs for group in found.groups if group.levels == (3,)] == [Differs(reasons=True)]


def test_a_level_that_falls_is_told_before_all_else() -> None:
    moved = edited("indicators", TRUANTING, level=4, basis="safety")
    for old, new, first in ((RULEBOOK, moved, (2, 4)), (moved, RULEBOOK, (4, 2))):
        assert compared(old, new).groups[0].differs.level == first
    both = replace(
        moved,
        indicators=tuple(
            replace(one, level=2) if one.id == "persistent-absence" else one for one in moved.indicators
        ),
    )
    assert compared(RULEBOOK, both).groups[0].differs.level == (3, 2)


def test_an_indicator_that_is_reworded_changes_no_answer() -> None:
    new = edited("indicators", TRUANTING, wording="Misses school now and then")
    found = compared(RULEBOOK, new)
    assert (found.groups, found.words) == ((), ())
    (change,) = changes(RULEBOOK, new)
    assert (change.entry, change.what, change.new) == (TRUANTING, "Reworded", "Misses school now and then")


def test_an_indicator_that_is_removed_can_only_be_recorded_in_the_old_one() -> None:
    new = without(TRUANTING)
    found = compared(RULEBOOK, new)
    assert found.groups == ()
    (gone,) = only_in("old", Situations(RULEBOOK), Situations(new))
    assert (gone.id, gone.kind) == (TRUANTING, "indicator")
    assert gone.answer is not None
    assert gone.answer.level == 2
    assert only_in("new", Situations(new), Situations(RULEBOOK)) == ()
    record = Record.model_validate({"indicators": {"present": [TRUANTING]}})
    assert not unchanged(found, record)


def test_an_indicator_that_is_renamed_changes_nothing_but_the_name_of_a_reason() -> None:
    new = replace(edited("indicators", TRUANTING, id="misses-school"), aliases={TRUANTING: "misses-school"})
    found = compared(RULEBOOK, new)
    (group,) = found.groups
    assert group.differs == Differs(reasons=True)
    assert (group.example.old_reasons, group.example.new_reasons) == ((TRUANTING,), ("misses-school",))
    assert [change.what for change in changes(RULEBOOK, new)][:1] == ["Renamed"]
    assert [one.id for one in only_in("new", Situations(new), Situations(RULEBOOK))] == ["misses-school"]
    assert unchanged(found, Record.model_validate({"indicators": {"absent": [TRUANTING]}}))


def test_two_indicators_made_one_are_never_marked_in_two_ways() -> None:
    other = "learning-materials-limited"
    new = replace(without(TRUANTING), aliases={TRUANTING: other})
    found = compared(RULEBOOK, new)
    marked = {"indicators": {"present": [TRUANTING], "absent": [other]}}
    assert not unchanged(found, Record.model_validate(marked))
    assert unchanged(found, Record.model_validate({"indicators": {"absent": [TRUANTING, other]}}))
    assert found.groups


def test_harm_that_one_sign_establishes_is_compared_also_where_no_rule_asks_for_it() -> None:
    harm = Finding(id=HARM, meaning="m", about="indicator", when=({"mark": "present", "level": 2},), source=SOURCE)
    parts: dict[str, Any] = {
        name: getattr(RULEBOOK, name) for name in ("levels", "headings", "bases", "indicators")
    }
    old = whole(replace(made(dict.fromkeys(MAKERS, b"")), findings=(harm,), **parts))
    new = replace(old, findings=(replace(harm, when=({"mark": "present", "level": 3},)),))
    found = compared(old, new)
    assert {(group.levels, group.differs.harm) for group in found.groups} == {
        ((2, 4), (True, False)),
        ((3, 4), (False, True)),
    }


def test_a_route_that_is_changed_is_said_with_both_routes() -> None:
    new = edited("routes", "chat-eha", when=({"level": 3},))
    up_to_2: Conditions = {"level": AtLeast(at_least=1, at_most=2)}
    routes = [replace(one, when=(up_to_2,)) if one.id == "universal" else one for one in new.routes]
    new = with_list(new, "routes", routes)
    found = compared(RULEBOOK, new)
    (group,) = found.groups
    assert group.differs == Differs(route=("chat-eha", "universal"))
    assert found.unanswered == (0, 0, 0)
    assert group.levels == (2,)
    assert found.unchanged.levels == (0, 1, 3, 4)


def test_a_level_without_a_route_is_no_answer_and_is_told_before_a_level_that_falls() -> None:
    without_route = edited("routes", "chat-eha", when=({"level": 3},))
    new = replace(
        without_route,
        indicators=tuple(
            replace(one, level=3) if one.id == "persistent-absence" else one for one in without_route.indicators
        ),
    )
    found = compared(RULEBOOK, new)
    first = found.groups[0]
    assert first.differs == Differs(lacks=((), ("a route",)))
    assert (first.example.new, first.example.new_reasons) == (None, ())
    assert found.unanswered.new == sum(group.situations for group in found.groups if group.differs.lacks) > 0
    back = compared(without_route, RULEBOOK)
    assert [(group.levels, group.differs.lacks) for group in back.groups] == [((), (("a route",), ()))]
    assert back.unanswered == (back.changed, 0, 0)
    assert 2 not in back.unchanged.levels, "the old rulebook gives no answer there, and so no level"


def test_a_condition_that_is_dropped_shows_where_a_step_is_new() -> None:
    code = "inform-parents"
    (case,) = next(one for one in RULEBOOK.actions if one.code == code).cases
    loose = replace(case, when={name: value for name, value in case.when.items() if name != "informing_parents"})
    found = compared(RULEBOOK, edited("actions", code, cases=(loose,)))
    assert {group.differs for group in found.groups} == {Differs(added=(code,))}
    assert found.unchanged.levels == (0, 1, 2, 3)
    assert found.unchanged.answers["consent"] == ("unsafe-to-seek",)
    assert found.unchanged.answers["informing_parents"] == ("safe", "unsafe")


def test_a_number_that_is_changed_is_told_first_and_in_every_step_that_gives_it() -> None:
    new = edited("contacts", "chat", number="(01432) 111111")
    found = compared(RULEBOOK, new)
    assert found.groups == ()
    assert [one.named for one in found.words] == ["action/contact-chat"]
    assert "(01432) 111111" in " ".join(found.words[0].new)
    (change,) = changes(RULEBOOK, new)
    assert (change.what, change.heed) == ("The number changed", True)


def test_a_question_that_is_added_leaves_old_records_as_they_are_or_says_how_not() -> None:
    asked = SituationField(
        id="weekend", question="Is it the weekend?", why="W.", values=("no", "yes"), source=SOURCE
    )
    new = replace(RULEBOOK, situation=(*RULEBOOK.situation, asked))
    found = compared(RULEBOOK, new)
    assert found.groups == ()
    extra = only_in("new", Situations(new), Situations(RULEBOOK))
    assert [one.id for one in extra] == ["weekend: no", "weekend: yes"]
    changed = replace(new, urgencies=(replace(new.urgencies[0], when=({"weekend": "no"},)), *new.urgencies[1:]))
    assert all(group.differs.urgency for group in compared(RULEBOOK, changed).groups)


def test_another_default_changes_records_that_do_not_answer() -> None:
    values = RULEBOOK.field["out_of_hours"].values
    new = replace(
        RULEBOOK,
        situation=tuple(
            replace(one, values=values[::-1]) if one.id == "out_of_hours" else one for one in RULEBOOK.situation
        ),
    )
    found = compared(RULEBOOK, new)
    assert found.unchanged.answers["out_of_hours"] == ("not-asked", "no", "yes")
    assert all("out_of_hours" not in group.example.record["situation"] for group in found.groups)
    serious = {"suspected_significant_harm": "yes"}
    assert not unchanged(found, Record.model_validate({"situation": serious}))
    assert unchanged(found, Record.model_validate({"situation": {**serious, "out_of_hours": "no"}}))


def may_change(new: Rulebook) -> set[str]:
    return {what for what, may in beside_may_change(RULEBOOK, new).items() if may}


def test_what_stands_beside_an_answer_is_called_unchanged_only_where_nothing_behind_it_changed() -> None:
    other = replace(RULEBOOK, edition="another")
    assert other.sha256 != RULEBOOK.sha256
    assert may_change(other) == set()
    assert may_change(edited("contacts", "chat", number="1")) == set()
    assert may_change(edited("contacts", "mash", number="1")) == {"if_worse"}
    reworded = may_change(edited("indicators", TRUANTING, wording="Other words"))
    assert reworded == {"prompts", "follow_ups", "neighbours", "degree"}
    moved = may_change(edited("indicators", TRUANTING, level=3))
    assert moved == {*reworded, "afterwards", "services", "difference"}


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("ladders", {"neighbours", "prompts", "follow_ups"}),
        ("services", {"services"}),
        ("topics", {"services"}),
        ("circumstances", {"circumstances", "prompts", "follow_ups"}),
        ("if_worse_contacts", {"if_worse"}),
    ],
)
def test_one_entry_fewer_of_what_stands_beside_an_answer_is_told(name: str, what: set[str]) -> None:
    assert may_change(with_list(RULEBOOK, name, getattr(RULEBOOK, name)[1:])) == what


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"if_worse": "Wait for a reply."}, "if_worse"),
        ({"no_level": "So there is no need."}, "no_level"),
        ({"notice": "None."}, "notice"),
        ({"degree": replace(RULEBOOK.degree, words=("some",))}, "degree"),
        ({"difference": replace(RULEBOOK.difference, lower="Go lower.")}, "difference"),
    ],
)
def test_other_words_beside_an_answer_are_told(changed: dict[str, Any], what: str) -> None:
    assert may_change(replace(RULEBOOK, **changed)) == {what}


def test_a_step_that_rings_somebody_else_is_told_with_both_and_where() -> None:
    action = next(one for one in RULEBOOK.actions if one.code == "contact-mash")
    first = replace(action.cases[0], contact="chat")
    found = compared(RULEBOOK, edited("actions", "contact-mash", cases=(first, *action.cases[1:])))
    (rings,) = found.rings
    assert (rings.step, rings.old, rings.new) == ("contact-mash", "mash", "chat")
    assert 0 < rings.situations < found.situations
    assert found.groups == ()
    assert compared(RULEBOOK, edited("contacts", "chat", number="1")).rings == ()


def test_many_effects_of_one_change_have_one_cause() -> None:
    levels = {"occasional-truanting": 3, "child-socially-isolated": 3, "persistent-absence": 4}
    moved = tuple(
        replace(
            one,
            level=levels.get(one.id, one.level),
            basis="safety" if one.id == "persistent-absence" else one.basis,
        )
        for one in RULEBOOK.indicators
    )
    code = "inform-parents"
    (case,) = next(one for one in RULEBOOK.actions if one.code == code).cases
    loose = replace(case, when={name: own for name, own in case.when.items() if name != "informing_parents"})
    new = replace(edited("actions", code, cases=(loose,)), indicators=moved)
    found = compared(RULEBOOK, new)
    causes = Counter(group.causes for group in found.groups)
    assert sum(causes.values()) > 3 * len(causes)
    assert (f"action/{code}",) in causes
    named = {name for own in causes for name in own}
    assert named == {f"action/{code}", *(f"indicator/{id_}" for id_ in levels)}
    for group in found.groups:
        marked = {id_ for ids in group.example.record["indicators"].values() for id_ in ids}
        behind = {name.split("/")[1] for name in group.causes if name.startswith("indicator/")}
        assert not behind or behind & marked, "a sign is behind a difference only where it is marked"


def test_another_order_or_default_is_named_as_the_cause() -> None:
    reordered = with_list(RULEBOOK, "actions", RULEBOOK.actions[::-1])
    assert {group.causes for group in compared(RULEBOOK, reordered).groups} == {("action/order",)}
    values = RULEBOOK.field["out_of_hours"].values
    other = edited("situation", "out_of_hours", values=values[::-1])
    assert {group.causes for group in compared(RULEBOOK, other).groups} == {("question/out_of_hours",)}


def test_too_many_situations_are_said_not_to_be_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rhrt.steward.compare.together.MOST_SITUATIONS", 1_000)
    found = compared(RULEBOOK, RULEBOOK)
    assert found.not_proven == "There are more than 1,000 pairs of situations to look at."
    assert not unchanged(found, Record.model_validate({}))
    assert (found.unchanged.levels, found.unchanged.unless_recorded) == ((), None)


def test_too_many_indicators_made_one_are_said_not_to_be_proven() -> None:
    merged = [one.id for one in RULEBOOK.indicators if one.recordable][:7]
    kept = tuple(one for one in RULEBOOK.indicators if one.id not in merged[1:])
    found = compared(RULEBOOK, replace(RULEBOOK, indicators=kept, aliases=dict.fromkeys(merged[1:], merged[0])))
    assert "share an indicator with it" in (found.not_proven or "")


def test_rulebooks_with_nothing_in_common_are_compared_by_their_answers() -> None:
    renamed = tuple(replace(one, id=f"other-{one.id}") for one in RULEBOOK.indicators)
    found = compared(RULEBOOK, replace(RULEBOOK, indicators=renamed))
    assert found.together.read_as == {}
    assert found.groups == ()
    assert found.not_proven is None


# --- Follow-up questions, answers looked at alone, the own level and the age


HOME_ALONE = "home-alone-no-serious-risk"


def with_alert_at(age: str) -> Rulebook:
    """Give Herefordshire's rulebook with the alert about a child left alone at one age more."""
    (alert,) = [one for one in RULEBOOK.findings if one.id == "alert"]
    more: Conditions = {"indicator": HOME_ALONE, "mark": "present", "age_band": age}
    return edited("findings", "alert", when=(*alert.when, more))


def test_an_alert_at_one_age_more_changes_only_records_of_that_sign_at_that_age() -> None:
    found = compared(RULEBOOK, with_alert_at("5-9"))
    assert found.unchanged.unless_recorded == ((HOME_ALONE, "present"),)
    ages = {None, *(band.id for band in RULEBOOK.age_bands)}
    assert ages - {*found.unchanged.ages} == {"5-9"}
    assert {group.causes for group in found.groups} == {("finding/alert",)}
    for group in found.groups:
        assert group.example.record["child"] == {"age_band": "5-9"}
        assert HOME_ALONE in group.example.record["indicators"]["present"]
    for age in ages:
        record = {"child": {"age_band": age}, "indicators": {"present": [HOME_ALONE]}}
        assert unchanged(found, Record.model_validate(record)) == (age != "5-9")


def test_a_follow_up_question_that_means_something_else_changes_only_records_that_answer_it() -> None:
    asked = "smacking-with-a-mark"
    found = compared(RULEBOOK, edited("prompts", asked, if_yes=("harm",)))
    assert found.unchanged.unless_recorded == ((asked, "yes"), (asked, "not-known"))
    first = found.groups[0]
    assert first.differs.level is not None
    assert first.causes == (f"follow_up/{asked}",)
    assert first.example.record == {"indicators": {}, "situation": {}, "follow_ups": {asked: "yes"}}
    assert first.example.old_reasons == first.example.new_reasons == (asked,)
    assert unchanged(found, Record.model_validate({"follow_ups": {asked: "no"}}))
    assert not unchanged(found, Record.model_validate({"follow_ups": {asked: "yes"}}))


def test_an_answer_that_no_longer_gives_a_level_changes_records_that_give_it() -> None:
    new = with_list(RULEBOOK, "judgements", [one for one in RULEBOOK.judgements if one.id != "immediate_danger"])
    found = compared(RULEBOOK, new)
    assert found.unchanged.unless_recorded == (("immediate_danger", "yes"),)
    assert found.unchanged.answers["immediate_danger"] == (None, "no", "not-known")
    first = next(group for group in found.groups if group.differs.level == (4, 0))
    assert first.example.record == {"indicators": {}, "situation": {"immediate_danger": "yes"}}
    assert first.causes == ("judgement/immediate_danger",)


def test_a_reason_that_an_answer_gives_and_that_decides_nothing_is_compared() -> None:
    asked = {"asked": "out_of_hours", "answer": "yes"}
    told_of = Judgement(id="hours", level=0, wording="w", when=(asked,), about="recorded", source=SOURCE)
    new = with_list(RULEBOOK, "judgements", (*RULEBOOK.judgements, told_of))
    found = compared(RULEBOOK, new)
    assert {group.differs for group in found.groups} == {Differs(reasons=True)}
    assert all(
        "out_of_hours" in set(group.example.new_reasons) - {*group.example.old_reasons} for group in found.groups
    )
    assert not unchanged(found, Record.model_validate({"situation": {"out_of_hours": "yes"}}))
    assert unchanged(found, Record())


def test_a_rule_about_the_own_level_changes_only_records_that_give_it() -> None:
    new = edited("findings", "own_specialist", when=({"asked": "judgement", "answer": "level-3"},))
    found = compared(RULEBOOK, new)
    assert found.unchanged.unless_recorded == (("judgement", "level-3"), ("judgement", "level-4"))
    assert {"level": 4} in [group.example.record.get("judgement") for group in found.groups]
    assert not unchanged(found, Record.model_validate({"judgement": {"level": 4}}))
    assert unchanged(found, Record.model_validate({"judgement": {"level": 2}}))


def test_a_follow_up_question_that_only_one_asks_is_told_with_what_a_yes_gives() -> None:
    gone = "smacking-with-a-mark"
    new = with_list(RULEBOOK, "prompts", [one for one in RULEBOOK.prompts if one.id != gone])
    (only,) = only_in("old", Situations(RULEBOOK), Situations(new))
    assert (only.kind, only.id) == ("follow-up question", gone)
    assert only.record == {"indicators": {}, "situation": {}, "follow_ups": {gone: "yes"}}
    assert only.answer is not None
    assert only.answer.urgency == "prompt"
    found = compared(RULEBOOK, new)
    assert found.groups == ()
    assert not unchanged(found, Record.model_validate({"follow_ups": {gone: "yes"}}))
    assert unchanged(found, Record.model_validate({"indicators": {"present": [TRUANTING]}}))


def test_the_words_and_the_meaning_of_a_follow_up_question_are_to_be_seen_first() -> None:
    asked = RULEBOOK.follow_up["smacking-with-a-mark"]
    for changed, what in (
        ({"text": "Is there no mark?"}, "Reworded"),
        ({"if_yes": ("harm",)}, "A yes means something else"),
        ({"if_not_known": "consult"}, "Not known means something else"),
        ({"when": ({},)}, "Asked of other records"),
        ({"absent": (TRUANTING,)}, "Asked of other records"),
        ({"if_yes": ()}, "Asked no longer"),
    ):
        (change,) = changes(RULEBOOK, edited("prompts", asked.id, **changed))
        assert (change.what, change.heed) == (what, True)
    thought = next(one for one in RULEBOOK.prompts if not one.if_yes)
    (change,) = changes(RULEBOOK, edited("prompts", thought.id, if_yes=("consult",)))
    assert (change.what, change.heed) == ("Asked now, before the answer", True)

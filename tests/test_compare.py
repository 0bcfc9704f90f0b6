"""Whose answer changes between two rulebooks: what is called unchanged is so, and what is shown differs as said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rhrt import Record, Rulebook, load_rulebook
from rhrt.engine.assess import Engine
from rhrt.faults import BadInput
from rhrt.record import check
from rhrt.rulebook.compare.answers import UNCHANGED, Answer, differs
from rhrt.rulebook.compare.difference import Difference, difference
from rhrt.rulebook.model import Mark, SituationField
from rhrt.rulebook.situations import Situations
from tests.conftest import TIMES
from tests.strategies import SOURCE, records, rulebooks

RULEBOOK = load_rulebook()


def compared(old: Rulebook, new: Rulebook) -> Difference:
    return difference(Situations(old), Situations(new))


def answer(record: Mapping[str, Any], engine: Engine) -> tuple[Answer, frozenset[str]] | None:
    """Give the answer and the ids of the reasons, or None where the rulebook cannot read the record."""
    try:
        checked = check(Record.model_validate(record), engine.rulebook)
    except BadInput:
        return None
    given_ = engine.suggest(checked)
    reasons = frozenset(reason.indicator or reason.rule.removeprefix("judgement/") for reason in given_.reasons)
    steps = tuple(step.code for step in given_.actions)
    return Answer(given_.level or 0, given_.route, given_.urgency, given_.harm, steps), reasons


def marks_of(record: Mapping[str, Any]) -> tuple[tuple[str, Mark], ...]:
    named: dict[str, Mark] = {"present": "present", "absent": "absent", "not_known": "not-known"}
    return tuple((id_, named[mark]) for mark, ids in record["indicators"].items() for id_ in ids)


# --- Edits of one rulebook


def without_a_condition(draw: st.DrawFn, rulebook: Rulebook) -> Rulebook:
    actions = list(rulebook.actions)
    place = draw(st.integers(0, len(actions) - 1))
    case, *others = actions[place].cases
    kept = dict(list(case.when.items())[1:])
    actions[place] = replace(actions[place], cases=(replace(case, when=kept), *others))
    return replace(rulebook, actions=tuple(actions))


def with_another_order(draw: st.DrawFn, rulebook: Rulebook, name: str) -> Rulebook:
    return replace(rulebook, **{name: tuple(draw(st.permutations(getattr(rulebook, name))))})


def with_one_fewer(draw: st.DrawFn, rulebook: Rulebook, name: str) -> Rulebook:
    listed = list(getattr(rulebook, name))
    listed.pop(draw(st.integers(0, len(listed) - 1)))
    return replace(rulebook, **{name: tuple(listed)})


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


def with_a_new_name(draw: st.DrawFn, rulebook: Rulebook) -> Rulebook:
    """Rename an indicator, or make it one with another; old records still read."""
    listed = list(rulebook.indicators)
    old = listed.pop(draw(st.integers(0, len(listed) - 1)))
    others = [one.id for one in listed]
    new = draw(st.sampled_from(["sign-renamed", *others]))
    if new not in others:
        listed.append(replace(old, id=new))
    prompts = [one for one in rulebook.prompts if old.id not in one.indicators]
    return replace(rulebook, indicators=tuple(listed), aliases={old.id: new}, prompts=tuple(prompts))


EDITS: Mapping[str, Any] = {
    "a condition dropped": without_a_condition,
    "other order of actions": partial(with_another_order, name="actions"),
    "other order of routes": partial(with_another_order, name="routes"),
    "an action deleted": partial(with_one_fewer, name="actions"),
    "a judgement deleted": partial(with_one_fewer, name="judgements"),
    "a route deleted": partial(with_one_fewer, name="routes"),
    "an indicator deleted": partial(with_one_fewer, name="indicators"),
    "another level": with_another_level,
    "another default": with_another_default,
    "an answer fewer": with_an_answer_fewer,
    "a question more": with_a_question_more,
    "renamed": with_a_new_name,
}
NEEDS = {
    "a condition dropped": "actions", "an action deleted": "actions", "a judgement deleted": "judgements",
    "a route deleted": "routes",
}  # fmt: skip


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Rulebook, Rulebook]:
    """Make two rulebooks: one and an edited copy, or two that have nothing to do with one another."""
    old = draw(rulebooks())
    if draw(st.integers(0, 9)) == 0:
        return old, draw(rulebooks())
    new = old
    for name in draw(st.lists(st.sampled_from(sorted(EDITS)), min_size=1, max_size=2, unique=True)):
        if name in NEEDS and not getattr(new, NEEDS[name]):
            continue
        if name == "an indicator deleted":
            new = replace(new, prompts=())
            if len(new.indicators) == 1:
                continue
        if name == "an answer fewer" and min(len(field.values) for field in new.situation) < 3:
            continue
        new = EDITS[name](draw, new)
    try:
        Engine(new)
    except Exception:  # an answer that a condition asks for is gone
        raise
    return (old, new) if draw(st.booleans()) else (new, old)


SEEN: Counter[str] = Counter()


def judged(says: Any, old: Engine, new: Engine, record: Mapping[str, Any]) -> str:
    """Say what a comparison says of a record, and whether that is so."""
    before, after = answer(record, old), answer(record, new)
    if before is None or after is None:
        assert not says(marks_of(record), record["situation"]), "what one of them cannot read is not unchanged"
        return "cannot be read"
    unchanged = says(marks_of(record), record["situation"])
    same = differs(before[0], after[0], before[1] == after[1]) == UNCHANGED
    if unchanged and not same:
        return "wrong"
    return "unchanged" if unchanged else "changed" if not same else "changed, it says, and is not"


@settings(max_examples=200 * TIMES)
@given(data=st.data())
def test_what_is_called_unchanged_is_the_same_with_both_and_what_is_called_changed_is_not(
    data: st.DataObject,
) -> None:
    old, new = data.draw(pairs())
    found = compared(old, new)
    engines = Engine(old), Engine(new)
    for side in (old, new):
        for record in data.draw(st.lists(records(side, most=4), min_size=15, max_size=15)):
            said = judged(found.says_unchanged, *engines, record)
            SEEN[said] += 1
            assert said in ("unchanged", "changed", "cannot be read")

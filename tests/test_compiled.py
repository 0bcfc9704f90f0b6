"""The compiled form of a rulebook, evaluated by itself, gives what the plain evaluator and an assessment give."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest

from rhrt import EvaluatorsDiffer, NotWhole, Record, Rulebook, load_rulebook
from rhrt.reasoning import durable, evaluate
from rhrt.reasoning.compiled import compiled, encoded
from rhrt.reasoning.engine import Engine
from rhrt.reasoning.evaluate import Evaluator, Matcher
from rhrt.reasoning.facts import about_thing
from rhrt.reasoning.inference import Inference
from rhrt.reasoning.plain import When, holds, wanted_in
from rhrt.record import CheckedRecord, check
from rhrt.rulebook.conditions import vocabulary
from rhrt.rulebook.kinds import FOLLOW_UP_ANSWERS
from rhrt.rulebook.rules import Rule, rules_of
from rhrt.steward.cases import read_examples
from rhrt.steward.folder import RulebookFolder, open_folder
from rhrt.steward.prove.engine import agreement
from rhrt.steward.prove.shown import every_fact
from rhrt.suggestion import Suggestion
from rhrt.testing.making import seeded
from rhrt.testing.properties import MARKS, Written
from tests.conftest import RULEBOOK_FOLDER, TIMES

MARRAM = Path(__file__).parent / "frameworks" / "marram-2025"
FOLDERS = {"herefordshire-2020": RULEBOOK_FOLDER, "marram-2025": MARRAM}
BOTH = pytest.mark.parametrize("name", FOLDERS)
IN_TURN = pytest.mark.parametrize(
    "name", [pytest.param("herefordshire-2020", marks=pytest.mark.long), "marram-2025"]
)
"""The small one in the quick run, and the other in the long one."""


class Both:
    """A rulebook with the compiled evaluator, of nothing but the bytes, and the two that it is compared with."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.engine = Engine(rulebook)
        self.plain = self.engine.conclusions.plain
        self.evaluator = Evaluator(json.loads(encoded(rulebook)))

    def assert_the_same(self, written: Written) -> None:
        record = check(Record.model_validate(written), self.rulebook)
        given = self.evaluator.evaluate(written)
        self.assert_as_the_plain_one(given, record)
        if given["lacks"]:
            with pytest.raises(NotWhole, match=f"It lacks {' and '.join(given['lacks'])}\\."):
                self.engine.suggest(record)
            return
        suggestion = self.engine.suggest(record)
        assert suggested(given) == said_by(suggestion)
        assert beside(given) == said_beside(suggestion)

    def assert_the_same_at_every_age(self, written: Written) -> None:
        """See all of it without an age, and at each age what the plain evaluator concludes."""
        self.assert_the_same(written)
        for child in ages(self.rulebook)[1:]:
            aged = {**written, "child": child}
            record = check(Record.model_validate(aged), self.rulebook)
            self.assert_as_the_plain_one(self.evaluator.evaluate(aged), record)

    def assert_as_the_plain_one(self, given: Written, record: CheckedRecord) -> None:
        plain = self.plain.evaluate(record)
        answers, situation = given["fired"][-2:]
        assert [*answers["rules"], *situation["rules"]] == [*plain.rules]
        assert (given["level"], given["route"] or None, given["urgency"], given["harm"]) == plain[:4]
        assert given["steps"] == [*plain.actions]
        alone = [one["rule"] for one in given["reasons"] if not one["answer"]]
        assert alone == [*plain.reasons]
        told = [(rule, answer) for rule, answer in self.plain.told(record) if self.is_a_reason(rule, given)]
        assert [(one["rule"], one["answer"]) for one in given["reasons"] if one["answer"]] == told

    def is_a_reason(self, rule: str, given: Written) -> bool:
        (judgement,) = [one for one in self.rulebook.judgements if f"judgement/{one.id}" == rule]
        return judgement.level in (0, given["level"])


def suggested(given: Written) -> list[Any]:
    reasons = [(one["rule"], one["answer"]) for one in given["reasons"]]
    return [given["level"], given["route"], given["urgency"], given["harm"], reasons, given["steps"]]


def said_by(suggestion: Suggestion) -> list[Any]:
    reasons = [(one.rule, one.answer or "") for one in suggestion.reasons]
    steps = [f"{one.rule}/{one.case}" for one in suggestion.actions]
    return [
        suggestion.level or 0, suggestion.route or "", suggestion.urgency, suggestion.harm, reasons, steps,
    ]  # fmt: skip


def beside(given: Written) -> list[Any]:
    asked = [(one["id"], one["answer"]) for one in given["follow_ups"]]
    return [given["prompts"], asked, given["afterwards"]]


def said_beside(suggestion: Suggestion) -> list[Any]:
    asked = [(one.id, one.answer) for one in suggestion.follow_ups]
    return [[one.id for one in suggestion.prompts], asked, [one.id for one in suggestion.afterwards]]


@pytest.fixture(scope="module")
def books() -> dict[str, Both]:
    return {name: Both(load_rulebook(folder)) for name, folder in FOLDERS.items()}


@pytest.fixture(scope="module")
def opened() -> dict[str, RulebookFolder]:
    return {name: open_folder(folder) for name, folder in FOLDERS.items()}


@IN_TURN
def test_every_worked_case_has_the_same_answer_from_the_compiled_form(name: str, books: dict[str, Both]) -> None:
    examples = read_examples(FOLDERS[name] / "cases")
    assert len(examples) > 20
    for example in examples:
        written = json.loads(check(example.record, books[name].rulebook).content())
        books[name].assert_the_same(written)
        given = books[name].evaluator.evaluate(written)
        assert (given["level"] or None, given["route"] or None) == (example.expected.level, example.expected.route)
        assert [step.split("/")[1] for step in given["steps"]] == [*example.expected.actions]


@IN_TURN
def test_every_sign_alone_has_the_same_answer_however_it_is_marked_at_every_age(
    name: str, books: dict[str, Both]
) -> None:
    for id_, mark in product(books[name].rulebook.position, MARKS):
        books[name].assert_the_same_at_every_age({"indicators": {mark: [id_]}})


@IN_TURN
def test_every_answer_alone_has_the_same_answer_at_every_age(name: str, books: dict[str, Both]) -> None:
    rulebook = books[name].rulebook
    answers: list[Written] = [{"follow_ups": {id_: one}} for id_ in rulebook.follow_up for one in FOLLOW_UP_ANSWERS]
    answers += [{"situation": {field.id: value}} for field in rulebook.situation for value in field.values]
    answers += [{"judgement": {"level": level}} for level in (None, *rulebook.level)]
    answers += [{"circumstances": [one.id]} for one in rulebook.circumstances]
    for answer in answers:
        books[name].assert_the_same_at_every_age(answer)


def ages(rulebook: Rulebook) -> list[dict[str, str | None]]:
    return [{"age_band": band} for band in (None, *(one.id for one in rulebook.age_bands))]


def chosen_records(rulebook: Rulebook, seed: int, many: int) -> Iterator[Written]:
    """Choose records of all that a record can have: half of them with a few things, half with many."""
    random = Random(seed)
    ids = list(rulebook.position)
    for _ in range(many):
        few = random.random() < 0.5
        signs = random.sample(ids, min(len(ids), random.randint(0, 2 if few else 8)))
        indicators: dict[str, list[str]] = {mark: [] for mark in MARKS}
        for id_ in signs:
            indicators[random.choice(MARKS)].append(id_)
        fields = [field for field in rulebook.situation if random.random() < (0.2 if few else 0.7)]
        asked = random.sample(list(rulebook.follow_up), min(len(rulebook.follow_up), random.randint(0, 2)))
        yield {
            "child": random.choice(ages(rulebook)),
            "indicators": indicators,
            "circumstances": [one.id for one in rulebook.circumstances if random.random() < 0.05],
            "situation": {field.id: random.choice(field.values) for field in fields},
            "follow_ups": {id_: random.choice(FOLLOW_UP_ANSWERS) for id_ in asked},
            "judgement": random.choice([None, *({"level": level} for level in rulebook.level)]),
        }


@BOTH
def test_chosen_records_have_the_same_answer(name: str, books: dict[str, Both]) -> None:
    for written in chosen_records(books[name].rulebook, 11, 150):
        books[name].assert_the_same(written)


@pytest.mark.long
@BOTH
def test_many_chosen_records_have_the_same_answer(name: str, books: dict[str, Both]) -> None:
    for written in chosen_records(books[name].rulebook, 12, 5_000 * TIMES):
        books[name].assert_the_same(written)


def with_more(rulebook: Rulebook) -> Rulebook:
    """Add what is in neither: a second reason for the same, a sign shown elsewhere, a rung beside another."""
    prompt = replace(rulebook.prompts[0], when=({},), indicators=(), absent=(), circumstances=(), if_yes=(), rank=0)
    reason = next(one for one in rulebook.judgements if one.about == "recorded" and one.level)
    steps = rulebook.actions[0], replace(rulebook.actions[0].cases[0], when={"unsure": "yes"})
    unsure = replace(rulebook.findings[0], id="unsure", when=({"asked": "unsure", "answer": "not-known"},))
    shown = replace(rulebook.indicator["lack-of-food"], heading="learning", shown_under="health")
    beside = replace(rulebook.ladders[0], rungs=("lack-of-food", "persistent-absence"))
    return replace(
        rulebook,
        indicators=tuple(shown if one.id == shown.id else one for one in rulebook.indicators),
        ladders=(*rulebook.ladders, beside),
        findings=(*rulebook.findings, unsure),
        judgements=(*rulebook.judgements, replace(reason, id="second")),
        actions=(*rulebook.actions, replace(steps[0], code="be-sure", cases=(steps[1],))),
        prompts=(
            *rulebook.prompts,
            replace(prompt, id="under-one-heading", when=({"headings_recorded": "one"},)),
            replace(prompt, id="worse-than-this", absent=("lack-of-food",)),
            replace(prompt, id="unsure", if_yes=("consult",)),
        ),
    )


def test_what_is_in_neither_rulebook_has_the_same_answer_too(rulebook: Rulebook) -> None:
    both = Both(with_more(rulebook))
    health = next(
        one.id for one in rulebook.indicators if (one.shown_under or one.heading) == "health" and one.level == 3
    )
    two: Written = {"indicators": {"present": ["lack-of-food", health]}}
    same_level: Written = {"indicators": {"present": ["persistent-absence"], "absent": ["lack-of-food"]}}
    alert: Written = {"indicators": {"present": ["fgm-parent-risk-unknown"]}}
    danger: Written = {"situation": {"immediate_danger": "yes"}}
    for written in (two, same_level, alert, danger):
        both.assert_the_same(written)
    assert "under-one-heading" in both.evaluator.evaluate(two)["prompts"]
    assert "worse-than-this" in both.evaluator.evaluate(same_level)["prompts"]
    assert {"id": "unsure", "answer": "not-asked"} in both.evaluator.evaluate(alert)["follow_ups"]
    reasons = [
        one["rule"] for one in both.evaluator.evaluate(danger)["reasons"] if one["answer"] == "immediate_danger"
    ]
    assert len(reasons) == 1
    assert reasons != ["judgement/second"]


def test_generated_rulebooks_have_the_same_answers() -> None:
    halves = 0
    for seed in range(25):
        both = Both(seeded(seed))
        for written in chosen_records(both.rulebook, seed, 12):
            both.assert_the_same(written)
            halves += bool(both.evaluator.evaluate(written)["lacks"])
    assert 20 < halves < 280, "some answers are whole, and some are not"


@BOTH
def test_the_rules_that_each_fact_fires_are_those_that_an_assessment_traces(
    name: str, books: dict[str, Both]
) -> None:
    for written in chosen_records(books[name].rulebook, 13, 100):
        record = check(Record.model_validate(written), books[name].rulebook)
        fired = [(one["fact"], sorted(one["rules"])) for one in books[name].evaluator.evaluate(written)["fired"]]
        for fact, rules in books[name].engine.conclusions.trace(record):
            assert (dict(fact), sorted(rules)) in fired
        assert fired[-1][0]["level"] == books[name].evaluator.evaluate(written)["level"]


def facts_for(folder: RulebookFolder, rule: Rule, when: When) -> list[dict[str, str | int]]:
    """Give each fact that a rule can meet; beyond the things recorded, each that the fields' values allow."""
    if rule.about == "recorded":
        return [dict(fact) for fact in every_fact(folder, rule, when)]
    values = vocabulary(folder.rulebook, rule.about)
    fields = list(dict.fromkeys(field for line in when for field, _ in line))
    given: list[Collection[str | int]] = [values[field] for field in fields]
    return [dict(zip(fields, chosen, strict=True)) for chosen in product(*given)]


def written_otherwise(folder: RulebookFolder, wrongly: Callable[[Written], Written]) -> tuple[list[str], list[str]]:
    """Name the rules that, altered once compiled, hold for other facts than the plain one says, and all others."""
    rules = {rule["name"]: rule for own in compiled(folder.rulebook)["rules"].values() for rule in own}
    other: list[str] = []
    same: list[str] = []
    for rule in rules_of(folder.rulebook):
        when = wanted_in(rule.when, len(folder.rulebook.levels))
        matcher = Matcher([wrongly(rules[rule.name])])
        facts = facts_for(folder, rule, when)
        differs = any(bool(matcher.fired(fact)) != holds(when, fact) for fact in facts)
        (other if differs else same).append(rule.name)
    return other, same


@BOTH
def test_every_rule_is_compiled_to_what_it_says_of_each_fact_that_it_can_meet(
    name: str, opened: dict[str, RulebookFolder]
) -> None:
    rules = compiled(opened[name].rulebook)["rules"]
    assert {about: [one["name"] for one in own] for about, own in rules.items()} == {
        about: [rule.name for rule in rules_of(opened[name].rulebook) if rule.about == about] for about in rules
    }
    other, same = written_otherwise(opened[name], lambda rule: rule)
    assert other == []
    assert len(same) > 80


def without_its_last_line(rule: Written) -> Written:
    return {**rule, "when": rule["when"][:-1]}


def without_its_first_fields(rule: Written) -> Written:
    return {**rule, "when": [line[1:] for line in rule["when"]]}


def without_its_last_values(rule: Written) -> Written:
    return {**rule, "when": [[[field, words[:-1]] for field, words in line] for line in rule["when"]]}


@pytest.mark.parametrize("wrongly", [without_its_last_line, without_its_first_fields, without_its_last_values])
def test_a_rule_that_is_compiled_wrongly_is_found_whichever_it_is(
    wrongly: Callable[[Written], Written], opened: dict[str, RulebookFolder]
) -> None:
    other, same = written_otherwise(opened["marram-2025"], wrongly)
    always = [rule.name for rule in rules_of(opened["marram-2025"].rulebook) if rule.when == ({},)]
    assert same == ([] if wrongly is without_its_last_line else always)
    assert len(other) > 80


@pytest.mark.long
@BOTH
def test_without_durable_rules_both_evaluators_agree_in_every_situation(
    name: str, opened: dict[str, RulebookFolder], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durable, "engine", None)
    proven = agreement(opened[name].situations)
    assert proven.broken is None
    assert proven.tried > 700_000


@IN_TURN
def test_without_durable_rules_the_compiled_form_is_the_second_evaluator_and_every_answer_is_the_same(
    name: str, books: dict[str, Both], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durable, "engine", None)
    engine = Engine(books[name].rulebook)
    for example in read_examples(FOLDERS[name] / "cases")[::6]:
        record = check(example.record, books[name].rulebook)
        here, there = (one.suggest(record).model_dump() for one in (engine, books[name].engine))
        assert here["receipt"].pop("evaluated_by") == ("compiled", "reference")
        assert there["receipt"].pop("evaluated_by") == books[name].engine.conclusions.inference.evaluated_by
        assert here == there


def test_without_durable_rules_whatever_goes_wrong_in_the_compiled_form_gives_no_answer(
    books: dict[str, Both], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durable, "engine", None)
    rulebook = books["marram-2025"].rulebook
    inference = Inference(rulebook)
    (fact,) = about_thing(rulebook, ("picks-up-illnesses", "present"), None)
    without_mark = {name: kind for name, kind in inference.fields["recorded"].items() if name != "mark"}
    monkeypatch.setattr(inference, "fields", {**inference.fields, "recorded": without_mark})
    with pytest.raises(EvaluatorsDiffer, match="failed: 'mark'"):
        inference.fire("recorded", fact)


def values_in(value: object) -> Iterator[object]:
    yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from values_in(one)


@BOTH
def test_the_compiled_form_is_plain_data_and_the_same_after_it_was_written_and_read(
    name: str, books: dict[str, Both]
) -> None:
    form = compiled(books[name].rulebook)
    assert {type(value) for value in values_in(form)} == {dict, list, str, int}
    assert all(type(key) is str for value in values_in(form) if isinstance(value, dict) for key in value)
    assert json.loads(encoded(books[name].rulebook)) == form
    assert [*json.loads(encoded(books[name].rulebook))] == sorted(form)
    assert form["form"] == evaluate.FORM
    lines = [line for rules in form["rules"].values() for rule in rules for line in rule["when"]]
    assert all(len({field for field, _ in line}) == len(line) for line in lines)
    assert all(len({*words}) == len(words) for line in lines for _, words in line)
    assert all({*map(type, words)} == {int if field == "level" else str} for line in lines for field, words in line)


@IN_TURN
def test_the_compiled_form_is_the_same_bytes_in_every_process(name: str, books: dict[str, Both]) -> None:
    code = "import sys; from rhrt import load_rulebook; from rhrt.reasoning.compiled import encoded; "
    code += "sys.stdout.buffer.write(encoded(load_rulebook(sys.argv[1])))"
    told = []
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        run = [sys.executable, "-c", code, str(FOLDERS[name])]
        told.append(subprocess.run(run, env=environment, capture_output=True, check=True).stdout)
    assert told == [encoded(books[name].rulebook)] * 2


def test_the_evaluator_imports_nothing_of_rhrt_and_uses_nothing_without_an_order() -> None:
    tree = ast.parse(Path(evaluate.__file__).read_text("utf-8"))
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [getattr(node, "module", "import") for node in imported] == ["typing"]
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert used.isdisjoint({"__import__", "open", "exec", "eval", "set", "frozenset", "hash", "id"})
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Set | ast.SetComp)]


@pytest.mark.parametrize(
    ("written", "part"),
    [
        ({"indicators": {"present": ["no-such-sign"]}}, "indicators"),
        ({"indicators": {"present": ["abuse-or-neglect"], "absent": ["abuse-or-neglect"]}}, "indicators"),
        ({"indicators": {"not_known": ["abuse-or-neglect", "ABUSE-OR-NEGLECT"]}}, "indicators"),
        ({"situation": {"immediate_danger": "Yes"}}, "situation"),
        ({"situation": {"danger": "yes"}}, "situation"),
        ({"situation": {"immediate_danger": None}}, "situation"),
        ({"follow_ups": {"missing": "not-asked"}}, "follow_ups"),
        ({"follow_ups": {"danger-not-known": "yes"}}, "follow_ups"),
        ({"circumstances": ["no-such-circumstance"]}, "circumstances"),
        ({"child": {"age_band": "4"}}, "child"),
        ({"judgement": {"level": 5}}, "judgement"),
        ({"judgement": {"level": "4"}}, "judgement"),
    ],
)
def test_a_record_that_names_what_the_rulebook_does_not_know_is_refused_and_never_taken_for_nothing(
    written: Written, part: str, books: dict[str, Both]
) -> None:
    with pytest.raises(ValueError, match=f"something under '{part}'"):
        books["herefordshire-2020"].evaluator.evaluate(written)


@pytest.mark.parametrize("written", [{}, {"child": None, "judgement": None, "indicators": None, "situation": None}])
def test_a_record_of_nothing_has_no_level_and_no_route(written: Written, books: dict[str, Both]) -> None:
    given = books["herefordshire-2020"].evaluator.evaluate(written)
    assert (given["level"], given["route"], given["reasons"], given["lacks"]) == (0, "", [], [])
    assert given["steps"][-1] == "action/record-decision/1"


def test_a_form_of_another_version_is_refused(books: dict[str, Both]) -> None:
    with pytest.raises(ValueError, match="form"):
        Evaluator({**compiled(books["marram-2025"].rulebook), "form": evaluate.FORM + 1})

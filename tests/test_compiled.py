"""The compiled form of a rulebook, evaluated by itself, gives what the plain evaluator and an assessment give."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest

from rhrt import EvaluatorsDiffer, NotWhole, Record, Rulebook, load_rulebook
from rhrt.case import read_examples
from rhrt.engine import compiled as compiling
from rhrt.engine import durable, evaluate
from rhrt.engine.assess import Engine
from rhrt.engine.compiled import compiled, encoded
from rhrt.engine.evaluate import Evaluator, Matcher
from rhrt.engine.inference import Inference
from rhrt.proof.agreement import agreement
from rhrt.proof.shown import every_fact
from rhrt.record import CheckedRecord, check
from rhrt.rulebook.conditions import When, holds, vocabulary, wanted_in
from rhrt.rulebook.folder import RulebookFolder, open_folder
from rhrt.rulebook.model import FOLLOW_UP_ANSWERS
from rhrt.rulebook.rules import Rule, rules_of
from rhrt.suggestion import Suggestion
from rhrt.testing.making import seeded
from rhrt.testing.variations import MARKS, Written
from tests.conftest import RULEBOOK_FOLDER, TIMES

MARRAM = Path(__file__).parent / "frameworks" / "marram-2025"
FOLDERS = {"herefordshire-2020": RULEBOOK_FOLDER, "marram-2025": MARRAM}
BOTH = pytest.mark.parametrize("name", FOLDERS)


class Both:
    """A rulebook with the compiled evaluator, of nothing but the bytes, and the two that it is compared with."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.engine = Engine(rulebook)
        self.evaluator = Evaluator(json.loads(encoded(rulebook)))

    def assert_the_same(self, written: Written) -> None:
        record = check(Record.model_validate(written), self.rulebook)
        given = self.evaluator.evaluate(written)
        self.assert_as_the_plain_one(given, record)
        try:
            suggestion = self.engine.suggest(record)
        except NotWhole as half:
            assert given["lacks"] == str(half).partition("It lacks ")[2].partition(". To find")[0].split(" and ")
        else:
            assert given["lacks"] == []
            assert suggested(given) == said_by(suggestion)
            assert beside(given) == said_beside(suggestion)

    def assert_as_the_plain_one(self, given: Written, record: CheckedRecord) -> None:
        plain = self.engine.reference.evaluate(record)
        answers, situation = given["fired"][-2:]
        assert [*answers["rules"], *situation["rules"]] == [*plain.rules]
        assert (given["level"], given["route"] or None, given["urgency"], given["harm"]) == plain[:4]
        assert given["steps"] == [*plain.actions]
        alone = [one["rule"] for one in given["reasons"] if not one["answer"]]
        assert alone == [*plain.reasons]
        told = [
            (rule, answer) for rule, answer in self.engine.reference.told(record) if self.is_a_reason(rule, given)
        ]
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


@BOTH
def test_every_worked_case_has_the_same_answer_from_the_compiled_form(name: str, books: dict[str, Both]) -> None:
    examples = read_examples(FOLDERS[name] / "cases")
    assert len(examples) > 20
    for example in examples:
        written = json.loads(check(example.record, books[name].rulebook).content())
        books[name].assert_the_same(written)
        given = books[name].evaluator.evaluate(written)
        assert (given["level"] or None, given["route"] or None) == (example.expected.level, example.expected.route)
        assert [step.split("/")[1] for step in given["steps"]] == [*example.expected.actions]


@BOTH
def test_every_sign_alone_has_the_same_answer_however_it_is_marked_at_every_age(
    name: str, books: dict[str, Both]
) -> None:
    both = books[name]
    for id_, mark in product(both.rulebook.position, MARKS):
        both.assert_the_same({"indicators": {mark: [id_]}})
        for child in ages(both.rulebook)[1:]:
            written = {"child": child, "indicators": {mark: [id_]}}
            record = check(Record.model_validate(written), both.rulebook)
            both.assert_as_the_plain_one(both.evaluator.evaluate(written), record)


@BOTH
def test_every_answer_alone_has_the_same_answer_at_every_age(name: str, books: dict[str, Both]) -> None:
    rulebook = books[name].rulebook
    answers: list[Written] = [{"follow_ups": {id_: one}} for id_ in rulebook.follow_up for one in FOLLOW_UP_ANSWERS]
    answers += [{"situation": {field.id: value}} for field in rulebook.situation for value in field.values]
    answers += [{"judgement": {"level": level}} for level in (None, *rulebook.level)]
    answers += [{"circumstances": [one.id]} for one in rulebook.circumstances]
    for answer, child in product(answers, ages(rulebook)):
        books[name].assert_the_same({**answer, "child": child})


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
    for written in chosen_records(books[name].rulebook, 11, 500):
        books[name].assert_the_same(written)


@pytest.mark.no_cover
@BOTH
def test_many_chosen_records_have_the_same_answer(name: str, books: dict[str, Both]) -> None:
    for written in chosen_records(books[name].rulebook, 12, 5_000 * TIMES):
        books[name].assert_the_same(written)


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
        for fact, rules in books[name].engine.trace(record):
            assert (dict(fact), sorted(rules)) in fired
        assert fired[-1][0]["level"] == books[name].evaluator.evaluate(written)["level"]


def facts_for(folder: RulebookFolder, rule: Rule, when: When) -> list[dict[str, str | int]]:
    """Give each fact that a rule can meet; beyond the things recorded, each that the fields' values allow."""
    if rule.about == "recorded":
        return [dict(fact) for fact in every_fact(folder, rule, when)]
    values = vocabulary(folder.rulebook, rule.about)
    fields = list(dict.fromkeys(field for line in when for field, _ in line))
    return [dict(zip(fields, chosen, strict=True)) for chosen in product(*(values[field] for field in fields))]


def written_otherwise(folder: RulebookFolder, wrongly: Callable[[Written], Written]) -> tuple[list[str], list[str]]:
    """Name the rules that, altered once compiled, hold for other facts than the plain one says, and those that do not."""
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
    print(len(other), same)
    assert len(other) > 50
    assert same == []

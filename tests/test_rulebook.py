"""The Herefordshire rulebook holds the whole framework, as printed, and every rule says where it comes from."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from rhrt import Rulebook
from rhrt.parser import read
from rhrt.rulebook.load import bundled_folder
from rhrt.schema import KINDS, schema_of
from tests.conftest import CASES, RULEBOOK_FOLDER, case
from tests.transcription import not_found

# Made when the transcription was proven against the framework's text: see tests/transcription.py.
WORDING = {
    1: "b9fc8033954c6951",
    2: "a50eb89d4a04b084",
    3: "b3a2889543ab2697",
    4: "efe23d721fd6f2f1",
}
SECTION_8 = "0267b0c8da6912d9"

HARM = {*range(129, 134), 135, 136, 138, 139, 145, 146, 147, 149, *range(152, 157), 160, 164, 167}
SAFETY = {128, 140, 142, 143, 144, 161, 163, 165}
ON_NO_LADDER = {13, 27, 37, 40, 41, 42, 56, 95, 136, 142, 143, 152, 156, 157, 158, 164}


def digest(wordings: list[str]) -> str:
    return sha256("\n".join(wordings).encode()).hexdigest()[:16]


def test_every_indicator_of_the_appendix_is_there_in_order(rulebook: Rulebook) -> None:
    numbered = [indicator for indicator in rulebook.indicators if indicator.n]
    assert [indicator.n for indicator in numbered] == list(range(1, 168))
    assert Counter(indicator.level for indicator in numbered) == {1: 22, 2: 49, 3: 53, 4: 43}


@pytest.mark.parametrize("level", WORDING)
def test_the_wording_of_each_level_is_as_printed(level: int, rulebook: Rulebook) -> None:
    wordings = [i.wording for i in rulebook.indicators if i.n and i.level == level]
    assert digest(wordings) == WORDING[level]


def test_the_needs_of_section_8_are_entries_of_their_own(rulebook: Rulebook) -> None:
    needs = [indicator for indicator in rulebook.indicators if indicator.n is None]
    assert digest([need.wording for need in needs]) == SECTION_8
    assert Counter(need.level for need in needs) == {1: 1, 2: 1, 3: 6, 4: 6}
    assert [need.basis for need in needs if need.level == 4] == ["significant-harm"] * 2 + ["child-in-need"] * 4
    assert {need.source.section for need in needs} == {"Section 8"}


def test_the_proof_of_wording_finds_a_word_that_was_changed(rulebook: Rulebook) -> None:
    text = "Level 1 Universal Needs " + " <li>".join(indicator.wording for indicator in rulebook.indicators)
    assert not_found(rulebook, text) == []
    assert not_found(rulebook, text.replace("Unemployment", "unemployed")) == ["unemployment"]


def test_every_level_4_indicator_says_why_it_stands_there(rulebook: Rulebook) -> None:
    expected = dict.fromkeys(range(125, 168), "child-in-need")
    expected |= dict.fromkeys(HARM, "significant-harm") | dict.fromkeys(SAFETY, "safety")
    assert {i.n: i.basis for i in rulebook.indicators if i.n and i.level == 4} == expected
    assert {i.basis for i in rulebook.indicators if i.level < 4} == {None}


def test_headings_and_pages_are_those_printed(rulebook: Rulebook) -> None:
    numbered = {indicator.n: indicator for indicator in rulebook.indicators if indicator.n}
    printed = set(chain.from_iterable(heading.printed for heading in rulebook.headings))
    assert {i.printed_heading for i in numbered.values()} - {None} == printed
    assert [n for n, i in numbered.items() if i.heading is None] == [13, 14]
    pages = {n: i.page for n, i in numbered.items() if i.page}
    assert pages == {
        **dict.fromkeys(range(1, 15), 106),
        **dict.fromkeys(range(23, 46), 108),
        **dict.fromkeys(range(46, 65), 109),
        **dict.fromkeys(range(102, 121), 112),
    }
    shown = {n: i.shown_under for n, i in numbered.items() if i.shown_under}
    assert shown == dict.fromkeys(range(149, 157), "family-relationships") | dict.fromkeys(
        range(157, 161), "child-status"
    )


def test_ids_are_kebab_case_and_say_no_level(rulebook: Rulebook) -> None:
    ids = [indicator.id for indicator in rulebook.indicators]
    assert len(set(ids)) == len(ids)
    assert not [id_ for id_ in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id_)]
    assert not [id_ for id_ in ids if re.search(r"level|(^|-)l?[1-4](-|$)", id_)]


def test_every_indicator_can_be_found_in_four_ways_of_its_own(rulebook: Rulebook) -> None:
    said = Counter(words.lower() for indicator in rulebook.indicators for words in indicator.also)
    assert [words for words, times in said.items() if times > 1] == []
    assert min(len(indicator.also) for indicator in rulebook.indicators) >= 4
    wordings = {indicator.wording.lower() for indicator in rulebook.indicators}
    assert not wordings & set(said)


def test_only_the_indicator_that_states_nothing_cannot_be_recorded(rulebook: Rulebook) -> None:
    assert [i.n for i in rulebook.indicators if not i.recordable] == [13]


def test_every_indicator_stands_on_a_ladder_but_those_that_stand_alone(rulebook: Rulebook) -> None:
    assert len(rulebook.ladders) >= 45
    alone = {i.n for i in rulebook.indicators if i.n and not rulebook.ladders_of(i.id)}
    assert alone == ON_NO_LADDER
    for ladder in rulebook.ladders:
        levels = [rulebook.indicator[id_].level for id_ in (ladder.strength, *ladder.rungs) if id_]
        assert levels == sorted(set(levels)), ladder.id


def test_circumstances_services_and_agencies_are_complete(rulebook: Rulebook) -> None:
    assert len([one for one in rulebook.circumstances if one.basis == "framework"]) == 12
    assert [len(agencies.names) for agencies in rulebook.agencies] == [14, 15]
    own = {level: [s.name for s in rulebook.services if s.levels == (level,) and not s.topics] for level in (2, 3)}
    assert own == {2: ["Befriending Service"], 3: ["Family Mentoring", "Early Help Family Support"]}
    assert next(s.check for s in rulebook.services if s.id == "no-wrong-door")


def test_numbers_are_those_printed_and_marked_as_not_verified(rulebook: Rulebook) -> None:
    assert {contact.id: contact.number for contact in rulebook.contacts} == {
        "police": "999",
        "ambulance": "999",
        "mash": "(01432) 260800",
        "edt": "(01905) 768020",
        "chat": "(01432) 260261",
        "police-not-urgent": "101",
        "nhs-111": "111",
    }
    national = {"police-not-urgent": "2012-01", "nhs-111": "2014-02"}
    for contact in rulebook.contacts:
        assert (contact.printed, contact.verified) == (national.get(contact.id, "2020-11"), None)


def test_every_rule_cites_a_clause_and_facts_that_exist(rulebook: Rulebook) -> None:
    rules: list[Any] = [
        *rulebook.levels,
        *rulebook.situation,
        *rulebook.findings,
        *rulebook.judgements,
        *rulebook.routes,
        *rulebook.urgencies,
        *rulebook.actions,
        *rulebook.ladders,
        *(one for one in rulebook.circumstances if one.basis == "framework"),
        *rulebook.services,
    ]
    for rule in rules:
        numbered = re.match(r"(Sections?|Appendix) \d", rule.source.section)
        assert numbered or rule.source.document != "framework", rule
        assert all(re.fullmatch(r"R(0\d\d|1[0-3]\d|14[0-4])", fact) for fact in rule.source.facts), rule
        assert all(re.fullmatch(r"[A-G]\d\d", reading) for reading in rule.source.readings), rule
    deciding: list[Any] = [*rulebook.findings, *rulebook.routes, *rulebook.urgencies, *rulebook.actions]
    for rule in deciding:
        assert rule.source.facts, rule


FILES = [*(path for at in ("*", "indicators/*", "ways/*") for path in RULEBOOK_FOLDER.glob(f"{at}.yaml")), *CASES]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_names_a_schema_and_fits_it(path: Path) -> None:
    written = read(path)
    first = path.read_text(encoding="utf-8").splitlines()[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(.+)", first)
    assert named, "the first line names the schema"
    schema = (path.parent / named[1]).resolve()
    validator(schema).validate(written.value)


@cache
def validator(schema: Path) -> jsonschema.Draft202012Validator:
    described = read(schema).value
    assert isinstance(described, dict)
    jsonschema.Draft202012Validator.check_schema(described)
    return jsonschema.Draft202012Validator(described)


@pytest.mark.parametrize("kind", KINDS)
def test_the_schemas_in_the_repository_are_those_of_the_model(kind: str) -> None:
    path = bundled_folder() / "schema" / f"{kind}.schema.json"
    remedy = f"rhrt schema {kind} > rules/schema/{kind}.schema.json"
    assert read(path).value == schema_of(kind), f"It is out of date. Run: {remedy}"


def test_worked_cases_cover_every_level_every_action_and_every_ladder(rulebook: Rulebook) -> None:
    cases = [case(path) for path in CASES]
    assert len(cases) >= 60
    assert {content["expected"]["level"] for content in cases} == {None, 1, 2, 3, 4}
    told = [one["expected"] for content in cases for one in (content, *content.get("what_if", ()))]
    actions = Counter(code for expected in told for code in expected["actions"])
    assert {action.code for action in rulebook.actions if actions[action.code] < 3} == set()
    recorded = {id_ for content in cases for id_ in content["record"].get("indicators", {}).get("present", [])}
    assert [ladder.id for ladder in rulebook.ladders if not recorded & set(ladder.rungs)] == []

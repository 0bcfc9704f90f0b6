"""The scripts give the same document as Python, to the byte (but who evaluated it), or the same refusal."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rhrt_cli.main import main

from rhrt import Record, Rulebook, load_rulebook
from rhrt.browser.rulebook import EVALUATED_BY, encoded, rulebook_data
from rhrt.faults import BadInput
from rhrt.reasoning.situations import Situations
from rhrt.record import check
from rhrt.rulebook.kinds import FOLLOW_UP_ANSWERS
from rhrt.steward.cases import read_examples
from rhrt.testing.making import seeded
from rhrt.testing.properties import MARKS, Written
from rhrt.testing.strategies import records
from tests.browser.scripted import SCRIPTS, Scripted, scripts
from tests.conftest import RULEBOOK_FOLDER, TIMES, tries
from tests.test_compiled import with_more

MARRAM = Path(__file__).parents[1] / "frameworks" / "marram-2025"
FOLDERS = {"herefordshire-2020": RULEBOOK_FOLDER, "marram-2025": MARRAM}
BOTH = pytest.mark.parametrize("name", FOLDERS)
KINDS = {"herefordshire-2020": 90_240, "marram-2025": 259_200}


@pytest.fixture(scope="module")
def running() -> Iterator[Scripted]:
    with scripts() as one:
        yield one


@pytest.fixture(scope="module")
def books() -> dict[str, Rulebook]:
    return {name: load_rulebook(folder) for name, folder in FOLDERS.items()}


@pytest.fixture
def taken(running: Scripted, books: dict[str, Rulebook], request: pytest.FixtureRequest) -> Scripted:
    """Give the scripts with the rulebook that a test is about."""
    running.take(books[request.node.callspec.params["name"]])
    return running


def said(what: str, started: float, many: int) -> None:
    print(f"{many} {what}: {monotonic() - started:.0f} s")


# --- The same document


@BOTH
def test_every_worked_case_has_the_same_document(name: str, taken: Scripted) -> None:
    examples = read_examples(FOLDERS[name] / "cases")
    cases = [json.loads(check(example.record, taken.rulebook).content()) for example in examples]
    assert taken.assert_the_same(cases) == len(cases) > 20
    for written in cases[:3]:
        assert taken.text(written).encode() == taken.expected(written)


@BOTH
def test_every_sign_alone_has_the_same_document_however_it_is_marked_at_every_age(
    name: str, taken: Scripted
) -> None:
    started = monotonic()
    many = taken.assert_the_same(
        {"indicators": {mark: [id_]}, "child": age}
        for id_, mark, age in product(taken.rulebook.position, MARKS, ages(taken.rulebook))
    )
    said(f"signs alone of {name}", started, many)


@BOTH
def test_every_answer_has_the_same_document_alone_and_beside_a_sign_of_each_level_at_every_age(
    name: str, taken: Scripted
) -> None:
    started = monotonic()
    many = taken.assert_the_same(
        {**answer, "indicators": {"present": signs}, "child": age}
        for answer, signs, age in product(
            every_answer(taken.rulebook), signs_of_each_level(taken.rulebook), ages(taken.rulebook)
        )
    )
    said(f"answers of {name}", started, many)


def ages(rulebook: Rulebook) -> list[Written]:
    return [{"age_band": band} for band in (None, *(one.id for one in rulebook.age_bands))]


def every_answer(rulebook: Rulebook) -> Iterator[Written]:
    """Give every answer to a question or follow-up question, own level and circumstance."""
    yield from ({"situation": {one.id: value}} for one in rulebook.situation for value in one.values)
    yield from ({"follow_ups": {id_: one}} for id_, one in product(rulebook.follow_up, FOLLOW_UP_ANSWERS))
    yield from ({"circumstances": [one.id]} for one in rulebook.circumstances)
    for level, reason in product((None, *rulebook.level), (None, *rulebook.difference.reasons)):
        yield {"judgement": {"level": level, "reason": reason and reason.id}}


def signs_of_each_level(rulebook: Rulebook) -> list[list[str]]:
    """Give no sign, and one of each level."""
    first = {rulebook.indicator[id_].level: [id_] for id_ in reversed([*rulebook.position])}
    return [[], *(first[level] for level in sorted(first))]


def every_kind(rulebook: Rulebook) -> list[Callable[[], Written]]:
    """Give what makes a smallest record of each kind of situation that the proof visits."""
    situations = Situations(rulebook)
    answers = product(*[[kind[0] for kind in kinds] for kinds in situations.kinds])
    return [
        lambda signs=signs, own=own: situations.record(situations.situation(signs, own))  # type: ignore[misc]
        for signs, own in product(situations.marks, answers)
    ]


@pytest.mark.timeout(600)
@BOTH
def test_of_all_kinds_of_situation_a_tenth_or_two_thousand_have_the_same_document(
    name: str, taken: Scripted
) -> None:
    kinds, started = every_kind(taken.rulebook), monotonic()
    assert len(kinds) == KINDS[name]
    some = Random(10).sample(kinds, min(len(kinds) // 10, 2_000))
    said(f"situations of {name}", started, taken.assert_the_same(make() for make in some))


@pytest.mark.long
@pytest.mark.timeout(7200)
@BOTH
def test_every_kind_of_situation_has_the_same_document(name: str, taken: Scripted) -> None:
    started = monotonic()
    many = taken.assert_the_same(make() for make in every_kind(taken.rulebook))
    assert many == KINDS[name]
    said(f"situations of {name}", started, many)


def chosen_records(rulebook: Rulebook, seed: int, many: int) -> Iterator[Written]:
    """Choose records of all that can be written: half of them with a few things, half with many."""
    random = Random(seed)
    ids = [*rulebook.position, *(old for old, new in rulebook.aliases.items() if new in rulebook.position)]
    for _ in range(many):
        few = random.random() < 0.5
        indicators: dict[str, list[str]] = {mark: [] for mark in MARKS}
        chosen = random.sample(ids, min(len(ids), random.randint(0, 2 if few else 12)))
        for id_ in {rulebook.aliases.get(id_, id_): id_ for id_ in chosen}.values():
            indicators[random.choice(MARKS)] += [id_] * random.choice((1, 1, 1, 2))
        fields = [field for field in rulebook.situation if random.random() < (0.2 if few else 0.7)]
        asked = random.sample(list(rulebook.follow_up), min(len(rulebook.follow_up), random.randint(0, 3)))
        random.shuffle(fields)
        written: Written = {
            "rulebook": random.choice((None, rulebook.id)),
            "child": random.choice([None, {}, *ages(rulebook)]),
            "indicators": indicators,
            "circumstances": [one.id for one in rulebook.circumstances if random.random() < 0.05],
            "situation": {field.id: random.choice(field.values) for field in fields},
            "follow_ups": {id_: random.choice(FOLLOW_UP_ANSWERS) for id_ in asked},
            "judgement": random.choice([None, *judgements(rulebook)]),
        }
        yield {part: own for part, own in written.items() if own or random.random() < 0.5}


def judgements(rulebook: Rulebook) -> list[Written]:
    reasons = [None, *(one.id for one in rulebook.difference.reasons)]
    return [{"level": level, "reason": reason} for level, reason in product((None, *rulebook.level), reasons)]


@pytest.mark.timeout(600)
@BOTH
def test_chosen_records_have_the_same_document(name: str, taken: Scripted) -> None:
    started = monotonic()
    said(f"records of {name}", started, taken.assert_the_same(chosen_records(taken.rulebook, 15, 3_000)))


@pytest.mark.long
@pytest.mark.timeout(3600 * TIMES)
@BOTH
def test_many_chosen_records_have_the_same_document(name: str, taken: Scripted) -> None:
    started = monotonic()
    seed = 16 if TIMES == 1 else Random().randrange(10**6)
    print(f"seed {seed}")
    said(f"records of {name}", started, taken.assert_the_same(chosen_records(taken.rulebook, seed, 20_000 * TIMES)))


@BOTH
@settings(tries(1_000), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(drawn=st.data())
def test_drawn_records_have_the_same_document(name: str, taken: Scripted, drawn: st.DataObject) -> None:
    assert taken.assert_the_same([drawn.draw(records(taken.rulebook))]) == 1, name


def generated(running: Scripted, seeds: range) -> None:
    started, refused, many = monotonic(), 0, 0
    for seed in seeds:
        running.take(seeded(seed))
        written = [*chosen_records(running.rulebook, seed, 20)]
        many += running.assert_the_same(written)
        refused += sum(b'{"refused"' in running.expected(one) for one in written[::5])
    said(f"records of {len(seeds)} generated rulebooks", started, many)
    assert 0 < refused < many / 5, "some answers are whole, and some are not"


def test_generated_rulebooks_have_the_same_documents_and_refusals(running: Scripted) -> None:
    generated(running, range(60))


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_many_generated_rulebooks_have_the_same_documents_and_refusals(running: Scripted) -> None:
    generated(running, range(60, 60 + 1_000 * TIMES))


def test_what_is_in_neither_rulebook_has_the_same_document_too(
    running: Scripted, books: dict[str, Rulebook]
) -> None:
    """Try a second reason for the same, a sign shown elsewhere, a rung beside another, a question more."""
    running.take(with_more(books["herefordshire-2020"]))
    beside = {"present": ["persistent-absence"], "absent": ["lack-of-food"]}
    assert "worse-than-this" in running.text({"indicators": beside})
    assert '"id":"unsure"' in running.text({"indicators": {"present": ["fgm-parent-risk-unknown"]}})
    shown = {"present": ["lack-of-food", "persistent-absence"], "not_known": ["abuse-or-neglect"]}
    signs = [beside, shown, {"present": ["fgm-parent-risk-unknown"]}, {"present": ["lack-of-food"]}, {}]
    every = [{**answer, "indicators": one} for one in signs for answer in every_answer(running.rulebook)]
    running.assert_the_same(every)
    running.assert_the_same(chosen_records(running.rulebook, 17, 300))


# --- What is refused


REFUSED: dict[str, Written] = {
    "a sign that there is not": {"indicators": {"present": ["no-such-sign"]}},
    "a sign with the name of what every object has": {"indicators": {"absent": ["constructor"]}},
    "a sign marked two ways": {"indicators": {"present": ["abuse-or-neglect"], "absent": ["abuse-or-neglect"]}},
    "an answer that there is not": {"situation": {"immediate_danger": "Yes"}},
    "a question that there is not": {"situation": {"danger": "yes"}},
    "a question with the name of what every object has": {"situation": {"toString": "yes"}},
    "a follow-up answer that there is not": {"follow_ups": {"missing": "not-asked"}},
    "a follow-up question that there is not": {"follow_ups": {"danger-not-known": "yes"}},
    "a prompt that is no question": {"follow_ups": {"__proto__": "yes"}},
    "a circumstance that there is not": {"circumstances": ["no-such-circumstance"]},
    "an age band that there is not": {"child": {"age_band": "4"}},
    "a level that there is not": {"judgement": {"level": 5}},
    "a reason that there is not": {"judgement": {"level": 4, "reason": "mood"}},
    "another rulebook": {"rulebook": "marram-2025"},
    "a long word": {"indicators": {"present": ["é" * 200]}},
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_record_that_names_what_is_not_known_is_refused_in_the_same_sentence(
    what: str, running: Scripted, books: dict[str, Rulebook]
) -> None:
    running.take(books["herefordshire-2020"])
    with pytest.raises(BadInput) as refused:
        check(Record.model_validate(REFUSED[what]), running.rulebook)
    assert json.loads(running.text(REFUSED[what])) == {
        "refused": "BadRecord",
        "message": refused.value.faults[0].what,
    }


NO_RECORD: dict[str, Any] = {
    "nothing": None,
    "a list": [],
    "a word": "record",
    "a key that is not known": {"name": "A child"},
    "a key of the child": {"child": {"name": "A child"}},
    "a mark that there is not": {"indicators": {"not-known": []}},
    "a list of signs that is a word": {"indicators": {"present": "abuse-or-neglect"}},
    "a sign that is a number": {"indicators": {"present": [1]}},
    "a sign that is nothing": {"indicators": {"present": [None]}},
    "signs in a list": {"indicators": ["abuse-or-neglect"]},
    "an answer that is yes for a program": {"situation": {"immediate_danger": True}},
    "an answer that is nothing": {"situation": {"immediate_danger": None}},
    "answers in a list": {"follow_ups": ["missing"]},
    "an age band that is a number": {"child": {"age_band": 4}},
    "a level in letters": {"judgement": {"level": "4"}},
    "a level that is yes for a program": {"judgement": {"level": True}},
    "half a level": {"judgement": {"level": 3.5}},
    "a reason that is a number": {"judgement": {"level": 4, "reason": 4}},
    "a rulebook that is a number": {"rulebook": 2020},
}


@pytest.mark.parametrize("what", NO_RECORD)
def test_what_is_no_record_is_refused_in_a_sentence_as_python_refuses_it(
    what: str, running: Scripted, books: dict[str, Rulebook]
) -> None:
    running.take(books["herefordshire-2020"])
    with pytest.raises(BadInput):
        check(Record.model_validate(NO_RECORD[what]), running.rulebook)
    told = json.loads(running.text(NO_RECORD[what]))
    assert told["refused"] == "BadRecord"
    assert told["message"].endswith(".")


@pytest.mark.parametrize("what", ["nothing", "a retired sign", "a sign that states nothing"])
def test_signs_that_cannot_be_recorded_are_refused_in_the_same_sentence(what: str, running: Scripted) -> None:
    tried = 0
    for seed in range(60):
        running.take(seeded(seed))
        rulebook = running.rulebook
        ids = {
            "nothing": [],
            "a retired sign": [*rulebook.taken_out],
            "a sign that states nothing": [one.id for one in rulebook.indicators if not one.recordable],
        }
        for id_ in ids[what]:
            written: Written = {"indicators": {"not_known": [id_]}}
            with pytest.raises(BadInput) as refused:
                check(Record.model_validate(written), rulebook)
            assert json.loads(running.text(written))["message"] == refused.value.faults[0].what
            tried += 1
    assert tried > 5 or what == "nothing"


# --- Where something was spoilt


def spoilt(data: dict[str, Any], name: str) -> dict[str, Any]:
    """Have one rule of the compiled form look for what nothing has."""
    spoilt_form = json.loads(json.dumps(data))
    for rules in spoilt_form["compiled"]["rules"].values():
        for rule in rules:
            if rule["name"] == name:
                rule["when"] = [[*line, [line[0][0] if line else "level", ["spoilt"]]] for line in rule["when"]]
    return dict(spoilt_form)


DANGER: Written = {"situation": {"immediate_danger": "yes"}, "indicators": {"present": ["abuse-or-neglect"]}}


def test_where_any_rule_of_the_compiled_form_is_spoilt_the_evaluators_differ_and_there_is_no_document(
    running: Scripted, books: dict[str, Rulebook]
) -> None:
    rulebook = books["herefordshire-2020"]
    running.take(rulebook)
    data = rulebook_data(rulebook)
    fine = json.loads(running.text(DANGER))
    for part in (
        "level/4", "finding/danger", "finding/harm", "judgement/immediate_danger", f"route/{fine['route']}",
        f"urgency/{fine['urgency']}", f"{fine['actions'][0]['rule']}/{fine['actions'][0]['case']}",
        fine["prompts"][0]["rule"], fine["afterwards"][0]["rule"],
    ):  # fmt: skip
        assert running.take_data(spoilt(data, part)) == "ready"
        told = json.loads(running.text(DANGER))
        assert (told["refused"], "differ on" in told["message"]) == ("EvaluatorsDiffer", True), part
        assert [*told] == ["refused", "message"]


def change(data: dict[str, Any], *path: Any, to: Any) -> dict[str, Any]:
    """Give the data with something else at a place."""
    other = json.loads(json.dumps(data))
    at = other
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = to
    return dict(other)


def test_where_either_evaluator_reads_something_else_or_fails_there_is_no_document(
    running: Scripted, books: dict[str, Rulebook]
) -> None:
    data = rulebook_data(books["herefordshire-2020"])
    place = [one["id"] for one in data["indicators"]].index("abuse-or-neglect")
    compiled_place = [one["id"] for one in data["compiled"]["indicators"]].index("abuse-or-neglect")
    for other in (
        change(data, "indicators", place, "level", to=3),
        change(data, "compiled", "indicators", compiled_place, "level", to=3),
        change(data, "compiled", "indicators", compiled_place, "basis", to="other"),
        change(data, "rules", "situation", to=data["rules"]["situation"][1:]),
        change(data, "rules", "recorded", to=[]),
        change(data, "compiled", "rules", "recorded", to=[]),
        change(data, "compiled", "indicators", to=[]),
        change(data, "compiled", "findings", to={}),
    ):
        assert running.take_data(other) == "ready"
        assert json.loads(running.text(DANGER))["refused"] == "EvaluatorsDiffer"


def test_half_an_answer_is_refused_and_says_what_lacks(running: Scripted, books: dict[str, Rulebook]) -> None:
    data = rulebook_data(books["herefordshire-2020"])
    for kind, lacks in (("route", "a route"), ("urgency", "an urgency"), ("action", "a next step")):
        half = json.loads(json.dumps(data))
        for rules in (half["rules"], half["compiled"]["rules"]):
            rules["situation"] = [one for one in rules["situation"] if not one["name"].startswith(f"{kind}/")]
        assert running.take_data(half) == "ready"
        told = json.loads(running.text(DANGER))
        assert told["refused"] == "NotWhole"
        assert f"It lacks {lacks}." in told["message"]


def test_a_form_that_is_not_known_is_refused(running: Scripted, books: dict[str, Rulebook]) -> None:
    data = rulebook_data(books["marram-2025"])
    assert "form" in running.take_data({**data, "form": 2})["message"]
    assert "form" in running.take_data(change(data, "compiled", "form", to=2))["message"]


# --- The data, and what the scripts may use


@BOTH
def test_the_data_is_the_same_bytes_in_every_process_and_small(name: str, books: dict[str, Rulebook]) -> None:
    code = "import sys; from rhrt import load_rulebook; from rhrt.browser.rulebook import encoded, rulebook_data; "
    code += "sys.stdout.buffer.write(encoded(rulebook_data(load_rulebook(sys.argv[1]))))"
    told = []
    for seed in ("1", "2"):
        run = [sys.executable, "-c", code, str(FOLDERS[name])]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        told.append(subprocess.run(run, env=environment, capture_output=True, check=True).stdout)
    data = encoded(rulebook_data(books[name]))
    assert told == [data] * 2
    assert len(gzip.compress(data, mtime=0)) < 60_000


@pytest.mark.parametrize("id_", ["2020", "consent"])
def test_a_follow_up_question_called_by_a_number_or_as_a_question_is_refused(
    id_: str, books: dict[str, Rulebook]
) -> None:
    rulebook = books["herefordshire-2020"]
    asked = [replace(one, id=id_) if one.id == "missing" else one for one in rulebook.prompts]
    with pytest.raises(BadInput, match=f"no question can be called '{id_}'"):
        rulebook_data(replace(rulebook, prompts=tuple(asked)))


def test_the_wording_of_a_sign_stands_once_and_so_does_a_source(books: dict[str, Rulebook]) -> None:
    rulebook = books["herefordshire-2020"]
    data = rulebook_data(rulebook)
    text = encoded(data).decode()
    long = [one.wording for one in rulebook.indicators if len(one.wording) > 60]
    assert len(long) > 50
    assert [text.count(json.dumps(wording, ensure_ascii=False)) for wording in long] == [1] * len(long)
    assert len({json.dumps(source) for source in data["sources"]}) == len(data["sources"])


def test_both_evaluators_compressed_are_smaller_than_14_kb_and_share_nothing() -> None:
    both = [(SCRIPTS / name).read_bytes() for name in ("evaluate.js", "plain.js")]
    assert len(gzip.compress(b"".join(both))) < 14 * 1024
    assert [b"import" in one for one in both] == [False, False]
    assert b"compiled" not in both[1].split(b"\n\n", 1)[1]


def test_no_script_makes_code_of_text_keeps_anything_or_asks_for_anything() -> None:
    for script in SCRIPTS.rglob("*.js"):
        text = script.read_text("utf-8")
        if script.name == "here.js":  # asks for the list of what was withdrawn, where one was named
            text = text.replace("fetch(copy.withdrawn, ONLY_THAT)", "")
        for word in (
            "eval(",
            "Function(",
            "fetch(",
            "localStorage",
            "sessionStorage",
            "document.cookie",
            "window.",
        ):
            assert word not in text, script.name
        assert max(map(len, text.splitlines())) <= 116, script.name


def test_a_document_that_is_altered_alters_no_other(running: Scripted, books: dict[str, Rulebook]) -> None:
    running.take(books["herefordshire-2020"])
    before = running.text(DANGER)
    assert running.spoil(DANGER) > 50
    assert running.text(DANGER) == before


# --- Kept, and given again by Python


@pytest.fixture
def kept(running: Scripted, books: dict[str, Rulebook]) -> dict[str, Any]:
    """Give the document of a dangerous situation, as the scripts give it."""
    running.take(books["herefordshire-2020"])
    return dict(json.loads(running.text(DANGER)))


def replayed(document: dict[str, Any]) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["replay", "-"], input=json.dumps(document))
    return result.exit_code, result.output


def test_a_document_of_the_scripts_is_given_again_by_python(kept: dict[str, Any]) -> None:
    assert kept["receipt"]["evaluated_by"] == [*EVALUATED_BY]
    code, told = replayed(kept)
    assert code == 0, told
    assert told == "Same: this record gives this answer again, word for word. It was first given in a browser.\n"


@pytest.mark.parametrize(
    ("path", "to"),
    [
        (("level",), 3),
        (("reasons", 0, "wording"), "Nothing"),
        (("receipt", "record_sha256"), "0" * 64),
        (("receipt", "engine"), "rhrt 0"),
        (("receipt", "evaluated_by"), [*EVALUATED_BY, "another"]),
        (("receipt", "evaluated_by"), [*reversed(EVALUATED_BY)]),
    ],
)
def test_what_else_differs_in_a_document_of_the_scripts_is_said(
    path: tuple[Any, ...], to: Any, kept: dict[str, Any]
) -> None:
    code, told = replayed(change(kept, *path, to=to))
    assert (code, told.split(":")[0]) == (1, "Different")
    assert ", ".join(str(one) for one in path if isinstance(one, str))[:8] in told
    assert ("evaluated_by" in told) == ("evaluated_by" in path)

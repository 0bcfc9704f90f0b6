"""`rhrt rulebook new`: a rulebook that is whole and safe from the first minute, whatever its number of levels."""

from __future__ import annotations

import os
import re
import sys
from itertools import product
from pathlib import Path
from typing import Any

import pexpect
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from rhrt_cli.main import main

from rhrt import Record, Rulebook, Suggestion, assess
from rhrt.faults import BadInput
from rhrt.parser import parse, read
from rhrt.reasoning.plain import holds, wanted_in
from rhrt.rulebook.load import bundled, digest, load_rulebook
from rhrt.rulebook.read import read_rulebook
from rhrt.rulebook.written import FILES
from rhrt.steward.cases import Example, examples, read_examples
from rhrt.steward.checks import checked
from rhrt.steward.clauses import cited, clauses, rules_with_sources
from rhrt.steward.folder import open_folder
from rhrt.steward.prove.sentences import signs_named
from rhrt.steward.write.start import Start, files_of, start_in, write_new
from rhrt.steward.write.transcription import digest as digest_of_wordings
from rhrt.testing.strategies import records
from tests.bad_input import assert_whole_sentences, refused
from tests.conftest import the_rest_long, tries
from tests.test_reading import GRADE, grade, texts

LEVELS = range(2, 7)
MONTH = "2026-11"
START = Start("my-shire", "My Shire levels of need", "My Shire", 4)


def made(levels: int) -> Rulebook:
    contents = {n: c for n, c in files_of(START._replace(levels=levels), MONTH).items() if "cases/" not in n}
    return read_rulebook(Path("new"), contents, digest(contents))


RULEBOOKS = {levels: made(levels) for levels in LEVELS}
HURT = ("badly", "by-fire", "by-somebody", "while-asleep")
EVERY = pytest.mark.parametrize("levels", LEVELS)
IN_TURN = pytest.mark.parametrize("levels", the_rest_long(LEVELS, 4))
"""Four levels in the quick run, and the others in the long one."""


def cases_of(levels: int, folder: Path) -> list[Example]:
    write_new(folder / "mine", START._replace(levels=levels))
    return read_examples(folder / "mine" / "cases")


def suggest(levels: int, record: dict[str, Any]) -> Suggestion:
    return assess(Record.model_validate(record), RULEBOOKS[levels])


def marked(record: dict[str, Any], mark: str, id_: str) -> dict[str, Any]:
    marks = {name: [one for one in ids if one != id_] for name, ids in record["indicators"].items()}
    return {**record, "indicators": {**marks, mark: [*marks[mark], id_]}}


def urgency(suggestion: Suggestion, levels: int) -> int:
    return -[one.id for one in RULEBOOKS[levels].urgencies].index(suggestion.urgency)


@EVERY
def test_every_file_is_there_and_the_folder_loads_and_answers(levels: int, tmp_path: Path) -> None:
    folder = tmp_path / "my-shire"
    said = CliRunner().invoke(main, ["rulebook", "new", str(folder), "--levels", str(levels)])
    assert said.exit_code == 0, said.output
    assert f"{levels} levels" in said.output
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*.yaml")}
    assert {f"{name}.yaml" for name in FILES} <= names
    for level in range(1, levels + 1):
        assert [name for name in names if name.startswith(f"indicators/level-{level}-")], level
        assert [name for name in names if name.startswith(f"cases/level-{level}-")], level
    rulebook = load_rulebook(folder)
    assert (rulebook.id, rulebook.title, rulebook.area) == ("my-shire", "My Shire levels of need", "My Shire")
    assert [level.level for level in rulebook.levels] == list(range(1, levels + 1))
    command = ["assess", "--rulebook", str(folder), "--present", "example-serious-harm"]
    answer = CliRunner().invoke(main, command)
    assert answer.exit_code == 0
    assert f"Suggested: Level {levels}, Specialist" in answer.output
    assert "Ring Children's social care: 01632 960001" in answer.output


@EVERY
def test_the_cases_give_what_they_say(levels: int, tmp_path: Path) -> None:
    found = cases_of(levels, tmp_path)
    for example in found:
        answer = assess(example.record, RULEBOOKS[levels]).model_dump(mode="json")
        reasons = [r["indicator"] or r["rule"].removeprefix("judgement/") for r in answer["reasons"]]
        actions = tuple(step["code"] for step in answer["actions"])
        got = {key: answer[key] for key in ("level", "route", "urgency", "harm")}
        assert {**got, "reasons": tuple(reasons), "actions": actions} == example.expected.as_dict(), example.title
    rulebook = RULEBOOKS[levels]
    assert {one.expected.level for one in found} == {None, *rulebook.level}
    assert {one.expected.route for one in found} == {None, *(route.id for route in rulebook.routes)}
    assert {one.expected.urgency for one in found} == {urgency.id for urgency in rulebook.urgencies}
    assert {code for one in found for code in one.expected.actions} == {a.code for a in rulebook.actions}


@IN_TURN
@tries(100)
@given(data=st.data())
def test_both_evaluators_agree_and_a_concern_or_not_known_never_lowers(levels: int, data: st.DataObject) -> None:
    rulebook = RULEBOOKS[levels]
    record = data.draw(records(rulebook))
    id_ = data.draw(st.sampled_from(sorted(rulebook.indicator)))
    absent = suggest(levels, marked(record, "absent", id_))  # raises where the two differ
    for mark in ("present", "not_known"):
        after = suggest(levels, marked(record, mark, id_))
        assert (after.level or 0) >= (absent.level or 0)
        assert urgency(after, levels) >= urgency(absent, levels)
    for question in ("immediate_danger", "medical_emergency", "suspected_significant_harm"):
        answers = {answer: {**record["situation"], question: answer} for answer in ("no", "not-known", "yes")}
        no, unknown, yes = (suggest(levels, {**record, "situation": one}) for one in answers.values())
        assert (no.level or 0) <= (unknown.level or 0) <= (yes.level or 0)
        assert urgency(no, levels) <= urgency(unknown, levels) <= urgency(yes, levels)
        assert unknown.urgency != rulebook.urgencies[-1].id


@IN_TURN
@tries(100)
@given(data=st.data())
def test_every_sentence_of_its_safety_file_holds(levels: int, data: st.DataObject) -> None:
    rulebook = RULEBOOKS[levels]
    record = data.draw(records(rulebook))
    answer = suggest(levels, record)
    steps = [step.code for step in answer.actions]
    found = _found(rulebook, answer)
    for sentence in rulebook.safety:
        present = set(record["indicators"]["present"])
        of_all = not sentence.indicators and sentence.basis is None
        spoken_of = of_all or bool(present & set(signs_named(sentence, rulebook)))
        if sentence.alone:
            spoken_of = len(present) == 1 and spoken_of and not record["indicators"]["not_known"]
        if spoken_of and holds(wanted_in(sentence.when, levels), found):
            assert holds(wanted_in([sentence.answer], levels), found), sentence.id
            assert not sentence.first or steps[0] in sentence.first, sentence.id
            assert not sentence.some or set(steps) & set(sentence.some), sentence.id
            assert not set(steps) & set(sentence.never), sentence.id


def _found(rulebook: Rulebook, answer: Suggestion) -> dict[str, str | int]:
    """Give what a sentence looks at: the answers, the findings, the level, the route and the urgency."""
    from rhrt.reasoning.assess import trace

    situation = dict(trace(answer.record, rulebook)[-1][0])
    return {**situation, "route": answer.route or "none", "urgency": answer.urgency}


@EVERY
def test_every_rule_cites_a_clause_and_every_clause_names_its_rules(levels: int, tmp_path: Path) -> None:
    write_new(tmp_path / "mine", START._replace(levels=levels))
    rulebook, cites = RULEBOOKS[levels], cited(RULEBOOKS[levels])
    for clause in clauses(tmp_path / "mine"):
        assert list(clause.rules) == cites.pop(clause.clause, []), clause.clause
        assert bool(clause.rules) != bool(clause.why_not)
    assert not cites
    for rule, source in rules_with_sources(rulebook):
        assert source.facts, rule


@IN_TURN
def test_every_case_of_every_action_gives_the_words_somewhere(levels: int) -> None:
    rulebook = RULEBOOKS[levels]
    given = set()
    for answers in product(*(field.values for field in rulebook.situation)):
        situation = dict(zip(rulebook.questions, answers, strict=True))
        for present in [(), *((id_,) for id_ in rulebook.indicator)]:
            answer = suggest(levels, {"indicators": {"present": present}, "situation": situation})
            given |= {(step.code, step.case) for step in answer.actions}
    assert given == {(one.code, number) for one in rulebook.actions for number in range(1, len(one.cases) + 1)}


@EVERY
def test_nothing_in_it_is_unused(levels: int) -> None:
    rulebook = RULEBOOKS[levels]
    indicators = rulebook.indicators
    assert {one.heading for one in indicators} == {heading.id for heading in rulebook.headings}
    assert {one.basis for one in indicators} - {None} == {basis.id for basis in rulebook.bases}
    rung = {id_ for ladder in rulebook.ladders for id_ in ladder.rungs} | {
        "example-serious-harm",
        "example-strength",
    }
    assert rung == set(rulebook.indicator)
    cases = [case for action in rulebook.actions for case in action.cases]
    rung_up = {case.contact for case in cases} | {one.otherwise for one in rulebook.contacts}
    assert rung_up - {None} == set(rulebook.contact)
    decided: list[Any] = [*rulebook.findings, *rulebook.judgements, *rulebook.routes, *rulebook.urgencies]
    asked = {field for rule in decided for one in rule.when for field in one}
    asked |= {field for case in cases for field in case.when}
    assert asked >= {field.id for field in rulebook.situation} | {finding.id for finding in rulebook.findings}


@EVERY
def test_its_words_are_found_by_no_two_ways_alike_and_its_digests_are_right(levels: int, tmp_path: Path) -> None:
    write_new(tmp_path / "mine", START._replace(levels=levels))
    said = [words.lower() for one in RULEBOOKS[levels].indicators for words in (one.wording, *one.also)]
    assert len(said) == len(set(said))
    for path in (tmp_path / "mine" / "indicators").glob("*.yaml"):
        value: Any = read(path).value
        assert value["wordings_sha256"] == digest_of_wordings(value["indicators"], value["level"])


@EVERY
def test_the_check_names_every_example_and_nothing_else_is_wrong(levels: int, tmp_path: Path) -> None:
    write_new(tmp_path / "mine", START._replace(levels=levels))
    errors = [one for one in checked(open_folder(tmp_path / "mine")) if one.weight == "error"]
    assert {one.check for one in errors} == {"example-left"}
    said = " ".join(one.what for one in errors)
    for indicator in RULEBOOKS[levels].indicators:
        assert f"“{indicator.id}”" in said
    for left in ("01632 960001", "01632 960002", "01632 960003", "example-topic", "example-circumstance"):
        assert f"“{left}”" in said
    assert "This is a suggestion to inform your professional judgement." in said, "the notice of a draft"


@EVERY
def test_once_no_example_is_left_there_is_no_error(levels: int, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    write_new(folder, START._replace(levels=levels))
    put = {
        "example-": "our-",
        "01632 960": "01632 861",
        ": replace with": ", with",
        " Replace this with": " That is",
        "Replace this: what": "What",
        "It comes from a draft with examples in it.": "It is new.",
    }
    for path in folder.rglob("*.yaml"):
        text = path.read_text("utf-8")
        for example, own in put.items():
            text = text.replace(example, own)
        path.write_text(text, encoding="utf-8")
        if path.parent.name == "indicators":
            value: Any = read(path).value
            now = digest_of_wordings(value["indicators"], value["level"])
            path.write_text(text.replace(value["wordings_sha256"], now), encoding="utf-8")
    remarks = checked(open_folder(folder))
    assert [one for one in remarks if one.weight == "error"] == []
    assert {one.check for one in remarks} <= {"contact-unchecked", "review-missing"}


@IN_TURN
def test_a_grave_sign_added_later_is_held_to_its_basis_and_cannot_lose_it_unseen(
    levels: int, tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    write_new(folder, START._replace(levels=levels))
    add = ["rulebook", "add", "indicator", str(folder), "--level", str(levels), "--heading", "health"]
    for how in HURT:
        also = [part for way in "wxyz" for part in ("--also", f"{way}{way} {how}")]
        ids = ["--id", f"hurt-{how}", "--wording", f"Hurt {how}", "--basis", "significant-harm"]
        said = CliRunner().invoke(main, [*add, *ids, *also])
        assert said.exit_code == 0, said.output
        assert "it is spoken of, by its basis, in: named-harm-is-harm." in " ".join(said.output.split())
    found = open_folder(folder)
    named = {id_ for one in found.rulebook.safety if one.answer.get("harm") == "yes" and one.basis
             for id_ in signs_named(one, found.rulebook)}  # fmt: skip
    assert named == {"example-serious-harm", *(f"hurt-{how}" for how in HURT)}
    assert {one.check for one in checked(found) if one.weight == "error"} == {"example-left"}
    (path,) = (folder / "indicators").glob(f"level-{levels}-*.yaml")
    whole = path.read_text("utf-8")
    for how in HURT:
        entry = whole.index(f"- id: hurt-{how}\n")
        slipped = whole[:entry] + whole[entry:].replace("basis: significant-harm", "basis: child-in-need", 1)
        assert slipped != whole
        path.write_text(slipped, encoding="utf-8")
        errors = [one for one in checked(open_folder(folder)) if one.weight == "error"]
        assert {one.check for one in errors} == {"example-left", "wording-changed"}
        assert any("basis" in one.what and str(path) in one.where for one in errors)
    path.write_text(whole, encoding="utf-8")
    rules = folder / "routes.yaml"
    blind = rules.read_text("utf-8").replace("basis: significant-harm}", "basis: child-in-need}")
    rules.write_text(blind, encoding="utf-8")
    broken = [one.what for one in checked(open_folder(folder)) if one.check == "sentence-broken"]
    assert any("Any sign at the highest level that speaks of harm is harm" in what for what in broken), broken


@EVERY
def test_a_14_year_old_could_read_it(levels: int) -> None:
    for name, text in texts(RULEBOOKS[levels]):
        assert grade(text) <= GRADE, f"{name}: {text}"
        for sentence in re.split(r"[.?!] ", text):
            if name != "titles and fragments together":
                assert len(sentence.split()) <= 30, sentence


@EVERY
def test_each_file_says_what_to_change_and_no_placeholder_is_left(levels: int) -> None:
    for name, content in files_of(START._replace(levels=levels), MONTH).items():
        text = content.decode()
        assert "$" not in text, name
        assert "\n\n\n" not in text, name
        assert "To change: " in text or name.startswith("cases/"), name
        assert max(map(len, text.splitlines())) <= 140, name


def test_words_that_yaml_would_take_for_something_else_stay_words() -> None:
    for words in ("yes", "12", "a: b # c", '"quoted"', "- x", "Ynys Môn 🐉", "\\n", "null"):
        contents = files_of(Start("2026", words, words, 3), MONTH)
        value: Any = parse("rulebook.yaml", contents["rulebook.yaml"]).value
        assert (value["id"], value["title"], value["area"]) == ("2026", words, words)


def test_without_a_terminal_the_rest_is_made_of_the_name_of_the_folder(tmp_path: Path) -> None:
    assert start_in(Path("Ynys Môn 2026")) == Start("ynys-mon-2026", "Ynys Mon levels of need", "Ynys Mon", 4)
    said = CliRunner().invoke(main, ["rulebook", "new", str(tmp_path / "Ynys Môn 2026"), "--area", "Ynys Môn"])
    assert said.exit_code == 0, said.output
    assert load_rulebook(tmp_path / "Ynys Môn 2026").area == "Ynys Môn"


def test_an_empty_folder_that_is_there_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert CliRunner().invoke(main, ["rulebook", "new", "."]).exit_code == 0
    assert load_rulebook(".").id == "here"


BAD = {
    "no levels": (["--levels", "0"], "--levels: A new rulebook cannot have 0 levels. Write a number from 2 to 6."),
    "one level": (["--levels", "1"], "--levels: A new rulebook cannot have 1 levels."),
    "level 9": (["--levels", "9"], "--levels: A new rulebook cannot have 9 levels."),
    "levels in words": (["--levels", "four"], "--levels: 'four' is not a number of levels."),
    "levels below nought": (["--levels", "-3"], "--levels: '-3' is not a number of levels."),
    "levels without end": (["--levels", "9" * 5_000], "is not a number of levels."),
    "an id with a capital": (["--id", "My-Shire"], "--id: 'My-Shire' is not a plain name."),
    "an id with a space": (["--id", "my shire"], "--id: 'my shire' is not a plain name. Use small letters and hyp"),
    "an empty id": (["--id", ""], "--id: '' is not a plain name."),
    "an id with a line break": (["--id", "my-shire\n"], "is not a plain name."),
    "the id of one that is there": (["--id", bundled()[0]], f"--id: A rulebook '{bundled()[0]}' comes with rhrt."),
    "an empty title": (["--title", " "], "--title: There are no words here."),
    "a title of two lines": (["--title", "a\nb"], "--title: There is a character here that text may not hold."),
    "an area that is not UTF-8": (
        ["--area", "\udcff"],
        "--area: There is a character here that text may not hold.",
    ),
    "an escape": (["--area", "\x1b[2J"], "--area: There is a character here that text may not hold."),
}


@pytest.mark.parametrize(("options", "says"), BAD.values(), ids=BAD)
def test_bad_answers_are_refused_and_nothing_is_written(options: list[str], says: str, tmp_path: Path) -> None:
    message = refused("rulebook", "new", str(tmp_path / "mine"), *options)
    assert says in message
    assert_whole_sentences(message)
    assert not list(tmp_path.iterdir())


def test_every_bad_answer_is_said_at_once(tmp_path: Path) -> None:
    message = refused("rulebook", "new", str(tmp_path / "mine"), "--id", "A", "--title", "", "--levels", "7")
    assert [line.split(":")[0] for line in message.splitlines()] == ["--id", "--title", "--levels"]


def test_a_folder_whose_name_has_no_letters_needs_words(tmp_path: Path) -> None:
    message = refused("rulebook", "new", str(tmp_path / "日本"))
    assert [line.split(":")[0] for line in message.splitlines()] == ["--id", "--title", "--area"]
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_taken_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for taken in (tmp_path, tmp_path / "file"):
        message = refused("rulebook", "new", str(taken))
        assert "There is something here already. Name a new folder, or empty it." in message
        assert_whole_sentences(message)
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["file/below", "a\0b", "n" * 300], ids=["below a file", "with a NUL", "too long"])
def test_a_folder_that_cannot_be_written_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    message = refused("rulebook", "new", str(tmp_path / name), "--id", "x", "--title", "x", "--area", "x")
    assert "A rulebook cannot be written here" in message
    assert_whole_sentences(message)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_where_writing_stops_half_way_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = Path.replace

    def full(path: Path, target: Path) -> Path:
        if target.name == "routes.yaml":
            raise OSError(28, "No space left on device")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(BadInput, match="No space left on device"):
        write_new(tmp_path / "mine", START)
    assert not list((tmp_path / "mine").iterdir())


def test_a_what_if_of_every_case_says_why(tmp_path: Path) -> None:
    from rhrt.steward.cases import read_case

    write_new(tmp_path / "mine", START)
    for path in (tmp_path / "mine" / "cases").glob("*.yaml"):
        case = read_case(path)
        assert case.what_if, path.name
        assert len([*examples(path.name, case)]) == 1 + len(case.what_if)
        assert all(change.why for change in case.what_if)


# In a terminal.


def terminal(*words: str, folder: Path, encoding: str | None = "utf-8") -> Any:
    environment = {**os.environ, "TERM": "dumb", "PYTHONUTF8": "1"}
    command = ["-c", "from rhrt_cli.main import main; main()", "rulebook", *words]
    spawned: Any = pexpect.spawn(
        sys.executable, command, cwd=folder, env=environment, timeout=120, encoding=encoding, dimensions=(24, 200)
    )
    spawned.delaybeforesend = None
    return spawned


def test_in_a_terminal_what_is_missing_is_asked_and_bad_answers_are_asked_again(tmp_path: Path) -> None:
    person = terminal("new", "my-shire", "--area", "The Shire", folder=tmp_path)
    person.expect_exact("What is the framework called? [My Shire levels of need] ")
    person.sendline("Thresholds")
    person.expect_exact("never changes [my-shire]: ")
    person.sendline("My Shire")
    person.expect_exact("'My Shire' is not a plain name.")
    person.expect_exact("never changes [my-shire]: ")
    person.sendline("")
    for answer in ("9", "many"):
        person.expect_exact("(2 to 6)? [4] ")
        person.sendline(answer)
        person.expect_exact("Write a number from 2 to 6.")
    person.expect_exact("(2 to 6)? [4] ")
    person.sendline("5")
    person.expect_exact("5 levels")
    person.read()
    person.close()
    assert person.exitstatus == 0
    rulebook = load_rulebook(tmp_path / "my-shire")
    assert (rulebook.id, rulebook.title, rulebook.area) == ("my-shire", "Thresholds", "The Shire")
    assert len(rulebook.levels) == 5


@pytest.mark.parametrize("keys", ["\x03", "\x04"])
def test_to_stop_in_a_terminal_leaves_nothing_behind(keys: str, tmp_path: Path) -> None:
    person = terminal("new", "my-shire", folder=tmp_path)
    person.expect_exact("levels of need] ")
    person.send(keys)
    while person.expect_exact(["Stopped. Nothing was written.", pexpect.TIMEOUT], timeout=5):
        person.send(keys)  # a key that comes just before the line is read can be lost
    assert "Traceback" not in person.read()
    person.close()
    assert person.exitstatus == 1
    assert not list(tmp_path.iterdir())


def test_an_answer_that_is_not_utf_8_is_asked_again(tmp_path: Path) -> None:
    person = terminal(
        "new", "my-shire", "--id", "x", "--title", "x", "--levels", "2", folder=tmp_path, encoding=None
    )
    for answer in (b"M\xf4n", "Môn".encode()):
        person.expect_exact(b"Which area is it for? [My Shire] ")
        person.sendline(answer)
    said = person.read()
    person.close()
    assert person.exitstatus == 0, said
    assert load_rulebook(tmp_path / "my-shire").area == "Môn"

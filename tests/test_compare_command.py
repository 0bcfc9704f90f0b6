"""`rhrt rulebook compare`: folders and revisions, three forms, worked cases, and what is refused."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from rhrt_cli.main import main

from rhrt import load_rulebook
from tests.bad_input import assert_whole_sentences, refused
from tests.conftest import RULEBOOK_FOLDER, the_rest_long

ID = "herefordshire-2020"
SMALL = Path(__file__).parent / "checks" / "base"
"""A small rulebook, compared in no time."""

LEVEL_2 = "indicators/level-2-additional.yaml"
EDITS: Mapping[str, tuple[str, str, str]] = {
    "number": ("rulebook.yaml", "(01432) 260800", "(01432) 999999"),
    "small number": ("rulebook.yaml", "(03069) 990001", "(03069) 990009"),
    "small condition": ("actions.yaml", "{level: 2, consent: not-sought}", "{level: 2}"),
    "small route": (
        "routes.yaml",
        'when: [{level: 2}], source: {document: guide, section: "3", facts: [F4]}}\n'
        "  - {id: universal, name: Universal services, when: [{level: 1}]",
        'when: [{level: 2, night: no}], source: {document: guide, section: "3", facts: [F4]}}\n'
        "  - {id: universal, name: Universal services, when: [{level: {at_least: 1}}]",
    ),
    "small no route": ("routes.yaml", "when: [{level: 2}]", "when: [{level: 2, night: no}]"),
    "small no urgency": (
        "routes.yaml",
        "name: No urgent sign, when: [{}]",
        "name: No urgent sign, when: [{danger: yes}]",
    ),
    "words": (LEVEL_2, "wording: Occasional truanting", "wording: Now and then truanting"),
    "condition": ("actions.yaml", "informing_parents: safe, unsafe: no}", "unsafe: no}"),
    "route": ("routes.yaml", "      - {level: {at_least: 2, at_most: 3}}", "      - {level: 3}"),
}


def edited(folder: Path, *names: str, of: Path = RULEBOOK_FOLDER) -> Path:
    """Copy a rulebook without its cases, and edit it."""
    copytree(of, folder, ignore=ignore_patterns("cases"))
    for name in names:
        file, old, new = EDITS[name]
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, name
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def said(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["rulebook", "compare", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def git(folder: Path, *arguments: str) -> None:
    quiet = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    named = ("-c", "user.name=Steward", "-c", "user.email=steward@example.org")
    subprocess.run(["git", *named, *arguments], cwd=folder, env=quiet, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a repository with a small rulebook in two revisions: then a number was changed."""
    git(tmp_path, "init", "--quiet")
    folder = edited(tmp_path / "rules" / "area", of=SMALL)
    git(tmp_path, "add", "rules")
    git(tmp_path, "commit", "--quiet", "--message", "As it was")
    file, old, new = EDITS["small number"]
    text = (folder / file).read_text(encoding="utf-8")
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    git(tmp_path, "commit", "--quiet", "--all", "--message", "Another number")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.long
def test_what_changed_and_whose_answer_changes_is_said_in_short_first(tmp_path: Path) -> None:
    text = said(ID, str(edited(tmp_path / "area", "number", "route", "words")))
    assert all(len(line) <= 80 for line in text.splitlines())
    short = in_one_line(text.split("Whose answer changes\n")[0])
    assert "3 things in the rulebook changed: Whom to ring (1), Indicators (1), Routes (1)." in short
    assert "The number changed, from (01432) 260800 to (01432) 999999." in short
    assert "in 1 way." in short
    assert "Unchanged: every record to which the old rulebook gives no level, Level 1 (Universal), Level 3" in short
    assert "There is no answer: it lacks a route" in text
    assert "occasional-truanting: Reworded" in text
    cases = in_one_line(text.split("Worked cases\n")[1])
    assert "There is no answer: it lacks a route" in cases


def test_the_same_rulebook_is_said_to_be_the_same() -> None:
    text = in_one_line(said(str(SMALL), str(SMALL)))
    assert "Nothing in the rulebook changed." in text
    assert "No answer changes, in any of the " in text
    assert "All came out the same." in text
    assert "The prompts to think again: unchanged for every record." in text


@pytest.mark.long
def test_markdown_has_tables_and_records_that_can_be_tried(tmp_path: Path) -> None:
    new = edited(tmp_path / "area", "condition")
    text = said(ID, str(new), "--format", "markdown")
    assert text.startswith("# Right Help Right Time Levels of Need: two rulebooks compared\n")
    assert "### New step: inform-parents" in text
    record = tmp_path / "record.yaml"
    record.write_text(text.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    codes = []
    for rulebook in (ID, str(new)):
        arguments = ["assess", str(record), "--rulebook", rulebook, "--format", "json"]
        actions = json.loads(CliRunner().invoke(main, arguments).stdout)["actions"]
        codes.append([action["code"] for action in actions])
    assert "inform-parents" not in codes[0]
    assert "inform-parents" in codes[1]


def test_json_has_all_of_it(tmp_path: Path) -> None:
    new = edited(tmp_path / "area", "small condition", of=SMALL)
    document = json.loads(said(str(SMALL), str(new), "--format", "json"))
    assert document["old"]["rulebook_sha256"] == load_rulebook(SMALL).sha256
    (change,) = document["changes"]
    assert (change["part"], change["entry"]) == ("actions", "ask-for-consent")
    assert change["what"] == "Changed: case 1, when it applies"
    answers = document["answers"]
    assert answers["proven"]
    assert 0 < answers["changed"] < answers["situations"]
    assert sum(group["situations"] for group in answers["groups"]) == answers["changed"]
    assert answers["unchanged"]["levels"] == [0, 1, 3]
    assert document["only"] == []
    assert len(document["cases"]) == 4


def own_case(path: Path, **record: Any) -> Path:
    case = yaml.safe_load((SMALL / "cases" / "late-again.yaml").read_text(encoding="utf-8"))
    case = {**case, "title": "A case of our own", "record": record, "what_if": []}
    path.write_text(yaml.safe_dump(case), encoding="utf-8")
    return path


def test_cases_of_a_stewards_own_are_tried_with_both(tmp_path: Path) -> None:
    new = str(edited(tmp_path / "area", "small route", of=SMALL))
    (tmp_path / "own").mkdir()
    own = own_case(
        tmp_path / "own" / "own.yaml", indicators={"present": ["often-late"]}, situation={"night": "yes"}
    )
    for path in (own, own.parent):
        cases = json.loads(said(str(SMALL), new, "--cases", str(path), "--format", "json"))["cases"]
        (tried,) = [one for one in cases if one["title"] == "A case of our own"]
        assert tried["differs"]["route"] == ["early-help", "universal"]
        assert tried["old"]["reasons"] == ["often-late"]


def test_a_revision_is_compared_with_another_and_with_a_folder(repository: Path) -> None:
    for arguments in (
        ("HEAD~1:rules/area", "HEAD:rules/area"),
        ("HEAD~1:rules/area", "rules/area"),
        ("HEAD~1:./rules/area", str(repository / "rules" / "area")),
    ):
        document = json.loads(said(*arguments, "--format", "json"))
        assert [change["what"] for change in document["changes"]] == ["The number changed"]
        assert document["answers"]["groups"] == []


@pytest.mark.parametrize(("name", "lacks"), [("small no urgency", "an urgency"), ("small no route", "a route")])
def test_where_one_of_them_gives_no_answer_that_is_said_first_and_nothing_is_called_the_same(
    tmp_path: Path, name: str, lacks: str
) -> None:
    new = edited(tmp_path / "area", name, of=SMALL)
    own = own_case(tmp_path / "own.yaml", indicators={"present": ["often-late"]}, situation={"night": "yes"})
    for one, other, which in ((SMALL, new, "new"), (new, SMALL, "old")):
        document = json.loads(said(str(one), str(other), "--cases", str(own), "--format", "json"))
        answers = document["answers"]
        (group,) = answers["groups"]
        counts = {"old": 0, "new": 0, "both": 0, which: group["situations"]}
        assert (answers["unanswered"], answers["changed"]) == (counts, group["situations"])
        assert sorted(group["differs"]["lacks"]) == [[], [lacks]]
        assert (group["example"][which], group["example"][f"{which}_reasons"]) == (None, [])
        tried = [case for case in document["cases"] if case["differs"]["lacks"]]
        assert tried
        assert {(case[which], case["fault"]) for case in tried} == {(None, None)}
        text = in_one_line(said(str(one), str(other)))
        does = "the old one does" if which == "new" else "the new one does"
        first = f"- {counts[which]:,} situations: the {which} rulebook gives no answer, and {does}. To find where:"
        assert text.split("In short ======== ")[1].startswith(first)
        assert "The same in every situation in which both give an answer: the level, the route, how soon" in text
        assert "becomes ." not in text
        assert f"lacks {lacks}" in text
        assert f"{which.capitalize()} Level: no answer" in text
    assert "gives them no answer." in text, "where the old one gives none"
    assert "Unchanged: every record to which the old rulebook gives no level" not in text or lacks == "a route"


def test_where_neither_gives_an_answer_nothing_of_it_is_told_as_a_change(tmp_path: Path) -> None:
    old = small(tmp_path / "old", EDITS["small no urgency"])
    new = small(tmp_path / "new", EDITS["small no urgency"], EDITS["small condition"])
    whole = json.loads(
        said(str(SMALL), str(edited(tmp_path / "b", "small condition", of=SMALL)), "--format", "json")
    )
    half = json.loads(said(str(old), str(new), "--format", "json"))
    assert half["answers"]["unanswered"]["both"] > 0
    assert half["answers"]["changed"] < whole["answers"]["changed"]
    assert {case["old"] is None for case in half["cases"] if case["new"] is None} == {True}
    text = in_one_line(said(str(old), str(new)))
    count = half["answers"]["unanswered"]["both"]
    assert f"In short ======== - {count:,} situations: neither rulebook gives an answer. To find where:" in text


def in_short(old: Path, new: Path) -> str:
    return in_one_line(said(str(old), str(new)).split("In short\n")[1].split("Beside the answer\n")[0])


def small(folder: Path, *edits: tuple[str, str, str]) -> Path:
    """Copy the small rulebook with its cases, and edit it."""
    copytree(SMALL, folder)
    for file, old, new in edits:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text, old
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def test_a_worked_case_that_was_removed_or_expects_something_else_is_told_first(tmp_path: Path) -> None:
    new = small(tmp_path / "area", ("cases/late-again.yaml", "urgency: ", "urgency: not-"))
    gone, *_ = [path for path in sorted((new / "cases").glob("*.yaml")) if path.stem != "late-again"]
    examples = 1 + gone.read_text("utf-8").count("change:")
    gone.unlink()
    short = in_short(SMALL, new)
    assert short.startswith("======== - Nothing in the rulebook changed, but for its worked cases.")
    told = f"Worked cases and what was kept of them: {examples} removed, 1 expecting something else."
    assert told in short
    whole = in_one_line(said(str(SMALL), str(new)))
    assert f"{gone.stem}: " in whole
    assert "What changed: Removed" in whole
    assert "What changed: Expects something else Before: urgency " in whole
    assert "1 added" in in_short(new, SMALL) or f"{examples} added" in in_short(new, SMALL)


def test_kept_answers_that_changed_are_told_and_what_an_earlier_version_kept_is_no_hindrance(
    tmp_path: Path,
) -> None:
    old, new = small(tmp_path / "old"), small(tmp_path / "new")
    for folder in (old, new):
        CliRunner().invoke(main, ["rulebook", "test", str(folder), "--keep"], catch_exceptions=False)
    kept = new / "cases" / "kept" / "answers.yaml"
    kept.write_text(kept.read_text("utf-8").replace("(03069) 990001", "(03069) 990009"), "utf-8")
    assert "what was kept of them: 1 kept texts changed." in in_short(old, new)
    kept.write_text("a-case: {A title: {steps: [one/1]}}\n", "utf-8")
    assert "1 that could not be compared." in in_short(old, new)
    kept.unlink()
    assert "1 kept answers removed." in in_short(old, new)


SAYS = ", so the same record now says something else, from "
IN_SHORT: Mapping[str, tuple[tuple[str, str, str], str]] = {
    "a question turned round": (
        ("rulebook.yaml", "Is a child in danger now?", "Is every child safe now?"),
        f"Questions and answers, danger: Reworded{SAYS}Is a child in danger now? to Is every child safe now?.",
    ),
    "a sign in other words": (
        ("indicators/level-3.yaml", "wording: Hit by an adult", "wording: Told off by an adult"),
        f"Indicators, hit: Reworded{SAYS}Hit by an adult to Told off by an adult.",
    ),
    "a sign that can no longer be recorded": (
        ("indicators/level-3.yaml", "basis: harm, wording: Hit", "basis: harm, recordable: false, wording: Hit"),
        "Indicators, hit (Hit by an adult): Can no longer be recorded",
    ),
    "another default": (
        ("rulebook.yaml", "values: [no, yes]", "values: [yes, no]"),
        "Questions and answers, night (Is it night?): Other answers, or in another order",
    ),
    "a sentence of safety that asks for less": (
        ("safety.yaml", "indicators: [hit, left-alone]", "indicators: [hit]"),
        "Safety sentences, harm-is-harm (Each of these signs is harm.): Changed: indicators.",
    ),
    "whom to ring if things get worse": (
        ("rulebook.yaml", "if_worse_contacts: [police, hub]", "if_worse_contacts: [hub]"),
        "Whom to ring if things get worse: Changed.",
    ),
    "what is said where there is no level": (
        ("rulebook.yaml", "Talk it through before you decide.", "So there is no need."),
        "What is said where there is no level: Changed, from ",
    ),
    "an alias to a graver sign": (
        ("rulebook.yaml", "{old-name-of-late: often-late}", "{old-name-of-late: hit}"),
        "Ids that were renamed, old-name-of-late (Hit by an adult): Now leads to an indicator that stands "
        "elsewhere, from Level 2 to hit, Level 3 (harm).",
    ),
}


@pytest.mark.parametrize(("edit", "told"), IN_SHORT.values(), ids=IN_SHORT)
def test_what_changes_the_meaning_is_said_in_short(tmp_path: Path, edit: tuple[str, str, str], told: str) -> None:
    assert told in in_short(SMALL, small(tmp_path / "area", edit))


def test_a_step_that_rings_somebody_else_is_said_in_short(tmp_path: Path) -> None:
    actions = (SMALL / "actions.yaml").read_text("utf-8")
    assert "contact: night-team" in actions
    short = in_short(SMALL, small(tmp_path / "area", ("actions.yaml", "contact: night-team", "contact: police")))
    assert "The step ring-the-hub rings police, and no longer night-team, in " in short
    assert "1 step or name is in other words: step ring-the-hub." in short


BESIDE: Mapping[str, tuple[tuple[str, str, str], list[str]]] = {
    "a service for another topic": (
        ("services.yaml", "indicators: [often-late]", "indicators: [not-at-school]"),
        ["Services"],
    ),
    "other guidance for a circumstance": (
        ("circumstances.yaml", "Ask who helps at home.", "There is no need to ask."),
        [
            "The prompts to think again",
            "The follow-up questions that are asked",
            "The guidance for circumstances",
        ],
    ),
    "a ladder with a rung fewer": (
        ("ladders.yaml", "[often-late, not-at-school]", "[not-at-school]"),
        [
            "The prompts to think again",
            "The follow-up questions that are asked",
            "Milder and graver signs, and what would change the level",
        ],
    ),
}


@pytest.mark.parametrize(("edit", "told"), BESIDE.values(), ids=BESIDE)
def test_what_may_change_beside_the_answer_is_said_where_no_answer_changes(
    tmp_path: Path, edit: tuple[str, str, str], told: list[str]
) -> None:
    text = said(str(SMALL), str(small(tmp_path / "area", edit)))
    assert "No answer changes" in in_one_line(text)
    beside = text.split("Beside the answer\n")[1].split("Worked cases\n")[0]
    lines = [line.partition(": ") for line in in_one_line(beside).split(" - ")[1:]]
    assert [name for name, _, what in lines if what.startswith("may change.")] == told


def test_every_sign_is_named_where_many_are_reworded(tmp_path: Path) -> None:
    edits = [(f"indicators/level-{level}.yaml", "wording: ", "wording: Once more ") for level in (1, 2, 3)]
    folder = small(tmp_path / "area", *edits)
    file = folder / "indicators" / "level-3.yaml"
    file.write_text(file.read_text("utf-8").replace("wording: Has", "wording: Always has"), "utf-8")
    named = "likes-school, often-late, not-at-school, no-food"
    expected = f"Indicators: Reworded, so the same record now says something else (4): {named}."
    assert expected in in_short(SMALL, folder)


def test_the_ways_in_which_answers_differ_stand_under_their_cause(tmp_path: Path) -> None:
    new = small(
        tmp_path / "area",
        ("indicators/level-2.yaml", "level: 2", "level: 3"),
        ("ladders.yaml", "[often-late, not-at-school]", "[not-at-school]"),
        ("ladders.yaml", "[bare-home, no-food]", "[no-food]"),
    )
    text = said(str(SMALL), str(new), "--format", "markdown")
    short = in_one_line(text.split("## Whose answer changes")[0])
    assert "Because of the signs often-late, left-out, bare-home: " in short
    assert text.count("### Because of the signs often-late, left-out, bare-home\n") == 1
    document = json.loads(said(str(SMALL), str(new), "--format", "json"))
    causes = {tuple(group["causes"]) for group in document["answers"]["groups"]}
    assert causes == {("indicator/often-late", "indicator/left-out", "indicator/bare-home")}


AREA = Path("rules", "area")


@pytest.mark.parametrize(
    ("where", "old", "new"),
    [
        ("rules", "HEAD~1:rules/area", "area"),
        ("rules/area", "HEAD~1:rules/area", "."),
        ("rules/area", "HEAD~1:./", "."),
        ("rules/area", "HEAD~1:.", "HEAD:."),
        ("rules/area", "HEAD~1", "."),
        ("rules/area/indicators", "HEAD~1:rules/area", ".."),
        ("rules/area/indicators", "HEAD~1:../", "HEAD:../"),
        ("rules/area/indicators", "HEAD~1:..", "HEAD:.."),
        ("rules/area/indicators", "HEAD~1:..", ".."),
        ("rules/area", "HEAD@{2000-01-01 12:30}:rules/area", "HEAD:rules/area"),
    ],
)
def test_a_revision_is_read_from_any_folder_of_the_repository(
    repository: Path, monkeypatch: pytest.MonkeyPatch, where: str, old: str, new: str
) -> None:
    monkeypatch.chdir(repository / where)
    document = json.loads(said(old, new, "--format", "json"))
    assert [change["what"] for change in document["changes"]] == ["The number changed"]


@pytest.mark.parametrize("where", the_rest_long([".", "indicators", "cases"], "indicators"))
@pytest.mark.parametrize("name", ["HEAD~1:", "HEAD~1:.", "HEAD~1:./", "HEAD~1"])
def test_a_revision_is_read_where_the_repository_is_the_rulebook(
    repository: Path, monkeypatch: pytest.MonkeyPatch, name: str, where: str
) -> None:
    top = repository / AREA
    copytree(SMALL / "cases", top / "cases")
    git(top, "init", "--quiet")
    git(top, "add", ".")
    git(top, "commit", "--quiet", "--message", "As it was")
    file, old, new = EDITS["small number"]
    (top / file).write_text((top / file).read_text("utf-8").replace(new, old), "utf-8")
    git(top, "commit", "--quiet", "--all", "--message", "The number as it was first")
    monkeypatch.chdir(top / where)
    if where != "." and name in ("HEAD~1:.", "HEAD~1:./"):  # seen from where one stands, as git does
        message = refused("rulebook", "compare", name, str(top))
        assert (
            "There is no rulebook.yaml in that folder, as it stood then. Name the folder that holds it." in message
        )
        assert_whole_sentences(message)
        return
    document = json.loads(said(name, str(top), "--format", "json"))
    assert [change["what"] for change in document["changes"]] == ["The number changed"]
    assert len(document["cases"]) == 4


def test_a_fault_in_a_revision_is_placed_by_its_name(repository: Path) -> None:
    routes = repository / "rules" / "area" / "routes.yaml"
    routes.write_text("routes: [\n", encoding="utf-8")
    git(repository, "commit", "--quiet", "--all", "--message", "Damaged")
    message = refused("rulebook", "compare", "HEAD~1:rules/area", "HEAD:rules/area")
    assert message.startswith("HEAD:rules/area/routes.yaml:")


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("HEAD:rules/nowhere", "There is no folder 'rules/nowhere' in that revision."),
        ("HEAD:rules/area/routes.yaml", "There is no folder 'rules/area/routes.yaml' in that revision."),
        ("no-such-branch:rules/area", "There is no revision 'no-such-branch' here."),
        (":rules/area", "This is neither a folder nor a revision with a folder."),
        ("HEAD:", "There is no rulebook.yaml in that folder, as it stood then."),
        ("HEAD:rules", "There is no rulebook.yaml in that folder, as it stood then."),
        ("HEAD", "That revision has no rulebook, neither at the top of the repository nor where you are."),
        ("nowhere", "There is no such rulebook."),
    ],
)
def test_what_is_no_rulebook_in_a_repository_is_refused(repository: Path, name: str, what: str) -> None:  # noqa: ARG001
    message = refused("rulebook", "compare", "rules/area", name)
    assert what in message
    assert_whole_sentences(message)


@pytest.mark.parametrize("name", ["--output=x:rules", "-x", "-:y"])
def test_a_name_that_looks_like_an_option_never_reaches_git(repository: Path, name: str) -> None:
    message = refused("rulebook", "compare", "--", "rules/area", name)
    assert "A rulebook has no name that begins with a hyphen." in message
    assert_whole_sentences(message)
    assert not (repository / "x").exists()


def test_a_revision_outside_a_repository_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    message = refused("rulebook", "compare", str(SMALL), "HEAD:rules")
    assert "There is no git repository here." in message
    assert_whole_sentences(message)


def test_a_revision_without_git_is_refused(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.setenv("PATH", "")
    message = refused("rulebook", "compare", str(SMALL), "HEAD:rules/area")
    assert "A revision needs git, which is not installed." in message
    assert_whole_sentences(message)


def test_a_link_in_a_revision_is_not_followed(repository: Path) -> None:
    secret = repository / "elsewhere.yaml"
    secret.write_text("synonyms: []\n", encoding="utf-8")
    synonyms = repository / "rules" / "area" / "synonyms.yaml"
    synonyms.unlink()
    synonyms.symlink_to(secret)
    git(repository, "add", "rules")
    git(repository, "commit", "--quiet", "--message", "A link")
    message = refused("rulebook", "compare", "HEAD~1:rules/area", "HEAD:rules/area")
    assert "HEAD:rules/area/synonyms.yaml: This file of the rulebook is missing." in message


def test_cases_that_cannot_be_read_are_refused_with_every_fault(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad.yaml").write_text("title: x\n", encoding="utf-8")
    paths = [str(tmp_path / name) for name in ("empty", "bad.yaml", "nowhere.yaml")]
    message = refused(
        "rulebook", "compare", str(SMALL), str(SMALL), *(word for path in paths for word in ("--cases", path))
    )
    assert_whole_sentences(message)
    assert all(path in message for path in paths)


@pytest.mark.long
def test_of_two_findings_about_different_answers_each_is_the_cause_of_its_own(tmp_path: Path) -> None:
    copytree(RULEBOOK_FOLDER, tmp_path / "new")
    routes = tmp_path / "new" / "routes.yaml"
    text = routes.read_text("utf-8")
    for question, answer in (("medical_emergency", "yes"), ("suspected_significant_harm", "no")):
        asked = f"{{asked: {question}, answer: {answer}}}"
        assert asked in text
        text = text.replace(asked, f"{asked[:-1].replace(answer, f'[{answer}, not-known]')}}}", 1)
    routes.write_text(text, "utf-8")
    document = json.loads(said(str(RULEBOOK_FOLDER), str(tmp_path / "new"), "--format", "json"))
    causes = {tuple(group["causes"]) for group in document["answers"]["groups"]}
    medical, harm = "finding/medical", "finding/harm_ruled_out"
    assert causes == {(medical,), (harm,), (harm, medical)}

"""`rhrt rulebook check`: what it prints, and how it ends."""

from __future__ import annotations

import json
import re
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner, Result
from rhrt_cli.main import main

from rhrt.steward.checks import Remark, all_checks
from rhrt.steward.remarks import FURTHER, as_github
from tests.bad_input import refused
from tests.checks.edits import BASE

COUNT = len(all_checks())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    copytree(BASE, tmp_path / "dale")
    return tmp_path / "dale"


def replace(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def check(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["rulebook", "check", *arguments])


@pytest.mark.long
def test_a_rulebook_that_comes_with_rhrt_has_no_errors() -> None:
    result = check("herefordshire-2020")
    assert result.exit_code == 0
    assert re.fullmatch(rf"{COUNT} checks\. No errors\. \d+ things for a person to weigh\.", last(result))


def test_a_small_rulebook_has_no_errors(folder: Path) -> None:
    result = check(str(folder))
    assert result.exit_code == 0
    assert last(result).startswith(f"{COUNT} checks. No errors. ")


def test_what_the_other_commands_add_is_said_in_one_line_at_the_end_of_the_text_alone(folder: Path) -> None:
    assert all(f" {name} " in FURTHER for name in ("test", "prove", "compare"))
    assert len(FURTHER) <= 80
    assert check("dale").stdout.splitlines()[-1] == FURTHER
    for form in ("json", "github"):
        assert FURTHER not in check("dale", "--format", form).stdout
    replace(folder / "ladders.yaml", "rungs: [often-late", "rungs: [often-lat")
    assert FURTHER not in check("dale").stdout, "files that cannot be read are mended first"


def test_an_error_says_where_what_to_do_its_clause_and_its_check_and_ends_in_1(folder: Path) -> None:
    replace(folder / "routes.yaml", "name: Early help, when: [{level: 2}]", "name: Early help, when: [{level: 1}]")
    result = check("dale")
    assert result.exit_code == 1
    assert (
        "dale/routes.yaml:25:1\n"
        "  Error: Level 2 has no route when often-late is present. Add or widen a route.\n"
        "  Check: no-route\n"
    ) in result.stdout
    assert "  Guide, 1 (F1). Check: never-first\n" in result.stdout
    assert re.match(rf"{COUNT} checks\. \d errors\. ", last(result))
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


def test_errors_come_before_advice_and_advice_that_repeats_says_its_remedy_once(folder: Path) -> None:
    replace(folder / "routes.yaml", "name: Early help, when: [{level: 2}]", "name: Early help, when: [{level: 1}]")
    rulebook = folder / "rulebook.yaml"
    for _ in range(2):
        replace(rulebook, "verified: 2025-09-01", "verified: null")
    text = check("dale").stdout
    assert text.index("Error:") < text.index("For a person to weigh") < text.index("contact-unchecked")
    assert text.count("Nobody has checked the number") == 2
    assert text.count("Ring it, and write the day here.") == 1


def test_json_holds_the_same_for_machines(folder: Path) -> None:
    replace(folder / "routes.yaml", "name: Early help, when: [{level: 2}]", "name: Early help, when: [{level: 1}]")
    result = check("dale", "--format", "json")
    assert result.exit_code == 1
    document = json.loads(result.stdout)
    assert (document["checks"], document["errors"]) == (COUNT, len(document["remarks"]) - document["advice"])
    assert {
        "check": "no-route",
        "group": "coverage",
        "weight": "error",
        "where": "dale/routes.yaml:25:1",
        "what": "Level 2 has no route when often-late is present.",
        "remedy": "Add or widen a route.",
        "clause": None,
    } in document["remarks"]


def test_github_is_told_the_file_the_line_and_the_column(folder: Path) -> None:
    replace(folder / "routes.yaml", "name: Early help, when: [{level: 2}]", "name: Early help, when: [{level: 1}]")
    result = check("dale", "--format", "github")
    assert result.exit_code == 1
    assert (
        "::error file=dale/routes.yaml,line=25,col=1,title=no-route::"
        "Level 2 has no route when often-late is present. Add or widen a route."
    ) in result.stdout.splitlines()


def test_what_would_end_a_command_of_github_is_escaped() -> None:
    remark = Remark("file", "file", "advice", "a,b:c%.yaml", "100%: one,\ntwo.\r", "Three.", "Guide, 1")
    assert as_github([remark]) == (
        "::warning file=a%2Cb%3Ac%25.yaml,title=file::100%25: one,%0Atwo.%0D Three. (Guide, 1)"
    )


def test_faults_of_the_files_are_errors_too_and_no_check_is_made(folder: Path) -> None:
    replace(folder / "ladders.yaml", "rungs: [often-late", "rungs: [often-lat")
    replace(folder / "indicators" / "level-2.yaml", "also: [never", "also: [x\x1b[0m, never")
    result = check("dale")
    assert result.exit_code == 1
    assert "dale/indicators/level-2.yaml:5:" in result.stdout
    assert last(result) == "The files cannot be read as a rulebook, so no check was made. 1 error."
    (folder / "indicators" / "level-2.yaml").write_bytes((BASE / "indicators" / "level-2.yaml").read_bytes())
    document = json.loads(check("dale", "--format", "json").stdout)
    assert (document["checks"], document["errors"]) == (0, 1)
    (remark,) = document["remarks"]
    assert (remark["check"], remark["where"]) == ("file", "dale/ladders.yaml:2:74")
    assert remark["what"] == "'often-lat' is not known here."


def test_a_missing_file_has_no_line_for_github(folder: Path) -> None:
    (folder / "safety.yaml").unlink()
    result = check("dale", "--format", "github")
    assert result.exit_code == 1
    assert result.stdout.startswith(
        "::error file=dale/safety.yaml,title=file::This file of the rulebook is missing."
    )


def test_a_case_that_cannot_be_read_is_an_error_of_its_file(folder: Path) -> None:
    (folder / "cases" / "bad.yaml").write_text("title: [", encoding="utf-8")
    result = check("dale")
    assert result.exit_code == 1
    assert "dale/cases/bad.yaml:2:1" in result.stdout


def test_a_folder_that_is_not_there_is_bad_input() -> None:
    assert refused("rulebook", "check", "nowhere").startswith("nowhere: There is no such rulebook.")
    assert "There is no such rulebook." in refused("rulebook", "check", "--since", "nowhere")


def test_ids_that_are_gone_since_an_earlier_state_are_found_only_when_asked(folder: Path) -> None:
    replace(folder / "rulebook.yaml", "aliases: {old-name-of-late: often-late}", "aliases: {}")
    assert "id-removed" not in check("dale").stdout
    result = check("dale", "--since", str(BASE))
    assert result.exit_code == 1
    assert "'old-name-of-late' could be recorded before, and now cannot." in " ".join(result.stdout.split())


@pytest.mark.parametrize("name", [one.name for one in all_checks()])
def test_the_page_of_a_check_can_be_read(name: str) -> None:
    result = check("--about", name)
    assert result.exit_code == 0
    parts = [line.split(":")[0] for line in result.stdout.splitlines() if ":" in line]
    assert {"Finds", "Why it matters", "To put it right"} <= set(parts)
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


def test_a_check_that_is_not_there_is_met_with_the_nearest() -> None:
    said = refused("rulebook", "check", "--about", "never")
    assert said == ("--about: There is no check 'never'. Did you mean never-true, never-first or prompt-never?\n")


def last(result: Result) -> str:
    """Give the line that sums the checks up: the last, but for what else there is to run."""
    return next(line for line in reversed(result.stdout.splitlines()) if line != FURTHER)

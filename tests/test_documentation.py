"""What the documents say is so."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from rhrt_cli.main import main

from tests.conftest import the_rest_long

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


def commands(text: str) -> list[str]:
    lines = "\n".join(blocks(text, "sh")).splitlines()
    return [line.split("#")[0].strip() for line in lines if line.startswith("rhrt ")]


QUICK = [one for one in commands(README) if "render" not in one and "build" not in one]


@pytest.mark.parametrize("command", the_rest_long(commands(README), *QUICK))
def test_every_command_of_the_readme_runs(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    (tmp_path / "record.yaml").write_text(runner.invoke(main, ["record", "new"]).output, encoding="utf-8")
    kept = runner.invoke(main, ["assess", "record.yaml", "--format", "json"]).stdout
    (tmp_path / "answer.json").write_text(kept, encoding="utf-8")
    words = shlex.split(command.split(">", maxsplit=1)[0])
    assert runner.invoke(main, words[1:], input="mum drinking more and more\n").exit_code == 0


def test_the_readme_and_the_help_of_find_say_how_to_keep_a_worry_out_of_the_history_of_a_shell() -> None:
    assert "rhrt find -" in commands(README)
    said = " ".join(CliRunner().invoke(main, ["find", "--help"]).output.split())
    assert "read from standard input, one worry a line, and no shell sees them: rhrt find -" in said


@pytest.mark.long
def test_the_commands_of_the_guide_for_stewards_run_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    documented = commands(GUIDE)
    assert documented[0] == "rhrt rulebook new my-area"
    for command in documented:
        result = CliRunner().invoke(main, shlex.split(command)[1:])
        if command == "rhrt rulebook check my-area":
            # The examples are still there, and nothing else is wrong.
            assert result.exit_code == 1, result.output
            errors = re.findall(r"^  (?:Framework, .*)?Check: (.*)$", result.output, flags=re.MULTILINE)
            assert set(errors) == {"example-left"}, result.output
            continue
        assert result.exit_code == 0, result.output


def test_the_python_of_the_readme_runs() -> None:
    (code,) = blocks(README, "python")
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.startswith("3 chat-eha ['complete-eha'")


def test_the_first_two_commands_are_one_line_each_and_name_files_that_exist() -> None:
    first, second, *_ = blocks(README, "sh")
    for block in (first, second):
        assert len(block.strip().splitlines()) == 1
    assert (ROOT / first.split("rhrt assess ")[1].strip()).is_file()
    assert second.strip().endswith("pytest")


def test_every_link_and_folder_in_the_documents_exists() -> None:
    for text, folder in ((README, ROOT), (GUIDE, ROOT / "rules")):
        headings = {
            re.sub(r"[^a-z -]", "", one.lower()).replace(" ", "-") for one in re.findall(r"^#+ (.+)", text, re.M)
        }
        for target in re.findall(r"\]\(([^)]+)\)", text):
            assert target.removeprefix("#") in headings or (folder / target.partition("#")[0]).exists(), target
    for name in re.findall(r"^\| `([a-z/]+/)` \|", README, flags=re.MULTILINE):
        assert (ROOT / name).is_dir(), name
    for name in re.findall(r"^\| `([a-z./]+)` \|", GUIDE, flags=re.MULTILINE):
        assert (ROOT / "rules" / "herefordshire-2020" / name).exists(), name


def test_the_rule_in_the_guide_for_stewards_is_one_of_the_rulebook() -> None:
    (shown, *_) = blocks(GUIDE, "yaml")
    rules = (ROOT / "rules" / "herefordshire-2020" / "actions.yaml").read_text(encoding="utf-8")
    for line in shown.splitlines():
        said = line.split("  #")[0].strip()
        if not said.startswith("source"):
            assert said in rules, said

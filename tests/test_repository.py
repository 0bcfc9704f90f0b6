"""What is true of the repository itself."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PYTHON = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "cli").rglob("*.py")])
TOP = {"pyproject.toml", "rules", "src", "cli", "tests", "README.md", "LICENSE", "CHANGELOG.md"}


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return listed.stdout.splitlines()


def test_the_top_level_holds_what_was_agreed() -> None:
    assert {name.split("/")[0] for name in tracked() if not name.startswith(".")} == TOP


def test_every_package_of_the_source_is_in_the_wheel() -> None:
    folders = {path.parent.relative_to(ROOT / "src") for path in (ROOT / "src").rglob("__init__.py")}
    commands = {path.parent.relative_to(ROOT / "cli") for path in (ROOT / "cli").rglob("__init__.py")}
    expected = {".".join(folder.parts) for folder in folders} | {"rhrt.rules"}
    expected |= {".".join(("rhrt_cli", *folder.parts)) for folder in commands}
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == expected


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_public_name_has_a_docstring_and_no_function_is_long(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "the module says what it is for"
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
    for node in [*tree.body, *(method for one in classes for method in one.body)]:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), node.name
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            assert (function.end_lineno or 0) - function.lineno < 50, f"{function.name}: two ideas in one?"


def test_the_parts_depend_in_one_direction() -> None:
    order = [
        "faults", "made_once", "part", "version", "files", "parser", "shape", "rulebook", "record", "suggestion",
        "reasoning", "search", "present", "interview", "steward", "schema", "testing", "web", "packaging",
        "browser",
    ]  # fmt: skip
    apart = {"__init__"}
    for path in sorted((ROOT / "src" / "rhrt").rglob("*.py")):
        parts = path.relative_to(ROOT / "src" / "rhrt").parts
        part = parts[0].removesuffix(".py")
        if part in apart:
            continue
        for name in re.findall(r"^\s*from rhrt\.(\w+)", path.read_text(encoding="utf-8"), flags=re.MULTILINE):
            assert order.index(name) <= order.index(part), f"{path} imports {name}"


def test_the_map_of_the_code_names_every_room_and_nothing_that_is_not_there() -> None:
    source = ROOT / "src" / "rhrt"
    named = re.findall(
        r"`([\w./-]+(?:\.py|\.yaml|\.json|\.md|/))`", (source / "README.md").read_text(encoding="utf-8")
    )
    rooms = {one.name + "/" * one.is_dir() for one in source.iterdir() if one.suffix == ".py" or one.is_dir()}
    assert rooms - {"__init__.py", "__pycache__/"} <= {*named}
    missing = [one for one in named if not ((ROOT / one).exists() or [*source.rglob(one)])]
    assert missing == []


def test_nothing_names_a_path_of_one_machine() -> None:
    for name in tracked():
        path = ROOT / name
        if path.is_file():
            text = path.read_text(encoding="utf-8", errors="ignore")
            assert not re.search(r"(^|[\s\"'=(])/(home|root|Users|work|opt)/\w", text), name


def test_one_part_of_the_long_run_can_be_run_and_another_word_is_refused_with_the_parts_there_are() -> None:
    script = ROOT / ".ci" / "long"
    refused = subprocess.run([script, "nonsense"], text=True, capture_output=True, check=False)
    assert refused.returncode == 2
    parts = refused.stderr.rpartition(": ")[2].strip(".\n").split()
    functions = re.findall(r"^(\w+)\(\) \{$", script.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert parts == functions

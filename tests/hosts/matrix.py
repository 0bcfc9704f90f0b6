"""The matrix of hosts: what each cell says, and the journey that shows it.

`python -m tests.hosts.matrix` runs the tests, and writes the table of the component's README from what they gave.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from tests.hosts import journeys
from tests.hosts.hosts import HOSTS
from tests.hosts.packages import ROOT
from tests.hosts.visit import Visit

README = ROOT / "src" / "rhrt" / "web" / "component" / "README.md"
BLOCK = re.compile(r"(?<=<!-- python -m tests.hosts.matrix -->\n).*?(?=<!-- /matrix -->)", re.DOTALL)


class Cell(NamedTuple):
    """What a host must do, or what happens in it, in a few words; and the journey that shows it."""

    says: str
    journey: Callable[[Visit], None]


COLUMNS = {
    "first-show": ("First show", journeys.first_show),
    "submit": ("Submit", journeys.submit),
    "server-error-and-back": ("Server error and back", journeys.server_error_and_back),
    "reset": ("Reset", journeys.reset),
    "disabled": ("Disabled", journeys.disabled),
    "back": ("Back", journeys.back),
    "removed-and-added-again": ("Removed and added again", journeys.removed_and_added_again),
    "draft": ("Draft", journeys.draft),
    "two-prompts": ("Two prompts", journeys.two_prompts),
}

_EMPTY = Cell("empty, as its other fields", journeys.back_is_empty_as_the_other_fields_are)

OTHERS: dict[tuple[str, str], Cell] = {
    ("surveyjs", "reset"): Cell("yes, by `survey.clear()`", journeys.reset),
    ("react-18-controlled", "back"): _EMPTY,
    ("react-18-not-controlled", "back"): _EMPTY,
    ("react-19-controlled", "back"): _EMPTY,
    ("react-19-not-controlled", "back"): _EMPTY,
    ("react-18-controlled", "reset"): Cell('yes, by setting it to `""`', journeys.reset),
    ("react-19-controlled", "reset"): Cell('yes, by setting it to `""`', journeys.reset),
    ("vue-3", "reset"): Cell('yes, by setting it to `""`', journeys.reset),
    ("react-18-not-controlled", "removed-and-added-again"): Cell(
        "empty: keep its value", journeys.removed_and_empty_when_added_again
    ),
    ("react-19-not-controlled", "removed-and-added-again"): Cell(
        "empty: keep its value", journeys.removed_and_empty_when_added_again
    ),
}
"""Where it is not as a plain form has it."""

CELLS = {
    (host, what): OTHERS.get((host, what), Cell("yes", COLUMNS[what][1])) for host, what in product(HOSTS, COLUMNS)
}


def table(passed: set[tuple[str, str]]) -> str:
    """Write the table: a cell whose test did not pass says so."""
    said = {cell: one.says if cell in passed else "**fails**" for cell, one in CELLS.items()}
    head = ["| host |", *(f" {name} |" for name, _ in COLUMNS.values())]
    rows = [[_named(host), *(f" {said[host, what]} |" for what in COLUMNS)] for host in HOSTS]
    return "\n".join("".join(row) for row in (head, ["|---|", *("---|" for _ in COLUMNS)], *rows)) + "\n"


def _named(host: str) -> str:
    name, guide, *_ = HOSTS[host]
    return f"| [{name}](hosts/{guide}.md) |" if guide else f"| {name} |"


def outcomes() -> set[tuple[str, str]]:
    """Run the tests of the matrix, and give the cells that passed."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        tests = str(Path(__file__).parent / "test_matrix.py")
        command = [sys.executable, "-m", "pytest", tests, "-n", "2", "--dist", "load", f"--junitxml={report}"]
        subprocess.run(command, cwd=ROOT, check=False)
        found = {one.get("name"): len(one) for one in ElementTree.parse(report).iter("testcase")}  # noqa: S314 - ours
    return {(host, what) for host, what in CELLS if found.get(f"test[{host}-{what}]") == 0}


def main() -> int:
    """Write the table anew, and say whether every cell passed."""
    passed = outcomes()
    README.write_text(BLOCK.sub(lambda _: table(passed), README.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"{len(passed)} of {len(CELLS)} cells hold.")
    return 0 if passed == set(CELLS) else 1


if __name__ == "__main__":
    sys.exit(main())

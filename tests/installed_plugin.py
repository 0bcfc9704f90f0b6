"""A steward's repository, from a wheel: `python -m tests.installed_plugin WHEEL`.

Installs the wheel with its extra `testing` in an environment of its own, goes to a folder that holds a rulebook and
nothing else, and sees that pytest finds the plugin there. It needs the package index: a step of CI, and no test.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.steward import BROKEN, MISTYPED, RULE, SAYS, change, rulebook_in

EXPECTED = (
    "rulebook.yaml::load PASSED",
    "rulebook.yaml::case: a-key-of-his-own: A young man who cannot keep himself safe in his flat PASSED",
    "rulebook.yaml::property: nothing_recorded_gives_no_level PASSED",
    "rulebook.yaml::property: both_evaluators_agree PASSED",
    "rulebook.yaml::session: a_session_of_marking_and_undoing_gives_the_answer_of_its_marks PASSED",
)


def main(wheel: Path) -> None:
    """Install the wheel, and test a sound rulebook and a broken one. Raises AssertionError where it goes wrong."""
    with TemporaryDirectory(prefix="rhrt-steward-") as elsewhere:
        folder, environment = rulebook_in(Path(elsewhere)), Path(elsewhere) / "environment"
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        commands = environment / "bin"
        subprocess.run([commands / "pip", "install", "--quiet", f"{wheel.resolve()}[testing]"], check=True)
        _see(folder, commands, 0, *EXPECTED, "21 passed")
        change(folder / "routes.yaml", RULE, BROKEN)
        _see(folder, commands, 1, "FAILED rulebook.yaml::property: adding_a_concern_never_lowers", SAYS)
        change(folder / "routes.yaml", BROKEN, MISTYPED)
        _see(folder, commands, 1, "FAILED rulebook.yaml::load", "'graves' is not known here.")
    print("A repository that holds only a rulebook is tested by the installed plugin.")


def _see(folder: Path, commands: Path, code: int, *words: str) -> None:
    """Run pytest in the folder, and look for its exit code and for words in what it says."""
    options = ("--rhrt-rulebook", ".", "-v", "-W", "error")
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST"))}
    result = subprocess.run(
        [commands / "pytest", *options], cwd=folder, env=own, capture_output=True, text=True, check=False
    )
    missing = [one for one in words if one not in result.stdout]
    if result.returncode != code or missing:
        raise AssertionError(f"{result.stdout}{result.stderr}\nExit code {result.returncode}. Missing: {missing}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

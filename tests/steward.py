"""What a steward has: a folder that holds a rulebook and nothing else."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

from rhrt.rulebook.load import bundled_folder

RULE = "      - {could_be_specialist: yes}\n"
"""A line of `routes.yaml` without which something not known is treated as less urgent."""

BROKEN = "      - {could_be_specialist: yes, level: 0}\n"
"""The same, so that adding a strength makes an answer less urgent."""

SAYS = "makes it less urgent: 'prompt' becomes 'routine'."
"""What a property then says."""


def rulebook_in(folder: Path, cases: int = 3) -> Path:
    """Copy a rulebook, with a few of its worked cases, and give its folder."""
    copied = Path(copytree(bundled_folder() / "herefordshire-2020", folder / "rulebook"))
    for path in sorted((copied / "cases").glob("*.yaml"))[cases:]:
        path.unlink()
    return copied


def change(file: Path, old: str, new: str) -> None:
    """Change a file of a rulebook. Raises AssertionError where the old words are not in it."""
    text = file.read_text(encoding="utf-8")
    if old not in text:
        raise AssertionError(f"{file} does not say: {old}")
    file.write_text(text.replace(old, new), encoding="utf-8")

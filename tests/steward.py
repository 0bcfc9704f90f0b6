"""What a steward has: a folder that holds a rulebook and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from shutil import copytree, rmtree

from rhrt.rulebook.load import bundled_folder

RULE = "      - {level: 4, grave: yes}\n"
"""A line of `routes.yaml`, by which what is grave is acted on now."""

BROKEN = "      - {level: {at_least: 0, at_most: 3}}\n"
"""The same, so that a graver sign makes an answer less urgent."""

SAYS = "makes it less urgent: 'immediate' becomes 'prompt'."
"""What a property then says."""

MISTYPED = "      - {level: 4, graves: yes}\n"
"""The same, so that it cannot be read."""


KEPT = ("a-file-full-of-small-worries", "a-key-of-his-own", "a-new-suit-for-a-cousin")
"""The worked cases that the folder keeps: a few, and none of them with a what-if."""


def rulebook_in(folder: Path, cases: Sequence[str] = KEPT) -> Path:
    """Copy a rulebook, with a few of its worked cases and nothing kept of them, and give its folder."""
    copied = Path(copytree(bundled_folder() / "herefordshire-2020", folder / "rulebook"))
    for path in (copied / "cases").glob("*.yaml"):
        if path.stem not in cases:
            path.unlink()
    rmtree(copied / "cases" / "kept")
    return copied


def change(file: Path, old: str, new: str) -> None:
    """Change a file of a rulebook. Raises AssertionError where the old words are not in it."""
    text = file.read_text(encoding="utf-8")
    if old not in text:
        raise AssertionError(f"{file} does not say: {old}")
    file.write_text(text.replace(old, new), encoding="utf-8")

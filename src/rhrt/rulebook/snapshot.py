"""A rulebook as read, kept beside its files in an installed copy, so that a program starts quickly.

Reading the files takes longer than all else in an assessment from the command line. When the package is
built (`packaging`) each rulebook that comes with it is read and checked once and kept here. A snapshot is
used only for exactly the files and the version of rhrt that it was made from.
"""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import TYPE_CHECKING

from rhrt.version import VERSION

if TYPE_CHECKING:
    from rhrt.rulebook.model import Rulebook

NAME = "rulebook.snapshot"


def write_snapshot(folder: Path, rulebook: Rulebook) -> None:
    """Keep a rulebook in a folder."""
    (folder / NAME).write_bytes(pickle.dumps((VERSION, rulebook.sha256, rulebook)))


def read_snapshot(folder: Path, sha256: str) -> Rulebook | None:
    """Give the rulebook kept in a folder, if it was made from files with this hash by this version."""
    try:
        content = (folder / NAME).read_bytes()
    except OSError:
        return None
    version, made_from, rulebook = pickle.loads(content)  # noqa: S301 - our own folder: see load
    return rulebook if (version, made_from) == (VERSION, sha256) else None

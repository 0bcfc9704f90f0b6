"""The search index of a rulebook that comes with rhrt, kept beside its files in an installed copy.

Making an index takes seconds. As a snapshot is, it is used only whole, and only for what it was made from.
"""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from rhrt.rulebook.load import installed_folder
from rhrt.rulebook.model import Rulebook
from rhrt.rulebook.snapshot import read_sealed, write_sealed
from rhrt.search.index import index_of

NAME = "search.index"


def write_index(folder: Path, rulebook: Rulebook) -> None:
    """Keep the index of a rulebook in a folder."""
    write_sealed(folder / NAME, index_of(rulebook), rulebook.sha256)


def index_for(rulebook: Rulebook) -> dict[str, Any]:
    """Give the index of a rulebook: the one that is kept of it, or else one that is made."""
    with suppress(OSError, ValueError):
        kept: dict[str, Any] = json.loads(read_sealed(installed_folder() / rulebook.id / NAME, rulebook.sha256))
        return kept
    return index_of(rulebook)

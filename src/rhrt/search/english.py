"""What the search by words knows of English: lists of words and patterns, as data in `english.json`."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def english() -> dict[str, Any]:
    """Give all of it."""
    read: dict[str, Any] = json.loads((files(__package__) / "english.json").read_text(encoding="utf-8"))
    return read


def words(name: str) -> frozenset[str]:
    """Give a list of words."""
    return frozenset(" ".join(english()[name]).split())

"""How people say an indicator, phrase by phrase."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rhrt.files import Location
from rhrt.steward.folder import RulebookFolder


class Said(NamedTuple):
    """One phrase under `also`, with the indicator that it stands for and its place."""

    indicator: str
    words: str
    plain: str
    file: str
    location: Location


def plain(words: str) -> str:
    """Give words without regard to capitals and spaces."""
    return " ".join(words.lower().split())


def said(folder: RulebookFolder) -> Iterator[Said]:
    """Give every phrase of every indicator, in the order written."""
    for file, location, entry in folder.entries("indicators"):
        for place, words in enumerate(entry["also"]):
            yield Said(entry["id"], words, plain(words), file, (*location, "also", place))

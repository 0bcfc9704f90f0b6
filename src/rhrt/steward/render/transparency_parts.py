"""What a transparency record is made of, before anything is filled in."""

from __future__ import annotations

from typing import NamedTuple

DEPLOYER = "the deploying organisation"
DATA_PROTECTION = "the data protection officer"


class Field(NamedTuple):
    """One field of the standard.

    A word in {braces} in `said` is filled in from the rulebook. `who` and `what` say who has to add what.
    """

    number: str
    name: str
    said: tuple[str, ...] = ()
    who: str = ""
    what: str = ""


class Part(NamedTuple):
    """One part of the standard."""

    title: str
    fields: tuple[Field, ...]

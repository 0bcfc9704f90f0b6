"""What a proof says of one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Counterexample(NamedTuple):
    """A smallest record of which a sentence is not true, as a record file writes it, and how it is not."""

    record: Mapping[str, Any]
    how: str


class Proven(NamedTuple):
    """One sentence, over how many situations it was tried (all answers told apart), and what breaks it.

    `counted` names what was counted: situations, or records.
    """

    id: str
    sentence: str
    tried: int
    broken: Counterexample | None
    counted: str = "situations"

"""The wording of indicators, held to what was compared with the source.

Each file of indicators keeps the digest of its wordings, taken when they were compared with the framework's own
text. A wording, level or number that changes afterwards changes the digest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any


def digest(indicators: Iterable[Mapping[str, Any]], level: int | None) -> str:
    """Give the digest of indicators as a file writes them, in order: 16 hexadecimal digits.

    It covers the number, the level, the heading as printed and the wording of each.
    """
    lines = (
        f"{one.get('n')}|{level or one.get('level')}|{one.get('printed_heading')}|{one.get('wording')}"
        for one in indicators
    )
    return sha256("\n".join(lines).encode()).hexdigest()[:16]

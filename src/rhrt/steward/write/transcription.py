"""The wording of indicators, held to what was compared with the source.

Each file of indicators keeps the digest of its wordings, taken when they were compared with the framework's own
text. A wording, level, number or basis that changes afterwards changes the digest.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any


def digest(indicators: Iterable[Mapping[str, Any]], level: int | None) -> str:
    """Give the digest of indicators as a file writes them, in order: 16 hexadecimal digits.

    It covers the number, the level, the heading as printed and the wording of each, its basis where it has one, and
    whether it can be recorded.
    """
    return _hashed(_words(one, level) + _standing(one) for one in indicators)


def digest_of_words(indicators: Iterable[Mapping[str, Any]], level: int | None) -> str:
    """Give the digest as it was before it covered the basis of each."""
    return _hashed(_words(one, level) for one in indicators)


def _words(one: Mapping[str, Any], level: int | None) -> str:
    return f"{one.get('n')}|{level or one.get('level')}|{one.get('printed_heading')}|{one.get('wording')}"


def _standing(one: Mapping[str, Any]) -> str:
    """Say why an indicator stands at its level, where its file does: a file without a basis keeps its digest."""
    basis = f"|basis {one['basis']}" if one.get("basis") is not None else ""
    return basis if one.get("recordable", True) else f"{basis}|not to be recorded"


def _hashed(lines: Iterable[str]) -> str:
    return sha256("\n".join(lines).encode()).hexdigest()[:16]

"""Text as HTML, with numbers that a telephone can ring."""

from __future__ import annotations

import re
from html import escape

from rhrt.rulebook.model import Rulebook


class Prose:
    """Writes text as HTML, with each number of the rulebook's contacts as a link that rings it."""

    def __init__(self, rulebook: Rulebook) -> None:
        numbers = sorted({contact.number for contact in rulebook.contacts if contact.number}, key=len, reverse=True)
        choice = "|".join(map(re.escape, numbers)) or "(?!)"
        self._numbers = re.compile(rf"(?<!\w)({choice})(?!\w)")

    def html(self, text: str) -> str:
        """Escape a text, and make each number in it one that a telephone can ring."""
        parts = self._numbers.split(text)  # text and numbers by turns
        return "".join(_ring(part) if place % 2 else escape(part) for place, part in enumerate(parts))


def _ring(number: str) -> str:
    digits = re.sub(r"[^\d+]", "", number)
    return f'<a class="tel" href="tel:{digits}">{escape(number)}</a>'

"""HTML, made of templates: whatever is put into one is escaped. Numbers in a text can be rung."""

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from rhrt.rulebook.model import Rulebook

_OURS = Path(__file__).parent / "templates"

STYLE = (_OURS / "style.css").read_text("utf-8")
"""How a page looks: plain, large and calm on a screen, and small enough for one sheet of A4 on paper."""


def templates(*folders: Path) -> Environment:
    """Give the templates of some folders, and those that every page shares. What one is not given is an error."""
    return Environment(
        loader=FileSystemLoader([*folders, _OURS]),
        autoescape=True,
        keep_trailing_newline=True,
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )


class Prose:
    """Writes text as HTML, with each number of the rulebook's contacts as a link that rings it."""

    def __init__(self, rulebook: Rulebook) -> None:
        numbers = sorted({contact.number for contact in rulebook.contacts if contact.number}, key=len, reverse=True)
        choice = "|".join(map(re.escape, numbers)) or "(?!)"
        self._numbers = re.compile(rf"(?<!\w)({choice})(?!\w)")

    def html(self, text: str) -> Markup:
        """Escape a text, and make each number in it one that a telephone can ring."""
        parts = self._numbers.split(text)  # text and numbers by turns
        return Markup().join(_ring(part) if place % 2 else part for place, part in enumerate(parts))


def _ring(number: str) -> Markup:
    digits = re.sub(r"[^\d+]", "", number)
    return Markup('<a class="tel" href="tel:{}">{}</a>').format(digits, number)

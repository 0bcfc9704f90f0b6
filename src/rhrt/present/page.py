"""A suggestion as a page of HTML that needs nothing else: to read on a screen, and to print on one sheet."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from rhrt.present.outline import Item, Outline, Section, further, outline
from rhrt.present.picture import as_svg
from rhrt.present.prose import Prose
from rhrt.present.style import STYLE
from rhrt.rulebook.model import Rulebook
from rhrt.suggestion import Suggestion

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_NAME = "The child's name, if your service keeps this sheet. Write it here by hand. Never type it."
_DECISION = "What was decided, and why. A person decides: write it here by hand."
_ON_PAPER = (
    "Printed, this page has a box for the child's name, and a place for the decision and for the name, role and "
    "date of the person who decides. Fill them in by hand."
)


def as_page(suggestion: Suggestion, more: bool = False) -> str:
    """Write a suggestion as one page of HTML, ending in a line break. What is held back opens on the page."""
    said = outline(suggestion, more)
    return "\n".join([*_head(said, suggestion.rulebook), *_body(said, suggestion), "</html>"]) + "\n"


def _head(said: Outline, rulebook: Rulebook) -> Iterator[str]:
    yield "<!DOCTYPE html>"
    yield '<html lang="en-GB">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="robots" content="noindex">'
    yield f"<title>{escape(said.headline)} - {escape(rulebook.title)}</title>"
    yield f"<style>{STYLE}</style>"
    yield "</head>"


def _body(said: Outline, suggestion: Suggestion) -> Iterator[str]:
    prose = Prose(suggestion.rulebook)
    yield "<body>"
    yield "<main>"
    yield f'<div class="by-hand name"><p>{escape(_NAME)}</p></div>'
    yield from _top(said, suggestion, prose)
    yield '<div class="sections">'
    for section in said.sections:
        yield from _section(section, prose)
    yield "</div>"
    if said.held_back:
        yield from _held_back(said, outline(suggestion, more=True), prose)
    yield f'<div class="by-hand decision"><p>{escape(_DECISION)}</p>'
    yield '<ul class="blanks"><li>Name</li><li>Role</li><li>Date</li></ul></div>'
    yield f'<p class="note">{escape(_ON_PAPER)}</p>'
    yield "</main>"
    yield from _foot(said, suggestion)
    yield "</body>"


def _top(said: Outline, suggestion: Suggestion, prose: Prose) -> Iterator[str]:
    rulebook = suggestion.rulebook
    if said.urgent:
        yield f'<div class="urgent"><p>{prose.html(suggestion.urgency_name)}</p></div>'
    yield "<header>"
    yield "<div>"
    yield f'<p class="from">{escape(rulebook.title)}, {escape(rulebook.area)}</p>'
    yield f"<h1>{escape(said.headline)}</h1>"
    yield from (f'<p class="lines">{prose.html(line)}</p>' for line in said.lines)
    yield "</div>"
    yield as_svg(suggestion).rstrip()
    yield "</header>"


def _section(section: Section, prose: Prose) -> Iterator[str]:
    yield '<section class="steps">' if section.numbered else "<section>"
    yield f"<h2>{escape(section.title)}</h2>"
    if section.intro:
        yield f"<p>{prose.html(section.intro)}</p>"
    list_ = "ol" if section.numbered else "ul"
    yield f"<{list_}>"
    yield from (_item(item, prose) for item in section.items)
    yield f"</{list_}>"
    yield "</section>"


def _held_back(said: Outline, whole: Outline, prose: Prose) -> Iterator[str]:
    """Give what is held back, closed until it is asked for. It is printed only when open."""
    yield f"<details><summary>More: {escape(', '.join(said.held_back))}</summary>"
    for section in further(said, whole):
        yield from _section(section, prose)
    yield "</details>"


def _item(item: Item, prose: Prose) -> str:
    details = "".join(f'\n<p class="detail">{prose.html(detail)}</p>' for detail in item.details)
    return f"<li>{prose.html(item.text)}{details}</li>"


def _foot(said: Outline, suggestion: Suggestion) -> Iterator[str]:
    receipt = suggestion.receipt
    yield "<footer>"
    yield from (f"<p>{escape(line)}</p>" for line in said.small_print)
    hashes = f"Receipt in full: rulebook {receipt.rulebook_sha256}, record {receipt.record_sha256}."
    yield f'<p class="receipt">{escape(hashes)}</p>'
    yield "</footer>"

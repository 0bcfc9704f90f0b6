"""What every page has around its own part: head, skip link, the way to the other pages, and the foot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from rhrt.rulebook.model import Rulebook
from rhrt.steward.render.markup import link, paragraph
from rhrt.steward.render.style import PAGES_STYLE
from rhrt.version import VERSION

PAGES: Mapping[str, str] = {
    "index.html": "Overview",
    "routes.html": "What decides",
    "prompts.html": "Prompts",
    "beside.html": "Beside the level",
    "cases.html": "Worked cases",
    "clauses.html": "Clauses",
    "transparency-record.html": "Transparency record",
}
"""The pages that every page leads to, with what they are called."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def whole(rulebook: Rulebook, name: str, title: str, body: Iterable[str]) -> str:
    """Write one page of HTML, ending in a line break. `name` is that of its file; `body` is HTML."""
    return "\n".join([*_head(rulebook, title), *_body(rulebook, name, title, body), "</html>"]) + "\n"


def edition(rulebook: Rulebook) -> str:
    """Say exactly which rulebook it is."""
    return f"{rulebook.id}, edition {rulebook.edition}, published {rulebook.published}"


def made_from(rulebook: Rulebook) -> str:
    """Say what wrote this, from exactly which files."""
    return f"Written by rhrt {VERSION} from the rulebook {edition(rulebook)}, hash {rulebook.sha256}."


def _head(rulebook: Rulebook, title: str) -> Iterator[str]:
    yield "<!DOCTYPE html>"
    yield '<html lang="en-GB">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(title)} - {escape(rulebook.title)}, {escape(rulebook.area)}</title>"
    yield f"<style>{PAGES_STYLE}</style>"
    yield "</head>"


def _body(rulebook: Rulebook, name: str, title: str, body: Iterable[str]) -> Iterator[str]:
    yield "<body>"
    yield '<a class="skip" href="#main">Skip to the main part</a>'
    yield '<header class="top">'
    yield paragraph(f"{rulebook.title}, {rulebook.area}", "from")
    yield '<nav aria-label="Pages"><ul>'
    yield from (f"<li>{_to(page, called, name)}</li>" for page, called in PAGES.items())
    yield "</ul></nav>"
    yield "</header>"
    yield '<main id="main">'
    yield f"<h1>{escape(title)}</h1>"
    yield from body
    yield "</main>"
    yield "<footer>"
    yield paragraph(f"Every answer says: “{rulebook.notice}”")
    yield paragraph(made_from(rulebook), "receipt")
    yield "</footer>"
    yield "</body>"


def _to(page: str, called: str, here: str) -> str:
    """Link to a page, or mark it as the one that is open."""
    return f'<a href="{page}" aria-current="page">{escape(called)}</a>' if page == here else link(page, called)

"""All documents of a rulebook, by the name of the file that each is to have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rhrt.steward.render.beside import beside
from rhrt.steward.render.cases import cases
from rhrt.steward.render.clauses import clauses
from rhrt.steward.render.heading import heading_body
from rhrt.steward.render.index import index
from rhrt.steward.render.indicators import as_table
from rhrt.steward.render.material import Material, heading_page
from rhrt.steward.render.prompts import prompts
from rhrt.steward.render.routes import routes
from rhrt.steward.render.shell import whole
from rhrt.steward.render.transparency import TITLE, record_as_html, record_as_markdown, transparency_record


def documents(material: Material) -> Mapping[str, str]:
    """Write every document: the same rulebook and cases give the same text."""
    return dict(_documents(material))


def _documents(material: Material) -> Iterator[tuple[str, str]]:
    rulebook = material.rulebook
    pages = (
        ("index.html", rulebook.title, index(material)),
        ("routes.html", "What decides: from what is recorded to what to do", routes(material)),
        ("prompts.html", "Prompts, and what happens next", prompts(material)),
        ("beside.html", "Beside the level", beside(material)),
        ("cases.html", "Worked cases", cases(material)),
        ("clauses.html", "Clauses of the framework", clauses(material)),
    )
    for name, title, body in pages:
        yield name, whole(rulebook, name, title, body)
    headings = [*rulebook.headings, *([None] if None in material.under else [])]
    for one in headings:
        name = heading_page(one.id if one else None)
        title = one.title if one else "Without a heading"
        yield name, whole(rulebook, name, title, heading_body(material, one))
    record = transparency_record(material)
    yield "transparency-record.html", whole(rulebook, "transparency-record.html", TITLE, record_as_html(record))
    yield "transparency-record.md", record_as_markdown(rulebook, record)
    yield "indicators.csv", as_table(rulebook)

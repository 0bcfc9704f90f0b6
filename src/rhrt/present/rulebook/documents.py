"""All documents of a rulebook, by the name of the file that each is to have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rhrt.present.rulebook.beside import beside
from rhrt.present.rulebook.cases import cases
from rhrt.present.rulebook.clauses import clauses
from rhrt.present.rulebook.heading import heading_body
from rhrt.present.rulebook.index import index
from rhrt.present.rulebook.indicators import as_table
from rhrt.present.rulebook.material import Material, heading_page
from rhrt.present.rulebook.prompts import prompts
from rhrt.present.rulebook.routes import routes
from rhrt.present.rulebook.shell import whole
from rhrt.present.rulebook.transparency import transparency_record
from rhrt.present.rulebook.transparency_forms import TITLE, record_as_html, record_as_markdown


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

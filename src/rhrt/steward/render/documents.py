"""All documents of a rulebook, by the name of the file that each is to have. The pages are in `templates`."""

from collections.abc import Mapping
from pathlib import Path

from rhrt.present.html import templates
from rhrt.present.outline import cite, if_yes, review, ring
from rhrt.reasoning.explain import neighbours
from rhrt.rulebook.conditions import highest_level
from rhrt.steward.render.indicators import as_table
from rhrt.steward.render.links import Links
from rhrt.steward.render.material import Material, anchor, heading_page
from rhrt.steward.render.transparency import TITLE, progress, record_as_markdown, transparency_record
from rhrt.steward.render.words import Words, plain, sentence

PAGES: Mapping[str, str] = {
    "index.html": "Overview",
    "routes.html": "What decides",
    "prompts.html": "Prompts",
    "beside.html": "Beside the level",
    "cases.html": "Worked cases",
    "clauses.html": "Clauses",
    "transparency-record.html": "Transparency record",
}
"""The pages that every page leads to, with what they are called; each has a template of its name."""

MOST_IN_VIEW = 4
"""How many worked cases or indicators stand open in a table; more are folded under their number."""

_TEMPLATES = templates(Path(__file__).parent / "templates")
_TEMPLATES.filters.update(plain=plain, sentence=sentence)
_CALLED = (anchor, cite, heading_page, highest_level, if_yes, neighbours, progress, review, ring)
_TEMPLATES.globals.update({one.__name__: one for one in _CALLED}, pages=PAGES, most_in_view=MOST_IN_VIEW)


def documents(material: Material) -> Mapping[str, str]:
    """Write every document: the same rulebook and cases give the same text."""
    record, rulebook = transparency_record(material), material.rulebook
    shared = {"material": material, "rulebook": rulebook, "links": Links(material), "words": Words(rulebook)}
    shared |= {"record": record, "record_title": TITLE}
    written = {page: _TEMPLATES.get_template(page).render(shared, page=page) for page in PAGES}
    heading = _TEMPLATES.get_template("heading.html")
    for id_, title in material.headings:
        page = heading_page(id_)
        written[page] = heading.render(shared, page=page, title=title, id=id_)
    further = {"transparency-record.md": record_as_markdown(material, record), "indicators.csv": as_table(rulebook)}
    return written | further

"""The first page: what the rulebook is, its levels and headings, whom to ring, and what is always true."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from rhrt.present.outline import review
from rhrt.rulebook.conditions import highest_level
from rhrt.rulebook.model import Contact, Level, SafetySentence
from rhrt.steward.render.links import action_links, indicator_links, source
from rhrt.steward.render.markup import Row, heading, link, listed, paragraph, said, table
from rhrt.steward.render.material import Material, heading_page
from rhrt.steward.render.words import ALWAYS, Words

_WHAT = (
    "These pages set the framework side by side with the rules that rhrt makes of it. Read them to check by eye "
    "that the rules say what the framework says. They are written from the rulebook, word for word, and decide "
    "nothing."
)
_TABLE = (
    "All indicators are also in a table for a spreadsheet. A cell there that would begin with a sign such as = "
    "or + has an apostrophe in front, so that no spreadsheet runs it. The rest of the cell is exactly as in the "
    "rulebook."
)


def index(material: Material) -> Iterator[str]:
    """Write the body of the first page."""
    rulebook = material.rulebook
    yield paragraph(f"{rulebook.area}. Edition {rulebook.edition}, published {rulebook.published}.", "lines")
    yield f'<div class="notice">{paragraph(f"Every answer says: “{rulebook.notice}”")}</div>'
    yield from map(paragraph, review(rulebook))
    yield paragraph(_WHAT)
    yield from _levels(material)
    yield from _headings(material)
    yield f"<p>{escape(_TABLE)} {link('indicators.csv', 'Indicators as a table (CSV)')}.</p>"
    yield from _contacts(material)
    yield from _safety(material)
    yield from _documents(material)


def _levels(material: Material) -> Iterator[str]:
    yield heading(2, "levels", "Levels")
    columns = ("Level", "What it means", "Indicators", "In the framework")
    yield from table("levels", columns, (_level(material, level) for level in material.rulebook.levels), "levels")


def _level(material: Material, level: Level) -> Row:
    count = sum(one.level == level.level for one in material.rulebook.indicators)
    going_well = ". They are what goes well, and never lower a level." if level.strengths else ""
    cells = (
        paragraph(f"Level {level.level}, {level.name}", "called") + paragraph(f"level/{level.level}", "source"),
        escape(level.meaning),
        f"{count}{going_well}",
        source(material, level.source),
    )
    return Row(cells, f"level/{level.level}")


def _headings(material: Material) -> Iterator[str]:
    levels = [level.level for level in material.rulebook.levels]
    yield heading(2, "headings", "Indicators by heading")
    columns = ("Heading", *(f"Level {level}" for level in levels), "All")
    titles: list[tuple[str | None, str]] = [(one.id, one.title) for one in material.rulebook.headings]
    if None in material.under:
        titles.append((None, "Without a heading"))
    rows = []
    for id_, title in titles:
        counts = [sum(one.level == level for one in material.under.get(id_, ())) for level in levels]
        rows.append(Row((link(heading_page(id_), title), *map(str, counts), str(sum(counts)))))
    yield from table("headings", columns, rows, "counts")


def _contacts(material: Material) -> Iterator[str]:
    yield heading(2, "contacts", "Whom to ring")
    yield paragraph(material.rulebook.if_worse)
    columns = ("Name", "Number", "When", "Printed", "Checked")
    yield from table("contacts", columns, (_contact(one) for one in material.rulebook.contacts))


def _contact(contact: Contact) -> Row:
    note = paragraph(contact.note, "detail") if contact.note else ""
    return Row(
        (
            f'<span class="called">{escape(contact.name)}</span>{note}',
            escape(contact.number or "No number"),
            escape(contact.hours),
            escape(contact.printed),
            escape(contact.verified or "Not checked since it was printed"),
        ),
        f"contact/{contact.id}",
    )


def _safety(material: Material) -> Iterator[str]:
    yield heading(2, "safety", "What must be true of every answer")
    yield paragraph("These sentences decide nothing. They say again, on their own, what no rule may get wrong.")
    columns = ("Sentence", "It speaks of", "What must hold")
    words = Words(material.rulebook)
    rows = (_sentence(material, words, one) for one in material.rulebook.safety)
    yield from table("safety", columns, rows, "rules")


def _sentence(material: Material, words: Words, one: SafetySentence) -> Row:
    title = f"{paragraph(one.sentence, 'called')}{source(material, one.source)}"
    return Row((title, _about(material, words, one), _must(material, words, one)), f"safety/{one.id}")


def _about(material: Material, words: Words, one: SafetySentence) -> str:
    """Say of which records and situations a sentence speaks."""
    pieces = []
    if one.indicators:
        lead = "One of these is marked, and nothing else" if one.alone else "One of these is present"
        pieces.append(said(lead, indicator_links(material, one.indicators)))
    if one.basis is not None:
        highest = highest_level(material.rulebook)
        only = ", and nothing else is marked" if one.alone else ""
        basis = next(basis for basis in material.rulebook.bases if basis.id == one.basis)
        text = f"Any sign at Level {highest} of which this is so is present{only}"
        pieces.append(said(text, escape(f"“{basis.meaning}” ({basis.id})")))
    situations = words.alternatives(one.when)
    if situations != [ALWAYS] or not pieces:
        pieces.append(listed(map(escape, situations)))
    return "".join(pieces)


def _must(material: Material, words: Words, one: SafetySentence) -> str:
    """Say what a sentence asks of the answer and its steps."""
    must = [f"The answer: {escape(words.condition(one.answer))}"] if one.answer else []
    steps = (("The first step", one.first), ("Among the steps", one.some), ("None of the steps", one.never))
    for lead, codes in steps:
        if codes:
            between = ", " if codes is one.never else " or "
            must.append(f"{lead}: {action_links(material, codes, between)}")
    return listed(must)


def _documents(material: Material) -> Iterator[str]:
    yield heading(2, "documents", "The documents behind it")
    rows = (
        Row((escape(one.short), escape(one.title), escape(one.published))) for one in material.rulebook.documents
    )
    yield from table("documents", ("Called here", "Title", "Published"), rows)

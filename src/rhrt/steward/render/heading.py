"""A page for each heading: what the framework prints, beside what the rulebook makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from rhrt.reasoning.explain import neighbours
from rhrt.rulebook.model import Heading, Indicator
from rhrt.steward.render.links import case_links, indicator_link, source, worded
from rhrt.steward.render.markup import Row, folded, heading, link, listed, pairs, paragraph, table
from rhrt.steward.render.material import Material, heading_page

_COLUMNS = ("As the framework prints it", "In the rulebook", "Worked cases that record it")


def heading_body(material: Material, under: Heading | None) -> Iterator[str]:
    """Write the body of the page of a heading, or of what has none."""
    id_ = under.id if under else None
    indicators = material.under.get(id_, ())
    yield paragraph(_printed(under))
    for level in material.rulebook.levels:
        here = [one for one in indicators if one.level == level.level]
        if here:
            named = f"at-level-{level.level}"
            yield heading(2, named, f"Level {level.level}, {level.name}")
            yield from table(named, _COLUMNS, (_row(material, one) for one in here), "indicators")
    elsewhere = [one for one in material.rulebook.indicators if one.heading == id_ and one not in indicators]
    if id_ and elsewhere:
        yield heading(2, "elsewhere", "Printed here, shown under another heading")
        yield listed(indicator_link(material, one.id) for one in elsewhere)
    yield from _other_headings(material, id_)


def _printed(under: Heading | None) -> str:
    if under is None:
        return "These stand under no heading of the framework."
    if not under.printed:
        return "The framework does not print this heading. The rulebook adds it."
    return f"Printed as {' and as '.join(f'“{form}”' for form in under.printed)}."


def _row(material: Material, indicator: Indicator) -> Row:
    cells = (
        f"{worded(indicator)}{_place(indicator)}{source(material, indicator.source)}",
        _rule(material, indicator),
        case_links(material, material.with_indicator(indicator.id)),
    )
    return Row(cells, f"indicator/{indicator.id}")


def _place(indicator: Indicator) -> str:
    """Say where in its list the framework prints an indicator."""
    number = f"Number {indicator.n}. " if indicator.n else "No number. "
    under = f"Under “{indicator.printed_heading}”" if indicator.printed_heading else ""
    group = f"in “{indicator.group}”" if indicator.group else ""
    where = " ".join(filter(None, (under, group)))
    return paragraph(f"{number}{where[:1].upper()}{where[1:]}{'.' if where else ''}".strip(), "source")


def _rule(material: Material, indicator: Indicator) -> str:
    rulebook = material.rulebook
    basis = next((one for one in rulebook.bases if one.id == indicator.basis), None)
    titles = {one.id: one.title for one in rulebook.headings}
    moved = indicator.shown_under not in (None, indicator.heading)
    also = [escape(one) for one in indicator.also]
    named = (
        ("Why at this level", escape(f"{basis.meaning} ({basis.id})") if basis else ""),
        ("Can be recorded", "" if indicator.recordable else "No"),
        ("Shown here, printed under", escape(titles.get(indicator.heading or "", "no heading")) if moved else ""),
        ("Note", escape(indicator.note or "")),
        ("Ladders", "".join(_ladders(material, indicator))),
    )
    level = f"Level {indicator.level}, {rulebook.level[indicator.level].name}"
    return (
        f"{paragraph(level, 'name')}{pairs(named)}"
        f"{folded(f'{len(also)} ways of saying it', also)}{paragraph(f'indicator/{indicator.id}', 'source')}"
    )


def _ladders(material: Material, indicator: Indicator) -> Iterator[str]:
    """Give each ladder on which an indicator stands, with the rungs next to it."""
    for one in neighbours(material.rulebook, indicator.id):
        rungs = (("Milder", one.milder), ("Graver", one.graver))
        links = (f"{lead}: {indicator_link(material, rung.indicator)}" for lead, rung in rungs if rung)
        place = material.place_of_rule(f"ladder/{one.ladder}")
        yield f"<p>{link(place, one.title)}</p><ul>{''.join(f'<li>{rung}</li>' for rung in links)}</ul>"


def _other_headings(material: Material, here: str | None) -> Iterator[str]:
    yield '<nav aria-label="Headings">'
    yield heading(2, "headings", "All headings")
    titles: list[tuple[str | None, str]] = [(one.id, one.title) for one in material.rulebook.headings]
    titles += [(None, "Without a heading")] if None in material.under else []
    links = (
        f'<a href="{heading_page(id_)}" aria-current="page">{escape(title)}</a>'
        if id_ == here
        else link(heading_page(id_), title)
        for id_, title in titles
    )
    yield f'<ul class="others">{"".join(f"<li>{one}</li>" for one in links)}</ul>'
    yield "</nav>"

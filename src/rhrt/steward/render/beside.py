"""The page of what stands beside a level and never changes it: ladders, circumstances, services and words."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from rhrt.rulebook.model import Ladder, Service, Source
from rhrt.steward.render.links import case_links, indicator_link, source
from rhrt.steward.render.markup import Row, heading, listed, paragraph, table
from rhrt.steward.render.material import Material


def beside(material: Material) -> Iterator[str]:
    """Write the body of the page of what stands beside a level."""
    yield paragraph("All this is shown beside a level. None of it sets, raises or lowers one.")
    yield heading(2, "ladders", "Ladders: the same concern at rising severity")
    columns = ("Ladder", "Rungs, the mildest first", "Worked cases that show it")
    yield from table("ladders", columns, (_ladder(material, one) for one in material.rulebook.ladders), "rules")
    yield from _circumstances(material)
    yield heading(2, "services", "Services")
    columns = ("Service", "Offered for", "Worked cases that show it")
    yield from table("services", columns, (_service(material, one) for one in material.rulebook.services), "rules")
    yield from _agencies(material)
    yield from _words(material)


def _ladder(material: Material, ladder: Ladder) -> Row:
    rule = f"ladder/{ladder.id}"
    strength = f"Its opposite: {indicator_link(material, ladder.strength)}" if ladder.strength else ""
    rungs = listed(indicator_link(material, id_) for id_ in ladder.rungs)
    cases = case_links(material, material.with_rules([rule]))
    said = f"{f'<p>{strength}</p>' if strength else ''}{rungs}"
    return Row((_named(material, ladder.title, rule, ladder.source), said, cases), rule)


def _circumstances(material: Material) -> Iterator[str]:
    yield heading(2, "circumstances", "Circumstances: reasons to be alert")
    rows = []
    for one in material.rulebook.circumstances:
        rule = f"circumstance/{one.id}"
        quoted = f"<p>“{escape(one.wording)}”</p>"
        guidance = paragraph(f"Guidance: {'; '.join(one.guidance)}.") if one.guidance else ""
        cases = case_links(material, material.with_rules([rule]))
        rows.append(Row((_named(material, one.title, rule, one.source), quoted + guidance, cases), rule))
    columns = ("Circumstance", "As printed, and the guidance", "Worked cases that record it")
    yield from table("circumstances", columns, rows, "rules")


def _service(material: Material, service: Service) -> Row:
    rule = f"service/{service.id}"
    titles = {topic.id: topic.title for topic in material.rulebook.topics}
    topics = [escape(titles[topic]) for topic in service.topics] or ["Any topic"]
    offered = paragraph(" and ".join(f"Level {level}" for level in service.levels)) + listed(topics)
    named = _named(material, service.name, rule, service.source, service.what, service.check or "")
    return Row((named, offered, case_links(material, material.with_rules([rule]))), rule)


def _agencies(material: Material) -> Iterator[str]:
    yield heading(2, "agencies", "Partner agencies")
    rows = []
    for one in material.rulebook.agencies:
        rule = f"agencies/{one.level}"
        named = _named(material, f"Level {one.level}", rule, one.source)
        rows.append(Row((named, escape("; ".join(one.names))), rule))
    yield from table("agencies", ("Level", "Agencies, as printed"), rows, "two")


def _words(material: Material) -> Iterator[str]:
    degree, difference = material.rulebook.degree, material.rulebook.difference
    yield heading(2, "words", "Words that need judgement, and levels that differ")
    title = "Words of degree that the framework does not define"
    words = paragraph(", ".join(f"“{word}”" for word in degree.words)) + paragraph(degree.guides)
    rows = [Row((_named(material, title, "degree", degree.source), words), "degree")]
    title = "The practitioner's own level is not the one suggested"
    said = (
        f"{paragraph(f'Their level is higher: {difference.higher}')}"
        f"{paragraph(f'Their level is lower: {difference.lower}')}{paragraph(difference.policy)}"
        f"<p>Reasons that they can give:</p>{listed(escape(one.text) for one in difference.reasons)}"
    )
    rows.append(Row((_named(material, title, "difference", difference.source), said), "difference"))
    yield from table("words", ("Rule", "What is said"), rows, "two")


def _named(material: Material, name: str, rule: str, given: Source, *further: str) -> str:
    more = "".join(paragraph(text) for text in further if text)
    return f"{paragraph(name, 'called')}{more}{paragraph(rule, 'source')}{source(material, given)}"

"""The transparency record as Markdown, to fill in and publish, and as a page, to read."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from rhrt.present.markdown import escaped
from rhrt.rulebook.model import Rulebook
from rhrt.steward.render.markup import Row, heading, paragraph, table
from rhrt.steward.render.shell import made_from
from rhrt.steward.render.transparency import Filled, FilledPart, progress

TITLE = "Algorithmic transparency record"


def record_as_markdown(rulebook: Rulebook, parts: tuple[FilledPart, ...]) -> str:
    """Write the record as Markdown, ending in a line break."""
    return "\n".join(_lines(rulebook, parts)) + "\n"


def record_as_html(parts: tuple[FilledPart, ...]) -> Iterator[str]:
    """Write the body of the page of the record."""
    yield paragraph(progress(parts))
    for place, part in enumerate(parts):
        named = f"part-{place}"
        yield heading(2, named, part.title)
        yield from table(named, ("Field", "What is said"), map(_row, part.fields), "two")


def _lines(rulebook: Rulebook, parts: tuple[FilledPart, ...]) -> Iterator[str]:
    yield f"# {escaped(f'{TITLE}: {rulebook.title}, {rulebook.area}')}"
    yield f"\n{escaped(progress(parts))}"
    for part in parts:
        yield f"\n## {escaped(part.title)}"
        for field in part.fields:
            yield f"\n### {escaped(_name(field))}"
            yield from (f"\n{_one_line(text)}" for text in field.said)
            if field.to_fill:
                yield f"\n**{_one_line(field.to_fill)}**"
    yield f"\n---\n\n{escaped(made_from(rulebook))}"


def _one_line(text: str) -> str:
    return escaped(" ".join(text.split()))


def _name(field: Filled) -> str:
    return f"{field.number} {field.name}" if field.number[0].isdigit() else field.name


def _row(field: Filled) -> Row:
    answered = "".join(map(paragraph, field.said))
    to_fill = paragraph(field.to_fill, "fill") if field.to_fill else ""
    return Row((f'<span class="called">{escape(_name(field))}</span>', answered + to_fill), f"field/{field.number}")

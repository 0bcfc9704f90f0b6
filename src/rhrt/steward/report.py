"""A report for people: sections of paragraphs, points, tables and what a file holds; as text or as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rhrt.present.markdown import escaped
from rhrt.present.terminal import wrap


class Points(NamedTuple):
    """A list of points."""

    points: tuple[str, ...]


class Table(NamedTuple):
    """A table; the first cell of a row says what the row is about."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Held(NamedTuple):
    """What a file would hold, as it is written."""

    text: str


class Section(NamedTuple):
    """A heading with what stands under it; `depth` is 1 for the title of the report."""

    title: str
    blocks: tuple[Block, ...]
    depth: int = 2


Block = str | Points | Table | Held
"""A paragraph, or one of the forms above."""


def as_text(sections: tuple[Section, ...]) -> str:
    """Write a report as plain text in 80 columns, ending in a line break."""
    lines: list[str] = []
    for section in sections:
        lines += ["", *wrap(section.title), *(["=" * min(len(section.title), 80)] if section.depth < 3 else [])]
        for block in section.blocks:
            lines += _text(block)
    return "\n".join(lines[1:]) + "\n"


def as_markdown(sections: tuple[Section, ...]) -> str:
    """Write a report as Markdown, ending in a line break."""
    parts = []
    for section in sections:
        parts.append(f"{'#' * section.depth} {_escaped(section.title)}")
        parts += ["\n".join(_markdown(block)) for block in section.blocks]
    return "\n\n".join(parts) + "\n"


def _text(block: Block) -> Iterator[str]:
    if isinstance(block, str):
        yield from wrap(block)
    elif isinstance(block, Points):
        for point in block.points:
            yield from wrap(point, "  - ")
    elif isinstance(block, Held):
        yield from ("", *(f"    {line}".rstrip() for line in block.text.splitlines()), "")
    else:
        for first, *cells in block.rows:
            yield from wrap(first, "  - ")
            for name, cell in zip(block.head[1:], cells, strict=True):
                yield from wrap(f"{name}: {cell}", "    ") if cell else ()


def _markdown(block: Block) -> Iterator[str]:
    if isinstance(block, str):
        yield _escaped(block)
    elif isinstance(block, Points):
        yield from (f"- {_escaped(point)}" for point in block.points)
    elif isinstance(block, Held):
        yield from ("```yaml", *block.text.splitlines(), "```")
    else:
        yield f"| {' | '.join(map(_escaped, block.head))} |"
        yield f"|{'---|' * len(block.head)}"
        for row in block.rows:
            yield f"| {' | '.join(map(_escaped, row))} |"


def _escaped(text: str) -> str:
    return escaped(" ".join(text.split())).replace("|", r"\|")

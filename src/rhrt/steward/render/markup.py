"""The few pieces of HTML that the pages are built of. What is given as text is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from rhrt.steward.render.style import NARROW_LABEL

NONE = '<span class="detail">None</span>'


class Row(NamedTuple):
    """One row of a table: cells of HTML, of which the first names the row; and the id of its place in the page."""

    cells: Sequence[str]
    id: str = ""


def link(place: str | None, text: str) -> str:
    """Link a text to a place, where there is one."""
    return f'<a href="{escape(place)}">{escape(text)}</a>' if place else escape(text)


def paragraph(text: str, kind: str = "") -> str:
    """Write a text as a paragraph."""
    return f"<p{_class(kind)}>{escape(text)}</p>"


def listed(items: Iterable[str], kind: str = "") -> str:
    """Write pieces of HTML as a list; one alone stands without."""
    pieces = list(items)
    if len(pieces) < 2:
        return "".join(pieces) or NONE
    return f"<ul{_class(kind)}>{''.join(f'<li>{piece}</li>' for piece in pieces)}</ul>"


def said(lead: str, items: Iterable[str]) -> str:
    """Write what pieces of HTML are, and then the pieces: one on the same line, more as a list under it."""
    pieces = list(items)
    if len(pieces) == 1 and not pieces[0].startswith("<details"):
        return f"<p>{escape(lead)}: {pieces[0]}</p>"
    return f"<p>{escape(lead)}:</p>{listed(pieces)}"


def folded(summary: str, items: Sequence[str]) -> str:
    """Write a long list of HTML closed, under what it is; it opens without a script."""
    return f"<details><summary>{escape(summary)}</summary>{listed(items)}</details>"


def pairs(named: Iterable[tuple[str, str]]) -> str:
    """Write names with their HTML beside them; what is empty is left out."""
    shown = "".join(f"<div><dt>{escape(name)}</dt><dd>{said}</dd></div>" for name, said in named if said)
    return f'<dl class="pairs">{shown}</dl>'


def heading(rank: int, id_: str, text: str) -> str:
    """Write a heading that can be linked to, and that names the table after it."""
    return f'<h{rank} id="{escape(id_)}">{escape(text)}</h{rank}>'


def table(named_by: str, columns: Sequence[str], rows: Iterable[Row], kind: str = "") -> Iterator[str]:
    """Write a table, named by the heading with that id. On a narrow screen its cells stand one under another."""
    yield f'<table{_class(kind)} aria-labelledby="{escape(named_by)}">'
    heads = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    for row in rows:
        first, *rest = row.cells
        cells = zip(columns[1:], rest, strict=True)
        place = f' id="{escape(row.id)}"' if row.id else ""
        yield f'<tr{place}><th scope="row">{first}</th>'
        yield from (f'<td {NARROW_LABEL}="{escape(column)}">{cell}</td>' for column, cell in cells)
        yield "</tr>"
    yield "</tbody>"
    yield "</table>"


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""

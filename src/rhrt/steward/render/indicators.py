"""All indicators as a table (CSV), to check by eye in a spreadsheet."""

import csv
import io
import re
from collections.abc import Iterator

from rhrt.present.outline import cite
from rhrt.rulebook.model import Indicator, Rulebook

COLUMNS = (
    "n", "id", "level", "level name", "heading", "printed heading", "group", "page", "wording", "basis", "ladders",
    "also", "recordable", "source",
)  # fmt: skip

BYTE_ORDER_MARK = "\ufeff"
"""Tells Excel that the file is UTF-8."""

JOINED = " | "
"""What stands between several entries of one cell."""

_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
_GUARDED = re.compile(r"'+[=+\-@＝＋－＠\t\r\n]")


def as_table(rulebook: Rulebook) -> str:
    """Write every indicator as a row of CSV, with a byte order mark, each cell in quotes.

    A cell that a spreadsheet could run as a formula is guarded: see `guarded`.
    """
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    writer.writerows(map(guarded, _cells(rulebook, indicator)) for indicator in rulebook.indicators)
    return BYTE_ORDER_MARK + file.getvalue()


def guarded(cell: str) -> str:
    """Put an apostrophe before a cell that begins as a formula does. `unguarded` gives the cell back exactly."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Take away the apostrophe that `guarded` put there."""
    return cell[1:] if _GUARDED.match(cell) else cell


def _cells(rulebook: Rulebook, indicator: Indicator) -> Iterator[str]:
    titles = {heading.id: heading.title for heading in rulebook.headings}
    yield str(indicator.n or "")
    yield indicator.id
    yield str(indicator.level)
    yield rulebook.level[indicator.level].name
    yield titles.get(indicator.heading or "", "")
    yield indicator.printed_heading or ""
    yield indicator.group or ""
    yield str(indicator.page or "")
    yield indicator.wording
    yield indicator.basis or ""
    yield JOINED.join(ladder.id for ladder in rulebook.ladders_of(indicator.id))
    yield JOINED.join(indicator.also)
    yield "yes" if indicator.recordable else "no"
    yield cite(rulebook, indicator.source)

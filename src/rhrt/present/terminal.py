"""An outline as plain text: 80 columns, no drawing characters, read well by a screen reader."""

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator

from rhrt.present.outline import Item, Outline, Section

WIDTH = 80

_INSIDE_NUMBER = re.compile(r"(?<=[0-9)]) (?=[0-9])")

Emphasis = Callable[[str, bool], str]
"""Makes a heading stand out where the terminal can; told whether the matter is an emergency."""


def as_text(outline: Outline, emphasis: Emphasis = lambda text, _: text) -> str:
    """Write an outline as text, ending in a line break."""
    return "\n".join(_lines(outline, emphasis)) + "\n"


def _lines(outline: Outline, emphasis: Emphasis) -> Iterator[str]:
    for line in outline.do_not:
        yield from wrap(line)
    yield from (emphasis(line, outline.urgent) for line in wrap(outline.headline))
    for line in _packed(outline.lines):
        yield from wrap(line)
    for section in outline.sections:
        yield ""
        yield emphasis(section.title, False)
        yield from _section(section, outline.do_not)
    if outline.small_print:
        yield ""
        yield from wrap(" ".join(outline.small_print))


def _section(section: Section, said: tuple[str, ...]) -> Iterator[str]:
    if section.intro and section.intro != " ".join(said):
        yield from wrap(section.intro, "  ")
    for number, item in enumerate(section.items, 1):
        yield from _item(item, f"{number:>2}. " if section.numbered else "  - ")


def _item(item: Item, lead: str) -> Iterator[str]:
    lines = wrap(item.text, lead)
    for detail in item.details:
        if len(lines[-1]) + 1 + len(detail) <= WIDTH:
            lines[-1] += f" {detail}"
        else:
            lines += wrap(detail, " " * len(lead))
    yield from lines


def _packed(lines: Iterable[str]) -> list[str]:
    """Put short lines that follow one another on one line, as sentences."""
    packed = [""]
    for line in lines:
        begun = packed[-1] and f"{packed[-1].rstrip('.')}. "
        packed[-1:] = [begun + line] if len(begun + line) <= WIDTH else [packed[-1], line]
    return packed


def wrap(text: str, lead: str = "") -> list[str]:
    """Break text into lines that hang under what leads them. A number to ring is kept whole."""
    joined = _INSIDE_NUMBER.sub("\0", text)
    lines = textwrap.wrap(
        joined, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead), break_on_hyphens=False
    )
    return [line.replace("\0", " ") for line in lines]

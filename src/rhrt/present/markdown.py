"""An outline as Markdown."""

import re
from collections.abc import Iterator

from rhrt.present.outline import Outline, Section

_SPECIAL = re.compile(r"([\\`*_\[\]<>#])")


def as_markdown(outline: Outline) -> str:
    """Write an outline as Markdown, ending in a line break."""
    return "\n".join(_lines(outline)) + "\n"


def _lines(outline: Outline) -> Iterator[str]:
    yield f"# {escaped(outline.headline)}"
    for line in outline.do_not:
        yield f"\n**{escaped(line)}**"
    for line in outline.lines:
        yield f"\n{escaped(line)}"
    for section in outline.sections:
        yield f"\n## {escaped(section.title)}\n"
        yield from _section(section)
    yield "\n---"
    for line in outline.small_print:
        yield f"\n{escaped(line)}"


def _section(section: Section) -> Iterator[str]:
    if section.intro:
        yield f"{escaped(section.intro)}\n"
    for number, item in enumerate(section.items, 1):
        lead = f"{number}. " if section.numbered else "- "
        yield f"{lead}{escaped(item.text)}"
        for detail in item.details:
            yield f"{' ' * len(lead)}- {escaped(detail)}"


def escaped(text: str) -> str:
    """Write a text so that Markdown takes nothing in it for a mark of its own."""
    return _SPECIAL.sub(r"\\\1", text)

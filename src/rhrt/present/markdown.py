"""An outline as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rhrt.present.outline import Outline, Section

_SPECIAL = re.compile(r"([\\`*_\[\]<>#])")


def as_markdown(outline: Outline) -> str:
    """Write an outline as Markdown, ending in a line break."""
    return "\n".join(_lines(outline)) + "\n"


def _lines(outline: Outline) -> Iterator[str]:
    yield f"# {_escape(outline.headline)}"
    for line in outline.lines:
        yield f"\n{_escape(line)}"
    for section in outline.sections:
        yield f"\n## {_escape(section.title)}\n"
        yield from _section(section)
    yield "\n---"
    for line in outline.small_print:
        yield f"\n{_escape(line)}"


def _section(section: Section) -> Iterator[str]:
    if section.intro:
        yield f"{_escape(section.intro)}\n"
    for number, item in enumerate(section.items, 1):
        lead = f"{number}. " if section.numbered else "- "
        yield f"{lead}{_escape(item.text)}"
        for detail in item.details:
            yield f"{' ' * len(lead)}- {_escape(detail)}"


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)

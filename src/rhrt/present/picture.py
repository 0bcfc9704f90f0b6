"""A suggestion as a picture: the continuum of need, drawn as a fan of levels (the 'windscreen')."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from math import cos, radians, sin
from typing import NamedTuple

from rhrt.present.outline import headline
from rhrt.rulebook.model import Level
from rhrt.suggestion import Suggestion

_WIDTH, _HEIGHT = 400, 226
_CENTRE = (200, 211)
_INNER, _OUTER, _RAISED = 74, 186, 196
_MIDDLE = 137  # where the words of a band stand, from the centre
_INK = "#0b0c0c"
_LIGHTEST, _DARKEST = (0xF6, 0xF8, 0xFB), (0x9D, 0xB8, 0xD2)  # both light enough for ink on them
_LEADING = 1.15


class _Band(NamedTuple):
    """One level in its place on the fan; angles are in degrees, from the right."""

    level: Level
    start: float
    end: float
    fill: str
    suggested: bool
    could_be: bool
    own: bool

    @property
    def middle(self) -> float:
        """The angle half way along the band."""
        return (self.start + self.end) / 2

    @property
    def outer(self) -> int:
        """How far out the band reaches: the one suggested stands out."""
        return _RAISED if self.suggested else _OUTER


def as_svg(suggestion: Suggestion) -> str:
    """Draw a suggestion on the continuum of need, as an SVG that stands alone or inside a page."""
    return "\n".join(_lines(suggestion)) + "\n"


def _lines(suggestion: Suggestion) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-labelledby="windscreen-title windscreen-desc" font-family="Arial, Helvetica, sans-serif" '
        f'fill="{_INK}" text-anchor="middle">'
    )
    yield f'<title id="windscreen-title">{escape(headline(suggestion))}</title>'
    yield f'<desc id="windscreen-desc">{escape(_described(suggestion))}</desc>'
    bands = _bands(suggestion)
    for band in sorted(bands, key=lambda band: (band.suggested, band.could_be)):  # a thick outline lies on top
        yield _shape(band)
    for band in bands:
        yield from _words(band, len(bands))
        if band.own:
            x, y = _point(band.outer, band.middle)
            yield f'<circle cx="{x}" cy="{y}" r="6" fill="#fff" stroke="{_INK}" stroke-width="3"/>'
    yield from _hub(bands)
    yield "</svg>"


def _described(suggestion: Suggestion) -> str:
    levels = suggestion.rulebook.levels
    named = {level.level: f"Level {level.level}, {level.name}" for level in levels}
    said = [f"A fan of the levels of need, from {named[levels[0].level]}, to {named[levels[-1].level]}."]
    said.append("No level suggested." if suggestion.level is None else f"Suggested: {named[suggestion.level]}.")
    if _could_be(suggestion):
        said.append(f"Could be: {named[_could_be(suggestion)]}.")
    if suggestion.judgement:
        said.append(f"Your level: {named[suggestion.judgement.level]}.")
    return " ".join(said)


def _could_be(suggestion: Suggestion) -> int:
    """Give the higher level that it could be, or 0 where there is none."""
    level = suggestion.could_be.level or 0
    return level if level > (suggestion.level or 0) else 0


def _bands(suggestion: Suggestion) -> tuple[_Band, ...]:
    levels = suggestion.rulebook.levels
    own = suggestion.judgement.level if suggestion.judgement else None
    width = 180 / len(levels)
    return tuple(
        _Band(
            level,
            180 - place * width,
            180 - (place + 1) * width,
            _shade(place / max(1, len(levels) - 1)),
            suggested=level.level == suggestion.level,
            could_be=level.level == _could_be(suggestion),
            own=level.level == own,
        )
        for place, level in enumerate(levels)
    )


def _shade(part: float) -> str:
    """Give a fill between the lightest (0) and the darkest (1)."""
    mixed = (round(light + (dark - light) * part) for light, dark in zip(_LIGHTEST, _DARKEST, strict=True))
    return "#" + "".join(f"{one:02x}" for one in mixed)


def _point(radius: float, angle: float) -> tuple[str, str]:
    x, y = _CENTRE
    return f"{x + radius * cos(radians(angle)):.1f}", f"{y - radius * sin(radians(angle)):.1f}"


def _shape(band: _Band) -> str:
    corners = [(band.outer, band.start), (band.outer, band.end), (_INNER, band.end), (_INNER, band.start)]
    first, second, third, fourth = (" ".join(_point(*corner)) for corner in corners)
    outer, inner = f"A{band.outer} {band.outer} 0 0 1", f"A{_INNER} {_INNER} 0 0 0"
    line = f'stroke="{_INK}" stroke-width="6" stroke-linejoin="round"' if band.suggested else (
        f'stroke="{_INK}" stroke-width="3" stroke-dasharray="9 5"' if band.could_be else 'stroke="#6b7780"'
    )  # fmt: skip
    return f'<path d="M{first} {outer} {second} L{third} {inner} {fourth} Z" fill="{band.fill}" {line}/>'


def _words(band: _Band, bands: int) -> Iterator[str]:
    """Write the number, the name (a word a line) and the marks of a band, one under another."""
    marks = [word for word, holds in zip(_MARKS, (band.suggested, band.could_be, band.own), strict=True) if holds]
    lines = [(str(band.level.level), 24, True)]
    lines += [(word, 15, False) for word in band.level.name.split()]
    lines += [(mark, 14, True) for mark in marks]
    sizes = _fitted(lines, bands)
    x, middle = _point(_MIDDLE, band.middle)
    y = float(middle) - sum(sizes) * _LEADING / 2
    for (text, _, bold), size in zip(lines, sizes, strict=True):
        y += size * _LEADING
        weight = ' font-weight="bold"' if bold else ""
        yield f'<text x="{x}" y="{y - size * 0.3:.1f}" font-size="{size:.1f}"{weight}>{escape(text)}</text>'


def _fitted(lines: list[tuple[str, int, bool]], bands: int) -> list[float]:
    """Give the size of each line, smaller where it would leave its band. A letter is about half as wide as high."""
    wide, high = 1.55 * _MIDDLE * sin(radians(90 / bands)), _OUTER - _INNER - 20
    sizes = [min(size, wide / ((0.6 if bold else 0.53) * len(text))) for text, size, bold in lines]
    smaller = min(1, high / (sum(sizes) * _LEADING))
    return [size * smaller for size in sizes]


_MARKS = ("Suggested", "Could be", "Your level")


def _hub(bands: tuple[_Band, ...]) -> Iterator[str]:
    """Draw the needle, or say that it points nowhere."""
    x, y = _CENTRE
    pointed = next((band for band in bands if band.suggested), None)
    if pointed is None:
        yield f'<text x="{x}" y="{y - 24}" font-size="15" font-weight="bold">No level</text>'
        yield f'<text x="{x}" y="{y - 6}" font-size="15" font-weight="bold">suggested</text>'
        return
    corners = [(8, pointed.middle + 90), (_INNER - 1, pointed.middle), (8, pointed.middle - 90)]
    yield f'<polygon points="{" ".join(",".join(_point(*corner)) for corner in corners)}"/>'
    yield f'<circle cx="{x}" cy="{y}" r="11"/>'

"""A suggestion as a picture: the continuum of need, drawn as a fan of levels (the 'windscreen')."""

from collections.abc import Iterable, Iterator
from math import cos, radians, sin
from typing import NamedTuple

from rhrt.present.html import templates
from rhrt.present.outline import say, suggested
from rhrt.rulebook.model import Level
from rhrt.suggestion import Suggestion

_CENTRE = (200, 211)
_INNER, _OUTER, _RAISED = 74, 186, 196  # the band suggested stands out
_MIDDLE = 137  # where the words of a band stand, from the centre
_LIGHTEST, _DARKEST = (0xF6, 0xF8, 0xFB), (0x9D, 0xB8, 0xD2)  # both light enough for ink on them
_LEADING = 1.15
_MARKS = ("suggested", "could_be", "own")
_PICTURE = templates().get_template("picture.svg")


class Line(NamedTuple):
    """One line of words in a band, and where it stands."""

    text: str
    x: str
    y: str
    size: str
    bold: bool


class Band(NamedTuple):
    """One level in its place on the fan; `tip` is the middle of its outer edge."""

    outline: str
    fill: str
    words: tuple[Line, ...]
    tip: tuple[str, str]
    suggested: bool
    could_be: bool
    own: bool


class Picture(NamedTuple):
    """What the template draws; without a level there is no needle."""

    title: str
    described: str
    bands: tuple[Band, ...]
    needle: str


def as_svg(suggestion: Suggestion) -> str:
    """Draw a suggestion on the continuum of need, as an SVG that stands alone, ending in a line break."""
    return _PICTURE.render(picture=picture(suggestion))


def picture(suggestion: Suggestion) -> Picture:
    """Give what is drawn of a suggestion, for the template to draw alone or inside a page."""
    bands = tuple(_band(suggestion, place) for place in range(len(suggestion.rulebook.levels)))
    pointed = (place for place, band in enumerate(bands) if band.suggested)
    needle = "".join(_needle(_middle(place, len(bands))) for place in pointed)
    return Picture(suggested(suggestion), _described(suggestion), bands, needle)


def _described(suggestion: Suggestion) -> str:
    levels = suggestion.rulebook.levels
    named = {one.level: say("picture", "level", level=one.level, name=one.name) for one in levels}
    said = [say("picture", "described", first=named[levels[0].level], last=named[levels[-1].level])]
    if suggestion.level is None:
        said.append(say("picture", "no_level"))
    marked = zip(_MARKS, _marked(suggestion), strict=True)
    said += [say("picture", mark, level=named[level]) for mark, level in marked if level]
    return " ".join(said)


def _marked(suggestion: Suggestion) -> tuple[int, int, int]:
    """Give the level suggested, the higher one that it could be, and the practitioner's own; 0 for none."""
    level, could_be = suggestion.level or 0, suggestion.could_be.level or 0
    return level, could_be if could_be > level else 0, suggestion.judgement.level if suggestion.judgement else 0


def _band(suggestion: Suggestion, place: int) -> Band:
    levels = suggestion.rulebook.levels
    level, bands = levels[place], len(levels)
    holds = [level.level == marked for marked in _marked(suggestion)]
    marks = [say("marks", mark) for mark, is_so in zip(_MARKS, holds, strict=True) if is_so]
    outer, middle = _RAISED if holds[0] else _OUTER, _middle(place, bands)
    return Band(
        _outline(outer, middle, 90 / bands),
        _shade(place / max(1, bands - 1)),
        tuple(_words(level, marks, middle, bands)),
        _point(outer, middle),
        *holds,
    )


def _middle(place: int, bands: int) -> float:
    """Give the angle half way along a band, in degrees from the right."""
    return 180 - (place + 0.5) * 180 / bands


def _shade(part: float) -> str:
    """Give a fill between the lightest (0) and the darkest (1)."""
    mixed = (round(light + (dark - light) * part) for light, dark in zip(_LIGHTEST, _DARKEST, strict=True))
    return "#" + "".join(f"{one:02x}" for one in mixed)


def _point(radius: float, angle: float) -> tuple[str, str]:
    x, y = _CENTRE
    return f"{x + radius * cos(radians(angle)):.1f}", f"{y - radius * sin(radians(angle)):.1f}"


def _outline(outer: int, middle: float, half: float) -> str:
    corners = [(outer, middle + half), (outer, middle - half), (_INNER, middle - half), (_INNER, middle + half)]
    first, second, third, fourth = (" ".join(_point(*corner)) for corner in corners)
    return f"M{first} A{outer} {outer} 0 0 1 {second} L{third} A{_INNER} {_INNER} 0 0 0 {fourth} Z"


def _words(level: Level, marks: Iterable[str], angle: float, bands: int) -> Iterator[Line]:
    """Give the number, the name (a word a line) and the marks of a band, one under another."""
    lines = [(str(level.level), 24, True)]
    lines += [(word, 15, False) for word in level.name.split()]
    lines += [(mark, 14, True) for mark in marks]
    sizes = _fitted(lines, bands)
    x, middle = _point(_MIDDLE, angle)
    y = float(middle) - sum(sizes) * _LEADING / 2
    for (text, _, bold), size in zip(lines, sizes, strict=True):
        y += size * _LEADING
        yield Line(text, x, f"{y - size * 0.3:.1f}", f"{size:.1f}", bold)


def _fitted(lines: list[tuple[str, int, bool]], bands: int) -> list[float]:
    """Give the size of each line, smaller where it would leave its band. A letter is about half as wide as high."""
    wide, high = 1.55 * _MIDDLE * sin(radians(90 / bands)), _OUTER - _INNER - 20
    sizes = [min(size, wide / ((0.6 if bold else 0.53) * len(text))) for text, size, bold in lines]
    smaller = min(1, high / (sum(sizes) * _LEADING))
    return [size * smaller for size in sizes]


def _needle(angle: float) -> str:
    corners = [(8, angle + 90), (_INNER - 1, angle), (8, angle - 90)]
    return " ".join(",".join(_point(*corner)) for corner in corners)

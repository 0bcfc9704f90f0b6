"""Notes in which people marked what is not told as so, and for what is told the signs that fit.

In a line, `{d …}` is denied, `{p …}` past, `{o …}` of others, `{f …}` fine; `{t:id,id …}` and the rest is told.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import log
from pathlib import Path

from rhrt.search.reading import sentences
from rhrt.search.telling import features_of

FOLDER = Path(__file__).parent / "marked"
TOLD = "t"

_MARK = re.compile(r"\{([tdpof])(?::([\w,-]+))? |\}")
_FEWEST, _LIGHTEST = 5, 4


@dataclass(frozen=True)
class Span:
    """Part of a note: where it begins and ends, its kind, and the signs that fit it."""

    start: int
    end: int
    kind: str
    signs: tuple[str, ...]


@dataclass(frozen=True)
class Note:
    """A note without its marks, and what was marked."""

    text: str
    spans: tuple[Span, ...]

    def kind_at(self, place: int) -> str:
        """Say what the word at a place is part of."""
        return next((one.kind for one in self.spans if one.start <= place < one.end), TOLD)


def notes() -> Iterator[Note]:
    """Read the notes of all hands, in the order of their files."""
    for file in sorted(FOLDER.glob("*.txt")):
        yield from map(note, file.read_text(encoding="utf-8").splitlines())


def note(line: str) -> Note:
    """Read one note. Raises ValueError where a mark does not end, or stands in another."""
    text, spans, begun, place = "", list[Span](), None, 0
    for mark in _MARK.finditer(line):
        text += line[place : mark.start()]
        place = mark.end()
        if (mark[1] is None) == (begun is None):
            raise ValueError(line[mark.start() :][:60])
        if begun:
            start, kind, signs = begun
            spans.append(Span(start, len(text), kind, signs))
            begun = None
        else:
            begun = len(text), mark[1], tuple(filter(None, (mark[2] or "").split(",")))
    if begun:
        raise ValueError(line[:60])
    return Note(text + line[place:], tuple(spans))


def weights() -> dict[str, int]:
    """Count how far each feature of a clause speaks for its being told: ten times a logarithm."""
    told, not_told, of_told, of_not_told = Counter[str](), Counter[str](), 0, 0
    for one in notes():
        read = list(sentences(one.text))
        for clause, features in zip((each for part in read for each in part), features_of(read), strict=True):
            kinds = Counter(one.kind_at(start) for start, _ in clause.places)
            if kinds[TOLD] > len(clause.places) / 2:
                told.update(features)
                of_told += 1
            else:
                not_told.update(features)
                of_not_told += 1
    found = {}
    for feature in sorted({*told, *not_told}):
        yes, no = told[feature], not_told[feature]
        weight = round(10 * (log((yes + 1) / (of_told + 2)) - log((no + 1) / (of_not_told + 2))))
        if yes + no >= _FEWEST and abs(weight) >= _LIGHTEST:
            found[feature] = weight
    return found


if __name__ == "__main__":
    import json

    print(json.dumps(weights(), ensure_ascii=False, indent=0, separators=(",", ":")))

"""How far each clause of a text sounds like telling a worry that is so now: a sum of weights, in whole numbers.

The weights were counted in notes in which people marked what is not so (`tests/search_quality/marked`): for each
feature, ten times the logarithm of how much more often it stands in what is told than in what is not.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from pydantic_core import from_json

from rhrt.search.hearing import is_deniable
from rhrt.search.reading import Clause

# Chosen by trying others on the tuning half of tests/search_quality.
_LEAST, _LOWEST, _RANGE = 30, -160, 240
"""How many hundredths of a clause count at least; up to which sum; and how much more it takes to count in full."""


def telling(sentences: Sequence[Sequence[Clause]]) -> dict[tuple[int, int], int]:
    """Give, for each word by its place in the text, how many hundredths of what its clause tells count."""
    weights = _weights()
    clauses = [clause for sentence in sentences for clause in sentence]
    counted = {}
    for clause, features in zip(clauses, features_of(sentences), strict=True):
        total = sum(weights.get(feature, 0) for feature in features)
        share = _LEAST + (100 - _LEAST) * min(max(total - _LOWEST, 0), _RANGE) // _RANGE
        counted.update(dict.fromkeys(clause.places, share))
    return counted


def features_of(sentences: Sequence[Sequence[Clause]]) -> Iterator[set[str]]:
    """Give the features of each clause: of its own words, and of those before and after it.

    `<` and `>` mark the words of another sentence, `<<` and `>>` those of the same one.
    """
    read = [(_read(clause), place == 0) for sentence in sentences for place, clause in enumerate(sentence)]
    for place, (words, begins) in enumerate(read):
        features = {*_runs(words, 3), *_pairs(words)}
        if place:
            mark = "<" if begins else "<<"
            features.update(f"{mark} {run}" for run in _runs(read[place - 1][0], 2))
        if place + 1 < len(read):
            following, ends = read[place + 1]
            mark = ">" if ends else ">>"
            features.update(f"{mark} {run}" for run in _runs(following, 2))
        yield features


def _read(clause: Clause) -> list[str]:
    """Give the words of a clause between marks of where it begins and ends; what can be denied is one word."""
    return ["^", *map(_kind, clause.words), "$"]


def _kind(word: str) -> str:
    if is_deniable(word):
        return "#"
    if word.isdigit():
        return "YEAR" if len(word) == 4 and word.startswith(("19", "20")) else "0"
    return word


def _runs(words: Sequence[str], longest: int) -> Iterator[str]:
    """Give each run of words, up to some length; of single words not the marks."""
    yield from words[1:-1]
    for length in range(2, longest + 1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])


def _pairs(words: Sequence[str]) -> Iterator[str]:
    """Give each two words with one or two between."""
    for apart in (2, 3):
        for one, other in zip(words, words[apart:], strict=False):
            yield f"{one} .. {other}"


@cache
def _weights() -> Mapping[str, int]:
    weights: Mapping[str, int] = from_json((files(__package__) / "telling.json").read_bytes())
    return weights

"""The index of a rulebook's signs: plain data that is made once, and is all that the search by words reads.

`signs`: their ids. `phrases`: for each phrase of a sign, the number of the sign and what its score is divided by;
those of the number after the last sign are ordinary ones, that are no sign at all. `uses`: for each word (its stem)
and pair of words, how much it weighs, the phrases that have it (none for a common one), and how far it speaks for
which sign. `called`: what stands in for a word that no sign uses. `spelling`: see `rhrt.search.spelling`.
All numbers are whole.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import islice
from math import log
from typing import Any

from rhrt.rulebook.model import Rulebook
from rhrt.search.english import words
from rhrt.search.reading import ACCENTED, stem, words_of
from rhrt.search.spelling import doubtful, in_doubt

# Chosen by trying others on the tuning half of tests/search_quality.
_PAIR = 0.6
_HEAVIEST = 507
_LIGHTEST, _FEW = 200, 5
_COMMONEST = 40_000
_SPEAKS = 50
_SMOOTH = 40


def index_of(rulebook: Rulebook) -> dict[str, Any]:
    """Make the index of a rulebook."""
    known = [one for one in rulebook.indicators if one.recordable]
    said = [(number, words_of(text)) for number, one in enumerate(known) for text in rulebook.phrases_of(one)]
    fine, stem_of = _ordinary(), Stems()
    whose = [number for number, _ in said] + [len(known)] * len(fine)
    phrases = without_lone_pairs([*(features(words, stem_of) for _, words in said), *fine])
    used = Counter(word for _, words in said for word in words)
    having = defaultdict[str, list[int]](list)
    for number, phrase in enumerate(phrases):
        for feature in phrase:
            having[feature].append(number)
    counted = {one: Counter([whose[number] for number in having[one]]) for one in sorted(having)}
    weight = {one: _weight(one, counts, len(known)) for one, counts in counted.items()}
    heavy = {one for one in counted if weight[one] > _LIGHTEST or len(having[one]) < _FEW}
    speaks = _speaks_for(counted, sizes(whose, phrases), len(known))
    return {
        "signs": [one.id for one in known],
        "phrases": [whose, [_size(weight[one] for one in phrase) for phrase in phrases]],
        "called": _called(rulebook, used),
        "spelling": _spelling(used),
        "uses": {one: [weight[one], having[one] if one in heavy else [], speaks[one]] for one in counted},
    }


class Stems(dict[str, str]):
    """The stems of words, each made once."""

    def __missing__(self, word: str) -> str:
        made = self[word] = stem(word)
        return made


def without_lone_pairs(phrases: list[list[str]]) -> list[list[str]]:
    """Leave out pairs that stand in one phrase only: they are most of them, and find little."""
    counted = Counter(feature for phrase in phrases for feature in phrase)
    return [[one for one in phrase if " " not in one or counted[one] > 1] for phrase in phrases]


def _size(weights: Iterable[int]) -> int:
    """Give by what a phrase's score is divided, so that a long one does not win by its length."""
    length: float = sum(weight**2 for weight in weights) ** 0.35
    return 200 + round(8 * length)


def features(words: Iterable[str], stem_of: Mapping[str, str] | None = None) -> list[str]:
    """Give the stems of the words that carry meaning, and the pairs of those that stand near; each once."""
    return of_stems(stems(words, stem_of))


def of_stems(each: list[str]) -> list[str]:
    """Give the features of stems in order."""
    pairs = (
        " ".join(sorted(pair))
        for apart in (1, 2)
        for pair in zip(each, each[apart:], strict=False)
        if pair != ("no", "no")
    )
    return list(dict.fromkeys([*(one for one in each if one != "no"), *pairs]))


def stems(words: Iterable[str], stem_of: Mapping[str, str] | None = None) -> list[str]:
    """Give the stems of the words that carry meaning, in order; every no is the same one."""
    heavy = [word for word in words if len(word) > 1 and word not in LIGHT and not word.isdigit()]
    return ["no" if word in NOS else stem_of[word] if stem_of is not None else stem(word) for word in heavy]


LIGHT = words("light")
"""Words too common to find anything by."""

NOS = words("nos")
"""Words that mean something only beside another."""


def _weight(feature: str, counts: Counter[int], signs: int) -> int:
    """Weigh a feature: the fewer signs it is said of, the more; those it is seldom said of count for less."""
    part = _PAIR if " " in feature else 1
    return round(_HEAVIEST * log(1 + signs / _as_if_evenly(counts)) / log(1 + signs) * part)


def _as_if_evenly(said: Counter[int]) -> float:
    """Give the number of signs that would be as hard to tell apart, were it said of each as often (Simpson)."""
    return said.total() ** 2 / sum(often * often for often in said.values())


def sizes(whose: list[int], phrases: list[list[str]]) -> Counter[int]:
    """Count the features of the phrases of each sign."""
    sizes = Counter[int]()
    for number, phrase in zip(whose, phrases, strict=True):
        sizes[number] += len(phrase)
    return sizes


def _speaks_for(
    counted: dict[str, Counter[int]], size: Counter[int], signs: int
) -> dict[str, list[tuple[int, int]]]:
    """Say how far each feature speaks for a sign: how much more it is said of it than of all."""
    every = size.total() + len(counted)
    speaks = {}
    for feature, counts in counted.items():
        usual = (counts.total() + 1) / every
        points = (
            (number, log((count + 0.3 * usual * _SMOOTH) / (size[number] + 0.3 * _SMOOTH) / usual))
            for number, count in counts.items()
            if number < signs
        )
        part = _SPEAKS * (_PAIR if " " in feature else 1)
        speaks[feature] = [(number, round(part * how_far)) for number, how_far in points if part * how_far > 0.5]
    return speaks


def _called(rulebook: Rulebook, used: Collection[str]) -> dict[str, str]:
    """Give, for each word that no sign uses, what people also call it that some sign uses."""
    found = {}
    for group in rulebook.synonyms:
        for word in group:
            other = next((other for other in group if other in used), None)
            if word not in used and other:
                found[word] = other
    return found


def _spelling(of_signs: Counter[str]) -> tuple[list[str], list[str]]:
    """Give the words that are used, most often used first, and the English ones that would be taken for them."""
    counted = Counter[str]()
    for written, times in of_signs.items():
        if doubtful(word := written.removesuffix(ACCENTED)):
            counted[word] += times
    used = sorted(counted, key=lambda word: (-counted[word], word))
    return used, in_doubt(used, islice(_english(), _COMMONEST))


def _english() -> Iterator[str]:
    """Give English words, the commonest first."""
    with (files("symspellpy") / "frequency_dictionary_en_82_765.txt").open(encoding="utf-8-sig") as lines:
        for line in lines:
            yield line.partition(" ")[0]


@cache
def _ordinary() -> tuple[list[str], ...]:
    """Give the features of each phrase that is no sign."""
    stem_of = Stems()
    return tuple(features(words_of(phrase), stem_of) for phrase in ordinary())


def ordinary() -> list[str]:
    """Give the phrases that are no sign."""
    return (files(__package__) / "ordinary.txt").read_text(encoding="utf-8").splitlines()

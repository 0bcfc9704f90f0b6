"""The index of the search by words as data for a browser: the phrases, from which the script makes the rest again.

What Python works out by logarithms and powers, the script looks up: see `steps`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rhrt.browser.packed import front_coded, in_order, packed, ranks, steps
from rhrt.rulebook.model import Rulebook
from rhrt.search.index import Stems, of_stems, ordinary, sizes, stems, without_lone_pairs
from rhrt.search.kept import index_for
from rhrt.search.reading import words_of


def index_data(rulebook: Rulebook) -> dict[str, Any]:
    """Give all that the script makes the index from."""
    index = rulebook.once("search", index_for)
    groups = _phrases(rulebook)
    rank = ranks(phrase for group in groups for phrase in group)
    return {
        "phrases": packed([in_order(group, rank) for group in groups], rank),
        **_looked_up(index, groups),
        "called": index["called"],
        "spelling": [front_coded(words) for words in index["spelling"]],
    }


def _phrases(rulebook: Rulebook) -> list[list[list[str]]]:
    """Give the stems of the phrases of each sign, and last of those that are no sign."""
    stem_of = Stems()
    known = [rulebook.phrases_of(one) for one in rulebook.indicators if one.recordable]
    return [[stems(words_of(phrase), stem_of) for phrase in phrases] for phrases in (*known, ordinary())]


def _looked_up(index: Mapping[str, Any], groups: Sequence[Sequence[list[str]]]) -> dict[str, Any]:
    """Give what features weigh and speak for, of single words and of pairs, and what scores are divided by."""
    whose = [number for number, group in enumerate(groups) for _ in group]
    phrases = without_lone_pairs([of_stems(phrase) for group in groups for phrase in group])
    counted = defaultdict[str, Counter[int]](Counter)
    for number, phrase in zip(whose, phrases, strict=True):
        for feature in phrase:
            counted[feature][number] += 1
    uses, size = index["uses"], sizes(whose, phrases)
    squares = (sum(uses[one][0] ** 2 for one in phrase) for phrase in phrases)
    kinds = [{one: counts for one, counts in counted.items() if (" " in one) == pair} for pair in (False, True)]
    return {
        "weights": [steps((evenly(counts), uses[one][0]) for one, counts in own.items()) for own in kinds],
        "speaks": [steps(_speaks(own, uses, size, size.total() + len(counted))) for own in kinds],
        "sizes": steps(zip(squares, index["phrases"][1], strict=True)),
    }


def evenly(said: Counter[int]) -> float:
    """Give the number of signs that a feature would be said of, were it said of each as often."""
    return said.total() ** 2 / sum(often * often for often in said.values())


def _speaks(
    counted: Mapping[str, Counter[int]], uses: Mapping[str, Any], size: Counter[int], every: int
) -> Iterator[tuple[float, int]]:
    """Give how much more a feature is said of a sign than of all, and how far it speaks for it."""
    signs = max(size)
    for feature, counts in counted.items():
        points = dict(uses[feature][2])
        for sign, count in counts.items():
            if sign < signs:
                usual = counts.total() + 1
                yield (count * every + 12 * usual) / (usual * (size[sign] + 12)), points.get(sign, 0)

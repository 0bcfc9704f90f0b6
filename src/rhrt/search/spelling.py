"""Mending the spelling of a word that nobody uses: to one that is typed or sounds like it, and to no other.

A word that is English, or that a sign is said in, is never taken for another one. The lists are plain data in the
index: `used`, the words that may be meant, those used most first; and `english`, the English words that would
else be taken for one of them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from rhrt.made_once import made_once
from rhrt.search.english import english

_SHORTEST = 4
"""How many letters a word has at least for its spelling to be doubted, or to be meant."""

_SOUNDS: list[tuple[str, str]] = english()["sounds"]
_VOWELS = re.compile("(?<!^)[aeiouyhw]")
_TWICE = re.compile(r"(.)\1+")


class Spelling:
    """The words that may be meant, and those that stand as they are."""

    def __init__(self, used: list[str], english: list[str]) -> None:
        self._known = frozenset(used) | frozenset(english)
        self._order = {word: place for place, word in enumerate(used)}

    def mended(self, word: str) -> str:
        """Give the word that was meant, or the word as it is where none is near enough."""
        if word in self._known or not doubtful(word):
            return word
        near = {other for key in keys(word) for other in self._by_key.get(key, ())}
        meant = [(slip, self._order[other], other) for other in near if (slip := slip_between(word, other))]
        return min(meant)[-1] if meant else word

    @made_once
    def _by_key(self) -> dict[str, list[str]]:
        found = defaultdict[str, list[str]](list)
        for word in self._order:
            for key in keys(word):
                found[key].append(word)
        return found


def doubtful(word: str) -> bool:
    """Say whether a word may be a slip for another: long enough, and of plain letters."""
    return len(word) >= _SHORTEST and word.isascii() and word.isalpha()


def keys(word: str) -> set[str]:
    """Give what a word has in common with one that is typed or sounds like it."""
    if not doubtful(word):
        return set()
    return {word, f"/{sound(word)}", *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def slip_between(word: str, other: str) -> int:
    """Say how one word may be a slip for another: 1 typed, 2 heard, 3 one letter for another; 0 for not at all."""
    if word[0] == other[0] and _typed(word, other):
        return 1
    if abs(len(word) - len(other)) < 2 and sound(word) == sound(other):
        return 2
    changed = len(word) == len(other) and sum(one != two for one, two in zip(word, other, strict=True)) == 1
    return 3 if changed and word[0] == other[0] else 0


def _typed(word: str, other: str) -> bool:
    """Say whether one letter is left out, put in or swapped with its neighbour."""
    start = next((place for place, pair in enumerate(zip(word, other, strict=False)) if len({*pair}) > 1), None)
    if start is None:
        return abs(len(word) - len(other)) < 2
    rest, others = word[start:], other[start:]
    return rest[1:] == others or rest == others[1:] or (rest[:2] == others[1::-1] and rest[2:] == others[2:])


def sound(word: str) -> str:
    """Give roughly how a word sounds: its consonants, those that sound alike as one."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return _TWICE.sub(r"\1", _VOWELS.sub("", word))


def in_doubt(used: list[str], english: Iterable[str]) -> list[str]:
    """Give the English words that might be taken for one that is used: that have a key in common with it."""
    taken = {key for word in used for key in keys(word)}
    return sorted(word for word in english if not taken.isdisjoint(keys(word)))

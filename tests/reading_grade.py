"""How many years of school a text asks for: the Flesch-Kincaid grade, with syllables as `pyphen` divides words."""

from __future__ import annotations

import re
from functools import cache

from pyphen import Pyphen

_SENTENCE = re.compile(r"\b[^.!?]+[.!?]*")
_PUNCTUATION = re.compile(r"[^\w\s']")


def reading_grade(text: str) -> float:
    """Give the grade of a text. A sentence of one or two words, such as a heading, is part of the next."""
    words = _words(text)
    sentences = sum(len(_words(sentence)) > 2 for sentence in _SENTENCE.findall(text))
    syllables = sum(map(_syllables, words))
    a_sentence, a_word = len(words) / max(sentences, 1), syllables / max(len(words), 1)
    return 0.39 * round(a_sentence, 1) + 11.8 * round(a_word, 1) - 15.59  # rounded, as the usual calculators do


def _words(text: str) -> list[str]:
    return _PUNCTUATION.sub("", text).split()


@cache
def _syllables(word: str) -> int:
    return len(_english().positions(word.lower())) + 1


@cache
def _english() -> Pyphen:
    return Pyphen(lang="en_US")

"""Reading a text: its sentences, the clauses in them and their words.

A script in a browser reads in the same way: see the page beside this file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

from rhrt.made_once import made_once
from rhrt.search.english import english, words

_PIECE = re.compile(
    "(?P<word>(?:[^\\W_][\u0300-\u036f]*)+(?:['’](?:[^\\W_][\u0300-\u036f]*)+)*(?:/[0-9]+)?|#)"
    "|(?P<end>[.!?]+(?=[\\s\"'”’)]|$)|\\n)|(?P<pause>[,;:()]|—|(?<=\\s)[-–]+(?=\\s))"
)
_MARKS = re.compile("[\u0300-\u036f]")
_AGE = re.compile("[0-9]+/(12|52|40)")
_AGES = {"12": "months", "52": "weeks", "40": "antenatal"}
_JOINING = words("joining")
"""Words at which a new clause begins."""

_LONGEST_CLAUSE = 40
"""How many words a clause has at most: what is dictated may have no stops."""


@dataclass(frozen=True)
class Clause:
    """Some words that stand together, each as written and as read, with where they begin and end in the text."""

    text: str
    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]

    @made_once
    def written(self) -> str:
        """The clause as it was written."""
        return self.text[self.places[0][0] : self.places[-1][1]]

    def part(self, start: int, end: int | None = None) -> "Clause":
        """Give some of its words."""
        return Clause(self.text, self.words[start:end], self.places[start:end])


def sentences(text: str) -> Iterator[list[Clause]]:
    """Give the sentences of a text, each as its clauses."""
    clauses, words, places = list[Clause](), list[str](), list[tuple[int, int]]()

    def close() -> None:
        if words:
            clauses.append(Clause(text, tuple(words), tuple(places)))
            words.clear()
            places.clear()

    for piece in _PIECE.finditer(text):
        word = piece["word"] and plain(piece["word"])
        if not word or word in _JOINING or len(words) == _LONGEST_CLAUSE:
            close()
        if word:
            words.append(word)
            places.append(piece.span())
        if piece["end"] and clauses:
            yield clauses
            clauses = []
    close()
    if clauses:
        yield clauses


def words_of(text: str) -> list[str]:
    """Give the words of a text, without its sentences."""
    return [word for piece in _PIECE.finditer(text) if piece["word"] and (word := plain(piece["word"]))]


def plain(word: str) -> str:
    """Give a word as it is read: in small letters, without apostrophes and accents; of an age, what it counts."""
    if word[0].isdigit() and (age := _AGE.fullmatch(word)):
        return _AGES[age[1]]
    if word == "#":
        return "fracture"
    read = (word if word.isascii() else _MARKS.sub("", normalize("NFKD", word))).lower()
    bare = read.replace("'", "").replace("’", "")
    return bare if word.replace("’", "").isascii() else bare + ACCENTED


ACCENTED = "\u0300"
"""What stands after a word that was written with an accent, such as a name: it is no slip for another."""


def stem(word: str) -> str:
    """Give what is common to the forms of a word: "bruises", "bruised" and "bruising" have one stem."""
    word = word.removesuffix(ACCENTED)
    word = _FORMS[word] if word in _FORMS else _singular(word)
    for ending in ("ingly", "edly", "ing", "ed", "ly", "ness", "ment"):
        kept = word[: -len(ending)]
        if word.endswith(ending) and len(kept) > 2 and not _VOWELS.isdisjoint(kept):
            word = kept[:-1] if len(kept) > 3 and kept[-1] == kept[-2] and kept[-1] not in "sl" else kept
            break
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 2 and word.endswith("y") else word


_VOWELS = frozenset("aeiouy")
_FORMS = {form: word for word, forms in english()["forms"].items() for form in forms.split()}
"""The forms of words that have no ending in common."""


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "zes", "hes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] not in "sui" else word

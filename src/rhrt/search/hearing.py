"""Hearing what a text tells, and what it sets apart: what is denied, past and over, or about somebody else.

Only what the lists of `english.json` name is set apart, so that a "no" which is itself the worry stays told: "no
food", "never collected", "no explanation". A denial that is only reported ("dad denies it") is heard where the text
tells nothing else, or where somebody looked and saw none. Nothing is dropped: what is set apart is shown as such.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

from rhrt.search.english import english, words
from rhrt.search.reading import Clause, stem

REPORTED = "reported"

_MOST_BETWEEN = 4
"""How many words `..` stands for at most."""


@dataclass(frozen=True)
class Apart:
    """Words that are not told as so, and why."""

    clause: Clause
    why: str


@dataclass
class Heard:
    """What one sentence tells, as its clauses, and what it sets apart. `last`: why the clause before was, if so."""

    asked: bool = False
    spoken: bool = False
    told: list[Clause] = field(default_factory=list)
    apart: list[Apart] = field(default_factory=list)
    last: str | None = None

    def take(self, clause: Clause, why: str | None) -> None:
        """Take in the next clause."""
        if why:
            self.set_apart(clause, why)
        else:
            self.told.append(clause)
        self.last = why

    def set_apart(self, clause: Clause, why: str) -> None:
        """Set words apart."""
        self.apart.append(Apart(clause, why))

    def names_harm(self) -> bool:
        """Say whether something is told that can be denied."""
        return any(_lists().denied(word) for clause in self.told for word in clause.words)

    def take_back(self, why: str) -> None:
        """Set apart all that is told, save a no, which no other no denies."""
        for clause in self.told:
            if not (why == "denied" and _lists().has_no(clause.words)):
                self.set_apart(clause, why)
        self.told = [clause for clause in self.told if all(one.clause is not clause for one in self.apart)]

    def take_apart(self, begun: Callable[[Sequence[str]], bool], why: str) -> None:
        """Set apart some of what is told."""
        self.apart += [Apart(clause, why) for clause in self.told if begun(clause.words)]
        self.told = [clause for clause in self.told if not begun(clause.words)]

    def settle(self, believed: bool) -> None:
        """Take the denials that are reported as denied, if they are believed, or else as told."""
        if not believed:
            self.told += [one.clause for one in self.apart if one.why == REPORTED]
            self.told.sort(key=lambda clause: clause.places)
            self.apart = [one for one in self.apart if one.why != REPORTED]
        self.apart = [Apart(one.clause, "denied") if one.why == REPORTED else one for one in self.apart]


def hear(read: Sequence[list[Clause]]) -> list[Heard]:
    """Give what each sentence of a text, as read, tells and sets apart."""
    heard = list[Heard]()
    for clauses in read:
        heard.append(_sentence(clauses, heard[-1] if heard else None))
    looked = any(_lists().confirming.within(clause.words) for clauses in read for clause in clauses)
    believed = looked or _tells_no_more(heard)
    for one in heard:
        one.settle(believed)
    return heard


def _tells_no_more(heard: Sequence[Heard]) -> bool:
    """Say whether a text tells nothing beside denials that it reports."""
    told = (word for one in heard for clause in one.told for word in clause.words)
    return sum(word not in _lists().passed_over for word in told) < 2


def _sentence(clauses: list[Clause], before: Heard | None) -> Heard:
    heard = Heard(asked=_is_asked(clauses[-1]), spoken=_is_quoted(clauses[0]))
    lasting = any(_lists().lasting.within(clause.words) for clause in clauses)
    for clause in clauses:
        why = _apart_whole(clause.words, heard.last, lasting)
        if why in _BEFORE:
            why = _BEFORE[why]
            _reach_back(why, heard, before)
        if why or heard.asked:
            heard.take(clause, REPORTED if why == "denied" and heard.spoken else why)
        else:
            _take_denial(clause, heard)
        heard.spoken = heard.spoken or _is_said(clause.words)
    _close(heard, before, clauses, lasting)
    return heard


def _close(heard: Heard, before: Heard | None, clauses: Sequence[Clause], lasting: bool) -> None:
    """Set apart what was and is over, and what was supposed and proved to be nothing."""
    lists = _lists()
    for why, begun, closes in (("past", _is_over, lists.mended), ("denied", lists.supposed.within, lists.proved)):
        closing = [closes.within(clause.words) for clause in clauses]
        if why == "past" and (lasting or not (any(closing) or any(one.why == "past" for one in heard.apart))):
            continue
        if why == "past" or any(closing):
            heard.take_apart(begun, why)
        if closing[0] and before:
            before.take_apart(begun, why)


def _is_quoted(first: Clause) -> bool:
    """Say whether a sentence begins with a quotation mark."""
    return first.text[: first.places[0][0]][-1:] in _QUOTES


_QUOTES = ('"', "'", "“", "‘")


def _is_asked(last: Clause) -> bool:
    return last.text[last.places[-1][1] :][:1] == "?"


def _is_over(words: Sequence[str]) -> bool:
    """Say whether words tell what was, and nothing that is."""
    lists = _lists()
    was = any(word in lists.was or word.endswith("ed") for word in words)
    return was and lists.present.isdisjoint(words)


_BEFORE = {"denied before": "denied", "past before": "past", "others before": "others", "reported before": REPORTED}
"""Reasons that hold for the clause before as well."""


def _reach_back(why: str, heard: Heard, before: Heard | None) -> None:
    """Set apart the clause before, or the sentence before where the clause begins its own."""
    if heard.told:
        if not (why == "denied" and _lists().has_no(heard.told[-1].words)):
            heard.set_apart(heard.told.pop(), why)
    elif before and not heard.apart and (before.asked or before.names_harm()):
        before.take_back(why)


_SUBJECT = 5
"""How many words before a denial are told by themselves: fewer only say who."""


def _take_denial(clause: Clause, heard: Heard) -> None:
    """Take in a clause with the denial in it set apart, and with what stands before and after it told."""
    start, end, why = _denied(clause.words, heard.last)
    if why is None:
        heard.take(clause, None)
        return
    start = start if start >= _SUBJECT else 0
    if start:
        heard.told.append(clause.part(0, start))
    why = REPORTED if heard.spoken else why
    heard.set_apart(clause.part(start, end), why)
    if end < len(clause.words):
        heard.told.append(clause.part(end))
    heard.last = why


def _apart_whole(words: Sequence[str], last: str | None, lasting: bool) -> str | None:
    """Say why a whole clause is set apart; with "before", the one before it is too."""
    lists = _lists()
    goes_on = words[0] in {"who", "whose", "which"} or (words[0] in {"and", "or"} and _goes_with(words[1:]))
    if last == "others" and goes_on:
        return "others"
    if lists.of_others(words):
        return _with_before("others", words)
    if not lists.reporting.isdisjoint(words):
        return "reported before" if len(words) <= 3 else REPORTED
    lasts = lasting or lists.mattering.within(words)
    for why, patterns in (*lists.whole, *(() if lasts else lists.passing)):
        if patterns.within(words):
            return REPORTED if why == "denied" and _is_said(words) else _with_before(why, words)
    return None


def _with_before(why: str, words: Sequence[str]) -> str:
    """Say whether words only say of what stands before them that it is denied, or past."""
    lists = _lists()
    first = next((word for word in words if word not in lists.joining), "")
    pointing = first in lists.pointing and len(words) <= _POINTING
    only_when = why == "past" and len(words) <= _TIME
    return f"{why} before" if why in _BEFORE.values() and (pointing or only_when) else why


_POINTING, _TIME = 8, 4
"""How many words a clause has at most that points to the one before it, and one that says only when."""


def _goes_with(words: Sequence[str]) -> bool:
    """Say whether some words have the subject of those before them."""
    return len(words) > 0 and _lists().subjects.isdisjoint(words[:2])


def _denied(words: Sequence[str], last: str | None) -> tuple[int, int, str | None]:
    """Give where a denial begins and ends in a clause, and whether it is said or only reported."""
    lists = _lists()
    if last in {"denied", REPORTED} and _goes_on(words):
        return 0, len(words), last
    start = None if lists.guarding.within(words) else _denial(words)
    if start is None:
        return 0, 0, None
    return start, _end(words, start), REPORTED if _is_reported(words, start) else "denied"


def _goes_on(words: Sequence[str]) -> bool:
    """Say whether words go on with what was denied before them."""
    lists = _lists()
    harms = [word for word in words if lists.denied(word)]
    if words[0] == "or":
        return bool(harms) and lists.missed.isdisjoint(words)
    return _goes_with(words) and all(word in harms or word in lists.passed_over for word in words)


def _end(words: Sequence[str], start: int) -> int:
    """Give where a denial ends: with its clause, or before somebody who does something else."""
    lists = _lists()
    for place in range(start + 3, len(words) - 2):
        if words[place] in lists.subjects and words[place - 1] not in lists.leading:
            return place
    return len(words)


def _is_reported(words: Sequence[str], start: int) -> bool:
    """Say whether a denial is what somebody says, of themselves or of others: save a professional, who looked."""
    lists = _lists()
    if _is_said(words[:start]):
        return True
    return not lists.own.isdisjoint(words[max(0, start - 2) :]) and lists.looking.isdisjoint(words)


def _is_said(words: Sequence[str]) -> bool:
    """Say whether words are what somebody says, save a professional."""
    lists = _lists()
    said = next((place for place, word in enumerate(words) if word in lists.saying), None)
    return said is not None and lists.professional.isdisjoint(words[:said])


def _denial(words: Sequence[str]) -> int | None:
    """Give where a no stands with nothing but light words between it and what can be denied."""
    lists = _lists()
    for start, word in enumerate(words):
        if word in lists.denying:
            rest = words[start + 1 :]
            light = next((n for n, other in enumerate(rest) if lists.heavy(other)), len(rest))
            if (light < len(rest) and lists.denied(rest[light])) or not lists.ending.isdisjoint(rest[:light]):
                return start
    return 0 if lists.found_none.within(words) and lists.missed.isdisjoint(words) else None


class _Element:
    """One of the words that a pattern is made of, with those that may stand in its place."""

    def __init__(self, written: str) -> None:
        wanted = written.split("|")
        self.between, self.end, self._year = written == "..", "END" in wanted, "YEAR" in wanted
        self._words = frozenset(wanted)
        self._beginnings = tuple(one[:-1] for one in wanted if one.endswith("*"))

    def fits(self, word: str) -> bool:
        """Say whether a word may stand here."""
        return word in self._words or word.startswith(self._beginnings) or (self._year and _is_year(word))


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and 1950 <= int(word) <= 2023


class _Patterns:
    """Patterns of words, by the word that each begins with, and whether one stands in some words."""

    def __init__(self, written: Sequence[str]) -> None:
        self._beginning = defaultdict[str, list[list[_Element]]](list)
        self._open = list[list[_Element]]()
        for pattern in written:
            first, *rest = pattern.split()
            for word in first.split("|"):
                if word.endswith("*") or word == "YEAR":
                    self._open.append([_Element(word), *map(_Element, rest)])
                else:
                    self._beginning[word].append([*map(_Element, rest)])

    def within(self, words: Sequence[str]) -> bool:
        """Say whether a pattern stands anywhere in words. START and END are where they begin and end."""
        words = ("START", *words)
        return any(
            _stands(rest, 0, words, start + 1)
            for start, word in enumerate(words)
            if word in self._beginning
            for rest in self._beginning[word]
        ) or any(_stands(one, 0, words, start) for one in self._open for start in range(1, len(words)))


def _stands(pattern: Sequence[_Element], at: int, words: Sequence[str], start: int) -> bool:
    """Say whether what is left of a pattern stands in words, from a place on."""
    if at == len(pattern):
        return True
    element = pattern[at]
    if element.between:
        last = min(start + _MOST_BETWEEN, len(words))
        return any(_stands(pattern, at + 1, words, place) for place in range(start, last + 1))
    if start == len(words):
        return element.end
    return element.fits(words[start]) and _stands(pattern, at + 1, words, start + 1)


class _Lists:
    """The lists of words and patterns."""

    def __init__(self) -> None:
        read = english()
        self.denying, self.passed_over, self.ending, self.reporting, self.saying = map(
            words, ("denying", "passed_over", "ending", "reporting", "saying")
        )
        self.professional, self.own, self.looking, self.missed, self.subjects, self.leading, self._deniable = map(
            words, ("professional", "own", "looking", "missed", "subjects", "leading", "deniable")
        )
        self.joining, self.pointing = words("joining"), words("pointing")
        self.was, self.present = words("was"), words("present")
        self._stems = {stem(word) for word in self._deniable if not word.endswith("*")}
        self._beginnings = tuple(word[:-1] for word in self._deniable if word.endswith("*"))
        (
            self._others,
            self._other_people,
            self._touching,
            self.lasting,
            self.mattering,
            self.mended,
            self.supposed,
            self.proved,
            self.guarding,
            self.confirming,
            self.found_none,
        ) = (
            _Patterns(read[name])
            for name in (
                "others",
                "other_people",
                "touching",
                "lasting",
                "mattering",
                "mended",
                "supposed",
                "proved",
                "guarding",
                "confirming",
                "found_none",
            )
        )
        self.whole = [
            (why, _Patterns(read[name]))
            for why, name in (
                ("denied", "clearing"),
                ("denied before", "clearing_before"),
                ("others before", "others_before"),
                ("past", "past_surely"),
            )
        ]
        self.passing = [("past before", _Patterns(read["past_before"])), ("past", _Patterns(read["past"]))]

    def of_others(self, words: Sequence[str]) -> bool:
        """Say whether words are about others, who do nothing to the child and witness nothing."""
        return self._others.within(words) or (self._other_people.within(words) and not self._touching.within(words))

    def has_no(self, words: Sequence[str]) -> bool:
        """Say whether there is a no in words."""
        return not self.denying.isdisjoint(words)

    def denied(self, word: str) -> bool:
        """Say whether a word is for something that can be denied."""
        return word in self._deniable or word.startswith(self._beginnings) or stem(word) in self._stems

    def heavy(self, word: str) -> bool:
        """Say whether a no does not reach past a word."""
        return word not in self.passed_over or self.denied(word)


def is_deniable(word: str) -> bool:
    """Say whether a word is for something that can be denied."""
    return _lists().denied(word)


@cache
def _lists() -> _Lists:
    return _Lists()

"""The concerns that a text tells of: each with its signs, the best-fitting first, and the words that suggest it.

A concern is a ladder, or a sign that stands on none. A person confirms or rejects each: it is no assessment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rhrt.faults import BadInput, Fault
from rhrt.rulebook.model import Indicator, Rulebook
from rhrt.search.english import words
from rhrt.search.find import Part, Search
from rhrt.search.hearing import Apart, hear
from rhrt.search.index import stems
from rhrt.search.reading import Clause, sentences
from rhrt.search.telling import telling

LONGEST = 10_000
"""How many characters a text may have."""

MOST, USUAL = 50, 12
"""How many concerns can be asked for, and how many are given where nobody says."""

NOTICE = (
    "These are suggestions of what to look at, not an assessment. Some will be wrong, and some may be missing. "
    "Choose only what you have seen or been told."
)
"""What is said with the concerns, always."""

NOTHING = "Nothing here fits a sign. That does not mean there is no need."
"""What is said where no concern is offered."""

# Chosen by trying others on the tuning half of tests/search_quality.
_ENOUGH, _FEW = 300, 8
_BY_ITSELF = 500
_MOST_REASONS = 2
_SHORTEST = 3
_CONTRAST = words("contrast")

Fits = Mapping[str, int]
Shares = Mapping[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class Concern:
    """A concern that may fit: its id, title and signs, the best-fitting first, and the words that suggest it."""

    id: str
    title: str
    signs: tuple[Indicator, ...]
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetApart:
    """Words that were told as denied, as past, or of others."""

    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Spotted:
    """The concerns that a text suggests, the most likely first, and what it sets apart."""

    concerns: tuple[Concern, ...]
    apart: tuple[SetApart, ...]

    @property
    def notice(self) -> str:
        """What to say with them."""
        return NOTICE if self.concerns else NOTHING


def spot(text: str, search: Search, limit: int = USUAL) -> Spotted:
    """Give the concerns that a text suggests. Raises BadInput where the text is too long to be read whole."""
    refuse_too_long(text, "text")
    read = list(sentences(text))
    heard, shares = hear(read), telling(read)
    each = [_apart(one.apart, search) for one in heard]
    told = [
        _Told(one.told, _beside(one.told, fits, search), shares, search)
        for one, fits in zip(heard, each, strict=True)
        if one.told
    ]
    apart = [one for of_sentence in each for one in of_sentence]
    fits = _whole(told, [fit for _, fit in apart], search.rulebook)
    offered = _ranked(fits, search.concerns)[:limit]
    concerns = tuple(_concern(id_, fits, told, search) for id_ in offered)
    shown = dict.fromkeys(SetApart(one.clause.written, one.why) for one, fits in apart if fits)
    return Spotted(concerns, tuple(shown))


def refuse_too_long(text: str, where: str) -> None:
    """Raise BadInput, at `where`, for a text that is too long to be read whole."""
    if len(text) > LONGEST:
        what = f"This text is longer than {LONGEST:,} characters."
        raise BadInput([Fault(where, what, "Take out what does not matter, or send it in parts.")])


def document(spotted: Spotted) -> dict[str, Any]:
    """Give what was spotted as data, with the notice. No level is in it: a person chooses by the words."""
    return {
        "concerns": [_as_data(one) for one in spotted.concerns],
        "apart": [{"words": one.words, "why": one.why} for one in spotted.apart],
        "notice": spotted.notice,
    }


def _as_data(concern: Concern) -> dict[str, Any]:
    signs = [
        {"indicator": one.id, "n": one.n, "heading": one.heading, "wording": one.wording} for one in concern.signs
    ]
    return {"concern": concern.id, "title": concern.title, "signs": signs, "because": list(concern.because)}


class _Told:
    """What one sentence tells, and how well signs fit it.

    A fit counts as far as the clause that speaks most for the sign sounds like telling.
    """

    def __init__(self, clauses: Sequence[Clause], beside: Fits, shares: Shares, search: Search) -> None:
        self._clauses = [one for one in clauses if len(one.words) >= _SHORTEST] or list(clauses)
        self._speaking = [search.speaking(one.words) for one in self._clauses]
        self._shares = [shares[one.places[0]] for one in self._clauses]
        told = Part([word for one in clauses for word in one.words], ", ".join(one.written for one in clauses))
        (fitted,) = search.fits([told])
        few = min(len({*stems(told.words)}) + 2, _FEW)
        self.fits = {
            id_: fit * self._shares[self._best_for(id_)] * _FEW // (100 * few) - beside.get(id_, 0)
            for id_, fit in fitted.items()
        }

    def _best_for(self, id_: str) -> int:
        """Give the place of the clause that speaks most for a sign; of equals, the first."""
        return max(range(len(self._clauses)), key=lambda place: self._speaking[place].get(id_, 0))

    def words_for(self, id_: str) -> str:
        """Give the clause that speaks most for a sign."""
        return self._clauses[self._best_for(id_)].written


def _apart(apart: Sequence[Apart], search: Search) -> list[tuple[Apart, Fits]]:
    """Give what was set apart, each with the signs that fit it."""
    fits = search.fits([Part(one.clause.words, one.clause.written) for one in apart]) if apart else []
    return [
        (one, {id_: score for id_, score in fit.items() if score > 0}) for one, fit in zip(apart, fits, strict=True)
    ]


def _beside(told: Sequence[Clause], apart: Sequence[tuple[Apart, Fits]], search: Search) -> Fits:
    """Give how far what a sentence sets apart speaks against signs of the same concern, unless it says "but"."""
    against = dict[str, int]()
    if not apart or not _CONTRAST.isdisjoint(word for clause in told for word in clause.words):
        return against
    for signs in search.concerns.values():
        most = max(fits.get(sign, 0) for _, fits in apart for sign in signs)
        against.update({sign: max(most, against.get(sign, 0)) for sign in signs})
    return against


def _whole(told: Sequence[_Told], apart: Sequence[Fits], rulebook: Rulebook) -> dict[str, int]:
    """Give how well each sign fits the whole text: its best sentence, and half the second where that fits at all.

    What is set apart speaks against a sign, save where what is told speaks for it by itself.
    """
    against = {id_: max(fit.get(id_, 0) for fit in apart) for fit in apart for id_ in fit}
    fits = dict[str, int]()
    for id_ in {id_ for one in told for id_ in one.fits}:
        if not rulebook.level[rulebook.indicator[id_].level].strengths:
            best, second, *_ = *sorted((one.fits.get(id_, 0) for one in told), reverse=True), 0
            score = best + max(0, second) // 2
            fits[id_] = score if best >= _BY_ITSELF else score - against.get(id_, 0)
    return fits


def _ranked(fits: Fits, concerns: Mapping[str, Sequence[str]]) -> list[str]:
    """Give the ids of the concerns that fit well enough, also beside the best, best first.

    Each brings a sign that none before it has.
    """
    left = {id_: signs for id_, signs in concerns.items() if any(sign in fits for sign in signs)}
    ranked, shown, enough = list[str](), set[str](), _ENOUGH
    while left:
        scores = {id_: _of_concern(signs, fits, shown) for id_, signs in left.items()}
        first = max(scores, key=lambda id_: scores[id_])
        if scores[first] < enough:
            break
        enough = enough if ranked else max(enough, scores[first] // 4)
        ranked.append(first)
        shown.update(left.pop(first))
    return ranked


def _of_concern(signs: Sequence[str], fits: Fits, shown: set[str]) -> int:
    best, second, *_ = *sorted((fits.get(one, 0) for one in signs if one not in shown), reverse=True), 0, 0
    return best + max(0, second) // 3


def _concern(id_: str, fits: Fits, told: Sequence[_Told], search: Search) -> Concern:
    rulebook = search.rulebook
    signs = sorted(search.concerns[id_], key=lambda sign: -fits.get(sign, 0))
    title = next((one.title for one in rulebook.ladders if one.id == id_), rulebook.indicator[signs[0]].wording)
    return Concern(id_, title, tuple(rulebook.indicator[one] for one in signs), _because(signs[0], told))


def _because(sign: str, told: Sequence[_Told]) -> tuple[str, ...]:
    """Give the words of the sentences that a sign fits best, in the order told."""
    best = sorted((one for one in told if one.fits.get(sign, 0) > 0), key=lambda one: -one.fits[sign])
    chosen = [one for one in best if one.fits[sign] * 2 >= best[0].fits[sign]][:_MOST_REASONS]
    return tuple(dict.fromkeys(one.words_for(sign) for one in told if one in chosen))

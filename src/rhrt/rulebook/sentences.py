"""Whether situations are as a safety sentence says."""

from __future__ import annotations

from collections.abc import Iterable

from rhrt.rulebook.conditions import highest_level, holds, wanted_in
from rhrt.rulebook.model import Rulebook, SafetySentence
from rhrt.rulebook.sets import Set, SituationSets
from rhrt.rulebook.situations import Marks, Signs, Situation, Situations


class Sentence:
    """One safety sentence, to be tried on situations; `marks` are the fewest for each signs that it speaks of."""

    def __init__(self, written: SafetySentence, situations: Situations) -> None:
        highest = len(situations.rulebook.levels)
        self.written = written
        self.marks = _spoken_of(written, situations)
        self._when = wanted_in(written.when, highest)
        self._answer = wanted_in([written.answer], highest)

    def spoken(self, sets: SituationSets) -> Set:
        """Give the situations that the sentence speaks of."""
        found = 0
        for signs in self.marks:
            found |= sets.by_signs[signs]
        return found & sets.meeting(self._when)

    def kept(self, sets: SituationSets) -> Set:
        """Give the situations in which all is as the sentence says, those it does not speak of among them."""
        written, kept = self.written, sets.meeting(self._answer)
        if written.first:
            first = 0
            for code in written.first:
                first |= sets.by_first_step.get(code, 0)
            kept &= first
        if written.some:
            kept &= sets.with_any_step(written.some)
        return kept & ~sets.with_any_step(written.never)

    def how_broken(self, situation: Situation) -> str:
        """Say how a situation is not as the sentence says."""
        written, codes = self.written, list(situation.steps)
        if not holds(self._answer, situation.fact):
            return f"The answer is {', '.join(f'{field}: {situation.fact[field]}' for field in written.answer)}."
        if written.first and not (codes and codes[0] in written.first):
            return f"The first step is {codes[0] if codes else 'none'}."
        if written.some and not set(written.some) & set(codes):
            return f"Among the steps is none of: {', '.join(written.some)}."
        return f"Among the steps is: {', '.join(code for code in written.never if code in codes)}."


def _spoken_of(written: SafetySentence, situations: Situations) -> dict[Signs, Marks]:
    """Give all that the marks of a record which the sentence speaks of can come to, the fewest marks for each."""
    if not written.indicators and written.basis is None:
        return dict(situations.marks)
    indicators = signs_named(written, situations.rulebook)
    if written.alone:
        return {situations.signs_of(id_, "present"): ((id_, "present"),) for id_ in reversed(indicators)}
    return signs_with_one_of(indicators, situations)


def signs_named(written: SafetySentence, rulebook: Rulebook) -> tuple[str, ...]:
    """Give the ids that a sentence names, then those at the highest level to be recorded with its basis."""
    if written.basis is None:
        return written.indicators
    highest = highest_level(rulebook)
    gravest = (one for one in rulebook.indicators if one.level == highest and one.recordable)
    return (*written.indicators, *(one.id for one in gravest if one.basis == written.basis))


def signs_with_one_of(indicators: Iterable[str], situations: Situations) -> dict[Signs, Marks]:
    """Give all that marks can come to with one of some indicators present, the fewest marks for each."""
    found: dict[Signs, Marks] = {}
    recordable = [id_ for id_ in indicators if id_ in situations.ways]
    # Indicators that come to the same, however marked, stand for one another: one of each is enough.
    for id_ in {situations.ways[id_]: id_ for id_ in reversed(recordable)}.values():
        own = situations.signs_of(id_, "present")
        others = situations.marks_of(other for other in situations.ids if other != id_)
        for signs, marks in others.items():
            both = own.joined(signs)
            if both not in found or len(marks) + 1 < len(found[both]):
                found[both] = ((id_, "present"), *marks)
    return found

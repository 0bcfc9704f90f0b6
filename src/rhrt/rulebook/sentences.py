"""Whether situations are as a safety sentence says."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

from rhrt.rulebook.conditions import holds, wanted_in
from rhrt.rulebook.model import SafetySentence
from rhrt.rulebook.situations import Marks, Signs, Situation, Situations


class Sentence:
    """One safety sentence, ready to be tried on situations; `marks` are the fewest for each signs it speaks of."""

    def __init__(self, written: SafetySentence, situations: Situations) -> None:
        highest = len(situations.rulebook.levels)
        self.written = written
        self.marks = _spoken_of(written, situations)
        self._when = wanted_in(written.when, highest)
        self._answer = wanted_in([written.answer], highest)
        compared = {field for conditions in (*self._when, *self._answer) for field, _ in conditions}
        self._looks_at = itemgetter("level", *compared)

    def kinds(self, situations: Situations) -> Iterator[Situation]:
        """Give one situation of each kind that the sentence tells apart, the plainest first."""
        look = self._looks_at
        for signs, group in situations.by_signs.items():
            seen: set[object] = set()
            for situation in group if signs in self.marks else ():
                kind = look(situation.fact), id(situation.steps)
                if kind not in seen:
                    seen.add(kind)
                    yield situation

    def speaks_of(self, situation: Situation) -> bool:
        """Say whether the sentence is about this situation."""
        return situation.signs in self.marks and holds(self._when, situation.fact)

    def broken_by(self, situation: Situation) -> str | None:
        """Say how a situation that the sentence speaks of breaks it, or None where all is as it says."""
        written, codes = self.written, list(situation.steps)
        if not holds(self._answer, situation.fact):
            return f"The answer is {', '.join(f'{field}: {situation.fact[field]}' for field in written.answer)}."
        if written.first and not (codes and codes[0] in written.first):
            return f"The first step is {codes[0] if codes else 'none'}."
        if written.some and not set(written.some) & set(codes):
            return f"Among the steps is none of: {', '.join(written.some)}."
        if told := [code for code in written.never if code in situation.steps]:
            return f"Among the steps is: {', '.join(told)}."
        return None


def _spoken_of(written: SafetySentence, situations: Situations) -> dict[Signs, Marks]:
    """Give all that the marks of a record which the sentence speaks of can come to, the fewest marks for each."""
    if not written.indicators:
        return dict(situations.marks)
    spoken: dict[Signs, Marks] = {}
    for signs, marks in _with_one_of(written, situations):
        if signs not in spoken or len(marks) < len(spoken[signs]):
            spoken[signs] = marks
    return spoken


def _with_one_of(written: SafetySentence, situations: Situations) -> Iterator[tuple[Signs, Marks]]:
    # Indicators that come to the same, however marked, stand for one another: one of each is enough.
    recordable = [id_ for id_ in written.indicators if id_ in situations.ways]
    for id_ in {situations.ways[id_]: id_ for id_ in reversed(recordable)}.values():
        own = situations.signs_of(id_, "present")
        others = {} if written.alone else situations.marks_of(other for other in situations.ids if other != id_)
        yield own, ((id_, "present"),)
        for signs, marks in others.items():
            yield own.joined(signs), ((id_, "present"), *marks)

"""The safety sentences that a rulebook writes itself: whether every situation is as they say."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import reduce
from operator import or_

from rhrt.reasoning.facts import Thing, about_thing
from rhrt.reasoning.plain import When, holds, wanted_in
from rhrt.reasoning.sets import Set, SituationSets, stands_behind
from rhrt.reasoning.signs import Marks, Signs
from rhrt.reasoning.situations import Situation, Situations
from rhrt.rulebook.conditions import highest_level
from rhrt.rulebook.kinds import Conditions, Prompt, SafetySentence, words_of
from rhrt.rulebook.model import Rulebook
from rhrt.steward.prove.promises import Counterexample, Proven


def promised(situations: Situations, sets: SituationSets) -> Iterator[Proven]:
    """Try each sentence of `safety.yaml` on every situation that it speaks of."""
    for written in situations.rulebook.safety:
        sentence = Sentence(written, situations)
        spoken = sentence.spoken(sets)
        worst = sets.first(spoken & ~sentence.kept(sets))
        broken = None
        if worst is not None:
            record = situations.record(worst, sentence.marks[worst.signs])
            broken = Counterexample(record, sentence.how_broken(worst))
        yield Proven(written.id, written.sentence, sets.stood_for(spoken), broken)


class Sentence:
    """One safety sentence, to be tried on situations; `marks` are the fewest for each signs that it speaks of."""

    def __init__(self, written: SafetySentence, situations: Situations) -> None:
        highest = len(situations.rulebook.levels)
        self.written = written
        self.marks: dict[Signs, Marks] = {}
        self._parts: list[tuple[frozenset[Signs], When]] = []
        for conditions in written.when:
            spoken = _spoken_of(written, conditions, situations)
            self.marks = spoken | self.marks
            rest = {name: wanted for name, wanted in conditions.items() if name not in situations.alone}
            self._parts.append((frozenset(spoken), wanted_in([rest], highest)))
        self._answer = wanted_in([written.answer], highest)

    def spoken(self, sets: SituationSets) -> Set:
        """Give the situations that the sentence speaks of."""
        parts = (_any(sets.by_signs[signs] for signs in those) & sets.meeting(when) for those, when in self._parts)
        return _any(parts)

    def kept(self, sets: SituationSets) -> Set:
        """Give the situations in which all is as the sentence says, those it does not speak of among them."""
        written, kept = self.written, sets.meeting(self._answer)
        if written.first:
            kept &= _any(sets.by_first_step.get(code, 0) for code in written.first)
        if written.some:
            kept &= sets.with_any_step(written.some)
        if written.after:
            kept &= sets.in_order(written.before, written.after)
        return kept & ~sets.with_any_step(written.never)

    def how_broken(self, situation: Situation) -> str:
        """Say how a situation is not as the sentence says."""
        written, codes = self.written, list(situation.steps)
        if not holds(self._answer, situation.fact):
            return f"The answer {_given(written.answer, situation)}."
        if written.first and not (codes and codes[0] in written.first):
            return f"The first step is {codes[0] if codes else 'none'}."
        if written.some and not set(written.some) & set(codes):
            return f"Among the steps is none of: {', '.join(written.some)}."
        for code in codes:
            if not stands_behind(codes, written.before, code, written.after):
                return f"Before {code} stands none of: {', '.join(written.before)}."
        return f"Among the steps is: {', '.join(code for code in written.never if code in codes)}."


def _any(those: Iterable[Set]) -> Set:
    return reduce(or_, those, 0)


def _given(fields: Iterable[str], situation: Situation) -> str:
    """Say what an answer is in some fields, and which of them it has nothing in."""
    given = [f"{field}: {situation.fact[field]}" for field in fields if situation.fact[field] != ""]
    blank = [f"no {field}" for field in fields if situation.fact[field] == ""]
    said = [f"is {', '.join(given)}"] if given else []
    return ", and ".join(said + ([f"has {' and '.join(blank)}"] if blank else []))


def _spoken_of(written: SafetySentence, when: Conditions, situations: Situations) -> dict[Signs, Marks]:
    """Give what stands for all that records of which the sentence speaks can come to, with the fewest marks."""
    only = {name: words_of(wanted) for name, wanted in when.items() if name in situations.alone}
    if not written.indicators and not written.recorded and written.basis is None:
        return _standing(situations, situations.reached_with(only=only) if only else situations.reached)
    recorded = list(_recorded(written, situations))
    return _standing(
        situations, situations.reached_with(*recorded, only=only, alone=written.alone) if recorded else {}
    )


def _recorded(written: SafetySentence, situations: Situations) -> Iterator[tuple[Thing, str | None]]:
    """Give each thing recorded, at each age, of which a sentence speaks."""
    for id_ in signs_named(written, situations.rulebook):
        if id_ in situations.ways:
            yield from (((id_, "present"), band) for band in situations.ages)
    when = wanted_in(written.recorded, len(situations.rulebook.levels))
    for thing in situations.things if when else ():
        for band in situations.ages:
            if any(holds(when, fact) for fact in about_thing(situations.rulebook, thing, band)):
                yield thing, band


def _standing(situations: Situations, reached: Mapping[Signs, Marks]) -> dict[Signs, Marks]:
    found: dict[Signs, Marks] = {}
    for signs, marks in reached.items():
        found.setdefault(situations.like[signs], marks)
    return found


def signs_named(written: SafetySentence, rulebook: Rulebook) -> tuple[str, ...]:
    """Give the ids that a sentence names, then those at the highest level to be recorded with its basis."""
    if written.basis is None:
        return written.indicators
    highest = highest_level(rulebook)
    gravest = (one for one in rulebook.indicators if one.level == highest and one.recordable)
    return (*written.indicators, *(one.id for one in gravest if one.basis == written.basis))


def signs_beside(prompt: Prompt, situations: Situations) -> Collection[Signs]:
    """Give all that marks can come to where a prompt can apply."""
    if prompt.circumstances or prompt.absent or not prompt.indicators:
        return situations.marks
    signs = [id_ for id_ in prompt.indicators if id_ in situations.ways]
    recorded = [((id_, "present"), band) for id_ in signs for band in situations.ages]
    return _standing(situations, situations.reached_with(*recorded)) if recorded else ()

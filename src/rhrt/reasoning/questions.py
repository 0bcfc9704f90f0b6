"""The prompts of a rulebook that apply to a record, and those of them that are follow-up questions to ask first."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise

from rhrt.reasoning.conclude import MOST_BESIDE, Applying, Conclusion, Conclusions, Decision
from rhrt.reasoning.facts import Fact, about_prompt
from rhrt.reasoning.inference import remember
from rhrt.record import CheckedRecord
from rhrt.rulebook.kinds import FOLLOW_UP_ANSWERS, NOT_ASKED, Prompt
from rhrt.rulebook.model import Rulebook
from rhrt.suggestion import MOST_FOLLOW_UPS, FollowUp, ShownPrompt


class Questions:
    """The prompts of one rulebook, the lowest rank first."""

    def __init__(self, conclusions: Conclusions) -> None:
        self._conclusions = conclusions
        self._possible = PossiblePrompts(conclusions.rulebook)
        self._order = {id_: place for place, id_ in enumerate(conclusions.rulebook.follow_up)}

    def applying(self, record: CheckedRecord, conclusion: Conclusion) -> Applying:
        """Give the prompts that apply."""
        places = self._possible.places(record)
        key = places, record.age_band, *self._possible.counted(record, conclusion.level)
        if key not in conclusion.prompts:
            possible = self._possible.at(places)
            facts = [about_prompt(one.id, conclusion.situation, *key[1:]) for one in possible]
            fired = self._conclusions.inference.fire("prompt", *facts)
            applying = [one for one, own in zip(possible, fired, strict=True) if own.rules]
            asked = sorted((one for one in applying if one.if_yes), key=lambda one: self._order[one.id])
            shown = tuple([one for one in applying if not one.if_yes])
            remember(conclusion.prompts, key, Applying(shown, tuple(asked)), MOST_BESIDE)
        return conclusion.prompts[key]

    def prompts(self, record: CheckedRecord, applying: Applying) -> tuple[ShownPrompt, ...]:
        """Give the prompts that only make the reader think again, as they are shown."""
        explained = self._conclusions.explanations.prompt
        return tuple([explained(prompt, record) for prompt in applying.shown])

    def follow_ups(self, record: CheckedRecord, decision: Decision, applying: Applying) -> tuple[FollowUp, ...]:
        """Give the follow-up questions that were answered, then the first that apply and were not."""
        if not (applying.asked or record.follow_ups):
            return ()
        explained, follow_up = self._conclusions.explanations.follow_up, self._conclusions.rulebook.follow_up
        answered = [explained(follow_up[id_], answer, record) for id_, answer in record.follow_ups]
        unasked = islice(self._unasked(record, decision, applying.asked), MOST_FOLLOW_UPS)
        return (*answered, *[explained(prompt, NOT_ASKED, record) for prompt in unasked])

    def _unasked(self, record: CheckedRecord, decision: Decision, asked: Iterable[Prompt]) -> Iterator[Prompt]:
        """Give those of the follow-up questions that were not asked and could change a step."""
        answered = dict(record.follow_ups)
        for prompt in (one for one in asked if one.id not in answered):
            key, turns = (prompt.id, record.age_band), decision.conclusion.turns
            if key not in turns:
                turns[key] = self._changes_a_step(record, decision, prompt.id)
            if turns[key]:
                yield prompt

    def _changes_a_step(self, record: CheckedRecord, decision: Decision, id_: str) -> bool:
        """Say whether any answer to a follow-up question gives other steps than no does."""
        after = [self._conclusions.beyond(decision, (id_, answer), record) for answer in FOLLOW_UP_ANSWERS]
        return any(one.actions != other.actions for one, other in pairwise(after))


class PossiblePrompts:
    """The prompts of a rulebook by what makes each possible. Sets of them are bits, in the order of their rank."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._by_rank = sorted(rulebook.prompts, key=lambda prompt: prompt.rank)
        free = [not (one.indicators or one.absent or one.circumstances) for one in self._by_rank]
        self._always = sum(is_free << place for place, is_free in enumerate(free))
        self._by_present = self._by(lambda prompt: prompt.indicators)
        self._by_absent = self._by(lambda prompt: prompt.absent)
        self._by_circumstance = self._by(lambda prompt: prompt.circumstances)
        strengths = {level.level for level in rulebook.levels if level.strengths}
        self._headings = {
            id_: one.shown_under or one.heading
            for id_, one in rulebook.indicator.items()
            if one.level not in strengths
        }

    def _by(self, ids_of: Callable[[Prompt], Sequence[str]]) -> Mapping[str, int]:
        places: dict[str, int] = defaultdict(int)
        for place, prompt in enumerate(self._by_rank):
            for id_ in ids_of(prompt):
                places[id_] |= 1 << place
        return dict(places)

    def places(self, record: CheckedRecord) -> int:
        """Give the prompts that could apply to what was recorded, as bits."""
        places = self._always
        for id_ in record.present:
            places |= self._by_present.get(id_, 0)
        for id_ in record.circumstances:
            places |= self._by_circumstance.get(id_, 0)
        for id_ in record.absent:
            if id_ in self._by_absent and not _graver_present(id_, record, self._rulebook):
                places |= self._by_absent[id_]
        return places

    def at(self, places: int) -> list[Prompt]:
        """Give the prompts of a set."""
        return [self._by_rank[place] for place in _bits(places)]

    def counted(self, record: CheckedRecord, level: int) -> tuple[str, str]:
        """Say how many signs are at a level, and under how many headings concerns stand, in words."""
        known, headings = self._rulebook.indicator, self._headings
        signs = [id_ for id_ in record.present if known[id_].level == level]
        under = {headings[id_] for id_ in record.present if id_ in headings} - {None}
        return _how_many(len(signs), ("none", "one")), _how_many(len(under), ("none", "one", "two"))

    def facts(self, record: CheckedRecord, situation: Fact) -> list[Fact]:
        """Give the fact of each prompt that could apply."""
        counted = self.counted(record, int(situation["level"]))
        possible = self.at(self.places(record))
        return [about_prompt(one.id, situation, record.age_band, *counted) for one in possible]


def _bits(places: int) -> Iterator[int]:
    """Give the places of a set, the lowest first."""
    while places:
        lowest = places & -places
        yield lowest.bit_length() - 1
        places ^= lowest


def _graver_present(id_: str, record: CheckedRecord, rulebook: Rulebook) -> bool:
    """Say whether a higher rung of a ladder on which an indicator stands is present."""
    level = rulebook.indicator[id_].level
    rungs = {rung for ladder in rulebook.ladders_of(id_) for rung in ladder.rungs}
    return any(one in rungs and rulebook.indicator[one].level > level for one in record.present)


def _how_many(count: int, words: tuple[str, ...]) -> str:
    return words[count] if count < len(words) else "several"

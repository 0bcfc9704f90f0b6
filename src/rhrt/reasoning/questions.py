"""The prompts of a rulebook that apply to a record, and those of them that are follow-up questions to ask first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import islice, pairwise

from rhrt.reasoning.conclude import Conclusion, Conclusions
from rhrt.reasoning.facts import about_prompt
from rhrt.reasoning.inference import remember
from rhrt.record import CheckedRecord
from rhrt.rulebook.model import FOLLOW_UP_ANSWERS, NOT_ASKED, Prompt, Rulebook
from rhrt.rulebook.recorded import Fact
from rhrt.suggestion import MOST_FOLLOW_UPS, FollowUp, ShownPrompt


class Questions:
    """The prompts of one rulebook, the lowest rank first."""

    def __init__(self, conclusions: Conclusions) -> None:
        self._conclusions = conclusions
        self._possible = Possible(conclusions.rulebook)
        self._fields = {
            prompt.id: tuple(dict.fromkeys(field for conditions in prompt.when for field in conditions))
            for prompt in conclusions.rulebook.prompts
        }
        self.remembered: dict[tuple[str | int, ...], bool] = {}

    def applying(self, record: CheckedRecord, situation: Fact) -> list[Prompt]:
        """Give the prompts that apply, those that are follow-up questions among them."""
        possible = self._possible.prompts(record)
        fact = about_prompt("", situation, record.age_band, *self._possible.counted(record, situation))
        # The rule of a prompt sees of a fact which prompt it is about, and the fields that its conditions name.
        looks = [(one.id, *[fact[field] for field in self._fields[one.id]]) for one in possible]
        new = {look: {**fact, "prompt": look[0]} for look in looks if look not in self.remembered}
        known = {look: self.remembered[look] for look in looks if look not in new}
        for look, fired in zip(new, self._conclusions.inference.fire("prompt", *new.values()), strict=True):
            known[look] = bool(fired.rules)
            remember(self.remembered, look, known[look], self._conclusions.inference.most)
        return [prompt for prompt, look in zip(possible, looks, strict=True) if known[look]]

    def prompts(self, record: CheckedRecord, applying: Collection[Prompt]) -> tuple[ShownPrompt, ...]:
        """Give the prompts that only make the reader think again, as they are shown."""
        explained = self._conclusions.explanations.prompt
        return tuple([explained(prompt, record) for prompt in applying if not prompt.if_yes])

    def follow_ups(
        self, record: CheckedRecord, conclusion: Conclusion, applying: Collection[Prompt]
    ) -> tuple[FollowUp, ...]:
        """Give the follow-up questions that were answered, then the first that apply and were not."""
        explained, follow_up = self._conclusions.explanations.follow_up, self._conclusions.rulebook.follow_up
        answered = [explained(follow_up[id_], answer, record) for id_, answer in record.follow_ups]
        unasked = islice(self._unasked(record, conclusion, applying), MOST_FOLLOW_UPS)
        return (*answered, *[explained(prompt, NOT_ASKED, record) for prompt in unasked])

    def _unasked(
        self, record: CheckedRecord, conclusion: Conclusion, applying: Collection[Prompt]
    ) -> Iterator[Prompt]:
        """Give the follow-up questions that apply, were not asked and could change a step, in order."""
        open_ = {prompt.id for prompt in applying if prompt.if_yes} - dict(record.follow_ups).keys()
        for id_, prompt in self._conclusions.rulebook.follow_up.items() if open_ else ():
            if id_ in open_ and self._changes_a_step(record, conclusion, id_):
                yield prompt

    def _changes_a_step(self, record: CheckedRecord, conclusion: Conclusion, id_: str) -> bool:
        """Say whether any answer to a follow-up question gives other steps than no does.

        What an answer comes to hangs on the age alone, and what it is joined with has led to this conclusion.
        """
        key = id_, record.age_band
        if key not in conclusion.asked:
            tried = [
                with_follow_up(record, id_, answer, self._conclusions.rulebook) for answer in FOLLOW_UP_ANSWERS
            ]
            steps = [self._conclusions.conclusion_of(one).actions for one in tried]
            conclusion.asked[key] = any(one != other for one, other in pairwise(steps))
        return conclusion.asked[key]


def with_follow_up(record: CheckedRecord, id_: str, answer: str, rulebook: Rulebook) -> CheckedRecord:
    """Make the record with one follow-up question answered."""
    answers = {**dict(record.follow_ups), id_: answer}
    return record._replace(follow_ups=tuple((one, answers[one]) for one in rulebook.follow_up if one in answers))


class Possible:
    """The prompts of a rulebook by what makes each possible, the lowest rank first."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._by_rank = sorted(rulebook.prompts, key=lambda prompt: prompt.rank)
        bare = [not (one.indicators or one.absent or one.circumstances) for one in self._by_rank]
        self._always = [place for place, is_bare in enumerate(bare) if is_bare]
        self._by_present = self._places("indicators")
        self._by_absent = self._places("absent")
        self._by_circumstance = self._places("circumstances")
        strengths = {level.level for level in rulebook.levels if level.strengths}
        self._heading = {
            id_: None if one.level in strengths else one.shown_under or one.heading
            for id_, one in rulebook.indicator.items()
        }

    def _places(self, part: str) -> Mapping[str, list[int]]:
        places: dict[str, list[int]] = {}
        for place, prompt in enumerate(self._by_rank):
            for id_ in getattr(prompt, part):
                places.setdefault(id_, []).append(place)
        return places

    def prompts(self, record: CheckedRecord) -> list[Prompt]:
        """Give each prompt that could apply to what was recorded."""
        places = set(self._always)
        for id_ in record.present:
            places.update(self._by_present.get(id_, ()))
        for id_ in record.circumstances:
            places.update(self._by_circumstance.get(id_, ()))
        for id_ in record.absent:
            if id_ in self._by_absent and not _graver_present(id_, record, self._rulebook):
                places.update(self._by_absent[id_])
        return [self._by_rank[place] for place in sorted(places)]

    def counted(self, record: CheckedRecord, situation: Fact) -> tuple[str, str]:
        """Say how many signs are at the level, and under how many headings concerns stand, in words."""
        signs = sum(self._rulebook.indicator[id_].level == situation["level"] for id_ in record.present)
        headings = {self._heading[id_] for id_ in record.present} - {None}
        return _how_many(signs, ("none", "one")), _how_many(len(headings), ("none", "one", "two"))

    def facts(self, record: CheckedRecord, situation: Fact) -> list[Fact]:
        """Give the fact of each prompt that could apply."""
        counted = self.counted(record, situation)
        return [about_prompt(one.id, situation, record.age_band, *counted) for one in self.prompts(record)]


def _graver_present(id_: str, record: CheckedRecord, rulebook: Rulebook) -> bool:
    """Say whether a higher rung of a ladder on which an indicator stands is present."""
    level = rulebook.indicator[id_].level
    rungs = {rung for ladder in rulebook.ladders_of(id_) for rung in ladder.rungs}
    return any(one in rungs and rulebook.indicator[one].level > level for one in record.present)


def _how_many(count: int, words: tuple[str, ...]) -> str:
    return words[count] if count < len(words) else "several"

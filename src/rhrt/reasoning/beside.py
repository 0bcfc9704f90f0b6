"""What stands beside a level and has to be tried or inferred: prompts, and what would change the level."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rhrt.beside import Change, FollowUp, ShownPrompt, rung_of
from rhrt.reasoning.facts import about_prompt
from rhrt.record import CheckedRecord
from rhrt.rulebook.model import NO, NOT_ASKED, NOT_KNOWN, YES, Prompt, Rulebook, SituationField
from rhrt.rulebook.recorded import Fact

LevelOf = Callable[[CheckedRecord], int]
"""Gives the level of a record, 0 where it has none."""


def prompt_facts(rulebook: Rulebook, record: CheckedRecord, situation: Fact) -> list[tuple[Prompt, Fact]]:
    """Give each prompt that could apply to what was recorded, with its fact, the lowest rank first."""
    candidates = [prompt for prompt in rulebook.prompts if _touches(prompt, record, rulebook)]
    candidates.sort(key=lambda prompt: prompt.rank)
    signs = _how_many(_at_level(rulebook, record, situation), ("none", "one"))
    headings = _how_many(_headings(rulebook, record), ("none", "one", "two"))
    return [(prompt, about_prompt(prompt.id, situation, record.age_band, signs, headings)) for prompt in candidates]


def shown(prompt: Prompt, rulebook: Rulebook, record: CheckedRecord) -> ShownPrompt:
    """Give a prompt as it is shown, with the words of what the reader may want to record and has not."""
    return ShownPrompt(
        id=prompt.id,
        text=prompt.text,
        why=prompt.why,
        consider=tuple(rung_of(rulebook.indicator[id_]) for id_ in prompt.consider if id_ not in record.present),
        basis=prompt.basis,
        rule=f"prompt/{prompt.id}",
        source=prompt.source,
    )


def asked(prompt: Prompt, answer: str, rulebook: Rulebook, record: CheckedRecord) -> FollowUp:
    """Give a follow-up question as it is shown, with its answer."""
    return FollowUp(
        id=prompt.id,
        question=prompt.text,
        why=prompt.why,
        if_yes=prompt.if_yes,
        answer=answer,
        consider=tuple(rung_of(rulebook.indicator[id_]) for id_ in prompt.consider if id_ not in record.present),
        basis=prompt.basis,
        rule=f"prompt/{prompt.id}",
        source=prompt.source,
    )


def with_follow_up(record: CheckedRecord, id_: str, answer: str, rulebook: Rulebook) -> CheckedRecord:
    """Make the record with one follow-up question answered."""
    answers = {**dict(record.follow_ups), id_: answer}
    return record._replace(follow_ups=tuple((one, answers[one]) for one in rulebook.follow_up if one in answers))


def changes(rulebook: Rulebook, record: CheckedRecord, level_of: LevelOf) -> Iterator[Change]:
    """Give the smallest changes that raise the level, then the smallest that lowers it; each has been tried."""
    level = level_of(record)
    tried: set[tuple[str, ...]] = set()
    for change in (*_upward(rulebook, record, level), *_downward(rulebook, record, level)):
        key = (*change.present, *change.absent, *change.situation, *change.follow_ups)
        after = level_of(applied(change, record, rulebook))
        up = after > level
        if key not in tried and (up if change.direction == "up" else after < level):
            tried.add(key)
            yield Change(**{**change.as_dict(), "level": after or None})


def applied(change: Change, record: CheckedRecord, rulebook: Rulebook) -> CheckedRecord:
    """Make the record that a change describes."""
    moved = {*change.present, *change.absent}
    kept = {
        mark: [id_ for id_ in getattr(record, mark) if id_ not in moved]
        for mark in ("present", "absent", "not_known")
    }
    order = rulebook.position.__getitem__
    answers = dict(zip(record.questions, record.answers, strict=True)) | dict(change.situation)
    return record._replace(
        present=tuple(sorted((*kept["present"], *change.present), key=order)),
        absent=tuple(sorted((*kept["absent"], *change.absent), key=order)),
        not_known=tuple(kept["not_known"]),
        answers=tuple(answers.values()),
        follow_ups=tuple((dict(record.follow_ups) | dict(change.follow_ups)).items()),
    )


def _touches(prompt: Prompt, record: CheckedRecord, rulebook: Rulebook) -> bool:
    if not prompt.indicators and not prompt.absent and not prompt.circumstances:
        return True
    return (
        any(id_ in record.present for id_ in prompt.indicators)
        or any(id_ in record.circumstances for id_ in prompt.circumstances)
        or any(id_ in record.absent and not _graver_present(id_, record, rulebook) for id_ in prompt.absent)
    )


def _graver_present(id_: str, record: CheckedRecord, rulebook: Rulebook) -> bool:
    """Say whether a higher rung of a ladder on which an indicator stands is present."""
    level = rulebook.indicator[id_].level
    rungs = {rung for ladder in rulebook.ladders_of(id_) for rung in ladder.rungs}
    return any(one in rungs and rulebook.indicator[one].level > level for one in record.present)


def _at_level(rulebook: Rulebook, record: CheckedRecord, situation: Fact) -> int:
    return sum(rulebook.indicator[id_].level == situation["level"] for id_ in record.present)


def _headings(rulebook: Rulebook, record: CheckedRecord) -> int:
    """Count the headings under which the concerns stand, strengths aside."""
    strengths = {level.level for level in rulebook.levels if level.strengths}
    concerns = [rulebook.indicator[id_] for id_ in record.present]
    headings = {one.shown_under or one.heading for one in concerns if one.level not in strengths}
    return len(headings - {None})


def _how_many(count: int, words: tuple[str, ...]) -> str:
    return words[count] if count < len(words) else "several"


def _upward(rulebook: Rulebook, record: CheckedRecord, level: int) -> Iterator[Change]:
    """Give each single change that could raise the level: what is not known, the rung above, an own judgement."""
    for id_ in record.not_known:
        yield _change("up", present=(id_,))
    for id_ in record.present:
        if rulebook.indicator[id_].level == level:
            for ladder in rulebook.ladders_of(id_):
                rungs = (rung for rung in ladder.rungs if rung in rulebook.position)
                above = (rung for rung in rungs if rulebook.indicator[rung].level > level)
                yield from (_change("up", present=(rung,)) for rung in list(above)[:1])
    for judgement in rulebook.judgements:
        for answers in judgement.answers:
            if judgement.level > level and answers and answers.keys() <= rulebook.field.keys():
                yield _change("up", situation={question: words[0] for question, words in answers.items()})
    for id_, answer in record.follow_ups:
        if answer == NOT_KNOWN:
            yield _change("up", follow_ups={id_: YES})


def _downward(rulebook: Rulebook, record: CheckedRecord, level: int) -> Iterator[Change]:
    """Give the one change that could lower the level: every reason for it would have to go."""
    deciding = tuple(id_ for id_ in record.present if rulebook.indicator[id_].level == level)
    answers = dict(zip(record.questions, record.answers, strict=True))
    judged = {
        field: other
        for judgement in rulebook.judgements
        for conditions in judgement.answers
        for field, wanted in conditions.items()
        if judgement.level == level and answers.get(field) in wanted
        if (other := _otherwise(rulebook.field[field], wanted))
    }
    named = frozenset[str]().union(*(one.named for one in rulebook.judgements if one.level == level))
    told = {
        id_: NO
        for id_, answer in record.follow_ups
        if answer == YES and named.intersection(rulebook.follow_up[id_].if_yes)
    }
    if deciding or judged or told:
        yield _change("down", absent=deciding, situation=judged, follow_ups=told)


def _otherwise(question: SituationField, wanted: tuple[str, ...]) -> str | None:
    """Give an answer that does not set a level: no, where that is one, or another that settles it, if any is."""
    others = [value for value in (NO, YES, *question.values) if value in question.values and value not in wanted]
    settled = [value for value in others if value not in (NOT_ASKED, NOT_KNOWN)]
    return next(iter([*settled, *others]), None)


def _change(
    direction: str,
    present: tuple[str, ...] = (),
    absent: tuple[str, ...] = (),
    situation: dict[str, str] | None = None,
    follow_ups: dict[str, str] | None = None,
) -> Change:
    return Change(
        direction=direction,
        level=None,
        present=present,
        absent=absent,
        situation=situation or {},
        follow_ups=follow_ups or {},
    )

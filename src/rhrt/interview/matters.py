"""What an answer would change: which questions are worth asking, and what is an emergency."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rhrt.engine.assess import assess
from rhrt.present.outline import Outline, outline
from rhrt.present.terminal import as_text
from rhrt.record import Record
from rhrt.rulebook.model import Rulebook, SituationField
from rhrt.suggestion import Suggestion

ROOM_FOR_ADVICE = 18
"""How many lines advice may take, so that it and the question after it stand on one screen of 24 lines."""


def matters(field: SituationField, record: Record, rulebook: Rulebook) -> bool:
    """Say whether some answer to a question would change the level, the urgency, or what to do, by trying each."""
    outcomes = {_outcome(assess(_answered(record, {field.id: value}), rulebook)) for value in field.values}
    return len(outcomes) > 1


def alarms(record: Record, rulebook: Rulebook) -> frozenset[str]:
    """Give the questions asked first whose answer, alone, is an emergency."""
    first = {field.id for field in rulebook.situation if field.ask_first}
    alone = {id_: {id_: answer} for id_, answer in record.situation.items() if id_ in first}
    return frozenset(
        id_ for id_, said in alone.items() if _is_emergency(assess(Record(situation=said), rulebook), rulebook)
    )


def advice(record: Record, rulebook: Rulebook) -> Outline:
    """Say what to do at once: the first steps of the suggestion, as many as leave room on one screen."""
    suggestion = assess(record, rulebook)
    steps = next(section for section in outline(suggestion).sections if section.numbered)
    for count in range(len(steps.items), 0, -1):
        said = Outline(
            headline=suggestion.urgency_name,
            lines=(),
            sections=(steps._replace(items=steps.items[:count]),),
            small_print=(),
            urgent=True,
            held_back=(),
        )
        if len(as_text(said).splitlines()) <= ROOM_FOR_ADVICE:
            break
    return said


def _answered(record: Record, answers: Mapping[str, str]) -> Record:
    """Give a record of the marks and answers of another, with some answers changed; nothing else decides."""
    return Record(indicators=record.indicators, situation={**record.situation, **answers})


def _outcome(suggestion: Suggestion) -> tuple[Any, ...]:
    steps = tuple((step.code, step.text, step.when, step.contact) for step in suggestion.actions)
    return suggestion.level, suggestion.urgency, steps


def _is_emergency(suggestion: Suggestion, rulebook: Rulebook) -> bool:
    return suggestion.urgency == rulebook.urgencies[0].id

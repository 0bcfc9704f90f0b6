"""rhrt itself, with what it remembers of the facts it has seen, or without."""

from __future__ import annotations

from rhrt import Record, Rulebook
from rhrt import assess as rhrt_assess
from rhrt.reasoning.assess import _engine_of
from tests.benchmark.work import Answer, Assess, RecordData


def warm(rulebook: Rulebook) -> Assess:
    """Assess as a program does that runs on: what each fact gave is remembered."""

    def assess(record: RecordData) -> Answer:
        suggestion = rhrt_assess(Record.model_validate(record), rulebook)
        return {
            "level": suggestion.level,
            "route": suggestion.route,
            "actions": [step.code for step in suggestion.actions],
            "reasons": [
                reason.rule.removeprefix("judgement/") if reason.indicator is None else reason.indicator
                for reason in suggestion.reasons
            ],
        }

    return assess


def cold(rulebook: Rulebook) -> Assess:
    """Assess with every fact inferred and compared anew: what was remembered is forgotten each time."""
    engine, assess_warm = _engine_of(rulebook), warm(rulebook)
    memories = (engine.inference.remembered, engine.remembered, engine._conclusions)

    def assess(record: RecordData) -> Answer:
        for memory in memories:
            memory.clear()
        return assess_warm(record)

    return assess

"""rhrt itself: with what it remembers of the facts it has seen, or without; and the document that it gives."""

from __future__ import annotations

from collections.abc import Callable

from rhrt import Record, Rulebook
from rhrt import assess as rhrt_assess
from rhrt.reasoning.conclude import Conclusions
from rhrt.record import check
from tests.benchmark.work import Answer, Assess, RecordData


def warm(rulebook: Rulebook) -> Assess:
    """Conclude as a program does that runs on: what each fact gave is remembered."""
    return _concluding(Conclusions(rulebook))


def cold(rulebook: Rulebook) -> Assess:
    """Conclude with every fact inferred and compared anew: what was remembered is forgotten each time."""
    conclusions = Conclusions(rulebook)
    conclude = _concluding(conclusions)

    def assess(record: RecordData) -> Answer:
        conclusions.forget()
        return conclude(record)

    return assess


def document(rulebook: Rulebook) -> Callable[[RecordData], bytes]:
    """Give the whole document that people and forms get, as JSON."""
    return lambda record: rhrt_assess(Record.model_validate(record), rulebook).model_dump_json()


def _concluding(conclusions: Conclusions) -> Assess:
    def assess(record: RecordData) -> Answer:
        decision = conclusions.decide(check(Record.model_validate(record), conclusions.rulebook))
        return {
            "level": decision.conclusion.level or None,
            "route": decision.conclusion.route,
            "actions": [step.code for step in decision.conclusion.actions],
            "reasons": [
                reason.rule.removeprefix("judgement/") if reason.indicator is None else reason.indicator
                for reason in decision.reasons
            ],
        }

    return assess

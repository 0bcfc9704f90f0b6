"""The one way in: from a record and a rulebook to a suggestion, whole and checked by two evaluators."""

import os
from contextlib import suppress
from threading import Lock

from rhrt.faults import NoAnswer, NotWhole
from rhrt.reasoning.engine import Engine
from rhrt.reasoning.facts import Fact
from rhrt.record import CheckedRecord, Record, check
from rhrt.rulebook.load import load_for_record
from rhrt.rulebook.model import Rulebook
from rhrt.suggestion import Suggestion


def assess(record: Record | CheckedRecord, rulebook: Rulebook | None = None) -> Suggestion:
    """Suggest a level, a route and next steps for a record.

    Raises BadInput where the record does not fit the rulebook, and NoAnswer where no level may be shown:
    EvaluatorsDiffer where the two evaluators do not agree, NotWhole where the rulebook gives only half an answer.
    """
    rulebook = rulebook or load_for_record(record.rulebook, "$.rulebook")
    checked = check(record, rulebook) if isinstance(record, Record) else record
    try:
        return _engine_of(rulebook).suggest(checked)
    except NoAnswer as none:
        none.advice = rulebook.advice  # whoever is told that there is no answer is told whom to ring
        raise


def ready(rulebook: Rulebook) -> tuple[str, ...]:
    """Make a rulebook ready to assess, so that the first who asks does not wait, and name who evaluates.

    Raises BadInput where its rules go beyond what the engine is safe with, and EvaluatorsDiffer as `assess` does.
    """
    with suppress(NotWhole):  # of nothing recorded; of other records there may be whole answers
        assess(Record(), rulebook)
    return _engine_of(rulebook).conclusions.inference.evaluated_by


def trace(record: CheckedRecord, rulebook: Rulebook) -> list[tuple[Fact, tuple[str, ...]]]:
    """Give each fact of an assessment in order, with the names of the rules that it fired."""
    try:
        return _engine_of(rulebook).conclusions.trace(record)
    except NoAnswer as none:
        none.advice = rulebook.advice
        raise


MOST_READY = 16
"""How many rulebooks are kept ready to assess; the oldest is let go of for one more."""

_ready: dict[str, Engine] = {}
"""By the hash of the rulebook."""


class _Building:
    """One thread at a time makes a rulebook ready."""

    lock = Lock()


def _engine_of(rulebook: Rulebook) -> Engine:
    engine = _ready.get(rulebook.sha256)
    if engine is None:
        with _Building.lock:
            engine = _ready.get(rulebook.sha256)
            if engine is None:
                engine = Engine(rulebook)
                while len(_ready) >= MOST_READY:
                    del _ready[next(iter(_ready))]
                _ready[rulebook.sha256] = engine
    return engine


def _start_anew() -> None:
    """In a forked child: make anew the lock that another thread may have held. That thread is not there."""
    _Building.lock = Lock()


if hasattr(os, "register_at_fork"):  # there is no fork on Windows
    os.register_at_fork(after_in_child=_start_anew)

"""What an answer would change: which questions are worth asking, and what is an emergency."""

from dataclasses import replace
from typing import Any

from rhrt.faults import NotWhole
from rhrt.present.outline import Item, Outline, Section, outline
from rhrt.present.terminal import as_text
from rhrt.reasoning.assess import assess
from rhrt.record import Record
from rhrt.rulebook.kinds import NO, NOT_ASKED
from rhrt.rulebook.model import Rulebook, SituationField

ROOM_FOR_ADVICE = 18
"""How many lines advice may take, so that it and the question after it stand on one screen of 24 lines."""


def matters(field: SituationField, record: Record, rulebook: Rulebook) -> bool:
    """Say whether some answer to a question would change the level, the urgency, or what to do, by trying each."""
    situations = ({**record.situation, field.id: value} for value in field.values)
    decides = replace(record, rulebook=None, circumstances=())  # what decides nothing is left out
    return len({_outcome(replace(decides, situation=one), rulebook) for one in situations}) > 1


def alarms(record: Record, rulebook: Rulebook) -> frozenset[str]:
    """Give the questions asked first, and the follow-up questions, whose answer, alone, is to be acted on at once.

    That is an emergency, and of a question asked first also what is next to it, such as suspected harm.
    """
    first = {field.id for field in rulebook.situation if field.ask_first}
    situation = {id_: answer for id_, answer in record.situation.items() if id_ in first}
    soon = [
        id_ for id_, own in situation.items() if is_emergency(Record(situation={id_: own}), own, rulebook, True)
    ]
    followed = record.follow_ups.items()
    now = [id_ for id_, own in followed if is_emergency(Record(follow_ups={id_: own}), own, rulebook)]
    return frozenset((*soon, *now))


def asked_next(record: Record, rulebook: Rulebook) -> tuple[str, ...]:
    """Give the ids of the first follow-up questions that apply and were not answered, in order."""
    try:
        return tuple(one.id for one in assess(record, rulebook).first_check)
    except NotWhole:
        return ()


def advice(record: Record, rulebook: Rulebook) -> Outline:
    """Say what to do at once: the first steps of the suggestion, as many as leave room on one screen."""
    try:
        suggestion = assess(record, rulebook)
    except NotWhole as none:
        return _advised("There is no suggestion", Section("What to do next", (Item(none.advice),), numbered=True))
    whole = outline(suggestion)
    steps = next(section for section in whole.sections if section.numbered)
    for count in range(len(steps.items), 0, -1):
        said = _advised(
            suggestion.urgency_name if whole.urgent else whole.headline, steps._replace(items=steps.items[:count])
        )
        if len(as_text(said).splitlines()) <= ROOM_FOR_ADVICE:
            break
    return said


def _advised(headline: str, steps: Section) -> Outline:
    return Outline(headline, lines=(), sections=(steps,), small_print=(), urgent=True, held_back=())


def _outcome(record: Record, rulebook: Rulebook) -> tuple[Any, ...]:
    """Give what would be told; nothing where the rulebook has no whole answer."""
    try:
        suggestion = assess(record, rulebook)
    except NotWhole:
        return ()
    steps = tuple((step.code, step.text, step.when, step.contact) for step in suggestion.actions)
    return suggestion.level, suggestion.urgency, steps


def is_emergency(record: Record, answer: str, rulebook: Rulebook, or_next: bool = False) -> bool:
    """Say whether an answer, alone in a record, is an emergency, `or_next` to one: the last urgency never is.

    So is one, but for a no, to which the rulebook has no answer.
    """
    try:
        suggestion = assess(record, rulebook)
    except NotWhole:
        return answer not in (NO, NOT_ASKED)
    first, *others = [urgency.id for urgency in rulebook.urgencies]
    return suggestion.urgency == first or (or_next and suggestion.urgency in others[:-1][:1])

"""What people are told to do first in an emergency: where the most urgent of several urgencies holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rhrt.reasoning.situations import Situation, Situations
from rhrt.rulebook.kinds import Case
from rhrt.rulebook.model import Rulebook
from rhrt.steward.told import only_forbids


class FirstDeed(NamedTuple):
    """The first step of an emergency that tells to do something, by the places of its action and of its case."""

    action: int
    case: int


def first_deeds(situations: Situations) -> Iterator[tuple[FirstDeed | None, Situation]]:
    """Give each first deed of an emergency once, with the plainest emergency; None where there is none."""
    urgencies = situations.rulebook.urgencies
    found: dict[FirstDeed | None, Situation] = {}
    for situation in situations.each if len(urgencies) > 1 else ():
        if situation.fact["urgency"] == urgencies[0].id:
            found.setdefault(_first_deed(situations.rulebook, situation), situation)
    yield from found.items()


def case_of(rulebook: Rulebook, deed: FirstDeed) -> Case:
    """Give the case of an action that a first deed is."""
    return rulebook.actions[deed.action].cases[deed.case]


def _first_deed(rulebook: Rulebook, situation: Situation) -> FirstDeed | None:
    """Give the first step that does more than say what must not be done."""
    places = {action.code: place for place, action in enumerate(rulebook.actions)}
    for rule in situation.steps.values():
        _, code, number = rule.split("/")  # action/CODE/N, from 1
        deed = FirstDeed(places[code], int(number) - 1)
        case = case_of(rulebook, deed)
        if case.contact or not only_forbids(case.text):
            return deed
    return None

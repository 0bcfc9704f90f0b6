"""A step that should say whom to ring gives nobody.

Finds: a case of an action whose words tell the reader to ring, phone or telephone somebody, and that has no
`contact`. Somebody whose number no rulebook can hold is left alone, such as your safeguarding lead or the family's
own worker. It also finds the first step of the most urgent answer without a `contact`, whatever its words are.
Steps that only say what not to do may stand before it.

Why it matters: the person has the deed before them and no number. They look for it, or put it off.

To put it right: name under `contact` the one who is to be rung, as `contacts` in `rulebook.yaml` calls them.
"""

from collections.abc import Iterator
from typing import NamedTuple

from rhrt.reasoning.signs import in_words
from rhrt.reasoning.situations import Situation, Situations
from rhrt.rulebook.deeds import only_forbids, tells_to_ring
from rhrt.rulebook.kinds import Case
from rhrt.rulebook.model import Rulebook
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "error"

_REMEDY = "Add 'contact: ...' with the one who is to be rung."


def check(folder: RulebookFolder) -> Problems:
    """Report each case without a contact that says to ring, or is the first step of an emergency."""
    emergencies = {
        deed: situation
        for deed, situation in first_deeds(folder.situations)
        if deed is None or case_of(folder.rulebook, deed).contact is None
    }
    for index, action in enumerate(folder.rulebook.actions):
        for number, case in enumerate(action.cases):
            at = ("actions", index, "cases", number)
            if case.contact is None and tells_to_ring(case.text):
                what = f"'{action.code}' says to telephone, and gives nobody to ring."
                yield Problem("actions", at, what, _REMEDY)
            elif situation := emergencies.get(FirstDeed(index, number)):
                what = f"{_when(folder, situation)}, and the first step, '{action.code}'"
                yield Problem("actions", at, f"{what}, gives nobody to ring.", _REMEDY)
    if None in emergencies:
        what = f"{_when(folder, emergencies[None])}, and no step says what to do first."
        yield Problem("actions", ("actions",), what, "Add a first step with a contact.")


def _when(folder: RulebookFolder, situation: Situation) -> str:
    return f"It is {situation.fact['urgency']} when {in_words(folder.situations.record(situation))}"


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

"""A step that should say whom to ring gives nobody.

Finds: a case of an action whose words tell the reader to ring, phone or telephone somebody, and that has no
`contact`. Somebody whose number no rulebook can hold is left alone, such as your safeguarding lead or the family's
own worker. It also finds the first step of the most urgent answer without a `contact`, whatever its words are.
Steps that only say what not to do may stand before it.

Why it matters: the person has the deed before them and no number. They look for it, or put it off.

To put it right: name under `contact` the one who is to be rung, as `contacts` in `rulebook.yaml` calls them.
"""

from __future__ import annotations

from collections.abc import Iterator

from rhrt.reasoning.signs import in_words
from rhrt.reasoning.situations import Situation
from rhrt.steward.checks import Problem, Weight
from rhrt.steward.emergency import FirstDeed, case_of, first_deeds
from rhrt.steward.folder import RulebookFolder
from rhrt.steward.told import tells_to_ring

WEIGHT: Weight = "error"

_REMEDY = "Add 'contact: ...' with the one who is to be rung."


def check(folder: RulebookFolder) -> Iterator[Problem]:
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
                yield Problem(
                    "actions", at, f"'{action.code}' says to telephone, and gives nobody to ring.", _REMEDY
                )
            elif situation := emergencies.get(FirstDeed(index, number)):
                what = f"{_when(folder, situation)}, and the first step, '{action.code}'"
                yield Problem("actions", at, f"{what}, gives nobody to ring.", _REMEDY)
    if None in emergencies:
        what = f"{_when(folder, emergencies[None])}, and no step says what to do first."
        yield Problem("actions", ("actions",), what, "Add a first step with a contact.")


def _when(folder: RulebookFolder, situation: Situation) -> str:
    return f"It is {situation.fact['urgency']} when {in_words(folder.situations.record(situation))}"

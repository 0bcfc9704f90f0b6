"""A step says to telephone, and gives nobody to ring.

Finds: a case of an action whose words tell the reader to ring, phone or telephone somebody, and that has no
`contact`. Somebody whose number no rulebook can hold is left alone, such as your safeguarding lead or the family's
own worker.

Why it matters: the person has the deed before them and no number. They look for it, or put it off.

To put it right: name under `contact` the one who is to be rung, as `contacts` in `rulebook.yaml` calls them.
"""

from __future__ import annotations

from collections.abc import Iterator

from rhrt.rulebook.checks import Problem, Weight
from rhrt.rulebook.folder import RulebookFolder
from rhrt.rulebook.told import tells_to_ring

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Iterator[Problem]:
    """Report each case whose words say to ring somebody, and that has no contact."""
    for index, action in enumerate(folder.rulebook.actions):
        for number, case in enumerate(action.cases):
            if case.contact is None and tells_to_ring(case.text):
                what = f"'{action.code}' says to telephone, and gives nobody to ring."
                at = ("actions", index, "cases", number)
                yield Problem("actions", at, what, "Add 'contact: ...' with the one who is to be rung.")

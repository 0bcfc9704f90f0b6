"""A step says to telephone, and gives nobody to ring.

Finds: a case of an action whose words tell the reader to ring, phone or telephone somebody, and that has no
`contact`. Somebody whose number no rulebook can hold is left alone, such as your safeguarding lead or the family's
own worker.

Why it matters: the person has the deed before them and no number. They look for it, or put it off.

To put it right: name under `contact` the one who is to be rung, as `contacts` in `rulebook.yaml` calls them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rhrt.rulebook.checks import Problem, Weight
from rhrt.rulebook.folder import RulebookFolder

WEIGHT: Weight = "error"
_TOLD = re.compile(
    r"(?:(?:^|[.:;!?]\s+)(?:Then |Now |At once )?|, (?:then )?|(?<!you )\b(?:and|or) (?:then )?)"
    r"(?:(?:ring|phone|telephone) (?P<whom>[^.;:!?]*)|call \(?[+\d])",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"(?:\w+ ){0,2}(?:your|their|own|allocated|child's|family's|them|him|her|back|round|off)\b", re.IGNORECASE
)
"""Whom only the reader can know how to ring."""


def check(folder: RulebookFolder) -> Iterator[Problem]:
    """Report each case whose words say to ring somebody, and that has no contact."""
    for index, action in enumerate(folder.rulebook.actions):
        for number, case in enumerate(action.cases):
            if case.contact is None and any(
                not _OWN.match(told["whom"] or "") for told in _TOLD.finditer(case.text)
            ):
                what = f"'{action.code}' says to telephone, and gives nobody to ring."
                at = ("actions", index, "cases", number)
                yield Problem("actions", at, what, "Add 'contact: ...' with the one who is to be rung.")

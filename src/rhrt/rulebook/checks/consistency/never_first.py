"""A rule holds, but another always comes before it.

Finds: a case of an action, a route or an urgency that holds in some situation and is never the first that does.
A last one that always holds is left alone: it is there to be safe.

Why it matters: only the first that holds is used. These words, this route or this urgency would reach nobody.

To put it right: put the special one before the general one, or remove it.
"""

from __future__ import annotations

from collections.abc import Iterator

from rhrt.rulebook.checks import Problem, Weight
from rhrt.rulebook.folder import RulebookFolder
from rhrt.rulebook.rules import rules_of

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Iterator[Problem]:
    """Report each rule that holds and is never the first of its kind to hold."""
    held, first = set[str](), set[str]()
    for situation in folder.situations.each:
        held.update(situation.rules)
        first.update(situation.steps.values())
        first.add(f"route/{situation.fact['route']}")
        first.add(f"urgency/{situation.fact['urgency']}")
    for rule in rules_of(folder.rulebook):
        chosen = rule.name.startswith(("route/", "urgency/", "action/"))
        if chosen and rule.name in held - first and {} not in rule.when:
            what = f"Wherever {rule.name} holds, one before it holds too, so it is never used."
            yield Problem(*rule.place, what, "Put it before the more general one, or remove it.")

"""A rule holds, but another always comes before it.

Finds: a case of an action, a route or an urgency that holds in some situation and is never the first that does.
One that is there to catch whatever the narrower ones before it leave over is left alone, even if they leave
nothing.

Why it matters: only the first that holds is used. These words, this route or this urgency would reach nobody.

To put it right: put the special one before the general one, or remove it.
"""

from collections.abc import Sequence

from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight
from rhrt.steward.checks.conditions import Allowed, alternatives, within

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Report each rule that holds and is never the first of its kind to hold."""
    held, first = set[str](), set[str]()
    for situation in folder.situations.each:
        held.update(situation.rules)
        first.update(situation.steps.values())
        first.update((f"route/{situation.fact['route']}", f"urgency/{situation.fact['urgency']}"))
    before: dict[str, list[Allowed]] = {}
    for rule, allowed in alternatives(folder.rulebook):
        kind = rule.name.rpartition("/")[0]
        earlier = before.setdefault(kind, [])
        chosen = kind.startswith(("route", "urgency", "action/"))
        if chosen and rule.name in held - first and not _takes_the_rest(allowed, earlier):
            what = f"Wherever {rule.name} holds, one before it holds too, so it is never used."
            yield Problem(*rule.place, what, "Put it before the more general one, or remove it.")
        earlier += allowed


def _takes_the_rest(allowed: Sequence[Allowed], earlier: Sequence[Allowed]) -> bool:
    """Say whether a rule is wider than one before it, and no rule before it is as wide."""
    covered = all(any(within(own, other) for other in earlier) for own in allowed)
    return not covered and any(within(other, own) for own in allowed for other in earlier)

"""An indicator does not say why it stands at its level.

Finds: an indicator without a basis at a level where findings ask for the basis, and where other indicators have
one that no finding asks for. There a missing basis is a slip: the plain case has a basis of its own.

Why it matters: what is urgent may depend on the basis. Without one, the indicator counts as the least urgent.

To put it right: read the words of the indicator, and write the `basis` that fits them.
"""

from rhrt.rulebook.conditions import NOT_STATED
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight
from rhrt.steward.checks.conditions import alternatives

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Report each indicator that lacks the basis that the others of its level have."""
    asked = [
        one
        for rule, allowed in alternatives(folder.rulebook)
        for one in allowed
        if rule.about == "recorded" and "basis" in one
    ]
    named = {basis for one in asked for basis in one["basis"]}
    plain = {one.level for one in folder.rulebook.indicators if one.basis and one.basis not in named}
    for file, location, entry in folder.entries("indicators"):
        own = folder.rulebook.indicator[str(entry["id"])]
        looked_at = any(own.level in one.get("level", {own.level}) for one in asked)
        if not own.basis and own.recordable and own.level in plain and looked_at and NOT_STATED not in named:
            what = f"'{own.id}' has no basis, and a rule about Level {own.level} asks for one."
            yield Problem(file, location, what, "Write the basis that its words speak of.")

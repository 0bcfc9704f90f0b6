"""A rule can never apply.

Finds: a finding, route, urgency, case of an action, or line of `afterwards.yaml` whose conditions hold in no
situation that there can be.

Why it matters: somebody wrote it for a reason. What it was meant to catch is not caught.

To put it right: look at the conditions together. Often one of them contradicts another, such as a low level
beside a finding that only comes with a high one. Change the condition, or remove the rule.
"""

from rhrt.rulebook.rules import rules_of
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Report each rule that holds in no situation."""
    situations = folder.situations
    held = {rule for situation in situations.each for rule in (*situation.rules, *situations.afterwards(situation))}
    held |= {f"finding/{id_}" for signs in situations.reached for id_ in signs.findings}
    things = (*situations.things, *situations.told)
    held |= {name for thing in things for band in situations.ages for name in situations.fired_by(thing, band)}
    for rule in rules_of(folder.rulebook):
        if rule.about != "prompt" and rule.name not in held and not rule.name.startswith("level/"):
            what = f"No situation there can be meets the conditions of {rule.name}."
            yield Problem(*rule.place, what, "Change the conditions, or remove it.")

"""Nothing asks for a finding.

Finds: a finding of `routes.yaml` that no condition names. `harm` is left alone: every answer shows it.

Why it matters: it was written to change something, and changes nothing.

To put it right: name it in the condition that should look at it, or remove it.
"""

from rhrt.rulebook.kinds import HARM
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight
from rhrt.steward.checks.conditions import fields_named

WEIGHT: Weight = "advice"


def check(folder: RulebookFolder) -> Problems:
    """Report each finding that no condition names."""
    named = fields_named(folder.rulebook)
    for index, finding in enumerate(folder.rulebook.findings):
        if finding.id not in named and finding.id != HARM:
            what = f"No condition names the finding {finding.id}."
            yield Problem("routes", ("findings", index), what, "Name it where it should count, or remove it.")

"""A rule names no clause.

Finds: a finding, judgement, route, urgency, action, prompt, line of `afterwards.yaml` or safety sentence whose
source has neither `facts` nor `readings`. Prompts that rest on knowledge from elsewhere (`basis: editorial`)
are left alone, and so is a rulebook that lists no clauses in `coverage.yaml`.

Why it matters: nobody can look up why the rule is there, or see that it must change when its clause does.

To put it right: write the number of the fact or reading in its `source`.
"""

from itertools import chain

from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "error"
_RULES = ("findings", "judgements", "routes", "urgencies", "actions", "prompts", "afterwards", "safety")


def check(folder: RulebookFolder) -> Problems:
    """Report each rule whose source names no clause."""
    if not folder.clauses:
        return
    for file, location, entry in chain.from_iterable(map(folder.entries, _RULES)):
        clauses = [*entry["source"].get("facts", ()), *entry["source"].get("readings", ())]
        if not clauses and entry.get("basis") != "editorial":
            name = entry.get("id", entry.get("code"))
            what = f"'{name}' names no clause of its source."
            yield Problem(file, (*location, "source"), what, "Write the fact or reading that it encodes.")

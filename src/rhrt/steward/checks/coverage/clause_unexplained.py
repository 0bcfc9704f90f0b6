"""A clause is neither encoded nor explained.

Finds: an entry of `coverage.yaml` with no rules and no `why_not`, or with both.

Why it matters: nobody can tell whether the clause was left out for a reason.

To put it right: name the rules that encode the clause, or write why none does.
"""

from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Report each clause with neither rules nor a reason, or with both."""
    for index, clause in enumerate(folder.clauses):
        if bool(clause.rules) == bool(clause.why_not):
            what = (
                "rules, and also says why there are none" if clause.rules else "neither rules nor a reason why not"
            )
            yield Problem("coverage", ("coverage", index), f"{clause.clause} has {what}.", "Keep one of the two.")

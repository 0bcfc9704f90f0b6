"""The list of clauses and the rules do not agree.

Finds: a rule that cites a clause of `coverage.yaml` and is not named there; and a rule named at a clause which
it does not cite, or which is not there. A clause that has no entry is left alone.

Why it matters: the list shows that no clause of the framework was forgotten. It does so only while it is true.

To put it right: name the rule at the clause, or mend the `source` of the rule.
"""

from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight
from rhrt.steward.clauses import cited

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Report each rule that only one of the two puts with a clause."""
    cites = cited(folder.rulebook)
    for index, clause in enumerate(folder.clauses):
        citing = cites.get(clause.clause, [])
        for place, rule in enumerate(clause.rules):
            if rule not in citing:
                what = f"{rule} is named here and does not cite {clause.clause}."
                location = ("coverage", index, "rules", place)
                yield Problem("coverage", location, what, "Remove it, or mend the source of the rule.")
        for rule in citing:
            if not any(rule in one.rules for one in folder.clauses if one.clause == clause.clause):
                what = f"{rule} cites {clause.clause} and is not named there."
                yield Problem("coverage", ("coverage", index), what, "Name it, or mend the source of the rule.")

"""No indicator has a basis.

Finds: a basis of `rulebook.yaml` that is the basis of no indicator.

Why it matters: rules may ask for it in vain, and an indicator that should have it may be without.

To put it right: give it to the indicators that it is the basis of, or remove it.
"""

from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "advice"


def check(folder: RulebookFolder) -> Problems:
    """Report each basis that no indicator has."""
    used = {indicator.basis for indicator in folder.rulebook.indicators}
    for index, basis in enumerate(folder.rulebook.bases):
        if basis.id not in used:
            what = f"No indicator has the basis {basis.id}."
            yield Problem("rulebook", ("bases", index), what, "Give it to an indicator, or remove it.")

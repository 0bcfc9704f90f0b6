"""A heading has no indicators.

Finds: a heading of `rulebook.yaml` under which no indicator stands or is shown.

Why it matters: either the heading is not of this framework, or its indicators are missing or filed elsewhere.

To put it right: compare the heading with the framework. Add the indicators, or remove the heading.
"""

from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "advice"


def check(folder: RulebookFolder) -> Problems:
    """Report each heading without an indicator."""
    indicators = folder.rulebook.indicators
    used = {indicator.heading for indicator in indicators} | {indicator.shown_under for indicator in indicators}
    for index, heading in enumerate(folder.rulebook.headings):
        if heading.id not in used:
            what = f"No indicator stands under '{heading.title}'."
            yield Problem("rulebook", ("headings", index), what, "Add its indicators, or remove it.")

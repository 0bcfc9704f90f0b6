"""Nothing gives a level.

Finds: a level with no indicator that can be recorded, and which no judgement sets.

Why it matters: no answer can be at this level, so what is written for it is never used.

To put it right: add its indicators. Some frameworks list none for the lowest level: then weigh whether rhrt
should name the level at all.
"""

from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "advice"


def check(folder: RulebookFolder) -> Problems:
    """Report each level that nothing gives."""
    rulebook = folder.rulebook
    given = {indicator.level for indicator in rulebook.indicators if indicator.recordable}
    given |= {judgement.level for judgement in rulebook.judgements}
    for index, level in enumerate(rulebook.levels):
        if level.level not in given:
            what = f"Nothing that can be recorded gives Level {level.level}."
            yield Problem("rulebook", ("levels", index), what, "Add its indicators.")

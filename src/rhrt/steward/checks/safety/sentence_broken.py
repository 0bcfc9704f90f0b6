"""A safety sentence is not true of some situation.

Finds: a sentence of `safety.yaml` for which there is a situation that breaks it, and names the plainest one.

Why it matters: the sentence names something that no answer may ever get wrong, such as an emergency that is not
first, or a worry at the highest level that reaches nobody.

To put it right: mend the rule that gives the wrong answer. Change the sentence only if the framework changed.
"""

from rhrt.reasoning.signs import in_words
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight
from rhrt.steward.prove.sentences import promised

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Try every sentence on every kind of situation; report the plainest situation that breaks it."""
    for index, one in enumerate(promised(folder.situations, folder.sets)):
        if one.broken:
            what = f"“{one.sentence}” This is not true when {in_words(one.broken.record)}. {one.broken.how}"
            yield Problem("safety", ("safety", index), what, "Mend the rule that gives that answer.")

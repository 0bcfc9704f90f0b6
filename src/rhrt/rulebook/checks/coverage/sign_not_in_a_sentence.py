"""A sign at the highest level is in no safety sentence.

Finds: an indicator of the highest level that no sentence of `safety.yaml` names, where most indicators of that
level are named. Where few are, the sentences speak of levels, and it is left alone.

Why it matters: the sentences hold each sign to what it must lead to. This one could move to another level or
lose its basis, and no sentence would be broken.

To put it right: add it to the `indicators` of the sentence that fits its words.
"""

from __future__ import annotations

from collections.abc import Iterator

from rhrt.rulebook.checks import Problem, Weight
from rhrt.rulebook.conditions import highest_level
from rhrt.rulebook.folder import RulebookFolder

WEIGHT: Weight = "advice"


def check(folder: RulebookFolder) -> Iterator[Problem]:
    """Report each indicator that most of its level's others are in a sentence without."""
    rulebook, highest = folder.rulebook, highest_level(folder.rulebook)
    named = {id_ for sentence in rulebook.safety for id_ in sentence.indicators}
    gravest = {one.id for one in rulebook.indicators if one.level == highest and one.recordable}
    if 2 * len(gravest & named) <= len(gravest):
        return
    for file, location, entry in folder.entries("indicators"):
        if entry["id"] in gravest - named:
            what = f"No safety sentence names '{entry['id']}'."
            yield Problem(file, location, what, "Add it to the sentence that fits its words.")

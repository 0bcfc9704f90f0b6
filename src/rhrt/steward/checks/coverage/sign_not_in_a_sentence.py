"""No safety sentence says whether a sign at the highest level is harm.

Finds: an indicator of the highest level that has a basis, and of which no sentence of `safety.yaml` says
`harm: yes` or `harm: no`. It finds one without a basis too, where most of that level are in such a sentence.

Why it matters: what is grave hangs on the basis. A rule could stop looking at it, and this sign would no longer be
harm. No sentence would be broken.

To put it right: write a sentence with `basis` in place of `indicators`: it holds every sign with that basis, those
to come too. Or add the sign to the `indicators` of the sentence that fits its words.
"""

from rhrt.rulebook.conditions import highest_level
from rhrt.rulebook.kinds import HARM
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight
from rhrt.steward.prove.sentences import signs_named

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Report each sign at the highest level that stands there for a reason which no sentence holds to harm."""
    rulebook, highest = folder.rulebook, highest_level(folder.rulebook)
    promised = [sentence for sentence in rulebook.safety if HARM in sentence.answer]
    named = {id_ for sentence in promised for id_ in signs_named(sentence, rulebook)}
    gravest = {one.id for one in rulebook.indicators if one.level == highest and one.recordable}
    listed = 2 * len(gravest & named) > len(gravest)
    for file, location, entry in folder.entries("indicators"):
        basis = entry.get("basis")
        if entry["id"] in gravest - named and (basis or listed):
            what = f"No safety sentence says whether '{entry['id']}' is harm."
            remedy = f"Write one with 'basis: {basis}', or add it to" if basis else "Add it to"
            yield Problem(file, location, what, f"{remedy} the sentence that fits its words.")

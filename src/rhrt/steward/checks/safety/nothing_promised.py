"""The safety sentences leave out something that every rulebook must promise.

Finds: a `safety.yaml` in which no sentence says what the first step is, none says which step the highest level
always gets, or none says what nobody may ever be told.

Why it matters: rhrt tries every sentence on every situation. What no sentence says is not tried, so a change of
the rules can break it without anybody seeing it.

To put it right: write the sentence that is missing. Say what must come `first` in an emergency, which step must
be there (`some`) at the highest level, and which must `never` be there.
"""

from rhrt.reasoning.plain import wanted_in
from rhrt.rulebook.conditions import highest_level
from rhrt.rulebook.kinds import SafetySentence
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight
from rhrt.steward.prove.sentences import Sentence

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Report each kind of promise that no sentence makes."""
    promised = folder.rulebook.safety
    highest = highest_level(folder.rulebook)
    missing = {
        "No sentence says what the first step must be.": not any(one.first for one in promised),
        f"No sentence says which step Level {highest} always gets.": not any(
            one.some and _speaks_of_highest(one, folder, highest) for one in promised
        ),
        "No sentence says what nobody may be told.": not any(one.never for one in promised),
    }
    for what, is_missing in missing.items():
        if is_missing:
            yield Problem("safety", ("safety",), what, "Write one.")


def _speaks_of_highest(written: SafetySentence, folder: RulebookFolder, highest: int) -> bool:
    """Say whether a sentence names the highest level, or speaks of no other."""
    named = (values for when in wanted_in(written.when, highest) for field, values in when if field == "level")
    if any(highest in values for values in named):
        return True
    spoken = Sentence(written, folder.situations).spoken(folder.sets)
    return bool(spoken) and not spoken & ~folder.sets.meeting([[("level", {highest})]])

"""The same thing is written twice.

Finds: two alternatives of one rule, or two cases of one action, with the same conditions; or two rules of one
kind with the same conditions and the same text.

Why it matters: one of the two is usually a copy that was meant to say something else.

To put it right: change the copy to what it should say, or remove it.
"""

from collections.abc import Hashable

from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight, around
from rhrt.steward.checks.conditions import alternatives

WEIGHT: Weight = "error"
_TOLD = (
    "who", "meaning", "wording", "name", "text", "by_when", "contact", "level", "indicators", "absent",
    "circumstances", "if_yes",
)  # fmt: skip


def check(folder: RulebookFolder) -> Problems:
    """Report each alternative, case or rule that says again what one before it says."""
    seen: dict[Hashable, str] = {}
    for rule, allowed in alternatives(folder.rulebook):
        kind, own, *_ = rule.name.split("/")
        told = repr([[entry.get(name) for name in _TOLD] for entry in around(folder, *rule.place)[1:]])
        # No file writes the name of the prompt.
        once = [frozenset(item for item in one.items() if item[0] != "prompt") for one in allowed]
        first = seen.setdefault((kind, frozenset(once), told), rule.name)
        if first != rule.name:
            yield Problem(*rule.place, f"This says the same as {first}.", "Change it, or remove it.")
        elif kind == "action" and (first := seen.setdefault((own, once[0]), rule.name)) != rule.name:
            what = f"These are the conditions of {first}, which comes first."
            yield Problem(*rule.place, what, "Change them, or remove this case.")
        for place, one in enumerate(once):
            if one in once[:place]:
                file, at = rule.place
                yield Problem(file, (*at, "when", place), "This line is written twice.", "Remove one of the two.")

"""Two ladders are one.

Finds: two ladders with the same strength, where every rung of one is a rung of the other.

Why it matters: a reader sees the same neighbours twice, or two answers to the question of what comes next.

To put it right: keep the fuller one. If they are about different concerns, see that their rungs differ.
"""

from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "advice"


def check(folder: RulebookFolder) -> Problems:
    """Report each ladder that another one holds whole; of two that are the same, the later one."""
    ladders = folder.rulebook.ladders
    for index, ladder in enumerate(ladders):
        for place, other in enumerate(ladders):
            own, others = set(ladder.rungs), set(other.rungs)
            earlier = own < others or (own == others and place < index)
            if earlier and place != index and ladder.strength == other.strength:
                what = f"Every rung of '{ladder.id}' is a rung of '{other.id}', with the same strength."
                yield Problem("ladders", ("ladders", index), what, "Keep the fuller one.")
                break

"""A prompt stands after one that is shown later.

Finds: a prompt whose rank is lower than that of a prompt before it in the file.

Why it matters: prompts are shown in the order of their ranks, and only the first three unasked. Whoever reads the
file should meet them in the order in which a practitioner does. A rank that was mistyped hides a question.

To put it right: correct the rank, or move the prompt to where its rank puts it.
"""

from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "advice"


def check(folder: RulebookFolder) -> Problems:
    """Report prompts whose rank falls."""
    highest: int | None = None
    for file, location, entry in folder.entries("prompts"):
        rank = entry["rank"]
        if highest is not None and rank < highest:
            what = f"The rank {rank} comes after {highest}."
            yield Problem(file, (*location, "rank"), what, "Correct the rank, or move the prompt.")
        highest = rank if highest is None else max(rank, highest)

"""Which mutants are tried: all places that decide, and the rest evenly by kind."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest
from random import Random
from typing import Any

from rhrt.steward.folder import RulebookFolder
from tests.mutation.kinds import Kind
from tests.mutation.mutant import Edit, Mutant

FEWEST = 8
"""How many of each kind are tried at the least, where there are so many."""


def every_mutant(folder: RulebookFolder, kinds: Iterable[Kind]) -> dict[str, list[Mutant]]:
    """Give the mutants of each kind. One that says the same as the original, or as one before it, is left out."""
    seen: set[str] = set()
    made: dict[str, list[Mutant]] = {}
    for kind in kinds:
        made[kind.name] = []
        for place, what, edits in kind.make(folder):
            said = json.dumps(sorted(json.dumps(edit) for edit in edits))
            if said not in seen and any(_changes(folder, edit) for edit in edits):
                seen.add(said)
                made[kind.name].append(Mutant(kind.name, place, what, edits))
    return made


def chosen(made: dict[str, list[Mutant]], kinds: Iterable[Kind], most: int, seed: int) -> list[Mutant]:
    """Choose which to try: one for each place that decides, at the least, then one of each kind in turn."""
    random = Random(seed)
    shuffled = {kind.name: random.sample(made[kind.name], len(made[kind.name])) for kind in kinds}
    deciding = [one for kind in kinds if kind.decides for one in shuffled[kind.name] if _decides(one)]
    random.shuffle(deciding)
    needed = {mutant.place: mutant for mutant in deciding}
    in_turn = [mutant for mutant in chain.from_iterable(zip_longest(*shuffled.values())) if mutant]
    taken = {mutant.name for mutant in needed.values()}
    taken |= {mutant.name for mutants in shuffled.values() for mutant in mutants[:FEWEST]}
    for mutant in in_turn:
        if len(taken) >= most:
            break
        taken.add(mutant.name)
    return [mutant for mutants in made.values() for mutant in mutants if mutant.name in taken]


def every_choice(
    made: dict[str, list[Mutant]], kinds: Sequence[Kind], most: int, seeds: Iterable[int]
) -> list[Mutant]:
    """Choose by each seed in turn, each mutant once."""
    taken = {mutant.name for seed in seeds for mutant in chosen(made, kinds, most, seed)}
    return [mutant for mutants in made.values() for mutant in mutants if mutant.name in taken]


def _decides(mutant: Mutant) -> bool:
    """Say whether what a mutant changes can decide an answer: the conditions of a prompt never do."""
    return not mutant.place.startswith("prompts/")


def spread(mutants: Sequence[Mutant], seed: int) -> list[Mutant]:
    """Give them in an order in which slow ones do not stand together."""
    return Random(seed).sample(mutants, len(mutants))


def _changes(folder: RulebookFolder, edit: Edit) -> bool:
    """Say whether an edit changes anything: not where it writes what is there already."""
    value: Any = folder.written[edit.file].value
    for step in edit.location[:-1]:
        value = value[step]
    last = edit.location[-1]
    there = isinstance(value, list) or last in value
    return not there or json.dumps(value[last]) != json.dumps(edit.value)

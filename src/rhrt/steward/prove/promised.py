"""The safety sentences that a rulebook writes itself."""

from __future__ import annotations

from collections.abc import Iterator

from rhrt.reasoning.sets import SituationSets
from rhrt.reasoning.situations import Situations
from rhrt.steward.prove.proven import Counterexample, Proven
from rhrt.steward.prove.sentences import Sentence


def promised(situations: Situations, sets: SituationSets) -> Iterator[Proven]:
    """Try each sentence of `safety.yaml` on every situation that it speaks of."""
    for written in situations.rulebook.safety:
        sentence = Sentence(written, situations)
        spoken = sentence.spoken(sets)
        worst = sets.first(spoken & ~sentence.kept(sets))
        broken = None
        if worst is not None:
            record = situations.record(worst, sentence.marks[worst.signs])
            broken = Counterexample(record, sentence.how_broken(worst))
        yield Proven(written.id, written.sentence, sets.stood_for(spoken), broken)

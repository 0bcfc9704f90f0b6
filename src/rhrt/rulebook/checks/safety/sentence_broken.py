"""A safety sentence is not true of some situation.

Finds: a sentence of `safety.yaml` for which there is a situation that breaks it, and names the plainest one.

Why it matters: the sentence names something that no answer may ever get wrong, such as an emergency that is not
first, or a worry at the highest level that reaches nobody.

To put it right: mend the rule that gives the wrong answer. Change the sentence only if the framework changed.
"""

from __future__ import annotations

from collections.abc import Iterator

from rhrt.rulebook.checks import Problem, Weight
from rhrt.rulebook.folder import RulebookFolder
from rhrt.rulebook.sentences import Sentence
from rhrt.rulebook.situations import in_words

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Iterator[Problem]:
    """Try every sentence on every kind of situation; report the plainest situation that breaks it."""
    situations = folder.situations
    for index, written in enumerate(folder.rulebook.safety):
        sentence = Sentence(written, situations)
        for situation in sentence.kinds(situations):
            if sentence.speaks_of(situation) and (how := sentence.broken_by(situation)):
                record = situations.record(situation, sentence.marks[situation.signs])
                what = f"“{written.sentence}” This is not true when {in_words(record)}. {how}"
                yield Problem("safety", ("safety", index), what, "Mend the rule that gives that answer.")
                break

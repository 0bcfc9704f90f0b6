"""A sign more makes the answer less urgent.

Finds: a situation that is less urgent once one more sign is present, or is marked as not known, with all else
the same. Strengths are left aside, and so is the first sign of all.

Why it matters: somebody who records more of what worries them would be told to wait longer.

To put it right: look at the conditions of the two urgencies, in `routes.yaml`. Often the more urgent one asks
for a level that the new sign has passed. Write `{at_least: 3}` in place of `3`.
"""

from collections.abc import Iterator
from itertools import chain

from rhrt.reasoning.signs import NOTHING, Signs, in_words
from rhrt.reasoning.situations import Situation, Situations
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight
from rhrt.steward.prove.promises import More, lowered, with_one_more

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Report the plainest situation in which one more sign lowers the urgency."""
    situations = folder.situations
    every = chain.from_iterable(situations.by_answers.values())
    for before, after, what in lowered(situations, _more(situations), every):
        if "urgency" in what:
            said = f"It is {before.fact['urgency']} when {_when(situations, before)}."
            then = f"It is only {after.fact['urgency'] or 'none'} when {_when(situations, after)}."
            yield Problem("routes", ("urgencies",), f"{said} {then}", "Make the more urgent one hold there too.")
            return


def _when(situations: Situations, one: Situation) -> str:
    return in_words(situations.record(one))


def _more(situations: Situations) -> More:
    """Give, for all that marks can come to, what they come to with one more: nothing for no marks at all."""
    more = with_one_more(situations, set(_recorded(situations)), (one for one in situations.like if one != NOTHING))
    order = {one: place for place, one in enumerate(situations.marks)}
    return {one: sorted(more.get(one, ()), key=order.__getitem__) for one in order}


def _recorded(situations: Situations) -> Iterator[Signs]:
    """Give what each sign comes to on its own, present or not known, but for strengths."""
    rulebook = situations.rulebook
    strengths = {level.level for level in rulebook.levels if level.strengths}
    for id_, said in situations.things:
        sign = rulebook.indicator.get(id_)
        if said != "absent" and id_ not in rulebook.field and not (sign and sign.level in strengths):
            yield from (situations.signs_of(id_, said, band) for band in situations.ages)

"""A sign more makes the answer less urgent.

Finds: a situation that is less urgent once one more sign is present, or is marked as not known, with all else
the same. Strengths are left aside, and so is the first sign of all.

Why it matters: somebody who records more of what worries them would be told to wait longer.

To put it right: look at the conditions of the two urgencies, in `routes.yaml`. Often the more urgent one asks
for a level that the new sign has passed. Write `{at_least: 3}` in place of `3`.
"""

from __future__ import annotations

from collections.abc import Iterator

from rhrt.reasoning.signs import NOTHING, Signs, in_words
from rhrt.reasoning.situations import Situations
from rhrt.steward.checks import Problem, Weight
from rhrt.steward.folder import RulebookFolder

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Iterator[Problem]:
    """Report the plainest situation in which one more sign lowers the urgency."""
    situations = folder.situations
    rank = {"": len(folder.rulebook.urgencies)}
    rank |= {urgency.id: place for place, urgency in enumerate(folder.rulebook.urgencies)}
    more = _more(situations)
    for group in situations.by_answers.values():
        urgency = {one.signs: str(one.fact["urgency"]) for one in group}
        for one in group:
            before = urgency[one.signs]
            for after in more[one.signs]:
                if rank[urgency[after]] > rank[before]:
                    record = in_words(situations.record(one))
                    added = in_words(situations.record(one._replace(signs=after)))
                    what = f"It is {before} when {record}. It is only {urgency[after] or 'none'} when {added}."
                    yield Problem("routes", ("urgencies",), what, "Make the more urgent one hold there too.")
                    return


def _more(situations: Situations) -> dict[Signs, list[Signs]]:
    """Give, for all that marks can come to, what they come to with one more: nothing for no marks at all."""
    rulebook = situations.rulebook
    strengths = {level.level for level in rulebook.levels if level.strengths}
    single = {
        situations.signs_of(id_, said, band)
        for id_, said in situations.things
        for band in situations.ages
        if said != "absent" and id_ not in rulebook.field
        if id_ not in rulebook.indicator or rulebook.indicator[id_].level not in strengths
    }
    like = situations.like
    more: dict[Signs, dict[Signs, None]] = {one: {} for one in situations.marks}
    for signs in like:
        if signs != NOTHING:
            joined = (like.get(signs.joined(own)) for own in single)
            more[like[signs]].update(dict.fromkeys(one for one in joined if one and one != like[signs]))
    order = {one: place for place, one in enumerate(situations.marks)}
    return {one: sorted(others, key=order.__getitem__) for one, others in more.items()}

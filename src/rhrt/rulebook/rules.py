"""Every rule of a rulebook by its name: what it looks at, its conditions, and where it is written."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rhrt.rulebook.conditions import JUDGEMENT, NOTHING_ELSE, About
from rhrt.rulebook.kinds import Conditions, words_of
from rhrt.rulebook.model import Rulebook

Place = tuple[str, tuple[str | int, ...]]
"""The file of a rule (its name in the folder, without .yaml), and the location in it."""


class Rule(NamedTuple):
    """One rule: it holds for a fact of its kind when any of `when` does.

    Each case of an action is a rule of its own, `action/CODE/CASE`. The rule of a level holds for every indicator
    present at it; it is written as no more than the level.
    """

    name: str
    about: About
    when: tuple[Conditions, ...]
    place: Place


def rules_of(rulebook: Rulebook) -> Iterator[Rule]:
    """Give every rule, in the order written."""
    for index, level in enumerate(rulebook.levels):
        present: Conditions = {"mark": "present", "level": level.level}
        yield Rule(f"level/{level.level}", "recorded", (present,), ("rulebook", ("levels", index)))
    for index, finding in enumerate(rulebook.findings):
        about: About = "answers" if finding.about == "answers" else "recorded"
        yield Rule(f"finding/{finding.id}", about, finding.when, ("routes", ("findings", index)))
    for index, judgement in enumerate(rulebook.judgements):
        yield Rule(f"judgement/{judgement.id}", judgement.about, judgement.when, ("routes", ("judgements", index)))
    for index, route in enumerate(rulebook.routes):
        yield Rule(f"route/{route.id}", "situation", route.when, ("routes", ("routes", index)))
    for index, urgency in enumerate(rulebook.urgencies):
        yield Rule(f"urgency/{urgency.id}", "situation", urgency.when, ("routes", ("urgencies", index)))
    for index, action in enumerate(rulebook.actions):
        for number, case in enumerate(action.cases):
            place: Place = ("actions", ("actions", index, "cases", number))
            yield Rule(f"action/{action.code}/{number + 1}", "situation", (case.when,), place)
    for index, following in enumerate(rulebook.afterwards):
        place = ("afterwards", ("afterwards", index))
        yield Rule(f"afterwards/{following.id}", "afterwards", following.when, place)
    for index, prompt in enumerate(rulebook.prompts):
        own = tuple({**conditions, "prompt": prompt.id} for conditions in prompt.when)
        yield Rule(f"prompt/{prompt.id}", "prompt", own, ("prompts", ("prompts", index)))


def asked_alone(rulebook: Rulebook) -> tuple[str, ...]:
    """Give each question, and `judgement`, at whose answer alone some rule may look that decides."""
    decide = [rule for rule in rules_of(rulebook) if not _is_a_reason_only(rulebook, rule)]
    return _looked_at_alone(rulebook, decide)


def told_alone(rulebook: Rulebook) -> tuple[str, ...]:
    """Give each question, and `judgement`, at whose answer alone some rule may look: to decide, or as a reason."""
    return _looked_at_alone(rulebook, rules_of(rulebook))


def _is_a_reason_only(rulebook: Rulebook, rule: Rule) -> bool:
    """Say whether a rule is a judgement without a level: it says why, and nothing follows from it."""
    return any(rule.name == f"judgement/{own.id}" and not own.level for own in rulebook.judgements)


def _looked_at_alone(rulebook: Rulebook, rules: Iterable[Rule]) -> tuple[str, ...]:
    alone = [conditions for rule in rules if rule.about == "recorded" for conditions in rule.when]

    def looked_at(asked: str) -> bool:
        bare = {"asked": asked, **dict.fromkeys(("indicator", "mark", "names"), NOTHING_ELSE)}
        return any(all(is_ in words_of(one.get(field, is_)) for field, is_ in bare.items()) for one in alone)

    return tuple(asked for asked in (*rulebook.questions, JUDGEMENT) if looked_at(asked))

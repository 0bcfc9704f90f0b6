"""Whether a mutant changes anything that anybody can see.

Two rulebooks are said to be the same only where that is certain: whatever the marks and the answers, both give the
same level, route, urgency, judgements, steps in the same words and what follows, the prompts look at the same, and
nothing else that is written differs but conditions and their order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import groupby, product
from typing import Any, Literal

from rhrt.reasoning.plain import holds, wanted_in
from rhrt.reasoning.signs import NOTHING, Signs
from rhrt.reasoning.situations import Situation, Situations
from rhrt.rulebook.kinds import HARM
from rhrt.rulebook.model import Rulebook
from rhrt.rulebook.rules import rules_of
from rhrt.steward.folder import RulebookFolder
from rhrt.steward.prove.shown import every_fact

_COMPARED = ("findings", "judgements", "routes", "urgencies", "actions", "afterwards", "prompts", "sha256")
"""The parts of a rulebook that are compared by what they come to, or not at all."""

Change = Literal["nothing", "words", "more"]
"""What somebody could see of a difference."""


def decides(rulebook: Rulebook) -> Hashable:
    """Give all of a rulebook that its situations depend on: rulebooks with the same have the same situations."""
    return (
        len(rulebook.levels),
        repr([(one.id, one.level, one.basis, one.heading, one.recordable) for one in rulebook.indicators]),
        repr([(one.id, one.values) for one in rulebook.situation]),
        repr([(one.id, one.level) for one in rulebook.judgements]),
        repr([(one.id, one.if_yes, one.if_not_known) for one in rulebook.follow_up.values()]),
        repr([(one.name, one.about, one.when) for one in rules_of(rulebook) if one.about != "prompt"]),
        repr([(one.when, one.answer) for one in rulebook.safety]),
    )


def looked_at(rulebook: Rulebook) -> Hashable:
    """Give all of a rulebook that a check which tries situations looks at.

    A check that looks at more would miss some mutants here: they would count as missed, never as found out.
    """
    return (
        decides(rulebook),
        repr(rulebook.safety),
        repr([(one.id, one.when, one.indicators, one.absent, one.circumstances) for one in rulebook.prompts]),
        repr([one.ask_first for one in rulebook.situation]),
        repr([one.strengths for one in rulebook.levels]),
        repr(rulebook.if_worse_contacts),
        repr([(one.id, one.number) for one in rulebook.contacts]),
        repr([case.contact for action in rulebook.actions for case in action.cases]),
    )


def with_situations_of(original: RulebookFolder, folder: RulebookFolder) -> None:
    """Give a folder the situations that were worked out for another with the same of `decides`."""
    own = Situations(folder.rulebook)
    known = vars(original.situations)
    vars(own).update({name: value for name, value in known.items() if name not in vars(own)})
    vars(folder).update(situations=own, sets=original.sets)


def change(original: RulebookFolder, folder: RulebookFolder) -> Change:
    """Say what somebody could see of the difference between two rulebooks: `more`, unless less is certain.

    `words` are those of a step, by when to take it, and whose number it gives.
    """
    one, other = original.rulebook, folder.rulebook
    if folder.written["coverage"] is not original.written["coverage"]:
        return "more"
    if _otherwise(one) != _otherwise(other) or original.situations.ids != folder.situations.ids:
        return "more"
    if any(_words(one, name) != _words(other, name) for name in _COMPARED[:-1]):
        return "more"
    if _prompts_differ(original, folder):
        return "more"
    if decides(one) == decides(other):  # the same steps in every situation: only their words can differ
        return "nothing" if _words_of_steps(one) == _words_of_steps(other) else "words"
    return _change_of_answers(original.situations, folder.situations)


def _otherwise(rulebook: Rulebook) -> list[Any]:
    """Give all that is written but what is compared by what it comes to."""
    return [
        value
        for name, value in vars(rulebook).items()
        if name in rulebook.__dataclass_fields__ and name not in _COMPARED
    ]


def _words(rulebook: Rulebook, name: str) -> list[Any]:
    """Give what the rules of a kind say, apart from their conditions."""
    rules = [{**one.as_dict(), "when": None} for one in getattr(rulebook, name)]
    if name == "actions":
        rules = [{**one, "cases": None} for one in rules]
    in_order = name in ("judgements", "afterwards", "prompts")
    return rules if in_order else sorted(rules, key=repr)


def _prompts_differ(original: RulebookFolder, folder: RulebookFolder) -> bool:
    """Say whether any prompt, the same but for its conditions, applies to a fact to which it did not, or not to."""
    levels = len(original.rulebook.levels)
    after = {rule.name: wanted_in(rule.when, levels) for rule in rules_of(folder.rulebook)}
    for rule in rules_of(original.rulebook):
        if rule.about != "prompt":
            continue
        one, other = wanted_in(rule.when, levels), after[rule.name]
        facts = every_fact(original, rule, [*one, *other]) if one != other else iter(())
        if any(holds(one, fact) != holds(other, fact) for fact in facts):
            return True
    return False


def _change_of_answers(one: Situations, other: Situations) -> Change:
    """Try all that marks can come to in the two, with every set of answers that either tells apart."""
    if one.alone != other.alone or _judged_apart(one, other):
        return "more"
    words, others = _words_of_steps(one.rulebook), _words_of_steps(other.rulebook)
    answers = list(product(*[_apart(*both) for both in zip(one.kinds, other.kinds, strict=True)]))
    seen = _seen(one.rulebook)
    found: Change = "nothing"
    for (own, theirs), given in product(_pairs(one, other), answers):
        before, after = one.situation(own, given), other.situation(theirs, given)
        if _told(one, before, seen) != _told(other, after, seen):
            return "more"
        if [words[rule] for rule in before.steps.values()] != [others[rule] for rule in after.steps.values()]:
            found = "words"
    return found


def _judged_apart(one: Situations, other: Situations) -> bool:
    """Say whether anything recorded is another judgement in the other."""
    return any(
        _judged(one.fired_by(thing, band)) != _judged(other.fired_by(thing, band))
        for thing, band in product(one.things, _ages(one))
    )


def _judged(fired: Iterable[str]) -> list[str]:
    return sorted(rule for rule in fired if rule.startswith("judgement/"))


def _pairs(one: Situations, other: Situations) -> set[tuple[Signs, Signs]]:
    """Give what any record comes to in the one together with what it comes to in the other, one of each kind."""
    of_ages = {tuple(_ways(one, other, band)) for band in _ages(one)}
    pairs = {pair for ways in of_ages for pair in _together(ways)}
    return {(one.like[own], other.like[theirs]) for own, theirs in pairs}


def _together(ways: Iterable[frozenset[tuple[Signs, Signs]]]) -> set[tuple[Signs, Signs]]:
    """Give what things come to together, each recorded in any of its ways."""
    reached = {(NOTHING, NOTHING)}
    for look, count in Counter(ways).items():
        for _ in range(min(count, len(look))):  # signs joined with themselves stay as they are
            reached = {
                (signs.joined(own), others.joined(theirs)) for signs, others in reached for own, theirs in look
            }
    return reached


def _ways(one: Situations, other: Situations, band: str | None) -> Iterator[frozenset[tuple[Signs, Signs]]]:
    """Give, for each thing that can be recorded, what each way of recording it comes to in the two."""
    for id_, things in groupby(one.things, lambda thing: thing[0]):
        ways = {(one.signs_of(*thing, band), other.signs_of(*thing, band)) for thing in things}
        yield frozenset(ways if id_ in one.rulebook.field else ways | {(NOTHING, NOTHING)})


def _ages(situations: Situations) -> list[str | None]:
    return [None, *(band.id for band in situations.rulebook.age_bands)]


def _seen(rulebook: Rulebook) -> list[str]:
    """Give the fields of a situation that a reader sees, or that a prompt asks for."""
    asked = {field for prompt in rulebook.prompts for conditions in prompt.when for field in conditions}
    return [field for field in ("level", "route", "urgency", HARM, *sorted(asked)) if field != "prompt"]


def _apart(one: tuple[tuple[str, ...], ...], other: tuple[tuple[str, ...], ...]) -> list[str]:
    """Give one answer for each kind of answer that either tells apart."""
    groups: dict[tuple[int, int], str] = {}
    for (first, kind), (second, theirs) in product(enumerate(one), enumerate(other)):
        for value in kind:
            if value in theirs:
                groups.setdefault((first, second), value)
    return list(groups.values())


def _told(situations: Situations, situation: Situation, seen: Sequence[str]) -> Hashable:
    """Give what a reader is told in a situation, the words of its steps apart."""
    fact = tuple([situation.fact.get(field) for field in seen])
    judged = tuple([rule for rule in situation.rules if rule.startswith("judgement/")])
    return fact, judged, tuple(situation.steps), situations.afterwards(situation)


def _words_of_steps(rulebook: Rulebook) -> dict[str, Hashable]:
    """Give the words of each case of an action, by the name of its rule."""
    return {
        f"action/{action.code}/{number}": (case.text, case.by_when, case.contact)
        for action in rulebook.actions
        for number, case in enumerate(action.cases, 1)
    }

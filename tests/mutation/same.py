"""Whether a mutant changes anything that anybody can see.

Two rulebooks are said to be the same only where that is certain: every indicator comes to the same whatever its
mark, every situation gives the same steps in the same words, with the same level, route, urgency, findings and what
follows, and nothing else that is written differs but conditions and their order.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from itertools import product
from typing import Any, get_args

from rhrt.rulebook.folder import RulebookFolder
from rhrt.rulebook.model import Mark, Rulebook
from rhrt.rulebook.rules import rules_of
from rhrt.rulebook.situations import Situation, Situations

_COMPARED = ("findings", "judgements", "routes", "urgencies", "actions", "afterwards", "sha256")
"""The parts of a rulebook that are compared by what they come to, or not at all."""


def decides(rulebook: Rulebook) -> Hashable:
    """Give all of a rulebook that its situations depend on: rulebooks with the same have the same situations."""
    return (
        len(rulebook.levels),
        repr([(one.id, one.level, one.basis, one.heading, one.recordable) for one in rulebook.indicators]),
        repr([(one.id, one.values) for one in rulebook.situation]),
        repr([(one.id, one.level) for one in rulebook.judgements]),
        repr([(one.name, one.about, one.when) for one in rules_of(rulebook) if one.about != "prompt"]),
        repr([(one.when, one.answer) for one in rulebook.safety]),
    )


def with_situations_of(original: RulebookFolder, folder: RulebookFolder) -> None:
    """Give a folder the situations that were worked out for another with the same of `decides`."""
    own = Situations(folder.rulebook)
    known = vars(original.situations)
    vars(own).update({name: value for name, value in known.items() if name not in vars(own)})
    vars(folder)["situations"] = own


def says_the_same(original: RulebookFolder, folder: RulebookFolder) -> bool:
    """Say whether it is certain that nobody can see a difference between two rulebooks."""
    one, other = original.rulebook, folder.rulebook
    if folder.written["coverage"] is not original.written["coverage"]:
        return False
    if _otherwise(one) != _otherwise(other) or original.situations.ids != folder.situations.ids:
        return False
    if any(_words(one, name) != _words(other, name) for name in _COMPARED[:-1]):
        return False
    return _signs(original.situations) == _signs(folder.situations) and _same_answers(
        original.situations, folder.situations
    )


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
    in_order = name in ("judgements", "afterwards")
    return rules if in_order else sorted(rules, key=repr)


def _signs(situations: Situations) -> list[Any]:
    return [situations.signs_of(id_, mark) for id_ in situations.ids for mark in get_args(Mark)]


def _same_answers(one: Situations, other: Situations) -> bool:
    """Try every set of answers that either of the two tells apart."""
    kinds = [_apart(*both) for both in zip(one.kinds, other.kinds, strict=True)]
    words = _words_of_steps(one.rulebook), _words_of_steps(other.rulebook)
    return all(
        _told(one, one.situation(signs, answers), words[0])
        == _told(other, other.situation(signs, answers), words[1])
        for signs, answers in product(one.marks, list(product(*kinds)))
    )


def _apart(one: tuple[tuple[str, ...], ...], other: tuple[tuple[str, ...], ...]) -> list[str]:
    """Give one answer for each kind of answer that either tells apart."""
    groups: dict[tuple[int, int], str] = {}
    for (first, kind), (second, theirs) in product(enumerate(one), enumerate(other)):
        for value in kind:
            if value in theirs:
                groups.setdefault((first, second), value)
    return list(groups.values())


def _told(situations: Situations, situation: Situation, words: Mapping[str, Hashable]) -> Hashable:
    """Give what a reader is told in a situation."""
    steps = tuple(words[rule] for rule in situation.steps.values())
    fact = tuple(sorted(situation.fact.items()))
    judged = tuple(rule for rule in situation.rules if rule.startswith("judgement/"))
    return fact, judged, steps, situations.afterwards(situation)


def _words_of_steps(rulebook: Rulebook) -> dict[str, Hashable]:
    """Give the words of each case of an action, by the name of its rule."""
    return {
        f"action/{action.code}/{number}": (action.code, case.text, case.by_when, case.contact)
        for action in rulebook.actions
        for number, case in enumerate(action.cases, 1)
    }

"""What is behind a difference: the signs, rules and questions that changed and bear on it.

Rules and signs are told apart by what the new rules make of what the old rulebook saw in the marks. Where that is
the old answer, the signs are behind the difference; where it is the new one, the rules are. A rule that changed
bears on it where it holds in one of the two and not in the other, or where another case of it does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from rhrt.rulebook.compare.answers import Outcome
from rhrt.rulebook.compare.together import Answers, Link, Pair, Together
from rhrt.rulebook.model import Indicator, Mark, Rulebook
from rhrt.rulebook.situations import Marks

Causes = tuple[str, ...]
"""The kinds and ids of what changed, such as `indicator/often-late`, in the order of the rulebook."""

Transition = tuple[bool, tuple[Pair, ...]]
"""Whether an indicator changed, and what each mark of it comes to: those that changed alike have the same."""

UNNAMED: Causes = ("several/changes",)
"""What is given where no single change bears on a difference."""


_ORDERED = ("route", "urgency", "action")
"""The kinds of rules whose order decides."""


class Changed:
    """What changed between two rulebooks of all that decides."""

    def __init__(self, together: Together) -> None:
        self._together = together
        old, new = together.old.rulebook, together.new.rulebook
        self._rules = _rules_changed(old, new)
        self._marked = tuple(sorted(name for name in self._rules if _about_marks(name, old, new)))
        self._moved: dict[Transition, list[str]] = {}
        for link in dict.fromkeys(together.read_as.values()):
            self._moved.setdefault(self._transition(link), []).append(link.id)

    def by_rules(self, before: Outcome, after: Outcome, answers: Answers) -> Causes:
        """Give what changed of rules and questions, and bears on what two rulebooks make of the same signs."""
        differing = {_entry(name) for name in before.rules ^ after.rules}
        differing |= {f"{kind}/order" for kind in _ORDERED}
        found = [name for name in self._rules if name in differing]
        named = [name for name in found if not name.endswith("/order")]
        return (*self._questions(answers), *(named or found))

    def by_signs(self, marks: Marks) -> Causes:
        """Give the signs that changed among some marks, each with all that changed as it did."""
        links = dict.fromkeys(self._together.read_as[id_] for id_, _ in marks)
        transitions = dict.fromkeys(map(self._transition, links))
        moved = [id_ for one in transitions if one[0] for id_ in self._moved[one]]
        return tuple(f"indicator/{id_}" for id_ in moved) or self._marked

    def _transition(self, link: Link) -> Transition:
        old, new = self._together.old.rulebook.indicator, self._together.new.rulebook.indicator
        one, other = old[link.old], new[link.new]
        changed = link.old != link.new or _decides(one) != _decides(other)
        return changed, tuple(self._together.pair_of([(link.id, mark)]) for mark in get_args(Mark))

    def _questions(self, answers: Answers) -> Iterator[str]:
        """Give the questions that are read otherwise where nothing is said."""
        old, new = self._together.old.rulebook.questions, self._together.new.rulebook.questions
        before = dict(zip(old, answers.old, strict=True))
        for id_, after in zip(new, answers.new, strict=True):
            if before.get(id_, after) != after:
                yield f"question/{id_}"


def _decides(indicator: Indicator) -> tuple[object, ...]:
    return indicator.level, indicator.basis, indicator.heading


def _entry(name: str) -> str:
    """Give the rule of a case of it."""
    return "/".join(name.split("/")[:2])


def _about_marks(name: str, *rulebooks: Rulebook) -> bool:
    return any(name == f"finding/{id_}" for rulebook in rulebooks for id_ in rulebook.found_by["indicator"])


def _rules_changed(old: Rulebook, new: Rulebook) -> tuple[str, ...]:
    """Give the rules that decide otherwise, came or went, and each kind of rules whose order is another."""
    before, after = _deciding(old), _deciding(new)
    names = [name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name)]
    here, there = ([name for name in one if name in other] for one, other in ((before, after), (after, before)))
    moved = [kind for kind in _ORDERED if _of(kind, here) != _of(kind, there)]
    return (*names, *(f"{kind}/order" for kind in moved))


def _of(kind: str, names: list[str]) -> list[str]:
    return [name for name in names if name.startswith(f"{kind}/")]


def _deciding(rulebook: Rulebook) -> Mapping[str, Any]:
    """Give what decides of each rule, by its kind and id."""
    return {
        **{f"finding/{one.id}": (one.about, one.when) for one in rulebook.findings},
        **{f"judgement/{one.id}": (one.level, one.when) for one in rulebook.judgements},
        **{f"route/{one.id}": one.when for one in rulebook.routes},
        **{f"urgency/{one.id}": one.when for one in rulebook.urgencies},
        **{f"action/{one.code}": [case.when for case in one.cases] for one in rulebook.actions},
    }

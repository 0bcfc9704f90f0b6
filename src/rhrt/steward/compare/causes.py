"""What is behind a difference: the signs, rules and questions that changed and bear on it.

Rules and things recorded are told apart by what the new rules make of what the old rulebook saw in the things
recorded. Where that is the old answer, those are behind the difference (a sign or a follow-up question that
changed, or a changed rule about one thing); where it is the new one, the other rules are. A rule that changed bears
on it where it holds in one of the two and not in the other, or where another case of it does.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import get_args

from rhrt.made_once import made_once
from rhrt.part import Part
from rhrt.reasoning.facts import Thing
from rhrt.reasoning.signs import AGE, Marks
from rhrt.reasoning.situations import Situations
from rhrt.rulebook.kinds import FOLLOW_UP_ANSWERS, Mark
from rhrt.rulebook.rules import rules_of
from rhrt.steward.compare.answers import Ruling
from rhrt.steward.compare.pair import Option, Pair, conditions_on
from rhrt.steward.compare.together import Answers, Together

Causes = tuple[str, ...]
"""The kinds and ids of what changed, such as `indicator/often-late`, in the order of the rulebook."""

Transition = tuple[bool, tuple[Pair | None, ...]]
"""Whether a thing changed, and what all that is said of it comes to: those that changed alike have the same."""

UNNAMED: Causes = ("several/changes",)
"""What is given where no single change bears on a difference."""

_ORDERED = ("route", "urgency", "action")
"""The kinds of rules whose order decides."""


class Changed:
    """What changed between two rulebooks of all that decides."""

    def __init__(self, together: Together) -> None:
        self._together = together
        self._rules = _rules_changed(together.old, together.new)
        about = {rule.name for side in (together.old, together.new) for rule, _ in side.rules["recorded"]}
        self._of_one_thing = tuple(sorted(about.intersection(self._rules)))
        self._transition = cache(self._transition_of)
        self.by_signs = cache(self._by_signs)
        silent = map(together.silent, together.asked)
        self._unsaid = tuple(one.id for one in silent if _default_told_apart(one, together.new))

    def by_rules(self, before: Ruling, after: Ruling, answers: Answers) -> Causes:
        """Give what changed of rules and questions, and bears on what two rulebooks make of the same signs."""
        differing = {_without_case(name) for name in before.rules ^ after.rules}
        named = [name for name in self._rules if name in differing]
        unsaid = (f"question/{id_}" for id_ in self._unsaid if id_ not in answers.said)
        return (*unsaid, *(named or (name for name in self._rules if name.endswith("/order"))))

    def _by_signs(self, recorded: Marks) -> Causes:
        """Give the things that changed among some recorded, each with all that changed as it did, and the rules."""
        things = [(self._transition(thing[0]), thing) for thing in recorded if thing[0] != AGE]
        moved = [name for one in dict.fromkeys(own for own, _ in things if own[0]) for name in self._moved[one]]
        age = self._together.age_of(recorded)
        unmoved = [thing for own, thing in things if not own[0]]
        rules = [name for name in self._of_one_thing if any(self._told_apart(name, one, age) for one in unmoved)]
        return (*moved, *rules, *self._left_unanswered(recorded)) or self._of_one_thing

    @made_once
    def _moved(self) -> Mapping[Transition, list[str]]:
        """The signs and follow-up questions that changed, those together that changed alike."""
        moved: dict[Transition, list[str]] = {}
        signs = dict.fromkeys(link.id for link in self._together.read_as.values())
        for kind, ids in (("indicator", signs), ("follow_up", self._together.follow_ups)):
            for id_ in ids:
                moved.setdefault(self._transition(id_), []).append(f"{kind}/{id_}")
        return moved

    def _transition_of(self, id_: str) -> Transition:
        changed, said = self._changed(id_)
        return changed, tuple(self._together.alone((id_, one), age) for age in self._together.ages for one in said)

    def _changed(self, id_: str) -> tuple[bool, Sequence[str]]:
        """Say whether a thing itself changed, and what can be said of it."""
        old, new = self._together.old.rulebook, self._together.new.rulebook
        if link := self._together.read_as.get(id_):
            one, other = old.indicator[link.old], new.indicator[link.new]
            return link.old != link.new or _other(one, other, "level", "basis", "heading"), get_args(Mark)
        if id_ in self._together.follow_ups:
            return _other(old.follow_up[id_], new.follow_up[id_], "if_yes", "if_not_known"), FOLLOW_UP_ANSWERS
        return False, ()

    def _told_apart(self, rule: str, thing: Thing, age: str | None) -> bool:
        """Say whether a rule about one thing holds for this one in one rulebook and not in the other."""
        sides = zip((self._together.old, self._together.new), self._together.read(*thing), strict=True)
        fired = [side.fired_by(own, age) if own else frozenset[str]() for side, own in sides]
        return rule in fired[0] ^ fired[1]

    def _left_unanswered(self, recorded: Marks) -> Iterator[str]:
        """Give the questions joined with all else that are read otherwise where nothing is said."""
        said, unasked = dict(recorded), self._together.unasked.items()
        differing = (id_ for id_, (silent, *_) in unasked if silent.old != silent.new)
        return (f"question/{id_}" for id_ in differing if id_ not in said)


def _default_told_apart(silent: Option, new: Situations) -> bool:
    """Say whether the new rulebook makes something else of the two defaults of a question."""
    if silent.old == silent.new or silent.old is None or silent.new is None:
        return False
    wanted = conditions_on(new, silent.id)
    signs = {new.signs_of(silent.id, own) for own in (silent.old, silent.new)} if silent.id in new.alone else set()
    return len(signs) > 1 or any((silent.old in one) != (silent.new in one) for one in wanted)


def _other(one: Part, other: Part, *fields: str) -> bool:
    return any(getattr(one, field) != getattr(other, field) for field in fields)


def _rules_changed(old: Situations, new: Situations) -> tuple[str, ...]:
    """Give the rules that decide otherwise, came or went, and each kind of rules whose order is another."""
    before, after = _deciding(old), _deciding(new)
    names = [name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name)]
    here, there = ([name for name in one if name in other] for one, other in ((before, after), (after, before)))
    moved = [kind for kind in _ORDERED if _of(kind, here) != _of(kind, there)]
    return (*names, *(f"{kind}/order" for kind in moved))


def _of(kind: str, names: list[str]) -> list[str]:
    return [name for name in names if name.startswith(f"{kind}/")]


def _deciding(situations: Situations) -> Mapping[str, list[object]]:
    """Give what decides of each rule, by its kind and id, of an action case by case."""
    found: dict[str, list[object]] = {}
    for rule in rules_of(situations.rulebook):
        if rule.about in ("recorded", "answers", "situation") and not rule.name.startswith("level/"):
            decides = rule.about, rule.when, situations.judged.get(rule.name)
            found.setdefault(_without_case(rule.name), []).append(decides)
    return found


def _without_case(name: str) -> str:
    """Name the rule of a step without its case."""
    return "/".join(name.split("/")[:2])

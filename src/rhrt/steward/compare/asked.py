"""The questions of two rulebooks, and what a record that both read can answer.

At the answer to some questions rules look alone: it is one of the things recorded. Where no rule of either rulebook
looks at it in any other way, it is joined with all else that is recorded. Where one does (say, one rulebook
looks at it alone and the other not), each answer is looked at apart, with what it comes to: see `Asked.heard`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from rhrt.reasoning.facts import Thing
from rhrt.reasoning.signs import NOTHING, Signs
from rhrt.reasoning.situations import Situations
from rhrt.rulebook.conditions import About
from rhrt.rulebook.model import Rulebook
from rhrt.steward.compare.pair import reason_levels, signs_of_all


class Option(NamedTuple):
    """One answer as a record gives it (`said` is None where it gives none), and as each rulebook reads it."""

    said: str | None
    old: str | None
    new: str | None


class Heard(NamedTuple):
    """What answers that are looked at apart come to in each rulebook, and the level at which each is a reason."""

    old: Signs = NOTHING
    new: Signs = NOTHING
    old_reasons: frozenset[tuple[str, int]] = frozenset()
    new_reasons: frozenset[tuple[str, int]] = frozenset()

    def joined(self, other: Heard) -> Heard:
        """Give what both together come to."""
        return Heard(
            self.old.joined(other.old),
            self.new.joined(other.new),
            self.old_reasons | other.old_reasons,
            self.new_reasons | other.new_reasons,
        )


class Asked(NamedTuple):
    """One question of either rulebook: the options of each kind. Where nothing is said stands first.

    `heard` gives for each kind what the answer comes to on its own, by the age of the child.
    """

    id: str
    kinds: tuple[tuple[Option, ...], ...]
    heard: tuple[Mapping[str | None, Heard], ...]


def joined_with_all(old: Situations, new: Situations) -> tuple[str, ...]:
    """Give each question at whose answer rules of either rulebook look, and alone wherever they do."""
    judged = {
        judgement.id
        for side in (old, new)
        for judgement in side.rulebook.judgements
        if judgement.about == "answers"
    }
    return tuple(
        id_
        for id_ in _ids(old, new)
        if id_ in old.told_alone | new.told_alone
        and id_ not in judged  # else two reasons could have one id
        and not (conditions_on(old, id_) or conditions_on(new, id_))
    )


def asked(old: Situations, new: Situations, ages: Sequence[str | None]) -> Iterator[Asked]:
    """Give each other question of either rulebook with the kinds of its options."""
    for id_ in _ids(old, new):
        if id_ in joined_with_all(old, new):
            continue
        looked = conditions_on(old, id_), conditions_on(new, id_)
        kinds: dict[tuple[object, ...], list[Option]] = {}
        heard: list[Mapping[str | None, Heard]] = []
        for option in options(old.rulebook, new.rulebook, id_):
            seen = [value in wanted for value, sets in zip(option[1:], looked, strict=True) for wanted in sets]
            own = {age: _heard(old, new, id_, option, age) for age in ages}
            kind = (*seen, *own.values())
            if kind not in kinds:
                heard.append(own)
            kinds.setdefault(kind, []).append(option)
        yield Asked(id_, tuple(map(tuple, kinds.values())), tuple(heard))


def options(old: Rulebook, new: Rulebook, id_: str) -> Iterator[Option]:
    """Give what a record that both read may answer: nothing first, then what both know and is not the same."""
    before, after = old.field.get(id_), new.field.get(id_)
    silent = Option(None, before.values[0] if before else None, after.values[0] if after else None)
    yield silent
    for value in before.values if before else ():
        if after and value in after.values and not value == silent.old == silent.new:
            yield Option(value, value, value)


def _ids(old: Situations, new: Situations) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*old.rulebook.questions, *new.rulebook.questions)))


def _heard(old: Situations, new: Situations, id_: str, option: Option, age: str | None) -> Heard:
    before: list[Thing] = [(id_, option.old)] if id_ in old.told_alone and option.old else []
    after: list[Thing] = [(id_, option.new)] if id_ in new.told_alone and option.new else []
    return Heard(
        signs_of_all(old, before, age),
        signs_of_all(new, after, age),
        frozenset(reason_levels(old, before, age).items()),
        frozenset(reason_levels(new, after, age).items()),
    )


def conditions_on(situations: Situations, question: str) -> list[Collection[str | int]]:
    """Give what each condition on a question wants, of the rules that say what to do."""
    abouts: tuple[About, ...] = ("answers", "situation")
    return [
        wanted
        for about in abouts
        for _, when in situations.rules[about]
        for conditions in when
        for name, wanted in conditions
        if name == question
    ]


def kind_of(asked: Asked, said: str | None) -> int | None:
    """Give the kind of an answer as a record gives it. To write what is read anyway says nothing."""
    for place, kind in enumerate(asked.kinds):
        if option_of(kind, said):
            return place
    return None


def option_of(among: Sequence[Option], said: str | None) -> Option | None:
    """Give the option that an answer is, as a record gives it, or None where it is none of them."""
    for option in among:
        if option.said == said or (option.said is None and said == option.old == option.new):
            return option
    return None

"""The questions of two rulebooks, and what a record that both read can answer."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from rhrt.rulebook.conditions import About
from rhrt.rulebook.model import Rulebook
from rhrt.rulebook.situations import Situations


class Option(NamedTuple):
    """One answer as a record gives it (`said` is None where it gives none), and as each rulebook reads it."""

    said: str | None
    old: str | None
    new: str | None


class Asked(NamedTuple):
    """One question of either rulebook: the options of each kind. Where nothing is said stands first."""

    id: str
    kinds: tuple[tuple[Option, ...], ...]


def asked(old: Situations, new: Situations) -> Iterator[Asked]:
    """Give each question of either rulebook with the kinds of its options."""
    for id_ in dict.fromkeys((*old.rulebook.questions, *new.rulebook.questions)):
        looked = _conditions_on(old, id_), _conditions_on(new, id_)
        kinds: dict[tuple[bool, ...], list[Option]] = {}
        for option in _options(old.rulebook, new.rulebook, id_):
            seen = [value in wanted for value, sets in zip(option[1:], looked, strict=True) for wanted in sets]
            kinds.setdefault(tuple(seen), []).append(option)
        yield Asked(id_, tuple(map(tuple, kinds.values())))


def _options(old: Rulebook, new: Rulebook, id_: str) -> Iterator[Option]:
    """Give what a record that both read may answer: nothing first, then what both know and is not the same."""
    before, after = old.field.get(id_), new.field.get(id_)
    silent = Option(None, before.values[0] if before else None, after.values[0] if after else None)
    yield silent
    for value in before.values if before else ():
        if after and value in after.values and not value == silent.old == silent.new:
            yield Option(value, value, value)


def _conditions_on(situations: Situations, question: str) -> list[Collection[str | int]]:
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
    for place, options in enumerate(asked.kinds):
        for option in options:
            if option.said == said or (option.said is None and said == option.old == option.new):
                return place
    return None

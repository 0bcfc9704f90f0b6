"""An answer in the terms of a comparison, and what differs between two."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rhrt.reasoning.facts import Thing
from rhrt.reasoning.signs import Signs
from rhrt.reasoning.situations import Situation, Situations
from rhrt.reasoning.whole import lacking
from rhrt.rulebook.conditions import NO_ROUTE
from rhrt.rulebook.kinds import HARM, YES
from rhrt.steward.compare.content import WORDS
from rhrt.steward.compare.pair import is_named, reason_levels
from rhrt.steward.kept import Words, words_of


class Decision(NamedTuple):
    """What is compared of an answer. Level 0 is no level; `steps` are codes, in order."""

    level: int
    route: str | None
    urgency: str
    harm: bool
    steps: tuple[str, ...]

    @property
    def lacks(self) -> tuple[str, ...]:
        """Name what it lacks. Where it lacks anything nobody is shown it, for half an answer is none."""
        return lacking(self.level, self.route, self.urgency, self.steps)


class Differs(NamedTuple):
    """What differs between two answers: pairs of old and new, None where they are the same.

    `added` and `removed` are codes of steps; `reordered`: the steps that both have stand in another order;
    `reasons`: the level is the same, but not the ids of its reasons. `lacks`: only one rulebook gives an
    answer, and what the other lacks for one; nothing else of the two is then compared.
    """

    level: tuple[int, int] | None = None
    route: tuple[str | None, str | None] | None = None
    urgency: tuple[str, str] | None = None
    harm: tuple[bool, bool] | None = None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reordered: bool = False
    reasons: bool = False
    lacks: tuple[tuple[str, ...], tuple[str, ...]] | None = None


UNCHANGED = Differs()


class Ruling(NamedTuple):
    """What a rulebook makes of a situation: the answer, and what its reasons follow from.

    `judged` holds the ids of the judgements of all answers that set the level. `named` is what the answer names,
    each with what has its words: nothing where nobody is shown it. `rules` are the names of all rules that hold.
    """

    answer: Decision
    judged: frozenset[str]
    named: Mapping[str, str]
    rules: frozenset[str]

    @property
    def shown(self) -> Decision | None:
        """Give the answer where it is whole; None where nobody is shown it."""
        return self.answer if self.named else None


def differs(old: Decision, new: Decision, same_reasons: bool) -> Differs:
    """Say what differs between two answers. Where neither is whole nobody is shown either, so nothing does."""
    if old.lacks or new.lacks:
        return UNCHANGED if old.lacks and new.lacks else Differs(lacks=(old.lacks, new.lacks))
    added = tuple([code for code in new.steps if code not in old.steps])
    removed = tuple([code for code in old.steps if code not in new.steps])
    both = [[code for code in one.steps if code not in (*added, *removed)] for one in (old, new)]
    return Differs(
        (old.level, new.level) if old.level != new.level else None,
        (old.route, new.route) if old.route != new.route else None,
        (old.urgency, new.urgency) if old.urgency != new.urgency else None,
        (old.harm, new.harm) if old.harm != new.harm else None,
        added,
        removed,
        both[0] != both[1],
        old.level == new.level and not same_reasons,
    )


Lines = tuple[str, ...]
"""The words of one thing in an answer, as a person reads them."""


def lines(words: Words, name: str) -> Lines:
    """Give the words of a level, route, urgency, or case of a step, with whom it says to ring."""
    own = words[name]
    said = [form.format(own[field]) for field, form in WORDS["lines"].items() if field in own]
    ring = words.get(f"contact/{own.get('contact')}", {})
    other = words.get(f"contact/{ring.get('otherwise')}", {})
    return (*said, *(f"{how} {_number(one)}" for how, one in (("Ring", ring), ("Or", other)) if one))


def _number(contact: Mapping[str, str]) -> str:
    return f"{contact.get('name', '')}: {contact.get('number', 'no number')} ({contact.get('hours', '')})"


class Rulings:
    """One of the two rulebooks: what it makes of each situation, worked out once."""

    def __init__(self, situations: Situations) -> None:
        self.situations = situations
        self.words = words_of(situations.rulebook)
        self.lines = {name: lines(self.words, name) for name in self.words}
        self._first: dict[tuple[object, ...], Signs] = {}
        self._made: dict[tuple[object, ...], Ruling] = {}

    def of(self, signs: Signs, answers: tuple[str, ...]) -> Ruling:
        """Give what the rulebook makes of a situation."""
        # All that a ruling says follows from these: one sign can establish harm, and no rule here say so.
        decided = HARM in signs.findings, *self.situations.decided(signs, answers)
        if decided not in self._made:
            self._made[decided] = self._ruling(self.situations.situation(signs, answers))
        return self._made[decided]

    def _ruling(self, situation: Situation) -> Ruling:
        level, route, urgency = situation.level, str(situation.fact["route"]), str(situation.fact["urgency"])
        harm, steps = situation.fact.get(HARM) == YES, tuple(situation.steps)
        answer = Decision(level, None if route == NO_ROUTE else route, urgency, harm, steps)
        judged = self.situations.judged
        setting = [name.removeprefix("judgement/") for name in situation.rules if judged.get(name) == level > 0]
        rules = (f"level/{level}", f"route/{answer.route}", f"urgency/{urgency}")
        named = {name: name for name in rules if name in self.words}
        named |= {f"action/{code}": rule for code, rule in situation.steps.items()}
        return Ruling(answer, frozenset(setting), {} if answer.lacks else named, frozenset(situation.rules))

    def like(self, signs: Signs) -> Signs:
        """Give what stands for signs: no rule of this rulebook tells the two apart."""
        return self._first.setdefault(self.situations.seen_of(signs), signs)

    def reasons(self, own: Ruling, things: Iterable[Thing], age: str | None) -> tuple[str, ...]:
        """Give the ids of the reasons for a ruling on these things at an age: answers first, then indicators."""
        if own.shown is None:
            return ()
        levels = reason_levels(self.situations, things, age)
        named = {id_ for id_, level in levels.items() if is_named(level, own.answer.level)} | own.judged
        order = self.situations.rulebook.position
        return (*sorted(named - order.keys()), *sorted(named & order.keys(), key=order.__getitem__))

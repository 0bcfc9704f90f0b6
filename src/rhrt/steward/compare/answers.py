"""An answer in the terms of a comparison, and what differs between two."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from rhrt.reasoning.facts import Thing
from rhrt.reasoning.signs import Signs
from rhrt.reasoning.situations import Situation, Situations
from rhrt.reasoning.whole import lacking
from rhrt.rulebook.conditions import NO_ROUTE
from rhrt.rulebook.kinds import HARM, YES, Action, Case
from rhrt.rulebook.model import Contact, Rulebook
from rhrt.steward.compare.pair import is_named, reason_levels


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

    `judged` holds the ids of the judgements of all answers that set the level.
    `cases` gives each step by its code, with the rule behind it. `rules` are the names of all rules that hold.
    """

    answer: Decision
    judged: frozenset[str]
    cases: tuple[tuple[str, str], ...]
    rules: frozenset[str]

    @property
    def shown(self) -> Decision | None:
        """Give the answer where it is whole; None where nobody is shown it."""
        return None if self.answer.lacks else self.answer


def ruling(situation: Situation, judged: Mapping[str, int]) -> Ruling:
    """Give what a rulebook makes of a situation; `judged` is the level of each of its judgements, by rule."""
    fact = situation.fact
    level, route = int(fact["level"]), str(fact["route"])
    harm = fact.get(HARM) == YES
    answer = Decision(
        level, None if route == NO_ROUTE else route, str(fact["urgency"]), harm, tuple(situation.steps)
    )
    setting = [name.removeprefix("judgement/") for name in situation.rules if judged.get(name) == level > 0]
    return Ruling(answer, frozenset(setting), tuple(situation.steps.items()), frozenset(situation.rules))


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


def words(rulebook: Rulebook) -> dict[str, Lines]:
    """Give the words of all that an answer can name: by `level/N`, `route/ID`, `urgency/ID`, `action/CODE/CASE`."""
    shown: dict[str, Lines] = {f"level/{one.level}": (one.name,) for one in rulebook.levels}
    shown |= {f"route/{one.id}": (one.name,) for one in rulebook.routes}
    shown |= {f"urgency/{one.id}": (one.name,) for one in rulebook.urgencies}
    return shown | {rule: tuple(_step(rulebook, action, case)) for rule, action, case in _cases(rulebook)}


def contacts(rulebook: Rulebook) -> dict[str, str | None]:
    """Give whom each case of a step says to ring, by the name of its rule."""
    return {rule: case.contact for rule, _, case in _cases(rulebook)}


def _cases(rulebook: Rulebook) -> Iterator[tuple[str, Action, Case]]:
    for action in rulebook.actions:
        yield from ((f"action/{action.code}/{number}", action, case) for number, case in enumerate(action.cases, 1))


def named(ruling: Ruling) -> dict[str, str]:
    """Give what an answer names, each with the rule that has its words: nothing where nobody is shown it."""
    if ruling.shown is None:
        return {}
    answer = ruling.answer
    rules = [f"level/{answer.level}"] if answer.level else []
    rules += [f"route/{answer.route}"] if answer.route else []
    rules += [f"urgency/{answer.urgency}"] if answer.urgency else []
    return {rule: rule for rule in rules} | {f"action/{code}": rule for code, rule in ruling.cases}


def _step(rulebook: Rulebook, action: Action, case: Case) -> Iterator[str]:
    yield case.text
    yield f"Who: {action.who}"
    if case.by_when:
        yield f"When: {case.by_when}"
    if contact := rulebook.contact.get(case.contact or ""):
        yield f"Ring {_number(contact)}"
        if other := rulebook.contact.get(contact.otherwise or ""):
            yield f"Or {_number(other)}"


def _number(contact: Contact) -> str:
    return f"{contact.name}: {contact.number or 'no number'} ({contact.hours})"


class Rulings:
    """One of the two rulebooks: what it makes of each situation, worked out once."""

    def __init__(self, situations: Situations) -> None:
        self.situations = situations
        self.words = words(situations.rulebook)
        self.contacts = contacts(situations.rulebook)
        self._judged = {f"judgement/{one.id}": one.level for one in situations.rulebook.judgements}
        self._like: dict[Signs, Signs] = {}
        self._first: dict[tuple[object, ...], Signs] = {}
        self._known: dict[tuple[Signs, tuple[str, ...]], Ruling] = {}
        self._made: dict[tuple[object, ...], Ruling] = {}

    def of(self, signs: Signs, answers: tuple[str, ...]) -> Ruling:
        """Give what the rulebook makes of a situation; `signs` as `like` gives them."""
        key = signs, answers
        known = self._known.get(key)
        if known is None:
            # All that a ruling says follows from these: one sign can establish harm, and no rule here say so.
            made = HARM in signs.findings, *self.situations.decided(signs, answers)
            known = self._made.get(made)
            if known is None:
                known = self._made[made] = ruling(self.situations.situation(signs, answers), self._judged)
            self._known[key] = known
        return known

    def like(self, signs: Signs) -> Signs:
        """Give what stands for signs: no rule of this rulebook tells the two apart."""
        if signs not in self._like:
            self._like[signs] = self._first.setdefault(self.situations.seen_of(signs), signs)
        return self._like[signs]

    def reasons(self, own: Ruling, things: Iterable[Thing], age: str | None) -> tuple[str, ...]:
        """Give the ids of the reasons for a ruling on these things at an age: answers first, then indicators."""
        if own.shown is None:
            return ()
        levels = reason_levels(self.situations, things, age)
        named = {id_ for id_, level in levels.items() if is_named(level, own.answer.level)} | own.judged
        order = self.situations.rulebook.position
        return (*sorted(named - order.keys()), *sorted(named & order.keys(), key=order.__getitem__))

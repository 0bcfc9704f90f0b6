"""Slips in conditions: of findings, judgements, routes, urgencies, actions, prompts and what follows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from rhrt.files import Location
from rhrt.rulebook.conditions import About, Vocabulary, vocabulary
from rhrt.rulebook.kinds import NO, NOT_KNOWN, YES
from rhrt.rulebook.model import Rulebook
from rhrt.steward.folder import RulebookFolder
from tests.mutation.kinds import Slip, entries, slip, without
from tests.mutation.mutant import GONE, Edit

_LISTS: tuple[tuple[str, About], ...] = (
    ("routes", "situation"),
    ("urgencies", "situation"),
    ("prompts", "prompt"),
    ("afterwards", "afterwards"),
)


_OWN_ABOUT = ("findings", "judgements")
"""The rules that say themselves which kind of fact they look at."""


class _Condition(NamedTuple):
    """One condition: where it stands, what it wants of its field, and what the field can be."""

    place: str
    file: str
    location: Location
    wanted: Any
    known: tuple[str, ...] | range

    def to(self, wanted: Any) -> Slip:
        """Give the slip by which it wants something else."""
        what = f"{said(self.wanted)} becomes {said(wanted)}"
        return slip(self.place, what, Edit(self.file, self.location, wanted))


def said(wanted: Any) -> str:
    """Say what a condition wants, shortly."""
    if isinstance(wanted, dict):
        return f"{wanted['at_least']} to {wanted.get('at_most') or 'the highest'}"
    return " or ".join(wanted) if isinstance(wanted, list) else str(wanted)


def drop_condition(folder: RulebookFolder) -> Iterator[Slip]:
    """Leave out one condition of a line."""
    for one in _conditions(folder):
        yield slip(one.place, f"no longer {said(one.wanted)}", Edit(one.file, one.location, GONE))


def change_value(folder: RulebookFolder) -> Iterator[Slip]:
    """Ask for another word, or for the level above or below."""
    for one in _conditions(folder):
        if isinstance(one.wanted, str):
            known = list(one.known)
            yield one.to(known[(known.index(one.wanted) + 1) % len(known)])
        elif isinstance(one.wanted, int):
            yield from (one.to(level) for level in (one.wanted - 1, one.wanted + 1) if level in one.known)


def change_bound(folder: RulebookFolder) -> Iterator[Slip]:
    """Move the lower or the upper bound of a level by one."""
    for one in _conditions(folder):
        if not isinstance(one.wanted, dict):
            continue
        for bound in one.wanted:
            for moved in (one.wanted[bound] - 1, one.wanted[bound] + 1):
                wanted = {**one.wanted, bound: moved}
                if moved in one.known and wanted["at_least"] <= wanted.get("at_most", moved):
                    yield one.to(wanted)


def add_value(folder: RulebookFolder) -> Iterator[Slip]:
    """Let one more word be enough."""
    for one in _conditions(folder):
        own = [one.wanted] if isinstance(one.wanted, str) else one.wanted
        if isinstance(own, list):
            more = [word for word in one.known if word not in own]
            if len(more) > 1:  # with one left, the condition would be as good as dropped
                yield one.to([*own, more[0]])


def remove_value(folder: RulebookFolder) -> Iterator[Slip]:
    """Take away one of the words that are enough."""
    for one in _conditions(folder):
        if isinstance(one.wanted, list) and len(one.wanted) > 1:
            for place in range(len(one.wanted)):
                yield one.to(without(one.wanted, place))


def exchange_value(folder: RulebookFolder) -> Iterator[Slip]:
    """Let another word be enough in the place of one of several: another sign, age, question or answer."""
    for one in _conditions(folder):
        if isinstance(one.wanted, list):
            known = list(one.known)
            for place, word in enumerate(one.wanted):
                after = known[known.index(word) + 1 :] + known[: known.index(word)]
                if other := next((each for each in after if each not in one.wanted), None):
                    yield one.to([*one.wanted[:place], other, *one.wanted[place + 1 :]])


def answer_becomes_no(folder: RulebookFolder) -> Iterator[Slip]:
    """Read yes as no, or what is not known as no."""
    for one in _conditions(folder):
        words = [one.wanted] if isinstance(one.wanted, str) else one.wanted
        if not isinstance(words, list) or NO in words or NO not in one.known:
            continue
        for word in (YES, NOT_KNOWN):
            if word in words:
                changed = [NO if own == word else own for own in words]
                yield one.to(changed if len(changed) > 1 else changed[0])


def negate(folder: RulebookFolder) -> Iterator[Slip]:
    """Ask for every word but those that were asked for."""
    for one in _conditions(folder):
        own = [one.wanted] if isinstance(one.wanted, str) else one.wanted
        if isinstance(own, list) and (others := [word for word in one.known if word not in own]):
            yield one.to(others if len(others) > 1 else others[0])


def drop_alternative(folder: RulebookFolder) -> Iterator[Slip]:
    """Leave out one line of several."""
    for name in (*_OWN_ABOUT, *(name for name, _ in _LISTS)):
        for place, file, location, entry in entries(folder, name):
            if len(entry["when"]) > 1:
                for line in range(len(entry["when"])):
                    at = (*location, "when", line)
                    yield slip(f"{place}/{line + 1}", "line left out", Edit(file, at, GONE))


def _about(entry: dict[str, Any]) -> About:
    """Give the kind of fact that a rule says it looks at: all answers, where it does not say."""
    return "answers" if entry.get("about", "answers") == "answers" else "recorded"


def _conditions(folder: RulebookFolder) -> Iterator[_Condition]:
    for place, file, location, wanted, known in _lines(folder):
        for field, value in wanted.items():
            yield _Condition(f"{place}/{field}", file, (*location, field), value, known[field])


def _lines(folder: RulebookFolder) -> Iterator[tuple[str, str, Location, dict[str, Any], Vocabulary]]:
    """Give each line of conditions, with where it stands and the words that it can use."""
    rulebook: Rulebook = folder.rulebook
    lists = [(place, vocabulary(rulebook, about)) for name, about in _LISTS for place in entries(folder, name)]
    for name in _OWN_ABOUT:
        lists += [(place, vocabulary(rulebook, _about(place[3]))) for place in entries(folder, name)]
    for (place, file, location, entry), known in lists:
        for line, conditions in enumerate(entry["when"]):
            yield f"{place}/{line + 1}", file, (*location, "when", line), conditions, known
    known = vocabulary(rulebook, "situation")
    for place, file, location, entry in entries(folder, "actions"):
        for number, case in enumerate(entry["cases"]):
            yield f"{place}/{number + 1}", file, (*location, "cases", number, "when"), case["when"], known

"""Two rulebooks compared, for the people who decide: what changed, whose answer changes, and what does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import yaml

from rhrt.engine.compare import Comparison, Tried
from rhrt.faults import one_of
from rhrt.present.report import Block, Held, Points, Section, Table
from rhrt.rulebook.compare.answers import UNCHANGED, Answer, Differs
from rhrt.rulebook.compare.content import Change
from rhrt.rulebook.compare.difference import NOTHING_PROVEN, Difference, Group
from rhrt.rulebook.compare.look import OtherWords
from rhrt.rulebook.compare.words import part_name
from rhrt.rulebook.model import Rulebook

MOST_NAMED = 12
"""How many marks, at the most, are named one by one."""

_NAMED = {"level": "Level", "route": "Route", "urgency": "How soon:", "action": "Step"}
_MARKED = {"present": "present", "absent": "absent", "not-known": "not known"}


def report(found: Comparison, most: int | None = None) -> tuple[Section, ...]:
    """Say what a comparison found, a summary first; of things alike no more than `most` are told one by one."""
    return (
        Section(f"{found.new.title}: two rulebooks compared", tuple(_compared(found)), 1),
        Section("In short", tuple(_summary(found))),
        *_whose(found, most),
        *_other_words(found.difference.words, most),
        *_only(found, most),
        Section("Beside the answer", (Points(tuple(_beside(found))),)),
        *_cases(found, most),
        *_contents(found.changes, most),
        Section("How this was found out", _HOW),
    )


_HOW = (
    "A situation is what the signs of a record come to, with an answer to every question. There are finitely many, "
    "and each was looked at in both rulebooks. So what is said here of answers holds for every record that both "
    "can read, and not for examples alone.",
    "The answer is the level, the route, how soon, whether significant harm is in question, the steps in their "
    "order, and which reasons are named. Words are compared apart from it.",
)


def _compared(found: Comparison) -> Iterator[Block]:
    rows = [
        (which, one.id, one.edition, one.sha256[:12]) for which, one in (("Old", found.old), ("New", found.new))
    ]
    yield Table(("", "Rulebook", "Edition", "Hash"), tuple(rows))


def _summary(found: Comparison) -> Iterator[Block]:
    heeded = [change for change in found.changes if change.heed]
    points = [_counted(found.changes), *map(_in_one_line, heeded[:MOST_NAMED])]
    if len(heeded) > MOST_NAMED:
        points.append(f"And {len(heeded) - MOST_NAMED} more of this weight: see below.")
    points.append(_answers_change(found.difference))
    if found.difference.words:
        points.append(
            f"{_some(len(found.difference.words), 'step or name is', 'steps or names are')} in other words."
        )
    for which in ("old", "new"):
        count = sum(one.which == which for one in found.only)
        if count:
            points.append(f"{_some(count, 'thing', 'things')} can only be recorded in the {which} one.")
    points += _unchanged(found.difference, found.old)
    if found.tried:
        count = sum(_is_other(one) for one in found.tried)
        points.append(f"{_some(count, 'worked case', 'worked cases')} of {len(found.tried)} came out otherwise.")
    yield Points(tuple(points))


def _counted(changes: tuple[Change, ...]) -> str:
    if not changes:
        return "Nothing in the rulebook changed."
    counts = Counter(change.part for change in changes)
    parts = ", ".join(f"{part_name(part)} ({count})" for part, count in counts.items())
    return f"{_some(len(changes), 'thing', 'things')} in the rulebook changed: {parts}."


def _answers_change(found: Difference) -> str:
    if found.not_proven:
        return f"Whose answer changes is not proven. {found.not_proven} Nothing is called unchanged."
    if not found.groups:
        return f"No answer changes, in any of the {found.situations:,} situations that both can meet."
    ways = _some(len(found.groups), "way", "ways")
    return f"The answer changes in {found.changed:,} of {found.situations:,} situations, in {ways}."


def _unchanged(found: Difference, old: Rulebook) -> Iterator[str]:
    """Say what is proven unchanged, where something changes."""
    if found.not_proven or not found.groups:
        return
    own = found.unchanged
    if own.unless_marked and len(own.unless_marked) <= MOST_NAMED:
        marks = one_of([f"{id_} as {_MARKED[mark]}" for id_, mark in own.unless_marked])
        yield f"Unchanged: every record that does not mark {marks}."
    if own.levels:
        levels = one_of([_level(level, old) for level in own.levels])
        yield f"Unchanged: every record to which the old rulebook gives {levels}."
    for question, answers in own.answers.items():
        said = one_of([answer or "nothing" for answer in answers])
        yield f"Unchanged: every record that answers {question} with {said}{_unsaid(found, question, answers)}."
    if own == NOTHING_PROVEN:
        yield "There is no simple kind of record of which it is proven that nothing changes."


def _unsaid(found: Difference, question: str, answers: tuple[str | None, ...]) -> str:
    """Say that the default counts as an answer, where it is one of those that are named as nothing."""
    if None not in answers:
        return ""
    asked = next(asked for asked in found.together.asked if asked.id == question)
    silent = next(option for kind in asked.kinds for option in kind if option.said is None)
    return f" (which is to say {silent.old})" if silent.old == silent.new and silent.old else ""


def _whose(found: Comparison, most: int | None) -> Iterator[Section]:
    groups = found.difference.groups
    if not groups:
        return
    yield Section("Whose answer changes", ("Each way in which answers differ, the gravest first.",))
    for group in groups[:most]:
        yield Section(". ".join(in_words(group.differs)), tuple(_group(group, found)), 3)
    yield from _more(len(groups), most)


def _group(group: Group, found: Comparison) -> Iterator[Block]:
    levels = one_of([_level(level, found.old) for level in group.levels])
    yield f"In {group.situations:,} situations. The old rulebook gives them {levels}. The smallest record:"
    yield Held(_written(group.example.record))
    example = group.example
    rows = (
        ("Old", *_answer(example.old, found.old), ", ".join(example.old_reasons) or "none"),
        ("New", *_answer(example.new, found.new), ", ".join(example.new_reasons) or "none"),
    )
    yield Table(("", "Level", "Route", "How soon", "Steps", "Reasons"), rows)


def _answer(answer: Answer, rulebook: Rulebook) -> tuple[str, ...]:
    steps = ", ".join(answer.steps) or "none"
    return _level(answer.level, rulebook), answer.route or "none", answer.urgency, steps


def in_words(own: Differs) -> list[str]:
    """Say what differs between two answers."""
    said = []
    if own.level:
        said.append(f"{_number(own.level[0])} becomes {_number(own.level[1])}".capitalize())
    if own.route:
        said.append(f"Route {own.route[0] or 'none'} becomes {own.route[1] or 'none'}")
    if own.urgency:
        said.append(f"How soon: {own.urgency[0]} becomes {own.urgency[1]}")
    if own.harm:
        said.append(f"Significant harm is {'now' if own.harm[1] else 'no longer'} in question")
    if own.added:
        said.append(f"New {'step' if len(own.added) == 1 else 'steps'}: {', '.join(own.added)}")
    if own.removed:
        said.append(f"No longer a step: {', '.join(own.removed)}")
    if own.reordered:
        said.append("The steps stand in another order")
    if own.reasons:
        said.append("Other reasons are named")
    return said


def _number(level: int) -> str:
    return f"Level {level}" if level else "no level"


def _level(level: int, rulebook: Rulebook) -> str:
    return f"Level {level} ({rulebook.level[level].name})" if level else "no level"


def _written(record: dict[str, Any]) -> str:
    written: str = yaml.safe_dump(record, default_flow_style=None, sort_keys=False, allow_unicode=True, width=72)
    return written


def _other_words(words: tuple[OtherWords, ...], most: int | None) -> Iterator[Section]:
    if words:
        yield Section("The same, in other words", ("These stand in both answers, and read differently.",))
    for one in words[:most]:
        gone, come = (tuple(said for said in own if said not in other) for own, other in (one[3:], one[:2:-1]))
        points = (*(f"Before: {said}" for said in gone), *(f"Now: {said}" for said in come))
        kind, _, id_ = one.named.partition("/")
        yield Section(f"{_NAMED[kind]} {id_}", (f"In {one.situations:,} situations.", Points(points)), 3)
    yield from _more(len(words), most)


def _only(found: Comparison, most: int | None) -> Iterator[Section]:
    rows = []
    for one in found.only:
        rulebook = found.old if one.which == "old" else found.new
        given = "It never sets an answer"
        if one.answer:
            given = (
                f"{_level(one.answer.level, rulebook)}; route {one.answer.route or 'none'}; {one.answer.urgency}"
            )
        rows.append((one.id, one.kind, f"the {one.which} one", given))
    if rows:
        head = ("What", "Kind", "Can only be recorded in", "What it gives on its own")
        yield Section("What only one of them can read in a record", (Table(head, tuple(rows[:most])),))
        yield from _more(len(rows), most)


def _beside(found: Comparison) -> Iterator[str]:
    for what, may_change in (
        ("The prompts to think again", found.prompts_may_change),
        ("What happens afterwards", found.afterwards_may_change),
    ):
        if may_change:
            yield f"{what}: may change. A rule behind it changed, or something that a rule looks at."
        else:
            yield f"{what}: unchanged for every record. No rule behind it changed, nor what those rules look at."


def _cases(found: Comparison, most: int | None) -> Iterator[Section]:
    if not found.tried:
        return
    other = sorted(filter(_is_other, found.tried), key=lambda one: one.fault is not None)
    blocks: list[Block] = [f"{len(found.tried)} were tried with both rulebooks, changes to them included."]
    if other:
        rows = tuple((f"{one.file}: {one.title}", *_came_out(one, found)) for one in other[:most])
        blocks.append(Table(("Case", "Old", "New", "What differs"), rows))
    else:
        blocks.append("All came out the same.")
    yield Section("Worked cases", tuple(blocks))
    yield from _more(len(other), most)


def _is_other(one: Tried) -> bool:
    return one.differs != UNCHANGED or one.fault is not None


def _came_out(one: Tried, found: Comparison) -> tuple[str, str, str]:
    old, new = (
        _level(given.answer.level, rulebook) if given else "cannot be read"
        for given, rulebook in ((one.old, found.old), (one.new, found.new))
    )
    return old, new, one.fault or ". ".join(in_words(one.differs))


def _contents(changes: tuple[Change, ...], most: int | None) -> Iterator[Section]:
    if not changes:
        return
    parts = dict.fromkeys(change.part for change in changes)
    yield Section("What changed in the rulebook", (_counted(changes),))
    for part in parts:
        own = [change for change in changes if change.part == part]
        rows = tuple(
            (
                f"{change.entry}: {change.what}" if change.entry else change.what,
                change.called,
                change.old or "",
                change.new or "",
            )
            for change in own
        )
        yield Section(part_name(part), (Table(("What", "Known as", "Before", "Now"), rows[:most]),), 3)
        yield from _more(len(rows), most)


def _in_one_line(change: Change) -> str:
    known = f" ({change.called})" if change.called else ""
    said = f"{part_name(change.part)}, {change.entry}{known}: {change.what}"
    if change.old is not None and change.new is not None:
        return f"{said}, from {change.old} to {change.new}."
    return f"{said}."


def _more(count: int, most: int | None) -> Iterator[Section]:
    if most is not None and count > most:
        yield Section(f"And {count - most} more: see --format markdown", (), 3)


def _some(count: int, one: str, several: str) -> str:
    return f"{count:,} {one if count == 1 else several}"

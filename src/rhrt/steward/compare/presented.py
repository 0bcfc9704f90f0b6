"""Two rulebooks compared, for the people who decide: what changed, whose answer changes, and what does not."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import yaml

from rhrt.faults import one_of
from rhrt.reasoning.facts import Thing
from rhrt.rulebook.conditions import JUDGEMENT, level_of_word
from rhrt.rulebook.model import Rulebook
from rhrt.steward.compare.answers import UNCHANGED, Decision, Differs
from rhrt.steward.compare.cases import Tried
from rhrt.steward.compare.causes import Causes
from rhrt.steward.compare.compare import Comparison, OnlyIn
from rhrt.steward.compare.content import REWORDED, RINGS, WORDS, Amendment, part_name
from rhrt.steward.compare.effect import NOTHING_PROVEN, Effect, Group, OtherWords, Rings
from rhrt.steward.report import Block, Held, Points, Section, Table

T = TypeVar("T")
K = TypeVar("K")

MOST_NAMED = 12
"""How many marks, at the most, are named one by one."""

MOST_LINES = 3
"""How many things of one kind, at the most, are said in a line each."""

SHORT = 24
"""How many letters two values may have together to stand in a list."""

NO_ANSWER = "no answer"
"""What a rulebook gives where its answer would not be whole."""


def report(found: Comparison, most: int | None = None) -> tuple[Section, ...]:
    """Say what a comparison found, a summary first; of things alike no more than `most` are told one by one."""
    return (
        Section(f"{found.new.title}: two rulebooks compared", (_compared(found),), 1),
        Section("In short", (Points(tuple(_summary(found))),)),
        *_whose(found, most),
        *_other_words(found.effect.words, most),
        *_only(found, most),
        Section("Beside the answer", (Points(tuple(_beside(found))),)),
        *_cases(found, most),
        *_contents(found.changes, most),
        Section("How this was found out", tuple(WORDS["how"])),
    )


def _compared(found: Comparison) -> Table:
    both = ("Old", found.old), ("New", found.new)
    rows = tuple((which, one.id, one.edition, one.sha256[:12]) for which, one in both)
    return Table(("", "Rulebook", "Edition", "Hash"), rows)


def _summary(found: Comparison) -> Iterator[str]:
    effect = found.effect
    yield from _no_answer(effect)
    yield _counted(found.changes, bool(found.evidence))
    yield from _evidence_in_short(found)
    told = RINGS if effect.rings else None
    yield from _in_short([one for one in found.changes if one.heed and not (told and one.what.startswith(told))])
    yield from map(_rings_in_words, effect.rings)
    yield _answers_change(effect)
    yield from _same_throughout(effect)
    yield from _causes_in_short(effect)
    if effect.words:
        counted = _some(len(effect.words), "step or name is", "steps or names are")
        yield f"{counted} in other words: {', '.join(_named(one.named) for one in effect.words)}."
    for which in ("old", "new"):
        if only := [one.id for one in found.only if one.which == which]:
            things = _some(len(only), "thing", "things")
            yield f"{things} can only be recorded in the {which} one: {', '.join(only)}."
    yield from _unchanged(effect, found.old)
    if found.tried:
        count = len([*filter(_is_other, found.tried)])
        yield f"{_some(count, 'worked case', 'worked cases')} of {len(found.tried)} came out otherwise."


def _no_answer(found: Effect) -> Iterator[str]:
    """Say in how many situations a rulebook gives no answer: before all else, for nobody is told anything there."""
    for which, words in WORDS["no_answer"].items():
        if count := getattr(found.unanswered, which):
            yield f"{_some(count, 'situation', 'situations')}: {words}. To find where: rhrt rulebook check."


def _in_short(heeded: Sequence[Amendment]) -> Iterator[str]:
    """Say each thing to be seen first in a line; and many of one kind in one, each named."""
    for (part, what), own in _by(heeded, lambda one: (one.part, one.what)).items():
        if len(own) <= MOST_LINES:
            yield from map(_in_one_line, own)
        else:
            yield f"{part_name(part)}: {what}{_meaning(what)} ({len(own)}): {', '.join(map(_id_and_values, own))}."


def _id_and_values(change: Amendment) -> str:
    if not change.old or not change.new or len(change.old) + len(change.new) > SHORT:
        return change.entry
    return f"{change.entry} (from {change.old} to {change.new})"


def _meaning(what: str) -> str:
    return ", so the same record now says something else" if what == REWORDED else ""


def _rings_in_words(one: Rings) -> str:
    who = f"rings {one.new or 'nobody'}, and no longer {one.old}" if one.old else f"now rings {one.new}"
    return f"The step {one.step} {who}, in {one.situations:,} situations."


def _evidence_in_short(found: Comparison) -> Iterator[str]:
    """Say how many worked cases, and answers that were kept, are not as they were, and of what kind."""
    counts = Counter(what for what, _ in {(one.what, one.of) for one in found.evidence})
    said = [f"{counts[what]:,} {words}" for what, (words, _) in WORDS["evidence"].items() if counts[what]]
    if said:
        yield f"Worked cases and what was kept of them: {', '.join(said)}."


def _causes_in_short(found: Effect) -> Iterator[str]:
    told = _by(found.groups, lambda group: group.causes)
    if len(told) > MOST_NAMED:
        yield from _ways_in_short(found)
        return
    for causes, groups in told.items():
        ways, situations = _some(len(groups), "way", "ways"), sum(group.situations for group in groups)
        gravest = ". ".join(in_words(groups[0].differs))
        yield f"Because of {_cause(causes)}: {situations:,} situations, in {ways}. The gravest: {gravest}."


def _ways_in_short(found: Effect) -> Iterator[str]:
    """Say each thing that differs on its own, and where: so many causes would say nothing."""
    counts: Counter[str] = Counter()
    for group in found.groups:
        counts.update(dict.fromkeys(_apart(group.differs), group.situations))
    for said, situations in counts.items():
        yield f"{said}, in {situations:,} situations."


def _apart(own: Differs) -> list[str]:
    """Say what differs between two answers, each step on its own."""
    return [
        *in_words(own._replace(added=(), removed=())),
        *(f"New step: {code}" for code in own.added),
        *(f"No longer a step: {code}" for code in own.removed),
    ]


def _same_throughout(found: Effect) -> Iterator[str]:
    """Say what is the same in every situation, where something else is not."""
    groups, said = found.groups, WORDS["same"]
    same = [words for name, words in said.items() if not any(getattr(one.differs, name) for one in groups)]
    if found.groups and same:
        where = "in which both give an answer" if any(found.unanswered) else "that both can meet"
        yield f"The same in every situation {where}: {', '.join(same)}."


def _cause(causes: Causes) -> str:
    """Name what is behind a difference; of many signs that changed alike, a few."""
    kinds = _by(causes, lambda name: name if name.endswith("/order") else name.split("/")[0])
    return ", and ".join(_of_one_kind(kind, [name.split("/")[1] for name in own]) for kind, own in kinds.items())


def _of_one_kind(kind: str, ids: list[str]) -> str:
    more = f" and {len(ids) - MOST_NAMED} more" if len(ids) > MOST_NAMED else ""
    said: str = WORDS["kinds"][kind][len(ids) > 1]
    return said.format(f"{', '.join(ids[:MOST_NAMED])}{more}")


def _named(name: str) -> str:
    return _titled(name).lower() if name.startswith("action/") else _titled(name)


def _titled(name: str) -> str:
    kind, _, id_ = name.partition("/")
    return f"{WORDS['named'][kind]} {id_}"


def _counted(changes: tuple[Amendment, ...], but_evidence: bool = False) -> str:
    if not changes:
        besides = ", but for its worked cases" if but_evidence else ""
        return f"Nothing in the rulebook changed{besides}."
    counts = Counter(change.part for change in changes)
    parts = ", ".join(f"{part_name(part)} ({count})" for part, count in counts.items())
    return f"{_some(len(changes), 'thing', 'things')} in the rulebook changed: {parts}."


def _answers_change(found: Effect) -> str:
    if found.not_proven:
        return f"Whose answer changes is not proven. {found.not_proven} Nothing is called unchanged."
    if not found.groups:
        return f"No answer changes, in any of the {found.situations:,} situations that both can meet."
    ways = _some(len({group.differs for group in found.groups}), "way", "ways")
    return f"The answer changes in {found.changed:,} of {found.situations:,} situations, in {ways}."


def _unchanged(found: Effect, old: Rulebook) -> Iterator[str]:
    """Say what is proven unchanged, where something changes."""
    if found.not_proven or not found.groups:
        return
    own = found.unchanged
    if own.unless_recorded and len(own.unless_recorded) <= MOST_NAMED:
        things = one_of([_recorded(thing, found) for thing in own.unless_recorded])
        yield f"Unchanged: every record that does not {things}."
    if own.levels:
        levels = one_of([_level(level, old) for level in own.levels])
        yield f"Unchanged: every record to which the old rulebook gives {levels}."
    if own.ages:
        ages = one_of([age or "not stated" for age in own.ages])
        yield f"Unchanged: every record in which the age of the child is {ages}."
    for question, answers in own.answers.items():
        said = one_of([answer or "nothing" for answer in answers])
        yield f"Unchanged: every record that answers {question} with {said}{_unsaid(found, question, answers)}."
    if own == NOTHING_PROVEN:
        yield "There is no simple kind of record of which it is proven that nothing changes."


def _recorded(thing: Thing, found: Effect) -> str:
    """Say what is recorded: a mark, an answer, or the practitioner's own level."""
    id_, said = thing
    if id_ in found.together.read_as:
        return f"mark {id_} as {WORDS['marked'][said]}"
    if id_ == JUDGEMENT:
        return f"give Level {level_of_word(said)} as the practitioner's own"
    return f"answer {id_} with {said}"


def _unsaid(found: Effect, question: str, answers: tuple[str | None, ...]) -> str:
    """Say that the default counts as an answer, where it is one of those that are named as nothing."""
    if None not in answers:
        return ""
    silent = found.together.silent(question)
    return f" (which is to say {silent.old})" if silent.old == silent.new and silent.old else ""


def _whose(found: Comparison, most: int | None) -> Iterator[Section]:
    causes = _by(found.effect.groups, lambda group: group.causes)
    by = "way" if len(causes) > MOST_NAMED else "cause"
    if causes:
        yield Section("Whose answer changes", (WORDS["whose"][by],))
    yield from _whose_by_way(found, most) if by == "way" else _whose_by_cause(found, causes, most)


def _whose_by_cause(found: Comparison, causes: Mapping[Causes, list[Group]], most: int | None) -> Iterator[Section]:
    each = None if most is None else max(1, most // max(1, len(causes)))
    for own, groups in causes.items():
        situations = f"In {sum(group.situations for group in groups):,} situations."
        yield Section(f"Because of {_cause(own)}", (situations,), 3)
        for group in groups[:each]:
            yield Section(". ".join(in_words(group.differs)), tuple(_group(group, found)), 4)
        yield from _more(len(groups), each)


def _whose_by_way(found: Comparison, most: int | None) -> Iterator[Section]:
    """Tell each way in which answers differ once, whatever is behind it: so many causes would hide it."""
    ways = _by(found.effect.groups, lambda group: group.differs)
    for own, groups in [*ways.items()][:most]:
        behind = dict.fromkeys(cause for group in groups for cause in group.causes)
        said = (*_group(_one_of(groups), found), f"Behind it: {_cause(tuple(behind))}.")
        yield Section(". ".join(in_words(own)), said, 3)
    yield from _more(len(ways), most)


def _one_of(groups: Sequence[Group]) -> Group:
    """Make one group of several in which the same differs, with the smallest record of all."""
    smallest = min(groups, key=lambda group: len(_written(group.example.record)))
    return smallest._replace(
        levels=tuple(sorted({level for group in groups for level in group.levels})),
        situations=sum(group.situations for group in groups),
    )


def _group(group: Group, found: Comparison) -> Iterator[Block]:
    levels = one_of([_level(level, found.old) for level in group.levels]) or NO_ANSWER
    yield f"In {group.situations:,} situations. The old rulebook gives them {levels}. The smallest record:"
    yield Held(_written(group.example.record))
    example = group.example
    rows = (
        ("Old", *_answer(example.old, found.old), ", ".join(example.old_reasons) or "none"),
        ("New", *_answer(example.new, found.new), ", ".join(example.new_reasons) or "none"),
    )
    yield Table(("", "Level", "Route", "How soon", "Steps", "Reasons"), rows)


def _answer(answer: Decision | None, rulebook: Rulebook) -> tuple[str, ...]:
    if answer is None:
        return NO_ANSWER, *["none"] * 3
    steps = ", ".join(answer.steps) or "none"
    return _level(answer.level, rulebook), answer.route or "none", answer.urgency, steps


def in_words(own: Differs) -> list[str]:
    """Say what differs between two answers."""
    return [WORDS["differs"][part].format(*_told(part, given)) for part, given in own._asdict().items() if given]


def _told(part: str, given: Any) -> Iterable[str]:
    """Give what differs in one part of two answers, for the places of its sentence."""
    if part == "level":
        return _number(given[0]).capitalize(), _number(given[1]).lower()
    if part == "harm":
        return ("now" if one else "no longer" for one in given)
    if part in ("added", "removed"):
        return "step" if len(given) == 1 else "steps", ", ".join(given)
    if part == "lacks":
        return (WORDS["lacks"][which].format(" and ".join(one)) for which, one in enumerate(given) if one)
    return (one or "none" for one in given) if isinstance(given, tuple) else ()


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
        gone = (f"Before: {said}" for said in one.old if said not in one.new)
        come = (f"Now: {said}" for said in one.new if said not in one.old)
        yield Section(_titled(one.named), (f"In {one.situations:,} situations.", Points((*gone, *come))), 3)
    yield from _more(len(words), most)


def _only(found: Comparison, most: int | None) -> Iterator[Section]:
    rows = [(one.id, one.kind, f"the {one.which} one", _given(one, found)) for one in found.only]
    head = ("What", "Kind", "Can only be recorded in", "What it gives on its own")
    yield from _table("What only one of them can read in a record", head, rows, most)


def _given(one: OnlyIn, found: Comparison) -> str:
    if own := one.answer:
        level = _level(own.level, found.old if one.which == "old" else found.new)
        return f"{level}; route {own.route or 'none'}; {own.urgency}"
    return NO_ANSWER.capitalize() if one.record else "Nothing"


def _beside(found: Comparison) -> Iterator[str]:
    for name, what in WORDS["beside"].items():
        yield f"{what['says']}: {WORDS['may_change' if found.beside_may_change[name] else 'may_not_change']}"


def _cases(found: Comparison, most: int | None) -> Iterator[Section]:
    changed = [(one.of, WORDS["evidence"][one.what][1], one.old or "", one.new or "") for one in found.evidence]
    head = ("Case", "What changed", "Before", "Now")
    yield from _table("What changed of the worked cases", head, changed, most)
    if not found.tried:
        return
    other = sorted(filter(_is_other, found.tried), key=lambda one: one.fault is not None)
    rows = tuple((f"{one.file}: {one.title}", *_came_out(one, found)) for one in other[:most])
    came_out = Table(("Case", "Old", "New", "What differs"), rows) if rows else "All came out the same."
    tried = f"{len(found.tried)} were tried with both rulebooks, changes to them included."
    yield Section("Worked cases", (tried, came_out))
    yield from _more(len(other), most)


def _is_other(one: Tried) -> bool:
    return one.differs != UNCHANGED or one.fault is not None


def _came_out(one: Tried, found: Comparison) -> tuple[str, str, str]:
    nothing = "cannot be read" if one.fault else NO_ANSWER
    old, new = (
        _level(given.answer.level, rulebook) if given else nothing
        for given, rulebook in ((one.old, found.old), (one.new, found.new))
    )
    return old, new, one.fault or ". ".join(in_words(one.differs))


def _contents(changes: tuple[Amendment, ...], most: int | None) -> Iterator[Section]:
    if changes:
        yield Section("What changed in the rulebook", (_counted(changes),))
    for part, own in _by(changes, lambda one: one.part).items():
        rows = [
            (f"{one.entry}: {one.what}" if one.entry else one.what, one.called, one.old or "", one.new or "")
            for one in own
        ]
        yield from _table(part_name(part), ("What", "Known as", "Before", "Now"), rows, most, 3)


def _in_one_line(change: Amendment) -> str:
    known = f" ({change.called})" if change.called and change.called not in (change.old, change.new) else ""
    named = ", ".join(one for one in (part_name(change.part), change.entry) if one)
    said = f"{named}{known}: {change.what}{_meaning(change.what)}"
    if change.old is not None and change.new is not None:
        return f"{said}, from {change.old.removesuffix('.')} to {change.new.removesuffix('.')}."
    return f"{said}."


def _table(
    title: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]], most: int | None, depth: int = 2
) -> Iterator[Section]:
    """Give a table of its first rows under a heading, where there are any, and say how many more there are."""
    if rows:
        yield Section(title, (Table(head, tuple(rows[:most])),), depth)
        yield from _more(len(rows), most)


def _more(count: int, most: int | None) -> Iterator[Section]:
    if most is not None and count > most:
        yield Section(f"And {count - most} more: see --format markdown", (), 3)


def _by(listed: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    """Give things by what they have in common, in order."""
    groups: dict[K, list[T]] = {}
    for one in listed:
        groups.setdefault(key(one), []).append(one)
    return groups


def _some(count: int, one: str, several: str) -> str:
    return f"{count:,} {one if count == 1 else several}"

"""What each worked case, and each sign alone, is told: kept in words beside the cases, and compared with it.

A worked case says what it expects of the level, the route, the reasons and the steps. What is kept holds the rest
of its answer: the words of each step and whom it says to ring, the follow-up questions, the prompts, what happens
afterwards, the neighbouring rungs, services and circumstances. So no change of it goes unseen.

The words stand in it once, by what has them: a step that is reworded changes the lines of its words and no others.
An answer says by ids which of them it was told.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path

import yaml

from rhrt.faults import BadInput, Fault, NotWhole
from rhrt.parser import read
from rhrt.part import Part, part
from rhrt.reasoning.assess import assess
from rhrt.reasoning.whole import as_fault
from rhrt.record import Marks, Record
from rhrt.rulebook.model import Rulebook
from rhrt.rulebook.read import shaped
from rhrt.steward.cases import Example
from rhrt.steward.compare.content import field_name
from rhrt.suggestion import Reason, Suggestion

Told = Mapping[str, Sequence[str]]
"""An answer in short: for each part that is not empty, its ids in order."""

Words = Mapping[str, Mapping[str, str]]
"""The words of what an answer can name, such as `contact/mash`: for each field that is not empty, what it says."""


@part
class Kept(Part):
    """What was kept: the words, and each answer by the name of its case's file and the title of its example."""

    words: Words
    answers: Mapping[str, Mapping[str, Told]]

    def each(self) -> Iterator[tuple[str, str, Told]]:
        """Give each answer after the name of its case's file and the title of its example."""
        return ((file, title, told) for file, own in self.answers.items() for title, told in own.items())


FILE = "kept/answers.yaml"
"""Where it stands in the folder of the worked cases."""

ALONE = "one sign alone"
"""Under what name it keeps what is told where one indicator is present and nothing else is recorded."""

EVERY = "answer/every"
"""Under what name it keeps the words that stand under every answer."""

_HEAD = """\
# What each worked case, and each sign alone, was told. Written by: rhrt rulebook test --keep
# First all words that any of them was told, once; then by ids which of them each was told.
"""

_MADE = b"# What each worked case"
"""How every file of kept answers has begun, of whatever version."""

_KINDS = {
    "level": "level", "route": "route", "urgency": "urgency", "steps": "action", "follow_ups": "prompt",
    "prompts": "prompt", "afterwards": "afterwards", "circumstances": "circumstance", "services": "service",
}  # fmt: skip
"""The parts of an answer whose ids have words, and under what kind these are kept."""


def read_kept(cases: Path) -> Kept | None:
    """Read what was kept beside some cases, if anything was. Raises BadInput with every fault."""
    if not (cases / FILE).exists():
        return None
    written = read(cases / FILE)
    if not isinstance(written.value, dict) or "words" not in written.value:
        what = "These answers were kept without their words."
        raise BadInput([Fault(written.where(()), what, "Keep them again: rhrt rulebook test --keep.")])
    return shaped(Kept, written, written.where)


def is_kept(path: Path) -> bool:
    """Say whether a file may be written with what is kept: there is none yet, or it was kept before, and no link.

    A pipe, a folder or a file that cannot be read is left to whoever writes.
    """
    if path.is_symlink():
        return False
    try:
        with path.open("rb") if path.is_file() else BytesIO(_MADE) as file:
            return file.read(len(_MADE)) == _MADE
    except OSError:
        return True


def as_file(kept: Kept) -> str:
    """Write what is to be kept as YAML, with lines that say how it was made."""
    return _HEAD + yaml.safe_dump(kept.as_dict(), sort_keys=False, allow_unicode=True, width=110)


def of_example(kept: Kept, file: str, title: str) -> Told:
    """Give what was kept of one example: nothing, where it is new."""
    return kept.answers.get(Path(file).stem, {}).get(title, {})


def named_in(told: Told, words: Words) -> set[str]:
    """Give what has the words of an answer: what it names, whom that says to ring, and what every answer says."""
    named = {f"{_KINDS[part]}/{id_.split(':')[0]}" for part, ids in told.items() if part in _KINDS for id_ in ids}
    named.add(EVERY)
    ring = [id_ for name in named for id_ in words.get(name, {}).get("contact", "").split(", ") if id_]
    others = [words.get(f"contact/{id_}", {}).get("otherwise", "") for id_ in ring]
    return named | {f"contact/{id_}" for id_ in (*ring, *others) if id_}


def words_of(rulebook: Rulebook) -> Words:
    """Give the words of all that an answer can name, by kind and id; of an action by case too."""
    return {name: {field: said for field, said in fields.items() if said} for name, fields in _words(rulebook)}


def _words(rulebook: Rulebook) -> Iterator[tuple[str, dict[str, str]]]:
    every = {name: getattr(rulebook, name) for name in ("notice", "no_level", "if_worse")}
    yield EVERY, every | {"contact": ", ".join(rulebook.if_worse_contacts)}
    for contact in rulebook.contacts:
        yield f"contact/{contact.id}", _said(contact, "name", "number", "hours", "otherwise", "note")
    yield from ((f"level/{one.level}", _said(one, "name")) for one in rulebook.levels)
    yield from ((f"route/{one.id}", _said(one, "name")) for one in rulebook.routes)
    yield from ((f"urgency/{one.id}", _said(one, "name")) for one in rulebook.urgencies)
    for action in rulebook.actions:
        for number, case in enumerate(action.cases, 1):
            said = {"who": action.who} | _said(case, "text", "by_when", "contact")
            yield f"action/{action.code}/{number}", said
    yield from ((f"prompt/{one.id}", _said(one, "text", "why")) for one in rulebook.prompts)
    yield from ((f"afterwards/{one.id}", _said(one, "text")) for one in rulebook.afterwards)
    yield from ((f"circumstance/{one.id}", _said(one, "title", "guidance")) for one in rulebook.circumstances)
    yield from ((f"service/{one.id}", _said(one, "name", "what", "check")) for one in rulebook.services)


def _said(entry: Part, *fields: str) -> dict[str, str]:
    values = entry.as_dict()
    return {field: " ".join(own) if isinstance(own := values[field], tuple) else own or "" for field in fields}


_ONE = ("level", "route", "urgency")
"""The parts of an answer that are one thing and no list."""

_NO_HEADING = " under none"
"""What is kept of a reason that stands under no heading, as an answer does, and is not told."""


def keep(rulebook: Rulebook, examples: Iterable[Example]) -> Kept:
    """Give what each example, and each sign alone, is told now. Raises BadInput where that is no whole answer."""
    answers: dict[str, dict[str, Told]] = {}
    for example in examples:
        told_now = _told_of(example.record, rulebook, f"{example.file}: {example.title}")
        answers.setdefault(Path(example.file).stem, {})[example.title] = told_now
    answers[ALONE] = {id_: _told_of(alone(id_), rulebook, f"{id_} alone") for id_ in rulebook.position}
    words = words_of(rulebook)
    named = {name for own in answers.values() for one in own.values() for name in named_in(one, words)}
    return Kept(words={name: said for name, said in words.items() if name in named}, answers=answers)


def _told_of(record: Record, rulebook: Rulebook, named: str) -> Told:
    try:
        return told(assess(record, rulebook))
    except NotWhole as none:
        raise BadInput([as_fault(named, none)]) from none


def alone(id_: str) -> Record:
    """Make the record in which one indicator is present and nothing else is recorded."""
    return Record(indicators=Marks(present=(id_,)))


def told(suggestion: Suggestion) -> Told:
    """Say in short what an answer says."""
    parts = {
        "level": [str(suggestion.level)] if suggestion.level else [],
        "route": [suggestion.route] if suggestion.route else [],
        "urgency": [suggestion.urgency],
        "reasons": [*map(_reason, suggestion.reasons)],
        "steps": [f"{step.code}/{step.case}" for step in suggestion.actions],
        "follow_ups": [
            _joined(one.id, [one.answer, *(rung.indicator for rung in one.consider)])
            for one in suggestion.follow_ups
        ],
        "prompts": [_joined(one.id, [rung.indicator for rung in one.consider]) for one in suggestion.prompts],
        "afterwards": [one.id for one in suggestion.afterwards],
        "neighbours": list(_rungs(suggestion)),
        "would_change": [
            _joined(f"{one.direction} to {one.level or 'none'}", [*one.present, *one.absent, *one.situation])
            for one in suggestion.would_change
        ],
        "circumstances": [one.id for one in suggestion.circumstances],
        "services": [one.id for one in suggestion.services],
    }
    return {part: said for part, said in parts.items() if said}


def _reason(reason: Reason) -> str:
    under = f" under {reason.heading}" if reason.heading else _NO_HEADING
    return f"{reason.indicator or reason.answer or reason.rule}{under}"


def differences(before: Told, now: Told) -> list[str]:
    """Say what of an answer is not as it was kept, each thing that came or went on its own."""
    if not before:
        return ["Nothing was kept of it yet."]
    parts = dict.fromkeys([*before, *now])
    return [said for part in parts for said in _of(part, before.get(part, ()), now.get(part, ()))]


def other_words(before: Words, now: Words) -> dict[str, list[str]]:
    """Say which words are not as they were kept, by what has them."""
    return {
        name: [
            f"The {field_name(field)} of {_called(name)} changed: "
            f"kept “{kept.get(field) or 'none'}”; given “{given.get(field) or 'none'}”."
            for field in dict.fromkeys([*kept, *given])
            if kept.get(field) != given.get(field)
        ]
        for name, kept in before.items()
        if (given := now.get(name)) and given != kept
    }


def told_of(kept: Kept, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the examples, and the signs alone, that were told the words of something."""
    where = [(file, title) for file, title, answer in kept.each() if name in named_in(answer, kept.words)]
    examples = tuple(f"{file}: {title}" for file, title in where if file != ALONE)
    return examples, tuple(title for file, title in where if file == ALONE)


def _called(name: str) -> str:
    kind, id_, *case = name.split("/")
    if name == EVERY:
        return "what stands under every answer"
    called = {"contact": id_, "action": f"the step {id_}"}.get(kind, f"the {kind} {id_}")
    return f"{called}, case {case[0]}," if case else called


def _of(part: str, before: Sequence[str], now: Sequence[str]) -> Iterator[str]:
    named = part.replace("_", " ")
    if part in _ONE and before != now:
        yield f"{named}: kept {', '.join(before) or 'none'}; given {', '.join(now) or 'none'}"
        return
    gone, come = [one for one in before if one not in now], [one for one in now if one not in before]
    yield from (f"{named}: no longer {one.removesuffix(_NO_HEADING)}" for one in gone)
    yield from (f"{named}: now also {one.removesuffix(_NO_HEADING)}" for one in come)
    if [one for one in before if one in now] != [one for one in now if one in before]:
        yield f"{named}: in another order"


def _rungs(suggestion: Suggestion) -> Iterator[str]:
    for one in suggestion.neighbours:
        rungs = [rung.indicator if rung else "none" for rung in (one.milder, one.graver)]
        yield f"{one.indicator} on {one.ladder}: {' and '.join(rungs)}"


def _joined(one: str, others: Sequence[str]) -> str:
    return f"{one}: {', '.join(others)}" if others else one

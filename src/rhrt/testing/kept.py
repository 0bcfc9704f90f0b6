"""What each worked case was told when somebody last looked: kept in short beside the cases, and compared.

A worked case says what it expects of the level, the route, the reasons and the steps. What is kept holds the rest
of its answer by ids: the words of which rule each step has and whom it says to ring, the prompts, what happens
afterwards, the neighbouring rungs, services and circumstances. So no change of it
goes unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from rhrt.case import Example
from rhrt.engine.assess import assess
from rhrt.faults import BadInput, Fault, NotWhole
from rhrt.files import read
from rhrt.record import Marks, Record
from rhrt.rulebook.model import Contact, Rulebook
from rhrt.shape import faults_of
from rhrt.suggestion import Suggestion

Told = Mapping[str, Sequence[str]]
"""An answer in short: for each part that is not empty, its ids in order."""

Kept = Mapping[str, Mapping[str, Told]]
"""What was kept: by the name of a case's file without `.yaml`, then by the title of each of its examples."""

FILE = "kept/answers.yaml"
"""Where it stands in the folder of the worked cases."""

ALONE = "one sign alone"
"""Under what name it keeps what is told where one indicator is present and nothing else is recorded."""

_HEAD = "# What each worked case, and each sign alone, was told in short. Written by: rhrt rulebook test --keep\n"


def read_kept(cases: Path) -> Kept | None:
    """Read what was kept beside some cases, if anything was. Raises BadInput with every fault."""
    if not (cases / FILE).exists():
        return None
    written = read(cases / FILE)
    try:
        return TypeAdapter(Kept).validate_python(written.value, strict=True)
    except ValidationError as error:
        raise BadInput(faults_of(error.errors(), written.value, written.where, ())) from None


def as_file(kept: Kept) -> str:
    """Write what is to be kept as YAML, with a line that says how it was made."""
    return _HEAD + yaml.safe_dump(kept, sort_keys=False, allow_unicode=True, width=110)


def keep(rulebook: Rulebook, examples: Iterable[Example]) -> Kept:
    """Give what each example, and each sign alone, is told now. Raises BadInput where that is no whole answer."""
    kept: dict[str, dict[str, Told]] = {}
    for example in examples:
        told_now = _told_of(example.record, rulebook, f"{example.file}: {example.title}")
        kept.setdefault(Path(example.file).stem, {})[example.title] = told_now
    return {**kept, ALONE: {id_: _told_of(alone(id_), rulebook, f"{id_} alone") for id_ in rulebook.position}}


def _told_of(record: Record, rulebook: Rulebook, named: str) -> Told:
    try:
        return told(assess(record, rulebook))
    except NotWhole as none:
        raise BadInput([Fault(named, f"{none}", "")]) from none


def alone(id_: str) -> Record:
    """Make the record in which one indicator is present and nothing else is recorded."""
    return Record(indicators=Marks(present=(id_,)))


def of_example(kept: Kept, example: Example) -> Told:
    """Give what was kept of one example: nothing, where it is new."""
    return kept.get(Path(example.file).stem, {}).get(example.title, {})


def told(suggestion: Suggestion) -> Told:
    """Say in short what an answer says beside what a worked case expects."""
    rulebook = suggestion.rulebook
    parts = {
        "reasons": [f"{one.indicator or one.rule} under {one.heading or 'none'}" for one in suggestion.reasons],
        "steps": [
            _joined(f"{step.code}/{step.case}", _numbers(rulebook, step.contact)) for step in suggestion.actions
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


def differences(before: Told, now: Told) -> list[str]:
    """Say what of an answer is not as it was kept."""
    parts = dict.fromkeys([*before, *now])
    return [
        f"{part.replace('_', ' ')}: kept {_in_words(before.get(part))}; given {_in_words(now.get(part))}"
        for part in parts
        if before.get(part) != now.get(part)
    ]


def _rungs(suggestion: Suggestion) -> Iterator[str]:
    for one in suggestion.neighbours:
        rungs = [rung.indicator if rung else "none" for rung in (one.milder, one.graver)]
        yield f"{one.indicator} on {one.ladder}: {' and '.join(rungs)}"


def _numbers(rulebook: Rulebook, contact: Contact | None) -> list[str]:
    """Give the numbers of a contact and of who answers at other hours, or the id where there is no number."""
    others = [rulebook.contact.get(contact.otherwise or "")] if contact else []
    return [one.number or one.id for one in [contact, *others] if one]


def _joined(one: str, others: Sequence[str]) -> str:
    return f"{one}: {', '.join(others)}" if others else one


def _in_words(said: Sequence[str] | None) -> str:
    return "; ".join(said) if said else "none"

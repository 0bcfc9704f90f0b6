"""The worked cases of two rulebooks: each tried with both, and what changed of them and of what was kept."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Literal, NamedTuple

from rhrt.faults import BadInput, Fault, NotWhole
from rhrt.files import is_folder
from rhrt.reasoning.assess import assess
from rhrt.reasoning.plain import Plain
from rhrt.record import CheckedRecord, Record, check
from rhrt.rulebook.model import Rulebook
from rhrt.steward.cases import (
    Example,
    WorkedCase,
    examples,
    in_short,
    in_words,
    read_case,
    read_cases,
    read_each,
    read_examples,
)
from rhrt.steward.compare.answers import UNCHANGED, Decision, Differs, differs
from rhrt.steward.folder import RulebookFolder
from rhrt.steward.kept import Kept, other_words, read_kept


class Answered(NamedTuple):
    """What a rulebook answers, with the ids of the reasons."""

    answer: Decision
    reasons: tuple[str, ...]


class Tried(NamedTuple):
    """One record tried with both rulebooks: None where one gives no answer.

    `fault` says why a rulebook cannot read it.
    """

    file: str
    title: str
    old: Answered | None
    new: Answered | None
    differs: Differs
    fault: str | None


def tried(old: RulebookFolder, new: RulebookFolder, cases: Iterable[Path]) -> tuple[Tried, ...]:
    """Try the worked cases of two rulebooks, and any others, with both.

    Raises BadInput where a case cannot be read at all, and EvaluatorsDiffer where an answer cannot be trusted.
    """
    given = chain.from_iterable(read_each(cases, _given).values())
    every = (*read_examples(old.path / "cases"), *read_examples(new.path / "cases"), *given)
    told = dict.fromkeys((one.file, one.title, replace(one.record, rulebook=None)) for one in every)
    return tuple(_tried(*one, old.rulebook, new.rulebook) for one in told)


def _given(path: Path) -> list[Example]:
    """Read the case, or the cases of the folder, that a steward names."""
    if not is_folder(path):
        return [*examples(str(path), read_case(path))]
    found = read_examples(path)
    if not found:
        raise BadInput([Fault(str(path), "There are no cases here.", "Name a file, or a folder of .yaml files.")])
    return found


def _tried(file: str, title: str, record: Record, old: Rulebook, new: Rulebook) -> Tried:
    (before, fault), (after, other_fault) = _answered(record, old), _answered(record, new)
    found = UNCHANGED
    if before and after:
        found = differs(before.answer, after.answer, set(before.reasons) == set(after.reasons))
    return Tried(file, title, _shown(before), _shown(after), found, fault or other_fault)


def _shown(given: Answered | None) -> Answered | None:
    """Leave out an answer that is not whole: nobody is shown it."""
    return None if given is None or given.answer.lacks else given


def _answered(record: Record, rulebook: Rulebook) -> tuple[Answered | None, str | None]:
    try:
        own = in_short(assess(record, rulebook))
    except BadInput as bad:
        return None, " ".join(fault.what for fault in bad.faults)
    except NotWhole:
        return _half(check(record, rulebook), rulebook), None
    answer = Decision(own.level or 0, own.route, own.urgency, own.harm, own.actions)
    return Answered(answer, tuple(dict.fromkeys(own.reasons))), None


def _half(record: CheckedRecord, rulebook: Rulebook) -> Answered:
    """Give an answer that nobody is shown, for it is not whole, so that what it lacks is told as a change."""
    plain = Plain(rulebook).evaluate(record)
    reasons, steps = ([rule.split("/")[1] for rule in rules] for rules in (plain.reasons, plain.actions))
    levels = {f"judgement/{judgement.id}": judgement.level for judgement in rulebook.judgements}
    reasons += [id_ for rule, id_ in Plain(rulebook).told(record) if levels[rule] in (0, plain.level)]
    return Answered(Decision(plain.level, plain.route, plain.urgency, plain.harm, tuple(steps)), tuple(reasons))


What = Literal[
    "removed", "added", "expects", "record", "words", "kept", "kept removed", "kept unread", "kept words"
]
"""How evidence changed. `record`: it is of another record; `words`: it is told in other words."""


class Evidence(NamedTuple):
    """One change of the evidence: of which case, or of which words that were kept, with what is not as before."""

    what: What
    of: str
    old: str | None = None
    new: str | None = None


def evidence(old: Path, new: Path) -> tuple[Evidence, ...]:
    """Compare the worked cases of two folders, and what was kept of them. Raises BadInput with every fault."""
    before, after = read_cases(old / "cases"), read_cases(new / "cases")
    return (*_cases(before, after), *_kept(old / "cases", new / "cases"))


def _cases(old: Mapping[str, WorkedCase], new: Mapping[str, WorkedCase]) -> Iterator[Evidence]:
    before, after = _by_change(old), _by_change(new)
    for key, example in before.items():
        if key not in after:
            yield Evidence("removed", example.named)
        else:
            yield from _differing(example, after[key])
    yield from (Evidence("added", example.named) for key, example in after.items() if key not in before)
    for file in old:
        if file in new and _told(old[file]) != _told(new[file]):
            yield Evidence("words", f"{Path(file).stem}: {new[file].title}")


def _by_change(cases: Mapping[str, WorkedCase]) -> dict[tuple[str, str | None], Example]:
    """Give each example by its file and what it changes, so that a new title is no other example."""
    return {(file, one.change): one for file, case in cases.items() for one in examples(file, case)}


def _differing(old: Example, new: Example) -> Iterator[Evidence]:
    if old.record != new.record:
        yield Evidence("record", new.named)
    before, after = old.expected.as_dict(), new.expected.as_dict()
    for part in before:
        if before[part] != after[part]:
            was, now = (f"{part} {in_words(one[part])}" for one in (before, after))
            yield Evidence("expects", new.named, was, now)


def _told(case: WorkedCase) -> tuple[str, ...]:
    return (case.title, case.narrative, case.why, *(one.why for one in case.what_if))


def _kept(old: Path, new: Path) -> Iterator[Evidence]:
    """Give what was kept otherwise. What cannot be read, as from an earlier version, is said not to be."""
    try:
        before, after = read_kept(old), read_kept(new)
    except BadInput as bad:
        yield Evidence("kept unread", bad.faults[0].what)
        return
    if before and not after:
        yield Evidence("kept removed", "all that was kept")
    elif before and after:
        yield from _kept_otherwise(before, after)


def _kept_otherwise(old: Kept, new: Kept) -> Iterator[Evidence]:
    for file, title, told in old.each():
        given = new.answers.get(file, {}).get(title)
        if given != told:
            yield Evidence("kept" if given else "kept removed", f"{file}: {title}")
    yield from (Evidence("kept words", name) for name in other_words(old.words, new.words))

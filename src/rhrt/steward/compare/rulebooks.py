"""Two rulebooks compared: what changed, whose answer changes, and every worked case tried with both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from rhrt.faults import BadInput, Fault, NotWhole
from rhrt.reasoning.assess import assess
from rhrt.reasoning.plain import Reference
from rhrt.reasoning.situations import AGE
from rhrt.record import CheckedRecord, Record, check
from rhrt.rulebook.conditions import JUDGEMENT, level_word
from rhrt.rulebook.model import Mark, Rulebook
from rhrt.rulebook.recorded import Thing
from rhrt.steward.cases import Example, examples, read_case, read_examples
from rhrt.steward.compare.answers import UNCHANGED, Decision, Differs, differs
from rhrt.steward.compare.content import Amendment, changes, changes_of_coverage
from rhrt.steward.compare.effect import Effect, effect
from rhrt.steward.compare.evidence import Evidence, evidence
from rhrt.steward.compare.only import OnlyIn, beside_may_change, only_in
from rhrt.steward.folder import RulebookFolder
from rhrt.suggestion import Reason, Suggestion


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


@dataclass(frozen=True)
class Comparison:
    """Two rulebooks compared."""

    old: Rulebook
    new: Rulebook
    changes: tuple[Amendment, ...]
    effect: Effect
    only: tuple[OnlyIn, ...]
    beside_may_change: Mapping[str, bool]
    tried: tuple[Tried, ...]
    evidence: tuple[Evidence, ...]


def compare(old: RulebookFolder, new: RulebookFolder, cases: Iterable[Path] = ()) -> Comparison:
    """Compare two rulebooks, and try their worked cases and any others with both.

    Raises BadInput where a case cannot be read at all, and EvaluatorsDiffer where an answer cannot be trusted.
    """
    before, after = old.rulebook, new.rulebook
    told = dict.fromkeys(
        (example.file, example.title, replace(example.record, rulebook=None))
        for example in (*_own(old), *_own(new), *_given(cases))
    )
    return Comparison(
        before,
        after,
        changes(before, after) + changes_of_coverage(old.clauses, new.clauses),
        effect(old.situations, new.situations),
        only_in("old", old.situations, new.situations) + only_in("new", new.situations, old.situations),
        beside_may_change(before, after),
        tuple(_tried(file, title, record, before, after) for file, title, record in told),
        evidence(old.path, new.path),
    )


def unchanged(found: Effect, record: Record) -> bool:
    """Say whether the answer for a record is proven to be the same with both rulebooks.

    Which rulebook the record names does not matter. False also where either cannot read it.
    """
    given = replace(record, rulebook=None)
    try:
        check(given, found.together.old.rulebook)
        check(given, found.together.new.rulebook)
    except BadInput:
        return False
    marks: dict[Mark, tuple[str, ...]] = {
        "present": given.indicators.present,
        "absent": given.indicators.absent,
        "not-known": given.indicators.not_known,
    }
    marked = ((id_, mark) for mark, ids in marks.items() for id_ in ids)
    return found.says_unchanged((*marked, *given.follow_ups.items(), *_beside_the_marks(given)), given.situation)


def _beside_the_marks(record: Record) -> Iterator[Thing]:
    if record.judgement and record.judgement.level is not None:
        yield JUDGEMENT, level_word(record.judgement.level)
    if record.child.age_band is not None:
        yield AGE, record.child.age_band


def _own(folder: RulebookFolder) -> list[Example]:
    return read_examples(folder.path / "cases")


def _given(paths: Iterable[Path]) -> Iterable[Example]:
    """Read the cases of a steward's own. Raises BadInput with every fault of every file."""
    faults: list[Fault] = []
    for path in paths:
        try:
            found = _in_folder(path) if _is_folder(path) else [*examples(str(path), read_case(path))]
            yield from found
        except BadInput as bad:
            faults += bad.faults
    if faults:
        raise BadInput(faults)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False  # reading it says what is wrong with its name


def _in_folder(path: Path) -> list[Example]:
    found = read_examples(path)
    if not found:
        raise BadInput([Fault(str(path), "There are no cases here.", "Name a file, or a folder of .yaml files.")])
    return found


def _tried(file: str, title: str, record: Record, old: Rulebook, new: Rulebook) -> Tried:
    before, fault = _answered(record, old)
    after, other_fault = _answered(record, new)
    found = UNCHANGED
    if before and after:
        found = differs(before.answer, after.answer, set(before.reasons) == set(after.reasons))
    return Tried(file, title, _shown(before), _shown(after), found, fault or other_fault)


def _shown(given: Answered | None) -> Answered | None:
    """Leave out an answer that is not whole: nobody is shown it."""
    return None if given is None or given.answer.lacks else given


def _answered(record: Record, rulebook: Rulebook) -> tuple[Answered | None, str | None]:
    try:
        suggestion = assess(record, rulebook)
    except BadInput as bad:
        return None, " ".join(f"{fault.what}" for fault in bad.faults)
    except NotWhole:
        return _half(check(record, rulebook), rulebook), None
    return answered(suggestion), None


def _half(record: CheckedRecord, rulebook: Rulebook) -> Answered:
    """Give an answer that nobody is shown, for it is not whole, so that what it lacks is told as a change."""
    plain = Reference(rulebook).evaluate(record)
    reasons, steps = ([rule.split("/")[1] for rule in rules] for rules in (plain.reasons, plain.actions))
    levels = {f"judgement/{judgement.id}": judgement.level for judgement in rulebook.judgements}
    reasons += [id_ for rule, id_ in Reference(rulebook).told(record) if levels[rule] in (0, plain.level)]
    return Answered(Decision(plain.level, plain.route, plain.urgency, plain.harm, tuple(steps)), tuple(reasons))


def answered(suggestion: Suggestion) -> Answered:
    """Give what is compared of a suggestion."""
    steps = tuple(step.code for step in suggestion.actions)
    reasons = tuple(dict.fromkeys(map(_named, suggestion.reasons)))
    level, route, urgency = suggestion.level or 0, suggestion.route, suggestion.urgency
    return Answered(Decision(level, route, urgency, suggestion.harm, steps), reasons)


def _named(reason: Reason) -> str:
    return reason.indicator or reason.answer or reason.rule.removeprefix("judgement/")

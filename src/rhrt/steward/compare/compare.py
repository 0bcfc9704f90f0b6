"""Two rulebooks compared: what changed, whose answer changes, what only one reads, and what may change beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple, get_args

from rhrt.faults import BadInput
from rhrt.reasoning.facts import Thing
from rhrt.reasoning.signs import AGE
from rhrt.reasoning.situations import Situations
from rhrt.record import Record, check
from rhrt.rulebook.conditions import JUDGEMENT, level_word
from rhrt.rulebook.kinds import YES, Mark
from rhrt.rulebook.model import Rulebook
from rhrt.steward.compare.answers import Decision, Rulings
from rhrt.steward.compare.cases import Evidence, Tried, evidence, tried
from rhrt.steward.compare.content import WORDS, Amendment, changes, changes_of_coverage
from rhrt.steward.compare.effect import Effect, effect
from rhrt.steward.compare.pair import signs_of_all
from rhrt.steward.compare.together import Which, read_as
from rhrt.steward.folder import RulebookFolder


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
    return Comparison(
        before,
        after,
        changes(before, after) + changes_of_coverage(old.clauses, new.clauses),
        effect(old.situations, new.situations),
        only_in("old", old.situations, new.situations) + only_in("new", new.situations, old.situations),
        beside_may_change(before, after),
        tried(old, new, cases),
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
    marks = ((mark, getattr(given.indicators, mark.replace("-", "_"))) for mark in get_args(Mark))
    marked = ((id_, mark) for mark, ids in marks for id_ in ids)
    return found.says_unchanged((*marked, *given.follow_ups.items(), *_beside_the_marks(given)), given.situation)


def _beside_the_marks(record: Record) -> Iterator[Thing]:
    if record.judgement and record.judgement.level is not None:
        yield JUDGEMENT, level_word(record.judgement.level)
    if record.child.age_band is not None:
        yield AGE, record.child.age_band


def document(found: Comparison) -> dict[str, Any]:
    """Give a comparison as plain data, for machines."""
    own = found.effect
    return {
        "old": _identity(found.old),
        "new": _identity(found.new),
        "changes": _plain(found.changes),
        "answers": {
            "proven": own.not_proven is None,
            "why_not_proven": own.not_proven,
            **{part: _plain(getattr(own, part)) for part in _OF_ANSWERS},
        },
        "only": _plain(found.only),
        "beside_may_change": dict(found.beside_may_change),
        "prompts_may_change": found.beside_may_change["prompts"],
        "afterwards_may_change": found.beside_may_change["afterwards"],
        "cases": _plain(found.tried),
        "evidence": _plain(found.evidence),
    }


_OF_ANSWERS = ("situations", "changed", "unanswered", "groups", "words", "rings", "unchanged")


def _identity(rulebook: Rulebook) -> dict[str, str]:
    return {"rulebook": rulebook.id, "edition": rulebook.edition, "rulebook_sha256": rulebook.sha256}


def _plain(value: Any) -> Any:
    """Turn named tuples into dicts and all other tuples into lists, all the way down."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: _plain(part) for name, part in value._asdict().items()}
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


class OnlyIn(NamedTuple):
    """Something that only one rulebook reads, in words, with its id.

    `record` holds it and nothing else, and `answer` is what that rulebook answers (None: it gives no answer there);
    both are None for what sets no answer on its own. A follow-up question is answered yes.
    """

    which: Which
    kind: str
    id: str
    record: dict[str, Any] | None = None
    answer: Decision | None = None


def only_in(which: Which, own: Situations, other: Situations) -> tuple[OnlyIn, ...]:
    """Give what a record can hold that one rulebook reads and the other does not."""
    return (
        *_ids(which, own, other.rulebook),
        *_answers(which, own, other.rulebook),
        *_follow_ups(which, own, other.rulebook),
        *_own_levels(which, own, other.rulebook),
        *(OnlyIn(which, kind, id_) for kind, id_ in _beside(own.rulebook, other.rulebook)),
    )


def _ids(which: Which, own: Situations, other: Rulebook) -> Iterator[OnlyIn]:
    for id_ in (*own.ids, *own.rulebook.aliases):
        current = read_as(own.rulebook, id_)
        if current is not None and read_as(other, id_) is None:
            record = {"indicators": {"present": [id_]}, "situation": {}}
            kind = "indicator" if id_ == current else "earlier id of an indicator"
            yield OnlyIn(which, kind, id_, record, _answer(own, {}, (current, "present")))


def _answers(which: Which, own: Situations, other: Rulebook) -> Iterator[OnlyIn]:
    for question in own.rulebook.situation:
        known = other.field.get(question.id)
        for value in question.values:
            if known is None or value not in known.values:
                given = {question.id: value}
                record = {"indicators": {}, "situation": given}
                kind = "answer to a question that only it asks" if known is None else "answer"
                yield OnlyIn(which, kind, f"{question.id}: {value}", record, _answer(own, given))


def _follow_ups(which: Which, own: Situations, other: Rulebook) -> Iterator[OnlyIn]:
    for id_ in own.rulebook.follow_up:
        if id_ not in other.follow_up:
            record = own.record_of((id_, YES), None)
            yield OnlyIn(which, "follow-up question", id_, record, _answer(own, {}, (id_, YES)))


def _own_levels(which: Which, own: Situations, other: Rulebook) -> Iterator[OnlyIn]:
    for level in own.rulebook.level:
        if level not in other.level:
            thing = JUDGEMENT, level_word(level)
            record = own.record_of(thing, None)
            kind = "level of the practitioner's own"
            yield OnlyIn(which, kind, str(level), record, _answer(own, {}, thing))


def _beside(own: Rulebook, other: Rulebook) -> Iterator[tuple[str, str]]:
    known = list(_ids_beside(other))
    yield from (one for one in _ids_beside(own) if one not in known)


def _ids_beside(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    yield from (("circumstance", one.id) for one in rulebook.circumstances)
    yield from (("age band", one.id) for one in rulebook.age_bands)
    yield from (("reason for another level", one.id) for one in rulebook.difference.reasons)


def _answer(own: Situations, given: Mapping[str, str], *recorded: Thing) -> Decision | None:
    """Give what a rulebook answers where this is recorded, and no age."""
    answers = {id_: given.get(id_, unasked) for id_, unasked in own.rulebook.unasked.items()}
    signs = signs_of_all(own, [*recorded, *(one for one in answers.items() if one[0] in own.alone)], None)
    return Rulings(own).of(signs, tuple(answers.values())).shown


def beside_may_change(old: Rulebook, new: Rulebook) -> Mapping[str, bool]:
    """Say of each thing that stands beside an answer whether anything that it follows from has changed."""
    looked, rung = _looked_at(old) != _looked_at(new), _rung_if_worse(old) != _rung_if_worse(new)
    changed = {
        what: any(getattr(old, name) != getattr(new, name) for name in one["follows"])
        for what, one in WORDS["beside"].items()
    }
    return {
        **changed,
        **{what: changed[what] or looked for what in ("afterwards", "services", "difference")},
        "if_worse": changed["if_worse"] or rung,
    }


def _rung_if_worse(rulebook: Rulebook) -> list[object]:
    return [rulebook.contact.get(id_) for id_ in rulebook.if_worse_contacts]


def _looked_at(rulebook: Rulebook) -> list[tuple[object, ...]]:
    return [(one.id, one.level, one.basis, one.heading, one.recordable) for one in rulebook.indicators]

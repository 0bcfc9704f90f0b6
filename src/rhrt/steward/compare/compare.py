"""Two rulebooks compared: what changed, whose answer changes, what only one reads, and what may change beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple, get_args

from rhrt.faults import BadInput
from rhrt.reasoning.facts import Thing
from rhrt.reasoning.signs import AGE, written
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
    said = [(id_, mark) for mark in get_args(Mark) for id_ in getattr(given.indicators, mark.replace("-", "_"))]
    said += given.follow_ups.items()
    if given.judgement and given.judgement.level is not None:
        said.append((JUDGEMENT, level_word(given.judgement.level)))
    if given.child.age_band is not None:
        said.append((AGE, given.child.age_band))
    return found.says_unchanged(tuple(said), given.situation)


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
    rulings = Rulings(own)
    known = list(_beside(other.rulebook))
    return (
        *(
            OnlyIn(which, kind, called, _record(own.rulebook, thing), _answer(rulings, thing))
            for kind, called, thing in _decisive(own.rulebook, other.rulebook)
        ),
        *(OnlyIn(which, *one) for one in _beside(own.rulebook) if one not in known),
    )


def _decisive(own: Rulebook, other: Rulebook) -> Iterator[tuple[str, str, Thing]]:
    """Give what only one reads, and answers follow from: its kind, what it is called, and how a record says it."""
    for id_ in (*own.position, *own.aliases):
        if read_as(own, id_) and not read_as(other, id_):
            yield "indicator" if id_ in own.position else "earlier id of an indicator", id_, (id_, "present")
    for question in own.situation:
        known = other.field.get(question.id)
        for value in question.values:
            if known is None or value not in known.values:
                kind = "answer to a question that only it asks" if known is None else "answer"
                yield kind, f"{question.id}: {value}", (question.id, value)
    yield from (("follow-up question", id_, (id_, YES)) for id_ in own.follow_up if id_ not in other.follow_up)
    for level in own.level:
        if level not in other.level:
            yield "level of the practitioner's own", str(level), (JUDGEMENT, level_word(level))


def _record(rulebook: Rulebook, thing: Thing) -> dict[str, Any]:
    answers = dict([thing] if thing[0] in rulebook.field else [])
    return written((thing,), answers, (*rulebook.position, *rulebook.aliases), rulebook.follow_up)


def _answer(own: Rulings, thing: Thing) -> Decision | None:
    """Give what a rulebook answers where this is recorded, and no age."""
    rulebook, alone = own.situations.rulebook, own.situations.alone
    said = {**rulebook.unasked, read_as(rulebook, thing[0]) or thing[0]: thing[1]}
    things = [one for one in said.items() if one[0] in alone or one[0] not in rulebook.field]
    answers = tuple(said[question] for question in rulebook.questions)
    return own.of(signs_of_all(own.situations, things, None), answers).shown


def _beside(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    yield from (("circumstance", one.id) for one in rulebook.circumstances)
    yield from (("age band", one.id) for one in rulebook.age_bands)
    yield from (("reason for another level", one.id) for one in rulebook.difference.reasons)


def beside_may_change(old: Rulebook, new: Rulebook) -> Mapping[str, bool]:
    """Say of each thing that stands beside an answer whether anything that it follows from has changed."""
    return {
        what: any(_followed(old, name) != _followed(new, name) for name in one["follows"])
        for what, one in WORDS["beside"].items()
    }


def _followed(rulebook: Rulebook, name: str) -> object:
    """Give a part of a rulebook as far as what stands beside an answer follows from it."""
    if name == "contacts":
        return [rulebook.contact.get(id_) for id_ in rulebook.if_worse_contacts]
    if name == "looked_at":
        return [(one.id, one.level, one.basis, one.heading, one.recordable) for one in rulebook.indicators]
    return getattr(rulebook, name)

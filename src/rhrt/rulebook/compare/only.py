"""What only one of two rulebooks can read in a record, and what may change beside the answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from rhrt.rulebook.compare.answers import Answer, outcome
from rhrt.rulebook.compare.together import read_as
from rhrt.rulebook.model import Rulebook
from rhrt.rulebook.situations import NOTHING, Signs, Situations

Which = Literal["old", "new"]


class OnlyIn(NamedTuple):
    """Something that only one rulebook reads, in words, with its id.

    `record` holds it and nothing else, and `answer` is what that rulebook answers; both are None for what never
    sets an answer.
    """

    which: Which
    kind: str
    id: str
    record: dict[str, Any] | None = None
    answer: Answer | None = None


def only_in(which: Which, own: Situations, other: Situations) -> tuple[OnlyIn, ...]:
    """Give what a record can hold that one rulebook reads and the other does not."""
    return (
        *_ids(which, own, other.rulebook),
        *_answers(which, own, other.rulebook),
        *(OnlyIn(which, kind, id_) for kind, id_ in _beside(own.rulebook, other.rulebook)),
    )


def _ids(which: Which, own: Situations, other: Rulebook) -> Iterator[OnlyIn]:
    for id_ in (*own.ids, *own.rulebook.aliases):
        current = read_as(own.rulebook, id_)
        if current is not None and read_as(other, id_) is None:
            record = {"indicators": {"present": [id_]}, "situation": {}}
            kind = "indicator" if id_ == current else "earlier id of an indicator"
            yield OnlyIn(which, kind, id_, record, _answer(own, own.signs_of(current, "present"), {}))


def _answers(which: Which, own: Situations, other: Rulebook) -> Iterator[OnlyIn]:
    for question in own.rulebook.situation:
        known = other.field.get(question.id)
        for value in question.values:
            if known is None or value not in known.values:
                given = {question.id: value}
                record = {"indicators": {}, "situation": given}
                kind = "answer to a question that only it asks" if known is None else "answer"
                yield OnlyIn(which, kind, f"{question.id}: {value}", record, _answer(own, NOTHING, given))


def _beside(own: Rulebook, other: Rulebook) -> Iterator[tuple[str, str]]:
    kinds = (
        ("circumstance", [one.id for one in own.circumstances], [one.id for one in other.circumstances]),
        ("age band", [one.id for one in own.age_bands], [one.id for one in other.age_bands]),
        ("level of the practitioner's own", [*map(str, own.level)], [*map(str, other.level)]),
        (
            "reason for another level",
            [one.id for one in own.difference.reasons],
            [one.id for one in other.difference.reasons],
        ),
    )
    for kind, ids, known in kinds:
        yield from ((kind, id_) for id_ in ids if id_ not in known)


def _answer(own: Situations, signs: Signs, given: Mapping[str, str]) -> Answer:
    pairs = zip(own.rulebook.questions, own.rulebook.defaults, strict=True)
    return outcome(own.situation(signs, tuple([given.get(id_, default) for id_, default in pairs])), {}).answer


def prompts_may_change(old: Rulebook, new: Rulebook) -> bool:
    """Say whether anything that a prompt can look at or show has changed."""
    return any(
        getattr(old, name) != getattr(new, name)
        for name in (
            "prompts", "findings", "judgements", "situation", "levels", "indicators", "age_bands", "circumstances",
            "aliases",
        )
    )  # fmt: skip


def afterwards_may_change(old: Rulebook, new: Rulebook) -> bool:
    """Say whether anything that decides what follows an answer has changed."""
    names = ("afterwards", "findings", "judgements", "situation", "levels", "aliases")
    return _looked_at(old) != _looked_at(new) or any(getattr(old, name) != getattr(new, name) for name in names)


def _looked_at(rulebook: Rulebook) -> list[tuple[object, ...]]:
    return [(one.id, one.level, one.basis, one.heading, one.recordable) for one in rulebook.indicators]

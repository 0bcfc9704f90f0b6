"""What only one of two rulebooks can read in a record, and what may change beside the answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from rhrt.reasoning.situations import Situations
from rhrt.rulebook.conditions import JUDGEMENT, level_word
from rhrt.rulebook.model import YES, Rulebook
from rhrt.rulebook.recorded import Thing
from rhrt.steward.compare.answers import Decision, ruling
from rhrt.steward.compare.pair import signs_of_all
from rhrt.steward.compare.together import read_as

Which = Literal["old", "new"]


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
    kinds = (
        ("circumstance", [one.id for one in own.circumstances], [one.id for one in other.circumstances]),
        ("age band", [one.id for one in own.age_bands], [one.id for one in other.age_bands]),
        (
            "reason for another level",
            [one.id for one in own.difference.reasons],
            [one.id for one in other.difference.reasons],
        ),
    )
    for kind, ids, known in kinds:
        yield from ((kind, id_) for id_ in ids if id_ not in known)


def _answer(own: Situations, given: Mapping[str, str], *recorded: Thing) -> Decision | None:
    """Give what a rulebook answers where this is recorded, and no age."""
    pairs = zip(own.rulebook.questions, own.rulebook.defaults, strict=True)
    answers = {id_: given.get(id_, default) for id_, default in pairs}
    signs = signs_of_all(own, [*recorded, *(one for one in answers.items() if one[0] in own.alone)], None)
    return ruling(own.situation(signs, tuple(answers.values())), {}).shown


_DECIDES = ("findings", "judgements", "situation", "levels", "aliases")
"""The parts of a rulebook that decide the level, but for its indicators."""

_BESIDE: Mapping[str, tuple[str, ...]] = {
    "prompts": ("prompts", "indicators", "ladders", "age_bands", "circumstances", *_DECIDES),
    "follow_ups": ("prompts", "indicators", "ladders", "age_bands", "circumstances", "actions", *_DECIDES),
    "afterwards": ("afterwards", *_DECIDES),
    "neighbours": ("ladders", "indicators", *_DECIDES),
    "services": ("services", "topics", *_DECIDES),
    "circumstances": ("circumstances",),
    "degree": ("degree", "indicators", "aliases"),
    "difference": ("difference", *_DECIDES),
    "no_level": ("no_level",),
    "if_worse": ("if_worse", "if_worse_contacts"),
    "notice": ("notice", "no_answer"),
}
"""What stands beside an answer, each with the parts of a rulebook that it follows from."""


def beside_may_change(old: Rulebook, new: Rulebook) -> Mapping[str, bool]:
    """Say of each thing that stands beside an answer whether anything that it follows from has changed."""
    looked, rung = _looked_at(old) != _looked_at(new), _rung_if_worse(old) != _rung_if_worse(new)
    changed = {
        what: any(getattr(old, name) != getattr(new, name) for name in names) for what, names in _BESIDE.items()
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

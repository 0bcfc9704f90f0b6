"""An interview written down, to be carried by whoever is asked and taken up again. Nothing of it is kept here."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any, Literal, NamedTuple, get_args

from pydantic import Field, TypeAdapter, ValidationError, with_config
from typing_extensions import TypedDict

from rhrt.faults import BadInput, Fault
from rhrt.files import DoubledKey, json_of
from rhrt.interview import questions
from rhrt.interview.matters import alarms
from rhrt.interview.questions import Question
from rhrt.interview.session import Place, Session
from rhrt.part import Part
from rhrt.record import Record, check
from rhrt.rulebook.kinds import NOT_ASKED
from rhrt.rulebook.model import Rulebook
from rhrt.shape import json_path
from rhrt.suggestion import MOST_FOLLOW_UPS

LONGEST_TRAIL = 30
"""How many questions back a person can go."""

_Settled = Literal["concerns", "age_band", "circumstances", "own_level", "check"]
_SETTLED = get_args(_Settled)
_ALONE = (*_SETTLED, "words", "lists", "advice", "first", "child", "last")

_Word = Annotated[str, Field(max_length=200)]
_Words = Annotated[list[_Word], Field(max_length=60)]
_Place = Annotated[_Words, Field(min_length=1)]


@with_config({"extra": "forbid"})
class _Written(TypedDict):
    record: dict[_Word, Any]
    skipped: _Words
    settled: Annotated[list[_Settled], Field(max_length=len(_SETTLED))]
    advised: _Words
    place: _Place | None
    trail: Annotated[list[_Place], Field(max_length=LONGEST_TRAIL)]


_SHAPE = TypeAdapter(_Written)


class Carried(NamedTuple):
    """An interview, and the places gone through, the last one last."""

    session: Session
    trail: tuple[Place, ...] = ()

    @property
    def question(self) -> Question:
        """The next question; the check of all answers is the last. Raises BadInput after that."""
        question = self.session.question()
        if question is None:
            raise _bad("place", "There is no more to ask.")
        return question

    def answered(self, session: Session) -> Carried:
        """Go on to what an answer gave; this place becomes the last one gone through."""
        here = self.session.here
        return Carried(session, (*self.trail, *((here,) if here else ()))[-LONGEST_TRAIL:])

    def back(self) -> Carried:
        """Go to the last place gone through that can still be gone to. The answers stay."""
        for index in range(len(self.trail) - 1, -1, -1):
            if can_be_at(self.trail[index], self.session):
                return Carried(self.session.at(self.trail[index]), self.trail[:index])
        return Carried(self.session)


def write(carried: Carried) -> str:
    """Write an interview as one line of JSON."""
    session = carried.session
    record = session.record.as_dict()
    document = {
        "record": record,
        "skipped": sorted(session.follow_ups.keys() - record["follow_ups"].keys()),
        "settled": sorted(session.settled.intersection(_SETTLED)),
        "advised": sorted(session.advised),
        "place": session.place and [session.place.question, *session.place.ids],
        "trail": [[place.question, *place.ids] for place in carried.trail],
    }
    return json.dumps(document, separators=(",", ":"), default=Part.as_dict)


def read(text: str, rulebooks: tuple[Rulebook, ...]) -> Carried:
    """Take up an interview as written. Raises BadInput where `write` could not have written it."""
    try:
        document = _SHAPE.validate_json(text, strict=True)
        json_of(text)  # refuses a key that is written twice; what is nested too deep is refused by then
    except (ValidationError, DoubledKey):
        raise _bad("$", "These are not the answers of an interview.") from None
    record = Record.model_validate(document["record"], lambda path: json_path(("record", *path)))
    rulebook = next((one for one in rulebooks if one.id == record.rulebook), None)
    if rulebook is None:
        raise _bad("record.rulebook", "This rulebook is not here.")
    session = of_record(record, rulebook)
    session = replace(
        session,
        follow_ups={**session.follow_ups, **_skipped(document["skipped"], session)},
        settled=frozenset(document["settled"]),
        advised=frozenset(document["advised"]),
    )
    if not session.advised <= alarms(session.record, rulebook):
        raise _bad("advised", "Advice was not given for these answers.")
    trail = tuple(_place(written, session) for written in document["trail"])
    place = _place(document["place"], session) if document["place"] else None
    if place and not can_be_at(place, session):
        raise _bad("place", "This cannot be asked here.")
    return Carried(replace(session, place=place), trail)


def of_record(record: Record, rulebook: Rulebook) -> Session:
    """Begin an interview with what a record says. Raises BadInput where the rulebook does not know it.

    Its answers are checked where somebody goes there.
    """
    checked = check(record, rulebook, lambda path: json_path(("record", *path)))
    marked = {"present": checked.present, "absent": checked.absent, "not-known": checked.not_known}
    return Session(
        rulebook,
        commit_first=True,
        together=True,
        situation={id_: answer for id_, answer in record.situation.items() if answer != NOT_ASKED},
        marks={id_: mark for mark, ids in marked.items() for id_ in ids},
        age_band=checked.age_band,
        circumstances=checked.circumstances,
        follow_ups=dict(checked.follow_ups),
        own_level=checked.judgement,
        own_reason=checked.override,
        settled=frozenset({"check"}),
    )


def can_be_at(place: Place, session: Session) -> bool:
    """Say whether a place can be gone to: advice only while there is something to advise."""
    return place.question != "advice" or bool(alarms(session.record, session.rulebook))


def _skipped(ids: list[str], session: Session) -> dict[str, str]:
    """Give the follow-up questions that were put and skipped."""
    if not set(ids) <= session.rulebook.follow_up.keys() - session.follow_ups.keys():
        raise _bad("skipped", "These were not skipped.")
    return dict.fromkeys(ids, NOT_ASKED)


def _place(written: list[str], session: Session) -> Place:
    kind, *ids = written
    if not _can_be(kind, ids, session.rulebook):
        raise _bad("place", "There is no such place.")
    return Place(kind, tuple(ids))


def _can_be(kind: str, ids: list[str], rulebook: Rulebook) -> bool:
    """Say whether these ids are such as this place is about."""
    known, asked = rulebook.position.keys(), rulebook.follow_up.keys()
    pickable = all(questions.can_be_picked(id_, rulebook) for id_ in ids)
    once = len(set(ids)) == len(ids)
    ways: dict[str, Callable[[], bool]] = {
        "found": lambda: once and len(ids) <= questions.SHOWN and pickable,
        "rungs": lambda: (
            questions.can_be_picked(ids[0], rulebook) and questions.rungs_of(ids[0], rulebook) == (*ids[1:],)
        ),
        "fits": lambda: once and pickable,
        "list": lambda: len(ids) == 1 and questions.is_list(ids[0], rulebook),
        "follow_ups": lambda: once and len(ids) <= MOST_FOLLOW_UPS and asked >= set(ids),
    }
    of_one = {"mark": known, "situation": rulebook.field.keys(), "follow_up": asked}
    if kind in ways:
        return bool(ids or kind == "found") and ways[kind]()
    if kind in of_one:
        return len(ids) == 1 and ids[0] in of_one[kind]
    return kind in _ALONE and not ids


def _bad(where: str, what: str) -> BadInput:
    return BadInput([Fault(where, what, "Start again.")])

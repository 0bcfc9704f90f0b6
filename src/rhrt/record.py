"""What a practitioner recorded. Nothing here can hold a name, an address or a narrative.

A `Record` is as written; `check` reads it against a rulebook and gives a `CheckedRecord`, in which every
id is known and every question has an answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from functools import partial
from typing import Any, NamedTuple

from pydantic_core import SchemaValidator, ValidationError, to_json
from pydantic_core import core_schema as cs

from rhrt.faults import BadInput, Fault, nearest
from rhrt.files import MOST_FAULTS, Location
from rhrt.part import Part, often_made
from rhrt.rulebook.kinds import FOLLOW_UP_ANSWERS
from rhrt.rulebook.model import Rulebook
from rhrt.shape import Where, faults_of, few_unknown_keys, few_wrong_words, json_path


@often_made
class Child(Part):
    """What is recorded of the child: an age band, and nothing that identifies anybody."""

    age_band: str | None = None


@often_made
class Marks(Part):
    """The ids of indicators marked present, absent or not known. All others were not asked."""

    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    not_known: tuple[str, ...] = ()


@often_made
class OwnJudgement(Part):
    """The level that the practitioner would give, and the code of their reason where they give one."""

    level: int | None = None
    reason: str | None = None


_NOT_JUDGED = OwnJudgement()

FIND = "Find it by plain words: rhrt find WORDS."
"""What to do about an id that is like no other. The service says it with an address."""


@often_made
class Record(Part):
    """A record as written. `situation` maps a question's id to an answer; what is left out is the default.

    `follow_ups` maps the id of a follow-up question that was asked to yes, no or not-known.
    """

    rulebook: str | None = None
    child: Child = Child()
    indicators: Marks = Marks()
    circumstances: tuple[str, ...] = ()
    situation: Mapping[str, str] = field(default_factory=dict)
    follow_ups: Mapping[str, str] = field(default_factory=dict)
    judgement: OwnJudgement | None = None

    @classmethod
    def model_validate(cls, data: object, where: Where = json_path) -> "Record":
        """Make a record from a dict. Raises BadInput with every fault, each at the place `where` gives."""
        if isinstance(data, Record):
            return data
        try:
            record: Record = _VALIDATOR.validate_python(data)
        except ValidationError as error:
            raise BadInput(faults_of(error.errors(include_url=False), data, where, KEYS)) from None
        return record


class CheckedRecord(NamedTuple):
    """A record read against a rulebook: ids known, in the rulebook's order, each once.

    `answers` gives an answer to each question of the rulebook, in its order; `follow_ups` each follow-up question
    that was answered, with the answer, in the order in which they are asked.
    """

    rulebook: str
    age_band: str | None
    present: tuple[str, ...]
    absent: tuple[str, ...]
    not_known: tuple[str, ...]
    circumstances: tuple[str, ...]
    answers: tuple[str, ...]
    questions: tuple[str, ...]
    judgement: int | None
    override: str | None
    follow_ups: tuple[tuple[str, str], ...] = ()

    def document(self) -> dict[str, Any]:
        """Give the record as plain data in one fixed form: what the receipt keeps and hashes."""
        return {
            "rulebook": self.rulebook,
            "child": {"age_band": self.age_band},
            "indicators": {"present": self.present, "absent": self.absent, "not_known": self.not_known},
            "circumstances": self.circumstances,
            "situation": dict(zip(self.questions, self.answers, strict=True)),
            "follow_ups": dict(self.follow_ups),
            "judgement": None if self.judgement is None else {"level": self.judgement, "reason": self.override},
        }

    def content(self) -> bytes:
        """Give the bytes that identify the record: its document as JSON in UTF-8, without spaces."""
        return to_json(self.document())


def check(record: Record, rulebook: Rulebook, where: Where = json_path) -> CheckedRecord:
    """Read a record against a rulebook. Raises BadInput with every fault."""
    faults, marks, own = _Faults(where), record.indicators, record.judgement or _NOT_JUDGED
    present = _ids(marks.present, "present", rulebook, faults)
    absent = _ids(marks.absent, "absent", rulebook, faults)
    not_known = _ids(marks.not_known, "not_known", rulebook, faults)
    if absent or not_known:
        _refuse_conflicts(marks, rulebook, faults)
    checked = CheckedRecord(
        rulebook.id,
        _known(record.child.age_band, rulebook.age_bands, "age band", ("child", "age_band"), faults),
        present,
        absent,
        not_known,
        _circumstances(record, rulebook, faults),
        _answers(record, rulebook, faults),
        rulebook.questions,
        _judgement(own.level, rulebook, faults),
        _known(own.reason, rulebook.difference.reasons, "reason", ("judgement", "reason"), faults),
        _follow_ups(record, rulebook, faults),
    )
    if record.rulebook not in (None, rulebook.id):
        what = f"This record is for the rulebook '{str(record.rulebook)[:80]}', not '{rulebook.id}'."
        faults.note(("rulebook",), what, "Choose that rulebook, or change this line.")
    if faults:
        raise BadInput(faults)
    return checked


class _Faults(list[Fault]):
    """The faults found so far in a record. Raises BadInput once there are enough to be going on with."""

    def __init__(self, where: Where) -> None:
        super().__init__()
        self._where = where

    def note(self, location: Location, what: str, remedy: str) -> None:
        """Note a fault at a place of the record."""
        self.append(Fault(self._where(location), what, remedy))
        if len(self) >= MOST_FAULTS:
            raise BadInput(self)


def _ids(ids: Sequence[str], mark: str, rulebook: Rulebook, faults: _Faults) -> tuple[str, ...]:
    """Give the ids as the rulebook has them, in its order, each once."""
    if not ids:
        return ()
    known, order = rulebook.indicator, rulebook.position
    if all(map(order.__contains__, ids)):
        return tuple(sorted(set(ids), key=order.__getitem__))
    found = []
    for index, id_ in enumerate(ids):
        place, current = ("indicators", mark, index), rulebook.aliases.get(id_, id_)
        if current in order:
            found.append(current)
        elif current in known:
            faults.note(place, f"'{id_}' states nothing, so it cannot be recorded.", "Leave it out.")
        elif id_ in rulebook.taken_out:
            faults.note(place, rulebook.taken_out[id_].what, "Take it out of the record.")
        else:
            remedy = nearest(id_, known) or FIND
            faults.note(place, f"There is no indicator '{id_[:80]}'.", remedy)
    return tuple(sorted(set(found), key=order.__getitem__))


def _refuse_conflicts(marks: Marks, rulebook: Rulebook, faults: _Faults) -> None:
    seen: dict[str, str] = {}
    for mark, ids in marks.as_dict().items():
        for index, id_ in enumerate(ids):
            first = seen.setdefault(rulebook.aliases.get(id_, id_), mark)
            if first != mark:
                what = f"'{id_[:80]}' is marked both {first} and {mark}."
                faults.note(("indicators", mark, index), what, "Keep one of the two.")


def _circumstances(record: Record, rulebook: Rulebook, faults: _Faults) -> tuple[str, ...]:
    given = record.circumstances
    for index, id_ in enumerate(given):
        _known(id_, rulebook.circumstances, "circumstance", ("circumstances", index), faults)
    return tuple([one.id for one in rulebook.circumstances if one.id in given]) if given else ()


def _answers(record: Record, rulebook: Rulebook, faults: _Faults) -> tuple[str, ...]:
    for id_, answer in record.situation.items():
        question = rulebook.field.get(id_)
        if question is None:
            _known(id_, rulebook.situation, "question", ("situation", id_), faults)
        elif answer not in question.values:
            # All of them, not the nearest: for a few short words that could steer, as from "maybe" to "yes".
            remedy = f"Write one of: {', '.join(question.values)}."
            faults.note(("situation", id_), f"There is no answer to {id_} '{answer[:80]}'.", remedy)
    return tuple({**rulebook.unasked, **record.situation}.values())


def _follow_ups(record: Record, rulebook: Rulebook, faults: _Faults) -> tuple[tuple[str, str], ...]:
    if not record.follow_ups:
        return ()
    for id_, answer in record.follow_ups.items():
        _known(id_, rulebook.follow_up.values(), "follow-up question", ("follow_ups", id_), faults)
        if answer not in FOLLOW_UP_ANSWERS:
            remedy = f"Write one of: {', '.join(FOLLOW_UP_ANSWERS)}. Leave out what was not asked."
            faults.note(("follow_ups", id_), f"There is no answer to {id_[:80]} '{answer[:80]}'.", remedy)
    given = record.follow_ups
    return tuple((id_, given[id_]) for id_ in rulebook.follow_up if id_ in given)


def _judgement(level: int | None, rulebook: Rulebook, faults: _Faults) -> int | None:
    if level is not None and level not in rulebook.level:
        remedy = f"Write one of: {', '.join(map(str, rulebook.level))}."
        what = f"There is no Level {level}." if abs(level) < 10**18 else "There is no such level."
        faults.note(("judgement", "level"), what, remedy)
    return level


def _known(word: str | None, listed: Iterable[Any], kind: str, place: Location, faults: _Faults) -> str | None:
    """Give the id of one thing, once it was looked for among those that the rulebook lists."""
    if word is not None and word not in (ids := [one.id for one in listed]):
        one_of = f"Write one of: {', '.join(ids)}." if ids else "Leave it out: this rulebook has none."
        faults.note(place, f"There is no {kind} '{word[:80]}'.", nearest(word, ids) or one_of)
    return word


def _object(kind: type, **parts: cs.CoreSchema) -> cs.CoreSchema:
    """Describe one of the classes above: every part may be left out, and no other is known."""
    empty, fields = kind(), []
    for name, schema in parts.items():
        default = getattr(empty, name)
        given: dict[str, Any] = {"default_factory": dict} if default == {} else {"default": default}
        fields.append(cs.dataclass_field(name, cs.with_default_schema(schema, **given)))
    arguments = cs.dataclass_args_schema(kind.__name__, fields, extra_behavior="forbid")
    schema = cs.dataclass_schema(kind, arguments, list(parts), slots=True)
    return cs.no_info_before_validator_function(partial(few_unknown_keys, known=tuple(parts)), schema)


def _or_left_empty(schema: cs.CoreSchema, empty: object) -> cs.CoreSchema:
    """Take a key that was written with nothing after it as if it were not written."""
    return cs.no_info_before_validator_function(lambda value: empty if value is None else value, schema)


def _words(schema: cs.CoreSchema, empty: object) -> cs.CoreSchema:
    """Take a list of words, or a dict of them."""
    return _or_left_empty(cs.no_info_before_validator_function(few_wrong_words, schema), empty)


_WORD = cs.str_schema(strict=True)
_WORDS = _words(cs.tuple_schema([_WORD], variadic_item_index=0), ())
_LEVEL = cs.int_schema(strict=True)

# pydantic's own validator, described by hand: with one that it makes of these classes, `rhrt assess` takes 1.6 of
# the time (`python -m tests.benchmark`).
_SCHEMA = _object(
    Record,
    rulebook=cs.nullable_schema(_WORD),
    child=_or_left_empty(_object(Child, age_band=cs.nullable_schema(_WORD)), Child()),
    indicators=_or_left_empty(_object(Marks, present=_WORDS, absent=_WORDS, not_known=_WORDS), Marks()),
    circumstances=_WORDS,
    situation=_words(cs.dict_schema(_WORD, _WORD), {}),
    follow_ups=_words(cs.dict_schema(_WORD, _WORD), {}),
    judgement=cs.nullable_schema(
        _object(OwnJudgement, level=cs.nullable_schema(_LEVEL), reason=cs.nullable_schema(_WORD))
    ),
)
_VALIDATOR = SchemaValidator(_SCHEMA)
KEYS = ("rulebook", "child", "age_band", "indicators", "present", "absent", "not_known", "circumstances",
         "situation", "follow_ups", "judgement", "level", "reason")  # fmt: skip
"""Every key that stands somewhere in a record."""

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
from rhrt.files import MOST_FAULTS
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
            faults = faults_of(error.errors(include_url=False), data, where, _KEYS)
        else:
            return record
        raise BadInput(faults)


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
            "indicators": {
                "present": self.present,
                "absent": self.absent,
                "not_known": self.not_known,
            },
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
    faults = _Faults()
    marks = record.indicators
    present = _ids(marks.present, "present", rulebook, where, faults)
    absent = _ids(marks.absent, "absent", rulebook, where, faults)
    not_known = _ids(marks.not_known, "not_known", rulebook, where, faults)
    if absent or not_known:
        _refuse_conflicts(marks, rulebook, where, faults)
    checked = CheckedRecord(
        rulebook.id,
        _age_band(record, rulebook, where, faults),
        present,
        absent,
        not_known,
        _circumstances(record, rulebook, where, faults),
        _answers(record, rulebook, where, faults),
        rulebook.questions,
        _judgement(record, rulebook, where, faults),
        _override(record, rulebook, where, faults),
        _follow_ups(record, rulebook, where, faults),
    )
    if record.rulebook not in (None, rulebook.id):
        what = f"This record is for the rulebook '{str(record.rulebook)[:80]}', not '{rulebook.id}'."
        faults.append(Fault(where(("rulebook",)), what, "Choose that rulebook, or change this line."))
    if faults:
        raise BadInput(faults)
    return checked


class _Faults(list[Fault]):
    """The faults found so far. Raises BadInput once there are enough to be going on with."""

    def append(self, fault: Fault) -> None:
        """Take a fault."""
        super().append(fault)
        if len(self) >= MOST_FAULTS:
            raise BadInput(self)


def _ids(ids: Sequence[str], mark: str, rulebook: Rulebook, where: Where, faults: list[Fault]) -> tuple[str, ...]:
    """Give the ids as the rulebook has them, in its order, each once."""
    if not ids:
        return ()
    known, order = rulebook.indicator, rulebook.position
    if all(map(order.__contains__, ids)):
        return tuple(sorted(set(ids), key=order.__getitem__))
    found = []
    for index, id_ in enumerate(ids):
        current = rulebook.aliases.get(id_, id_)
        if current in order:
            found.append(current)
        elif current in known:
            what, remedy = f"'{id_}' states nothing, so it cannot be recorded.", "Leave it out."
            faults.append(Fault(where(("indicators", mark, index)), what, remedy))
        elif id_ in rulebook.taken_out:
            what, remedy = rulebook.taken_out[id_].what, "Take it out of the record."
            faults.append(Fault(where(("indicators", mark, index)), what, remedy))
        else:
            what = f"There is no indicator '{id_[:80]}'."
            remedy = nearest(id_, known) or "Find it by plain words: rhrt find WORDS."
            faults.append(Fault(where(("indicators", mark, index)), what, remedy))
    return tuple(sorted(set(found), key=order.__getitem__))


def _refuse_conflicts(marks: Marks, rulebook: Rulebook, where: Where, faults: list[Fault]) -> None:
    seen: dict[str, str] = {}
    for mark, ids in (("present", marks.present), ("absent", marks.absent), ("not_known", marks.not_known)):
        for index, id_ in enumerate(ids):
            first = seen.setdefault(rulebook.aliases.get(id_, id_), mark)
            if first != mark:
                what = f"'{id_[:80]}' is marked both {first} and {mark}."
                faults.append(Fault(where(("indicators", mark, index)), what, "Keep one of the two."))


def _age_band(record: Record, rulebook: Rulebook, where: Where, faults: list[Fault]) -> str | None:
    age_band = record.child.age_band
    if age_band is not None:
        known = [band.id for band in rulebook.age_bands]
        _expect(age_band, known, "age band", where(("child", "age_band")), faults)
    return age_band


def _circumstances(record: Record, rulebook: Rulebook, where: Where, faults: list[Fault]) -> tuple[str, ...]:
    if not record.circumstances:
        return ()
    known = [circumstance.id for circumstance in rulebook.circumstances]
    for index, id_ in enumerate(record.circumstances):
        _expect(id_, known, "circumstance", where(("circumstances", index)), faults)
    return tuple(id_ for id_ in known if id_ in record.circumstances)


def _answers(record: Record, rulebook: Rulebook, where: Where, faults: list[Fault]) -> tuple[str, ...]:
    for id_, answer in record.situation.items():
        question = rulebook.field.get(id_)
        if question is None:
            _expect(id_, rulebook.field, "question", where(("situation", id_)), faults)
        elif answer not in question.values:
            # All of them, not the nearest: for a few short words that could steer, as from "maybe" to "yes".
            remedy = f"Write one of: {', '.join(question.values)}."
            what = f"There is no answer to {id_} '{answer[:80]}'."
            faults.append(Fault(where(("situation", id_)), what, remedy))
    unasked = zip(rulebook.questions, rulebook.defaults, strict=True)
    return tuple({**dict(unasked), **record.situation}.values())


def _follow_ups(
    record: Record, rulebook: Rulebook, where: Where, faults: list[Fault]
) -> tuple[tuple[str, str], ...]:
    if not record.follow_ups:
        return ()
    for id_, answer in record.follow_ups.items():
        _expect(id_, rulebook.follow_up, "follow-up question", where(("follow_ups", id_)), faults)
        if answer not in FOLLOW_UP_ANSWERS:
            remedy = f"Write one of: {', '.join(FOLLOW_UP_ANSWERS)}. Leave out what was not asked."
            what = f"There is no answer to {id_[:80]} '{answer[:80]}'."
            faults.append(Fault(where(("follow_ups", id_)), what, remedy))
    given = record.follow_ups
    return tuple((id_, given[id_]) for id_ in rulebook.follow_up if id_ in given)


def _judgement(record: Record, rulebook: Rulebook, where: Where, faults: list[Fault]) -> int | None:
    level = record.judgement.level if record.judgement else None
    if level is not None and level not in rulebook.level:
        remedy = f"Write one of: {', '.join(map(str, rulebook.level))}."
        what = f"There is no Level {level}." if abs(level) < 10**18 else "There is no such level."
        faults.append(Fault(where(("judgement", "level")), what, remedy))
    return level


def _override(record: Record, rulebook: Rulebook, where: Where, faults: list[Fault]) -> str | None:
    reason = record.judgement.reason if record.judgement else None
    if reason is not None:
        known = [one.id for one in rulebook.difference.reasons]
        _expect(reason, known, "reason", where(("judgement", "reason")), faults)
    return reason


def _expect(word: str, known: Iterable[str], kind: str, where: str, faults: list[Fault]) -> None:
    words = list(known)
    if word not in words:
        one_of = f"Write one of: {', '.join(words)}." if words else "Leave it out: this rulebook has none."
        faults.append(Fault(where, f"There is no {kind} '{word[:80]}'.", nearest(word, words) or one_of))


def _object(kind: type, **parts: cs.CoreSchema) -> cs.CoreSchema:
    """Describe one of the classes above: every part may be left out, and no other is known."""
    defaults = {part.name: part for part in kind.__dataclass_fields__.values()}  # type: ignore[attr-defined]
    fields = []
    for name, schema in parts.items():
        part = defaults[name]
        default = (
            cs.with_default_schema(schema, default_factory=dict)
            if name in ("situation", "follow_ups")
            else cs.with_default_schema(schema, default=part.default)
        )
        fields.append(cs.dataclass_field(name, default))
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
_KEYS = ("rulebook", "child", "age_band", "indicators", "present", "absent", "not_known", "circumstances",
         "situation", "follow_ups", "judgement", "level", "reason")  # fmt: skip

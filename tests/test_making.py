"""Made rulebooks and records reach all that the model allows, and nothing that would not load."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import is_dataclass, replace
from functools import cache
from operator import is_
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings

from rhrt import Record, Rulebook, load_rulebook
from rhrt.faults import BadInput
from rhrt.part import Part, Piece, part
from rhrt.reasoning.plain import wanted_in
from rhrt.reasoning.program import program_of
from rhrt.reasoning.situations import Situations
from rhrt.rulebook import kinds, model
from rhrt.rulebook.conditions import About, Vocabulary, answer_vocabulary, vocabulary
from rhrt.rulebook.kinds import FOLLOW_UP_ANSWERS, Conditions, Source
from rhrt.rulebook.model import Clause, WrittenIndicator
from rhrt.rulebook.read import assembled
from rhrt.rulebook.rules import rules_of
from rhrt.testing.making import MAKERS, SOURCE, made, seeded
from rhrt.testing.properties import MARKS
from rhrt.testing.strategies import records as drawn_records
from rhrt.testing.strategies import rulebooks as drawn_rulebooks
from tests.checks.whole import folder_of_whole

RULEBOOK = load_rulebook()

GENERATE = settings(derandomize=True, database=None, phases=[Phase.generate], suppress_health_check=[*HealthCheck])
SHRINK = settings(GENERATE, phases=[Phase.generate, Phase.shrink], max_examples=2000)

SEEDS = range(1000)

Shape = tuple[str, str]
"""A part of the model with its field, such as `Contact.number`, and how it can look there, such as `None`."""


# --- How each field of a class can look, and how it looks


def shapes_of(kind: type) -> Iterator[Shape]:
    """Give every way in which each field of a dataclass can look, and of those that it holds, from annotations."""
    for owner in held_by(kind):
        for name, annotation in hints(owner):
            yield from ((f"{owner.__name__}.{name}", how) for how in ways(annotation))


def held_by(kind: Any) -> set[Any]:
    """Give a dataclass with all that it holds, however deep."""
    found: set[Any] = set()
    waiting = [kind]
    while waiting:
        one = waiting.pop()
        if isinstance(one, type) and is_dataclass(one) and one not in found:
            found.add(one)
            waiting += [annotation for _, annotation in hints(one)]
        waiting += get_args(one)
    return found


def ways(annotation: Any) -> Iterator[str]:
    """Give every way in which a value so annotated can look."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        yield from (how for one in inner for how in ways(one))
    elif origin is Literal:
        yield from map(str, inner)
    elif annotation is bool:
        yield from ("False", "True")
    elif annotation is NoneType:
        yield "None"
    elif origin is None:
        yield annotation.__name__
    else:
        yield from ("empty", "one", "several")
        yield from (f"of {how}" for how in ways(inner[-1] if origin is not tuple else inner[0]))


def looks_of(value: Any, annotation: Any) -> Iterator[str]:
    """Give how a value looks, in the same words."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        yield from looks_of(value, next(one for one in inner if fits(value, one)))
    elif origin is Literal or annotation is bool or annotation is NoneType:
        yield str(value)
    elif origin is None:
        yield annotation.__name__
    else:
        yield "empty" if not value else "one" if len(value) == 1 else "several"
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from (f"of {how}" for how in looks_of(one, inner[-1] if origin is not tuple else inner[0]))


def fits(value: Any, annotation: Any) -> bool:
    origin = get_origin(annotation)
    if origin in (Union, UnionType):
        return any(fits(value, one) for one in get_args(annotation))
    return value in get_args(annotation) if origin is Literal else isinstance(value, origin or annotation)


def seen_in(value: Any) -> Iterator[Shape]:
    """Give how each field of a value looks, and of all that it holds."""
    if is_dataclass(value):
        for name, annotation in hints(type(value)):
            own = getattr(value, name)
            yield from ((f"{type(value).__name__}.{name}", how) for how in looks_of(own, annotation))
            yield from seen_in(own)
    elif isinstance(value, Mapping | tuple):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from seen_in(one)


def hints(kind: Any) -> list[tuple[str, Any]]:
    """Give the fields of a dataclass with their annotations."""
    return list(_hints(kind).items())


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    return {name: hint for name, hint in get_type_hints(kind).items() if name in kind.__dataclass_fields__}


def not_reached(kind: type, values: Iterable[Any]) -> list[str]:
    """Name each way in which a field can look and in none of the values does."""
    seen = {shape for value in values for shape in seen_in(value)}
    return sorted(f"{field}: {how}" for field, how in {*shapes_of(kind)} - seen)


# --- Rulebooks

NEVER_LOADS: Mapping[str, tuple[Any, str]] = {
    "Rulebook.documents: empty": ((), "'framework' is not known here"),
    "Rulebook.levels: empty": ((), "The levels are not numbered"),
    "Rulebook.findings: empty": ((), "There is no finding 'harm'"),
    "SituationField.values: empty": ((), "has fewer than two answers"),
    "SituationField.values: one": (("yes",), "has fewer than two answers"),
    "Indicator.also: empty": ((), "fewer than 4 ways of saying this"),
    "Indicator.also: one": (("a",), "fewer than 4 ways of saying this"),
    "Ladder.rungs: empty": ((), "has fewer than two steps"),
    "Action.cases: empty": ((), "has no case"),
    "Case.when: of empty": ({"q_one": ()}, "There are no words here"),
    "SafetySentence.answer: of empty": ({"q_one": ()}, "There are no words here"),
    "SafetySentence.recorded: of of empty": (({"mark": ()},), "There are no words here"),
    "SafetySentence.when: of of empty": (({"q_one": ()},), "There are no words here"),
} | {
    f"{rule}.when: {how}": (value, says)
    for rule in ("Finding", "Judgement", "Route", "Urgency", "Prompt", "Afterwards")
    for how, value, says in (
        ("empty", (), "There is no condition here"),
        ("of of empty", ({"q_one": ()},), "There are no words here"),
    )
}
"""What the model's types allow and no rulebook that loads has: such a value, and what is said of it."""

NOT_IN_A_RULEBOOK = {
    WrittenIndicator: "what an indicator is before it has its level",
    Clause: "for those who look after the rulebook",
}


@pytest.fixture(scope="module")
def rulebooks() -> list[Rulebook]:
    return [seeded(seed) for seed in SEEDS]


@pytest.mark.long
def test_made_rulebooks_reach_each_part_of_the_model(rulebooks: list[Rulebook]) -> None:
    left = {*not_reached(Rulebook, rulebooks)}
    assert sorted(left - NEVER_LOADS.keys()) == [], "give it in the maker of its part: rhrt.testing.making"
    assert NEVER_LOADS.keys() - left == set()
    held = held_by(Rulebook) | NOT_IN_A_RULEBOOK.keys()
    parts = {
        one
        for one in (*vars(kinds).values(), *vars(model).values())
        if isinstance(one, type) and issubclass(one, Part)
    }
    assert parts - held == {Part, Piece}


@pytest.mark.long
@pytest.mark.parametrize("shape", NEVER_LOADS)
def test_what_is_never_made_would_not_load(shape: str, rulebooks: list[Rulebook]) -> None:
    value, says = NEVER_LOADS[shape]
    owner, _, name = shape.partition(":")[0].partition(".")
    changed = [new for one in rulebooks if (new := with_value(one, owner, name, value)) is not one]
    assert changed
    said = [refused(one) for one in changed]
    assert all(said)
    assert any(says in one for one in said), said[0]


def with_value(part: Any, owner: str, name: str, value: Any) -> Any:
    """Give a field of each part of a kind another value; the same object, where it holds none of that kind."""
    if isinstance(part, tuple):
        new = tuple(with_value(one, owner, name, value) for one in part)
        return part if all(map(is_, new, part)) else new
    if not is_dataclass(part):
        return part
    held = {field: with_value(getattr(part, field), owner, name, value) for field, _ in hints(type(part))}
    if type(part).__name__ == owner:
        held[name] = value
    changed = {field: new for field, new in held.items() if new is not getattr(part, field)}
    return replace(part, **changed) if changed else part  # type: ignore[type-var]


def refused(rulebook: Rulebook) -> str:
    """Give what is said of a rulebook where it does not load."""
    try:
        assembled(folder_of_whole(rulebook).written, "")
    except BadInput as bad:
        return str(bad)
    return ""


@pytest.mark.long
def test_each_made_rulebook_loads_as_it_was_made(rulebooks: list[Rulebook]) -> None:
    for rulebook in [made(dict.fromkeys(MAKERS, b"")), *rulebooks]:
        loaded = assembled(folder_of_whole(rulebook).written, "")
        assert [name for name, _ in hints(Rulebook) if getattr(loaded, name) != getattr(rulebook, name)] == []


@pytest.mark.long
def test_each_made_rulebook_is_within_the_limits_of_the_engine(rulebooks: list[Rulebook]) -> None:
    assert [program_of(rulebook).rules.keys() for rulebook in rulebooks] == [{*get_args(About)}] * len(rulebooks)


def test_conditions_of_each_kind_ask_for_each_value_of_every_field(rulebooks: list[Rulebook]) -> None:
    wanted: set[tuple[str, str, str]] = set()
    there: set[tuple[str, str, str]] = set()
    for one in rulebooks:
        for about in get_args(About):
            there |= set(every_word(about, vocabulary(one, about)))
            wanted |= set(
                asked(about, [when for rule in rules_of(one) if rule.about == about for when in rule.when])
            )
        there |= set(every_word("answer", answer_vocabulary(one)))
        wanted |= set(asked("answer", [sentence.answer for sentence in one.safety]))
    assert there - wanted == set()
    assert {word for about, field, word in wanted if field == "route"} == {"here", "there", "elsewhere", "none"}


def every_word(about: str, known: Vocabulary) -> Iterator[tuple[str, str, str]]:
    return ((about, field, str(word)) for field, words in known.items() for word in words)


def asked(about: str, whens: Iterable[Conditions]) -> Iterator[tuple[str, str, str]]:
    for conditions in wanted_in(whens, 5):
        for field, words in conditions:
            yield from ((about, field, str(word)) for word in words)


def test_the_same_seed_makes_the_same_rulebook_and_another_another() -> None:
    assert vars(seeded(1)) == vars(seeded(1))
    assert vars(seeded(1)) != vars(seeded(2))


@pytest.mark.long
def test_hypothesis_leaves_out_what_a_failure_does_not_need() -> None:
    found = find(drawn_rulebooks(), lambda one: len(one.contacts) > 1, settings=SHRINK)
    least = made(dict.fromkeys(MAKERS, b""))
    others = {name for name, _ in hints(Rulebook) if getattr(found, name) != getattr(least, name)}
    assert others == {"contacts"}
    assert [(one.number, one.otherwise) for one in found.contacts] == [(None, None)] * 2


@pytest.mark.long
def test_most_answers_of_made_rulebooks_are_whole_and_some_lack_something() -> None:
    lacks: Counter[str] = Counter()
    for rulebook in map(seeded, range(100)):
        situations = Situations(rulebook)
        for one in situations.each[:: max(1, len(situations.each) // 20)]:
            lacks["urgency"] += not one.fact["urgency"]
            lacks["step"] += not one.steps
            lacks["route"] += one.level > 0 and one.fact["route"] == "none"
            lacks["nothing"] += bool(
                one.fact["urgency"] and one.steps and (not one.level or one.fact["route"] != "none")
            )
            lacks["all"] += 1
    assert lacks["nothing"] > lacks["all"] / 3
    assert min(lacks[part] for part in ("urgency", "step", "route")) > lacks["all"] / 50


# --- Records


@pytest.fixture(scope="module")
def records() -> list[dict[str, Any]]:
    drawn: list[dict[str, Any]] = []

    @settings(GENERATE, max_examples=600)
    @given(drawn_records(RULEBOOK))
    def draw(record: dict[str, Any]) -> None:
        drawn.append(record)

    draw()
    return drawn


@pytest.mark.long
def test_made_records_reach_each_part_of_a_record(records: list[dict[str, Any]]) -> None:
    assert not_reached(Record, map(Record.model_validate, records)) == []


@pytest.mark.long
def test_made_records_have_each_value_that_the_rulebook_knows(records: list[dict[str, Any]]) -> None:
    given = [Record.model_validate(record) for record in records]
    answers = {pair for record in given for pair in record.situation.items()}
    assert answers == {(question.id, value) for question in RULEBOOK.situation for value in question.values}
    followed = {pair for record in given for pair in record.follow_ups.items()}
    assert {answer for _, answer in followed} == {*FOLLOW_UP_ANSWERS}
    assert len({id_ for id_, _ in followed}) > len(RULEBOOK.follow_up) / 2
    assert {one.child.age_band for one in given} == {None, *(band.id for band in RULEBOOK.age_bands)}
    assert {id_ for one in given for id_ in one.circumstances} == {one.id for one in RULEBOOK.circumstances}
    judged = [one.judgement for one in given if one.judgement]
    assert {one.level for one in judged} == {None, *RULEBOOK.level}
    assert {one.reason for one in judged} == {None, *(reason.id for reason in RULEBOOK.difference.reasons)}
    assert {one.reason is None for one in judged if one.level} == {True, False}
    for mark in MARKS:
        marked = {RULEBOOK.indicator[id_].level for one in given for id_ in getattr(one.indicators, mark)}
        assert marked == {*RULEBOOK.level}
        assert len({id_ for one in given for id_ in getattr(one.indicators, mark)}) > len(RULEBOOK.position) / 3


# --- The proof itself


@part
class Held(Part):
    """A part that a test holds against what it names."""

    word: str | None
    how: Literal["a", "b"]
    many: tuple[Source, ...] = ()
    sure: bool = False


@pytest.mark.parametrize(
    ("held", "left"),
    [
        ((), ["word: None", "word: str", "how: a", "how: b", "many: empty", "many: one", "many: several",
              "many: of Source", "sure: False", "sure: True"]),
        ((Held(word=None, how="a"),), ["word: str", "how: b", "many: one", "many: several", "many: of Source",
                                       "sure: True"]),
        ((Held(word="", how="b", many=(SOURCE,), sure=True), Held(word=None, how="a", many=(SOURCE, SOURCE))),
         ["many: empty"]),
    ],
)  # fmt: skip
def test_what_is_not_reached_is_named(held: tuple[Held, ...], left: list[str]) -> None:
    own = [one for one in not_reached(Held, held) if one.startswith("Held.")]
    assert own == sorted(f"Held.{one}" for one in left)
    of_source = [one for one in not_reached(Held, held) if one.startswith("Source.page")]
    assert of_source == (
        ["Source.page: int"] if any(one.many for one in held) else ["Source.page: None", "Source.page: int"]
    )

"""Made rulebooks and records reach all that the model allows, and nothing that would not load."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import is_dataclass, replace
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest

from rhrt.engine.assess import Engine
from rhrt.faults import BadInput
from rhrt.part import Part
from rhrt.rulebook import model
from rhrt.rulebook.conditions import About, answer_vocabulary, vocabulary
from rhrt.rulebook.model import Clause, Conditions, Rulebook, WrittenIndicator
from rhrt.rulebook.read import assembled
from rhrt.rulebook.rules import rules_of
from rhrt.testing.making import MAKERS, SIZES, made, seeded
from tests.checks.whole import folder_of_whole

SEEDS = range(1000)

Shape = tuple[str, str]
"""A part of the model with its field, such as `Contact.number`, and how it can look there, such as `None`."""


# --- How each field of a class can look, and how it looks


def shapes_of(kind: type) -> Iterator[Shape]:
    """Give every way in which each field of a dataclass can look, and of those that it holds, from annotations."""
    for owner in held_by(kind):
        for name, annotation in get_type_hints(owner).items():
            if name in owner.__dataclass_fields__:
                yield from ((f"{owner.__name__}.{name}", how) for how in ways(annotation))


def held_by(kind: Any) -> set[Any]:
    """Give a dataclass with all that it holds, however deep."""
    found: set[Any] = set()
    waiting = [kind]
    while waiting:
        one = waiting.pop()
        if isinstance(one, type) and is_dataclass(one) and one not in found:
            found.add(one)
            waiting += [hint for name, hint in get_type_hints(one).items() if name in one.__dataclass_fields__]
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


@cache
def hints(kind: Any) -> list[tuple[str, Any]]:
    return [(name, hint) for name, hint in get_type_hints(kind).items() if name in kind.__dataclass_fields__]


def not_reached(kind: type, values: Iterable[Any]) -> list[str]:
    """Name each way in which a field can look and in none of the values does."""
    seen = {shape for value in values for shape in seen_in(value)}
    return sorted(f"{field}: {how}" for field, how in {*shapes_of(kind)} - seen)


# --- Rulebooks


@pytest.fixture(scope="module")
def rulebooks() -> list[Rulebook]:
    return [seeded(seed) for seed in SEEDS]

def test_x(rulebooks):
    print(not_reached(Rulebook, rulebooks))
    assert 0

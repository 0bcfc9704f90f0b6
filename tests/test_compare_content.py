"""Every change to a rulebook is said, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

from rhrt import Rulebook, load_rulebook
from rhrt.part import Part
from rhrt.rulebook.compare.content import changes

RULEBOOK = load_rulebook()
ALIASES = {"an-old-id": "occasional-truanting"}
SMALL = replace(
    RULEBOOK,
    aliases=ALIASES,
    **{
        field.name: getattr(RULEBOOK, field.name)[:3]
        for field in fields(RULEBOOK)
        if isinstance(getattr(RULEBOOK, field.name), tuple)
    },
)


def mutations(value: Any) -> Iterator[tuple[str, Any]]:
    """Give a value with each leaf of it changed, and each list and mapping with an entry less, more or moved."""
    if isinstance(value, Part):
        for name, own in value.as_dict().items():
            for where, other in mutations(own):
                yield f"{name}.{where}", replace(value, **{name: other})  # type: ignore[type-var]
    elif isinstance(value, tuple):
        yield from of_tuple(value)
    elif isinstance(value, Mapping):
        yield "more", {**value, "another": "thing"}
        for key, own in value.items():
            yield f"{key}.less", {name: one for name, one in value.items() if name != key}
            for where, other in mutations(own):
                yield f"{key}.{where}", {**value, key: other}
    else:
        yield from of_leaf(value)


def of_leaf(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, bool):
        yield "not", not value
    elif isinstance(value, int):
        yield "plus", value + 1
    elif isinstance(value, str):
        yield "words", f"{value} otherwise"
        yield "none", None
    else:
        assert value is None, value
        yield "given", "something"


def of_tuple(value: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    for place, own in enumerate(value):
        yield f"{place}.less", value[:place] + value[place + 1 :]
        for where, other in mutations(own):
            yield f"{place}.{where}", (*value[:place], other, *value[place + 1 :])
    if len(set(map(repr, value))) > 1:
        yield "moved", (*value[1:], value[0])
    if all(isinstance(one, str) for one in value):
        yield "more", (*value, "one more")


def mutated() -> Iterator[tuple[str, Rulebook]]:
    for field in fields(SMALL):
        if field.name != "sha256":
            for where, other in mutations(getattr(SMALL, field.name)):
                yield f"{field.name}.{where}", replace(SMALL, **{field.name: other})


def test_a_change_to_any_field_of_any_entry_is_said_in_the_part_that_it_is_of() -> None:
    tried = 0
    for where, other in mutated():
        said = changes(SMALL, other)
        assert said, where
        parts = {change.part for change in said}
        assert where.split(".")[0] in parts, where
        for change in said:
            assert change.old != change.new, (where, change)
            assert change.what[0].isupper()
        tried += 1
    assert tried > 1_500


def test_nothing_is_said_of_rulebooks_that_are_the_same() -> None:
    assert changes(RULEBOOK, replace(RULEBOOK, sha256="another")) == ()

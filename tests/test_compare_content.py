"""Every change to a rulebook is said, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

import pytest

from rhrt import Rulebook, load_rulebook
from rhrt.part import Part
from rhrt.rulebook.kinds import AtLeast
from rhrt.rulebook.model import Retired
from rhrt.steward.compare.content import Amendment, changes

RULEBOOK = load_rulebook()
ALIASES = {"an-old-id": "occasional-truanting"}
SMALL = replace(
    RULEBOOK,
    aliases=ALIASES,
    **{
        field.name: getattr(RULEBOOK, field.name)[:3]
        for field in fields(RULEBOOK)
        if isinstance(getattr(RULEBOOK, field.name), Sequence)
        and not isinstance(getattr(RULEBOOK, field.name), str)
    }
    | {"retired": (Retired(id="gone", last_edition="1"), Retired(id="gone-too", last_edition="1"))},
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
        for where, other in mutations(getattr(SMALL, field.name)):
            yield f"{field.name}.{where}", replace(SMALL, **{field.name: other})


@pytest.mark.long
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
    assert changes(RULEBOOK, replace(RULEBOOK)) == ()


def changed(name: str, id_: str, **fields_: Any) -> tuple[Amendment, ...]:
    """Change one entry of one list, and give what is said."""
    entries = [
        replace(one, **fields_) if id_ in (getattr(one, "id", ""), getattr(one, "code", "")) else one
        for one in getattr(RULEBOOK, name)
    ]
    other: dict[str, Any] = {name: tuple(entries)}
    return changes(RULEBOOK, replace(RULEBOOK, **other))


def test_conditions_are_said_in_words() -> None:
    (said,) = changed("routes", "chat-eha", when=({"level": AtLeast(at_least=2)}, {"unsafe": ("yes", "no")}))
    assert said.what == "Changed: when it applies"
    assert said.old == "the level is 2 to 3"
    assert said.new == "either the level is 2 or higher; or unsafe is yes or no"
    (always,) = changed("routes", "universal", when=({},))
    assert (always.old, always.new) == ("Level 1", "always")


def test_ways_of_saying_it_that_came_and_went_are_named_alone() -> None:
    also = RULEBOOK.indicator["occasional-truanting"].also
    (said,) = changed("indicators", "occasional-truanting", also=(*also[1:], "skives now and then"))
    assert (said.what, said.old, said.new) == ("Changed: ways of saying it", also[0], "skives now and then")


def test_a_step_that_stands_elsewhere_is_said_with_both_places() -> None:
    first, second, *others = RULEBOOK.actions
    (said,) = changes(RULEBOOK, replace(RULEBOOK, actions=(second, first, *others)))
    assert said.what == "Stands elsewhere in the order"
    assert {said.old, said.new} <= {"first", f"after {first.code}", f"after {second.code}"}


def test_what_a_board_must_see_is_marked_to_be_heeded() -> None:
    (level,) = changed("indicators", "occasional-truanting", level=3)
    assert (level.what, level.old, level.new, level.heed) == ("Moved to another level", "2", "3", True)
    (number,) = changed("contacts", "mash", number=None)
    assert (number.what, number.new, number.heed) == ("The number changed", None, True)
    gone = changes(RULEBOOK, replace(RULEBOOK, safety=RULEBOOK.safety[1:]))
    assert [(one.what, one.heed) for one in gone] == [("Removed", True)]


def test_a_change_of_one_case_is_said_of_that_case() -> None:
    action = next(one for one in RULEBOOK.actions if one.code == "seek-consent")
    first, second, *others = action.cases
    (said,) = changed("actions", "seek-consent", cases=(first, replace(second, text="Other words."), *others))
    assert (said.what, said.new) == ("Changed: case 2, text", "Other words.")

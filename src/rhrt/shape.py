"""From pydantic's findings to sentences that say what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from rhrt.faults import Fault, nearest
from rhrt.files import MOST_FAULTS

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from rhrt.files import Location

Where = Callable[["Location"], str]
"""Says where a part of what was written stands."""

_NUMBER = ("This should be a whole number.", "Write a number such as 2.")
_KEYS = ("This should hold keys with values.", "Write them as 'key: value'.")
_EXPECTED: Mapping[str, tuple[str, str]] = {
    "string_type": ("These should be words.", "Write words, in quotes if they look like a number."),
    "bool_type": ("This should be true or false.", "Write true or false."),
    "tuple_type": ("This should be a list.", "Write each entry on its own line after a dash."),
    **dict.fromkeys(("int_type", "int_from_float"), _NUMBER),
    **dict.fromkeys(("dict_type", "mapping_type", "dataclass_type", "dataclass_exact_type"), _KEYS),
}

_NO_WORD: Mapping[type, tuple[str, str]] = {
    type(None): ("There is nothing here.", "Write a word, or remove the line."),
    bool: ("This should be a word.", "Write one of the words that may stand here, in place of true or false."),
    dict: ("These should be words, not a key with a value.", "Put them in quotes if a colon stands in them."),
}
"""What to do where there is something else than words. No answer is guessed: for `true` that would be `yes`."""

_ANY_OF = "Write a word, a list of words, a whole number, or {at_least: 2}."
"""What to do where a value fits no member of a union; the only union is what a condition wants."""

_OPERATORS = ("at_least", "at_most")
"""What a condition can ask of a number."""


def json_path(location: Location) -> str:
    """Say where a part stands in data that came from no file, as `$.indicators.present[0]`."""
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step[:60]}" for step in location)


def few_wrong_words(value: Any) -> Any:
    """Cut a list of words, or a dict of them, after the first `MOST_FAULTS` that are none: no more are told.

    Both this and `few_unknown_keys` go before pydantic, which would make an error of each. Anything but a list or
    a dict stays as it is.
    """
    if not isinstance(value, list | dict) or len(value) <= MOST_FAULTS:
        return value
    words = value.values() if isinstance(value, dict) else value
    wrong = (place for place, word in enumerate(words) if not isinstance(word, str))
    end = next(islice(wrong, MOST_FAULTS - 1, None), len(value)) + 1
    return dict(islice(value.items(), end)) if isinstance(value, dict) else value[:end]


def few_unknown_keys(value: Any, known: Collection[str]) -> Any:
    """Keep of a dict the known keys, and the first `MOST_FAULTS` of all others."""
    if not isinstance(value, dict) or len(value) <= MOST_FAULTS:
        return value
    unknown = islice((key for key in value if key not in known), MOST_FAULTS)
    return {key: value[key] for key in (*(key for key in known if key in value), *unknown)}


def faults_of(errors: Iterable[ErrorDetails], value: object, where: Where, keys: Iterable[str]) -> list[Fault]:
    """Turn pydantic's errors into faults; `keys` are those that may be written somewhere in such a file."""
    found: dict[Location, Fault] = {}
    unions: set[Location] = set()
    for error in errors:
        location = _real(error["loc"], value, error["type"])
        if location in found:
            unions.add(location)
        found[location] = _fault(error, location, where, keys)
        if len(found) >= MOST_FAULTS:
            break
    for location in unions:
        found[location] = _no_member(value, location, where)
    return [fault for location, fault in found.items() if not _within(location, unions)]


def _no_member(value: Any, location: Location, where: Where) -> Fault:
    """Say what to do where a value is nothing that a condition wants: name the operator that was meant, if any."""
    for step in location:
        value = value[step]
    for key in value if isinstance(value, dict) else ():
        if key not in _OPERATORS and (remedy := nearest(key, _OPERATORS, most=1)):
            return Fault(where((*location, key)), f"The key '{key[:60]}' is not known here.", remedy)
    return Fault(where(location), "This does not fit here.", _ANY_OF)


def _within(location: Location, unions: Collection[Location]) -> bool:
    """Say whether a location lies in a value that fits no member of a union: one fault says it for all."""
    return any(location[:length] in unions for length in range(len(location)))


def _real(location: Location, value: object, kind: str) -> Location:
    """Drop the steps that pydantic adds for the members of a union: keep those that are in the data."""
    real: list[str | int] = []
    for step in location:
        inside = isinstance(value, list | tuple) and isinstance(step, int) and step < len(value)
        if inside or (isinstance(value, dict) and step in value):
            value = value[step]  # type: ignore[index]
            real.append(step)
        elif kind == "missing" and step == location[-1]:
            real.append(step)
    return tuple(real)


def _remedy(key: str, keys: Iterable[str]) -> str:
    """Say what to do about a key that does not stand where it may: it may be another's, or a slip."""
    if key in keys:
        return "It belongs under another key: look at an example, and move it there."
    return nearest(key, keys) or "Remove it, or check its spelling."


def _fault(error: ErrorDetails, location: Location, where: Where, keys: Iterable[str]) -> Fault:
    kind, last = error["type"], str(location[-1])[:60] if location else ""
    if kind == "missing":
        return Fault(where(location[:-1]), f"The key '{last}' is missing.", f"Add '{last}: ...' here.")
    if kind in ("unexpected_keyword_argument", "extra_forbidden"):
        return Fault(where(location), f"The key '{last}' is not known here.", _remedy(last, keys))
    if kind == "literal_error":
        expected = error["ctx"]["expected"].replace("'", "")
        return Fault(where(location), "This word is not one of those allowed.", f"Write {expected}.")
    if kind == "string_type" and type(error["input"]) in _NO_WORD:
        return Fault(where(location), *_NO_WORD[type(error["input"])])
    what, remedy = _EXPECTED.get(kind, ("This does not fit here.", "Look at the entries around it."))
    return Fault(where(location), what, remedy)

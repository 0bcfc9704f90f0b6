"""From pydantic's findings to sentences that say what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from rhrt.faults import Fault, nearest

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from rhrt.files import Location

Where = Callable[["Location"], str]
"""Says where a part of what was written stands."""

_EXPECTED: Mapping[str, tuple[str, str]] = {
    "string_type": ("These should be words.", "Write words, in quotes if they look like a number."),
    "int_type": ("This should be a whole number.", "Write a number such as 2."),
    "int_from_float": ("This should be a whole number.", "Write a number such as 2."),
    "bool_type": ("This should be true or false.", "Write true or false."),
    "tuple_type": ("This should be a list.", "Write each entry on its own line after a dash."),
    "dict_type": ("This should hold keys with values.", "Write them as 'key: value'."),
    "mapping_type": ("This should hold keys with values.", "Write them as 'key: value'."),
    "dataclass_type": ("This should hold keys with values.", "Write them as 'key: value'."),
    "dataclass_exact_type": ("This should hold keys with values.", "Write them as 'key: value'."),
}


def json_path(location: Location) -> str:
    """Say where a part stands in data that came from no file, as `$.indicators.present[0]`."""
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in location)


def faults_of(errors: Iterable[ErrorDetails], value: object, where: Where, keys: Iterable[str]) -> list[Fault]:
    """Turn pydantic's errors into faults; `keys` are those that may be written somewhere in such a file."""
    found: dict[str, Fault] = {}
    for error in errors:
        location = _real(error["loc"], value, error["type"])
        fault = _fault(error, location, where, keys)
        if str(location) in found:
            what, remedy = "This does not fit here.", "Look at how the entries around it are written."
            fault = Fault(where(location), what, remedy)
        found[str(location)] = fault
    return list(found.values())


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


def _fault(error: ErrorDetails, location: Location, where: Where, keys: Iterable[str]) -> Fault:
    kind, last = error["type"], str(location[-1])[:60] if location else ""
    if kind == "missing":
        return Fault(where(location[:-1]), f"The key '{last}' is missing.", f"Add '{last}: ...' here.")
    if kind in ("unexpected_keyword_argument", "extra_forbidden"):
        remedy = nearest(last, keys) or "Remove it, or check its spelling."
        return Fault(where(location), f"The key '{last}' is not known here.", remedy)
    if kind == "literal_error":
        expected = error["ctx"]["expected"].replace("'", "")
        return Fault(where(location), "This word is not one of those allowed.", f"Write {expected}.")
    what, remedy = _EXPECTED.get(kind, ("This does not fit here.", "Look at the entries around it."))
    return Fault(where(location), what, remedy)

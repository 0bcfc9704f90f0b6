"""A rulebook as read, kept beside its files in an installed copy, so that a program starts quickly.

Reading the files takes longer than all else in an assessment from the command line. When the package is
built (`packaging`) each rulebook that comes with it is read and checked once and kept here. A snapshot is
data, never anything that runs, and is used only whole, and only for exactly the files, the version of rhrt
and the parts of a rulebook that it was made from. Any other is as none: the files are read. The ways of saying the
signs are in a file apart, which only a search reads.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, overload

from rhrt.made_once import made_once
from rhrt.rulebook import kinds, model
from rhrt.rulebook.model import Rulebook, Ways
from rhrt.version import VERSION

NAME, WAYS = "rulebook.snapshot", "ways.snapshot"

LARGEST = 100_000_000
"""The largest snapshot that is read, in bytes."""

_KINDS: Mapping[str, Any] = {
    name: kind for name, kind in {**vars(kinds), **vars(model)}.items() if is_dataclass(kind)
}
_KEYS = {name: tuple(field.name for field in fields(kind)) for name, kind in _KINDS.items()}
_SLOTS = {
    name: [getattr(_KINDS[name], key).__set__ for key in keys] for name, keys in _KEYS.items() if name != "Rulebook"
}


def write_snapshot(folder: Path, rulebook: Rulebook) -> None:
    """Keep a rulebook in a folder."""
    write_sealed(folder / NAME, [rulebook.sha256, _plain(replace(rulebook, ways=()))], rulebook.sha256)
    write_sealed(folder / WAYS, _plain(tuple(rulebook.ways)), rulebook.sha256)


def read_snapshot(folder: Path, sha256: str, anew: Callable[[], Rulebook]) -> Rulebook | None:
    """Give the rulebook kept in a folder, if it is whole and made by this version from files with this hash.

    `anew` reads those files, for what a search wants and finds spoilt later on.
    """
    try:
        made_from, found = json.loads(read_sealed(folder / NAME, sha256), object_hook=_made)
    except _SPOILT:
        return None
    if not isinstance(found, Rulebook) or made_from != sha256:
        return None
    vars(found)["sha256"] = sha256  # of the files: it takes the place of the hash that would be worked out
    vars(found)["ways"] = _KeptWays(folder / WAYS, sha256, anew)
    return found


_SPOILT = (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError)


class _KeptWays(Sequence[Ways]):
    """The ways of a rulebook, read when they are first looked at: few who start a program search."""

    def __init__(self, path: Path, sha256: str, anew: Callable[[], Rulebook]) -> None:
        self._path, self._sha256, self._anew = path, sha256, anew

    @made_once
    def _read(self) -> tuple[Ways, ...]:
        with suppress(*_SPOILT):
            found = tuple(json.loads(read_sealed(self._path, self._sha256), object_hook=_made))
            if all(isinstance(one, Ways) for one in found):
                return found
        return tuple(self._anew().ways)

    @overload
    def __getitem__(self, place: int) -> Ways: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Ways]: ...

    def __getitem__(self, place: int | slice) -> Ways | Sequence[Ways]:
        return self._read[place]

    def __len__(self) -> int:
        return len(self._read)

    def __eq__(self, other: object) -> bool:
        return self._read == (tuple(other) if isinstance(other, Sequence) else other)

    def __hash__(self) -> int:
        return hash(self._read)

    def __repr__(self) -> str:
        return repr(self._read)


def write_sealed(path: Path, value: Any, sha256: str) -> None:
    """Keep plain data that was made of the rulebook with this hash."""
    content = json.dumps(value).encode()
    path.write_bytes(_seal(content, sha256) + b"\n" + content)


def read_sealed(path: Path, sha256: str) -> bytes:
    """Give the JSON kept in a file, if it is whole and was made by this version of this rulebook; else nothing."""
    seal, _, content = _content(path).partition(b"\n")
    return content if seal == _seal(content, sha256) else b""


def _content(path: Path) -> bytes:
    """Read a snapshot; nothing, where there is something else than a file, which might never end, or too much."""
    if not path.is_file():
        return b""
    with path.open("rb") as stream:
        content = stream.read(LARGEST + 1)
    return content if len(content) <= LARGEST else b""


def _seal(content: bytes, sha256: str) -> bytes:
    """Hash what a snapshot holds with what it was made from and by. It finds damage; it is no signature."""
    made_by = json.dumps([VERSION, _KEYS, sha256]).encode()
    return hashlib.sha256(made_by + b"\n" + content).hexdigest().encode()


def _plain(value: Any) -> Any:
    """Write a part as its name with its values, and a mapping as a part without a name."""
    if isinstance(value, Mapping):
        return {"": [[key, _plain(one)] for key, one in value.items()]}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    kind = type(value).__name__
    return {kind: [_plain(getattr(value, key)) for key in _KEYS[kind]]} if kind in _KEYS else value


def _made(written: dict[str, list[Any]]) -> Any:
    """Make what `_plain` wrote. Lists were tuples."""
    ((name, values),) = written.items()
    made = _tuples(values)
    if not name:
        return dict(made)
    kind = _KINDS[name]
    if kind is Rulebook:
        return Rulebook(**dict(zip(_KEYS[name], made, strict=True)))
    one = kind.__new__(kind)
    for put, value in zip(_SLOTS[name], made, strict=True):  # a third of the time that making it by its keys takes
        put(one, value)
    return one


def _tuples(values: list[Any]) -> tuple[Any, ...]:
    return tuple([_tuples(value) if type(value) is list else value for value in values])

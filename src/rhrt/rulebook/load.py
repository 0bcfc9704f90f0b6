"""Which rulebook: one that comes with rhrt, or a folder of somebody's own."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TypeVar

from rhrt.faults import BadInput, Fault, nearest
from rhrt.files import is_folder, read_bytes
from rhrt.rulebook.model import Rulebook
from rhrt.rulebook.snapshot import read_snapshot

K = TypeVar("K")
T = TypeVar("T")

DEFAULT = "herefordshire-2020"
"""The rulebook that is used where none is named."""


def bundled_folder() -> Path:
    """Give the folder of the rulebooks that come with rhrt, installed or in a checkout."""
    installed = installed_folder()
    return installed if installed.is_dir() else Path(__file__).resolve().parents[3] / "rules"


def installed_folder() -> Path:
    """Give where the rulebooks lie in an installed copy. There is no such folder in a checkout."""
    return Path(__file__).resolve().parents[1] / "rules"


def bundled() -> list[str]:
    """Give the ids of the rulebooks that come with rhrt."""
    return sorted(path.parent.name for path in bundled_folder().glob("*/rulebook.yaml"))


def load_rulebook(id_or_path: str | Path | None = None) -> Rulebook:
    """Load a rulebook by the id of one that comes with rhrt, or from a folder.

    Raises BadInput with every fault of every file. One that comes with rhrt is loaded once in a process.
    """
    named = str(DEFAULT if id_or_path is None else id_or_path)
    if named in bundled():
        return _bundled(named)
    folder = folder_of(named)
    return _read(folder, contents_of(folder))


def folder_of(id_or_path: str | Path | None = None) -> Path:
    """Give the folder of a rulebook, by the id of one that comes with rhrt or by its path.

    Raises BadInput where there is none.
    """
    named = str(DEFAULT if id_or_path is None else id_or_path)
    if named in bundled():
        return bundled_folder() / named
    if not (named and is_folder(Path(named))):
        remedy = nearest(named, bundled()) or f"Name a folder, or one of: {', '.join(bundled())}."
        raise BadInput([Fault(named[:200] or "rulebook", "There is no such rulebook.", remedy)])
    return Path(named)


def load_for_record(id_: str | None, where: str) -> Rulebook:
    """Load the rulebook that a record names, or the default. Raises BadInput where it does not come with rhrt.

    A record comes from anybody, so it may not name a folder for rhrt to read.
    """
    if id_ is not None and id_ not in bundled():
        remedy = nearest(id_, bundled()) or f"Write one of: {', '.join(bundled())}."
        what = f"No rulebook called '{id_[:80]}' comes with rhrt."
        raise BadInput([Fault(where, what, f"{remedy} To use a folder, choose it with --rulebook.")])
    return load_rulebook(id_)


@cache
def _bundled(id_: str) -> Rulebook:
    folder = bundled_folder() / id_
    contents = contents_of(folder)
    if folder.parent != installed_folder():  # a checkout: what people write in rules/ there is the rulebook
        return _read(folder, contents)
    return read_snapshot(folder, digest(contents), lambda: _read_anew(folder)) or _read(folder, contents)


def _read_anew(folder: Path) -> Rulebook:
    return _read(folder, contents_of(folder))


def contents_of(folder: Path) -> dict[str, bytes]:
    """Give what each file of a rulebook holds, by its name in the folder. Raises BadInput with every fault."""
    files = [place / name for place in (folder, folder / "indicators", folder / "ways") for name in _names(place)]
    misnamed = [
        Fault(str(path), "This file would not be read.", f"Name it {path.stem}.yaml.")
        for path in files
        if path.name.endswith(".yml")
    ]
    contents, faults = of_each([path for path in files if path.name.endswith(".yaml")], read_bytes)
    if misnamed or faults:
        raise BadInput(misnamed + faults)
    return {path.relative_to(folder).as_posix(): content for path, content in contents.items()}


def _names(folder: Path) -> list[str]:
    with suppress(OSError):
        return sorted([path.name for path in folder.iterdir()])
    return []


def of_each(things: Iterable[K], make: Callable[[K], T]) -> tuple[dict[K, T], list[Fault]]:
    """Make something of each thing. Where it cannot be made, its faults are given in its place."""
    made: dict[K, T] = {}
    faults: list[Fault] = []
    for thing in things:
        try:
            made[thing] = make(thing)
        except BadInput as bad:
            faults += bad.faults
    return made, faults


def digest(contents: Mapping[str, bytes]) -> str:
    """Hash names and contents, so that the same files give the same hash wherever they lie."""
    hashed = hashlib.sha256()
    for name, content in contents.items():
        hashed.update(f"{name}\n{len(content)}\n".encode())
        hashed.update(content)
    return hashed.hexdigest()


def _read(folder: Path, contents: Mapping[str, bytes]) -> Rulebook:
    from rhrt.rulebook.read import read_rulebook  # slow to import, and not needed with a snapshot

    return read_rulebook(folder, contents, digest(contents))

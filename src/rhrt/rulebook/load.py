"""From the files of a folder to a rulebook. Every fault of every file is reported at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import TypeVar

from rhrt.faults import BadInput, Fault, nearest
from rhrt.files import Written, parse, read_bytes
from rhrt.rulebook import model
from rhrt.rulebook.model import Indicator, Part, Rulebook, WrittenIndicator
from rhrt.rulebook.snapshot import read_snapshot
from rhrt.rulebook.written import FILES, IndicatorsFile
from rhrt.shape import faults_of

DEFAULT = "herefordshire-2020"
"""The rulebook that is used where none is named."""

P = TypeVar("P", bound=Part)


def bundled_folder() -> Path:
    """Give the folder of the rulebooks that come with rhrt, installed or in a checkout."""
    installed = Path(__file__).resolve().parents[1] / "rules"
    return installed if installed.is_dir() else Path(__file__).resolve().parents[3] / "rules"


def bundled() -> list[str]:
    """Give the ids of the rulebooks that come with rhrt."""
    return sorted(path.parent.name for path in bundled_folder().glob("*/rulebook.yaml"))


def load_rulebook(id_or_path: str | Path | None = None) -> Rulebook:
    """Load a rulebook by the id of one that comes with rhrt, or from a folder.

    Raises BadInput with every fault of every file. The same content gives the same rulebook object.
    """
    folder, own = _folder(id_or_path)
    return _bundled(folder) if own else _current(folder, own)


@cache
def _bundled(folder: Path) -> Rulebook:
    return _current(folder, own=True)


def _current(folder: Path, own: bool) -> Rulebook:
    contents = {str(path): read_bytes(path) for path in _paths(folder)}
    return _load(tuple(contents.items()), folder, own)


@cache
def _load(contents: tuple[tuple[str, bytes], ...], folder: Path, own: bool) -> Rulebook:
    sha256 = _digest(folder, contents)
    # Only our own folder may hold a snapshot: reading one runs what it says, as importing a module does.
    return (read_snapshot(folder, sha256) if own else None) or _read(dict(contents), folder, sha256)


def _folder(id_or_path: str | Path | None) -> tuple[Path, bool]:
    named = str(id_or_path or DEFAULT)
    own = bundled_folder() / named
    if "/" not in named and "\\" not in named and (own / "rulebook.yaml").is_file():
        return own, True
    folder = Path(named)
    try:
        if folder.is_dir():
            return folder, False
    except (OSError, ValueError):
        pass
    remedy = nearest(named, bundled()) or f"Name a folder, or one of: {', '.join(bundled())}."
    raise BadInput([Fault(named[:200], "There is no such rulebook.", remedy)])


def _paths(folder: Path) -> list[Path]:
    indicators = sorted((folder / "indicators").glob("*.yaml")) or [folder / "indicators" / "*.yaml"]
    return [*(folder / f"{name}.yaml" for name in FILES), *indicators]


def _digest(folder: Path, contents: Iterable[tuple[str, bytes]]) -> str:
    """Hash names and contents, so that the same files give the same answer wherever they lie."""
    digest = hashlib.sha256()
    for name, content in contents:
        digest.update(f"{Path(name).relative_to(folder).as_posix()}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _read(contents: Mapping[str, bytes], folder: Path, sha256: str) -> Rulebook:
    from rhrt.rulebook.references import faults_between  # noqa: PLC0415 - not needed with a snapshot

    faults: list[Fault] = []
    written: dict[str, Written] = {}
    for name, content in contents.items():
        try:
            written[Path(name).relative_to(folder).as_posix().removesuffix(".yaml")] = parse(name, content)
        except BadInput as bad:
            faults += bad.faults
    parts = {name: _shaped(_kind(name), file, faults) for name, file in written.items()}
    if faults:
        raise BadInput(faults)
    rulebook = _assemble({name: part for name, part in parts.items() if part}, sha256)
    if faults := list(faults_between(rulebook, written)):
        raise BadInput(faults)
    return rulebook


def _kind(name: str) -> type[Part]:
    return FILES.get(name, IndicatorsFile)


def _shaped(kind: type[P], file: Written, faults: list[Fault]) -> P | None:
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415 - slow to import

    try:
        # As JSON, where a list is a tuple even when types are strict.
        return TypeAdapter(kind).validate_json(json.dumps(file.value), strict=True)
    except ValidationError as error:
        faults += faults_of(error.errors(), file.value, file.where, _known_keys())
        return None


@cache
def _known_keys() -> tuple[str, ...]:
    parts = [*vars(model).values(), *FILES.values(), IndicatorsFile]
    return tuple({f.name for part in parts if isinstance(part, type) and is_dataclass(part) for f in fields(part)})


def _assemble(parts: Mapping[str, Part], sha256: str) -> Rulebook:
    whole = {
        field.name: getattr(part, field.name)
        for name, part in parts.items()
        if not isinstance(part, IndicatorsFile)
        for field in fields(part)  # type: ignore[arg-type]
    }
    indicators = sorted(_indicators(parts.values()), key=_place)
    return Rulebook(**whole, indicators=tuple(indicators), sha256=sha256)


def _indicators(parts: Iterable[Part]) -> Iterator[Indicator]:
    for part in parts:
        if isinstance(part, IndicatorsFile):
            for written in part.indicators:
                yield _indicator(written, part)


def _indicator(written: WrittenIndicator, file: IndicatorsFile) -> Indicator:
    own = {field.name: getattr(written, field.name) for field in fields(written)}
    level = written.level if file.level is None else file.level
    return Indicator(**{**own, "level": level or 0, "source": replace(file.source, page=written.page)})


def _place(indicator: Indicator) -> tuple[bool, int, int]:
    """Order indicators as the framework numbers them, and those without a number after them by level."""
    return indicator.n is None, indicator.n or 0, indicator.level

"""From the files of a folder to a rulebook. Every fault of every file is reported at once."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from rhrt.faults import BadInput, Fault, nearest
from rhrt.files import MOST_FAULTS, Written
from rhrt.parser import parse
from rhrt.part import Part
from rhrt.rulebook import kinds, model
from rhrt.rulebook.cut import cut_off
from rhrt.rulebook.model import Indicator, Rulebook, WrittenIndicator
from rhrt.rulebook.references import faults_between
from rhrt.rulebook.written import FILES, IndicatorsFile
from rhrt.shape import faults_of

P = TypeVar("P", bound=Part)

_INDICATORS = "indicators/"


def read_rulebook(folder: Path, contents: Mapping[str, bytes], sha256: str) -> Rulebook:
    """Make a rulebook of what its files hold, by name. Raises BadInput with every fault."""
    return assembled(read_files(folder, contents), sha256)


def read_files(folder: Path, contents: Mapping[str, bytes]) -> dict[str, Written]:
    """Read the files of a rulebook, by their names without `.yaml`. Raises BadInput with every fault."""
    faults = list(_missing_or_strange(folder, contents))
    written: dict[str, Written] = {}
    for name, content in contents.items():
        try:
            written[name.removesuffix(".yaml")] = parse(str(folder / name), content)
        except BadInput as bad:
            faults += bad.faults
    for one in written.values():
        faults += (Fault(one.where(location), what, remedy) for location, what, remedy in cut_off(one))
    if faults:
        raise BadInput(faults + _unshaped(written))
    return written


def assembled(written: Mapping[str, Written], sha256: str) -> Rulebook:
    """Make a rulebook of its files as read. Raises BadInput with every fault."""
    faults: list[Fault] = []
    parts = _parts(written, faults)
    if faults:
        raise BadInput(faults)
    rulebook = _assemble(parts, sha256)
    if faults := list(islice(faults_between(rulebook, written), MOST_FAULTS)):
        raise BadInput(faults)
    return rulebook


def _unshaped(written: Mapping[str, Written]) -> list[Fault]:
    faults: list[Fault] = []
    _parts(written, faults)
    return faults


def _parts(written: Mapping[str, Written], faults: list[Fault]) -> list[Part]:
    shaped = [_shaped(kind, one, faults) for name, one in written.items() if (kind := _kind(name))]
    return [part for part in shaped if part]


def _missing_or_strange(folder: Path, contents: Mapping[str, bytes]) -> Iterator[Fault]:
    for name in FILES:
        if f"{name}.yaml" not in contents:
            what = "This file of the rulebook is missing."
            yield Fault(str(folder / f"{name}.yaml"), what, "Copy it from another rulebook and change it.")
    if not any(name.startswith(_INDICATORS) for name in contents):
        what = "There are no files of indicators here."
        yield Fault(str(folder / "indicators"), what, "Write one for each level, such as level-1.yaml.")
    for name in contents:
        if _kind(name.removesuffix(".yaml")) is None:
            remedy = nearest(name.removesuffix(".yaml"), FILES) or "Move it elsewhere."
            yield Fault(str(folder / name), "This is not a file of a rulebook.", remedy)


def _kind(name: str) -> type[Part] | None:
    return IndicatorsFile if name.startswith(_INDICATORS) else FILES.get(name)


def _shaped(kind: type[P], file: Written, faults: list[Fault]) -> P | None:
    try:
        # As JSON, where a list is a tuple even when types are strict.
        shaped: P = adapter(kind).validate_json(json.dumps(file.value), strict=True)
    except ValidationError as error:
        faults += faults_of(error.errors(), file.value, file.where, _known_keys())
        return None
    return shaped


def adapter(kind: type[Part]) -> TypeAdapter[Any]:
    """Describe a kind of file once: it costs more than reading one."""
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


_adapters: dict[type[Part], TypeAdapter[Any]] = {}


@cache
def _known_keys() -> tuple[str, ...]:
    parts = [*vars(kinds).values(), *vars(model).values(), *FILES.values(), IndicatorsFile]
    shaped = [part for part in parts if isinstance(part, type) and is_dataclass(part)]
    return tuple({field.name for part in shaped for field in fields(part)})


def _assemble(parts: Iterable[Part], sha256: str) -> Rulebook:
    indicators = [*_indicators(parts)]
    whole = {
        name: value
        for part in parts
        if not isinstance(part, IndicatorsFile)
        for name, value in part.as_dict().items()
    }
    del whole["coverage"]  # for those who look after the rulebook: see rhrt.steward.clauses
    rulebook = Rulebook(**whole, indicators=tuple(sorted(indicators, key=_place)))
    vars(rulebook)["sha256"] = sha256  # of the files: it takes the place of the hash that would be worked out
    return rulebook


def _indicators(parts: Iterable[Part]) -> Iterator[Indicator]:
    for part in parts:
        if isinstance(part, IndicatorsFile):
            for written in part.indicators:
                yield _indicator(written, part)


def _indicator(written: WrittenIndicator, file: IndicatorsFile) -> Indicator:
    level = written.level if file.level is None else file.level
    return Indicator(
        **{**written.as_dict(), "level": level or 0, "source": replace(file.source, page=written.page)}
    )


def _place(indicator: Indicator) -> tuple[bool, int, int]:
    """Order indicators as the framework numbers them, and those without a number after them by level."""
    return indicator.n is None, indicator.n or 0, indicator.level

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
from rhrt.rulebook.load import of_each
from rhrt.rulebook.model import Indicator, Rulebook, Ways, WrittenIndicator
from rhrt.rulebook.references import faults_between
from rhrt.rulebook.written import FILES, WAYS, IndicatorsFile
from rhrt.shape import Where, faults_of

P = TypeVar("P", bound=Part)

_INDICATORS = "indicators/"


def read_rulebook(folder: Path, contents: Mapping[str, bytes], sha256: str) -> Rulebook:
    """Make a rulebook of what its files hold, by name. Raises BadInput with every fault."""
    return assembled(read_files(folder, contents), sha256)


def read_files(folder: Path, contents: Mapping[str, bytes]) -> dict[str, Written]:
    """Read the files of a rulebook, by their names without `.yaml`. Raises BadInput with every fault."""
    parsed, faults = of_each(contents, lambda name: parse(str(folder / name), contents[name]))
    faults = [*_missing_or_strange(folder, contents), *faults]
    written = {name.removesuffix(".yaml"): one for name, one in parsed.items()}
    for one in written.values():
        faults += (Fault(one.where(location), what, remedy) for location, what, remedy in cut_off(one))
    if faults:
        raise BadInput(faults + _parts(written)[1])
    return written


def assembled(written: Mapping[str, Written], sha256: str) -> Rulebook:
    """Make a rulebook of its files as read. Raises BadInput with every fault."""
    parts, faults = _parts(written)
    if faults:
        raise BadInput(faults)
    rulebook = _assemble(parts, sha256)
    if faults := list(islice(faults_between(rulebook, written), MOST_FAULTS)):
        raise BadInput(faults)
    return rulebook


def _parts(written: Mapping[str, Written]) -> tuple[list[Part], list[Fault]]:
    """Give what each file says, and the faults of those that cannot be read so."""
    kinds = {name: kind for name in written if (kind := _kind(name))}
    keys = _known_keys()
    parts, faults = of_each(kinds, lambda name: shaped(kinds[name], written[name], written[name].where, keys))
    return [*parts.values()], faults


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
    if name.startswith(WAYS):
        return Ways
    return IndicatorsFile if name.startswith(_INDICATORS) else FILES.get(name)


def shaped(kind: type[P], written: Written, where: Where, keys: Iterable[str] = ()) -> P:
    """Give what a file says; `keys` are those that may be written somewhere in such a file.

    Raises BadInput with every fault, each at what `where` makes of its place.
    """
    adapter = _adapters.get(kind) or _adapters.setdefault(kind, TypeAdapter(kind))
    try:
        # As JSON, where a list is a tuple even when types are strict.
        made: P = adapter.validate_json(json.dumps(written.value), strict=True)
    except ValidationError as error:
        raise BadInput(faults_of(error.errors(), written.value, where, keys)) from None
    return made


_adapters: dict[type[Part], TypeAdapter[Any]] = {}
"""What describes each kind of file, made once: it costs more than reading one."""


@cache
def _known_keys() -> tuple[str, ...]:
    parts = [*vars(kinds).values(), *vars(model).values(), *FILES.values(), IndicatorsFile]
    shaped = [part for part in parts if isinstance(part, type) and is_dataclass(part)]
    return tuple({field.name for part in shaped for field in fields(part)})


def _assemble(parts: Iterable[Part], sha256: str) -> Rulebook:
    whole: dict[str, Any] = {}
    indicators: list[Indicator] = []
    ways: list[Ways] = []
    for part in parts:
        if isinstance(part, IndicatorsFile):
            indicators += (_indicator(one, part) for one in part.indicators)
        elif isinstance(part, Ways):
            ways.append(part)
        else:
            whole |= part.as_dict()
    del whole["coverage"]  # for those who look after the rulebook: see rhrt.steward.clauses
    rulebook = Rulebook(**whole, indicators=tuple(sorted(indicators, key=_place)), ways=tuple(ways))
    vars(rulebook)["sha256"] = sha256  # of the files: it takes the place of the hash that would be worked out
    return rulebook


def _indicator(written: WrittenIndicator, file: IndicatorsFile) -> Indicator:
    level = written.level if file.level is None else file.level
    source = replace(file.source, page=written.page)
    return Indicator(**{**written.as_dict(), "level": level or 0, "source": source})


def _place(indicator: Indicator) -> tuple[bool, int, int]:
    """Order indicators as the framework numbers them, and those without a number after them by level."""
    return indicator.n is None, indicator.n or 0, indicator.level

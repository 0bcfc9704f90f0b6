"""What the checks of a rulebook found: for a terminal, for machines, and for GitHub's workflows."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from rhrt.files import MOST_FAULTS
from rhrt.present.terminal import wrap
from rhrt.steward.checks import Check, Remark

FURTHER = "rhrt rulebook test tries your cases, prove every answer, compare two editions."
"""What the commands add that take longer than the checks, in one line."""

_PLACE = re.compile(r"(?P<file>.*?)(?::(?P<line>\d+):(?P<col>\d+))?\Z", flags=re.DOTALL)


def as_text(remarks: Sequence[Remark], checks: int) -> str:
    """Write remarks for a terminal, errors first, ending in what sums them up and what else there is to run."""
    errors = [remark for remark in remarks if remark.weight == "error"]
    advice = [remark for remark in remarks if remark.weight == "advice"]
    lines = [line for remark in errors for line in _error(remark)]
    if advice:
        lines += ["For a person to weigh", ""]
    for _, alike in groupby(advice, key=lambda one: (one.check, one.remedy)):
        lines += _alike(list(alike))
    if len(errors) >= MOST_FAULTS:
        lines += ["There may be more. Mend these first.", ""]
    elif remarks and checks:
        lines += ["More about a check: rhrt rulebook check --about NAME", ""]
    return "\n".join([*lines, _summary(len(errors), len(advice), checks), *([FURTHER] if checks else [])])


def as_data(remarks: Sequence[Remark], checks: int) -> dict[str, Any]:
    """Give remarks as machines read them."""
    weights = [remark.weight for remark in remarks]
    return {
        "checks": checks,
        "errors": weights.count("error"),
        "advice": weights.count("advice"),
        "remarks": [remark._asdict() for remark in remarks],
    }


def as_github(remarks: Sequence[Remark]) -> str:
    """Write remarks as commands of a GitHub workflow, which show them beside the lines they are about."""
    return "\n".join(map(_command, remarks))


def page(check: Check) -> str:
    """Write the page of a check for a terminal."""
    lines = [f"{check.name} ({check.group}: {check.module.WEIGHT})"]
    for paragraph in check.page.strip().split("\n\n"):
        lines += ["", *wrap(" ".join(paragraph.split()))]
    return "\n".join(lines)


def _error(remark: Remark) -> Iterator[str]:
    yield remark.where
    yield from wrap(f"Error: {remark.what} {remark.remedy}", "  ")
    yield from wrap(". ".join([*([remark.clause] if remark.clause else []), f"Check: {remark.check}"]), "  ")
    yield ""


def _alike(remarks: Sequence[Remark]) -> Iterator[str]:
    """Write pieces of advice that one remedy serves: each takes a place and a sentence."""
    first = remarks[0]
    yield from wrap(f"{first.check}: {first.remedy}")
    for remark in remarks:
        yield f"  {remark.where}"
        yield from wrap(remark.what + (f" ({remark.clause})" if remark.clause else ""), "    ")
    yield ""


def _summary(errors: int, advice: int, checks: int) -> str:
    found = f"{errors or 'No'} error{'' if errors == 1 else 's'}."
    if errors and not checks:
        return f"The files cannot be read as a rulebook, so no check was made. {found}"
    weigh = f"{advice or 'No'} thing{'' if advice == 1 else 's'} for a person to weigh."
    return f"{checks} checks. {found} {weigh}"


def _command(remark: Remark) -> str:
    place = _PLACE.match(remark.where)
    parts = {**(place.groupdict() if place else {}), "title": remark.check}
    properties = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in parts.items() if value)
    clause = f" ({remark.clause})" if remark.clause else ""
    weight = "error" if remark.weight == "error" else "warning"
    return f"::{weight} {properties}::{_escaped(f'{remark.what} {remark.remedy}{clause}')}"


def _escaped(text: str, also: str = "") -> str:
    """Escape what would end a command, or one of its properties: GitHub reads %0A, %3A and so on back."""
    return "".join(f"%{ord(one):02X}" if one in "%\r\n" + also else one for one in text)

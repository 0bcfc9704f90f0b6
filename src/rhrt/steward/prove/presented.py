"""A proof for people: each sentence with what it was tried on, and a record that breaks it where there is one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from rhrt.present.terminal import wrap
from rhrt.rulebook.model import Rulebook
from rhrt.steward.prove.proven import Counterexample, Proven


def as_text(rulebook: Rulebook, proven: Sequence[Proven]) -> str:
    """Write a proof for a terminal of 80 columns."""
    return "\n".join(_lines(rulebook, proven)) + "\n"


def as_data(proven: Sequence[Proven]) -> list[dict[str, Any]]:
    """Give a proof as machines read it."""
    return [
        {
            "id": one.id,
            "sentence": one.sentence,
            "holds": one.broken is None,
            "tried": one.tried,
            "counted": one.counted,
            "how": one.broken.how if one.broken else None,
            "record": one.broken.record if one.broken else None,
        }
        for one in proven
    ]


def _lines(rulebook: Rulebook, proven: Sequence[Proven]) -> Iterator[str]:
    yield f"{rulebook.title}, {rulebook.area}, edition {rulebook.edition}"
    yield ""
    for one in proven:
        if one.broken is None:
            yield from wrap(f"{one.sentence} {_tried(one)}", "true   ")
    for one in proven:
        if one.broken:
            yield from _broken(one, one.broken)
    failed = sum(one.broken is not None for one in proven)
    yield ""
    yield from wrap(_summary(len(proven), failed))


def _broken(one: Proven, broken: Counterexample) -> Iterator[str]:
    yield ""
    yield from wrap(f"{one.sentence} ({one.id})", "FALSE  ")
    yield from wrap(broken.how, "       ")
    if broken.record:
        yield "       A smallest record that shows it:"
        yield ""
        record = yaml.safe_dump(broken.record, sort_keys=False, allow_unicode=True)
        yield from (f"       {line}" for line in record.splitlines())


def _tried(one: Proven) -> str:
    return f"({one.tried:,} {one.counted})"


def _summary(count: int, failed: int) -> str:
    every = "Every record that there can be comes to one of these situations, and each was tried."
    if failed:
        return f"{failed} of {count} sentences do not hold. Do not use this rulebook until they do."
    return f"All {count} sentences hold. {every}"

"""What the worked cases show of the rules, for people and for machines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rhrt.present.terminal import wrap
from rhrt.steward.prove.shown import Condition, Shown


def as_text(shown: Shown, cases: int) -> str:
    """Write it for a terminal of 80 columns, in whole numbers."""
    return "\n".join(_lines(shown, cases)) + "\n"


def as_data(shown: Shown, cases: int) -> dict[str, Any]:
    """Give it as machines read it."""
    return {
        "cases": cases,
        "rules": len(shown.rules),
        "not_applied": list(shown.not_applied),
        "conditions": len(shown.conditions),
        "not_shown": [one._asdict() for one in shown.not_shown],
        "unable": [one._asdict() for one in shown.unable],
    }


def _lines(shown: Shown, cases: int) -> Iterator[str]:
    rules, conditions = len(shown.rules), len(shown.conditions)
    yield f"{cases} examples in the worked cases, their changes included"
    yield f"{rules - len(shown.not_applied)} of {rules} rules applied"
    yield f"{conditions - len(shown.not_shown)} of {conditions} conditions shown to matter on their own"
    for title, names in (
        ("Rules that no example applies", list(shown.not_applied)),
        ("Conditions that no example shows to matter on their own", [_named(one) for one in shown.not_shown]),
        ("Not counted: no situation there can be would show it", [_named(one) for one in shown.unable]),
    ):
        if names:
            yield ""
            yield title
            for name in names:
                yield from wrap(name, "  - ")


def _named(one: Condition) -> str:
    return f"{one.rule}, line {one.line}: {one.field}"

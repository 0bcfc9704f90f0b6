"""What the worked cases of a rulebook expect, whatever else their files hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rhrt.files import Written


def all_expected(cases: Iterable[Written]) -> set[tuple[str, str | int]]:
    """Give each level, route, urgency and action code that any case expects, with its kind."""
    found: set[tuple[str, str | int]] = set()
    for case in cases:
        for expected in _expected(case.value):
            pairs = [(kind, expected.get(kind)) for kind in ("level", "route", "urgency")]
            actions = expected.get("actions")
            pairs += [("action", code) for code in actions] if isinstance(actions, list) else []
            found |= {(kind, value) for kind, value in pairs if isinstance(value, str | int)}
    return found


def _expected(case: Any) -> Iterator[dict[str, Any]]:
    """Give what is expected of a case as told, and of each change to it."""
    changes = case.get("what_if") if isinstance(case, dict) else None
    for one in (case, *(changes if isinstance(changes, list) else ())):
        if isinstance(one, dict) and isinstance(one.get("expected"), dict):
            yield one["expected"]

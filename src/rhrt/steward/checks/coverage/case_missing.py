"""No worked case shows something that the rulebook can answer.

Finds: a level, route, urgency or action that some situation gives and no worked case expects. A rulebook
without any case is left alone.

Why it matters: a case is what people agreed should happen, told as a story. Without one, a wrong rule looks as
good as a right one.

To put it right: write a case in `cases/`. Say what you expect before you look at what rhrt gives.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from rhrt.files import Location, Written
from rhrt.rulebook.model import Rulebook
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "advice"


def check(folder: RulebookFolder) -> Problems:
    """Report each level, route, urgency and action that can come up and that no case expects."""
    expected = all_expected(folder.cases.values())
    each = folder.situations.each
    given = {(kind, one.fact[kind]) for one in each for kind in ("level", "route", "urgency")}
    given |= {("action", code) for one in each for code in one.steps}
    for kind, value, file, location in _things(folder.rulebook):
        if expected and (kind, value) in given - expected:
            what = f"No worked case expects the {kind} {value}."
            yield Problem(file, location, what, "Write a case that does.")


def _things(rulebook: Rulebook) -> Iterator[tuple[str, str | int, str, Location]]:
    yield from (("level", one.level, "rulebook", ("levels", n)) for n, one in enumerate(rulebook.levels))
    yield from (("route", one.id, "routes", ("routes", n)) for n, one in enumerate(rulebook.routes))
    yield from (("urgency", one.id, "routes", ("urgencies", n)) for n, one in enumerate(rulebook.urgencies))
    yield from (("action", one.code, "actions", ("actions", n)) for n, one in enumerate(rulebook.actions))


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

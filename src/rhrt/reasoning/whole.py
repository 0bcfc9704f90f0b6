"""What makes an answer whole. Half an answer is none: where a part is missing, the rulebook's advice is given."""

from collections.abc import Sequence

from rhrt.faults import Fault, NotWhole

_TO_FIND = "To find where: rhrt rulebook check"


def lacking(level: int, route: str | None, urgency: str, steps: Sequence[object]) -> tuple[str, ...]:
    """Name what an answer needs and lacks: how soon, a next step, and, where there is a level, a route."""
    needed = {"an urgency": urgency, "a next step": steps, "a route": route or not level}
    return tuple(name for name, given in needed.items() if not given)


def refused(lacks: Sequence[str]) -> NotWhole:
    """Make the refusal of an answer that lacks something. It holds nothing of what was recorded."""
    what = f"The rulebook gives no whole answer here. It lacks {' and '.join(lacks)}."
    return NotWhole(f"{what} {_TO_FIND}")


def as_fault(where: str, none: NotWhole) -> Fault:
    """Make the refusal of a worked case's answer a fault of the rulebook, with what to do about it."""
    return Fault(where, f"{none}".removesuffix(_TO_FIND).strip(), _TO_FIND)

"""A worked case: a narrative, the record made of it, what is expected, and why."""

from __future__ import annotations

from rhrt.part import Part, part
from rhrt.record import Record


@part
class Expected(Part):
    """What an answer should say: ids of reasons in the framework's order, and codes of actions in order.

    The practitioner's own judgement, where it is a reason, stands first under the id of its rule.
    """

    level: int | None
    route: str | None
    urgency: str
    harm: bool
    reasons: tuple[str, ...]
    actions: tuple[str, ...]


@part
class WorkedCase(Part):
    """One worked case of a rulebook; trainers and tests use the same."""

    title: str
    narrative: str
    record: Record
    expected: Expected
    why: str

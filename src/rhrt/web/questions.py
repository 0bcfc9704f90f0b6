"""A question about the situation as a form asks it."""

from __future__ import annotations

from typing import Any

from rhrt.interview.about import situation
from rhrt.rulebook.model import SituationField


def question(field: SituationField) -> dict[str, Any]:
    """Give a question of the rulebook with the answers that a person can give, each in words."""
    asked = situation(field, None)
    return {
        "id": field.id,
        "question": field.question,
        "why": field.why,
        "ask_first": field.ask_first,
        "answers": [choice._asdict() for choice in asked.choices],
    }

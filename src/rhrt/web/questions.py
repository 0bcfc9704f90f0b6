"""A question about the situation, or a follow-up question, as a form asks it."""

from __future__ import annotations

from typing import Any

from rhrt.interview.about import follow_up, situation
from rhrt.rulebook.model import NOT_ASKED, Prompt, SituationField


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


def follow_up_question(prompt: Prompt) -> dict[str, Any]:
    """Give a follow-up question with the answers that a person can give, and what a yes means."""
    choices = follow_up(prompt, None).choices
    return {
        "id": prompt.id,
        "question": prompt.text,
        "why": prompt.why,
        "if_yes": prompt.if_yes,
        "answers": [choice._asdict() for choice in choices if choice.value != NOT_ASKED],
    }

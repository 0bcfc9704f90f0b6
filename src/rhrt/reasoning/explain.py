"""The words behind a rule that fired. Each is made once for a rulebook and shared by every answer."""

from __future__ import annotations

from rhrt.beside import Next
from rhrt.rulebook.model import Action, Afterwards, Case, Indicator, Judgement, Rulebook
from rhrt.suggestion import NextStep, Reason


def reason_of_indicator(indicator: Indicator) -> Reason:
    """Give the reason that an indicator is when it was recorded."""
    return Reason(
        indicator=indicator.id,
        answer=None,
        n=indicator.n,
        level=indicator.level,
        heading=indicator.heading,
        wording=indicator.wording,
        rule=f"indicator/{indicator.id}",
        source=indicator.source,
    )


def reason_of_judgement(judgement: Judgement) -> Reason:
    """Give the reason that the practitioner's own judgement is."""
    return Reason(
        indicator=None,
        answer=None,
        n=None,
        level=judgement.level,
        heading=None,
        wording=judgement.wording,
        rule=f"judgement/{judgement.id}",
        source=judgement.source,
    )


def reason_of_answer(rulebook: Rulebook, judgement: Judgement, asked: str) -> Reason:
    """Give the reason that an answer is, to a question of the situation or a follow-up question."""
    follow_up, question = rulebook.follow_up.get(asked), rulebook.field.get(asked)
    words = follow_up.text if follow_up else question.question if question else ""
    return Reason(
        indicator=None,
        answer=asked,
        n=None,
        level=judgement.level or None,
        heading=None,
        wording=judgement.wording.replace("{question}", words),
        rule=f"judgement/{judgement.id}",
        source=follow_up.source if follow_up else judgement.source,
    )


def next_steps(rulebook: Rulebook) -> dict[str, NextStep]:
    """Give every next step that a rulebook can suggest, by the name of the case that gives it."""
    return {
        f"action/{action.code}/{number}": _next_step(rulebook, action, case, number)
        for action in rulebook.actions
        for number, case in enumerate(action.cases, 1)
    }


def next_of(afterwards: Afterwards) -> Next:
    """Give what happens afterwards as it is shown."""
    rule = f"afterwards/{afterwards.id}"
    return Next(id=afterwards.id, text=afterwards.text, rule=rule, source=afterwards.source)


def _next_step(rulebook: Rulebook, action: Action, case: Case, number: int) -> NextStep:
    return NextStep(
        code=action.code,
        text=case.text,
        who=action.who,
        contact=rulebook.contact[case.contact] if case.contact else None,
        when=case.by_when,
        rule=f"action/{action.code}",
        case=number,
        source=action.source,
    )

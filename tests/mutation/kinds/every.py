"""Every kind of slip, by concern.

None is made in the safety sentences, in the list of clauses, or in the worked cases: those are what a rulebook is
held to. A promise made weaker, a clause left out, or a question asked the other way round, is for
`rhrt rulebook compare` and for a person to see.
"""

from __future__ import annotations

from collections.abc import Sequence

from tests.mutation.kinds import (
    Kind,
    Make,
    conditions,
    contacts,
    follow_ups,
    indicators,
    ladders,
    questions,
    rules,
    words,
)


def _kinds(concern: str, decides: bool, *makes: Make) -> list[Kind]:
    return [Kind(make.__name__.replace("_", "-"), concern, decides, make) for make in makes]


KINDS: Sequence[Kind] = (
    *_kinds(
        "conditions",
        True,
        conditions.drop_condition,
        conditions.change_value,
        conditions.change_bound,
        conditions.add_value,
        conditions.remove_value,
        conditions.exchange_value,
        conditions.answer_becomes_no,
        conditions.negate,
        conditions.drop_alternative,
    ),
    *_kinds(
        "rules",
        True,
        rules.delete_finding,
        rules.change_about,
        rules.delete_judgement,
        rules.change_judged_level,
        rules.delete_route,
        rules.delete_urgency,
        rules.swap_order,
        rules.swap_ids,
        rules.swap_conditions,
        rules.delete_action,
        rules.swap_actions,
        rules.family_before_advice,
        rules.drop_case,
        rules.swap_cases,
    ),
    *_kinds(
        "indicators",
        True,
        indicators.change_level,
        indicators.milder_basis,
        indicators.change_basis,
        indicators.drop_basis,
    ),
    *_kinds(
        "indicators",
        False,
        indicators.not_recordable,
        indicators.delete_indicator,
        indicators.duplicate_id,
        indicators.change_wording,
        indicators.change_heading,
        indicators.change_number,
        indicators.fewer_also,
    ),
    *_kinds("ladders", True, ladders.cut_rung, ladders.swap_rungs, ladders.change_strength),
    *_kinds(
        "contacts",
        True,
        contacts.blank_number,
        contacts.remove_contact,
        contacts.swap_numbers,
        contacts.drop_otherwise,
        contacts.change_contact,
        contacts.drop_contact,
        contacts.drop_worse_contact,
    ),
    *_kinds(
        "questions",
        True,
        questions.change_default,
        questions.drop_answer,
        questions.not_asked_first,
        questions.delete_question,
        questions.delete_level,
        questions.copy_strengths,
    ),
    *_kinds(
        "questions",
        False,
        questions.alias_to_nowhere,
        questions.alias_to_another_level,
        questions.sign_both_there_and_taken_out,
    ),
    *_kinds(
        "follow-up questions",
        True,
        follow_ups.drop_if_yes,
        follow_ups.milder_if_yes,
        follow_ups.graver_if_yes,
        follow_ups.drop_if_not_known,
        follow_ups.drop_absent,
    ),
    *_kinds(
        "prompts", False, words.delete_prompt, words.change_rank, words.drop_prompt_sign, words.delete_afterwards
    ),
    *_kinds("texts", False, words.blank_text, words.cut_text, words.drop_rule_of_clause),
)

"""Rulebooks and engines broken on purpose: for each property a way to break it, which it must find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Any, NamedTuple

from rhrt import Record, Rulebook, Suggestion, assess, load_rulebook
from rhrt.faults import EvaluatorsDiffer
from rhrt.rulebook.kinds import Conditions, Finding, Judgement, Source, Urgency
from rhrt.suggestion import Change, CouldBe
from rhrt.testing import properties
from rhrt.testing.properties import Property, Written

RULEBOOK = load_rulebook()
SOURCE = Source(document="framework", section="Section 1")
LEVEL_2 = next(one.id for one in RULEBOOK.indicators if one.level == 2)
LEVEL_3 = next(one.id for one in RULEBOOK.indicators if one.level == 3)

Assess = Callable[[Record, Rulebook], Suggestion]


class Broken(NamedTuple):
    """A property, a record for which it does not hold here, and what it says of that."""

    property: Property
    record: Written
    says: str
    rulebook: Rulebook = RULEBOOK
    assess: Assess = assess


def first_urgency(when: Conditions, finding: Conditions | None = None) -> Rulebook:
    """Give a rulebook in which one situation is more urgent than all others."""
    urgency = Urgency(id="first", name="First", when=(when,), source=SOURCE)
    found = () if finding is None else (seen(finding),)
    return replace(RULEBOOK, findings=(*RULEBOOK.findings, *found), urgencies=(urgency, *RULEBOOK.urgencies))


def seen(when: Conditions) -> Finding:
    """Make a finding about an indicator."""
    return Finding(id="seen", meaning="m", about="indicator", when=(when,), source=SOURCE)


def judged(when: Conditions, *findings: Finding) -> Rulebook:
    """Give a rulebook with one more judgement that gives Level 4."""
    judgement = Judgement(id="judged", level=4, wording="w", when=(when,), source=SOURCE)
    return replace(RULEBOOK, findings=(*RULEBOOK.findings, *findings), judgements=(*RULEBOOK.judgements, judgement))


def judged_alone(when: Conditions) -> Rulebook:
    """Give a rulebook with one more judgement, of one answer alone, that gives Level 4."""
    judgement = Judgement(id="judged", level=4, wording="w", about="recorded", when=(when,), source=SOURCE)
    return replace(RULEBOOK, judgements=(*RULEBOOK.judgements, judgement))


def shown(**parts: Any) -> Assess:
    """Give an engine that shows some parts of an answer otherwise than they are."""

    def otherwise(record: Record, rulebook: Rulebook) -> Suggestion:
        suggestion = assess(record, rulebook)
        vars(suggestion).update(parts)
        return suggestion

    return otherwise


def lower_if(wrong: Callable[[Record], bool]) -> Assess:
    """Give an engine that shows Level 1 for some records."""

    def lower(record: Record, rulebook: Rulebook) -> Suggestion:
        suggestion = assess(record, rulebook)
        return replace(suggestion, level=1) if wrong(record) else suggestion

    return lower


def of_two_minds() -> Assess:
    """Give an engine that gives another answer every other time."""
    asked = count()
    return lower_if(lambda _: next(asked) % 2 == 1)


def wrong_hash(record: Record, rulebook: Rulebook) -> Suggestion:
    """Assess, with the hash of another record in the receipt."""
    suggestion = assess(record, rulebook)
    vars(suggestion)["receipt"] = replace(suggestion.receipt, record_sha256="0")
    return suggestion


def differing(_record: Record, _rulebook: Rulebook) -> Suggestion:
    """Raise, as the engine does where its evaluators differ."""
    raise EvaluatorsDiffer("The two evaluators differ on the answer.")


LEVEL_2_SEEN = judged({"seen": "yes"}, seen({"mark": "present", "level": 2}))
NOWHERE = Source(document="nowhere", section="Section 1")
NO_LATER = Change(direction="up", level=4, present=(LEVEL_3,), absent=(), situation={}, follow_ups={})
DOWN = Change(direction="down", level=3, present=(LEVEL_3,), absent=(), situation={}, follow_ups={})
NAMES_HARM = next(one.id for one in RULEBOOK.follow_up.values() if "harm" in one.if_yes)

BROKEN = (
    Broken(
        properties.nothing_recorded_gives_no_level,
        {"child": {"age_band": "5-9"}},
        "Nothing was recorded as present, and the answer is Level 4.",
        judged({}),
    ),
    Broken(
        properties.what_is_not_known_never_lowers_the_level_or_the_urgency,
        {},
        "Answering 'not known' to medical_emergency makes it less urgent: 'first' becomes 'prompt'.",
        first_urgency({"medical_emergency": "no"}),
    ),
    Broken(
        properties.what_is_not_known_never_lowers_the_level_or_the_urgency,
        {"indicators": {"not_known": [LEVEL_2]}},
        f"Not knowing about '{LEVEL_2}' makes it less urgent: 'first' becomes 'routine'.",
        first_urgency({"seen": "no"}, {"mark": "not-known", "level": 2}),
    ),
    Broken(
        properties.what_is_not_known_is_never_forgotten,
        {"indicators": {"not_known": [LEVEL_2]}},
        "If all that is not known were so, it would be Level 4. The answer says that it could be Level 2.",
        LEVEL_2_SEEN,
    ),
    Broken(
        properties.what_is_not_known_is_never_forgotten,
        {"situation": {"medical_emergency": "not-known"}},
        "Not known, and not among the questions to ask: medical_emergency.",
        assess=shown(questions=()),
    ),
    Broken(
        properties.what_is_not_known_never_lowers_the_level_or_the_urgency,
        {"follow_ups": {NAMES_HARM: "yes"}},
        f"Answering 'not known' to {NAMES_HARM} makes it less urgent: 'first' becomes 'prompt'.",
        first_urgency({"seen": "no"}, {"asked": NAMES_HARM, "answer": "not-known"}),
    ),
    Broken(
        properties.what_is_not_known_is_never_forgotten,
        {"follow_ups": {NAMES_HARM: "not-known"}},
        "If all that is not known were so, it would be Level 4. The answer says that it could be no level.",
        assess=shown(could_be=CouldBe(level=None, because=())),
    ),
    Broken(
        properties.the_reasons_are_sufficient_and_necessary,
        {"follow_ups": {NAMES_HARM: "yes"}},
        "It is Level 4. Without any of its reasons it is still Level 4.",
        judged_alone({"asked": NAMES_HARM, "answer": "no"}),
    ),
    Broken(
        properties.adding_a_concern_never_lowers_the_level_or_the_urgency,
        {"indicators": {"present": [LEVEL_2]}},
        f"Adding '{LEVEL_2}' makes it less urgent: 'first' becomes 'routine'.",
        first_urgency({"seen": "no"}, {"mark": "present", "level": 2}),
    ),
    Broken(
        properties.adding_a_concern_never_lowers_the_level_or_the_urgency,
        {"indicators": {"present": [LEVEL_2, LEVEL_3]}},
        f"Adding '{LEVEL_2}' lowers the level from Level 3 to Level 1.",
        assess=lower_if(lambda record: len(record.indicators.present) > 1),
    ),
    Broken(
        properties.strengths_never_lower_the_level_or_the_urgency,
        {"indicators": {"present": [LEVEL_2]}},
        "Recording what goes well makes it less urgent: 'first' becomes 'routine'.",
        first_urgency({"seen": "no"}, {"mark": "present", "level": 1}),
    ),
    Broken(
        properties.strengths_never_lower_the_level_or_the_urgency,
        {},
        "What goes well turns no level into Level 4.",
        judged({"seen": "yes"}, seen({"mark": "present", "level": 1})),
    ),
    Broken(
        properties.strengths_never_lower_the_level_or_the_urgency,
        {},
        "These strengths were recorded and not shown: ",
        assess=shown(strengths=()),
    ),
    Broken(
        properties.the_reasons_are_sufficient_and_necessary,
        {"indicators": {"present": [LEVEL_2]}},
        "It is Level 4. With its reasons alone it is no level.",
        LEVEL_2_SEEN,
    ),
    Broken(
        properties.the_reasons_are_sufficient_and_necessary,
        {"situation": {"immediate_danger": "yes"}},
        "It is Level 4. Without any of its reasons it is still Level 4.",
        judged({"immediate_danger": "no"}),
    ),
    Broken(
        properties.every_answer_says_how_soon_and_what_to_do,
        {},
        "The rulebook gives no whole answer here. It lacks a next step.",
        replace(RULEBOOK, actions=()),
    ),
    Broken(
        properties.every_answer_says_how_soon_and_what_to_do,
        {},
        "The rulebook gives no whole answer here. It lacks an urgency.",
        replace(RULEBOOK, urgencies=RULEBOOK.urgencies[:-1]),
    ),
    Broken(
        properties.every_answer_says_how_soon_and_what_to_do,
        {"indicators": {"present": [LEVEL_3]}},
        "The rulebook gives no whole answer here. It lacks a route.",
        replace(RULEBOOK, routes=RULEBOOK.routes[:1]),
    ),
    Broken(
        properties.every_answer_says_how_soon_and_what_to_do,
        {"indicators": {"present": [LEVEL_3]}},
        "An answer is shown that lacks a route.",
        assess=lambda record, rulebook: replace(assess(record, rulebook), route=None),
    ),
    Broken(
        properties.the_level_is_the_highest_of_what_was_recorded,
        {"indicators": {"present": [LEVEL_3]}},
        "It is Level 1. The highest recorded is Level 3.",
        assess=lower_if(lambda _: True),
    ),
    Broken(
        properties.the_level_is_the_highest_of_what_was_recorded,
        {"indicators": {"present": [LEVEL_3]}},
        f"The reasons are none. At the highest level there are {LEVEL_3}.",
        assess=shown(reasons=()),
    ),
    Broken(
        properties.the_level_is_the_highest_of_what_was_recorded,
        {"indicators": {"present": [LEVEL_2, LEVEL_3]}},
        f"Recorded, and shown nowhere: {LEVEL_2}.",
        assess=shown(also_recorded=()),
    ),
    Broken(
        properties.what_would_change_is_true_when_tried,
        {},
        f"Changing {LEVEL_3} gives Level 3, and not Level 4 as promised.",
        assess=shown(would_change=(NO_LATER,)),
    ),
    Broken(
        properties.what_would_change_is_true_when_tried,
        {},
        f"Changing {LEVEL_3} does not take the level down.",
        assess=shown(would_change=(DOWN,)),
    ),
    Broken(
        properties.neither_age_nor_own_judgement_changes_the_level,
        {"child": {"age_band": "under-2"}},
        "With the age or the own judgement, no level becomes Level 1.",
        assess=lower_if(lambda record: record.child.age_band is not None),
    ),
    Broken(
        properties.neither_age_nor_own_judgement_changes_the_level,
        {"judgement": {"level": 4}},
        "With the age or the own judgement, no level becomes Level 4.",
        judged_alone({"asked": "judgement", "answer": "level-4"}),
    ),
    Broken(
        properties.circumstances_change_nothing,
        {"circumstances": ["young-carer"]},
        "The circumstances change this: level.",
        assess=lower_if(lambda record: bool(record.circumstances)),
    ),
    Broken(
        properties.everything_said_names_its_rule_and_its_clause,
        {},
        "cites 'Section 1' of 'nowhere', which is no clause of a document here.",
        replace(RULEBOOK, actions=tuple(replace(action, source=NOWHERE) for action in RULEBOOK.actions)),
    ),
    Broken(
        properties.order_and_repetition_do_not_matter,
        {"indicators": {"present": [LEVEL_2, LEVEL_3]}},
        "Written in another order, the answer differs in level, level_name.",
        assess=lower_if(lambda record: record.indicators.present[:1] == (LEVEL_3,)),
    ),
    Broken(
        properties.the_same_record_gives_the_same_bytes,
        {"indicators": {"present": [LEVEL_3]}},
        "Asked again, the answer differs in level, level_name.",
        assess=of_two_minds(),
    ),
    Broken(
        properties.the_same_record_gives_the_same_bytes,
        {"indicators": {"present": [LEVEL_3]}},
        "Asked of an engine that remembers nothing, the answer differs in level, level_name.",
        assess=lower_if(lambda _: True),
    ),
    Broken(
        properties.a_receipt_replays_to_the_same_answer,
        {"indicators": {"present": [LEVEL_3]}},
        "Replayed from its receipt, the answer differs in level, level_name.",
        assess=lower_if(lambda record: not record.situation),
    ),
    Broken(
        properties.a_receipt_replays_to_the_same_answer,
        {},
        "The hash in the receipt is not that of its record.",
        assess=wrong_hash,
    ),
    Broken(
        properties.both_evaluators_agree,
        {},
        "The two evaluators differ on the answer.",
        assess=differing,
    ),
    Broken(
        properties.both_evaluators_agree,
        {"indicators": {"present": [LEVEL_3]}},
        "and the plain evaluator gives (3, 'chat-eha', 'routine', False).",
        assess=shown(route="elsewhere"),
    ),
    Broken(
        properties.both_evaluators_agree,
        {},
        "The next steps are none; the plain evaluator gives action/",
        assess=shown(actions=()),
    ),
)

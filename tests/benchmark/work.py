"""The work that every contender does: what it is given, what it gives, and the records it is tried on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from random import Random
from typing import Any, NamedTuple

from rhrt import Rulebook
from rhrt.rulebook.conditions import NOT_STATED
from rhrt.rulebook.kinds import Conditions, Judgement, words_of

RecordData = dict[str, Any]
"""A record as plain data: the indicators by how they are marked, and the answers about the situation."""

Answer = dict[str, Any]
"""`level`, `route`, `actions` (codes in order) and `reasons` (answers first, then the framework's order)."""

Assess = Callable[[RecordData], Answer]

SEED = 2020

SITUATIONS: Mapping[str, Mapping[str, int]] = {
    "immediate_danger": {"no": 85, "not-asked": 5, "yes": 5, "not-known": 5},
    "medical_emergency": {"no": 85, "not-asked": 5, "yes": 7, "not-known": 3},
    "suspected_significant_harm": {"no": 50, "not-asked": 15, "yes": 15, "not-known": 20},
    "open_to_social_care": {"no": 65, "not-asked": 10, "yes": 10, "not-known": 15},
    "out_of_hours": {"no": 85, "yes": 15},
    "consent": {
        "not-sought": 45,
        "given": 25,
        "refused": 12,
        "unsafe-to-seek": 8,
        "not-possible": 5,
        "not-applicable": 5,
    },
    "informing_parents": {"safe": 50, "not-known": 30, "unsafe": 15, "not-applicable": 5},
}
"""How often each answer is given, in a hundred records: near enough to the rulebook's worked cases."""


class Mix(NamedTuple):
    """How many indicators a record has, at least and at most, and how many are marked as not known."""

    fewest: int = 4
    most: int = 9
    not_known: int = 0


def tried(rulebook: Rulebook, number: int) -> list[RecordData]:
    """Make the records on which all must agree: `number` as usual, others with much not known, those unanswered."""
    unsure = records(rulebook, number, Mix(fewest=0, not_known=3), SEED + 1)
    unanswered = [{**record, "situation": {}} for record in unsure]
    return [*records(rulebook, number, Mix(), SEED), *unsure, *unanswered]


def records(rulebook: Rulebook, number: int, mix: Mix, seed: int) -> list[RecordData]:
    """Make different records, each with indicators up to one of the levels: the same ones for the same seed."""
    random = Random(seed)
    below = {
        level: [id_ for id_ in rulebook.position if rulebook.indicator[id_].level <= level]
        for level in rulebook.level
    }
    enough = [level for level, ids in below.items() if len(ids) >= mix.most]
    made: dict[str, RecordData] = {}
    while len(made) < number:
        record = _record(random, below[random.choice(enough)], [*rulebook.position], mix)
        made[str(record)] = record
    return list(made.values())


def _record(random: Random, choice: Sequence[str], every: Sequence[str], mix: Mix) -> RecordData:
    present = random.sample(choice, random.randint(mix.fewest, mix.most))
    indicators = {"present": present}
    if mix.not_known:
        rest = [id_ for id_ in every if id_ not in present]
        indicators["not_known"] = random.sample(rest, random.randint(0, mix.not_known))
    situation = {
        question: random.choices([*answers], [*answers.values()])[0] for question, answers in SITUATIONS.items()
    }
    return {"indicators": indicators, "situation": situation}


def about_signs(when: Iterable[Conditions]) -> Iterator[Conditions]:
    """Give the alternatives that an indicator as marked can meet in these records, which have no age."""
    for conditions in when:
        if "mark" in conditions and NOT_STATED in words_of(conditions.get("age_band", NOT_STATED)):
            yield {field: wanted for field, wanted in conditions.items() if field != "age_band"}


def about_answers(rulebook: Rulebook, when: Iterable[Conditions]) -> Iterator[Conditions]:
    """Give the alternatives that one answer can meet in these records, as the answer wanted of a question.

    They have no answers to follow-up questions, and no judgement of the practitioner's own.
    """
    for conditions in when:
        for question in words_of(conditions.get("asked", ())):
            if question in rulebook.field:
                yield {question: conditions["answer"]}


def answers_as_reasons(rulebook: Rulebook) -> list[tuple[Judgement, Conditions]]:
    """Give each answer that is a reason, with the answer wanted, in the order in which reasons are given."""
    reasons = [(one, answer) for one in rulebook.judgements for answer in about_answers(rulebook, one.when)]
    return [reason for question in rulebook.questions for reason in reasons if question in reason[1]]

"""The decision holds whatever the signs, the alerts and the follow-up questions are: they are made up here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import Any, get_args

import pytest

from rhrt import Record, Rulebook, assess
from rhrt.record import check
from rhrt.rulebook.kinds import FOLLOW_UP_ANSWERS, Conditions, Finding, Named, Prompt
from rhrt.rulebook.model import Indicator
from tests.conftest import TIMES, the_rest_long
from tests.table import Alerts, Decision, decide, facts_of

BASES = ("significant-harm", "safety", "child-in-need")
SENDS_TO_THE_FAMILY = {
    "seek-consent",
    "inform-parents",
    "complete-eha",
    "agree-plan-with-key-worker",
    "make-action-plan",
    "offer-eha",
}
RECORDS = 40


def signs_of(random: Random, rulebook: Rulebook) -> tuple[Indicator, ...]:
    """Make up to twelve signs of any level and basis."""
    like = rulebook.indicators[0]
    levels = [random.randint(1, 4) for _ in range(random.randint(4, 12))]
    return tuple(
        replace(like, id=f"sign-{n}", n=n, level=level, basis=random.choice(BASES) if level == 4 else None)
        for n, level in enumerate(levels, start=1)
    )


def alerts_of(random: Random, rulebook: Rulebook, signs: Sequence[Indicator]) -> Alerts:
    """Make some signs alerts, at some ages or at any, pressing or not."""
    bands = [band.id for band in rulebook.age_bands]
    chosen = random.sample([one.n for one in signs], random.randint(0, len(signs) // 2))
    return {n: (tuple(random.sample(bands, random.randint(0, 3))), random.random() < 0.5) for n in chosen}


def questions_of(random: Random, rulebook: Rulebook) -> tuple[Prompt, ...]:
    """Make up to five follow-up questions, which name anything."""
    like = next(one for one in rulebook.prompts if one.if_yes)
    bare = replace(like, indicators=(), absent=(), circumstances=(), consider=(), when=({},))
    return tuple(
        replace(
            bare,
            id=f"question-{n}",
            rank=n,
            if_yes=tuple(random.sample(get_args(Named), random.randint(1, 3))),
            if_not_known=random.choice((None, "consult")),
        )
        for n in range(random.randint(1, 5))
    )


def raised_by(alerts: Alerts) -> Iterator[Conditions]:
    """Write the conditions of alerts."""
    for n, (bands, _) in alerts.items():
        yield {"indicator": f"sign-{n}", "mark": "present", **({"age_band": bands} if bands else {})}


def found_by(finding: Finding, alerts: Alerts) -> Finding:
    """Have a finding about signs that are alerts speak of those made up."""
    kept = tuple(one for one in finding.when if "indicator" not in one)
    own = {n: alert for n, alert in alerts.items() if finding.id == "alert" or alert[1]}
    return replace(finding, when=(*raised_by(own), *kept))


def made_up(random: Random, rulebook: Rulebook) -> tuple[Rulebook, Alerts]:
    """Make a rulebook that decides as Herefordshire's does, of signs, alerts and questions that are made up."""
    signs = signs_of(random, rulebook)
    alerts = alerts_of(random, rulebook, signs)
    made = replace(
        rulebook,
        indicators=signs,
        prompts=questions_of(random, rulebook),
        findings=tuple(
            found_by(one, alerts) if one.id in ("alert", "pressing") else one for one in rulebook.findings
        ),
        ladders=(),
        aliases={},
        retired=(),
    )
    return made, alerts


def record_of(random: Random, rulebook: Rulebook) -> Record:
    """Make a record of up to three signs, with any answers: more often than not nothing is answered."""
    marks: dict[str, list[str]] = {"present": [], "absent": [], "not_known": []}
    for id_ in random.sample([*rulebook.position], random.randint(0, 3)):
        marks[random.choice((*marks, "present"))].append(id_)
    written: dict[str, Any] = {
        "indicators": marks,
        "situation": {one.id: random.choice(one.values) for one in rulebook.situation if random.random() < 0.4},
        "follow_ups": {
            id_: random.choice(FOLLOW_UP_ANSWERS) for id_ in rulebook.follow_up if random.random() < 0.3
        },
        "child": {"age_band": random.choice((None, *[band.id for band in rulebook.age_bands]))},
    }
    if random.random() < 0.3:
        written["judgement"] = {"level": random.randint(1, 4)}
    return Record.model_validate(written)


def held(rulebook: Rulebook, alerts: Alerts, record: Record) -> bool:
    """Try a record: its answer is as the table says. Say whether it is held, and sends nobody to the family."""
    facts = facts_of(check(record, rulebook), rulebook)
    expected, suggestion = decide(facts, alerts), assess(record, rulebook)  # raises where the two differ
    codes = tuple(step.code for step in suggestion.actions)
    found = (suggestion.level, suggestion.route, suggestion.urgency, suggestion.harm, codes)
    assert Decision(*found) == expected, record
    consent, informing = facts.answer("consent"), facts.answer("informing_parents")
    waits = informing == "not-known" and consent in ("not-sought", "not-possible", "not-applicable")
    if not (waits and "take-advice-before-informing" in codes and expected.level != 4):
        return False
    assert not SENDS_TO_THE_FAMILY & set(codes)
    return True


@pytest.mark.parametrize("part", the_rest_long(range(14), 0))
def test_while_held_no_step_sends_to_the_family_whatever_the_signs_and_questions_are(
    part: int, rulebook: Rulebook
) -> None:
    random = Random(part)
    times = 0
    for _ in range(3 * TIMES):
        made, alerts = made_up(random, rulebook)
        times += sum(held(made, alerts, record_of(random, made)) for _ in range(RECORDS))
    assert times > 6, "enough of the records were held"

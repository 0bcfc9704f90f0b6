"""The second opinion: a plain evaluation of a rulebook, to read in five minutes.

It shares nothing with the inference engine's path: it reads the rulebook's conditions as they are written.
Where durable-rules cannot be imported it is also the only evaluator. Keep it plain; speed is not its concern.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rhrt.record import CheckedRecord
from rhrt.rulebook.model import HARM, AtLeast, Conditions, Indicator, Rulebook, Wanted

Fact = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Answer:
    """What an evaluator concludes. `reasons` and `actions` are the names of rules, in the rulebook's order."""

    level: int
    route: str | None
    urgency: str
    harm: bool
    reasons: tuple[str, ...]
    actions: tuple[str, ...]


def evaluate(rulebook: Rulebook, record: CheckedRecord) -> Answer:
    """Conclude from a record. A level of 0 means that nothing recorded gives a level."""
    marks = {
        **dict.fromkeys(record.present, "present"),
        **dict.fromkeys(record.absent, "absent"),
        **dict.fromkeys(record.not_known, "not-known"),
    }
    facts = [indicator_fact(i, marks[i.id]) for i in rulebook.indicators if i.id in marks]
    answers = answers_fact(rulebook, record.answers, established(rulebook, facts))
    judgements = [j for j in rulebook.judgements if holds(j.when, answers)]
    present = [i for i in rulebook.indicators if i.id in record.present]
    level = max([0, *(j.level for j in judgements), *(i.level for i in present)])
    situation = situation_fact(rulebook, answers, level)
    return Answer(
        level,
        next((route.id for route in rulebook.routes if holds(route.when, situation)), None),
        next((urgency.id for urgency in rulebook.urgencies if holds(urgency.when, situation)), ""),
        situation[HARM] == "yes",
        (
            *(f"judgement/{j.id}" for j in judgements if j.level == level),
            *(f"indicator/{i.id}" for i in present if i.level == level),
        ),
        tuple(actions(rulebook, situation)),
    )


def highest(rulebook: Rulebook, record: CheckedRecord) -> tuple[int, tuple[str, ...]]:
    """Give the highest level among the indicators present, 0 where there are none, and those that have it."""
    levels = [rulebook.indicator[id_].level for id_ in record.present]
    top = max(levels, default=0)
    return top, tuple(id_ for id_, level in zip(record.present, levels, strict=True) if level == top)


def indicator_fact(indicator: Indicator, mark: str) -> Fact:
    """Say what is known of one indicator as marked."""
    return {
        "indicator": indicator.id,
        "mark": mark,
        "level": indicator.level,
        "basis": indicator.basis or "not-stated",
        "heading": indicator.heading or "not-stated",
    }


def established(rulebook: Rulebook, facts: Iterable[Fact]) -> set[str]:
    """Give the findings that indicators establish."""
    known = list(facts)
    about = [finding for finding in rulebook.findings if finding.about == "indicator"]
    return {finding.id for finding in about if any(holds(finding.when, fact) for fact in known)}


def answers_fact(rulebook: Rulebook, answers: Iterable[str], found: set[str]) -> Fact:
    """Say every answer, with what the indicators established."""
    given = zip((field.id for field in rulebook.situation), answers, strict=True)
    about = [finding.id for finding in rulebook.findings if finding.about == "indicator"]
    return {**dict(given), **{id_: "yes" if id_ in found else "no" for id_ in about}}


def situation_fact(rulebook: Rulebook, answers: Fact, level: int) -> Fact:
    """Say the level with all answers and all findings."""
    about = [finding for finding in rulebook.findings if finding.about == "answers"]
    found = {finding.id: "yes" if holds(finding.when, answers) else "no" for finding in about}
    return {**answers, **found, "level": level}


def actions(rulebook: Rulebook, situation: Fact) -> Iterator[str]:
    """Give the rule behind each action that applies: the first of its cases that holds."""
    for action in rulebook.actions:
        for number, case in enumerate(action.cases, 1):
            if holds([case.when], situation):
                yield f"action/{action.code}/{number}"
                break


def fired(rulebook: Rulebook, about: str, fact: Fact) -> tuple[str, ...]:
    """Give the names of all rules that hold for one fact, sorted."""
    rules: list[tuple[str, str, Iterable[Conditions]]] = [
        *((f"level/{x.level}", "indicator", [{"mark": "present", "level": x.level}]) for x in rulebook.levels),
        *((f"finding/{x.id}", x.about, x.when) for x in rulebook.findings),
        *((f"judgement/{x.id}", "answers", x.when) for x in rulebook.judgements),
        *((f"route/{x.id}", "situation", x.when) for x in rulebook.routes),
        *((f"urgency/{x.id}", "situation", x.when) for x in rulebook.urgencies),
        *((f"action/{x.code}/{n}", "situation", [c.when]) for x in rulebook.actions for n, c in enumerate(x.cases, 1)),
    ]
    return tuple(sorted(name for name, kind, when in rules if kind == about and holds(when, fact)))


def holds(when: Iterable[Conditions], fact: Fact) -> bool:
    """Say whether any alternative holds: every field it names has a value it wants."""
    return any(all(fits(fact[field], wanted) for field, wanted in c.items()) for c in when)


def fits(value: str | int, wanted: Wanted) -> bool:
    """Say whether one value is the one wanted, among those wanted, or within the bounds wanted."""
    if isinstance(wanted, AtLeast):
        highest = value if wanted.at_most is None else wanted.at_most
        return isinstance(value, int) and wanted.at_least <= value <= int(highest)
    return value in wanted if isinstance(wanted, tuple) else value == wanted

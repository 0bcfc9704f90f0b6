"""What stands beside a level and never changes it."""

import re
from collections.abc import Iterable, Mapping

from rhrt.part import Part, part
from rhrt.record import CheckedRecord
from rhrt.rulebook.model import Circumstance, Indicator, Rulebook, Service, Source


@part
class Rung(Part):
    """One indicator of a ladder."""

    indicator: str
    level: int
    wording: str


@part
class Neighbours(Part):
    """Where an indicator stands on a ladder: the rung below it and the rung above it, where there are any."""

    indicator: str
    ladder: str
    title: str
    milder: Rung | None
    graver: Rung | None


@part
class Undefined(Part):
    """Words of degree in an indicator's wording that the framework does not define."""

    indicator: str
    words: tuple[str, ...]


@part
class ShownPrompt(Part):
    """A question that makes the reader think again, with what they may want to record as well."""

    id: str
    text: str
    why: str
    consider: tuple[Rung, ...]
    basis: str
    rule: str
    source: Source


@part
class FollowUp(Part):
    """A question whose answer changes a step, with the answer: yes, no, not-known, or not-asked.

    `if_yes` says what a yes means; `consider` are signs that the reader may want to record as well.
    """

    id: str
    question: str
    why: str
    if_yes: tuple[str, ...]
    answer: str
    consider: tuple[Rung, ...]
    basis: str
    rule: str
    source: Source


@part
class Next(Part):
    """What happens after the next steps."""

    id: str
    text: str
    rule: str
    source: Source


@part
class Change(Part):
    """A smallest change that gives another level: what would be present or absent, and which answers differ."""

    direction: str
    level: int | None
    present: tuple[str, ...]
    absent: tuple[str, ...]
    situation: Mapping[str, str]
    follow_ups: Mapping[str, str]


@part
class Agreement(Part):
    """The practitioner's own level beside the suggestion; where they differ, what is said of it."""

    level: int
    agrees: bool
    reason: str | None
    said: str | None
    policy: str | None


def rung_of(indicator: Indicator) -> Rung:
    """Give an indicator as a rung."""
    return Rung(indicator=indicator.id, level=indicator.level, wording=indicator.wording)


def neighbours(rulebook: Rulebook, indicators: Iterable[str]) -> tuple[Neighbours, ...]:
    """Give the neighbouring rungs of each indicator, on each ladder where it has any."""
    found = []
    for id_ in indicators:
        for ladder in rulebook.ladders_of(id_):
            rungs = [rung_of(rulebook.indicator[rung]) for rung in ladder.rungs]
            level = rulebook.indicator[id_].level
            found.append(
                Neighbours(
                    indicator=id_,
                    ladder=ladder.id,
                    title=ladder.title,
                    milder=next((rung for rung in reversed(rungs) if rung.level < level), None),
                    graver=next((rung for rung in rungs if rung.level > level), None),
                )
            )
    return tuple(found)


def undefined(rulebook: Rulebook, indicators: Iterable[str]) -> tuple[Undefined, ...]:
    """Give the words of degree in the wording of each indicator that has any."""
    longest_first = sorted(rulebook.degree.words, key=len, reverse=True)
    # With no words there is nothing to find: an empty choice would match between any two letters.
    choice = "|".join(map(re.escape, longest_first)) or "(?!)"
    pattern = re.compile(rf"\b({choice})\b", re.IGNORECASE)
    found = []
    for id_ in indicators:
        words = tuple(dict.fromkeys(word.lower() for word in pattern.findall(rulebook.indicator[id_].wording)))
        if words:
            found.append(Undefined(indicator=id_, words=words))
    return tuple(found)


def services(rulebook: Rulebook, record: CheckedRecord, level: int) -> tuple[Service, ...]:
    """Give the services of the level: those whose topic was recorded, then those offered whatever the topic."""
    recorded = set(record.present)
    topics = {topic.id for topic in rulebook.topics if recorded & set(topic.indicators)}
    offered = [service for service in rulebook.services if level in service.levels]
    matching = [service for service in offered if topics & set(service.topics)]
    return (*matching, *(service for service in offered if not service.topics))


def circumstances(rulebook: Rulebook, record: CheckedRecord) -> tuple[Circumstance, ...]:
    """Give the circumstances recorded, each with its guidance."""
    return tuple(one for one in rulebook.circumstances if one.id in record.circumstances)


def agreement(rulebook: Rulebook, record: CheckedRecord, level: int | None) -> Agreement | None:
    """Set the practitioner's own level, where they gave one, beside the one suggested."""
    own = record.judgement
    if own is None:
        return None
    agrees = own == level
    difference = rulebook.difference
    return Agreement(
        level=own,
        agrees=agrees,
        reason=record.override,
        said=None if agrees else difference.higher if own > (level or 0) else difference.lower,
        policy=None if agrees else difference.policy,
    )

"""What a transparency record says of rhrt with one rulebook, and what only people can say.

The fields and their numbers follow version 3.0 of the Algorithmic Transparency Recording Standard of the UK
government: one part for the public (tier 1) and five in detail (tier 2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rhrt.present.outline import IF_YES, PROMPTS_IN_VIEW, if_yes
from rhrt.rulebook.model import Prompt, Rulebook, words_of
from rhrt.steward.render.cases import result
from rhrt.steward.render.material import Material
from rhrt.steward.render.transparency_fields import PARTS
from rhrt.steward.render.words import plain
from rhrt.suggestion import MOST_FOLLOW_UPS
from rhrt.version import VERSION


class Filled(NamedTuple):
    """One field: its number and name, what rhrt can say, and who has to say what (None where nothing is left)."""

    number: str
    name: str
    said: tuple[str, ...]
    to_fill: str | None


class FilledPart(NamedTuple):
    """One part of the record with its fields."""

    title: str
    fields: tuple[Filled, ...]


def transparency_record(material: Material) -> tuple[FilledPart, ...]:
    """Fill in the record as far as a program can."""
    facts = _facts(material)
    lists = _lists(material)
    return tuple(
        FilledPart(
            part.title,
            tuple(
                Filled(
                    field.number,
                    field.name,
                    (*(text.format_map(facts) for text in field.said), *lists.get(field.number, ())),
                    f"[To be filled in by {field.who}: {field.what}]" if field.who else None,
                )
                for field in part.fields
            ),
        )
        for part in PARTS
    )


def progress(parts: tuple[FilledPart, ...]) -> str:
    """Say how many fields are still to be filled in by people."""
    fields = [field for part in parts for field in part.fields]
    open_ = sum(field.to_fill is not None for field in fields)
    return (
        f"{open_} of {len(fields)} fields need people of the organisation that deploys rhrt. "
        "Each of them is marked “To be filled in by”. The others were written by rhrt from its rulebook. The "
        "numbers follow version 3.0 of the standard. Check them against the present template before you publish."
    )


def _facts(material: Material) -> Mapping[str, str | int]:
    rulebook = material.rulebook
    first, last = rulebook.levels[0], rulebook.levels[-1]
    unchecked = sum(contact.verified is None for contact in rulebook.contacts)
    return {
        "title": rulebook.title,
        "area": rulebook.area,
        "edition": rulebook.edition,
        "published": rulebook.published,
        "id": rulebook.id,
        "sha256": rulebook.sha256,
        "version": VERSION,
        "levels": f"Level {first.level}, {first.name}, to Level {last.level}, {last.name}",
        "indicators": sum(indicator.recordable for indicator in rulebook.indicators),
        "questions": len(rulebook.situation),
        "routes": "; ".join(route.name for route in rulebook.routes),
        "actions": len(rulebook.actions),
        "asked_first": " ".join(one.question for one in rulebook.situation if one.ask_first),
        "prompts": PROMPTS_IN_VIEW,
        "most": MOST_FOLLOW_UPS,
        "follow_ups": len(rulebook.follow_up),
        "cases": len(material.cases),
        "result": result(material),
        "encoded": sum(bool(clause.rules) for clause in material.clauses),
        "clauses": len(material.clauses),
        "safety": len(rulebook.safety),
        "notice": rulebook.notice,
        "no_level": rulebook.no_level,
        "no_answer": rulebook.no_answer,
        "if_worse": rulebook.if_worse,
        "higher": rulebook.difference.higher,
        "lower": rulebook.difference.lower,
        "policy": rulebook.difference.policy,
        "unchecked": f"{unchecked} of {len(rulebook.contacts)}",
    }


def _lists(material: Material) -> Mapping[str, tuple[str, ...]]:
    """Give what the rulebook lists, for the fields that name it."""
    rulebook = material.rulebook
    return {
        "3.4": tuple(_to_confirm(rulebook)),
        "2.1": tuple(f"Level {one.level}, {one.name}: {one.meaning}" for one in rulebook.levels),
        "4.1.2": tuple(f"Asked of the situation: {one.question}" for one in rulebook.situation),
        "4.2.9": tuple(_documents(material)),
        "5.2": tuple(f"Always so: {one.sentence}" for one in rulebook.safety),
    }


def _to_confirm(rulebook: Rulebook) -> Iterator[str]:
    """Give what decides what comes first, and what rests on practice from outside the documents."""
    points = (*_alerts(rulebook), *_asked(rulebook), *_editorial(rulebook))
    if points:
        yield "For a safeguarding lead to confirm, before it is used and whenever it changes:"
        yield from points


def _alerts(rulebook: Rulebook) -> Iterator[str]:
    """Give the signs, some at some ages, and the answers that establish something more than their level."""
    ages = {band.id: band.title for band in rulebook.age_bands}
    for finding in rulebook.findings:
        for conditions in finding.when:
            signs = [rulebook.indicator[id_].wording for id_ in words_of(conditions.get("indicator", ()))]
            asked = [id_ for id_ in words_of(conditions.get("asked", ())) if id_ in rulebook.follow_up]
            quoted = "; ".join(f"“{one}”" for one in (*signs, *(rulebook.follow_up[id_].text for id_ in asked)))
            bands = ", ".join(ages.get(band, band) for band in words_of(conditions.get("age_band", ())))
            answers = " or ".join(plain(one) for one in words_of(conditions.get("answer", ()))) if asked else ""
            if quoted:
                yield (
                    f"Alert. {finding.meaning} {quoted}{f'. Ages: {bands}' if bands else ''}"
                    f"{f'. Answer: {answers}' if answers else ''}."
                )


def _asked(rulebook: Rulebook) -> Iterator[str]:
    for one in rulebook.follow_up.values():
        known = f" If that is not known: {IF_YES[one.if_not_known]}." if one.if_not_known else ""
        yield f"Follow-up question. {one.text} If yes: {if_yes(one.if_yes)}.{known}{_outside(one)}"


def _editorial(rulebook: Rulebook) -> Iterator[str]:
    for one in rulebook.prompts:
        if one.basis == "editorial" and not one.if_yes:
            yield f"To think about. {one.text}{_outside(one)}"


def _outside(prompt: Prompt) -> str:
    return " It rests on practice from outside the documents." if prompt.basis == "editorial" else ""


def _documents(material: Material) -> Iterator[str]:
    for document in material.rulebook.documents:
        yield f"{document.title} ({document.published})."

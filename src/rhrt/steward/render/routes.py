"""The page of what decides: questions, findings, judgements, routes, urgencies and actions, each in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from rhrt.present.outline import ring
from rhrt.rulebook.model import Action, Case, Conditions, Source
from rhrt.steward.render.links import case_links, source
from rhrt.steward.render.markup import Row, heading, listed, paragraph, table
from rhrt.steward.render.material import Material
from rhrt.steward.render.words import Words, plain

_INTRO = (
    "The level is the highest level among the indicators that are present, or the level of a judgement below. "
    "Nothing is counted, added up or weighed. Any one line of a condition is enough; within a line, every part "
    "must hold."
)
_CASES = "Worked cases"


def routes(material: Material) -> Iterator[str]:
    """Write the body of the page of what decides."""
    rulebook, words = material.rulebook, Words(material.rulebook)
    yield paragraph(_INTRO)
    yield from _questions(material)
    yield heading(2, "findings", "Findings")
    yield paragraph(
        "What one thing recorded establishes (a sign as marked at the child's age, an answer), or all of them "
        "together. Each becomes a yes or no that the rules further down can ask for."
    )
    findings = (
        (f"finding/{one.id}", plain(one.id), one.meaning, one.when, one.source) for one in rulebook.findings
    )
    yield from _conditional(material, words, "findings", findings)
    yield heading(2, "judgements", "Judgements")
    yield paragraph("Answers that are reasons: some set a level, others ask for a step.")
    judgements = (
        (f"judgement/{one.id}", f"Level {one.level}" if one.level else "A step", one.wording, one.when, one.source)
        for one in rulebook.judgements
    )
    yield from _conditional(material, words, "judgements", judgements)
    yield heading(2, "routes", "Routes")
    yield paragraph("The first route that holds is taken. With no level there is no route.")
    taken = ((f"route/{one.id}", one.name, "", one.when, one.source) for one in rulebook.routes)
    yield from _conditional(material, words, "routes", taken)
    yield heading(2, "urgencies", "How soon")
    yield paragraph("The first that holds is taken: the most urgent stands first.")
    urgencies = ((f"urgency/{one.id}", one.name, "", one.when, one.source) for one in rulebook.urgencies)
    yield from _conditional(material, words, "urgencies", urgencies)
    yield from _actions(material, words)


def _questions(material: Material) -> Iterator[str]:
    yield heading(2, "questions", "Questions about the situation")
    rows = []
    for one in material.rulebook.situation:
        first, *others = map(plain, one.values)
        asked = paragraph("Asked first") if one.ask_first else ""
        name = f"{paragraph(one.question, 'called')}{paragraph(one.why)}{asked}"
        answers = listed([f"{escape(first)} (until somebody answers)", *map(escape, others)])
        cases = case_links(material, material.with_rules([f"question/{one.id}"]))
        rows.append(
            Row((_named(material, name, f"question/{one.id}", one.source), answers, cases), f"question/{one.id}")
        )
    yield from table("questions", ("Question", "Answers", "Worked cases that answer it"), rows, "rules")
    bands = ", ".join(band.title for band in material.rulebook.age_bands)
    if bands:
        yield paragraph(f"Age bands that a record may give: {bands}.")


Conditional = tuple[str, str, str, tuple[Conditions, ...], Source]
"""The name of a rule, what it is called, what it means, its condition, and its source."""


def _conditional(material: Material, words: Words, named: str, rules: Iterable[Conditional]) -> Iterator[str]:
    rows = []
    for rule, called, meaning, when, given in rules:
        name = paragraph(called[:1].upper() + called[1:], "called") + (paragraph(meaning) if meaning else "")
        said = listed(escape(one) for one in words.alternatives(when))
        cases = case_links(material, material.with_rules([rule]))
        rows.append(Row((_named(material, name, rule, given), said, cases), rule))
    yield from table(named, ("Rule", "When", _CASES), rows, "rules")


def _named(material: Material, name: str, rule: str, given: Source) -> str:
    return f"{name}{paragraph(rule, 'source')}{source(material, given)}"


def _actions(material: Material, words: Words) -> Iterator[str]:
    yield heading(2, "actions", "Actions")
    yield paragraph(
        "What to do next, in the order in which it is shown. An action applies when one of its cases does. "
        "The first case that holds gives the words."
    )
    for action in material.rulebook.actions:
        rule = f"action/{action.code}"
        yield heading(3, rule, plain(action.code)[:1].upper() + plain(action.code)[1:])
        yield f"{paragraph(f'{rule}. Who: {action.who}.', 'source')}{source(material, action.source)}"
        columns = ("When", "What it says", "Worked cases with these words")
        yield from table(rule, columns, _cases(material, words, action), "rules")


def _cases(material: Material, words: Words, action: Action) -> Iterator[Row]:
    for number, case in enumerate(action.cases, 1):
        rule = f"action/{action.code}/{number}"
        cells = (
            escape(words.condition(case.when)),
            _said(material, case),
            case_links(material, material.with_rules([rule])),
        )
        yield Row(cells, rule)


def _said(material: Material, case: Case) -> str:
    by_when = paragraph(f"When: {case.by_when}.", "detail") if case.by_when else ""
    contact = material.rulebook.contact.get(case.contact or "")
    return (
        paragraph(case.text) + by_when + (paragraph(ring(material.rulebook, contact), "detail") if contact else "")
    )

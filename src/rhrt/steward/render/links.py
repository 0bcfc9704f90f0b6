"""Links from one thing of a rulebook to another, wherever it stands in the pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from rhrt.present.outline import cite
from rhrt.rulebook.model import Indicator, Source
from rhrt.steward.render.markup import folded, link, listed
from rhrt.steward.render.material import Material, anchor
from rhrt.steward.render.words import plain
from rhrt.steward.render.worked import Worked

MOST_IN_VIEW = 4
"""How many worked cases stand open in a table; more are folded under their number."""


def indicator_link(material: Material, id_: str) -> str:
    """Link to an indicator by its level and wording; an id that the rulebook does not know stands as it is."""
    indicator = material.rulebook.indicator.get(id_)
    if indicator is None:
        return escape(id_)
    return f"{link(material.place_of_indicator(id_), indicator.wording)} (Level\u00a0{indicator.level})"


def indicator_links(material: Material, ids: Sequence[str]) -> list[str]:
    """Link to indicators, folded into one piece where there are many."""
    links = [indicator_link(material, id_) for id_ in ids]
    return [folded(f"{len(links)} indicators", links)] if len(links) > MOST_IN_VIEW else links


def rule_link(material: Material, rule: str) -> str:
    """Link to a rule by its name."""
    return link(material.place_of_rule(rule), rule)


def action_links(material: Material, codes: Iterable[str], between: str = ", ") -> str:
    """Link to actions by their codes, as words."""
    return between.join(link(material.place_of_rule(f"action/{code}"), plain(code)) for code in codes)


def clause_links(material: Material, names: Iterable[str]) -> str:
    """Link to clauses, those that have an entry."""
    known = material.known_clauses
    return ", ".join(link(place_of_clause(one) if one in known else None, one) for one in names)


def place_of_clause(clause: str) -> str:
    """Say where a clause stands."""
    return f"clauses.html#{anchor('clause', clause)}"


def place_of_case(file: str) -> str:
    """Say where a worked case stands, by the name of its file."""
    return f"cases.html#{anchor('case', file.removesuffix('.yaml'))}"


def source(material: Material, given: Source) -> str:
    """Say where a rule comes from: document, section, page, and its clauses with links."""
    clauses = clause_links(material, (*given.facts, *given.readings))
    said = escape(cite(material.rulebook, given))
    return f'<p class="source">{said}{f". Clauses: {clauses}" if clauses else ""}</p>'


def case_links(material: Material, found: Iterable[Worked]) -> str:
    """Link to worked cases, each with the level that it expects; folded where there are many."""
    shown = list(found)
    links = [_case_link(one) for one in shown]
    if len(shown) <= MOST_IN_VIEW:
        return listed(links)
    if len(shown) == len(material.worked):
        return link("cases.html", f"All {len(shown)} worked cases")
    return folded(f"{len(shown)} worked cases", links)


def worded(indicator: Indicator) -> str:
    """Quote an indicator as printed."""
    return f'<p class="quoted">“<span class="wording">{escape(indicator.wording)}</span>”</p>'


def _case_link(one: Worked) -> str:
    level = one.example.expected.level
    expected = f"expected: Level\u00a0{level}" if level else "expected: no level"
    return f"{link(place_of_case(one.example.file), one.example.title)} ({expected})"

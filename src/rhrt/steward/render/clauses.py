"""The page of clauses: which rules encode each, and which worked cases use them, or why no rule does."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from rhrt.present.outline import cite
from rhrt.rulebook.model import Clause
from rhrt.steward.render.links import case_links, rule_link
from rhrt.steward.render.markup import Row, heading, listed, paragraph, table
from rhrt.steward.render.material import Material, anchor

_INTRO = (
    "A clause is one fact of the framework, or one reading taken where the framework is unclear. Each has a "
    "number, which the rules cite. Here is each clause with the rules that encode it, or the reason why none "
    "does."
)


def clauses(material: Material) -> Iterator[str]:
    """Write the body of the page of clauses."""
    encoded = sum(bool(one.rules) for one in material.clauses)
    yield paragraph(_INTRO)
    yield paragraph(f"{encoded} of {len(material.clauses)} clauses are encoded. The others say why not.", "lines")
    yield heading(2, "clauses", "Clauses and rules")
    columns = ("Clause", "Rules that encode it, or why none does", "Worked cases that use those rules")
    yield from table("clauses", columns, (_row(material, one) for one in material.clauses), "clauses")


def _row(material: Material, clause: Clause) -> Row:
    sources = [material.sources[rule] for rule in clause.rules if rule in material.sources]
    places = dict.fromkeys(cite(material.rulebook, one) for one in sources)
    name = paragraph(clause.clause, "called") + paragraph("; ".join(places), "source")
    place = anchor("clause", clause.clause)
    if not clause.rules:
        return Row((name, f"<p>No rule: {escape(clause.why_not or 'no reason is given')}</p>", "None"), place)
    rules = listed(rule_link(material, rule) for rule in clause.rules)
    return Row((name, rules, case_links(material, material.with_rules(clause.rules))), place)

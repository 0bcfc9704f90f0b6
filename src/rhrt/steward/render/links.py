"""Links from one thing of a rulebook to another, wherever it stands in the pages."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rhrt.present.outline import cite
from rhrt.rulebook.kinds import SafetySentence, Source
from rhrt.rulebook.model import Clause
from rhrt.steward.cases import Expected
from rhrt.steward.render.material import Material, Worked, anchor, heading_page
from rhrt.steward.render.words import Words, plain


class Link(NamedTuple):
    """A text, the place that it leads to where there is one, and what stands after it."""

    text: str
    place: str | None
    after: str = ""


class Asked(NamedTuple):
    """One thing that a safety sentence asks: of what, and which things, with what stands between them."""

    lead: str
    things: Sequence[str | Link]
    between: str = ""


class Links:
    """Gives the links to what one rulebook and its cases hold."""

    def __init__(self, material: Material) -> None:
        self._material = material
        names = [one.clause for one in material.clauses]
        self._clauses = {name: f"clauses.html#{anchor('clause', name)}" for name in names}
        self._names = {f"route/{one.id}": one.name for one in material.rulebook.routes}
        self._names |= {f"urgency/{one.id}": one.name for one in material.rulebook.urgencies}

    def indicator(self, id_: str) -> Link:
        """Link to an indicator by its level and wording; an id that the rulebook does not know stands as it is."""
        indicator = self._material.rulebook.indicator.get(id_)
        if indicator is None:
            return Link(id_, None)
        page = heading_page(indicator.shown_under or indicator.heading)
        return Link(indicator.wording, f"{page}#indicator/{id_}", f" (Level\u00a0{indicator.level})")

    def indicators(self, ids: Iterable[str]) -> list[Link]:
        """Link to indicators."""
        return [self.indicator(id_) for id_ in ids]

    def rule(self, rule: str, text: str) -> Link:
        """Link a text to a rule."""
        return Link(text, self._material.place_of_rule(rule))

    def rules(self, rules: Iterable[str]) -> list[Link]:
        """Link to rules by their names."""
        return [self.rule(rule, rule) for rule in rules]

    def route_and_urgency(self, expected: Expected) -> list[Link]:
        """Link to the route, where there is one, and the urgency that a worked case expects, as they are called."""
        rules = ([f"route/{expected.route}"] if expected.route else []) + [f"urgency/{expected.urgency}"]
        return [self.rule(rule, self._names.get(rule, rule)) for rule in rules]

    def actions(self, codes: Iterable[str]) -> list[Link]:
        """Link to actions by their codes, as words."""
        return [self.rule(f"action/{code}", plain(code)) for code in codes]

    def clauses(self, source: Source) -> list[Link]:
        """Link to the clauses of a source, those that have an entry."""
        return [Link(one, self._clauses.get(one)) for one in (*source.facts, *source.readings)]

    def printed(self, clause: Clause) -> Iterable[str]:
        """Say where the framework prints what the rules of a clause encode, each place once."""
        sources = (self._material.sources[rule] for rule in clause.rules if rule in self._material.sources)
        return dict.fromkeys(cite(self._material.rulebook, one) for one in sources)

    def cases(self, rules: Iterable[str]) -> list[Link]:
        """Link to the worked cases in which any of the rules has a part."""
        wanted = {*rules}
        return [_case(one) for one in self._material.worked if wanted & one.rules]

    def cases_with(self, indicator: str) -> list[Link]:
        """Link to the worked cases that record an indicator as present."""
        return [_case(one) for one in self._material.worked if indicator in one.suggestion.record.present]

    def cases_expecting(self, level: int | None) -> list[Link]:
        """Link to the worked cases that expect a level, or none."""
        cases = self._material.cases.items()
        return [Link(case.title, _place(file)) for file, case in cases if case.expected.level == level]

    def asked_of(self, sentence: SafetySentence, words: Words) -> list[Asked]:
        """Give what a safety sentence asks of the answer and its steps."""
        answer = [words.condition(sentence.answer)] if sentence.answer else []
        asked = (
            Asked("The answer", answer),
            Asked("The first step", self.actions(sentence.first), " or "),
            Asked("Among the steps", self.actions(sentence.some), " or "),
            Asked("None of the steps", self.actions(sentence.never), ", "),
        )
        return [one for one in asked if one.things]


def _case(one: Worked) -> Link:
    """Link to a worked case, with the level that it expects."""
    level = one.example.expected.level
    expected = f" (expected: Level\u00a0{level})" if level else " (expected: no level)"
    return Link(one.example.title, _place(one.example.file), expected)


def _place(file: str) -> str:
    return f"cases.html#{anchor('case', file.removesuffix('.yaml'))}"

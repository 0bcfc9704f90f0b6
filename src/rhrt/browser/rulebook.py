"""A rulebook as plain data (JSON): all that the scripts read to answer by it, and nothing twice.

`compiled` is for the evaluator of the compiled form alone. All else is as the rulebook says it: the second
evaluator reads the rules as they are written, and the document is made of the texts. A source stands once, and is
named by its place among `sources`.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic_core import to_json

from rhrt.faults import BadInput, Fault
from rhrt.part import Part
from rhrt.reasoning.changes import raising, settled
from rhrt.reasoning.compiled import compiled
from rhrt.reasoning.explain import settings, undefined
from rhrt.rulebook.kinds import AtLeast, Conditions, Source, Wanted
from rhrt.rulebook.model import Indicator, Rulebook
from rhrt.rulebook.rules import rules_of
from rhrt.suggestion import MOST_FOLLOW_UPS
from rhrt.version import VERSION

Data = dict[str, Any]

FORM = 1
"""The version of this data. The scripts refuse any other."""

EVALUATED_BY = ("browser-compiled", "browser-reference")
"""The names of the scripts' two evaluators in a receipt."""

ABOUT = ("recorded", "answers", "situation", "afterwards")
"""The kinds of fact of which rules are listed; those about a prompt stand with the prompt."""


def rulebook_data(rulebook: Rulebook) -> Data:
    """Give all that the scripts read.

    Raises BadInput where a question's id is a number, which JavaScript would move, or a follow-up question's too.
    """
    _refuse_unsafe_ids(rulebook)
    sources = _Sources()
    return {
        "form": FORM,
        "id": rulebook.id,
        "edition": rulebook.edition,
        "sha256": rulebook.sha256,
        "engine": f"rhrt {VERSION}",
        "evaluated_by": list(EVALUATED_BY),
        "notice": rulebook.notice,
        "review_by": rulebook.review_by,
        "compiled": compiled(rulebook),
        **_for_records(rulebook),
        **_rules(rulebook),
        **_texts(rulebook, sources),
        "changes": _changes(rulebook),
        "settings": [[one.id, one.level] for one in settings(rulebook)],
        "sources": sources.listed,
    }


def encoded(data: Mapping[str, Any]) -> bytes:
    """Give data as JSON in UTF-8, without spaces: the same bytes whenever and wherever it is made."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


class _Sources:
    """Each source once, in the order in which they were first named."""

    def __init__(self) -> None:
        self.listed: list[Any] = []
        self._places: dict[bytes, int] = {}

    def place(self, source: Source) -> int:
        """Give the place of a source among them."""
        written = to_json(source)
        if written not in self._places:
            self._places[written] = len(self.listed)
            self.listed.append(json.loads(written))
        return self._places[written]

    def of(self, parts: Iterable[Part], *left_out: str) -> list[Data]:
        """Give parts of a rulebook as plain data, in the order of their class, each source by its place."""
        return [
            {name: self._plain(own) for name, own in part.as_dict().items() if name not in left_out}
            for part in parts
        ]

    def _plain(self, value: Any) -> Any:
        return self.place(value) if isinstance(value, Source) else json.loads(to_json(value))


def _for_records(rulebook: Rulebook) -> Data:
    """Give what a record is read against, beside the questions and the signs."""
    return {
        "age_bands": [band.id for band in rulebook.age_bands],
        "aliases": dict(rulebook.aliases),
        "retired": {one.id: one.last_edition for one in rulebook.retired},
        "follow_ups": list(rulebook.follow_up),
        "most_follow_ups": MOST_FOLLOW_UPS,
    }


def _rules(rulebook: Rulebook) -> Data:
    """Give the rules as they are written, and what else decides."""
    rules: dict[str, list[Data]] = {about: [] for about in ABOUT}
    for rule in rules_of(rulebook):
        if rule.about in rules:
            rules[rule.about].append({"name": rule.name, "when": _when(rule.when)})
    findings = [
        {"id": one.id, "about": "answers" if one.about == "answers" else "recorded"} for one in rulebook.findings
    ]
    ladders = [
        {"id": one.id, "title": one.title, "rungs": list(one.rungs), "strength": one.strength}
        for one in rulebook.ladders
    ]
    return {"rules": rules, "findings": findings, "ladders": ladders}


def _texts(rulebook: Rulebook, sources: _Sources) -> Data:
    """Give what people read, with what belongs to it."""
    prompts = [
        {**own, "when": _when({**one, "prompt": prompt.id} for one in prompt.when)}
        for own, prompt in zip(sources.of(rulebook.prompts, "when"), rulebook.prompts, strict=True)
    ]
    actions = [
        {**own, "cases": [{"text": one.text, "when": one.by_when, "contact": one.contact} for one in action.cases]}
        for own, action in zip(sources.of(rulebook.actions, "cases"), rulebook.actions, strict=True)
    ]
    return {
        "levels": sources.of(rulebook.levels, "meaning", "source"),
        "contacts": sources.of(rulebook.contacts),
        "questions": sources.of(rulebook.situation),
        "indicators": [_indicator(rulebook, one, sources) for one in rulebook.indicators],
        "judgements": sources.of(rulebook.judgements, "when"),
        "actions": actions,
        "prompts": prompts,
        "afterwards": sources.of(rulebook.afterwards, "when"),
        "circumstances": sources.of(rulebook.circumstances),
        "topics": sources.of(rulebook.topics, "title"),
        "services": sources.of(rulebook.services),
        "difference": sources.of([rulebook.difference], "source")[0],
    }


def _indicator(rulebook: Rulebook, indicator: Indicator, sources: _Sources) -> Data:
    words = [word for one in undefined(rulebook, indicator.id) for word in one.words]
    said = {
        "n": indicator.n,
        "heading": indicator.heading,
        "shown_under": indicator.shown_under,
        "basis": indicator.basis,
        "recordable": None if indicator.recordable else False,
        "undefined": words or None,
    }
    return {
        "id": indicator.id,
        "level": indicator.level,
        "wording": indicator.wording,
        **{name: own for name, own in said.items() if own is not None},
        "source": sources.place(indicator.source),
    }


def _when(alternatives: Iterable[Conditions]) -> list[Data]:
    return [{field: _wanted(own) for field, own in conditions.items()} for conditions in alternatives]


def _wanted(wanted: Wanted) -> Any:
    if isinstance(wanted, AtLeast):
        return {name: own for name, own in wanted.as_dict().items() if own is not None}
    return list(wanted) if isinstance(wanted, tuple) else wanted


def _changes(rulebook: Rulebook) -> Data:
    """Give what sets a level and what would not: for each level its questions, and what follow-ups name."""
    settling = []
    for level in (0, *rulebook.level):
        answers, named = settled(rulebook, level)
        settling.append([level, [[id_, list(wanted), other] for id_, wanted, other in answers], sorted(named)])
    return {"raising": [[level, dict(answers)] for level, answers in raising(rulebook)], "settling": settling}


def _refuse_unsafe_ids(rulebook: Rulebook) -> None:
    remedy = "Give it another name, with a letter in it."
    faults = [
        Fault(id_, f"In a browser no question can be called '{id_}'.", remedy)
        for id_ in (*rulebook.questions, *rulebook.follow_up)
        if id_.isdecimal() or (id_ in rulebook.field and id_ in rulebook.follow_up)
    ]
    if faults:
        raise BadInput(faults)

"""zen-engine: the same decision as a JDM graph, made by program from the rulebook.

What the indicators and answers establish is a node of expressions; the route and the actions are decision tables.
An indicator is looked for with `in` in the list of those at its level: of the ways tried (also a table with a row
for each indicator, looped over or collected, and a function node) this is the fastest. So is asking the engine by
the decision's key: `ZenDecision.evaluate` does the same work at several times the cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import zen

from rhrt import Rulebook
from rhrt.rulebook.kinds import AtLeast, Conditions, Finding, Wanted
from rhrt.rulebook.model import Indicator
from tests.benchmark.work import Answer, Assess, RecordData, about_answers, about_signs, answers_as_reasons

Node = dict[str, Any]

KEY = "rhrt"
MARKS = {"present": "present", "absent": "absent", "not-known": "not_known"}


def build(rulebook: Rulebook) -> Assess:
    """Make the evaluator with its decision loaded."""
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {KEY: graph(rulebook)}}})

    def assess(record: RecordData) -> Answer:
        result = engine.evaluate(KEY, record)["result"]
        return {"level": None, "route": None, **result}

    return assess


def graph(rulebook: Rulebook) -> dict[str, Any]:
    """Write the rulebook's decision as a JDM graph: one node after the other."""
    nodes: list[Node] = [
        {"type": "inputNode"},
        _expressions(_established(rulebook)),
        _routes(rulebook),
        _actions(rulebook),
        _expressions(_answer(rulebook), keep=False),
        {"type": "outputNode"},
    ]
    for place, node in enumerate(nodes):
        node.update(id=f"node{place}", name=f"node{place}", position={"x": 200 * place, "y": 0})
    edges = [
        {"id": f"edge{place}", "type": "edge", "sourceId": one["id"], "targetId": next_["id"]}
        for place, (one, next_) in enumerate(pairwise(nodes))
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


def _expressions(values: Mapping[str, str], *, keep: bool = True) -> Node:
    """Make a node that gives each name its value, beside what it was given where that is kept."""
    expressions = [{"id": name, "key": name, "value": value} for name, value in values.items()]
    return {"type": "expressionNode", "content": {"expressions": expressions, "passThrough": keep}}


def _established(rulebook: Rulebook) -> dict[str, str]:
    """Give every answer, every finding, the indicators that decide, and the level."""
    values = {mark: f"indicators.{mark} ?? []" for mark in MARKS.values()}
    values |= {question.id: f"situation.{question.id} ?? {question.values[0]!r}" for question in rulebook.situation}
    for finding in rulebook.findings:
        values[finding.id] = f"{_found(rulebook, finding)} ? 'yes' : 'no'"
    levels = sorted(rulebook.level, reverse=True)
    for level in levels:
        higher = [f"len($.at_{other}) > 0" for other in levels if other > level]
        higher += [f"$.judged_{other}" for other in levels if other > level]
        when = [answer for judgement, answer in answers_as_reasons(rulebook) if judgement.level == level]
        ids = _list(id_ for id_ in rulebook.position if rulebook.indicator[id_].level == level)
        values[f"judged_{level}"] = _answered("$.", when)
        values[f"at_{level}"] = f"{_any(higher)} ? [] : filter({ids}, # in $.present)"
    chosen = " : ".join(f"(len($.at_{level}) > 0 or $.judged_{level}) ? {level}" for level in levels)
    return {**values, "level": f"{chosen} : 0"}


def _found(rulebook: Rulebook, finding: Finding) -> str:
    """Ask whether a finding holds: of all answers, or of any one thing recorded."""
    if finding.about == "answers":
        return _answered("$.", finding.when)
    answered = _answered("$.", about_answers(rulebook, finding.when))
    return _any([_marked(rulebook, about_signs(finding.when)), answered])


def _marked(rulebook: Rulebook, when: Iterable[Conditions]) -> str:
    """Ask whether any indicator that meets a condition is marked as it says."""
    asked = []
    for conditions in when:
        ids = _list(
            one.id
            for one in rulebook.indicators
            if one.recordable
            and all(_is(_side(one, field), wanted) for field, wanted in conditions.items() if field != "mark")
        )
        mark = f"$.{MARKS[str(conditions['mark'])]}"
        asked.append(f"len({mark}) > 0 and some({ids}, # in {mark})")
    return _any(asked)


def _side(one: Indicator, field: str) -> object:
    return getattr(one, "id" if field == "indicator" else field)


def _is(value: object, wanted: Wanted) -> bool:
    if isinstance(wanted, AtLeast):
        return isinstance(value, int) and wanted.at_least <= value <= (wanted.at_most or value)
    return value in wanted if isinstance(wanted, tuple) else value == wanted


def _answered(of: str, when: Iterable[Conditions]) -> str:
    """Ask whether any of the alternatives holds: `$.` are the values that the same node gave so far."""
    return _any(
        " and ".join(_equals(of + field, wanted) for field, wanted in conditions.items()) or "true"
        for conditions in when
    )


def _equals(field: str, wanted: Wanted) -> str:
    return f"{field} in {_list(wanted)}" if isinstance(wanted, tuple) else f"{field} == {wanted!r}"


def _routes(rulebook: Rulebook) -> Node:
    rows = [(conditions, route.id) for route in rulebook.routes for conditions in route.when]
    return _table("route", rows)


def _actions(rulebook: Rulebook) -> Node:
    return _table("codes[]", [(case.when, action.code) for action in rulebook.actions for case in action.cases])


def _table(output: str, rows: Iterable[tuple[Conditions, str]]) -> Node:
    """Make a decision table: a column for each field that is asked about, a row for each set of conditions."""
    rows = list(rows)
    fields = dict.fromkeys(field for conditions, _ in rows for field in conditions)
    rules = [
        {"_id": f"row{place}", "output": repr(value), **{f: _cell(conditions[f]) for f in conditions}}
        for place, (conditions, value) in enumerate(rows)
    ]
    content = {
        "hitPolicy": "first",
        "inputs": [{"id": field, "name": field, "field": field} for field in fields],
        "outputs": [{"id": "output", "name": output, "field": output}],
        "rules": rules,
        "passThrough": True,
    }
    return {"type": "decisionTableNode", "content": content}


def _cell(wanted: Wanted) -> str:
    if isinstance(wanted, AtLeast):
        return f">= {wanted.at_least}" if wanted.at_most is None else f"[{wanted.at_least}..{wanted.at_most}]"
    return ", ".join(map(repr, wanted)) if isinstance(wanted, tuple) else repr(wanted)


def _answer(rulebook: Rulebook) -> dict[str, str]:
    """Give the four things; an action of which two cases hold is given once."""
    judged = [
        f"({_answered('', [answer])}) ? [{judgement.id!r}] : []"
        for judgement, answer in answers_as_reasons(rulebook)
    ]
    deciding = [f"at_{level}" for level in rulebook.level]
    return {
        "level": "level == 0 ? null : level",
        "route": "route ?? null",
        "actions": f"filter({_list(action.code for action in rulebook.actions)}, # in codes)",
        "reasons": f"flatten([{', '.join([*judged, *deciding])}])",
    }


def _any(asked: Iterable[str]) -> str:
    return " or ".join(f"({one})" for one in asked) or "false"


def _list(words: Iterable[str]) -> str:
    return f"[{', '.join(map(repr, words))}]"

"""How hypothesis makes records, and whole rulebooks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from rhrt import Rulebook, load_rulebook
from rhrt.rulebook.conditions import Vocabulary, vocabulary
from rhrt.rulebook.model import (
    Action,
    Afterwards,
    AtLeast,
    Basis,
    Case,
    Conditions,
    Finding,
    Indicator,
    Judgement,
    Level,
    Prompt,
    Route,
    SafetySentence,
    SituationField,
    Source,
    Urgency,
    Wanted,
)

SOURCE = Source(document="framework", section="Section 1")


def records(rulebook: Rulebook, most: int = 8) -> st.SearchStrategy[dict[str, Any]]:
    """Make records of a rulebook: indicators marked in every way, and any answers."""
    ids = sorted(rulebook.position)
    marked = st.dictionaries(
        st.sampled_from(ids), st.sampled_from(("present", "absent", "not_known")), max_size=most
    )
    answers = st.fixed_dictionaries(
        {}, optional={field.id: st.sampled_from(field.values) for field in rulebook.situation}
    )
    return st.builds(_record, marked, answers)


def _record(marked: dict[str, str], answers: dict[str, str]) -> dict[str, Any]:
    marks = {
        mark: [id_ for id_, own in marked.items() if own == mark] for mark in ("present", "absent", "not_known")
    }
    return {"indicators": marks, "situation": answers}


@st.composite
def rulebooks(draw: st.DrawFn) -> Rulebook:
    """Make small rulebooks that differ in all that an evaluator reads; the rest is Herefordshire's."""
    highest = draw(st.integers(1, 5))
    levels = tuple(Level(level=n, name=f"Level {n}", meaning="m", source=SOURCE) for n in range(1, highest + 1))
    bases = draw(st.lists(st.sampled_from(("red", "amber", "green")), unique=True, max_size=3))
    questions = draw(st.lists(st.sampled_from(("q_one", "q_two", "q_three")), unique=True, min_size=1, max_size=3))
    empty = replace(
        load_rulebook(),
        id="generated",
        levels=levels,
        bases=tuple(Basis(id=basis, meaning="m") for basis in bases),
        situation=tuple(draw(_question(id_)) for id_ in questions),
        aliases={},
        indicators=tuple(draw(_indicators(highest, bases))),
        ladders=(),
        findings=(),
        judgements=(),
        routes=(),
        urgencies=(),
        actions=(),
        prompts=(),
        afterwards=(),
        safety=(),
    )
    found = replace(empty, findings=tuple(draw(_findings(empty))))
    answers, situation = vocabulary(found, "answers"), vocabulary(found, "situation")
    judged = st.builds(
        lambda id_, level, when: Judgement(id=id_, level=level, wording="w", when=when, source=SOURCE),
        st.sampled_from(("j_one", "j_two")),
        st.integers(1, highest),
        _alternatives(answers),
    )
    routes = st.builds(
        lambda id_, when: Route(id=id_, name="n", when=when, source=SOURCE),
        st.sampled_from(("here", "there", "nowhere")),
        _alternatives(situation),
    )
    urgent = _alternatives(situation)
    beside = dict(vocabulary(found, "prompt"))
    del beside["prompt"]
    prompts = st.builds(
        lambda id_, rank, signs, when: Prompt(
            id=id_,
            rank=rank,
            indicators=tuple(signs),
            when=when,
            text="t",
            why="w",
            basis="editorial",
            source=SOURCE,
        ),
        st.sampled_from(("really", "sure", "both")),
        st.integers(1, 99),
        st.lists(st.sampled_from([one.id for one in found.indicators]), unique=True, max_size=2),
        _alternatives(beside),
    )
    afterwards = st.builds(
        lambda id_, when: Afterwards(id=id_, text="t", when=when, source=SOURCE),
        st.sampled_from(("soon", "late")),
        _alternatives(situation),
    )
    actions = st.builds(
        lambda code, cases: Action(code=code, who="You", cases=tuple(cases), source=SOURCE),
        st.sampled_from(("act", "ask", "wait", "write")),
        st.lists(_conditions(situation).map(lambda when: Case(when=when, text="t")), min_size=1, max_size=4),
    )
    codes = st.lists(st.sampled_from(("act", "ask", "wait", "write")), max_size=2).map(tuple)
    promises = st.builds(
        lambda when, signs, first, some: SafetySentence(
            id="s", sentence="S.", source=SOURCE, when=when, indicators=tuple(signs), first=first, some=some
        ),
        _alternatives(situation),
        st.lists(st.sampled_from([one.id for one in found.indicators]), unique=True, max_size=2),
        codes,
        codes,
    )
    return replace(
        found,
        safety=tuple(draw(st.lists(promises, max_size=2))),
        judgements=tuple(draw(st.lists(judged, max_size=2, unique_by=lambda one: one.id))),
        routes=tuple(draw(st.lists(routes, max_size=3, unique_by=lambda one: one.id))),
        urgencies=(
            Urgency(id="now", name="Now", when=draw(urgent), source=SOURCE),
            Urgency(id="later", name="Later", when=({},), source=SOURCE),
        ),
        actions=tuple(draw(st.lists(actions, max_size=4, unique_by=lambda one: one.code))),
        prompts=tuple(draw(st.lists(prompts, max_size=3, unique_by=lambda one: one.id))),
        afterwards=tuple(draw(st.lists(afterwards, max_size=2, unique_by=lambda one: one.id))),
    )


def _question(id_: str) -> st.SearchStrategy[SituationField]:
    values = st.sampled_from((("not-asked", "yes", "no", "not-known"), ("no", "yes"), ("a", "b", "c")))
    return st.builds(
        lambda given, first: SituationField(
            id=id_, question="Q?", why="W.", values=given, ask_first=first, source=SOURCE
        ),
        values,
        st.booleans(),
    )


@st.composite
def _indicators(draw: st.DrawFn, highest: int, bases: list[str]) -> list[Indicator]:
    count = draw(st.integers(1, 6))
    return [
        Indicator(
            id=f"sign-{place}",
            wording=f"Sign {place}",
            also=("a", "b", "c", "d"),
            level=draw(st.integers(1, highest)),
            basis=draw(st.sampled_from([None, *bases])),
            heading=draw(st.sampled_from([None, "health", "learning-education"])),
            source=SOURCE,
        )
        for place in range(count)
    ]


@st.composite
def _findings(draw: st.DrawFn, rulebook: Rulebook) -> list[Finding]:
    about_signs = _alternatives(vocabulary(rulebook, "indicator"))
    found = [
        Finding(id=id_, meaning="m", about="indicator", when=draw(about_signs), source=SOURCE)
        for id_ in draw(st.lists(st.sampled_from(("seen", "heard")), unique=True, max_size=2))
    ]
    answers = _alternatives(vocabulary(replace(rulebook, findings=tuple(found)), "answers"))
    ids = ["harm", *draw(st.lists(st.sampled_from(("unsafe", "open")), unique=True, max_size=2))]
    return found + [Finding(id=id_, meaning="m", about="answers", when=draw(answers), source=SOURCE) for id_ in ids]


def _alternatives(known: Vocabulary) -> st.SearchStrategy[tuple[Conditions, ...]]:
    return st.lists(_conditions(known), min_size=1, max_size=3).map(tuple)


@st.composite
def _conditions(draw: st.DrawFn, known: Vocabulary) -> Conditions:
    fields = draw(st.lists(st.sampled_from(sorted(known)), unique=True, max_size=3))
    return {field: draw(_wanted(known[field])) for field in fields}


def _wanted(values: tuple[str, ...] | range) -> st.SearchStrategy[Wanted]:
    if isinstance(values, range):
        numbers = st.sampled_from(values)
        bounds = st.tuples(numbers, st.none() | numbers)
        return numbers | bounds.map(lambda pair: AtLeast(at_least=pair[0], at_most=pair[1]))
    several = st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True).map(tuple)
    return st.sampled_from(values) | several

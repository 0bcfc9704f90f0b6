"""How hypothesis makes records of a rulebook, and whole rulebooks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from hypothesis import strategies as st

from rhrt.rulebook.conditions import Vocabulary, vocabulary
from rhrt.rulebook.model import (
    Action,
    Afterwards,
    AgeBand,
    AtLeast,
    Basis,
    Case,
    Circumstance,
    Conditions,
    Degree,
    Difference,
    Document,
    Finding,
    Heading,
    Indicator,
    Judgement,
    Ladder,
    Level,
    OverrideReason,
    Prompt,
    Route,
    Rulebook,
    SafetySentence,
    SituationField,
    Source,
    Urgency,
    Wanted,
)
from rhrt.testing.variations import MARKS, Written

SOURCE = Source(document="framework", section="Section 1")
"""What every rule of a generated rulebook cites."""


def records(rulebook: Rulebook, most: int = 8) -> st.SearchStrategy[Written]:
    """Make records of a rulebook, as people write them, with up to `most` indicators marked.

    Marks of every kind, any answers, an age band, circumstances and the practitioner's own judgement: each may be
    left out.
    """
    return st.fixed_dictionaries(
        {"indicators": _marks(sorted(rulebook.position), most), "situation": _answers(rulebook)},
        optional={
            "child": st.sampled_from([{}, *({"age_band": band.id} for band in rulebook.age_bands)]),
            "circumstances": _some([circumstance.id for circumstance in rulebook.circumstances], 3),
            "judgement": st.sampled_from([*_judged(rulebook)]),
        },
    )


def _judged(rulebook: Rulebook) -> Iterator[Written]:
    """Give every judgement that a practitioner can record, without a reason and with each."""
    for level in rulebook.levels:
        yield {"level": level.level}
        yield from ({"level": level.level, "reason": reason.id} for reason in rulebook.difference.reasons)


def _marks(ids: list[str], most: int) -> st.SearchStrategy[dict[str, list[str]]]:
    """Mark a few indicators, or many."""
    if not ids:
        return st.just({mark: [] for mark in MARKS})
    # A list of pairs rather than a dictionary: hypothesis makes it smaller with more success.
    one = st.tuples(st.sampled_from(ids), st.sampled_from(MARKS))
    marked = (st.lists(one, max_size=min(2, most)) | st.lists(one, max_size=most)).map(dict)
    return marked.map(lambda marks: {mark: [id_ for id_, own in marks.items() if own == mark] for mark in MARKS})


def _answers(rulebook: Rulebook) -> st.SearchStrategy[dict[str, str]]:
    """Answer a question or two, or any number: in a record full of answers, each hides what another does."""
    every = [(question.id, value) for question in rulebook.situation for value in question.values]
    answers = {question.id: st.sampled_from(question.values) for question in rulebook.situation}
    if not every:
        return st.just({})
    return st.lists(st.sampled_from(every), max_size=2).map(dict) | st.fixed_dictionaries({}, optional=answers)


def _some(ids: list[str], most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(ids), unique=True, max_size=most) if ids else st.just([])


@st.composite
def rulebooks(draw: st.DrawFn) -> Rulebook:
    """Make small rulebooks that differ in all that an evaluator reads, inside the limits of the engine.

    Their rules mean nothing: only what the engine itself promises is true of the answers. No two share a word with
    a framework.
    """
    highest = draw(st.integers(1, 5))
    bases = draw(_some(["red", "amber", "green"], 3))
    questions = draw(st.lists(st.sampled_from(("q_one", "q_two", "q_three")), unique=True, min_size=1, max_size=3))
    signs = tuple(draw(_indicators(highest, bases)))
    empty = replace(
        _blank(),
        levels=tuple(draw(_level(number)) for number in range(1, highest + 1)),
        bases=tuple(Basis(id=basis, meaning="m") for basis in bases),
        situation=tuple(draw(_question(id_)) for id_ in questions),
        indicators=signs,
        ladders=draw(_ladders(signs)),
    )
    found = replace(empty, findings=tuple(draw(_findings(empty))))
    situation = vocabulary(found, "situation")
    now = Urgency(id="now", name="Now", when=draw(_alternatives(situation)), source=SOURCE)
    later = Urgency(id="later", name="Later", when=({},), source=SOURCE)
    return replace(
        found,
        judgements=draw(_distinct(_judgements(found), 2)),
        routes=draw(_distinct(_routes(situation), 3)),
        urgencies=(now, later),
        actions=draw(_distinct(_actions(situation), 4)),
        prompts=draw(_distinct(_prompts(found), 3)),
        afterwards=draw(_distinct(_afterwards(situation), 2)),
        safety=draw(_distinct(_sentences(found), 2)),
    )


@cache
def _blank() -> Rulebook:
    """Give a rulebook without rules."""
    return Rulebook(
        id="generated", title="Generated", edition="1", area="Nowhere", published="2020-01", notice="n",
        no_level="n", if_worse="w", if_worse_contacts=(), no_answer="n",
        documents=(Document(id="framework", short="framework", title="t", published="2020-01"),),
        levels=(), headings=tuple(Heading(id=id_, title=id_, printed=()) for id_ in ("health", "home")), bases=(),
        contacts=(), age_bands=(AgeBand(id="younger", title="t"), AgeBand(id="older", title="t")), situation=(),
        aliases={}, indicators=(), ladders=(),
        circumstances=(Circumstance(id="alone", wording="w", title="t", guidance=(), source=SOURCE),),
        topics=(), services=(), agencies=(), synonyms=(), findings=(), judgements=(), routes=(), urgencies=(),
        actions=(), prompts=(), afterwards=(), safety=(), degree=Degree(words=("some",), guides="g", source=SOURCE),
        difference=Difference(higher="h", lower="l", policy="p",
                              reasons=(OverrideReason(id="knows-more", text="t"),), source=SOURCE),
    )  # fmt: skip


def _level(number: int) -> st.SearchStrategy[Level]:
    """Make a level; only the lowest can be one of strengths."""
    return st.booleans().map(
        lambda good: Level(
            level=number, name=f"Level {number}", meaning="m", source=SOURCE, strengths=good and number == 1
        )
    )


def _ladders(signs: tuple[Indicator, ...]) -> st.SearchStrategy[tuple[Ladder, ...]]:
    """Make no ladder, or one with a rung at each level at which there is a sign."""
    by_level = {sign.level: sign.id for sign in signs}
    rungs = tuple(by_level[level] for level in sorted(by_level))
    one = (Ladder(id="rising", title="t", rungs=rungs, source=SOURCE),)
    return st.sampled_from(((), one) if len(rungs) > 1 else ((),))


def _distinct(parts: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[tuple[Any, ...]]:
    """Make up to so many parts, no two with one id or code."""
    return st.lists(parts, max_size=most, unique_by=lambda one: getattr(one, "id", None) or one.code).map(tuple)


def _judgements(found: Rulebook) -> st.SearchStrategy[Judgement]:
    levels = st.sampled_from([level.level for level in found.levels])
    return st.builds(
        lambda id_, level, when: Judgement(id=id_, level=level, wording="w", when=when, source=SOURCE),
        st.sampled_from(("j_one", "j_two")),
        levels,
        _alternatives(vocabulary(found, "answers")),
    )


def _routes(situation: Vocabulary) -> st.SearchStrategy[Route]:
    return st.builds(
        lambda id_, when: Route(id=id_, name="n", when=when, source=SOURCE),
        st.sampled_from(("here", "there", "nowhere")),
        _alternatives(situation),
    )


def _actions(situation: Vocabulary) -> st.SearchStrategy[Action]:
    cases = st.lists(_conditions(situation).map(lambda when: Case(when=when, text="t")), min_size=1, max_size=4)
    return st.builds(
        lambda code, own: Action(code=code, who="You", cases=tuple(own), source=SOURCE),
        st.sampled_from(("act", "ask", "wait", "write")),
        cases,
    )


def _prompts(found: Rulebook) -> st.SearchStrategy[Prompt]:
    fields = {name: values for name, values in vocabulary(found, "prompt").items() if name != "prompt"}
    return st.builds(
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
        _some([sign.id for sign in found.indicators], 2),
        _alternatives(fields),
    )


def _afterwards(situation: Vocabulary) -> st.SearchStrategy[Afterwards]:
    return st.builds(
        lambda id_, when: Afterwards(id=id_, text="t", when=when, source=SOURCE),
        st.sampled_from(("soon", "late")),
        _alternatives(situation),
    )


def _sentences(found: Rulebook) -> st.SearchStrategy[SafetySentence]:
    """Make safety sentences, most of which are not true."""
    codes = _some(["act", "ask", "wait", "write"], 2).map(tuple)
    return st.builds(
        lambda id_, when, signs, first, some: SafetySentence(
            id=id_, sentence="S.", source=SOURCE, when=when, indicators=tuple(signs), first=first, some=some
        ),
        st.sampled_from(("never", "always")),
        _alternatives(vocabulary(found, "situation")),
        _some([sign.id for sign in found.indicators], 2),
        codes,
        codes,
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
            heading=draw(st.sampled_from([None, "health", "home"])),
            source=SOURCE,
        )
        for place in range(count)
    ]


@st.composite
def _findings(draw: st.DrawFn, rulebook: Rulebook) -> list[Finding]:
    about_signs = _alternatives(vocabulary(rulebook, "recorded"))
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

"""How whole rulebooks are made, of anything that the model allows and that loads.

Each list of a rulebook has a maker of its own in `MAKERS`, which makes it of bytes of its own. A field that the
model gains is given its values by the maker of its part; `tests/test_making.py` names each that is not.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any, Literal, get_args

from rhrt.rulebook import conditions, kinds, model
from rhrt.rulebook.kinds import HARM, Conditions, Source, words_of
from rhrt.rulebook.model import Rulebook
from rhrt.rulebook.rules import asked_alone, rules_of
from rhrt.testing.choices import FOLLOW_UPS, Choices, of_all_things, of_one_thing

SOURCE = Source(document="framework", section="Section 1")
"""A rule's source that every made rulebook has the document of."""

Make = Callable[[Choices], Any]
"""Makes one field of a rulebook that has those before it."""


def made(given: Mapping[str, bytes]) -> Rulebook:
    """Make a small rulebook of bytes for each of its fields: with none it is the least that loads.

    Its rules mean nothing: only what the engine itself promises is true of the answers, and in some records no
    urgency holds. No two share a word with a framework. Nearly all are inside the limits of the engine.
    """
    rulebook = _LEAST
    for name, make in MAKERS.items():
        rulebook = replace(rulebook, **{name: make(Choices(given[name], rulebook))})
    return rulebook


def seeded(seed: int) -> Rulebook:
    """Make the rulebook of a seed: the same whenever it is made."""
    random = Random(seed)
    return made({name: random.randbytes(SIZES[name]) for name in MAKERS})


def _documents(choices: Choices) -> tuple[model.Document, ...]:
    ids = ("framework", *choices.some(("statute", "guidance"), 2))
    return tuple(model.Document(id=id_, short=id_, title="t", published="2020-01") for id_ in ids)


def _levels(choices: Choices) -> tuple[model.Level, ...]:
    """Make one to five; only the lowest can be one of strengths."""
    return tuple(
        model.Level(
            level=number,
            name=f"Level {number}",
            meaning="m",
            source=choices.paged(),
            strengths=number == 1 and choices.yes(),
        )
        for number in range(1, choices.below(5) + 2)
    )


def _headings(choices: Choices) -> tuple[model.Heading, ...]:
    ids = choices.some(("health", "home", "school"), 3)
    return tuple(model.Heading(id=id_, title=id_, printed=choices.some(("H", "HH", "HHH"), 2)) for id_ in ids)


def _bases(choices: Choices) -> tuple[model.Basis, ...]:
    return tuple(model.Basis(id=basis, meaning="m") for basis in choices.some(("red", "amber", "green"), 3))


def _contacts(choices: Choices) -> tuple[model.Contact, ...]:
    ids = choices.some(("team", "line", "office"), 3)
    return tuple(
        model.Contact(
            id=id_,
            name=f"The {id_}",
            number=choices.maybe(f"01632 96000{place}"),
            hours="Always",
            printed="2020-01",
            verified=choices.maybe("2020-02-03"),
            otherwise=choices.maybe(*(other for other in ids if other != id_)),
            note=choices.maybe("n"),
        )
        for place, id_ in enumerate(ids)
    )


def _if_worse_contacts(choices: Choices) -> tuple[str, ...]:
    return choices.some([*choices.rulebook.contact], 2)


def _age_bands(choices: Choices) -> tuple[model.AgeBand, ...]:
    return tuple(model.AgeBand(id=id_, title="t") for id_ in choices.some(("younger", "older", "unborn"), 3))


_VALUES = (("not-asked", "yes", "no", "not-known"), ("no", "yes"), ("a", "b", "c"), ("not-known", "yes", "no"))


def _situation(choices: Choices) -> tuple[model.SituationField, ...]:
    return tuple(
        model.SituationField(
            id=id_,
            question="Q?",
            why="W.",
            values=choices.one(_VALUES),
            source=choices.paged(),
            ask_first=choices.yes(),
        )
        for id_ in choices.some(("q_one", "q_two", "q_three"), 3)
    )


def _indicators(choices: Choices) -> tuple[model.Indicator, ...]:
    """Make up to six in the order of a rulebook that loads: those with a number first, the others by level."""
    signs = [_indicator(choices, place) for place in range(choices.below(7))]
    return tuple(sorted(signs, key=lambda one: (one.n is None, one.n or 0, one.level)))


def _indicator(choices: Choices, place: int) -> model.Indicator:
    page, headings = choices.maybe(9), [heading.id for heading in choices.rulebook.headings]
    return model.Indicator(
        id=f"sign-{place}",
        wording=f"{choices.one(('Sign', 'Some sign', 'Severe or some sign'))} {place}",
        also=("a", "b", "c", "d"),
        n=choices.maybe(place + 1),
        heading=choices.maybe(*headings),
        printed_heading=choices.maybe("H"),
        group=choices.maybe("g"),
        shown_under=choices.maybe(*headings),
        page=page,
        level=choices.one([*choices.rulebook.level]),
        basis=choices.maybe(*(basis.id for basis in choices.rulebook.bases)),
        recordable=choices.below(8) != 1,
        note=choices.maybe("n"),
        source=choices.source(page),
    )


def _ways(choices: Choices) -> tuple[model.Ways, ...]:
    signs = choices.some([*choices.rulebook.position], 3)
    return tuple(
        model.Ways(by=by, said=dict.fromkeys(signs, f"{by} one\n{by} two\n"))
        for by in choices.some(("School", "Health"), 2)
    )


def _aliases(choices: Choices) -> dict[str, str]:
    signs = [*choices.rulebook.indicator]
    return {old: choices.one(signs) for old in choices.some(("earlier-one", "earlier-two"), 2) if signs}


def _retired(choices: Choices) -> tuple[model.Retired, ...]:
    return tuple(model.Retired(id=id_, last_edition="1") for id_ in choices.some(("gone-one", "gone-two"), 2))


def _review(choices: Choices) -> model.Review | None:
    return choices.maybe(model.Review(by="2022-09", set_by="The board", set_on="2020-11"))


def _ladders(choices: Choices) -> tuple[model.Ladder, ...]:
    """Make up to two, each with steps at levels at which there is a sign; the lowest may be its strength."""
    by_level: dict[int, list[str]] = {}
    for sign in choices.rulebook.indicators:
        by_level.setdefault(sign.level, []).append(sign.id)
    ids = choices.some(("rising", "falling"), 2) if len(by_level) > 1 else ()
    return tuple(_ladder(choices, id_, by_level) for id_ in ids)


def _ladder(choices: Choices, id_: str, by_level: Mapping[int, list[str]]) -> model.Ladder:
    steps = [choices.one(by_level[level]) for level in sorted(choices.some(sorted(by_level), 4, least=2))]
    strength = steps.pop(0) if choices.yes() else None
    return model.Ladder(id=id_, title="t", rungs=tuple(steps), strength=strength, source=choices.paged())


def _circumstances(choices: Choices) -> tuple[model.Circumstance, ...]:
    return tuple(
        model.Circumstance(
            id=id_,
            wording="w",
            title="t",
            guidance=choices.some(("G one.", "G two."), 2),
            source=choices.paged(),
            basis=choices.one(get_args(kinds.RestsOn)),
        )
        for id_ in choices.some(("alone", "away"), 2)
    )


def _topics(choices: Choices) -> tuple[model.Topic, ...]:
    ids = choices.some(("money", "play"), 2)
    return tuple(model.Topic(id=id_, title="t", indicators=choices.signs()) for id_ in ids)


def _services(choices: Choices) -> tuple[model.Service, ...]:
    return tuple(
        model.Service(
            id=id_,
            name="n",
            what="w",
            topics=choices.some([topic.id for topic in choices.rulebook.topics], 2),
            levels=choices.some([*choices.rulebook.level], 2),
            source=choices.paged(),
            check=choices.maybe("c"),
        )
        for id_ in choices.some(("club", "advice"), 2)
    )


def _agencies(choices: Choices) -> tuple[model.Agencies, ...]:
    return tuple(
        model.Agencies(level=level, names=choices.some(("One", "Two"), 2), source=choices.paged())
        for level in choices.some([*choices.rulebook.level], 2)
    )


def _synonyms(choices: Choices) -> tuple[tuple[str, ...], ...]:
    return tuple(choices.some(("one", "two", "three"), 3) for _ in range(choices.below(3)))


def _degree(choices: Choices) -> model.Degree:
    return model.Degree(words=choices.some(("some", "severe", "several"), 3), guides="g", source=choices.paged())


def _difference(choices: Choices) -> model.Difference:
    reasons = tuple(model.OverrideReason(id=id_, text="t") for id_ in choices.some(("knows-more", "asked"), 2))
    return model.Difference(higher="h", lower="l", policy="p", reasons=reasons, source=choices.paged())


def _findings(choices: Choices) -> tuple[kinds.Finding, ...]:
    """Make some about one thing, then some about the answers, which can look at those; one of them is harm."""
    of_one, of_answers = [*choices.some(("seen", "heard"), 2)], [*choices.some(("unsafe", "open"), 2)]
    choices.one((of_answers, of_answers, of_one)).append(HARM)
    found = tuple(_finding_of_one(choices, id_) for id_ in of_one)
    known = of_all_things(replace(choices.rulebook, findings=found), "answers")
    return found + tuple(
        kinds.Finding(
            id=id_, meaning="m", about="answers", when=choices.alternatives(known), source=choices.paged()
        )
        for id_ in of_answers
    )


def _finding_of_one(choices: Choices, id_: str) -> kinds.Finding:
    when = tuple(_about_one(choices) for _ in range(choices.below(3) + 1))
    about: Literal["recorded", "indicator"] = choices.one(("recorded", "indicator"))
    return kinds.Finding(id=id_, meaning="m", about=about, when=when, source=choices.paged())


def _about_one(choices: Choices) -> Conditions:
    """Ask of one thing recorded: most often of a sign, or of an answer, else of anything."""
    known = of_one_thing(choices.rulebook)
    asked = choices.one(("mark", "mark", "asked", "names", None))
    others = choices.conditions(known)
    if asked is None:
        return others
    sides = ("asked", "answer", "names") if asked == "mark" else ("indicator", "mark")
    kept = {field: wanted for field, wanted in others.items() if field not in sides}
    words = tuple(f"{word}" for word in known[asked] if word != conditions.NOTHING_ELSE)
    return {**kept, asked: choices.wanted(words)}


def _judgements(choices: Choices) -> tuple[kinds.Judgement, ...]:
    return tuple(_judgement(choices, id_) for id_ in choices.some(("j_one", "j_two"), 2))


def _judgement(choices: Choices, id_: str) -> kinds.Judgement:
    of_one, levels = choices.yes(), [*choices.rulebook.level]
    known = of_all_things(choices.rulebook, "answers")
    return kinds.Judgement(
        id=id_,
        level=choices.one([0, *levels] if of_one else levels),
        wording="w",
        when=_answers_alone(choices) if of_one else choices.alternatives(known),
        source=choices.paged(),
        about="recorded" if of_one else "answers",
    )


def _answers_alone(choices: Choices) -> tuple[Conditions, ...]:
    """Ask for one answer: to a question that findings look at alone already, or to a follow-up question."""
    known = of_one_thing(choices.rulebook)
    alone = (*asked_alone(choices.rulebook), conditions.JUDGEMENT, *FOLLOW_UPS)
    named = {"asked": tuple(dict.fromkeys(alone)), "names": (*get_args(kinds.Named), conditions.NOT_KNOWING)}
    whens = []
    for _ in range(choices.below(3) + 1):
        by = choices.one(("asked", "names"))
        others = choices.conditions({name: values for name, values in known.items() if name not in named})
        whens.append({**others, by: choices.wanted(named[by])})
    return tuple(whens)


def _routes(choices: Choices) -> tuple[kinds.Route, ...]:
    return tuple(kinds.Route(name="n", **one) for one in _in_turn(choices, ("here", "there"), "elsewhere"))


def _urgencies(choices: Choices) -> tuple[kinds.Urgency, ...]:
    return tuple(kinds.Urgency(name=one["id"], **one) for one in _in_turn(choices, ("now", "soon"), "later"))


def _in_turn(choices: Choices, ids: Sequence[str], last: str) -> list[dict[str, Any]]:
    """Give conditions to some of several, then most often none to one more: else in some records none holds."""
    known = of_all_things(choices.rulebook, "situation")
    whens = {id_: choices.alternatives(known) for id_ in choices.some(ids, 2)}
    whens |= {} if choices.below(4) == 0 else {last: ({},)}
    return [{"id": id_, "when": when, "source": choices.paged()} for id_, when in whens.items()]


def _actions(choices: Choices) -> tuple[kinds.Action, ...]:
    """Make up to three, then most often one that always applies: else in some records there is no next step."""
    known = of_all_things(choices.rulebook, "situation")
    some = [
        _action(choices, code, [choices.conditions(known) for _ in range(choices.below(4) + 1)])
        for code in choices.some(("act", "ask", "wait"), 3)
    ]
    return (*some, *(_action(choices, code, [{}]) for code in ("write",)[: choices.below(4)]))


def _action(choices: Choices, code: str, whens: Sequence[Conditions]) -> kinds.Action:
    cases = tuple(
        kinds.Case(
            when=when,
            text="Do it.",
            by_when=choices.maybe("Today"),
            contact=choices.maybe(*choices.rulebook.contact),
            basis=choices.one(get_args(kinds.RestsOn)),
        )
        for when in whens
    )
    return kinds.Action(code=code, who="You", cases=cases, source=choices.paged())


def _prompts(choices: Choices) -> tuple[kinds.Prompt, ...]:
    """Make up to three thoughts, then the follow-up questions for which rules ask, and may be others."""
    whens = [when for rule in rules_of(choices.rulebook) for when in rule.when]
    needed = {word for when in whens for word in words_of(when.get("asked", ()))}
    asked = {*choices.some(FOLLOW_UPS, 2), *needed}
    ids = [*("really", "sure", "both")[: choices.below(4)], *(id_ for id_ in FOLLOW_UPS if id_ in asked)]
    ranks = choices.some(range(1, 10), len(ids), least=len(ids))
    return tuple(_prompt(choices, id_, rank) for id_, rank in zip(ids, ranks, strict=True))


def _prompt(choices: Choices, id_: str, rank: int) -> kinds.Prompt:
    # Which prompt it is about, a condition of one has from the engine.
    known = {name: own for name, own in of_all_things(choices.rulebook, "prompt").items() if name != "prompt"}
    asked = id_ in FOLLOW_UPS
    return kinds.Prompt(
        id=id_,
        when=choices.alternatives(known),
        rank=rank,
        text="t",
        why="w",
        basis=choices.one(get_args(kinds.RestsOn)),
        source=choices.paged(),
        indicators=choices.signs(),
        absent=choices.signs(),
        circumstances=choices.some([one.id for one in choices.rulebook.circumstances], 2),
        consider=choices.signs(),
        if_yes=choices.some(get_args(kinds.Named), 3, least=1) if asked else (),
        if_not_known=choices.maybe("consult") if asked else None,
    )


def _afterwards(choices: Choices) -> tuple[kinds.Afterwards, ...]:
    known = of_all_things(choices.rulebook, "afterwards")
    return tuple(
        kinds.Afterwards(id=id_, text="t", when=choices.alternatives(known), source=choices.paged())
        for id_ in choices.some(("then", "late"), 2)
    )


def _safety(choices: Choices) -> tuple[kinds.SafetySentence, ...]:
    """Make sentences, most of which are not true."""
    return tuple(_sentence(choices, id_) for id_ in choices.some(("never", "always"), 2))


def _sentence(choices: Choices, id_: str) -> kinds.SafetySentence:
    rulebook = choices.rulebook
    codes = [action.code for action in rulebook.actions]
    first, some, never, before, after = (choices.some(codes, 2) for _ in range(5))
    before, after = (before, after) if before and after else ((), ())
    answers = {name: values for name, values in conditions.answer_vocabulary(rulebook).items() if values}
    answer = choices.conditions(answers)
    recorded = conditions.vocabulary(rulebook, "recorded")
    return kinds.SafetySentence(
        id=id_,
        sentence="S.",
        source=choices.paged(),
        indicators=choices.signs(),
        basis=choices.maybe(*(basis.id for basis in rulebook.bases)),
        alone=choices.yes(),
        when=choices.alternatives(conditions.vocabulary(rulebook, "situation"))[choices.below(2) :],
        answer=answer if answer or first or some or never or after else {"route": conditions.NO_ROUTE},
        first=first,
        some=some,
        never=never,
        recorded=tuple(choices.conditions(recorded) for _ in range(choices.below(3))),
        before=before,
        after=after,
    )


_IN_ORDER = (
    _documents, _levels, _headings, _bases, _contacts, _if_worse_contacts, _age_bands, _situation, _indicators,
    _ways, _aliases, _retired, _review, _ladders, _circumstances, _topics, _services, _agencies, _synonyms, _degree,
    _difference, _findings, _judgements, _routes, _urgencies, _actions, _prompts, _afterwards, _safety,
)  # fmt: skip

MAKERS: Mapping[str, Make] = {make.__name__.removeprefix("_"): make for make in _IN_ORDER}
"""What makes each field of a rulebook, after those that it names."""

_LONG = ("indicators", "actions", "findings", "prompts", "safety")

SIZES: Mapping[str, int] = dict.fromkeys(MAKERS, 64) | dict.fromkeys(_LONG, 160)
"""How many bytes each is made of: more than it takes in most rulebooks."""

_LEAST = Rulebook(
    id="generated", title="Generated", edition="1", area="Nowhere", published="2020-01", notice="n", no_level="n",
    if_worse="w", if_worse_contacts=(), no_answer="n", documents=(), levels=(), headings=(), bases=(), contacts=(),
    age_bands=(), situation=(), aliases={}, indicators=(), ladders=(), circumstances=(), topics=(), services=(),
    agencies=(), synonyms=(), findings=(), judgements=(), routes=(), urgencies=(), actions=(), prompts=(),
    afterwards=(), safety=(), degree=model.Degree(words=(), guides="g", source=SOURCE),
    difference=model.Difference(higher="h", lower="l", policy="p", reasons=(), source=SOURCE),
)  # fmt: skip
"""What every made rulebook says alike, before its lists are made."""

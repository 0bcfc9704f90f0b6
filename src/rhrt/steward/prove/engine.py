"""That the engine answers as `Situations` says, whatever is recorded.

Both evaluators are tried in every situation: none is left out, and none stands for another. A fact fires what it
fires whatever the record, so each distinct fact is inferred once, by durable-rules (or the compiled form, in its
place) and by the reference, and the two are compared. Then every situation, with all answers told apart, is put
together from what its facts fired, and must be what `Situations` made of it.

`assess` itself is tried on records of one, two and three signs. What the marks of a record come to is a join: the
highest of their levels, and all that they establish. A join of many is a join of two, again and again, in any
order. So if `assess` joins one, two and three signs as `Situations` does, whatever the answers, then it joins any
number so; and what any join gives, in every situation, is proven by `agreement`. Signs that come to the same are
one kind: every rule looks at what a sign comes to, none at its name.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations_with_replacement, groupby, product
from typing import Any, TypeVar

from rhrt.faults import EvaluatorsDiffer, NotWhole
from rhrt.reasoning.assess import assess
from rhrt.reasoning.facts import Fact, Thing, about_answers, about_situation, about_thing
from rhrt.reasoning.inference import Fired, Inference
from rhrt.reasoning.signs import AGE, NOTHING, Marks, Signs
from rhrt.reasoning.situations import Situation, Situations
from rhrt.record import Record
from rhrt.rulebook.model import Rulebook
from rhrt.steward.prove.promises import Counterexample, Proven
from rhrt.suggestion import Suggestion

T = TypeVar("T")

Chosen = tuple[str, ...]

MOST_FACTS = 1_000_000
"""How many facts are remembered: all, for none is to be inferred twice, and the proof lives for a moment."""


def agreement(situations: Situations, share: int = 0, shares: int = 1) -> Proven:
    """Try whether both evaluators agree on every fact, and so on every situation, or on a share of them."""
    try:
        broken = _first_difference(situations, share, shares)
    except EvaluatorsDiffer as error:
        broken = Counterexample({}, str(error))
    sentence = "Both evaluators come to the same conclusion."
    return Proven("both-evaluators-agree", sentence, situations.stood_for, broken)


def _first_difference(situations: Situations, share: int, shares: int) -> Counterexample | None:
    inference = Inference(situations.rulebook, MOST_FACTS)
    if broken := _things(situations, inference):
        return broken
    expected = {(one.signs, one.answers): sorted(one.rules) for one in situations.each}
    like = situations.like
    given = list(_every_answer(situations))
    for found, together in _share(_in_order(situations, inference), share, shares):
        facts = [about_answers(situations.rulebook, answers, found) for answers, _ in given]
        fired = inference.fire("answers", *facts)
        for signs in together:
            rules = _rules(situations.rulebook, inference, signs, facts, fired)
            for (answers, kind), own in zip(given, rules, strict=True):
                if own != expected[like[signs], kind]:
                    record = situations.record(situations.situation(signs, answers))
                    return Counterexample(record, "Other rules apply than were worked out.")
    return None


def _in_order(situations: Situations, inference: Inference) -> list[tuple[frozenset[str], list[Signs]]]:
    """Give what records come to, those with the same findings together, and beside them those that look the same.

    What looks the same to the rules about answers is inferred once: so it should not be in two shares.
    """
    seen = [id_ for id_ in situations.rulebook.found_by["recorded"] if id_ in inference.fields["answers"]]
    order = sorted(
        situations.reached,
        key=lambda one: ([id_ in one.findings for id_ in seen], sorted(one.findings), one.level),
    )
    return [(found, list(group)) for found, group in groupby(order, lambda one: one.findings)]


def _share(groups: Sequence[T], share: int, shares: int) -> Sequence[T]:
    """Give one of as many shares, each of what stands together."""
    return groups[len(groups) * share // shares : len(groups) * (share + 1) // shares]


def _every_answer(situations: Situations) -> Iterator[tuple[Chosen, Chosen]]:
    """Give every set of answers, all told apart, with the set that stands for its kind.

    Answers that rules look at alone are among the things recorded: here each stays at its default.
    """
    stands = [{value: kind[0] for kind in kinds for value in kind} for kinds in situations.kinds]
    fields = situations.rulebook.situation
    values = [field.values[:1] if field.id in situations.alone else field.values for field in fields]
    for answers in product(*values):
        yield answers, tuple([stand[answer] for stand, answer in zip(stands, answers, strict=True)])


def _rules(
    rulebook: Rulebook, inference: Inference, signs: Signs, facts: Sequence[Fact], fired: Sequence[Fired]
) -> Iterator[list[str]]:
    """Give the rules that hold for some signs with each set of answers."""
    asked = [question for question in rulebook.questions if question in inference.fields["situation"]]
    # What is remembered is one object for each look, so its identity stands for all that it says.
    looks = [(id(own), *[fact[name] for name in asked]) for fact, own in zip(facts, fired, strict=True)]
    distinct = dict(zip(looks, zip(facts, fired, strict=True), strict=True))
    levels = {f"judgement/{judgement.id}": judgement.level for judgement in rulebook.judgements}
    situations = []
    for fact, own in distinct.values():
        level = max([signs.level, *[levels[name] for name in own.rules if name in levels]])
        situations.append(about_situation(rulebook, fact, own.findings, level))
    rules = {}
    for (look, (_, own)), last in zip(distinct.items(), inference.fire("situation", *situations), strict=True):
        rules[look] = sorted(own.rules + last.rules)
    yield from (rules[look] for look in looks)


def _things(situations: Situations, inference: Inference) -> Counterexample | None:
    """Try every thing that can be recorded, in every way and at every age."""
    rulebook = situations.rulebook
    levels = {f"level/{level.level}": level.level for level in rulebook.levels}
    levels |= {f"judgement/{own.id}": own.level for own in rulebook.judgements if own.about == "recorded"}
    bands = (None, *(band.id for band in rulebook.age_bands))
    for thing in (*situations.things, *situations.told):
        for band in bands:
            fired = inference.fire("recorded", *about_thing(rulebook, thing, band))
            names = {name for own in fired for name in own.rules}
            found = frozenset[str]().union(*(own.findings for own in fired))
            level = max((levels[name] for name in names if name in levels), default=0)
            if Signs(level, found) != situations.signs_of(*thing, band):
                record = situations.record_of(thing, band)
                return Counterexample(record, "What is recorded comes to something else than was worked out.")
    return None


MOST_TOGETHER = 3


def together(situations: Situations) -> Proven:
    """Try every record of one, two or three kinds of sign, with the default answers and each other answer."""
    tried, broken = 0, None
    for marks, answers in _records(situations):
        tried += 1
        if broken := _otherwise(situations, marks, answers):
            break
    sentence = "What is suggested for signs together is what they come to together."
    return Proven("signs-together", sentence, tried, broken, "records")


def _records(situations: Situations) -> Iterator[tuple[Marks, tuple[str, ...]]]:
    defaults = situations.rulebook.defaults
    for thing in situations.things:
        for band in situations.ages:
            yield (*_aged(band), thing), defaults
    other = [
        (*defaults[:place], answer, *defaults[place + 1 :])
        for place, question in enumerate(situations.rulebook.situation)
        for answer in question.values
        if answer != defaults[place] and question.id not in situations.alone
    ]
    for band in situations.ages:
        for marks in _sets_of_signs(situations, band):
            if band is None or any(situations.signs_of(*one, band) != situations.signs_of(*one) for one in marks):
                for answers in (defaults, *(other if len(marks) < MOST_TOGETHER else ())):
                    yield (*_aged(band), *marks), answers


def _aged(band: str | None) -> Marks:
    return () if band is None else ((AGE, band),)


def _sets_of_signs(situations: Situations, band: str | None) -> Iterator[Marks]:
    """Give up to three things of every kind, each under an id of its own, one kind also twice or thrice."""
    kinds: dict[tuple[str, Signs], list[str]] = {}
    for id_, said in situations.things:
        kinds.setdefault((said, situations.signs_of(id_, said, band)), []).append(id_)
    for chosen in chain.from_iterable(
        combinations_with_replacement(kinds, count) for count in range(MOST_TOGETHER + 1)
    ):
        marks: dict[str, str] = {}
        for kind in chosen:
            free = next((id_ for id_ in kinds[kind] if id_ not in marks), None)
            if free is not None:
                marks[free] = kind[0]
        yield tuple(marks.items())


def _otherwise(situations: Situations, marks: Marks, answers: tuple[str, ...]) -> Counterexample | None:
    signs, band = NOTHING, dict(marks).get(AGE)
    for id_, mark in marks:
        if id_ != AGE:
            signs = signs.joined(situations.signs_of(id_, mark, band))
    situation = situations.situation(signs, answers)
    record = situations.record(situation, marks)
    try:
        suggestion = assess(Record.model_validate(record), situations.rulebook)
    except NotWhole as none:
        return Counterexample(record, f"{none}")
    given, expected = _given(suggestion), _expected(situations, situation, marks)
    differing = [name for name, value in expected.items() if given[name] != value]
    if not differing:
        return None
    how = "; ".join(f"{name} is {given[name]}, not {expected[name]}" for name in differing)
    return Counterexample(record, f"Suggested otherwise: {how}.")


def _given(suggestion: Suggestion) -> Mapping[str, Any]:
    return {
        "level": suggestion.level or 0,
        "route": suggestion.route or "none",
        "urgency": suggestion.urgency,
        "harm": suggestion.harm,
        "steps": [f"{step.rule}/{step.case}" for step in suggestion.actions],
        "reasons": {(reason.rule, reason.answer) for reason in suggestion.reasons},
    }


def _expected(situations: Situations, situation: Situation, marks: Marks) -> Mapping[str, Any]:
    rulebook = situations.rulebook
    levels = {f"judgement/{one.id}": one.level for one in rulebook.judgements}
    present = [id_ for id_, mark in marks if mark == "present"]
    said_of = dict(zip(rulebook.questions, situation.answers, strict=True)) | dict(marks)
    told = [
        (max(judged, key=levels.__getitem__), id_)
        for id_, said in said_of.items()
        if (judged := _judged(situations, (id_, said), dict(marks).get(AGE)))
    ]
    return {
        "level": situation.level,
        "route": situation.fact["route"],
        "urgency": situation.fact["urgency"],
        "harm": situation.fact["harm"] == "yes",
        "steps": list(situation.steps.values()),
        "reasons": {(rule, None) for rule in situation.rules if levels.get(rule) == situation.level}
        | {(rule, id_) for rule, id_ in told if levels[rule] in (0, situation.level)}
        | {(f"indicator/{id_}", None) for id_ in present if rulebook.indicator[id_].level == situation.level},
    }


def _judged(situations: Situations, thing: Thing, band: str | None) -> list[str]:
    """Give the judgements that one thing recorded is, in the rulebook's order."""
    fired = situations.fired_by(thing, band) if thing[0] != AGE else frozenset[str]()
    return [rule for one in situations.rulebook.judgements if (rule := f"judgement/{one.id}") in fired]

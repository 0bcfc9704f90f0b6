"""Both evaluators, in every situation: none is left out, and none stands for another.

A fact fires what it fires whatever the record, so each distinct fact is inferred once, by durable-rules (or the
compiled form, in its place) and by the reference, and the two are compared. Then every situation, with all answers
told apart, is put together from what its facts fired, and must be what `Situations` made of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, product
from typing import TypeVar

from rhrt.faults import EvaluatorsDiffer
from rhrt.reasoning.facts import Fact, about_answers, about_situation, about_thing
from rhrt.reasoning.inference import Fired, Inference
from rhrt.reasoning.signs import Signs
from rhrt.reasoning.situations import Situations
from rhrt.rulebook.model import Rulebook
from rhrt.steward.prove.proven import Counterexample, Proven

T = TypeVar("T")

Answers = tuple[str, ...]

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


def _every_answer(situations: Situations) -> Iterator[tuple[Answers, Answers]]:
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

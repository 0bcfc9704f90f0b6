"""The compiled form of a rulebook: plain data (JSON), with all that an evaluation needs and nothing else.

`evaluate` evaluates it; so can a browser. Lists are in the order of the rulebook, but prompts by rank, and
follow-up questions as they are asked. There is no null. A rule has alternatives in `when`, any one of which is
enough: each is a list of `[field, [allowed, …]]`, all of which must hold. Levels are whole numbers, all else is
words. A field stands once in an alternative, a value once in a field.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from rhrt.reasoning.evaluate import FORM, Matcher
from rhrt.reasoning.facts import Fact
from rhrt.rulebook.conditions import NOT_KNOWING, NOT_STATED, About
from rhrt.rulebook.kinds import AtLeast, Conditions, Prompt, Wanted
from rhrt.rulebook.model import Indicator, Rulebook
from rhrt.rulebook.rules import Rule, rules_of
from rhrt.suggestion import MOST_FOLLOW_UPS

NAME = "compiled"
"""The name of this evaluator in a receipt."""


def compiled(rulebook: Rulebook) -> dict[str, Any]:
    """Compile a rulebook."""
    return {
        "form": FORM,
        "rulebook": {"id": rulebook.id, "edition": rulebook.edition, "sha256": rulebook.sha256},
        "levels": [level.level for level in rulebook.levels],
        "age_bands": [band.id for band in rulebook.age_bands],
        "circumstances": [circumstance.id for circumstance in rulebook.circumstances],
        "questions": [{"id": question.id, "values": list(question.values)} for question in rulebook.situation],
        "indicators": [_indicator(rulebook, rulebook.indicator[id_]) for id_ in rulebook.position],
        "findings": {about: list(ids) for about, ids in rulebook.found_by.items()},
        "follow_ups": [_follow_up(prompt) for prompt in rulebook.follow_up.values()],
        "most_follow_ups": MOST_FOLLOW_UPS,
        "prompts": [_prompt(rulebook, one) for one in sorted(rulebook.prompts, key=lambda one: one.rank)],
        "rules": _rules(rulebook),
    }


def encoded(rulebook: Rulebook) -> bytes:
    """Give the compiled form as JSON: the same bytes whenever and wherever it is made."""
    return json.dumps(compiled(rulebook), sort_keys=True, separators=(",", ":")).encode()


class CompiledRuleset:
    """The compiled rules about one kind of fact, in the place of a ruleset of durable-rules."""

    def __init__(self, rules: list[dict[str, Any]]) -> None:
        self._matcher = Matcher(rules)

    def fire(self, facts: Iterable[Fact]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Give, for each fact, the names of the rules that fire and the findings they establish, sorted."""
        fired = [self._matcher.fired(dict(fact)) for fact in facts]
        names = [tuple(sorted(rule["name"] for rule in own)) for own in fired]
        found = [tuple(sorted(rule["id"] for rule in own if rule["gives"] == "finding")) for own in fired]
        return list(zip(names, found, strict=True))


def compiled_rulesets(rulebook: Rulebook) -> Mapping[About, CompiledRuleset]:
    """Compile the rules of a rulebook, ready to fire by the kind of fact."""
    return {about: CompiledRuleset(own) for about, own in _rules(rulebook).items()}


def _indicator(rulebook: Rulebook, indicator: Indicator) -> dict[str, Any]:
    """Give the sides of an indicator. It is counted `under` a heading; where that is "", it is not counted."""
    counted = not rulebook.level[indicator.level].strengths
    return {
        "id": indicator.id,
        "level": indicator.level,
        "basis": indicator.basis or NOT_STATED,
        "heading": indicator.heading or NOT_STATED,
        "under": (indicator.shown_under or indicator.heading or "") if counted else "",
    }


def _follow_up(prompt: Prompt) -> dict[str, Any]:
    """Give a follow-up question with all that it names for a rule."""
    return {"id": prompt.id, "names": [*prompt.if_yes, *[NOT_KNOWING] * bool(prompt.if_not_known)]}


def _prompt(rulebook: Rulebook, prompt: Prompt) -> dict[str, Any]:
    """Say what makes a prompt possible; a sign marked absent does `unless` one of these is present."""
    return {
        "id": prompt.id,
        "indicators": list(prompt.indicators),
        "absent": [{"id": id_, "unless": _higher_rungs(rulebook, id_)} for id_ in prompt.absent],
        "circumstances": list(prompt.circumstances),
    }


def _higher_rungs(rulebook: Rulebook, id_: str) -> list[str]:
    rungs = {rung for ladder in rulebook.ladders_of(id_) for rung in ladder.rungs}
    level = rulebook.indicator[id_].level
    return [one for one in rulebook.position if one in rungs and rulebook.indicator[one].level > level]


def _rules(rulebook: Rulebook) -> Mapping[About, list[dict[str, Any]]]:
    every = list(rules_of(rulebook))
    return {about: [_rule(rulebook, rule) for rule in every if rule.about == about] for about in get_args(About)}


def _rule(rulebook: Rulebook, rule: Rule) -> dict[str, Any]:
    """Say what a rule gives, and when. The rule of a level has the level, and a judgement: 0 where it has none."""
    kind, id_ = rule.name.split("/")[:2]
    gives = {"name": rule.name, "gives": "step" if kind == "action" else kind, "id": id_}
    levels = {f"judgement/{own.id}": own.level for own in rulebook.judgements}
    levels |= {f"level/{own}": own for own in rulebook.level}
    level = {"level": levels[rule.name]} if rule.name in levels else {}
    return {**gives, **level, "when": [_alternative(rulebook, conditions) for conditions in rule.when]}


def _alternative(rulebook: Rulebook, conditions: Conditions) -> list[list[Any]]:
    return [[field, _allowed(rulebook, wanted)] for field, wanted in sorted(conditions.items())]


def _allowed(rulebook: Rulebook, wanted: Wanted) -> Sequence[str | int]:
    """Write out the values that a condition allows: of levels, those there can be, 0 for none among them."""
    if isinstance(wanted, AtLeast):
        highest = max((level.level for level in rulebook.levels), default=0)
        most = highest if wanted.at_most is None else wanted.at_most
        return [level for level in range(highest + 1) if wanted.at_least <= level <= most]
    if isinstance(wanted, tuple):
        return list(dict.fromkeys(wanted))
    return [wanted]

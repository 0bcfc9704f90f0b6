"""What the worked cases show of the rules: each applied, and each condition mattering on its own.

A condition matters on its own (modified condition/decision coverage) where there are two facts: one for which its
line of the rule holds, and one for which all the others of that line hold, it does not, and so the rule does not.
A condition that no fact there can be would show so is left out of the count, and named.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

from rhrt.present.terminal import wrap
from rhrt.reasoning.facts import Fact, about_thing, answered, marked
from rhrt.reasoning.plain import When, holds, wanted_in
from rhrt.reasoning.questions import PossiblePrompts
from rhrt.reasoning.signs import NOTHING
from rhrt.reasoning.situations import Situations
from rhrt.record import check
from rhrt.rulebook.conditions import vocabulary
from rhrt.rulebook.kinds import NO, YES, Prompt
from rhrt.rulebook.rules import Rule, rules_of, told_alone
from rhrt.steward.cases import Example
from rhrt.steward.folder import RulebookFolder
from rhrt.steward.prove.sentences import signs_beside


class Condition(NamedTuple):
    """One condition: the rule it stands in, which line of it (from 1), and its field."""

    rule: str
    line: int
    field: str


class Shown(NamedTuple):
    """What the cases show. `unable` are the conditions that no fact there can be would show, and not counted."""

    rules: tuple[str, ...]
    not_applied: tuple[str, ...]
    conditions: tuple[Condition, ...]
    not_shown: tuple[Condition, ...]
    unable: tuple[Condition, ...]


def shown(folder: RulebookFolder, examples: Iterable[Example]) -> Shown:
    """Say what worked cases show of each rule of a rulebook."""
    facts = _facts(folder, examples)
    found = Shown((), (), (), (), ())
    for rule in rules_of(folder.rulebook):
        when = wanted_in(rule.when, len(folder.rulebook.levels))
        met = facts.get(rule.name if rule.about == "prompt" else rule.about, [])
        found = found._replace(rules=(*found.rules, rule.name))
        if not any(holds(when, fact) for fact in met):
            found = found._replace(not_applied=(*found.not_applied, rule.name))
        found = _with_conditions(found, folder, rule, when, met)
    return found


def _with_conditions(found: Shown, folder: RulebookFolder, rule: Rule, when: When, met: Sequence[Fact]) -> Shown:
    every: list[Fact] = []
    for line, conditions in enumerate(when):
        for place, (field, _) in enumerate(conditions):
            if field == "prompt":  # which prompt it is: not a condition of the rulebook
                continue
            one = Condition(rule.name, line + 1, field)
            if matters(when, line, place, met):
                found = found._replace(conditions=(*found.conditions, one))
                continue
            every = every or list(every_fact(folder, rule, when))
            if matters(when, line, place, every):
                found = found._replace(conditions=(*found.conditions, one), not_shown=(*found.not_shown, one))
            else:
                found = found._replace(unable=(*found.unable, one))
    return found


def matters(when: When, line: int, place: int, facts: Sequence[Fact]) -> bool:
    """Say whether facts show that one condition of one line of a rule matters on its own."""
    whole = [when[line]]
    others = [[*when[line][:place], *when[line][place + 1 :]]]
    return any(holds(whole, fact) for fact in facts) and any(
        holds(others, fact) and not holds(when, fact) for fact in facts
    )


def _facts(folder: RulebookFolder, examples: Iterable[Example]) -> Mapping[str, list[Fact]]:
    """Give the facts of the cases by their kind, those of prompts by the prompt's rule."""
    facts: dict[str, list[Fact]] = {}
    possible = PossiblePrompts(folder.rulebook)
    for example in examples:
        record = check(example.record, folder.rulebook)
        signs = NOTHING
        for thing in (*marked(record), *answered(record, told_alone(folder.rulebook))):
            signs = signs.joined(folder.situations.signs_of(*thing, record.age_band))
            facts.setdefault("recorded", []).extend(about_thing(folder.rulebook, thing, record.age_band))
        fact = folder.situations.situation(signs, record.answers).fact
        for kind in ("answers", "situation", "afterwards"):
            facts.setdefault(kind, []).append(fact)
        for own in possible.facts(record, fact):
            facts.setdefault(f"prompt/{own['prompt']}", []).append(own)
    return facts


def every_fact(folder: RulebookFolder, rule: Rule, when: When) -> Iterator[Fact]:
    """Give every fact that a rule can meet, as far as the rule looks at it."""
    fields = list(dict.fromkeys(field for conditions in when for field, _ in conditions))
    if rule.about == "recorded":
        things = (*folder.situations.things, *folder.situations.told)
        for thing, band in product(things, folder.situations.ages):
            yield from about_thing(folder.rulebook, thing, band)
        return
    if rule.about == "answers":
        yield from _all_answers(folder.situations, fields)
        return
    prompt = next((one for one in folder.rulebook.prompts if f"prompt/{one.id}" == rule.name), None)
    known = vocabulary(folder.rulebook, "situation")
    settled = [field for field in fields if field in known]
    values = vocabulary(folder.rulebook, "prompt")
    free: list[tuple[str, Collection[str | int]]] = [
        (field, values[field]) for field in fields if field not in known and field != "prompt"
    ]
    for seen in _looks(folder, prompt, settled):
        for chosen in product(*(given for _, given in free)):
            names = (*settled, *(field for field, _ in free), "prompt")
            yield dict(zip(names, (*seen, *chosen, prompt.id if prompt else ""), strict=True))


def _all_answers(situations: Situations, fields: Sequence[str]) -> Iterator[Fact]:
    """Give all that a rule about the answers can meet: findings that other rules do not tell apart, it may."""
    rulebook = situations.rulebook
    asked = [field for field in fields if field in rulebook.field]
    found = [field for field in fields if field not in rulebook.field]
    established = {tuple(field in signs.findings for field in found) for signs in situations.reached}
    for known, said in product(established, product(*(rulebook.field[field].values for field in asked))):
        words = (YES if one else NO for one in known)
        yield {**dict(zip(found, words, strict=True)), **dict(zip(asked, said, strict=True))}


def _looks(folder: RulebookFolder, prompt: Prompt | None, fields: Sequence[str]) -> set[tuple[str | int, ...]]:
    signs = set(signs_beside(prompt, folder.situations) if prompt else folder.situations.marks)
    return {
        tuple([situation.fact[field] for field in fields])
        for situation in folder.situations.each
        if situation.signs in signs
    }


def as_text(shown: Shown, cases: int) -> str:
    """Write it for a terminal of 80 columns, in whole numbers."""
    return "\n".join(_lines(shown, cases)) + "\n"


def as_data(shown: Shown, cases: int) -> dict[str, Any]:
    """Give it as machines read it."""
    return {
        "cases": cases,
        "rules": len(shown.rules),
        "not_applied": list(shown.not_applied),
        "conditions": len(shown.conditions),
        "not_shown": [one._asdict() for one in shown.not_shown],
        "unable": [one._asdict() for one in shown.unable],
    }


def _lines(shown: Shown, cases: int) -> Iterator[str]:
    rules, conditions = len(shown.rules), len(shown.conditions)
    yield f"{cases} examples in the worked cases, their changes included"
    yield f"{rules - len(shown.not_applied)} of {rules} rules applied"
    yield f"{conditions - len(shown.not_shown)} of {conditions} conditions shown to matter on their own"
    for title, names in (
        ("Rules that no example applies", list(shown.not_applied)),
        ("Conditions that no example shows to matter on their own", [_named(one) for one in shown.not_shown]),
        ("Not counted: no situation there can be would show it", [_named(one) for one in shown.unable]),
    ):
        if names:
            yield ""
            yield title
            for name in names:
                yield from wrap(name, "  - ")


def _named(one: Condition) -> str:
    return f"{one.rule}, line {one.line}: {one.field}"

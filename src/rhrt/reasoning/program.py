"""The rules of a rulebook in the form the inference engine takes, inside the limits it is safe within.

There are five kinds of fact, and every rule looks at one fact alone:

- `recorded`: one thing recorded, by its attributes: an indicator as marked, an answer, the practitioner's own
  level. Its rules give a level, or establish a finding.
- `answers`: every answer, with what the things recorded established. Its rules establish findings, or set a level
  by the practitioner's own judgement.
- `situation`: the level with all answers and findings. Its rules give the route, the urgency and the actions.
- `afterwards`: the same again. Its rules give what happens once the actions are taken, for whoever asks.
- `prompt`: one prompt that could apply, in the situation, with the age band. Its rule says whether it does.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Literal, NamedTuple, get_args

from rhrt.faults import BadInput, Fault
from rhrt.rulebook.conditions import About, Vocabulary, vocabulary
from rhrt.rulebook.kinds import AtLeast, Conditions, Wanted
from rhrt.rulebook.model import Rulebook
from rhrt.rulebook.rules import Rule as ListedRule
from rhrt.rulebook.rules import rules_of

MOST_RULES = 200
"""The most rules in one ruleset: a live session costs memory and time for each."""
MOST_TERMS = 20
"""The most terms in one rule."""
MOST_FIRING = 60
"""The most rules that one fact may fire: the engine loops without end above 64."""
MOST_CONSTANTS = 500
"""The most values one field is compared with: the engine's builder hangs at 513."""
LONGEST_WORD = 2_000
"""The most bytes in one value."""

Comparison = Literal["==", ">=", "<="]
Term = tuple[str, Comparison, str | int]
"""A field, how it is compared, and with what."""


class Rule(NamedTuple):
    """One rule of the rulebook: it fires on a fact for which all terms of any one of `alternatives` hold.

    `name` is that of the rule as answers cite it. Where two alternatives hold it fires twice, which adds
    nothing.
    """

    name: str
    about: About
    alternatives: tuple[tuple[Term, ...], ...]
    finding: str | None = None


class Program(NamedTuple):
    """All rules of a rulebook by the kind of fact they look at, and the fields that they compare there."""

    rules: Mapping[About, tuple[Rule, ...]]
    fields: Mapping[About, Mapping[str, type]]


def program_of(rulebook: Rulebook, listed: Iterable[ListedRule] | None = None) -> Program:
    """Give the program of a rulebook, of which the rules may be `listed` already.

    Raises BadInput where it goes beyond what the engine is safe with.
    """
    words: Mapping[About, Vocabulary] = {about: vocabulary(rulebook, about) for about in get_args(About)}
    every = list(_rules(listed or rules_of(rulebook)))
    rules = {about: tuple(rule for rule in every if rule.about == about) for about in words}
    compared = {about: _compared(own) for about, own in rules.items()}
    fields = {
        about: {
            name: int if isinstance(values, range) else str
            for name, values in words[about].items()
            if name in compared[about]
        }
        for about in words
    }
    faults = [fault for about in words for fault in _beyond_limits(about, rules[about], words[about])]
    if faults:
        raise BadInput(faults)
    return Program(rules, fields)


def _rules(listed: Iterable[ListedRule]) -> Iterator[Rule]:
    for rule in listed:
        kind, _, id_ = rule.name.partition("/")
        alternatives = [terms for conditions in rule.when for terms in _terms(conditions)]
        finding = id_ if kind == "finding" else None
        yield Rule(rule.name, rule.about, tuple(dict.fromkeys(alternatives)), finding)


def _compared(rules: Iterable[Rule]) -> set[str]:
    return {field for rule in rules for terms in rule.alternatives for field, _, _ in terms}


def _terms(conditions: Conditions) -> Iterator[tuple[Term, ...]]:
    """Write conditions without `or`: a list of values becomes one alternative for each."""
    choices = [_choices(field, wanted) for field, wanted in sorted(conditions.items())]
    for chosen in product(*choices):
        yield tuple(term for terms in chosen for term in terms)


def _choices(field: str, wanted: Wanted) -> list[tuple[Term, ...]]:
    if isinstance(wanted, AtLeast):
        lower: tuple[Term, ...] = ((field, ">=", wanted.at_least),)
        return [lower if wanted.at_most is None else (*lower, (field, "<=", wanted.at_most))]
    if isinstance(wanted, tuple):
        return [((field, "==", word),) for word in dict.fromkeys(wanted)]
    return [((field, "==", wanted),)]


def _beyond_limits(about: About, rules: tuple[Rule, ...], words: Vocabulary) -> Iterator[Fault]:
    where = f"rules about the {about}"
    remedy = "Make the conditions more general, so that fewer rules are needed."
    patterns = [(rule.name, terms) for rule in rules for terms in rule.alternatives]
    if len(patterns) > MOST_RULES:
        what = f"There are {len(patterns)} of them when written out, and {MOST_RULES} is the most."
        yield Fault(where, what, remedy)
    for name, terms in patterns:
        if len(terms) > MOST_TERMS:
            yield Fault(name, f"It has {len(terms)} conditions, and {MOST_TERMS} is the most.", remedy)
    firing = most_firing(rules, words)
    if firing > MOST_FIRING:
        what = f"Up to {firing} of them could apply at once, and {MOST_FIRING} is the most."
        yield Fault(where, what, remedy)
    compared: dict[str, set[str | int]] = {}
    for _, terms in patterns:
        for field, _, constant in terms:
            compared.setdefault(field, set()).add(constant)
    for field, constants in compared.items():
        if len(constants) > MOST_CONSTANTS:
            what = f"'{field}' is compared with {len(constants)} values, and {MOST_CONSTANTS} is the most."
            yield Fault(where, what, remedy)
        if any(isinstance(word, str) and len(word.encode()) > LONGEST_WORD for word in constants):
            yield Fault(where, f"A value of '{field}' is longer than {LONGEST_WORD} bytes.", "Shorten it.")


def most_firing(rules: tuple[Rule, ...], words: Vocabulary) -> int:
    """Give a number that is never exceeded by the alternatives that hold for one fact.

    A fact has one value in each field. So what fires is among what the value of any one field allows, and of any
    two; those that allow least give the bound. No more of them are looked at than are enough.
    """
    patterns = [terms for rule in rules for terms in rule.alternatives]
    bound, allowed = len(patterns), list[tuple[int, ...]]()
    for field, values in sorted(words.items(), key=lambda item: -len(item[1])):
        if bound > MOST_FIRING:
            allowed.append(tuple(_allowing(field, values, patterns)))
            bound = min(bound, _most(allowed[-1]))
    for one, other in combinations(sorted(allowed, key=_most), 2):
        if bound > MOST_FIRING:
            bound = min(bound, _most(mine & its for mine, its in product(one, other)))
    return bound


def _most(sets: Iterable[int]) -> int:
    return max(map(int.bit_count, sets), default=0)


def _allowing(field: str, values: Collection[str | int], patterns: Sequence[tuple[Term, ...]]) -> Iterator[int]:
    """Give, for each value of a field, the patterns that it allows: bit n for the one at place n."""
    free, allowed = 0, dict.fromkeys(values, 0)
    for place, terms in enumerate(patterns):
        about = [(how, constant) for name, how, constant in terms if name == field]
        free |= (not about) << place
        for value in _allowed(about, values) if about else ():
            allowed[value] |= 1 << place
    yield from (free | own for own in allowed.values())


def _allowed(about: list[tuple[Comparison, str | int]], values: Collection[str | int]) -> Collection[str | int]:
    """Give the values of a field for which every term about it holds."""
    if len(about) == 1 and about[0][0] == "==":
        return [about[0][1]] if about[0][1] in values else []
    return [value for value in values if all(_holds(value, how, constant) for how, constant in about)]


def _holds(value: str | int, how: Comparison, constant: str | int) -> bool:
    if isinstance(value, int) and isinstance(constant, int) and how != "==":
        return value >= constant if how == ">=" else value <= constant
    return value == constant

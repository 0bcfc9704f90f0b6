"""The second opinion: a plain evaluation of a rulebook, to read in five minutes.

It shares nothing with the inference engine's path, nor with that of the compiled form, which is in its place where
durable-rules cannot be imported: it reads the rulebook's conditions as they are written. Keep it plain; speed is
not its concern.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple, get_args

from rhrt.reasoning.facts import Fact
from rhrt.record import CheckedRecord
from rhrt.rulebook.conditions import About
from rhrt.rulebook.kinds import HARM, AtLeast, Conditions
from rhrt.rulebook.model import Rulebook
from rhrt.rulebook.rules import Rule, rules_of

When = list[list[tuple[str, Collection[str | int]]]]
"""Alternatives; each a list of fields with the values that are wanted there."""


class Answer(NamedTuple):
    """What an evaluator concludes. `reasons` and `actions` are the names of rules, in the rulebook's order.

    `rules` names every rule that holds for the answers and the situation.
    """

    level: int
    route: str | None
    urgency: str
    harm: bool
    reasons: tuple[str, ...]
    actions: tuple[str, ...]
    rules: tuple[str, ...]


class Outcome(NamedTuple):
    """What the rules that hold come to: the route, the urgency, and the rule behind each step, by its code."""

    route: str | None
    urgency: str
    steps: Mapping[str, str]


class Plain:
    """A rulebook's rules by the kind of fact they are about, each with its name, in the order written."""

    def __init__(self, rulebook: Rulebook, listed: Iterable[Rule] | None = None) -> None:
        """Make them ready; `listed` are the rulebook's rules where whoever asks has listed them already."""
        self.rulebook = rulebook
        self.rules: dict[About, list[tuple[str, When]]] = {about: [] for about in get_args(About)}
        for rule in listed or rules_of(rulebook):
            self.rules[rule.about].append((rule.name, wanted_in(rule.when, len(rulebook.levels))))
        self._judged = {f"judgement/{judgement.id}": judgement.level for judgement in rulebook.judgements}
        self._from_one_thing = [f.id for f in rulebook.findings if f.about != "answers"]
        self._from_answers = [f.id for f in rulebook.findings if f.about == "answers"]

    def evaluate(self, record: CheckedRecord) -> Answer:
        """Conclude from a record. A level of 0 means that nothing recorded gives a level."""
        things = [(thing, self._fired_by(thing, record)) for thing in recorded(record)]
        established = {name for _, names in things for name in names}
        answers = self._answers(record, established)
        fired = self.fired("answers", answers)
        judged = [(name, self._judged[name]) for name in fired if name in self._judged]
        top, deciding = self.highest(record)
        alone = [self._judged[name] for name in established if name in self._judged]
        level = max([top, *(own for _, own in judged), *alone])
        found = {id_: "yes" if f"finding/{id_}" in fired else "no" for id_ in self._from_answers}
        names = self.fired("situation", {**answers, **found, "level": level})
        ends = outcome(names)
        return Answer(
            level,
            ends.route,
            ends.urgency,
            {**answers, **found}[HARM] == "yes",
            (
                *(name for name, own in judged if own == level),
                *(f"indicator/{id_}" for id_ in deciding if top == level),
            ),
            tuple(ends.steps.values()),
            (*fired, *names),
        )

    def told(self, record: CheckedRecord) -> tuple[tuple[str, str], ...]:
        """Give each answer that is a reason on its own: the rule of the highest level, and what was asked."""
        fired = [(thing[0], self._fired_by(thing, record)) for thing in recorded(record)]
        judged = [(id_, [name for name in names if name in self._judged]) for id_, names in fired]
        return tuple((max(names, key=self._judged.__getitem__), id_) for id_, names in judged if names)

    def highest(self, record: CheckedRecord) -> tuple[int, tuple[str, ...]]:
        """Give the highest level among the indicators present, 0 where there are none, and those that have it."""
        known = self.rulebook.indicator
        levels = [known[id_].level for id_ in record.present]
        top = max(levels, default=0)
        return top, tuple([id_ for id_, level in zip(record.present, levels, strict=True) if level == top])

    def fired(self, about: About, fact: Fact) -> list[str]:
        """Give the names of the rules that hold for a fact, in the order written."""
        return [name for name, when in self.rules[about] if holds(when, fact)]

    def _fired_by(self, thing: tuple[str, str], record: CheckedRecord) -> list[str]:
        """Give the names of the rules that hold for one thing recorded, each once."""
        facts = facts_of(self.rulebook, thing, record.age_band)
        fired = {name for fact in facts for name in self.fired("recorded", fact)}
        return [name for name, _ in self.rules["recorded"] if name in fired]

    def _answers(self, record: CheckedRecord, established: set[str]) -> Fact:
        """Say every answer, with what the things recorded establish."""
        found = {id_: "yes" if f"finding/{id_}" in established else "no" for id_ in self._from_one_thing}
        return {**dict(zip(record.questions, record.answers, strict=True)), **found}


def recorded(record: CheckedRecord) -> list[tuple[str, str]]:
    """Give each thing recorded: an indicator's mark, an answer, the practitioner's own level."""
    marks = {"present": record.present, "absent": record.absent, "not-known": record.not_known}
    own = [] if record.judgement is None else [("judgement", f"level-{record.judgement}")]
    return [
        *((id_, mark) for mark, ids in marks.items() for id_ in ids),
        *zip(record.questions, record.answers, strict=True),
        *own,
        *record.follow_ups,
    ]


def facts_of(rulebook: Rulebook, thing: tuple[str, str], age_band: str | None) -> list[Fact]:
    """Say what is known of one thing recorded. A follow-up question has a fact for each thing that it names."""
    id_, said = thing
    none: Fact = {"indicator": "none", "mark": "none", "level": 0, "basis": "not-stated", "heading": "not-stated"}
    age = age_band or "not-stated"
    if id_ in rulebook.indicator:
        own = rulebook.indicator[id_]
        sides: Fact = {
            "level": own.level,
            "basis": own.basis or "not-stated",
            "heading": own.heading or "not-stated",
        }
        not_asked = {"asked": "none", "answer": "none", "names": "none"}
        return [{"indicator": id_, "mark": said, **sides, "age_band": age, **not_asked}]
    follow_up = next((prompt for prompt in rulebook.prompts if prompt.id == id_ and prompt.if_yes), None)
    names = (*follow_up.if_yes, *["not-knowing"] * bool(follow_up.if_not_known)) if follow_up else ("none",)
    return [{**none, "age_band": age, "asked": id_, "answer": said, "names": name} for name in names]


def outcome(names: Sequence[str]) -> Outcome:
    """Say what the rules that hold come to: the first route and urgency, and the first case of each action."""
    routes = [name.removeprefix("route/") for name in names if name.startswith("route/")]
    urgencies = [name.removeprefix("urgency/") for name in names if name.startswith("urgency/")]
    steps: dict[str, str] = {}
    for name in names:
        if name.startswith("action/"):
            steps.setdefault(name.split("/")[1], name)
    return Outcome(next(iter(routes), None), next(iter(urgencies), ""), steps)


def holds(when: When, fact: Mapping[str, str | int]) -> bool:
    """Say whether any alternative holds: every field it names has a value that is wanted there."""
    for conditions in when:
        for field, wanted in conditions:
            if fact[field] not in wanted:
                break
        else:
            return True
    return False


def wanted_in(alternatives: Iterable[Conditions], highest: int) -> When:
    """Give, for each alternative, its fields with the values that are wanted there."""
    return [[*_wanted_values(conditions, highest)] for conditions in alternatives]


def _wanted_values(conditions: Conditions, highest: int) -> Iterable[tuple[str, Collection[str | int]]]:
    for field, wanted in conditions.items():
        if isinstance(wanted, AtLeast):
            last = highest if wanted.at_most is None else wanted.at_most
            yield field, set(range(wanted.at_least, last + 1))
        else:
            yield field, set(wanted) if isinstance(wanted, tuple) else {wanted}

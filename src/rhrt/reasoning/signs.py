"""What things recorded come to: the highest level that any of them gives, and the findings that they establish.

Both are joins (a maximum, a union), so things can be taken one at a time: whatever all records over the first
things come to, joined with each way of recording the next, is whatever all records over one more come to. A child
has one age, so each age is taken apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, get_args

from rhrt.made_once import made_once
from rhrt.reasoning.facts import Fact, Thing, about_thing
from rhrt.reasoning.plain import When, wanted_in
from rhrt.rulebook.conditions import JUDGEMENT, NOT_STATED, About, level_of_word, level_word
from rhrt.rulebook.kinds import FOLLOW_UP_ANSWERS, Mark
from rhrt.rulebook.model import Rulebook
from rhrt.rulebook.rules import Rule, asked_alone, rules_of, told_alone

Marks = tuple[Thing, ...]
"""Things recorded. The age of the child is told among them, as `age_band`."""

AGE = "age_band"

Ways = Sequence[tuple[Marks, int]]
"""Ways of recording something, each with what it comes to, coded."""


class Signs(NamedTuple):
    """What things recorded come to: the highest level that any gives (0: none), and the findings established."""

    level: int
    findings: frozenset[str]

    def joined(self, other: Signs) -> Signs:
        """Give what both together come to."""
        return Signs(max(self.level, other.level), self.findings | other.findings)


NOTHING = Signs(0, frozenset())


class Recordable:
    """All that can be recorded by a rulebook, and what it comes to."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.rules: dict[About, list[tuple[Rule, When]]] = {about: [] for about in get_args(About)}
        for rule in rules_of(rulebook):
            self.rules[rule.about].append((rule, wanted_in(rule.when, len(rulebook.levels))))
        self.judged = {f"judgement/{judgement.id}": judgement.level for judgement in rulebook.judgements}
        self.marked = rulebook.found_by["recorded"]
        self.ids = tuple(rulebook.position)
        self.alone = frozenset(asked_alone(rulebook))
        self.told_alone = frozenset(told_alone(rulebook))  # those at which rules look for a reason only, too
        self.firing = {about: Firing(rules) for about, rules in self.rules.items()}
        self._signs: dict[tuple[Thing, str | None], Signs] = {}
        self._decode: dict[int, tuple[tuple[int, list[str]], Signs]] = {}
        self._coded_at: dict[tuple[str, str | None], tuple[Ways, frozenset[int]]] = {}
        self._together: dict[object, Mapping[int, Marks]] = {}

    @made_once
    def reached(self) -> Mapping[Signs, Marks]:
        """What a record can come to, each with the fewest things recorded that come to it."""
        return self.reached_with()

    def reached_with(
        self,
        *recorded: tuple[Thing, str | None],
        only: Mapping[str, Collection[str]] | None = None,
        alone: bool = False,
    ) -> Mapping[Signs, Marks]:
        """Give what records can come to that hold a thing, at an age: those of the fewest things first.

        `only` gives the answers that some questions may have; `alone` leaves out all else but answers to questions.
        Without a thing recorded, every record is meant.
        """
        found: dict[int, Marks] = {}
        for start, bands in self._starts(recorded):
            for band in bands:
                for code, marks in self._reached_at(band, start, only or {}, alone).items():
                    if code not in found or len(marks) < len(found[code]):
                        found[code] = marks
        known = [(len(marks), *self._decoded(code), marks) for code, marks in found.items()]
        return {signs: marks for _, _, signs, marks in sorted(known, key=lambda one: one[:2])}

    def _starts(
        self, recorded: Sequence[tuple[Thing, str | None]]
    ) -> Iterator[tuple[Thing | None, Sequence[str | None]]]:
        """Give each thing that a record must hold, with the ages to try; of things that are the same, one."""
        if not recorded:
            yield None, self.ages
        tried = set()
        for thing, band in recorded:
            stands = self.age_like(band)
            ways = self._coded_ways(thing[0], stands)[1]
            look = stands, self.signs_of(*thing, stands), ways, thing[0] if thing[0] in self.alone else None
            if look not in tried:
                tried.add(look)
                yield thing, [stands]

    def _reached_at(
        self, band: str | None, start: Thing | None, only: Mapping[str, Collection[str]], alone: bool
    ) -> Mapping[int, Marks]:
        """Give what records of a child of one age can come to, coded."""
        aged: Marks = () if band is None else ((AGE, band),)
        needed: list[str] = []
        seen: Counter[object] = Counter()
        for id_ in self._things:
            if (start and id_ == start[0]) or (alone and id_ not in self.alone - {JUDGEMENT}):
                continue
            look = self._coded_ways(id_, band)[1]
            seen[look] += 1
            # Signs joined with themselves stay as they are: no more of a kind are needed than it can come to.
            if seen[look] <= len(look) or id_ in self.alone:
                needed.append(id_)
        rest = self._reached_by(band, tuple(needed), only)
        if start is None:
            return {code: (*aged, *marks) for code, marks in rest.items()}
        first = self._coded(self.signs_of(*start, band))
        return _joined_with({0: (*aged, start)}, [(marks, first | code) for code, marks in rest.items()])

    def _reached_by(
        self, band: str | None, ids: tuple[str, ...], only: Mapping[str, Collection[str]]
    ) -> Mapping[int, Marks]:
        """Give what some things can come to, recorded together in every way, coded."""
        key = band, ids, tuple((question, tuple(values)) for question, values in only.items())
        if key not in self._together:
            reached: dict[int, Marks] = {0: ()}
            for id_ in ids:
                ways = self._coded_ways(id_, band)[0]
                if id_ in only:
                    ways = self._coded_each(self._ways_at(id_, band, only[id_]))
                reached = _joined_with(reached, ways)
            self._together[key] = reached
        return self._together[key]

    def _coded_ways(self, id_: str, band: str | None) -> tuple[Ways, frozenset[int]]:
        """Give the ways of recording one thing, with what they come to, coded; and all that they come to."""
        if (id_, band) not in self._coded_at:
            ways = self._coded_each(self._ways_at(id_, band))
            self._coded_at[id_, band] = ways, frozenset(code for _, code in ways)
        return self._coded_at[id_, band]

    def _coded_each(self, ways: Iterable[tuple[Thing | None, Signs]]) -> Ways:
        return [((said,) if said else (), self._coded(signs)) for said, signs in ways]

    def _coded(self, signs: Signs) -> int:
        """Write signs as a number: what two come to together is then the bits of either. Level 3 is three bits."""
        bits = (1 << signs.level) - 1
        for place, id_ in enumerate(self.marked):
            if id_ in signs.findings:
                bits |= 1 << (place + len(self.rulebook.levels))
        return bits

    def _decoded(self, code: int) -> tuple[tuple[int, list[str]], Signs]:
        """Give the signs of a number, with what they are put in order by."""
        if code not in self._decode:
            highest = len(self.rulebook.levels)
            level = (code & ((1 << highest) - 1)).bit_length()
            names = [id_ for place, id_ in enumerate(self.marked) if code >> highest >> place & 1]
            self._decode[code] = (level, sorted(names)), Signs(level, frozenset(names))
        return self._decode[code]

    def _ways_at(
        self, id_: str, band: str | None, allowed: Collection[str] | None = None
    ) -> list[tuple[Thing | None, Signs]]:
        """Give the ways of recording one thing, with what they come to; of those that are the same, the first."""
        values = [value for value in self._values(id_) if allowed is None or value in allowed]
        ways: dict[Signs, Thing | None] = {}
        question = self.rulebook.field.get(id_)
        if question is None:
            ways[NOTHING] = None
        for value in values:
            said = None if question and value == question.values[0] else (id_, value)
            ways.setdefault(self.signs_of(id_, value, band), said)
        return [(said, signs) for signs, said in ways.items()]

    @made_once
    def _things(self) -> tuple[str, ...]:
        """The ids of all that can be recorded and that rules look at alone, the answers to questions first."""
        return (*(one for one in self.rulebook.questions if one in self.alone), *self._free)

    @made_once
    def _free(self) -> tuple[str, ...]:
        own = [JUDGEMENT] if JUDGEMENT in self.alone else []
        return (*self.ids, *self.rulebook.follow_up, *own)

    @made_once
    def things(self) -> tuple[Thing, ...]:
        """All that can be recorded and that rules look at alone, in each way of recording it."""
        return tuple((id_, value) for id_ in self._things for value in self._values(id_))

    @made_once
    def told(self) -> tuple[Thing, ...]:
        """The answers at which rules look alone for a reason, and for nothing else, in each way of answering."""
        return tuple(
            (id_, value)
            for id_ in told_alone(self.rulebook)
            if id_ not in self._things
            for value in self._values(id_)
        )

    def _values(self, id_: str) -> tuple[str, ...]:
        """Give all that can be said of one thing."""
        if id_ in self.rulebook.indicator:
            return get_args(Mark)
        if id_ in self.rulebook.field:
            return self.rulebook.field[id_].values
        if id_ == JUDGEMENT:
            return tuple(level_word(level.level) for level in self.rulebook.levels)
        return FOLLOW_UP_ANSWERS

    @made_once
    def ages(self) -> tuple[str | None, ...]:
        """One age band of each kind: those that no rule about one thing tells apart. None: not stated."""
        return tuple(kind[0] for kind in self._age_kinds)

    def age_like(self, band: str | None) -> str | None:
        """Give the age that stands for one: no rule about one thing tells the two apart."""
        return next(kind[0] for kind in self._age_kinds if band in kind)

    @made_once
    def _age_kinds(self) -> tuple[tuple[str | None, ...], ...]:
        bands: tuple[str | None, ...] = (None, *(band.id for band in self.rulebook.age_bands))
        asked = [
            wanted for _, when in self.rules["recorded"] for one in when for name, wanted in one if name == AGE
        ]
        kinds: dict[tuple[bool, ...], list[str | None]] = {}
        for band in bands:
            kinds.setdefault(tuple((band or NOT_STATED) in wanted for wanted in asked), []).append(band)
        return tuple(map(tuple, kinds.values()))

    def signs_of(self, id_: str, said: str, age_band: str | None = None) -> Signs:
        """Give what one thing recorded comes to."""
        key = (id_, said), age_band
        if key not in self._signs:
            fired = self.fired_by((id_, said), age_band)
            levels = [self.judged[name] for name in fired if name in self.judged]
            if said == "present" and id_ in self.rulebook.indicator:
                levels.append(self.rulebook.indicator[id_].level)
            found = frozenset(one for one in self.marked if f"finding/{one}" in fired)
            self._signs[key] = Signs(max(levels, default=0), found)
        return self._signs[key]

    def fired_by(self, thing: Thing, age_band: str | None) -> frozenset[str]:
        """Give the names of the rules that hold for one thing recorded."""
        facts = about_thing(self.rulebook, thing, age_band)
        return frozenset(name for fact in facts for name in self._fired("recorded", fact))

    @made_once
    def singles(self) -> frozenset[Signs]:
        """What one thing recorded that adds to a record can come to: not an answer that replaces another."""
        return frozenset(
            signs for id_ in self._free for band in self.ages for _, signs in self._ways_at(id_, band)
        ) - {NOTHING}

    @made_once
    def ways(self) -> Mapping[str, tuple[tuple[str, Signs], ...]]:
        """The marks of each indicator that come to anything at some age, with what they come to."""
        given = {id_: [(mark, self.signs_of(id_, mark, band)) for band in self.ages for mark in get_args(Mark)]
                 for id_ in self.ids}  # fmt: skip
        return {id_: tuple(dict.fromkeys(way for way in ways if way[1] != NOTHING)) for id_, ways in given.items()}

    def record_of(self, thing: Thing, age_band: str | None) -> dict[str, Any]:
        """Give the record of one thing, at an age, as a record file writes it."""
        aged: Marks = () if age_band is None else ((AGE, age_band),)
        return self._written((*aged, thing), self.rulebook.defaults)

    def _written(self, chosen: Marks, given: tuple[str, ...]) -> dict[str, Any]:
        rulebook, said = self.rulebook, dict(chosen)
        pairs = zip(rulebook.questions, given, rulebook.defaults, strict=True)
        answers = {question: answer for question, answer, default in pairs if answer != default}
        asked = {id_: own for id_, own in said.items() if id_ in rulebook.field}
        return written(chosen, asked | answers, rulebook.indicator, rulebook.follow_up)

    def _fired(self, about: About, fact: Fact) -> tuple[str, ...]:
        return self.firing[about].names(self.firing[about].letting(fact))


class Firing:
    """The rules of one kind by what each value of each field lets hold, so that many facts are looked at quickly.

    Each alternative of each rule is a bit. Of a field, `let` gives for each value the alternatives that want it or
    do not ask for the field; `unasked` are the latter.
    """

    def __init__(self, rules: Sequence[tuple[Rule, When]]) -> None:
        alternatives = [(rule.name, dict(conditions)) for rule, when in rules for conditions in when]
        self._names = [name for name, _ in alternatives]
        self._fields: dict[str, tuple[dict[str | int, int], int]] = {}
        for field in dict.fromkeys(name for _, conditions in alternatives for name in conditions):
            unasked = sum(1 << place for place, (_, own) in enumerate(alternatives) if field not in own)
            let: dict[str | int, int] = {}
            for place, (_, own) in enumerate(alternatives):
                for value in own.get(field, ()):
                    let[value] = let.get(value, unasked) | 1 << place
            self._fields[field] = let, unasked
        self._memory: dict[int, tuple[str, ...]] = {}

    def letting(self, fact: Fact) -> int:
        """Give the alternatives that all these fields let hold; of a whole fact, those that all its parts do."""
        held = (1 << len(self._names)) - 1
        for field, value in fact.items():
            if field in self._fields:
                let, unasked = self._fields[field]
                held &= let.get(value, unasked)
        return held

    def names(self, held: int) -> tuple[str, ...]:
        """Give the names of the rules of which any alternative holds, in order."""
        if held not in self._memory:
            names = (name for place, name in enumerate(self._names) if held >> place & 1)
            self._memory[held] = tuple(dict.fromkeys(names))
        return self._memory[held]


def _joined_with(reached: Mapping[int, Marks], ways: Ways) -> dict[int, Marks]:
    """Give what was reached, with more recorded in each way there is."""
    found: dict[int, Marks] = {}
    for said, given in ways:
        for code, marks in reached.items():
            known = found.get(code | given)
            if known is None or len(marks) + len(said) < len(known):
                found[code | given] = (*marks, *said) if said else marks
    return found


def written(
    chosen: Marks, answers: Mapping[str, str], indicators: Container[str], follow_ups: Container[str]
) -> dict[str, Any]:
    """Write a record as a record file does: the things recorded, some of them marks, and the answers."""
    said = dict(chosen)
    marked = {
        mark.replace("-", "_"): [id_ for id_, own in chosen if own == mark and id_ in indicators]
        for mark in get_args(Mark)
    }
    record: dict[str, Any] = {
        "indicators": {mark: ids for mark, ids in marked.items() if ids},
        "situation": answers,
    }
    if followed_up := {id_: own for id_, own in said.items() if id_ in follow_ups}:
        record["follow_ups"] = followed_up
    if JUDGEMENT in said:
        record["judgement"] = {"level": level_of_word(said[JUDGEMENT])}
    if AGE in said:
        record["child"] = {AGE: said[AGE]}
    return record


def in_words(record: Mapping[str, Any]) -> str:
    """Say a smallest record in a few words."""
    said = [f"{id_} is {mark.replace('_', ' ')}" for mark, ids in record["indicators"].items() for id_ in ids]
    said += [f"{question} is {answer}" for question, answer in record["situation"].items()]
    said += [f"{question} is answered {answer}" for question, answer in record.get("follow_ups", {}).items()]
    if "judgement" in record:
        said.append(f"the practitioner says Level {record['judgement']['level']}")
    if "child" in record:
        said.append(f"the age is {record['child'][AGE]}")
    return ", ".join(said) or "nothing is recorded"

"""clipspy: the same decision as CLIPS rules over facts, written by program from the rulebook.

A record becomes one fact for each indicator as marked, with its level and basis, and one fact with all answers.
No rule names an indicator but where the rulebook's findings do, so their number does not grow with the indicators.
What was concluded is kept in globals, which a reset empties along with the facts. Facts are asserted by functions
written in CLIPS: those that clipspy 1.0.6 asserts itself it never releases, and each assessment is then slower than
the one before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

import clips

from rhrt import Rulebook
from rhrt.rulebook.kinds import AtLeast, Conditions, Wanted
from tests.benchmark.work import Answer, Assess, RecordData, about_answers, about_signs, answers_as_reasons

MARKS = {"present": "present", "absent": "absent", "not_known": "not-known"}

SLOTS = {"mark": "as", "indicator": "id"}
"""What a fact's slots are called, where the rulebook calls it otherwise."""

FINDINGS_OF_ONE_THING, FINDINGS_OF_ANSWERS, LEVEL, REASONS, ROUTE, FIRST_ACTION = 900, 800, 700, 600, 500, 400
"""Which rules fire before which: one that asks what is not so must wait for those that make it so."""

GENERIC = f"""
(deftemplate mark (slot id) (slot as) (slot basis) (slot level) (slot place))
(deffunction mark (?id ?as ?basis ?level ?place)
  (assert (mark (id ?id) (as ?as) (basis ?basis) (level ?level) (place ?place))) TRUE)
(deftemplate gives (slot level) (slot id) (slot place))
(defglobal ?*level* = 0)
(defglobal ?*route* = nil)
(defglobal ?*actions* = (create$))
(defglobal ?*reasons* = (create$))
(defrule present (declare (salience {FINDINGS_OF_ONE_THING}))
  (mark (as present) (level ?level) (id ?id) (place ?place))
  => (assert (gives (level ?level) (id ?id) (place ?place))))
(defrule highest (declare (salience {LEVEL}))
  (gives (level ?level))
  (not (gives (level ?higher&:(> ?higher ?level))))
  => (assert (level ?level)) (bind ?*level* ?level))
(defrule none (declare (salience {LEVEL}))
  (not (gives))
  => (assert (level 0)))
(defrule reason (declare (salience {REASONS}))
  (level ?level)
  (gives (level ?level) (id ?id) (place ?place))
  => (bind ?*reasons* (create$ ?*reasons* ?place ?id)))
(deffunction take-route (?route)
  (if (eq ?*route* nil) then (bind ?*route* ?route)))
(deffunction act (?code)
  (if (not (member$ ?code ?*actions*)) then (bind ?*actions* (create$ ?*actions* ?code))))
"""
"""What is the same for every rulebook."""


def build(rulebook: Rulebook) -> Assess:
    """Make the evaluator with its rules loaded."""
    environment = clips.Environment()
    for construct in constructs(rulebook):
        environment.build(construct)
    mark, answered = environment.find_function("mark"), environment.find_function("answered")
    concluded = [environment.find_global(name) for name in ("level", "route", "actions", "reasons")]
    marks = {(how, id_): _mark(rulebook, id_, as_) for id_ in rulebook.position for how, as_ in MARKS.items()}
    words = {word: clips.Symbol(word) for question in rulebook.situation for word in question.values}
    defaults = {question.id: question.values[0] for question in rulebook.situation}

    def assess(record: RecordData) -> Answer:
        environment.reset()
        for how, ids in record["indicators"].items():
            for id_ in ids:
                mark(*marks[how, id_])
        answers = {**defaults, **record["situation"]}
        answered(*[words[answer] for answer in answers.values()])
        environment.run()
        level, route, actions, reasons = [one.value for one in concluded]
        return {
            "level": level or None,
            "route": None if route == "nil" else route,
            "actions": list(actions),
            "reasons": [id_ for _, id_ in sorted(zip(reasons[::2], reasons[1::2], strict=True))],
        }

    return assess


def constructs(rulebook: Rulebook) -> Iterator[str]:
    """Write every construct of the program, in the order in which they are to be built."""
    questions = [question.id for question in rulebook.situation]
    yield f"(deftemplate answers {' '.join(f'(slot {id_})' for id_ in questions)})"
    values = " ".join(f"({id_} ?{id_})" for id_ in questions)
    yield f"(deffunction answered ({' '.join(f'?{id_}' for id_ in questions)}) (assert (answers {values})) TRUE)"
    yield from (f"({one}" for one in GENERIC.strip().removeprefix("(").split("\n("))
    yield from _rules(rulebook)


def _rules(rulebook: Rulebook) -> Iterator[str]:
    names = map("rule-{}".format, count())
    findings = {finding.id for finding in rulebook.findings}

    def rules(salience: int, when: Iterable[Conditions], then: str) -> Iterator[str]:
        for conditions in when:
            patterns = " ".join(_patterns(conditions, findings))
            yield f"(defrule {next(names)} (declare (salience {salience})) {patterns} => {then})"

    for finding in rulebook.findings:
        found = f"(assert (found {finding.id}))"
        if finding.about == "answers":
            yield from rules(FINDINGS_OF_ANSWERS, finding.when, found)
        else:
            alone = [*about_signs(finding.when), *about_answers(rulebook, finding.when)]
            yield from rules(FINDINGS_OF_ONE_THING, alone, found)
    reasons = answers_as_reasons(rulebook)
    for place, (one, answer) in enumerate(reasons, -len(reasons)):
        gives = f"(assert (gives (level {one.level}) (id {one.id}) (place {place})))"
        tells = f"(bind ?*reasons* (create$ ?*reasons* {place} {one.id}))"
        yield from rules(FINDINGS_OF_ONE_THING, [answer], gives if one.level else tells)
    for place, route in enumerate(rulebook.routes):
        yield from rules(ROUTE - place, route.when, f"(take-route {route.id})")
    for place, action in enumerate(rulebook.actions):
        when = [case.when for case in action.cases]
        yield from rules(FIRST_ACTION - place, when, f"(act {action.code})")


def _patterns(conditions: Conditions, findings: Iterable[str]) -> Iterator[str]:
    """Write conditions as patterns: of an indicator as marked, or of the answers, the findings and the level."""
    if "mark" in conditions:
        yield f"(mark {' '.join(_slot(SLOTS.get(f, f), wanted) for f, wanted in conditions.items())})"
        return
    answers = [_slot(f, wanted) for f, wanted in conditions.items() if f != "level" and f not in findings]
    if answers:
        yield f"(answers {' '.join(answers)})"
    if "level" in conditions:
        yield _slot("level", conditions["level"])
    for finding in [f for f in conditions if f in findings]:
        yield f"(found {finding})" if conditions[finding] == "yes" else f"(not (found {finding}))"


def _slot(name: str, wanted: Wanted) -> str:
    if isinstance(wanted, AtLeast):
        most = "" if wanted.at_most is None else f"&:(<= ?{name} {wanted.at_most})"
        return f"({name} ?{name}&:(>= ?{name} {wanted.at_least}){most})"
    return f"({name} {'|'.join(wanted) if isinstance(wanted, tuple) else wanted})"


def _mark(rulebook: Rulebook, id_: str, as_: str) -> tuple[object, ...]:
    """Give what the fact of one indicator as marked says."""
    one = rulebook.indicator[id_]
    words = (clips.Symbol(id_), clips.Symbol(as_), clips.Symbol(one.basis or "not-stated"))
    return *words, one.level, rulebook.position[id_]

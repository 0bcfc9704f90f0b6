"""What must be true of every answer of any rulebook. Each property is named as the sentence that it checks.

Each takes a rulebook and one record as written, and raises AssertionError with a sentence that says what was not
so. None needs more than the record: what it is compared with is made from it, so one that fails can be shown whole.
`RULES` are those that the rules of a rulebook can break, and `PROMISES` those that rhrt itself makes of every
answer: they can break where the engine is at fault, or where a rulebook asks of it what it cannot give.

The proof tries every situation (`rhrt.steward.prove`); a property tries `assess` itself, on one record. Where both
promise the same, both call it: `falls` says what is lower, and `lacking` what an answer lacks.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import Any

from rhrt.faults import EvaluatorsDiffer, NotWhole
from rhrt.reasoning.assess import assess
from rhrt.reasoning.engine import Engine
from rhrt.reasoning.facts import judging_answers
from rhrt.reasoning.plain import Plain
from rhrt.reasoning.whole import lacking
from rhrt.record import Record, check
from rhrt.rulebook.kinds import NO, NOT_ASKED, NOT_KNOWN, YES, Source
from rhrt.rulebook.model import Rulebook
from rhrt.steward.prove.promises import Gravity, falls
from rhrt.suggestion import Suggestion

Written = dict[str, Any]
"""A record as its file writes it."""

Property = Callable[[Rulebook, Written], None]


def sentence(of: Property) -> str:
    """Give the sentence that a property is named for."""
    return as_sentence(of.__name__)


def as_sentence(name: str) -> str:
    """Give the sentence that a name stands for."""
    return name.replace("_", " ").capitalize() + "."


def adding_a_concern_never_lowers_the_level_or_the_urgency(rulebook: Rulebook, record: Written) -> None:
    """Try it with each indicator that is present: against the same record without it, and with it absent."""
    whole = suggest(rulebook, record)
    for id_ in ids_marked(record, "present"):
        for without in (unmarked(record, id_), marked(record, "absent", id_)):
            never_lower(suggest(rulebook, without), whole, f"Adding '{id_}'")


def what_is_not_known_never_lowers_the_level_or_the_urgency(rulebook: Rulebook, record: Written) -> None:
    """Compare what is not known with the same not asked, and with a no."""
    whole = suggest(rulebook, record)
    for id_ in ids_marked(record, "not_known"):
        for without in (unmarked(record, id_), marked(record, "absent", id_)):
            never_lower(suggest(rulebook, without), whole, f"Not knowing about '{id_}'")
    for question in _yes_or_no(rulebook):
        unknown = suggest(rulebook, answered(record, {question: NOT_KNOWN}))
        for answer in [one for one in (NOT_ASKED, NO) if one in rulebook.field[question].values]:
            known = suggest(rulebook, answered(record, {question: answer}))
            never_lower(known, unknown, f"Answering 'not known' to {question}")
    for question in record.get("follow_ups", {}):
        unknown = suggest(rulebook, followed_up(record, {question: NOT_KNOWN}))
        known = suggest(rulebook, followed_up(record, {question: NO}))
        never_lower(known, unknown, f"Answering 'not known' to {question}")


def what_is_not_known_is_never_forgotten(rulebook: Rulebook, record: Written) -> None:
    """Let all that is not known turn out to be so: the answer said so before, and asked."""
    questions = [id_ for id_ in _yes_or_no(rulebook) if record.get("situation", {}).get(id_) == NOT_KNOWN]
    asked = [id_ for id_, answer in record.get("follow_ups", {}).items() if answer == NOT_KNOWN]
    known = followed_up(answered(record, dict.fromkeys(questions, YES)), dict.fromkeys(asked, YES))
    turned_out = marked(known, "present", *ids_marked(record, "not_known"))
    before, after = suggest(rulebook, record), suggest(rulebook, turned_out)
    could_be = before.could_be.level
    what = f"If all that is not known were so, it would be {in_words(after.level)}."
    require((could_be or 0) >= (after.level or 0), f"{what} The answer says that it could be {in_words(could_be)}.")
    left_out = set(questions) - {one.field for one in before.questions}
    require(not left_out, f"Not known, and not among the questions to ask: {listed(left_out)}.")


def nothing_recorded_gives_no_level(rulebook: Rulebook, record: Written) -> None:
    """Take away what is present and every answer, whatever the age, the circumstances and the own judgement."""
    nothing = {**unmarked(record, *ids_marked(record, "present")), "situation": {}, "follow_ups": {}}
    level = suggest(rulebook, nothing).level
    require(level is None, f"Nothing was recorded as present, and the answer is {in_words(level)}.")


def strengths_never_lower_the_level_or_the_urgency(rulebook: Rulebook, record: Written) -> None:
    """Record all that goes well: it lowers nothing, gives no level but its own, and is shown."""
    good = {level.level for level in rulebook.levels if level.strengths}
    strengths = [id_ for id_ in rulebook.position if rulebook.indicator[id_].level in good]
    before = suggest(rulebook, marked(record, "absent", *strengths))
    after = suggest(rulebook, marked(record, "present", *strengths))
    never_lower(before, after, "Recording what goes well")
    alone = before.level is None and after.level in good
    what = f"What goes well turns {in_words(before.level)} into {in_words(after.level)}."
    require(after.level == before.level or alone, what)
    left_out = {*strengths} - {reason.indicator for reason in after.strengths}
    require(not left_out, f"These strengths were recorded and not shown: {listed(left_out)}.")


def the_reasons_are_sufficient_and_necessary(rulebook: Rulebook, record: Written) -> None:
    """Keep the reasons alone: the level stays. Take them all away: it falls."""
    whole = suggest(rulebook, record)
    reasons = [reason.indicator for reason in whole.reasons if reason.indicator]
    others = [id_ for mark in MARKS for id_ in ids_marked(record, mark) if id_ not in reasons]
    alone = suggest(rulebook, unmarked(record, *others)).level
    require(alone == whole.level, f"It is {in_words(whole.level)}. With its reasons alone it is {in_words(alone)}.")
    if whole.level is not None:
        told = {reason.answer for reason in whole.reasons if reason.answer}
        no_more = followed_up(record, dict.fromkeys(told & rulebook.follow_up.keys(), NO))
        without = suggest(rulebook, answered(marked(no_more, "absent", *reasons), _unjudged(rulebook, whole))).level
        what = f"It is {in_words(whole.level)}. Without any of its reasons it is still {in_words(without)}."
        require((without or 0) < whole.level, what)


def neither_age_nor_own_judgement_changes_the_level(rulebook: Rulebook, record: Written) -> None:
    """Leave them out: they can be a reason to ask somebody first, and give no level."""
    without = {name: part for name, part in record.items() if name not in ("child", "judgement")}
    before, after = suggest(rulebook, without).level, suggest(rulebook, record).level
    require(before == after, f"With the age or the own judgement, {in_words(before)} becomes {in_words(after)}.")


def every_answer_says_how_soon_and_what_to_do(rulebook: Rulebook, record: Written) -> None:
    """Leave nobody without a next step, nor without a route where there is a level."""
    try:
        whole = suggest(rulebook, record)
    except NotWhole as none:
        raise AssertionError(f"{none}") from none
    lacks = lacking(whole.level or 0, whole.route, whole.urgency, whole.actions)
    require(not lacks, f"An answer is shown that lacks {listed(lacks)}.")


def _yes_or_no(rulebook: Rulebook) -> list[str]:
    """Give the questions that can be answered yes, no, and not known."""
    return [question.id for question in rulebook.situation if {YES, NO, NOT_KNOWN} <= set(question.values)]


def _unjudged(rulebook: Rulebook, whole: Suggestion) -> dict[str, str]:
    """Give answers with which none of the judgements that are reasons holds, as far as answers can."""
    rules = {reason.rule for reason in whole.reasons if reason.indicator is None}
    judgements = [judgement for judgement in rulebook.judgements if f"judgement/{judgement.id}" in rules]
    wanted = [own for judgement in judgements for one in judging_answers(judgement) for own in one.items()]
    asked = [question for question in rulebook.situation if question.id in dict(wanted)]
    said = {(field, word) for field, words in wanted for word in words}
    others = {one.id: [value for value in one.values if (one.id, value) not in said] for one in asked}
    return {id_: NO if NO in values else values[0] for id_, values in others.items() if values}


DECIDED = ("level", "route", "urgency", "harm", "reasons", "actions")
"""The parts of an answer that the rules decide."""


def the_level_is_the_highest_of_what_was_recorded(rulebook: Rulebook, record: Written) -> None:
    """Take the highest among the indicators present and the practitioner's own judgements: no more, no less."""
    whole = suggest(rulebook, record)
    levels = {id_: rulebook.indicator[id_].level for id_ in ids_marked(record, "present")}
    judged = [reason.level for reason in whole.reasons if reason.indicator is None and reason.level]
    highest = max([*levels.values(), *judged], default=None)
    require(whole.level == highest, f"It is {in_words(whole.level)}. The highest recorded is {in_words(highest)}.")
    deciding = {id_ for id_, level in levels.items() if level == highest}
    given = {reason.indicator for reason in whole.reasons} - {None}
    what = f"The reasons are {listed(given)}. At the highest level there are {listed(deciding)}."
    require(given == deciding, what)
    left_out = levels.keys() - deciding - {reason.indicator for reason in whole.also_recorded}
    require(not left_out, f"Recorded, and shown nowhere: {listed(left_out)}.")


def what_would_change_is_true_when_tried(rulebook: Rulebook, record: Written) -> None:
    """Try each change that an answer names: it gives the level promised, in the direction said."""
    before = suggest(rulebook, record)
    for change in before.would_change:
        tried = marked(marked(record, "present", *change.present), "absent", *change.absent)
        tried = followed_up(answered(tried, dict(change.situation)), dict(change.follow_ups))
        after = suggest(rulebook, tried).level
        what = listed([*change.present, *change.absent, *change.situation, *change.follow_ups])
        promised = f"{in_words(change.level)} as promised"
        require(after == change.level, f"Changing {what} gives {in_words(after)}, and not {promised}.")
        low, high = (before.level, after) if change.direction == "up" else (after, before.level)
        require((low or 0) < (high or 0), f"Changing {what} does not take the level {change.direction}.")


def circumstances_change_nothing(rulebook: Rulebook, record: Written) -> None:
    """Leave them out: they raise questions, and decide nothing."""
    before, after = suggest(rulebook, {**record, "circumstances": []}), suggest(rulebook, record)
    changed = [part for part in DECIDED if getattr(before, part) != getattr(after, part)]
    require(not changed, f"The circumstances change this: {listed(changed)}.")


def everything_said_names_its_rule_and_its_clause(rulebook: Rulebook, record: Written) -> None:
    """Look for the rule, the document and the section of each reason, step, prompt and question."""
    documents = {document.id for document in rulebook.documents}
    for name, source in _cited(suggest(rulebook, record)):
        require(bool(name), "Something is said without the rule that says it.")
        cited = f"{name} cites '{source.section}' of '{source.document}'"
        is_clause = source.document in documents and bool(source.section.strip())
        require(is_clause, f"{cited}, which is no clause of a document here.")


def order_and_repetition_do_not_matter(rulebook: Rulebook, record: Written) -> None:
    """Write the same marks and answers twice over and backwards."""
    marks = {mark: [*reversed(ids_marked(record, mark)), *ids_marked(record, mark)] for mark in MARKS}
    answers = dict(reversed(record.get("situation", {}).items()))
    follow_ups = dict(reversed(record.get("follow_ups", {}).items()))
    again = {**record, "indicators": marks, "situation": answers, "follow_ups": follow_ups}
    same(suggest(rulebook, record), suggest(rulebook, again), "Written in another order")


def the_same_record_gives_the_same_bytes(rulebook: Rulebook, record: Written) -> None:
    """Ask an engine that has answered other records, the same again, and one that has answered none."""
    first = suggest(rulebook, record)
    same(first, suggest(rulebook, record), "Asked again")
    fresh = Engine(rulebook).suggest(check(Record.model_validate(record), rulebook))
    same(first, fresh, "Asked of an engine that remembers nothing")


def a_receipt_replays_to_the_same_answer(rulebook: Rulebook, record: Written) -> None:
    """Assess the record that a receipt keeps, and see that the receipt's hashes are true."""
    first = suggest(rulebook, record)
    receipt = json.loads(document(first))["receipt"]
    again = suggest(rulebook, receipt["record"])
    same(first, again, "Replayed from its receipt")
    hashed = sha256(again.record.content()).hexdigest()
    require(receipt["record_sha256"] == hashed, "The hash in the receipt is not that of its record.")
    require(receipt["rulebook_sha256"] == rulebook.sha256, "The hash in the receipt is not that of the rulebook.")


def both_evaluators_agree(rulebook: Rulebook, record: Written) -> None:
    """Ask the plain evaluator on its own, and compare its answer with the one shown."""
    try:
        shown = suggest(rulebook, record)
        document(shown)  # prompts and what follows are inferred only when somebody looks
    except EvaluatorsDiffer as error:
        raise AssertionError(f"{error}") from error
    plain = Plain(rulebook).evaluate(shown.record)
    ours = (shown.level or 0, shown.route, shown.urgency, shown.harm)
    require(ours == plain[:4], f"The answer is {ours}, and the plain evaluator gives {plain[:4]}.")
    steps = tuple(f"{step.rule}/{step.case}" for step in shown.actions)
    what = f"The next steps are {listed(steps)}; the plain evaluator gives {listed(plain.actions)}."
    require(steps == plain.actions, what)


def _cited(suggestion: Suggestion) -> Iterator[tuple[str, Source]]:
    """Give each thing said with the name of its rule and its source."""
    for part in ("reasons", "also_recorded", "actions", "prompts", "follow_ups", "afterwards"):
        yield from ((said.rule, said.source) for said in getattr(suggestion, part))
    yield from ((question.field, question.source) for question in suggestion.questions)


RULES: tuple[Property, ...] = (
    nothing_recorded_gives_no_level,
    what_is_not_known_never_lowers_the_level_or_the_urgency,
    what_is_not_known_is_never_forgotten,
    adding_a_concern_never_lowers_the_level_or_the_urgency,
    strengths_never_lower_the_level_or_the_urgency,
    the_reasons_are_sufficient_and_necessary,
    neither_age_nor_own_judgement_changes_the_level,
    every_answer_says_how_soon_and_what_to_do,
)
"""What a change of a rulebook can break."""

PROMISES: tuple[Property, ...] = (
    the_level_is_the_highest_of_what_was_recorded,
    what_would_change_is_true_when_tried,
    circumstances_change_nothing,
    everything_said_names_its_rule_and_its_clause,
    order_and_repetition_do_not_matter,
    the_same_record_gives_the_same_bytes,
    a_receipt_replays_to_the_same_answer,
    both_evaluators_agree,
)
"""What rhrt itself promises of any rulebook that loads."""

PROPERTIES = (*RULES, *PROMISES)
"""All of them."""


# --- A record with something changed, what is suggested for it, and how two such answers compare

MARKS = ("present", "absent", "not_known")
"""The keys under which a record lists indicators."""


def suggest(rulebook: Rulebook, record: Written) -> Suggestion:
    """Assess a record as written. Raises BadInput and NoAnswer, as `assess` does."""
    return assess(Record.model_validate(record), rulebook)


def ids_marked(record: Written, mark: str) -> list[str]:
    """Give the ids that a record marks in one way."""
    return list(record.get("indicators", {}).get(mark, ()))


def unmarked(record: Written, *ids: str) -> Written:
    """Take the marks of some indicators away."""
    marks = {mark: [id_ for id_ in ids_marked(record, mark) if id_ not in ids] for mark in MARKS}
    return {**record, "indicators": marks}


def marked(record: Written, mark: str, *ids: str) -> Written:
    """Mark indicators in one way, and no longer in any other."""
    marks = unmarked(record, *ids)["indicators"]
    return {**record, "indicators": {**marks, mark: [*marks[mark], *ids]}}


def answered(record: Written, answers: dict[str, str]) -> Written:
    """Give some questions about the situation another answer."""
    return {**record, "situation": {**record.get("situation", {}), **answers}}


def followed_up(record: Written, answers: dict[str, str]) -> Written:
    """Give some follow-up questions another answer."""
    return {**record, "follow_ups": {**record.get("follow_ups", {}), **answers}}


def require(holds: bool, otherwise: str) -> None:
    """Raise AssertionError, with a sentence, where something does not hold."""
    if not holds:
        raise AssertionError(otherwise)


def never_lower(before: Suggestion, after: Suggestion, what: str) -> None:
    """Raise AssertionError where what was done between two answers lowers the level, or makes it less urgent."""
    gravity = Gravity([urgency.id for urgency in before.rulebook.urgencies])
    lower = falls(*(gravity.grade(one.level or 0, one.urgency) for one in (before, after)))
    levels = f"from {in_words(before.level)} to {in_words(after.level)}"
    require("level" not in lower, f"{what} lowers the level {levels}.")
    require(not lower, f"{what} makes it less urgent: '{before.urgency}' becomes '{after.urgency}'.")


def same(first: Suggestion, second: Suggestion, what: str) -> None:
    """Raise AssertionError where two answers are not the same to the byte."""
    before, after = document(first), document(second)
    if before == after:
        return
    parts, others = json.loads(before), json.loads(after)
    different = [key for key in parts if parts[key] != others[key]]
    raise AssertionError(f"{what}, the answer differs in {listed(different or ['the order of its parts'])}.")


def document(suggestion: Suggestion) -> str:
    """Give the answer that machines read, as text."""
    return json.dumps(suggestion.model_dump(mode="json"))


def in_words(level: int | None) -> str:
    """Say a level."""
    return "no level" if level is None else f"Level {level}"


def listed(words: Iterable[object]) -> str:
    """Write words one after another, in the order of the alphabet."""
    return ", ".join(sorted(map(str, words))) or "none"

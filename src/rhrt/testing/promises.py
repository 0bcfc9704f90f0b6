"""What rhrt itself promises of every answer, whatever the rules of a rulebook say.

These can break where the engine is at fault, or where a rulebook asks of it what it cannot give.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256

from rhrt.faults import EvaluatorsDiffer
from rhrt.reasoning.engine import Engine
from rhrt.reasoning.plain import Plain
from rhrt.record import Record, check
from rhrt.rulebook.kinds import Source
from rhrt.rulebook.model import Rulebook
from rhrt.suggestion import Suggestion
from rhrt.testing.comparing import document, in_words, listed, require, same
from rhrt.testing.variations import MARKS, Written, answered, followed_up, ids_marked, marked, suggest

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
    require(
        given == deciding, f"The reasons are {listed(given)}. At the highest level there are {listed(deciding)}."
    )
    others = {reason.indicator for reason in whole.also_recorded}
    left_out = levels.keys() - deciding - others
    require(not left_out, f"Recorded, and shown nowhere: {listed(left_out)}.")


def what_would_change_is_true_when_tried(rulebook: Rulebook, record: Written) -> None:
    """Try each change that an answer names: it gives the level promised, in the direction said."""
    before = suggest(rulebook, record)
    for change in before.would_change:
        tried = marked(marked(record, "present", *change.present), "absent", *change.absent)
        tried = followed_up(answered(tried, dict(change.situation)), dict(change.follow_ups))
        after = suggest(rulebook, tried).level
        what = listed([*change.present, *change.absent, *change.situation, *change.follow_ups])
        require(
            after == change.level,
            f"Changing {what} gives {in_words(after)}, and not {in_words(change.level)} as promised.",
        )
        up = (after or 0) > (before.level or 0)
        down = (after or 0) < (before.level or 0)
        require(
            up if change.direction == "up" else down, f"Changing {what} does not take the level {change.direction}."
        )


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
        cited = source.document in documents and bool(source.section.strip())
        require(
            cited, f"{name} cites '{source.section}' of '{source.document}', which is no clause of a document here."
        )


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
    require(
        ours == (plain.level, plain.route, plain.urgency, plain.harm),
        f"The answer is {ours}, and the plain evaluator gives {plain[:4]}.",
    )
    steps = tuple(f"{step.rule}/{step.case}" for step in shown.actions)
    require(
        steps == plain.actions,
        f"The next steps are {listed(steps)}; the plain evaluator gives {listed(plain.actions)}.",
    )


def _cited(suggestion: Suggestion) -> Iterator[tuple[str, Source]]:
    """Give each thing said with the name of its rule and its source."""
    yield from ((reason.rule, reason.source) for reason in (*suggestion.reasons, *suggestion.also_recorded))
    yield from ((step.rule, step.source) for step in suggestion.actions)
    yield from ((prompt.rule, prompt.source) for prompt in suggestion.prompts)
    yield from ((asked.rule, asked.source) for asked in suggestion.follow_ups)
    yield from ((later.rule, later.source) for later in suggestion.afterwards)
    for question in suggestion.questions:
        yield question.field, question.source

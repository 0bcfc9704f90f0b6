"""What the rules see of one thing recorded: an indicator as marked, an answer, the practitioner's own level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rhrt.rulebook.conditions import JUDGEMENT, NOT_KNOWING, NOT_STATED, NOTHING_ELSE
from rhrt.rulebook.model import Rulebook, words_of
from rhrt.rulebook.rules import Rule, rules_of

Fact = Mapping[str, str | int]

Thing = tuple[str, str]
"""One thing recorded: the id of an indicator, question or follow-up question (or `judgement`), and what was said.
"""

_BARE: Fact = {
    "indicator": NOTHING_ELSE,
    "mark": NOTHING_ELSE,
    "level": 0,
    "basis": NOT_STATED,
    "heading": NOT_STATED,
    "age_band": NOT_STATED,
    "asked": NOTHING_ELSE,
    "answer": NOTHING_ELSE,
    "names": NOTHING_ELSE,
}


def about_thing(rulebook: Rulebook, thing: Thing, age_band: str | None) -> Iterator[Fact]:
    """Make the facts of one thing recorded: one, or for a follow-up question one for each thing that it names."""
    id_, said = thing
    bare = {**_BARE, "age_band": NOT_STATED if age_band is None else age_band}
    indicator = rulebook.indicator.get(id_)
    if indicator is not None:
        yield {
            **bare,
            "indicator": id_,
            "mark": said,
            "level": indicator.level,
            "basis": NOT_STATED if indicator.basis is None else indicator.basis,
            "heading": NOT_STATED if indicator.heading is None else indicator.heading,
        }
        return
    question = rulebook.follow_up.get(id_)
    names: list[str] = [NOTHING_ELSE] if question is None else [*question.if_yes]
    if question is not None and question.if_not_known:
        names.append(NOT_KNOWING)
    for name in names:
        yield {**bare, "asked": id_, "answer": said, "names": name}


def asked_alone(rulebook: Rulebook) -> tuple[str, ...]:
    """Give each question, and `judgement`, at whose answer alone some rule may look that decides."""
    decide = [rule for rule in rules_of(rulebook) if not _is_a_reason_only(rulebook, rule)]
    return _looked_at_alone(rulebook, decide)


def told_alone(rulebook: Rulebook) -> tuple[str, ...]:
    """Give each question, and `judgement`, at whose answer alone some rule may look: to decide, or as a reason."""
    return _looked_at_alone(rulebook, rules_of(rulebook))


def _is_a_reason_only(rulebook: Rulebook, rule: Rule) -> bool:
    """Say whether a rule is a judgement without a level: it says why, and nothing follows from it."""
    return any(rule.name == f"judgement/{own.id}" and not own.level for own in rulebook.judgements)


def _looked_at_alone(rulebook: Rulebook, rules: Iterable[Rule]) -> tuple[str, ...]:
    alone = [conditions for rule in rules if rule.about == "recorded" for conditions in rule.when]

    def looked_at(asked: str) -> bool:
        bare = {"asked": asked, **dict.fromkeys(("indicator", "mark", "names"), NOTHING_ELSE)}
        return any(all(is_ in words_of(one.get(field, is_)) for field, is_ in bare.items()) for one in alone)

    return tuple(asked for asked in (*rulebook.questions, JUDGEMENT) if looked_at(asked))

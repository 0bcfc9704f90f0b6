"""The facts that the inference engine looks at."""

from collections.abc import Collection, Iterator, Mapping

from rhrt.record import CheckedRecord
from rhrt.rulebook.conditions import JUDGEMENT, NOT_KNOWING, NOT_STATED, NOTHING_ELSE, level_word
from rhrt.rulebook.kinds import NO, NOT_KNOWN, YES, Judgement, words_of
from rhrt.rulebook.model import Rulebook

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


def marked(record: CheckedRecord) -> list[Thing]:
    """Give each indicator of a record with its mark, those present first, in order."""
    marks = [(id_, "present") for id_ in record.present]
    if record.absent or record.not_known:
        marks += [(id_, "absent") for id_ in record.absent]
        marks += [(id_, NOT_KNOWN) for id_ in record.not_known]
    return marks


def answered(record: CheckedRecord, asked: Collection[str]) -> list[Thing]:
    """Give each answer of a record to the questions named, the follow-up questions and the own level among them."""
    answers = [(id_, answer) for id_, answer in zip(record.questions, record.answers, strict=True) if id_ in asked]
    if record.judgement is not None and JUDGEMENT in asked:
        answers.append((JUDGEMENT, level_word(record.judgement)))
    answers += record.follow_ups
    return answers


def about_answers(rulebook: Rulebook, answers: Collection[str], found: Collection[str]) -> Fact:
    """Make the fact of all answers, with a yes or no for each finding that one thing recorded can establish."""
    fact = dict(zip(rulebook.questions, answers, strict=True))
    fact.update((id_, YES if id_ in found else NO) for id_ in rulebook.found_by["recorded"])
    return fact


def about_situation(rulebook: Rulebook, answers: Fact, found: Collection[str], level: int) -> Fact:
    """Make the fact of the whole situation: the level, every answer, and a yes or no for every finding."""
    established = {id_: YES if id_ in found else NO for id_ in rulebook.found_by["answers"]}
    return {"level": level, **answers, **established}


def about_prompt(prompt: str, situation: Fact, age_band: str | None, signs: str, headings: str) -> Fact:
    """Make the fact of one prompt in a situation; `signs` and `headings` say in words how many there are."""
    return {
        "prompt": prompt,
        **situation,
        "age_band": NOT_STATED if age_band is None else age_band,
        "signs_at_level": signs,
        "headings_recorded": headings,
    }


def judging_answers(judgement: Judgement) -> Iterator[Mapping[str, tuple[str, ...]]]:
    """Give each set of answers to questions of the situation by which a rule judges: the words wanted of each."""
    for conditions in judgement.when:
        if judgement.about == "answers":
            yield {question: words_of(wanted) for question, wanted in conditions.items()}
        elif "asked" in conditions:
            words = words_of(conditions.get("answer", ()))
            yield from ({asked: words} for asked in words_of(conditions["asked"]))


def judged_names(judgement: Judgement) -> frozenset[str]:
    """Give what a follow-up question must name for a yes to it to judge."""
    return frozenset(word for conditions in judgement.when for word in words_of(conditions.get("names", ())))

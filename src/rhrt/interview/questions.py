"""A question as it is put, whatever puts it, and the questions of an interview.

Concerns are shown by their words and never with their level.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import starmap
from textwrap import shorten
from typing import NamedTuple, get_args

from rhrt.present.outline import Outline, say
from rhrt.rulebook.kinds import FOLLOW_UP_ANSWERS, NO, NOT_ASKED, YES, Mark, Prompt
from rhrt.rulebook.model import Indicator, Ladder, Rulebook, SituationField
from rhrt.search.find import Search
from rhrt.search.spot import Concern, Spotted, spot

SHOWN = 8
"""How many concerns are shown for some words."""

_LONGEST_QUOTED = 50
"""How many letters of what somebody wrote are shown to them again."""

BY_WORDS, BY_LIST, NONE, DONE, OUT = "+words", "+list", "+none", "+done", "+out"
"""Choices that are no id; an id cannot begin with a plus."""

WAYS = frozenset((BY_WORDS, BY_LIST, NONE))
"""Choices that are a way elsewhere, and stand for nothing beside themselves."""

OTHER, GOOD = "+other", "+good"
"""Lists beside those of the headings: needs under no heading, and what goes well."""

LADDER = "ladder/"
"""What stands before the id of a ladder, where it can be chosen like a sign. A sign to show first may follow."""

STOP, GO_ON = "+stop", "+go-on"
"""The answers to whether to go on after advice."""


class Choice(NamedTuple):
    """One answer that can be chosen, the words for it, and what is said below it."""

    value: str
    words: str
    hint: str = ""


class Reply(NamedTuple):
    """What was answered: the values of the choices chosen, or the words typed. Neither: it was skipped."""

    chosen: tuple[str, ...] = ()
    typed: str = ""


class Question(NamedTuple):
    """One question. Without choices the answer is typed.

    `many`: any number of the choices. `skip`: what it is called not to answer, where that is possible; a
    choice may say the same. `start`: the choices that stand chosen at first. `rest`: the choice on which a cursor
    stands where none is chosen and none can be skipped; without it, the first. `notice`: what is shown before the
    question. `recorded`: the answer is for the record, and not only the way to another question. `parts`: several
    questions put on one page; the values chosen are then `id=value`.
    """

    id: str
    words: str
    help: str = ""
    choices: tuple[Choice, ...] = ()
    many: bool = False
    skip: str | None = None
    start: tuple[str, ...] = ()
    rest: str | None = None
    notice: Outline | None = None
    recorded: bool = False
    parts: tuple[Question, ...] = ()

    def said(self, values: tuple[str, ...]) -> str:
        """Give an answer in words."""
        words = {choice.value: choice.words for choice in self.choices}
        return "; ".join(words[value] for value in values) or self.skip or "None"

    def takes(self, answer: Reply) -> bool:
        """Say whether this can be the answer: typed where there are no choices, and else chosen among them."""
        if self.parts:
            return not answer.typed and sum(map(len, self.answers(answer).values())) == len(answer.chosen)
        if answer == Reply():
            return self.skip is not None
        if not self.choices:
            return not answer.chosen
        known = {choice.value for choice in self.choices}
        fits = len(answer.chosen) == 1 or (self.many and WAYS.isdisjoint(answer.chosen))
        return not answer.typed and fits and known.issuperset(answer.chosen)

    def answers(self, answer: Reply) -> dict[str, tuple[str, ...]]:
        """Give what was answered to each of the parts, those left out that were skipped or not answered rightly."""
        pairs = [pair.partition("=") for pair in answer.chosen]
        given = {part: tuple(value for id_, _, value in pairs if id_ == part.id) for part in self.parts}
        return {part.id: values for part, values in given.items() if values and part.takes(Reply(values))}


MARKS = tuple(Choice(mark, say("choices", mark)) for mark in get_args(Mark))
"""What can be said of a concern."""


def advice(notice: Outline) -> Question:
    """Show what to do at once, and ask whether to go on."""
    choices = (Choice(STOP, say("choices", "stop")), Choice(GO_ON, say("choices", "go_on")))
    return Question("advice", say("asked", "advice"), "", choices, notice=notice)


def situation(field: SituationField, answer: str | None) -> Question:
    """Ask a question of the rulebook about the situation. Not asked first, it can be skipped: its default."""
    values = sorted(set(field.values) - {NOT_ASKED}, key=[YES, NO, *field.values].index)
    return Question(
        f"situation/{field.id}",
        field.question,
        field.why,
        tuple(Choice(value, _in_words(value)) for value in values),
        skip=None if field.ask_first else _in_words(field.values[0]),
        start=(answer,) if answer in values else (),
        recorded=True,
    )


def follow_up(prompt: Prompt, answer: str | None) -> Question:
    """Ask a follow-up question. It can be skipped: then it was not asked."""
    skip = _in_words(NOT_ASKED)
    choices = (*(Choice(value, _in_words(value)) for value in FOLLOW_UP_ANSWERS), Choice(NOT_ASKED, skip))
    start = () if answer is None else (answer,)
    return Question(
        f"follow_up/{prompt.id}", prompt.text, prompt.why, choices, skip=skip, start=start, recorded=True
    )


def together(id_: str, parts: Iterable[Question]) -> Question:
    """Ask several questions on one page."""
    help_ = say("asked_help", id_) if id_ == "follow_ups" else ""
    return Question(id_, say("asked", id_), help_, parts=tuple(parts))


def age_band(rulebook: Rulebook, given: tuple[str, ...]) -> Question:
    """Ask the child's age band."""
    return _aside("age_band", (Choice(one.id, one.title) for one in rulebook.age_bands), given)


def circumstances(rulebook: Rulebook, given: tuple[str, ...]) -> Question:
    """Ask for special circumstances."""
    return _aside("circumstances", (Choice(one.id, one.title) for one in rulebook.circumstances), given, many=True)


def own_level(rulebook: Rulebook, given: tuple[str, ...]) -> Question:
    """Ask the level that the practitioner would give."""
    named = {str(one.level): say("choices", "level", level=one.level, name=one.name) for one in rulebook.levels}
    return _aside("own_level", starmap(Choice, named.items()), given)


def _aside(id_: str, choices: Iterable[Choice], given: tuple[str, ...], many: bool = False) -> Question:
    return Question(id_, say("asked", id_), "", tuple(choices), many, say("skipped", id_), given, recorded=True)


def menu(recorded: int) -> Question:
    """Ask how to find the next concern, or whether there is none."""
    form, end = ("anything_else", "that_is_all") if recorded else ("worries", "nothing_to_add")
    ways = {BY_WORDS: "by_words", BY_LIST: "by_list", DONE: end}
    choices = tuple(Choice(value, say("choices", name)) for value, name in ways.items())
    help_ = say("asked_help", form, recorded=recorded)
    return Question("concerns", say("asked", form), help_, choices, start=(BY_WORDS,))


def typed() -> Question:
    """Ask for plain words."""
    return Question("words", say("asked", "words"), say("asked_help", "words"), skip=say("skipped", "words"))


def heard_in(words: str, search: Search) -> Spotted:
    """Give the concerns that plain words tell of, and what they set apart."""
    return spot(words, search, SHOWN)


def picks(heard: Spotted, rulebook: Rulebook) -> tuple[str, ...]:
    """Give what each concern heard is picked by: its ladder with the sign that fits best, or its only sign."""
    ladders = {ladder.id for ladder in rulebook.ladders}
    return tuple(f"{LADDER}{one.id}/{one.signs[0].id}" if one.id in ladders else one.id for one in heard.concerns)


def found(ids: Iterable[str], heard: Spotted | None, rulebook: Rulebook) -> Question:
    """Ask which of the concerns found are nearest, with the words that suggest each while they are known."""
    concerns: Iterable[Concern] = heard.concerns if heard else ()
    wrote = {id_: _wrote(one.because) for id_, one in zip(ids, concerns, strict=False)}
    choices = [_pick(id_, rulebook)._replace(hint=wrote.get(id_, "")) for id_ in ids]
    again = (Choice(BY_WORDS, say("choices", "other_words")), Choice(BY_LIST, say("choices", "by_list")))
    apart = _apart(heard) if heard and heard.apart else ""
    if not choices:
        return Question("found", say("asked", "nothing_found"), apart, again)
    help_ = " ".join(filter(None, (say("asked_help", "several"), apart)))
    return Question("found", say("asked", "found"), help_, (*choices, *again), many=True)


def _wrote(because: Iterable[str]) -> str:
    return say("asked_help", "wrote", words=_quoted(because))


def _apart(heard: Spotted) -> str:
    return say("asked_help", "apart", words=_quoted(one.words for one in heard.apart))


def _quoted(words: Iterable[str]) -> str:
    return "; ".join(f"“{shorten(one, _LONGEST_QUOTED, placeholder='…')}”" for one in words)


def _pick(id_: str, rulebook: Rulebook) -> Choice:
    if not id_.startswith(LADDER):
        return _choice(rulebook.indicator[id_])
    return Choice(id_, _ladder(id_, rulebook).title)


def _ladder(chosen: str, rulebook: Rulebook) -> Ladder:
    return next(ladder for ladder in rulebook.ladders if ladder.id == chosen.split("/")[1])


def can_be_picked(id_: str, rulebook: Rulebook) -> bool:
    """Say whether an id is of a sign, of a ladder, or of a ladder with one of its signs."""
    kind, _, rest = id_.partition("/")
    ladder, _, sign = rest.partition("/")
    rungs = next((one.rungs for one in rulebook.ladders if one.id == ladder), ())
    return id_ in rulebook.position or (f"{kind}/" == LADDER and bool(rungs) and (not sign or sign in rungs))


def lists(rulebook: Rulebook) -> Question:
    """Ask under which heading to look."""
    choices = [Choice(id_, title) for id_, title in _titles(rulebook).items() if is_list(id_, rulebook)]
    return Question("lists", say("asked", "lists"), "", (*choices, Choice(NONE, say("choices", "back"))))


def is_list(id_: str, rulebook: Rulebook) -> bool:
    """Say whether there is a list of that id with anything in it."""
    return id_ in _titles(rulebook) and len(list_of(id_, rulebook).choices) > 1


def list_of(list_: str, rulebook: Rulebook) -> Question:
    """Ask which concern of one list it is; concerns that rise by degrees are shown as one."""
    on_ladders = {id_ for ladder in rulebook.ladders for id_ in ladder.rungs}
    ladders = (
        Choice(LADDER + ladder.id, ladder.title)
        for ladder in rulebook.ladders
        if list_ in _lists_of(rulebook.indicator[ladder.rungs[0]], rulebook)
    )
    others = (
        _choice(indicator)
        for indicator in rulebook.indicators
        if indicator.recordable and indicator.id not in on_ladders and list_ in _lists_of(indicator, rulebook)
    )
    choices = (*ladders, *others, Choice(NONE, say("choices", "back")))
    return Question("list", say("asked", "found"), say("asked_help", "several"), choices, many=True)


def rungs_of(chosen: str, rulebook: Rulebook) -> tuple[str, ...]:
    """Give the concerns to choose among in place of one that stands on ladders, from the mildest to the gravest.

    A ladder rises from level to level, so in the order of the levels each ladder keeps its own order.
    """
    if chosen.startswith(LADDER):
        first = chosen.split("/")[2:]
        return (*first, *(id_ for id_ in _ladder(chosen, rulebook).rungs if id_ not in first))
    rungs = dict.fromkeys(id_ for ladder in rulebook.ladders if chosen in ladder.rungs for id_ in ladder.rungs)
    return tuple(sorted(rungs, key=lambda id_: rulebook.indicator[id_].level)) or (chosen,)


def rungs(ids: Iterable[str], chosen: str, rulebook: Rulebook) -> Question:
    """Ask which of several degrees of a concern fits best. The one picked stands first; a milder one says so."""
    picked = rulebook.indicator.get(chosen.rsplit("/", maxsplit=1)[-1])
    others = [rulebook.indicator[id_] for id_ in ids if not picked or id_ != picked.id]
    milder = {one.id for one in others if picked and one.level < picked.level}
    choices = [_choice(one, one.id in milder) for one in ([picked] if picked else []) + others]
    none = Choice(NONE, say("choices", "none"))
    words, help_ = say("asked", "rungs"), ""
    if chosen.startswith(LADDER):
        words, help_ = _ladder(chosen, rulebook).title, words
    return Question("rungs", words, help_, (*choices, none), start=(picked.id,) if picked else ())


def fits(picked: Iterable[str], marks: Mapping[str, str], rulebook: Rulebook) -> Question:
    """Ask of several concerns together which degree fits best, where there are several, and whether it is so."""
    return together("fits", (part for id_ in picked for part in _fit(id_, marks, rulebook)))


def _fit(id_: str, marks: Mapping[str, str], rulebook: Rulebook) -> Iterator[Question]:
    degrees = rungs_of(id_, rulebook)
    start = tuple(one for one in degrees if one in marks)[:1]
    marked = next((marks[one] for one in start), None)
    asked = mark(rulebook.indicator[degrees[0]], marked)._replace(id=f"mark/{id_}")
    if len(degrees) > 1:
        yield rungs(degrees, id_, rulebook)._replace(id=f"rungs/{id_}", start=start)
        asked = asked._replace(words=say("asked", "is_it_so"), choices=MARKS)
    yield asked


def mark(indicator: Indicator, marked: str | None) -> Question:
    """Ask whether a concern is so. No cursor stands on yes before somebody said so."""
    choices = (*MARKS, Choice(OUT, say("choices", "take_out" if marked else "leave_out")))
    return Question(
        f"mark/{indicator.id}",
        f"“{indicator.wording}”",
        say("asked_help", "mark"),
        choices,
        start=(marked,) if marked else (),
        rest="not-known",
        recorded=True,
    )


def check(answers: list[tuple[Question, tuple[str, ...]]]) -> Question:
    """Show every answer, and ask which to change, if any."""
    given = (Choice(question.id, f"{question.words} {question.said(values)}") for question, values in answers)
    choices = (Choice(DONE, say("choices", "all_right")), *given, Choice("concerns", say("choices", "another")))
    return Question("check", say("asked", "check"), say("asked_help", "check"), choices)


def _in_words(value: str) -> str:
    return value.replace("-", " ").capitalize()


def _titles(rulebook: Rulebook) -> dict[str, str]:
    """Give the id and title of each list there can be."""
    titles = {heading.id: heading.title for heading in rulebook.headings}
    return titles | {OTHER: say("choices", "other"), GOOD: say("choices", "good")}


def _lists_of(indicator: Indicator, rulebook: Rulebook) -> Iterator[str]:
    if rulebook.level[indicator.level].strengths:
        yield GOOD
    elif indicator.heading is None:
        yield OTHER
    else:
        yield indicator.shown_under or indicator.heading


def _choice(indicator: Indicator, milder: bool = False) -> Choice:
    words = say("choices", "milder", wording=indicator.wording) if milder else indicator.wording
    return Choice(indicator.id, words)

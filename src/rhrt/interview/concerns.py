"""The questions that find a concern. Concerns are shown by their words and never with their level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rhrt.interview.question import Choice, Question
from rhrt.rulebook.model import Indicator, Rulebook
from rhrt.search.find import Search, find

SHOWN = 6
"""How many concerns are shown for some words."""

BY_WORDS, BY_LIST, NONE, DONE, OUT = "+words", "+list", "+none", "+done", "+out"
"""Choices that are no id; an id cannot begin with a plus."""

OTHER, GOOD = "+other", "+good"
"""Lists beside those of the headings: needs under no heading, and what goes well."""

LADDER = "ladder/"
"""What stands before the id of a ladder, where a ladder can be chosen as well as a concern."""

MARKS = (Choice("present", "Yes"), Choice("absent", "No"), Choice("not-known", "Not known"))
"""What can be said of a concern."""


def menu(recorded: int) -> Question:
    """Ask how to find the next concern, or whether there is none."""
    return Question(
        "concerns",
        "Is there anything else?" if recorded else "What worries you about the child?",
        f"Recorded so far: {recorded}." if recorded else "You can add as many worries as you like, one at a time.",
        (
            Choice(BY_WORDS, "Describe it in a few words"),
            Choice(BY_LIST, "Choose from a list"),
            Choice(DONE, "No, that is all" if recorded else "Nothing to add"),
        ),
        start=(BY_WORDS,),
    )


def typed() -> Question:
    """Ask for plain words."""
    help_ = "For example: mum drinking more and more, kids left to it. Leave out names. Your words are not kept."
    return Question("words", "Say it in a few words", help_, skip="go back")


def found_by(words: str, search: Search) -> tuple[str, ...]:
    """Give the ids of the concerns that fit plain words best."""
    return tuple(one.indicator.id for one in find(words, search, SHOWN))


def found(ids: Iterable[str], rulebook: Rulebook) -> Question:
    """Ask which of the concerns found is nearest."""
    choices = [_choice(rulebook.indicator[id_]) for id_ in ids]
    again = (Choice(BY_WORDS, "Try other words"), Choice(BY_LIST, "Choose from a list"))
    if not choices:
        return Question("found", "Nothing fits those words. That does not mean there is no concern.", "", again)
    return Question("found", "Which is nearest to what you have seen or been told?", "", (
        *choices, *(Choice(value, f"None of these. {words}") for value, words in again)))  # fmt: skip


def lists(rulebook: Rulebook) -> Question:
    """Ask under which heading to look."""
    choices = [Choice(id_, title) for id_, title in _titles(rulebook).items() if is_list(id_, rulebook)]
    return Question("lists", "What is it about?", "", (*choices, Choice(NONE, "None of these. Go back")))


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
    choices = (*ladders, *others, Choice(NONE, "None of these. Go back"))
    return Question("list", "Which is nearest to what you have seen or been told?", "", choices)


def rungs_of(chosen: str, rulebook: Rulebook) -> tuple[str, ...]:
    """Give the concerns to choose among in place of one that stands on ladders, from the mildest to the gravest.

    A ladder rises from level to level, so in the order of the levels each ladder keeps its own order.
    """
    if chosen.startswith(LADDER):
        return next(ladder.rungs for ladder in rulebook.ladders if LADDER + ladder.id == chosen)
    rungs = dict.fromkeys(id_ for ladder in rulebook.ladders if chosen in ladder.rungs for id_ in ladder.rungs)
    return tuple(sorted(rungs, key=lambda id_: rulebook.indicator[id_].level)) or (chosen,)


def rungs(ids: Iterable[str], chosen: str, rulebook: Rulebook) -> Question:
    """Ask which of several degrees of a concern fits best."""
    choices = [_choice(rulebook.indicator[id_]) for id_ in ids]
    start = (chosen,) if chosen in ids else ()
    none = Choice(NONE, "None of these")
    return Question("rungs", "Which of these fits best?", "", (*choices, none), start=start)


def mark(indicator: Indicator, marked: str | None) -> Question:
    """Ask whether a concern is so. No cursor stands on yes before somebody said so."""
    help_ = "Yes: you saw it, or were told. No: you asked, and it is not so. Not known: nobody can say yet."
    choices = (*MARKS, Choice(OUT, "Take it out" if marked else "Leave it out"))
    return Question(
        f"mark/{indicator.id}",
        f"“{indicator.wording}”",
        help_,
        choices,
        start=(marked,) if marked else (),
        rest="not-known",
        recorded=True,
    )


def _titles(rulebook: Rulebook) -> dict[str, str]:
    """Give the id and title of each list there can be."""
    titles = {heading.id: heading.title for heading in rulebook.headings}
    return titles | {OTHER: "Other signs", GOOD: "What goes well"}


def _lists_of(indicator: Indicator, rulebook: Rulebook) -> Iterator[str]:
    if rulebook.level[indicator.level].strengths:
        yield GOOD
    elif indicator.heading is None:
        yield OTHER
    else:
        yield indicator.shown_under or indicator.heading


def _choice(indicator: Indicator) -> Choice:
    return Choice(indicator.id, indicator.wording)

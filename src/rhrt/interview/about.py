"""The questions about the situation and the child, and the check of all answers."""

from __future__ import annotations

from rhrt.interview.concerns import DONE
from rhrt.interview.question import Choice, Question
from rhrt.present.outline import Outline
from rhrt.rulebook.model import FOLLOW_UP_ANSWERS, NO, NOT_ASKED, YES, Prompt, Rulebook, SituationField

STOP, GO_ON = "+stop", "+go-on"
"""The answers to whether to go on after advice."""

NOT_THE_LEVEL = "You can skip this. It does not change the level."
THE_STEPS = "You can skip this. It may change what to do first."


def advice(notice: Outline) -> Question:
    """Show what to do at once, and ask whether to go on."""
    choices = (Choice(STOP, "Stop here"), Choice(GO_ON, "Go on"))
    return Question(
        "advice", "Do this first. The rest is optional. Do you want to go on?", "", choices, notice=notice
    )


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


def follow_ups(parts: tuple[Question, ...]) -> Question:
    """Ask several follow-up questions together."""
    words = "A few questions about what you saw" if len(parts) > 1 else "A question about what you saw"
    return Question("follow_ups", words, "They may change what to do first. You can skip any of them.", parts=parts)


def age_band(rulebook: Rulebook, given: tuple[str, ...]) -> Question:
    """Ask the child's age band."""
    choices = tuple(Choice(band.id, band.title) for band in rulebook.age_bands)
    words = "How old is the child?"
    return Question("age_band", words, THE_STEPS, choices, skip="Not given", start=given, recorded=True)


def circumstances(rulebook: Rulebook, given: tuple[str, ...]) -> Question:
    """Ask for special circumstances."""
    choices = tuple(Choice(one.id, one.title) for one in rulebook.circumstances)
    words = "Are any of these true of the child?"
    return Question("circumstances", words, NOT_THE_LEVEL, choices, True, "None given", given, recorded=True)


def own_level(rulebook: Rulebook, given: tuple[str, ...]) -> Question:
    """Ask the level that the practitioner would give."""
    choices = tuple(
        Choice(str(level.level), f"Level {level.level}, {level.name}. {level.meaning}") for level in rulebook.levels
    )
    words = "Before you see the suggestion: which level would you give?"
    return Question("own_level", words, "", choices, skip="I would rather not say", start=given, recorded=True)


def _in_words(value: str) -> str:
    return value.replace("-", " ").capitalize()


def check(answers: list[tuple[Question, tuple[str, ...]]]) -> Question:
    """Show every answer, and ask which to change, if any."""
    given = (Choice(question.id, f"{question.words} {question.said(values)}") for question, values in answers)
    choices = (Choice(DONE, "All is right: show the suggestion"), *given, Choice("concerns", "Add another worry"))
    return Question("check", "Check your answers", "To change one, choose it.", choices)

"""What conditions can ask of each kind of fact: the fields there are, and the values each can have."""

from collections.abc import Mapping
from typing import Literal, get_args

from rhrt.rulebook.kinds import FOLLOW_UP_ANSWERS, NO, YES, Mark, Named
from rhrt.rulebook.model import Rulebook

About = Literal["recorded", "answers", "situation", "afterwards", "prompt"]
"""The kinds of fact: one thing recorded (an indicator as marked, an answer, the practitioner's own level); all
answers; the situation as a whole, for what to do and for what follows afterwards; one prompt in it."""

_WHOLE = ("situation", "afterwards", "prompt")

NOT_STATED = "not-stated"
"""What an indicator's heading or basis is for a condition, where the rulebook gives none."""

NO_ROUTE = "none"
"""The route of an answer without one, for a condition."""

NOTHING_ELSE = "none"
"""What a field of one thing recorded is where the thing has no such side: the mark of an answer, say."""

JUDGEMENT = "judgement"
"""What was asked, for a condition, where the thing recorded is the practitioner's own level."""

NOT_KNOWING = "not-knowing"
"""What the answer to a follow-up question names where not knowing is itself the danger."""

RESERVED = frozenset({
    "level", "route", "urgency", "mark", "basis", "heading", "prompt", "age_band", "signs_at_level",
    "headings_recorded", "asked", "answer", "names", "indicator", JUDGEMENT,
})  # fmt: skip
"""Fields that every rulebook has, so that no question or finding can be called so."""

NUMBERS = ("none", "one", "two")
"""How many, in words: a prompt may say that there are several of a thing, and never counts them into a level."""

Vocabulary = Mapping[str, tuple[str, ...] | range]
"""The values that each field can have: words, or a range of whole numbers."""


def vocabulary(rulebook: Rulebook, about: About) -> Vocabulary:
    """Give the fields and values of one kind of fact."""
    if about == "recorded":
        return _of_one_thing(rulebook)
    answers: dict[str, tuple[str, ...] | range] = {field.id: field.values for field in rulebook.situation}
    for finding in rulebook.findings:
        if about in _WHOLE or finding.about != "answers":
            answers[finding.id] = (NO, YES)
    if about in _WHOLE:
        answers["level"] = range(highest_level(rulebook) + 1)
    if about == "prompt":
        answers["prompt"] = tuple(prompt.id for prompt in rulebook.prompts)
        answers["age_band"] = (*(band.id for band in rulebook.age_bands), NOT_STATED)
        answers["signs_at_level"] = ("none", "one", "several")
        answers["headings_recorded"] = (*NUMBERS, "several")
    return answers


def level_word(level: int) -> str:
    """Give the practitioner's own level as the answer that it is, for a condition."""
    return f"level-{level}"


def level_of_word(word: str) -> int:
    """Give the level of such a word."""
    return int(word.removeprefix(level_word(0)[:-1]))


def _of_one_thing(rulebook: Rulebook) -> Vocabulary:
    answers = [
        *FOLLOW_UP_ANSWERS,
        *(value for field in rulebook.situation for value in field.values),
        *(level_word(level.level) for level in rulebook.levels),
    ]
    return {
        "indicator": (*(indicator.id for indicator in rulebook.indicators), NOTHING_ELSE),
        "mark": (*get_args(Mark), NOTHING_ELSE),
        "level": range(highest_level(rulebook) + 1),
        "basis": (*(basis.id for basis in rulebook.bases), NOT_STATED),
        "heading": (*(heading.id for heading in rulebook.headings), NOT_STATED),
        "age_band": (*(band.id for band in rulebook.age_bands), NOT_STATED),
        "asked": (*rulebook.questions, *rulebook.follow_up, JUDGEMENT, NOTHING_ELSE),
        "answer": (*dict.fromkeys(answers), NOTHING_ELSE),
        "names": (*get_args(Named), NOT_KNOWING, NOTHING_ELSE),
    }


def answer_vocabulary(rulebook: Rulebook) -> Vocabulary:
    """Give the fields and values of an answer: the situation, with the route (or none) and the urgency."""
    return {
        **vocabulary(rulebook, "situation"),
        "route": (*(route.id for route in rulebook.routes), NO_ROUTE),
        "urgency": tuple(urgency.id for urgency in rulebook.urgencies),
    }


def highest_level(rulebook: Rulebook) -> int:
    """Give the number of the highest level."""
    return max((level.level for level in rulebook.levels), default=0)

"""A question as it is put, whatever puts it."""

from __future__ import annotations

from typing import NamedTuple

from rhrt.present.outline import Outline


class Choice(NamedTuple):
    """One answer that can be chosen, and the words for it."""

    value: str
    words: str


class Question(NamedTuple):
    """One question. Without choices the answer is typed.

    `many`: any number of the choices, also none. `skip`: what it is called not to answer, where that is possible.
    `start`: the choices that stand chosen at first. `notice`: what is shown before the question. `recorded`:
    the answer is for the record, and not only the way to another question.
    """

    id: str
    words: str
    help: str = ""
    choices: tuple[Choice, ...] = ()
    many: bool = False
    skip: str | None = None
    start: tuple[str, ...] = ()
    notice: Outline | None = None
    recorded: bool = False

    def said(self, values: tuple[str, ...]) -> str:
        """Give an answer in words."""
        words = {choice.value: choice.words for choice in self.choices}
        return "; ".join(words[value] for value in values) or self.skip or "None"

    def takes(self, values: tuple[str, ...]) -> bool:
        """Say whether these can be an answer."""
        if not values:
            return self.many or self.skip is not None
        known = {choice.value for choice in self.choices}
        return (self.many or len(values) == 1) and (not known or known.issuperset(values))

"""A question as it is put, whatever puts it."""

from __future__ import annotations

from typing import NamedTuple

from rhrt.present.outline import Outline


class Choice(NamedTuple):
    """One answer that can be chosen, and the words for it."""

    value: str
    words: str


class Reply(NamedTuple):
    """What was answered: the values of the choices chosen, or the words typed. Neither: it was skipped."""

    chosen: tuple[str, ...] = ()
    typed: str = ""


class Question(NamedTuple):
    """One question. Without choices the answer is typed.

    `many`: any number of the choices, also none. `skip`: what it is called not to answer, where that is possible; a
    choice may say the same. `start`: the choices that stand chosen at first. `rest`: the choice on which a cursor
    stands where none is chosen and none can be skipped; without it, the first. `notice`: what is shown before the
    question. `recorded`: the answer is for the record, and not only the way to another question. `parts`: several
    questions put together, each of which can be skipped; the values chosen are then `id=value`.
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
            return not answer.typed and len(self.answers(answer)) == len(answer.chosen)
        if answer == Reply():
            return self.many or self.skip is not None
        if not self.choices:
            return not answer.chosen
        known = {choice.value for choice in self.choices}
        fits = self.many or len(answer.chosen) == 1
        return not answer.typed and fits and known.issuperset(answer.chosen)

    def answers(self, answer: Reply) -> dict[str, str]:
        """Give what was answered to each of the parts, those left out that were skipped or not answered rightly."""
        chosen = (pair.partition("=") for pair in answer.chosen)
        known = {part.id: {choice.value for choice in part.choices} for part in self.parts}
        return {id_: value for id_, _, value in chosen if value in known.get(id_, ())}

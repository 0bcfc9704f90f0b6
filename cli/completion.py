"""Completing a word of a command line in bash, also after `=`, which bash takes for a word of its own."""

from collections.abc import Iterable
from typing import Any

from click.shell_completion import BashComplete, CompletionItem, add_completion_class


@add_completion_class
class Bash(BashComplete):
    """Gives click the words as they were typed, and bash only what it lacks."""

    _option = _before = ""

    def get_completion_args(self) -> tuple[list[str], str]:
        """Give the words before the one that is completed, and that one, each with every `=` that is in it."""
        words, last = super().get_completion_args()
        *before, typed = _whole((*words, last))
        self._option = "".join(typed.partition("=")[:2]) if typed.startswith("-") and "=" in typed else ""
        self._before = typed if last == "=" else typed.removesuffix(last)
        return before, typed

    def format_completion(self, item: CompletionItem[Any]) -> str:
        """Write what takes the place of the word that bash completes: what stands before it stays."""
        return f"{item.type},{(self._option + item.value).removeprefix(self._before)}"


def _whole(words: Iterable[str]) -> list[str]:
    """Put words together again that bash parted at `=`; an empty one is new."""
    whole: list[str] = []
    parted = False
    for word in words:
        if whole and (word == "=" or (parted and word)):
            whole[-1] += word
        else:
            whole.append(word)
        parted = word == "="
    return whole

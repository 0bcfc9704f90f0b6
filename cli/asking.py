"""Putting a question, of an interview or to a steward: in plain numbered lines anywhere, or with menus."""

import os
import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from io import TextIOWrapper
from shutil import get_terminal_size
from typing import Protocol, TextIO, TypeVar

import click
from rhrt_cli.options import emphasis, printable

from rhrt.faults import BadInput
from rhrt.interview.questions import Question, Reply
from rhrt.present.outline import say as in_words
from rhrt.present.terminal import WIDTH, as_text, wrap

T = TypeVar("T")

STOPPED = "Stopped. Nothing was written."

Choices = Sequence[tuple[str, str]]
"""What can be answered, each with its words."""

LINES = 24
"""The lines of the smallest screen that menus are for."""


class Asker(Protocol):
    """Puts a question to a person and gives the answer."""

    def show(self, text: str) -> None:
        """Show a text that may be longer than the screen."""

    def put(self, question: Question) -> Reply:
        """Put a question until it has an answer. Raises EOFError at the end of input."""


def asker(plain: bool) -> Asker:
    """Give menus where the terminal can show them and questionary is installed, or else plain lines."""
    terminal = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"
    columns, lines = get_terminal_size()
    if plain or not terminal or columns < WIDTH or lines < LINES or find_spec("questionary") is None:
        if isinstance(sys.stdin, TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")
        return Plain(sys.stdin)
    from rhrt_cli.menus import Menus  # questionary is optional, and slow to import

    return Menus()


class Plain:
    """Puts a question as numbered lines, and reads a line."""

    def __init__(self, source: TextIO) -> None:
        self._source = source

    def show(self, text: str) -> None:
        """Show a text."""
        click.echo(f"\n{text}", nl=False)

    def put(self, question: Question) -> Reply:
        """Put a question, again after a line that cannot be its answer."""
        show_notice(question)
        click.echo("\n".join(["", *wrap(question.words), *wrap(printable(question.help))]))
        for number, choice in enumerate(question.choices, 1):
            hint = wrap(printable(choice.hint), "    ")
            click.echo("\n".join([*wrap(choice.words, f"{number:>2}. "), *hint]))
        while True:
            answer = read_answer(question, self._line(_how_to_answer(question)))
            if answer is not None and question.takes(answer):
                return answer
            click.echo(_why_it_was_not_taken(question, answer))

    def _line(self, prompt: str) -> str:
        click.echo(f"{prompt}: ", nl=False)
        try:
            line = self._source.readline()
        except OSError:
            raise EOFError from None  # it is closed, or only to be written
        if not line:
            raise EOFError
        if not self._source.isatty():
            click.echo(printable(line.strip()))
        return line.strip()


def read_answer(question: Question, line: str) -> Reply | None:
    """Read a line as an answer: numbers of choices, or the words of one; None where it is neither."""
    if not question.choices or not line:
        return Reply(typed=line)
    by_words = [choice.value for choice in question.choices if choice.words.casefold() == line.casefold()]
    if by_words:
        return Reply(tuple(by_words))
    numbers = {str(number): choice.value for number, choice in enumerate(question.choices, 1)}
    words = line.replace(",", " ").split()
    chosen = tuple(dict.fromkeys(numbers[word] for word in words if word in numbers))
    return Reply(chosen) if set(words) <= set(numbers) else None


def _why_it_was_not_taken(question: Question, answer: Reply | None) -> str:
    if question.many and answer and len(answer.chosen) > 1:
        return in_words("asked_help", "one_or_the_other")
    return f"Type a number from 1 to {len(question.choices)}." if question.choices else "Type something."


def _how_to_answer(question: Question) -> str:
    if question.choices and question.many:
        none = "Type numbers with spaces between, or Enter for none"
        return none if question.skip else "Type a number, or several with spaces between"
    how = "Type a number" if question.choices else "Type it, then Enter"
    return how if question.skip is None else f"{how}. Enter alone: {question.skip}"


def show_notice(question: Question) -> None:
    """Show what stands before a question."""
    if question.notice:
        click.echo("\n" + as_text(question.notice, emphasis), nl=False)


def in_a_terminal() -> bool:
    """Say whether there is somebody to ask."""
    return sys.stdin.isatty()


def ask(words: str, read: Callable[[str], T], default: str = "", choices: Choices = ()) -> T:
    """Ask until `read` can read the answer: it raises BadInput where it cannot. A number may stand for a choice."""
    for number, (value, meaning) in enumerate(choices, 1):
        words_of_choice = meaning if value in (meaning, str(number)) else f"{value}: {meaning}"
        click.echo("\n".join(wrap(words_of_choice, f"{number:4}. ")))
    suffix = " " if words.endswith("?") else ": "
    while True:
        try:
            line = click.prompt(words, default=default, show_default=bool(default), prompt_suffix=suffix)
            return read(_by_number(line.strip(), choices))
        except UnicodeDecodeError:
            click.echo("That was not UTF-8 text. Type it again.")
        except BadInput as bad:
            say(bad)


def say(bad: BadInput) -> None:
    """Say what is wrong with an answer."""
    for fault in bad.faults:
        click.echo(printable(f"{fault.what} {fault.remedy}"))


def _by_number(line: str, choices: Choices) -> str:
    values = [value for value, _ in choices]
    if line in values or not (line.isdecimal() and 0 < int(line[:9]) <= len(values)):
        return line
    return values[int(line) - 1]

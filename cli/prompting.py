"""Asking a steward, in a terminal, for what a command line does not say."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

import click
from rhrt_cli.options import printable

from rhrt.faults import BadInput
from rhrt.present.terminal import wrap

T = TypeVar("T")

STOPPED = "Stopped. Nothing was written."

Choices = Sequence[tuple[str, str]]
"""What can be answered, each with its words."""


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

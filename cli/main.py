"""All commands under one name, and how each ends: with an answer, or with what went wrong and what to do."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import click
from rhrt_cli.commands import Commands
from rhrt_cli.output import prepare, say, told

from rhrt.faults import BadInput, NoAnswer, place_of
from rhrt.version import VERSION

if TYPE_CHECKING:
    from rhrt.rulebook.model import Rulebook

COMMANDS = {
    "ask": "Answer questions, danger first, and get a suggestion.",
    "assess": "Suggest a level, a route and next steps for a record.",
    "picture": "Draw the suggestion for a record on the continuum of need.",
    "find": "Find indicators by plain words.",
    "spot": "Suggest signs to look at in what somebody told.",
    "show": "Show one indicator: its words, its level and its ladder.",
    "record": "Start a record.",
    "replay": "Give a kept answer again, and say whether it is the same.",
    "rulebook": "Look after a rulebook: show it, check it, prove it, compare it, change it.",
    "govuk": "Fetch the styles of GOV.UK Frontend for the pages.",
    "serve": "Answer over HTTP, for forms and for pages.",
    "schema": "Print the JSON Schema of a file, a record or an answer.",
}
"""Each command with what it does; the command itself is imported only when it is called."""


class Main(Commands):
    """All commands: bad input and lost output end in a sentence and exit code 2; no answer, for any cause, in 3."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command, or complete one for a shell."""
        with _stoppable():
            self._main(*args, **kwargs)

    def _main(self, *args: Any, **kwargs: Any) -> Any:
        used: list[Rulebook] = []
        try:
            prepare()
            if "_RHRT_COMPLETE" in os.environ:
                import rhrt_cli.completion  # noqa: F401 - only a shell asks for this; click finds it once it is there
            with told():
                return super().main(*args, **{"obj": used, **kwargs})
        except BadInput as bad:
            _report(bad)
            sys.exit(2)
        except NoAnswer as error:
            _end_without_answer(error)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            _end_without_answer(_failed(error, used))

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Read the command line."""
        with _stoppable(), told():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command. click would end with 1 where a pipe is closed, which means here that something differs."""
        try:
            with _stoppable(), told():
                return super().invoke(ctx)
        except EOFError as error:  # click would take it for somebody who stops
            raise _failed(error, ctx.obj) from error


@contextmanager
def _stoppable() -> Iterator[None]:
    """End where Ctrl-C stops what is done here. click would end with 1, which means here that something differs."""
    try:
        yield
    except (KeyboardInterrupt, click.Abort) as stop:
        if isinstance(stop, click.Abort) and not isinstance(stop.__context__, KeyboardInterrupt):
            raise  # the end of the input, where an answer should be
        say("Stopped.")
        sys.exit(130)


def _failed(error: Exception, used: list[Rulebook]) -> NoAnswer:
    """Turn what nobody foresaw into a refusal that holds nothing of what was recorded."""
    return NoAnswer(f"rhrt failed in {place_of(error)}.", used[-1].advice if used else "")


def _end_without_answer(error: NoAnswer) -> NoReturn:
    """Say whom to ring and what to do, then, for others, why."""
    say(error.advice)
    say(f"For whoever looks after rhrt: {error}")
    sys.exit(3)


def _report(bad: BadInput) -> None:
    """Print each fault on a line of its own."""
    from rhrt_cli.options import printable

    from rhrt.files import MOST_FAULTS

    for fault in bad.faults:
        say(printable(str(fault)))
    if len(bad.faults) >= MOST_FAULTS:
        say("There may be more. Mend these first.")


@click.group(
    cls=Main,
    package="rhrt_cli",
    listed=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(VERSION, prog_name="rhrt")
def main() -> None:
    """Suggest a level of need and a route for a worry about a child, with reasons.

    rhrt suggests. You decide, with your safeguarding lead.
    If a child is in danger now, call 999 first.
    """

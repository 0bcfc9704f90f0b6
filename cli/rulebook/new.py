"""`rhrt rulebook new`: start a rulebook."""

import sys
from collections.abc import Mapping
from pathlib import Path
from shlex import quote
from typing import Any

import click
from rhrt_cli.asking import STOPPED, ask, in_a_terminal
from rhrt_cli.options import FileName, printable

from rhrt.faults import BadInput, Fault
from rhrt.present.terminal import wrap
from rhrt.steward.write.start import FEWEST_LEVELS, MOST_LEVELS, Start, faults_of, refuse_taken, start_in, write_new

QUESTIONS = {
    "title": "What is the framework called?",
    "area": "Which area is it for?",
    "id": "A short id for the rulebook, which never changes",
    "levels": f"How many levels of need does it have ({FEWEST_LEVELS} to {MOST_LEVELS})?",
}
"""What is asked in a terminal where the command line does not say it, in order."""


@click.argument("folder", type=FileName())
@click.option("--id", metavar="ID", help="A short id that never changes, such as my-area-2026.")
@click.option("--title", metavar="WORDS", help="What the framework is called.")
@click.option("--area", metavar="WORDS", help="The area that it is for.")
@click.option("--levels", metavar="N", help=f"How many levels it has: {FEWEST_LEVELS} to {MOST_LEVELS}. Usually 4.")
def command(folder: str, **given: str | None) -> None:
    """Start a rulebook in FOLDER: whole, small and safe, with examples to replace.

    In a terminal you are asked for what you do not say. Otherwise it is made of the name of the folder.
    """
    target = Path(folder)
    refuse_taken(target)
    start = _changed(start_in(target), {name: words for name, words in given.items() if words is not None})
    if in_a_terminal():
        try:
            for name in [name for name in QUESTIONS if given[name] is None]:
                start = _asked(start, name)
        except click.Abort:
            click.echo(f"\n{STOPPED}", err=True)
            sys.exit(1)
    rulebook = write_new(target, start)
    name = quote(printable(folder))
    text = (
        f"Wrote {rulebook.title} in {name}: {len(rulebook.levels)} levels, with examples to replace. "
        "Each file says at its top what to change. Until no example is left, the check ends with errors that name "
        "them."
    )
    click.echo("\n".join(wrap(text)))
    click.echo(f"\nLook at it:    rhrt rulebook show {name}")
    click.echo(f"Try it:        rhrt assess --rulebook {name} --present example-serious-harm")
    click.echo(f"Add a sign:    rhrt rulebook add indicator {name}")
    click.echo(f"What is left:  rhrt rulebook check {name}")


def _asked(start: Start, name: str) -> Start:
    return ask(QUESTIONS[name], lambda line: _changed(start, {name: line}), str(getattr(start, name)))


def _changed(start: Start, said: Mapping[str, str]) -> Start:
    """Put what was said in the place of what the name of the folder gives. Raises BadInput where it cannot."""
    changes: dict[str, Any] = {name: _number(words) if name == "levels" else words for name, words in said.items()}
    changed = start._replace(**changes)
    if faults := [fault for fault in faults_of(changed) if fault.where.removeprefix("--") in said]:
        raise BadInput(faults)
    return changed


def _number(words: str) -> int:
    if words.isascii() and words.isdigit() and len(words) < 4:
        return int(words)
    what = f"'{words[:80]}' is not a number of levels."
    raise BadInput([Fault("--levels", what, f"Write a number from {FEWEST_LEVELS} to {MOST_LEVELS}.")])

"""`rhrt record`: start a record."""

from __future__ import annotations

import click
from rhrt_cli.commands import Command
from rhrt_cli.options import again, rulebook_option
from rhrt_cli.output import write

from rhrt.rulebook.load import load_rulebook
from rhrt.rulebook.model import FOLLOW_UP_ANSWERS, Rulebook


@click.group("record")
def command() -> None:
    """Start a record."""


@command.command("new", cls=Command)
@rulebook_option
def new(rulebook_name: str | None) -> None:
    """Print a new record with notes, to keep in a file and fill in.

    For example: rhrt record new > record.yaml
    """
    write(_template(load_rulebook(rulebook_name)), "yaml")


def _template(rulebook: Rulebook) -> str:
    bands = ", ".join(band.id for band in rulebook.age_bands)
    lines = [
        "# A record for rhrt. Write no names, addresses or stories here.",
        f"# Find the id of an indicator by plain words: rhrt find mum drinking more and more{again()}",
        f"# Then: rhrt assess record.yaml{again()}",
        f"rulebook: {rulebook.id}",
        "",
        "child:",
        f"  age_band: null       # or one of: {bands}",
        "",
        "# Ids of indicators, between the brackets, with commas.",
        "indicators:",
        "  present: []          # seen or told",
        "  absent: []           # asked about, and not so",
        "  not_known: []        # asked about, and nobody can say",
        "",
        "# Any of these, between the brackets, with commas:",
        *(f"#   {circumstance.id}" for circumstance in rulebook.circumstances),
        "circumstances: []",
        "",
        "situation:",
    ]
    for field in rulebook.situation:
        lines += [f"  # {field.question}", f"  # One of: {', '.join(field.values)}"]
        lines += [f"  {field.id}: {field.values[0]}"]
    lines += [
        "",
        f"# Answers to follow-up questions, each on a line of its own: ID: {', '.join(FOLLOW_UP_ANSWERS[:-1])}"
        f" or {FOLLOW_UP_ANSWERS[-1]}.",
        "# An answer of rhrt assess says which of them to ask. Leave out those that were not asked.",
        "follow_ups: {}",
    ]
    levels = ", ".join(f"{level.level} {level.name}" for level in rulebook.levels)
    lines += [
        "",
        f"# The level that you would give yourself ({levels}), if you like.",
        "judgement:",
        "  level: null",
        "",
    ]
    return "\n".join(lines)

"""`rhrt rulebook`: what a steward does with a rulebook. One file a command."""

import click
from rhrt_cli.commands import Commands

COMMANDS = {
    "list": "List the rulebooks that come with rhrt.",
    "show": "Show what a rulebook holds.",
    "new": "Start a rulebook.",
    "add": "Add an indicator to a rulebook.",
    "check": "Check that a rulebook is whole, safe and consistent.",
    "prove": "Prove what must be true of every answer, in every situation.",
    "test": "Try a rulebook's worked cases, and its properties on generated records.",
    "coverage": "Say what the worked cases show of each rule and each condition.",
    "compare": "Say what changed between two rulebooks, and whose answer changes.",
    "render": "Write a rulebook as pages, a table and a transparency record.",
    "build": "Write a rulebook as files that answer without a service.",
}
"""Each command with what it does; the command itself is imported only when it is called."""


@click.group("rulebook", cls=Commands, package="rhrt_cli.rulebook", listed=COMMANDS)
def command() -> None:
    """Look after a rulebook: show it, check it, prove it, compare it, change it."""

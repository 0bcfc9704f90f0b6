"""`rhrt rulebook list`: what rulebooks there are."""

import click

from rhrt.rulebook.load import bundled, load_rulebook


def command() -> None:
    """List the rulebooks that come with rhrt."""
    for id_ in bundled():
        rulebook = load_rulebook(id_)
        click.echo(f"{id_}: {rulebook.title}, {rulebook.area}, edition {rulebook.edition}")

"""`rhrt rulebook`: what rulebooks there are, and what one holds."""

from __future__ import annotations

import click

from rhrt.present.terminal import wrap
from rhrt.rulebook.load import bundled, load_rulebook


@click.group("rulebook")
def command() -> None:
    """List the rulebooks, or show one."""


@command.command("list")
def list_() -> None:
    """List the rulebooks that come with rhrt."""
    for id_ in bundled():
        rulebook = load_rulebook(id_)
        click.echo(f"{id_}: {rulebook.title}, {rulebook.area}, edition {rulebook.edition}")


@command.command("show")
@click.argument("name", metavar="[ID|PATH]", required=False)
def show(name: str | None) -> None:
    """Show what a rulebook holds: its levels, its size, and whom it says to ring."""
    rulebook = load_rulebook(name)
    lines = [
        f"{rulebook.title}, {rulebook.area}",
        f"Edition {rulebook.edition}, published {rulebook.published}",
        "",
    ]
    for level in rulebook.levels:
        count = sum(indicator.level == level.level for indicator in rulebook.indicators)
        lines += [f"Level {level.level}, {level.name}: {count} indicators and needs"]
        lines += wrap(level.meaning, "  ")
    lines += [
        "",
        f"{len(rulebook.ladders)} ladders, {len(rulebook.actions)} actions, {len(rulebook.services)} services",
    ]
    lines += ["", "Numbers to ring"]
    for contact in rulebook.contacts:
        checked = f"checked {contact.verified}" if contact.verified else "not checked since"
        number = f"{contact.name}: {contact.number} ({contact.hours}), printed {contact.printed}, {checked}"
        lines += wrap(number, "  - ")
    lines += ["", *wrap(rulebook.notice), "", f"Id: {rulebook.id}", f"Hash: {rulebook.sha256}"]
    click.echo("\n".join(lines))

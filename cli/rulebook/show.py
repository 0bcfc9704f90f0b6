"""`rhrt rulebook show`: what a rulebook holds."""

import click

from rhrt.present.outline import review
from rhrt.present.terminal import wrap
from rhrt.rulebook import dates
from rhrt.rulebook.load import load_rulebook


@click.argument("name", metavar="[ID|PATH]", required=False)
def command(name: str | None) -> None:
    """Show what a rulebook holds: its levels, its size, and whom it says to ring."""
    rulebook = load_rulebook(name)
    lines = [
        f"{rulebook.title}, {rulebook.area}",
        f"Edition {rulebook.edition}, published {rulebook.published}",
        "",
    ]
    for level in rulebook.levels:
        count = sum(indicator.level == level.level for indicator in rulebook.indicators)
        lines += [f"Level {level.level}, {level.name}: {count} indicators"]
        lines += wrap(level.meaning, "  ")
    lines += [
        "",
        f"{len(rulebook.ladders)} ladders, {len(rulebook.actions)} actions, {len(rulebook.services)} services",
    ]
    lines += ["", "Numbers to ring"]
    for contact in rulebook.contacts:
        checked = f"checked {contact.verified}" if contact.verified else "not checked since"
        number = f"{contact.reached}, printed {contact.printed}, {checked}"
        lines += wrap(number, "  - ")
    lines += ["", *wrap(" ".join([rulebook.notice, *review(rulebook, dates.today())]))]
    lines += ["", f"Id: {rulebook.id}", f"Hash: {rulebook.sha256}"]
    click.echo("\n".join(lines))

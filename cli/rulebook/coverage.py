"""`rhrt rulebook coverage`: what the worked cases show of each rule and each condition."""

import sys

import click
from rhrt_cli.output import as_json, write

from rhrt.steward.cases import read_examples
from rhrt.steward.folder import open_folder
from rhrt.steward.prove.shown import as_data, as_text, shown


@click.argument("name", metavar="[ID|PATH]", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to write it.")
def command(name: str | None, form: str) -> None:
    """Say which rules the worked cases apply, and which conditions they show to matter on their own.

    A condition matters on its own where two examples show it: the rule's line holds in one; in the other all its
    other conditions hold, this one does not, and so the rule does not. Ends with 1 if anything is not shown.
    """
    folder = open_folder(name)
    examples = read_examples(folder.path / "cases")
    found = shown(folder, examples)
    write(as_json(as_data(found, len(examples))) if form == "json" else as_text(found, len(examples)), form)
    sys.exit(bool(found.not_applied or found.not_shown))

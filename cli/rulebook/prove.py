"""`rhrt rulebook prove`: what must be true of every answer, tried in every situation."""

import sys
from os import cpu_count

import click
from rhrt_cli.output import as_json, write

from rhrt.steward.folder import open_folder
from rhrt.steward.prove.prove import as_data, as_text, prove


@click.argument("name", metavar="[ID|PATH]", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to write it.")
def command(name: str | None, form: str) -> None:
    """Prove what must be true of every answer, by trying every situation there can be.

    Each sentence is shown with the number of situations it was tried in. One that does not hold is shown with a
    smallest record that breaks it. Ends with 1 if any does not hold.
    """
    folder = open_folder(name)
    proven = prove(folder, workers=cpu_count() or 1)
    write(as_json(as_data(proven)) if form == "json" else as_text(folder.rulebook, proven), form)
    sys.exit(any(one.broken for one in proven))

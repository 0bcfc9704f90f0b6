"""`rhrt rulebook render`: a rulebook as pages, a table and a transparency record."""

from pathlib import Path

import click
from rhrt_cli.options import FileName, printable

from rhrt.rulebook.load import DEFAULT, bundled, bundled_folder, load_rulebook
from rhrt.steward.render.documents import documents
from rhrt.steward.render.material import gather
from rhrt.steward.write.fill import fill


@click.argument("named", metavar="[ID|PATH] OUT_FOLDER", nargs=-1, required=True, type=FileName())
def command(named: tuple[str, ...]) -> None:
    """Write a rulebook as pages, a table and a transparency record.

    OUT_FOLDER is made where there is none. It must be empty, or hold only what this command wrote before.
    Start at its index.html. It works without a network.
    """
    if len(named) > 2:
        raise click.UsageError("Name a rulebook, or none, and then one folder to write.")
    name, folder = named if len(named) == 2 else (DEFAULT, named[0])
    rulebook = load_rulebook(name)
    written = documents(gather(rulebook, bundled_folder() / name if name in bundled() else Path(name)))
    fill(Path(folder), written)
    click.echo(f"{len(written)} files in {printable(folder)}. Start at index.html.")

"""`rhrt rulebook compare`: what changed between two rulebooks, and whose answer changes."""

from pathlib import Path

import click
from rhrt_cli.options import FileName
from rhrt_cli.output import as_json, write

from rhrt.steward.compare.compare import Comparison, compare, document
from rhrt.steward.compare.presented import report
from rhrt.steward.folder import opened
from rhrt.steward.report import as_markdown, as_text

MOST_IN_TEXT = 12
"""How many things alike are told one by one in text."""


@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option(
    "--cases",
    multiple=True,
    metavar="PATH",
    type=FileName(),
    help="A worked case of your own, or a folder of them, to try with both. Can be given again.",
)
@click.option(
    "--format", "form", type=click.Choice(("text", "markdown", "json")), default="text", show_default=True
)
def command(old: str, new: str, cases: tuple[str, ...], form: str) -> None:
    """Say what changed between two rulebooks, and whose answer changes.

    OLD and NEW are each the id of a rulebook that comes with rhrt, a folder, or a folder as it stood in a revision
    of a git repository: REVISION:FOLDER, such as HEAD~3:rules/my-area. The folder is seen from the top of the
    repository, or from where you are where it begins with ./ or ../. Where the repository is the rulebook, HEAD~3
    alone will do.

    What is said of answers is proven for every record that both rulebooks read. Where it cannot be proven, that is
    said. A difference is not a fault: the exit code is 0 either way.
    """
    with opened(old) as before, opened(new) as after:
        found = compare(before, after, map(Path, cases))
    write(_rendered(found, form), form)


def _rendered(found: Comparison, form: str) -> str:
    if form == "json":
        return as_json(document(found))
    if form == "markdown":
        return as_markdown(report(found))
    return as_text(report(found, MOST_IN_TEXT))

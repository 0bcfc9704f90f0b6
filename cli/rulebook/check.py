"""`rhrt rulebook check`: whether a rulebook is whole, safe and consistent."""

from pathlib import Path

import click
from rhrt_cli.options import printable
from rhrt_cli.output import as_json, write

from rhrt.faults import BadInput, Fault, nearest
from rhrt.rulebook.load import folder_of, load_rulebook
from rhrt.steward.checks import Remark, all_checks, checked, unreadable
from rhrt.steward.folder import open_folder
from rhrt.steward.remarks import as_data, as_github, as_text, page


@click.argument("name", metavar="[ID|PATH]", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How to write what was found; github shows it beside the lines of a pull request.",
)
@click.option("--since", metavar="ID|PATH", help="An earlier state of the rulebook: say which ids are gone since.")
@click.option("--about", metavar="CHECK", help="Say what a check finds, why it matters and how to put it right.")
@click.pass_context
def command(ctx: click.Context, name: str | None, form: str, since: str | None, about: str | None) -> None:
    """Check that a rulebook is whole, safe and consistent.

    Every situation that there can be is tried. Ends with exit code 1 where there are errors, and with 0 where there
    is only advice for a person to weigh.
    """
    if about is not None:
        click.echo(_page(about))
        return
    path, before = folder_of(name), load_rulebook(since) if since is not None else None
    checks, remarks = len(all_checks()), list[Remark]()
    try:
        remarks = checked(open_folder(path, before))
    except BadInput as bad:
        checks, remarks = 0, unreadable(bad)
    here = f"{Path.cwd()}/"  # places are shorter from the folder that the reader is in
    shown = [remark._replace(where=remark.where.removeprefix(here)) for remark in remarks]
    if form == "json":
        write(as_json(as_data(shown, checks)), form)
    else:
        for line in (as_text(shown, checks) if form == "text" else as_github(shown)).splitlines():
            write(printable(line) + "\n", form)
    ctx.exit(int(any(remark.weight == "error" for remark in remarks)))


def _page(about: str) -> str:
    known = {check.name: check for check in all_checks()}
    if about not in known:
        remedy = nearest(about, known) or f"Write one of: {', '.join(known)}."
        raise BadInput([Fault("--about", f"There is no check '{about[:80]}'.", remedy)])
    return page(known[about])

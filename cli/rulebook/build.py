"""`rhrt rulebook build`: a rulebook as files that need no service."""

from pathlib import Path

import click
from rhrt_cli.options import FileName, need, printable, rulebook_option

from rhrt.faults import BadInput, Fault
from rhrt.files import write_whole
from rhrt.rulebook import dates
from rhrt.rulebook.load import DEFAULT, bundled, bundled_folder, load_rulebook
from rhrt.steward.render.documents import documents
from rhrt.steward.render.material import gather
from rhrt.steward.write.fill import fill

YEAR = 365


@click.argument("to", metavar="FOLDER|FILE", type=FileName())
@rulebook_option
@click.option("--single", is_flag=True, help="Write one file of HTML, which opens from a share or a memory stick.")
@click.option(
    "--days", type=click.IntRange(1, YEAR), default=YEAR, show_default=True, help="For how long it gives a level."
)
@click.option("--withdrawn", metavar="NAME", help="A list beside the page of the hashes that were withdrawn.")
def command(to: str, rulebook_name: str | None, single: bool, days: int, withdrawn: str | None) -> None:
    """Write a rulebook as files that need no service: a page, the prompt for forms, and all that they answer by.

    Any web server can hold the FOLDER, and a form's own site too. Nothing that is typed or marked leaves the page.
    It must be empty, or hold only what this command wrote before.
    """
    need("rhrt rulebook build", "web", "rhrt.browser.build")
    from rhrt.browser.build import Copy, folder_of, single_of

    name = rulebook_name or DEFAULT
    rulebook = load_rulebook(name)
    copy = Copy(rulebook, dates.today(), days, _beside(withdrawn, single))
    if single:
        _write(to, single_of(copy))
        click.echo(f"{printable(to)} is written. Open it in a browser.")
    else:
        source = bundled_folder() / name if name in bundled() else Path(name)
        files = folder_of(copy, documents(gather(rulebook, source)))
        fill(Path(to), files)
        click.echo(f"{len(files)} files in {printable(to)}. Start at index.html, by way of a web server.")
    click.echo(copy.holds)


def _write(file: str, page: str) -> None:
    try:
        write_whole(Path(file), page.encode())
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it cannot be used"
        raise BadInput([Fault(file, f"This file cannot be written: {reason}.", "Name another file.")]) from None


def _beside(name: str | None, single: bool) -> str | None:
    """Refuse a list that is not beside the page: nothing else may be asked, and one file asks for nothing."""
    if single and name is not None:
        what = "One file asks for nothing, so it cannot be taken back."
        raise BadInput([Fault("--withdrawn", what, "Leave it out, or build a folder. Fewer --days may do.")])
    if name is None or (name and "/" not in name and ":" not in name and not name.startswith(".")):
        return name
    raise BadInput(
        [Fault("--withdrawn", f"'{name[:80]}' is no name beside the page.", "Write it as withdrawn.json.")]
    )

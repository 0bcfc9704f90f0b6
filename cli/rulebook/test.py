"""`rhrt rulebook test`: a rulebook's worked cases, and its properties on generated records."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click
from rhrt_cli.options import printable
from rhrt_cli.output import write

from rhrt.faults import BadInput, Fault
from rhrt.files import write_whole
from rhrt.present.terminal import wrap

if TYPE_CHECKING:
    from rhrt.testing.suite import Loaded, Result

UNITS = {
    "case": ("example", "examples"),
    "sign": ("sign", "signs"),
    "property": ("record", "records"),
    "session": ("session", "sessions"),
}
"""What is tried for each kind of check: one, and several."""


@click.command("test")
@click.argument("name", metavar="[ID|PATH]", required=False)
@click.option(
    "--examples",
    type=click.IntRange(1, 1_000_000),
    metavar="N",
    help="How many records to try for each property.",
)
@click.option(
    "--keep",
    "keeping",
    is_flag=True,
    help="Keep what each worked case is told now, and compare with it from now on.",
)
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.pass_context
def command(ctx: click.Context, name: str | None, examples: int | None, keeping: bool, form: str) -> None:
    """Try a rulebook's worked cases, and what must be true of every answer on generated records.

    The same records are tried at every run. Where something is not so, the smallest record found for it is shown,
    and the exit code is 1.
    """
    if find_spec("hypothesis") is None:
        what = "This needs hypothesis, which makes the records to try, and it is not installed."
        remedy = "Install rhrt with its extra 'testing', or: pip install 'hypothesis>=6.100,<7'"
        raise BadInput([Fault("rhrt rulebook test", what, remedy)])
    gc.enable()  # `rhrt` turns it off, for commands that live for a moment
    with TemporaryDirectory(prefix="rhrt-") as kept:
        os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", kept)  # or it would leave a folder behind, here
        from rhrt.testing.suite import load

        loaded = load(name)
        if keeping:
            _keep(loaded)
            return
        results = _results(loaded, examples)
        passed = _print_json(loaded, results) if form == "json" else _print_text(loaded, results, name)
    ctx.exit(0 if passed else 1)


def _keep(loaded: Loaded) -> None:
    """Write what each case and each sign is told now beside the cases, and say how many are told something else."""
    from rhrt.testing.kept import FILE, as_file, keep, of_example

    kept = keep(loaded.rulebook, loaded.examples)
    before = loaded.kept or {}
    changed = sum(of_example(before, one) != of_example(kept, one) for one in loaded.examples)
    path = loaded.cases / FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, as_file(kept).encode())
    except OSError as error:
        what = f"What was kept cannot be written: {error.strerror}. Nothing was changed."
        raise BadInput([Fault(str(path), what, "See that you may write to it and to its folder.")]) from None
    click.echo(f"Kept in {path}: {len(loaded.examples)} examples, of which {changed} changed.")


def _results(loaded: Loaded, examples: int | None) -> Iterator[Result]:
    from rhrt.testing.suite import EXAMPLES, checks

    return (one.run(examples or EXAMPLES) for one in checks(loaded))


def _print_json(loaded: Loaded, results: Iterable[Result]) -> bool:
    tried = [result._asdict() for result in results]
    passed = all(result["failure"] is None for result in tried)
    rulebook = loaded.rulebook
    about = {"rulebook": rulebook.id, "edition": rulebook.edition, "rulebook_sha256": rulebook.sha256}
    whole = {**about, "passed": passed, "results": tried}
    write(json.dumps(whole, ensure_ascii=False, indent=2) + "\n", "json")
    return passed


def _print_text(loaded: Loaded, results: Iterator[Result], name: str | None) -> bool:
    """Print a line for all worked cases, and one for each property as soon as it was tried."""
    from rhrt.testing.suite import explained

    rulebook, cases = loaded.rulebook, len(loaded.examples)
    click.echo(f"{rulebook.title}, {rulebook.area}, edition {rulebook.edition}")
    failures = [result for result in (next(results) for _ in range(cases)) if result.failure]
    said = "The worked cases give what they say." if cases else "There are no worked cases yet."
    _print_line("case", cases, said, not failures)
    for failure in failures:
        _print_indented([failure.name, *explained(failure, name)])
    for result in results:
        _print_line(result.kind, result.tried, result.sentence, result.failure is None)
        if result.failure is not None:
            failures.append(result)
            _print_indented(explained(result, name))
    click.echo(f"\n{len(failures)} failed." if failures else "\nAll of it holds.")
    return not failures


def _print_line(kind: str, tried: int, sentence: str, passed: bool) -> None:
    counted = f"{tried} {UNITS[kind][tried != 1]}"
    lead = f"{'ok' if passed else 'FAILED':<7} {counted:>13}  "
    lines = wrap(sentence, lead)
    click.echo("\n".join(click.style(line, bold=not passed) for line in lines))


def _print_indented(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(f"    {printable(line)}".rstrip())

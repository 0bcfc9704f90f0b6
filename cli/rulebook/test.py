"""`rhrt rulebook test`: a rulebook's worked cases, and its properties on generated records."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click
from rhrt_cli.options import printable
from rhrt_cli.output import as_json, write

from rhrt.faults import BadInput, Fault
from rhrt.files import make_folder, write_whole
from rhrt.present.terminal import wrap
from rhrt.steward.kept import FILE, Kept, as_file, is_kept, keep, of_example, read_kept

if TYPE_CHECKING:
    from rhrt.testing.suite import Amiss, Loaded, Result

UNITS = {
    "case": ("example", "examples"),
    "words": ("text", "texts"),
    "sign": ("sign", "signs"),
    "property": ("record", "records"),
    "session": ("session", "sessions"),
}
"""What is tried for each kind of check: one, and several."""


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
        from rhrt.testing.suite import EXAMPLES, checks, load

        loaded = load(name, with_kept=not keeping)
        if keeping:
            passed = _keep(loaded)
        else:
            results = (one.run(examples or EXAMPLES) for one in checks(loaded))
            passed = _print_json(loaded, results) if form == "json" else _print_text(loaded, results, name)
    ctx.exit(0 if passed else 1)


def _keep(loaded: Loaded) -> bool:
    """Write what each case and each sign is told now beside the cases, unless a case does not give what it says."""
    from rhrt.testing.suite import as_expected

    if failures := as_expected(loaded):
        _print_wrapped(_folded(failures))
        cases = f"{len(failures)} of {len(loaded.examples)} {UNITS['case'][len(loaded.examples) != 1]}"
        click.echo(f"\nNothing was kept: {cases} did not give what they say. Put that right first.")
        return False
    kept, before = keep(loaded.rulebook, loaded.examples), _before(loaded)
    named = [(one.file, one.title) for one in loaded.examples]
    changed = sum(before is None or of_example(before, *one) != of_example(kept, *one) for one in named)
    words = sum(said != (before.words.get(name) if before else None) for name, said in kept.words.items())
    path = loaded.cases / FILE
    _refuse_what_is_not_kept(path)
    try:
        make_folder(path.parent)
        write_whole(path, as_file(kept).encode())
    except OSError as error:
        what = f"What was kept cannot be written: {error.strerror}. Nothing was changed."
        raise BadInput([Fault(str(path), what, "See that you may write to it and to its folder.")]) from None
    texts = f"{len(kept.words)} texts, of which {words} changed"
    click.echo(f"Kept in {path}: {len(named)} examples, of which {changed} changed; {texts}.")
    return True


def _refuse_what_is_not_kept(path: Path) -> None:
    """Raise BadInput where something stands in a file's place that is not such a file: it is not written over."""
    if not is_kept(path):
        what = "This was not written by rhrt rulebook test --keep, so nothing was kept."
        raise BadInput([Fault(str(path), what, "Move it elsewhere, and try again.")])


def _before(loaded: Loaded) -> Kept | None:
    """Give what was kept before; nothing, where it cannot be read, which is no reason not to keep it anew."""
    try:
        return read_kept(loaded.cases)
    except BadInput:
        return None


def _print_json(loaded: Loaded, results: Iterable[Result]) -> bool:
    tried = [{**result._asdict(), "differs": [one._asdict() for one in result.differs]} for result in results]
    passed = all(result["failure"] is None for result in tried)
    rulebook = loaded.rulebook
    about = {"rulebook": rulebook.id, "edition": rulebook.edition, "rulebook_sha256": rulebook.sha256}
    write(as_json({**about, "passed": passed, "results": tried}), "json")
    return passed


def _print_text(loaded: Loaded, results: Iterator[Result], name: str | None) -> bool:
    """Print a line for all worked cases, and one for each property as soon as it was tried."""
    from rhrt.testing.suite import explained

    rulebook, cases = loaded.rulebook, len(loaded.examples)
    click.echo(f"{rulebook.title}, {rulebook.area}, edition {rulebook.edition}")
    of_cases = [next(results) for _ in range(cases)]
    of_kept = [next(results) for _ in range(loaded.kept_checks)]
    said = "The worked cases give what they say." if cases else "There are no worked cases yet."
    _print_line("case", cases, said, not any(result.failure for result in of_cases))
    for result in of_kept:
        _print_line(result.kind, result.tried, result.sentence, result.failure is None)
    failures = [result for result in (*of_cases, *of_kept) if result.failure]
    _print_wrapped(_folded(failures))
    for result in results:
        _print_line(result.kind, result.tried, result.sentence, result.failure is None)
        if result.failure is not None:
            failures.append(result)
            for line in explained(result, name):
                click.echo(f"    {printable(line)}".rstrip())
    click.echo(f"\n{len(failures)} failed." if failures else "\nAll of it holds.")
    return not failures


def _folded(failures: Iterable[Result]) -> Iterator[str]:
    """Say first why there is no answer, then, case by case, where it is another; then each other cause once.

    With each cause is said where it shows.
    """
    from rhrt.testing.suite import KEEP

    differing = [one for result in failures for one in result.differs]
    yield from _causes(one for one in differing if one.weight == "none")
    decides = [(name, one.what) for one in differing if one.weight == "decides" for name in (*one.of, *one.alone)]
    for name in dict.fromkeys(name for name, _ in decides):
        yield from (name, *(what for own, what in decides if own == name))
    for weight in ("expected", "kept"):
        yield from _causes(one for one in differing if one.weight == weight)
    if any(one.weight == "kept" for one in differing):
        yield KEEP


def _causes(differing: Iterable[Amiss]) -> Iterator[str]:
    """Say each cause once, with in how many examples and of how many signs alone it shows."""
    causes: dict[str, Amiss] = {}
    for one in differing:
        before = causes.get(one.what, one._replace(of=(), alone=()))
        causes[one.what] = one._replace(of=(*before.of, *one.of), alone=(*before.alone, *one.alone))
    for one in causes.values():
        yield from (one.what, f"    In {one.where}.")


def _print_line(kind: str, tried: int, sentence: str, passed: bool) -> None:
    counted = f"{tried} {UNITS[kind][tried != 1]}"
    lead = f"{'ok' if passed else 'FAILED':<7} {counted:>13}  "
    lines = wrap(sentence, lead)
    click.echo("\n".join(click.style(line, bold=not passed) for line in lines))


def _print_wrapped(lines: Iterable[str]) -> None:
    for line in lines:
        lead = " " * (4 + len(line) - len(line.lstrip()))
        click.echo("\n".join(wrap(printable(line.strip()), lead)))

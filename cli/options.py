"""What several commands share: names of files and rulebooks, completing them in the shell, safe or bold text."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from rhrt_cli.output import say

from rhrt.faults import BadInput, Fault
from rhrt.files import is_folder, read_bytes, read_standard_input_bytes
from rhrt.rulebook.load import bundled, load_rulebook
from rhrt.rulebook.model import Rulebook

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]

F = TypeVar("F", bound=Callable[..., Any])


class FileName(click.Path):
    """The name of a file, taken as it is: whoever reads the file says what is wrong with it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ARG002
        """Give the name unchanged."""
        return value


def need(command: str, extra: str, *modules: str) -> None:
    """Raise BadInput where a command needs modules of an extra that is not installed."""
    try:
        for module in modules:
            import_module(module)
    except ModuleNotFoundError as missing:
        what, remedy = f"This needs {missing.name}, which is not here.", f"Install it: pip install 'rhrt[{extra}]'."
        raise BadInput([Fault(command, what, remedy)]) from None


def printable(text: str) -> str:
    """Write what a terminal would obey or cannot show, such as a line break or half a character, as an escape."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


def emphasis(text: str, emergency: bool) -> str:
    """Bold, and red for an emergency; click leaves both out where the output is not a terminal."""
    return click.style(text, bold=True, fg="red" if emergency else None)


def rulebook_option(command: F) -> F:
    """Add `--rulebook ID|PATH`."""
    return click.option(
        "--rulebook",
        "rulebook_name",
        metavar="ID|PATH",
        help="The rulebook to use: the id of one that comes with rhrt, or a folder.",
        shell_complete=lambda _ctx, _param, start: [id_ for id_ in bundled() if id_.startswith(start)],
    )(command)


def again() -> str:
    """Give what a command that is suggested needs to use the rulebook of the command that runs."""
    name = click.get_current_context().params.get("rulebook_name")
    return f" --rulebook {printable(shlex.quote(name))}" if name else ""


def in_use(rulebook: Rulebook) -> Rulebook:
    """Note the rulebook that a command uses: should the command fail, this one says whom to ring."""
    used = click.get_current_context().obj
    if isinstance(used, list):
        used.append(rulebook)
    return rulebook


def completing(values: Callable[[Rulebook], Iterable[tuple[str, str]]]) -> Completer:
    """Give what completes a word in the shell: with what a rulebook knows, each value with its words beside it."""

    def complete(ctx: click.Context, _param: click.Parameter, start: str) -> list[CompletionItem]:
        """Complete a word with the rulebook that the command line names, or the default."""
        from click.shell_completion import CompletionItem  # only a shell asks for this

        try:
            rulebook = load_rulebook(ctx.params.get("rulebook_name"))
        except BadInput:
            return []
        known = ((value, words[:60] or None) for value, words in values(rulebook) if value.startswith(start))
        return [CompletionItem(value, help=words) for value, words in known]

    return complete


def indicator_ids(rulebook: Rulebook) -> Iterable[tuple[str, str]]:
    """Give the id of each indicator, with its wording."""
    return ((indicator.id, indicator.wording) for indicator in rulebook.indicators)


def content_of(file: str) -> tuple[str, bytes]:
    """Read a file, or standard input for -. Give the name to call it by, and what it holds."""
    if file == "-":
        return "standard input", standard_input()
    return file, read_bytes(Path(file), pipes=True)


def standard_input() -> bytes:
    """Read standard input. Whoever types it is told how to end it."""
    if sys.stdin.isatty():
        say("Type here. To end: Enter, then Ctrl-D.")
    return read_standard_input_bytes()


def folder_of(name: str, missing: Fault) -> Path:
    """Give a folder that is there. Raises BadInput with `missing` where there is none of that name."""
    if name and is_folder(Path(name)):
        return Path(name)
    raise BadInput([missing])

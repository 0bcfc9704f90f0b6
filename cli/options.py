"""What several commands share: choosing a rulebook, completing ids in the shell, and safe or bold text."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from rhrt.faults import BadInput
from rhrt.rulebook.load import bundled, load_rulebook
from rhrt.rulebook.model import FOLLOW_UP_ANSWERS, Rulebook

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

F = TypeVar("F", bound=Callable[..., Any])


class FileName(click.Path):
    """The name of a file, taken as it is: whoever reads the file says what is wrong with it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ARG002
        """Give the name unchanged."""
        return value


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


def chosen_rulebook(ctx: click.Context) -> Rulebook:
    """Load the rulebook that a command line names, or the default."""
    return load_rulebook(ctx.params.get("rulebook_name"))


def complete_indicator(ctx: click.Context, _param: click.Parameter, start: str) -> list[CompletionItem]:
    """Complete the id of an indicator, with its wording beside it."""
    from click.shell_completion import CompletionItem  # only a shell asks for this

    try:
        rulebook = chosen_rulebook(ctx)
    except BadInput:
        return []
    matching = (indicator for indicator in rulebook.indicators if indicator.id.startswith(start))
    return [CompletionItem(indicator.id, help=indicator.wording[:60]) for indicator in matching]


def complete_situation(ctx: click.Context, _param: click.Parameter, start: str) -> list[str]:
    """Complete `question=answer`."""
    try:
        rulebook = chosen_rulebook(ctx)
    except BadInput:
        return []
    pairs = (f"{field.id}={value}" for field in rulebook.situation for value in field.values)
    return [pair for pair in pairs if pair.startswith(start)]


def complete_follow_up(ctx: click.Context, _param: click.Parameter, start: str) -> list[CompletionItem]:
    """Complete `id=answer` of a follow-up question, with the question beside it."""
    from click.shell_completion import CompletionItem  # only a shell asks for this

    try:
        asked = chosen_rulebook(ctx).follow_up
    except BadInput:
        return []
    pairs = ((f"{id_}={answer}", one.text) for id_, one in asked.items() for answer in FOLLOW_UP_ANSWERS)
    return [CompletionItem(pair, help=text[:60]) for pair, text in pairs if pair.startswith(start)]

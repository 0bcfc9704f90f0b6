"""A group of commands, each made of a file of its own that is imported only when the command is called."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from rhrt.faults import BadInput, Fault, nearest


class Command(click.Command):
    """A command. Raises BadInput for an option given twice where one alone counts: click would take the last."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words of the command line."""
        words = list(args)  # click takes them out of the list that it is given
        rest = super().parse_args(ctx, args)
        if not ctx.resilient_parsing:  # a shell that completes a word
            _refuse_twice(self.make_parser(ctx).parse_args(words)[2])
        return rest


def _refuse_twice(given: list[click.Parameter]) -> None:
    once = [one for one in given if isinstance(one, click.Option) and not (one.multiple or one.is_flag)]
    twice = [one for one in dict.fromkeys(once) if once.count(one) > 1]
    if twice:
        raise BadInput([Fault(one.opts[-1], "This is given twice.", "Keep one of the two.") for one in twice])


class Commands(click.Group):
    """Commands by name with what each does. The file of a command has its name, and its function `command`."""

    command_class = Command

    def __init__(self, *args: Any, package: str, listed: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.package, self.listed = package, listed

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Give the commands in the order in which a newcomer meets them."""
        return list(self.listed)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name in self.listed and cmd_name not in self.commands:
            found = import_module(f"{self.package}.{cmd_name}").command
            self.add_command(found if isinstance(found, click.Group) else self.command(cmd_name)(found))
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which there are."""
        if args[0] not in self.listed and not args[0].startswith("-"):
            remedy = nearest(args[0], self.listed) or f"Write one of: {', '.join(self.listed)}."
            ctx.fail(f"There is no command '{args[0][:80]}'. {remedy}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.listed.items()))

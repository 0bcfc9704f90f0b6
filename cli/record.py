"""`rhrt record`: start a record."""

from importlib.resources import files
from string import Template

import click
from rhrt_cli.commands import Command
from rhrt_cli.options import again, rulebook_option
from rhrt_cli.output import write

from rhrt.rulebook.kinds import FOLLOW_UP_ANSWERS
from rhrt.rulebook.load import load_rulebook
from rhrt.rulebook.model import Rulebook, SituationField


@click.group("record")
def command() -> None:
    """Start a record."""


@command.command("new", cls=Command)
@rulebook_option
def new(rulebook_name: str | None) -> None:
    """Print a new record with notes, to keep in a file and fill in.

    For example: rhrt record new > record.yaml
    """
    write(_filled(load_rulebook(rulebook_name)), "yaml")


def _filled(rulebook: Rulebook) -> str:
    template = Template(files("rhrt_cli").joinpath("record.yaml").read_text(encoding="utf-8"))
    return template.substitute(
        again=again(),
        rulebook=rulebook.id,
        bands=", ".join(band.id for band in rulebook.age_bands),
        circumstances="".join(f"#   {one.id}\n" for one in rulebook.circumstances),
        situation="".join(map(_question, rulebook.situation)),
        answers=f"{', '.join(FOLLOW_UP_ANSWERS[:-1])} or {FOLLOW_UP_ANSWERS[-1]}",
        levels=", ".join(f"{level.level} {level.name}" for level in rulebook.levels),
    )


def _question(field: SituationField) -> str:
    return f"  # {field.question}\n  # One of: {', '.join(field.values)}\n  {field.id}: {field.values[0]}\n"

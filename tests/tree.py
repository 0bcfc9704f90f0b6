"""Every command of rhrt in every form that it writes, as words of a command line, found by walking the commands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import click
from rhrt_cli.main import main

from rhrt import Record, assess, load_rulebook
from rhrt.steward.write.start import Start, write_new
from tests.checks.edits import BASE
from tests.steward import change

SIGN = ["--present", "persistent-absence"]
WORDS = {
    "assess": [*SIGN, "--more", "--trace"],
    "find": ["family at risk of losing their home"],
    "govuk": ["styles"],
    "picture": SIGN,
    "replay": ["answer.json"],
    "rulebook add": ["indicator", "mine", "--level", "2", "--heading", "health", "--id", "frequent-headaches",
                     "--wording", "Frequent “headaches” – often", *(f"--also=head hurts {n}" for n in "abcd")],
    "rulebook build": ["site", "--rulebook", "dale"],
    "rulebook check": ["dale"],
    "rulebook compare": ["dale", "mine"],
    "rulebook coverage": ["dale"],
    "rulebook new": ["new"],
    "rulebook prove": ["dale"],
    "rulebook render": ["dale", "pages"],
    "rulebook show": ["dale"],
    "rulebook test": ["dale", "--examples", "1"],
    "schema": ["record"],
    "serve": ["--port", "0"],
    "show": ["persistent-absence"],
    "spot": ["told.txt"],
}  # fmt: skip
"""What each command that needs words is given, in a folder that `lay_out` has filled."""

COMPLETED = {
    "_RHRT_COMPLETE": "bash_complete",
    "COMP_WORDS": "rhrt show persistent",
    "COMP_CWORD": "2",
}
"""What a shell sets where somebody asks it to complete a word."""


def commands(group: click.Group = main, names: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Give every command by the words that call it, groups too."""
    yield " ".join(names), group
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        assert command is not None, name
        if isinstance(command, click.Group):
            yield from commands(command, (*names, name))
        else:
            yield " ".join((*names, name)), command


def calls() -> dict[str, list[str]]:
    """Give the words that call each command in each form, and those that ask for its help, by what they are."""
    called = {"--version": ["--version"]}
    for name, command in commands():
        called[f"{name} --help".strip()] = [*name.split(), "--help"]
        if not isinstance(command, click.Group):
            words = [*name.split(), *WORDS.get(name, [])]
            called |= {f"{name}, {form}": [*words, "--format", form] for form in _forms(command)} or {name: words}
    return called


def lay_out(folder: Path) -> Path:
    """Give the folder, with what the words of the commands name, and signs in it that not every encoding has."""
    folder.mkdir(exist_ok=True)
    copytree(BASE, folder / "dale")
    change(folder / "dale" / "rulebook.yaml", "title: Help in Time", "title: “Help” – in Tŷ’s Time")
    write_new(folder / "mine", Start("mine", "Thresholds", "The Shire", 4))
    (folder / "told.txt").write_text("They “may” lose their home – and mum’s drinking.\n", encoding="utf-8")
    record = Record.model_validate({"indicators": {"present": ["persistent-absence"]}})
    answer = assess(record, load_rulebook()).model_dump(mode="json")
    (folder / "answer.json").write_text(json.dumps(answer), encoding="utf-8")
    return folder


def _forms(command: click.Command) -> list[str]:
    """Give each form that a command can write, as its option says."""
    options = [one.type for one in command.params if "--format" in one.opts]
    return [str(form) for one in options if isinstance(one, click.Choice) for form in one.choices]

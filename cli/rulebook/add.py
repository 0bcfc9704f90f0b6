"""`rhrt rulebook add`: add an indicator to a rulebook."""

import sys
from collections.abc import Mapping
from pathlib import Path

import click
from rhrt_cli.asking import STOPPED, ask, in_a_terminal, say
from rhrt_cli.options import FileName, folder_of, printable

from rhrt.faults import BadInput, Fault
from rhrt.present.terminal import wrap
from rhrt.rulebook.model import WrittenIndicator
from rhrt.rulebook.references import FEWEST_ALSO
from rhrt.steward.write.add import Draft, addition, as_yaml, make

QUESTIONS = {
    "level": "Which level is it at?",
    "file": "Which file does it belong to?",
    "heading": "Under which heading is it printed?",
    "basis": "Why does it stand at this level?",
    "wording": "Its wording, exactly as printed",
    "id": "A short id, which never changes",
    "also": f"How do people say it? {FEWEST_ALSO} ways or more, one at a time. Enter alone: that is all.",
    "n": "Its number in the framework (Enter alone: none)",
    "page": "The page it is printed on (Enter alone: none)",
}
"""Each question in the order in which it is asked; the command line has an option of the same name."""


@click.argument("what", type=click.Choice(["indicator"]))
@click.argument("folder", default=".", type=FileName())
@click.option("--level", metavar="N", help="The level that it is at.")
@click.option("--file", metavar="NAME", help="The file of indicators, where the level alone does not say it.")
@click.option("--heading", metavar="ID", help="The heading under which it is printed.")
@click.option("--basis", metavar="ID", help="Why it stands at its level, where others of the level have a basis.")
@click.option("--wording", metavar="WORDS", help="Its wording, exactly as printed.")
@click.option("--id", metavar="ID", help="A short id that never changes, such as frequent-headaches.")
@click.option("--also", metavar="WORDS", multiple=True, help=f"A way of saying it. Give {FEWEST_ALSO} or more.")
@click.option("--n", metavar="N", help="Its number in the framework, where it has one.")
@click.option("--page", metavar="N", help="The page on which it is printed.")
def command(what: str, folder: str, also: tuple[str, ...], **given: str | None) -> None:  # noqa: ARG001
    """Add an indicator to the rulebook in FOLDER, or in the folder you are in.

    In a terminal you are asked for what you do not say. Every other line of the file stays as it is, and nothing is
    written unless the rulebook is then still whole.
    """
    missing = Fault(folder[:200] or "FOLDER", "There is no such folder.", "Name the folder of a rulebook.")
    draft = Draft(folder_of(folder, missing))  # the id of a rulebook will not do
    answers = {name: also if name == "also" else (given[name],) for name in QUESTIONS}
    said = {name: tuple(one for one in words if one is not None) for name, words in answers.items()}
    try:
        asked = _ask_the_rest(draft, said) if in_a_terminal() else _refuse_gaps(draft, said)
        entry = draft.written()
        change = addition(Path(folder), draft.file_name, entry)
        click.echo(f"\nIn {printable(str(change.path))}:\n\n{as_yaml(entry)}")
        if asked:
            click.confirm("Write it?", default=True, abort=True)
    except click.Abort:
        click.echo(f"\n{STOPPED}", err=True)
        sys.exit(1)
    make(change)
    click.echo("\n".join(wrap(f"Written. {_left_to_do(draft, entry)}")))


def _refuse_gaps(draft: Draft, said: Mapping[str, tuple[str, ...]]) -> bool:
    """Take what the command line says. Raises BadInput with all that is wrong or missing. Nothing is asked."""
    faults: list[Fault] = []
    for name, answers in said.items():
        before = len(faults)
        for answer in answers:
            try:
                draft.take(name, answer)
            except BadInput as bad:
                faults += bad.faults
        if len(faults) == before and draft.needs(name):
            faults.append(_missing(draft, name))
    if faults:
        raise BadInput(faults)
    return False


def _missing(draft: Draft, name: str) -> Fault:
    """Say what is not given."""
    if name == "also" and draft.known.get("also"):
        what = f"There are fewer than {FEWEST_ALSO} ways of saying this."
        return Fault("--also", what, "Add how practitioners would say it, so that it is found.")
    values = ", ".join(value for value, _ in draft.choices(name))
    example = f", such as {draft.suggestion(name)}" if draft.suggestion(name) else ""
    remedy = f"Write one of: {values}." if values else f"Write --{name} and its words{example}."
    if name == "also":
        remedy = f"Write --also and a way of saying it, {FEWEST_ALSO} times or more."
    return Fault(f"--{name}", "This is missing.", remedy)


def _ask_the_rest(draft: Draft, said: Mapping[str, tuple[str, ...]]) -> bool:
    """Take what the command line says, ask for the rest, and say whether anything was asked."""
    asked = False
    for name, answers in said.items():
        try:
            for answer in answers:
                draft.take(name, answer)
        except BadInput as bad:
            say(bad)
            draft.forget(name)
        optional = name in ("n", "page") and name not in draft.known and draft.has(name)
        if draft.needs(name) or optional:
            asked = True
            _ask(draft, name, optional)
    return asked


def _ask(draft: Draft, name: str, optional: bool) -> None:
    """Ask one question until it is answered."""

    def read(line: str) -> bool:
        """Take an answer, and say whether there was one: Enter alone is none where that will do."""
        if line or not (optional or name == "also"):
            draft.take(name, line)
        return bool(line)

    if name != "also":
        ask(QUESTIONS[name], read, draft.suggestion(name), draft.choices(name))
        return
    click.echo(QUESTIONS[name])
    more = True
    while more or draft.needs(name):
        more = ask(f"Way {len(draft.known.get('also', ())) + 1}", read)
        if not more and draft.needs(name):
            click.echo(f"Give {FEWEST_ALSO} ways or more, so that it is found.")


def _left_to_do(draft: Draft, entry: WrittenIndicator) -> str:
    """Say what else the rulebook may need."""
    alike = {one.id for one in draft.rulebook.indicators if entry.basis and one.basis == entry.basis}
    lists = ", ".join(one.id for one in draft.rulebook.safety if alike & set(one.indicators))
    also = f" In safety.yaml add it to what names its like: {lists}." if lists else ""
    spoken = ", ".join(one.id for one in draft.rulebook.safety if entry.basis and one.basis == entry.basis)
    also += f" In safety.yaml it is spoken of, by its basis, in: {spoken}." if spoken else ""
    return f"Put it on a ladder if the same concern stands at another level, and write a worked case for it.{also}"

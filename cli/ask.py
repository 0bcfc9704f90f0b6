"""`rhrt ask`: a guided interview."""

import sys
from pathlib import Path
from typing import Any

import click
import yaml
from rhrt_cli.asking import Asker, asker, say
from rhrt_cli.options import FileName, again, emphasis, in_use, printable, rulebook_option

from rhrt.faults import BadInput, Fault
from rhrt.files import target_of, write_whole
from rhrt.interview.questions import Choice, Question, Reply
from rhrt.interview.session import Session
from rhrt.present.outline import outline
from rhrt.present.terminal import as_text, wrap
from rhrt.reasoning.assess import assess
from rhrt.record import CheckedRecord
from rhrt.rulebook import dates
from rhrt.rulebook.load import load_rulebook
from rhrt.suggestion import Suggestion

WELCOME = (
    "A few questions, then a suggestion. You decide, with your safeguarding lead. "
    "Type no names or addresses. Nothing is kept unless you say so. To stop: Ctrl-C."
)
STOPPED = "Stopped. Nothing was kept."
STOPPED_FOR_NOW = "Stopped here. Nothing was kept. When the child is safe, you can start again: rhrt ask"

_NAME = Question(
    "file",
    "What should the file be called?",
    "For example: record.yaml. Do not use the child's name.",
    skip="do not save",
)
_YES_OR_NO = (Choice("no", "No, choose another name"), Choice("yes", "Yes, replace it"))


@rulebook_option
@click.option("--commit-first", is_flag=True, help="Also ask your own level, before the suggestion is shown.")
@click.option("--plain", is_flag=True, help="Plain numbered lines: for screen readers, and for a pipe.")
@click.option("--save", metavar="FILE", type=FileName(), help="Save the record in this file at the end.")
def command(rulebook_name: str | None, commit_first: bool, plain: bool, save: str | None) -> None:
    """Answer questions, danger first, and get a suggestion.

    Find concerns in your own words or from a list, check your answers, and save the record if you like.
    Needs no file. The words you type to find a concern are used and forgotten.
    """
    _refuse_what_cannot_be_kept(save)
    try:
        rulebook = in_use(load_rulebook(rulebook_name))
        session = Session(rulebook, commit_first)
        click.echo("\n".join(wrap(WELCOME)))
        _interview(session, asker(plain), save)
    except (KeyboardInterrupt, EOFError) as stop:
        click.echo(f"\n{STOPPED}", err=True)
        sys.exit(130 if isinstance(stop, KeyboardInterrupt) else 1)


def _interview(session: Session, asking: Asker, save: str | None) -> None:
    while question := session.question():
        answer = asking.put(question)
        try:
            session = session.answer(*answer.chosen, typed=answer.typed)
        except BadInput as bad:
            say(bad)
    if session.stopped:
        click.echo(f"\n{STOPPED_FOR_NOW}{again()}")
        return
    suggestion = assess(session.record, session.rulebook)
    asking.show(as_text(outline(suggestion, today=dates.today()), emphasis))
    if save is None:
        _end(suggestion, asking)
    else:
        _save(suggestion.record, asking, save)


def _end(suggestion: Suggestion, asking: Asker) -> None:
    """Offer what is held back, and to save the record."""
    held_back = ", ".join(outline(suggestion).held_back)
    finish, more = Choice("finish", "Finish, and keep nothing"), Choice("more", f"Show more: {held_back}")
    choices = (finish, Choice("save", "Save the record in a file"), *((more,) if held_back else ()))
    chosen = asking.put(Question("end", "What now?", "", choices))
    if chosen == Reply(("more",)):
        asking.show(as_text(outline(suggestion, more=True, today=dates.today()), emphasis))
        chosen = asking.put(Question("end", "What now?", "", choices[:2]))
    if chosen == Reply(("save",)):
        _save(suggestion.record, asking)
    else:
        click.echo("\nNothing was kept.")


def _refuse_what_cannot_be_kept(save: str | None) -> None:
    """Say before the first question, not after the last, that a file cannot be kept there."""
    if save is None:
        return
    try:
        target_of(Path(save))
    except (OSError, ValueError) as error:
        what = f"'{printable(save[:80])}' cannot be written: {getattr(error, 'strerror', None) or 'it is no name'}."
        raise BadInput([Fault("--save", what, "Name a file in a folder that is there.")]) from None


def _save(record: CheckedRecord, asking: Asker, name: str = "") -> None:
    """Write a record to a file; ask for its name where there is none, and before replacing another file."""
    while chosen := name or asking.put(_NAME).typed:
        name = ""
        try:
            if Path(chosen).exists() and not _may_replace(chosen, asking):
                continue
            write_whole(Path(chosen), _as_yaml(record).encode(), private=True)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            _tell(f"{printable(chosen)} cannot be written: {printable(reason)}. Choose another name.")
        else:
            then = f"rhrt assess {printable(chosen)}{again()}"
            _tell(f"Saved in {printable(chosen)}. To see the suggestion again: {then}")
            return
    _tell("Nothing was kept.")


def _as_yaml(record: CheckedRecord) -> str:
    """Write a record as YAML, as `rhrt assess` reads it."""
    document: dict[str, Any] = record.document()
    if document["judgement"] is None:
        del document["judgement"]
    document["indicators"] = {mark: list(ids) for mark, ids in document["indicators"].items()}
    document["circumstances"] = list(document["circumstances"])
    text: str = yaml.safe_dump(document, sort_keys=False, allow_unicode=True)
    return "# A record for rhrt. Write no names, addresses or stories here.\n" + text


def _may_replace(name: str, asking: Asker) -> bool:
    words = f"There is already a file {printable(name)}. Replace it?"
    return asking.put(Question("replace", words, "", _YES_OR_NO)) == Reply(("yes",))


def _tell(text: str) -> None:
    click.echo("\n".join(["", *wrap(text)]))

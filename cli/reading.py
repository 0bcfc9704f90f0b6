"""How a command takes a record: from a file, from standard input, and from options, which add to it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click
from rhrt_cli.options import FileName, completing, in_use, indicator_ids, rulebook_option, standard_input

from rhrt.faults import BadInput, Fault
from rhrt.files import Location, Value
from rhrt.reasoning.assess import assess
from rhrt.record import Record, check
from rhrt.rulebook.kinds import FOLLOW_UP_ANSWERS
from rhrt.rulebook.load import load_for_record, load_rulebook
from rhrt.rulebook.model import Rulebook
from rhrt.shape import Where, json_path
from rhrt.suggestion import Suggestion

F = TypeVar("F", bound=Callable[..., Any])

Answers = dict[tuple[str, str], Value]
"""Single answers, by where they stand in a record."""

OPTIONS = {"situation": "--situation", "follow_ups": "--follow-up"}
"""The option for each part of a record that holds answers to questions."""


class Given(NamedTuple):
    """What a command line says of a record, as `record_options` names it."""

    record: str | None
    present: tuple[str, ...]
    situation: tuple[str, ...]
    follow_up: tuple[str, ...]
    judgement: int | None
    because: str | None
    rulebook_name: str | None


def record_options(command: F) -> F:
    """Add the argument RECORD and the options that add to it."""
    options = (
        click.argument("record", required=False, metavar="[RECORD|-]", type=FileName()),
        click.option(
            "--present",
            multiple=True,
            metavar="ID",
            shell_complete=completing(indicator_ids),
            help="An indicator that is present. Can be given again.",
        ),
        click.option(
            "--situation",
            multiple=True,
            metavar="QUESTION=ANSWER",
            shell_complete=completing(
                lambda rulebook: ((f"{one.id}={it}", "") for one in rulebook.situation for it in one.values)
            ),
            help="An answer about the situation. Can be given again, for another question.",
        ),
        click.option(
            "--follow-up",
            multiple=True,
            metavar="ID=ANSWER",
            shell_complete=completing(
                lambda rulebook: (
                    (f"{id_}={it}", one.text) for id_, one in rulebook.follow_up.items() for it in FOLLOW_UP_ANSWERS
                )
            ),
            help="An answer to a follow-up question: yes, no or not-known. Can be given again, for another.",
        ),
        click.option("--judgement", type=int, metavar="LEVEL", help="The level that you would give yourself."),
        click.option("--because", metavar="CODE", help="Your reason for it, from the rulebook's list."),
        rulebook_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


def suggest(given: Given, own_level: Callable[[], int] | None = None) -> Suggestion:
    """Give the suggestion for a record; `own_level`, if any, asks the practitioner's where none is given."""
    written, of_file = _written(given.record)
    if own_level and given.judgement is None:
        given = given._replace(judgement=own_level())
    said = _said(given) if isinstance(written, dict) else {}
    where = _or_option(of_file, written, said)
    whole = Record.model_validate(_with_options(written, said, given.present), where)
    rulebook = rulebook_of(given.rulebook_name, whole.rulebook, where(("rulebook",)))
    checked = check(whole, rulebook, where)
    _refuse_another_answer(written, said, rulebook, of_file)
    return assess(checked, rulebook)


def rulebook_of(option: str | None, of_record: str | None, where: str) -> Rulebook:
    """Load the rulebook that `--rulebook` names, or else the one that a record names, at `where`."""
    return in_use(load_rulebook(option) if option is not None else load_for_record(of_record, where))


def _written(record: str | None) -> tuple[Value, Where]:
    if record is None:
        return {}, json_path
    from rhrt import parser  # a seventh of the start of a command that reads no file

    if record == "-":
        written = parser.parse("standard input", standard_input())
    else:
        written = parser.read(Path(record), pipes=True)
    return written.value, written.where


def _said(given: Given) -> Answers:
    """Read each single answer of a command line. Raises BadInput where a question has two: one would be hidden."""
    said: Answers = {("judgement", "level"): given.judgement, ("judgement", "reason"): given.because}
    for part, form, pairs in (
        ("situation", "QUESTION=ANSWER", given.situation),
        ("follow_ups", "ID=ANSWER", given.follow_up),
    ):
        option = OPTIONS[part]
        for pair in pairs:
            question, _, answer = pair.partition("=")
            if not (question and answer):
                remedy = f"Write it as {option} {form}."
                raise BadInput([Fault(option, f"'{pair[:80]}' is not a question and an answer.", remedy)])
            if (part, question) in said:
                raise BadInput([Fault(option, f"'{question[:80]}' is answered twice.", "Keep one of the two.")])
            said[part, question] = answer
    return {place: value for place, value in said.items() if value is not None}


def _with_options(written: Value, said: Answers, present: tuple[str, ...]) -> Value:
    """Add what the command line says to what a file says; what is written wrongly stays, to be refused."""
    if not isinstance(written, dict):
        return written
    whole = dict(written)
    for (part, name), value in said.items():
        before = _part(whole, part, {})
        whole[part] = {**before, name: value} if isinstance(before, dict) else before
    marks = _part(whole, "indicators", {})
    marked = _part(marks, "present", [])
    if present and isinstance(marks, dict) and isinstance(marked, list):
        whole["indicators"] = {**marks, "present": [*marked, *present]}
    return whole


def _part(value: Value, key: str, empty: Value = None) -> Value:
    """Give what is written, or what stands for nothing where the key is left out or left empty."""
    found = value.get(key) if isinstance(value, dict) else None
    return empty if found is None else found


def _or_option(where: Where, written: Value, said: Answers) -> Where:
    """Say of what an option added that it stands there, and of all else where it stands in the file."""
    marked = _part(_part(written, "indicators"), "present")
    in_file = len(marked) if isinstance(marked, list) else 0

    def place(location: Location) -> str:
        """Name the option behind a location, or its place in the file."""
        match location:
            case ("indicators", "present", int(index)) if index >= in_file:
                return "--present"
            case (("situation" | "follow_ups") as part, question) if (part, question) in said:
                return OPTIONS[part]
        return where(location)

    return place


def _refuse_another_answer(written: Value, said: Answers, rulebook: Rulebook, where: Where) -> None:
    """Raise BadInput where the command line answers otherwise than a file: neither may hide the other.

    What stands for no answer in a file, as in a new record, can be answered.
    """
    faults = []
    for (part, name), answer in said.items():
        before = _part(_part(written, part), name)
        if before not in (None, answer) and not (part == "situation" and before == rulebook.unasked[name]):
            what = f"The record says {name}: {str(before)[:80]}, and this command was told {answer}."
            faults.append(Fault(where((part, name)), what, "Keep one of the two."))
    if faults:
        raise BadInput(faults)

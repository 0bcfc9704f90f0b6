"""How a command takes a record: from a file, from standard input, and from options, which add to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click
from rhrt_cli.options import (
    FileName,
    complete_follow_up,
    complete_indicator,
    complete_situation,
    in_use,
    rulebook_option,
)

from rhrt.faults import BadInput, Fault
from rhrt.files import Location, Value, read, read_standard_input
from rhrt.reasoning.assess import assess
from rhrt.record import Record, check
from rhrt.rulebook.load import load_for_record, load_rulebook
from rhrt.rulebook.model import Rulebook
from rhrt.shape import Where, json_path
from rhrt.suggestion import Suggestion

F = TypeVar("F", bound=Callable[..., Any])


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
            shell_complete=complete_indicator,
            help="An indicator that is present. Can be given again.",
        ),
        click.option(
            "--situation",
            multiple=True,
            metavar="QUESTION=ANSWER",
            shell_complete=complete_situation,
            help="An answer about the situation. Can be given again, for another question.",
        ),
        click.option(
            "--follow-up",
            multiple=True,
            metavar="ID=ANSWER",
            shell_complete=complete_follow_up,
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
    where = _or_option(of_file, written, given)
    if own_level and given.judgement is None:
        given = given._replace(judgement=own_level())
    whole = Record.model_validate(_with_options(written, given), where)
    rulebook = (
        load_rulebook(given.rulebook_name)
        if given.rulebook_name is not None
        else load_for_record(whole.rulebook, where(("rulebook",)))
    )
    check(whole, in_use(rulebook), where)
    _refuse_another_answer(written, given, rulebook, of_file)
    return assess(whole, rulebook)


def _written(record: str | None) -> tuple[Value, Where]:
    if record is None:
        return {}, json_path
    written = read_standard_input() if record == "-" else read(Path(record), pipes=True)
    return written.value, written.where


def _with_options(written: Value, given: Given) -> Value:
    """Add what the command line says to what a file says."""
    said = given.present or given.situation or given.follow_up or given.judgement is not None or given.because
    if not said or not isinstance(written, dict):
        return written
    own = {
        key: value for key, value in (("level", given.judgement), ("reason", given.because)) if value is not None
    }
    if own:
        before_own = _given(written, "judgement", {})
        written = {**written, "judgement": {**before_own, **own} if isinstance(before_own, dict) else before_own}
    answers = _answers(given.situation, "--situation", "QUESTION=ANSWER")
    follow_ups = _answers(given.follow_up, "--follow-up", "ID=ANSWER")
    marks = _given(written, "indicators", {})
    marked = _given(marks, "present", []) if isinstance(marks, dict) else None
    if isinstance(marks, dict) and isinstance(marked, list):
        marks = {**marks, "present": [*marked, *given.present]}
    return {
        **written,
        "indicators": marks,
        "situation": _with_answers(_given(written, "situation", {}), answers),
        "follow_ups": _with_answers(_given(written, "follow_ups", {}), follow_ups),
    }


def _with_answers(before: Value, answers: dict[str, Value]) -> Value:
    """Add answers to those written; what is written wrongly stays, to be refused."""
    return {**before, **answers} if isinstance(before, dict) else before


def _given(written: dict[str, Value], key: str, empty: Value) -> Value:
    """Give what is written, or what stands for nothing where the key is left out or left empty."""
    value = written.get(key)
    return empty if value is None else value


def _or_option(where: Where, written: Value, given: Given) -> Where:
    """Say of what an option added that it stands there, and of all else where it stands in the file."""
    marks = written.get("indicators") if isinstance(written, dict) else None
    marked = marks.get("present") if isinstance(marks, dict) else None
    in_file = len(marked) if isinstance(marked, list) else 0
    questions = {pair.partition("=")[0] for pair in given.situation}
    follow_ups = {pair.partition("=")[0] for pair in given.follow_up}

    def place(location: Location) -> str:
        """Name the option behind a location, or its place in the file."""
        match location:
            case ("indicators", "present", int(index)) if index >= in_file:
                return "--present"
            case ("situation", question) if question in questions:
                return "--situation"
            case ("follow_ups", question) if question in follow_ups:
                return "--follow-up"
        return where(location)

    return place


def _refuse_another_answer(written: Value, given: Given, rulebook: Rulebook, where: Where) -> None:
    """Raise BadInput where the command line answers otherwise than a file: neither may hide the other.

    What stands for no answer in a file, as in a new record, can be answered.
    """
    unsaid = dict(zip(rulebook.questions, rulebook.defaults, strict=True))
    faults = []
    for (part, name), said in _said(given).items():
        before = _part(_part(written, part), name)
        if before not in (None, said) and not (part == "situation" and before == unsaid[name]):
            what = f"The record says {name}: {str(before)[:80]}, and this command was told {said}."
            faults.append(Fault(where((part, name)), what, "Keep one of the two."))
    if faults:
        raise BadInput(faults)


def _said(given: Given) -> dict[tuple[str, str], Value]:
    """Give each single answer of a command line, by where it stands in a record."""
    said: dict[tuple[str, str], Value] = {
        ("judgement", "level"): given.judgement,
        ("judgement", "reason"): given.because,
    }
    for part, pairs in (("situation", given.situation), ("follow_ups", given.follow_up)):
        said |= {(part, question): answer for question, _, answer in (pair.partition("=") for pair in pairs)}
    return {place: value for place, value in said.items() if value is not None}


def _part(value: Value, key: str) -> Value:
    return value.get(key) if isinstance(value, dict) else None


def _answers(pairs: tuple[str, ...], option: str, form: str) -> dict[str, Value]:
    """Read answers. Raises BadInput where a question has two: the last would hide the first."""
    answers: dict[str, Value] = {}
    for question, answer in (_answer(pair, option, form) for pair in pairs):
        if question in answers:
            raise BadInput([Fault(option, f"'{question[:80]}' is answered twice.", "Keep one of the two.")])
        answers[question] = answer
    return answers


def _answer(pair: str, option: str, form: str) -> tuple[str, Value]:
    question, equals, answer = pair.partition("=")
    if not (question and equals and answer):
        remedy = f"Write it as {option} {form}."
        raise BadInput([Fault(option, f"'{pair[:80]}' is not a question and an answer.", remedy)])
    return question, answer

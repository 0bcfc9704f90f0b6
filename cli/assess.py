"""`rhrt assess`: from a record to a suggestion."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rhrt_cli.options import FileName, complete_indicator, complete_situation, rulebook_option

from rhrt.engine.assess import assess, trace
from rhrt.faults import BadInput, Fault
from rhrt.files import Location, Value, read, read_standard_input
from rhrt.present.outline import cite, outline
from rhrt.present.terminal import as_text, wrap
from rhrt.record import Record, check
from rhrt.rulebook.load import load_for_record, load_rulebook
from rhrt.rulebook.model import Rulebook
from rhrt.shape import Where, json_path
from rhrt.suggestion import Suggestion

FORMATS = ("text", "markdown", "json")


@click.command("assess")
@click.argument("record", required=False, metavar="[RECORD|-]", type=FileName())
@click.option(
    "--present",
    multiple=True,
    metavar="ID",
    shell_complete=complete_indicator,
    help="An indicator that is present. Can be given again.",
)
@click.option(
    "--situation",
    multiple=True,
    metavar="QUESTION=ANSWER",
    shell_complete=complete_situation,
    help="An answer about the situation. Can be given again.",
)
@click.option("--judgement", type=int, metavar="LEVEL", help="The level that you would give yourself.")
@click.option("--because", metavar="CODE", help="Your reason for it, from the rulebook's list.")
@click.option("--commit-first", is_flag=True, help="Ask your own level before the suggestion is shown.")
@rulebook_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--more", is_flag=True, help="Also show what is held back: what happens next, services and so on.")
@click.option("--trace", "with_trace", is_flag=True, help="Also show each fact, rule and clause.")
def command(
    record: str | None,
    present: tuple[str, ...],
    situation: tuple[str, ...],
    rulebook_name: str | None,
    form: str,
    judgement: int | None,
    because: str | None,
    commit_first: bool,
    more: bool,
    with_trace: bool,
) -> None:
    """Suggest a level, a route and next steps for a record.

    RECORD is a file of YAML or JSON (rhrt record new writes one), or - for standard input. Or record
    nothing but what --present and --situation say.
    """
    written, of_file = _written(record)
    where = _or_option(of_file, written, situation)
    if commit_first and judgement is None:
        judgement = _own_level(record)
    whole = Record.model_validate(_with_options(written, present, situation, judgement, because), where)
    rulebook = (
        load_rulebook(rulebook_name)
        if rulebook_name is not None
        else load_for_record(whole.rulebook, where(("rulebook",)))
    )
    check(whole, rulebook, where)
    suggestion = assess(whole, rulebook)
    if len(suggestion.evaluated_by) == 1:
        click.echo("Note: durable-rules is not installed. One evaluator gave this answer, unchecked.", err=True)
    click.echo(_rendered(suggestion, form, more), nl=False)
    if with_trace:
        click.echo(_traced(suggestion, rulebook), nl=False, err=form == "json")


def _written(record: str | None) -> tuple[Value, Where]:
    if record is None:
        return {}, json_path
    written = read_standard_input() if record == "-" else read(Path(record))
    return written.value, written.where


def _own_level(record: str | None) -> int:
    """Ask the practitioner's own level before any suggestion is shown."""
    if record == "-":
        what = "The record comes from standard input, so your own level cannot be asked."
        raise BadInput([Fault("--commit-first", what, "Keep the record in a file, or use --judgement.")])
    level: int = click.prompt("Before you see the suggestion: which level would you give", type=int, err=True)
    return level


def _with_options(
    written: Value,
    present: tuple[str, ...],
    situation: tuple[str, ...],
    judgement: int | None = None,
    because: str | None = None,
) -> Value:
    """Add what the command line says to what a file says; the command line comes last."""
    if not (present or situation or judgement is not None or because) or not isinstance(written, dict):
        return written
    own = {key: value for key, value in (("level", judgement), ("reason", because)) if value is not None}
    if own:
        before_own = _given(written, "judgement", {})
        written = {**written, "judgement": {**before_own, **own} if isinstance(before_own, dict) else before_own}
    answers = dict(_answer(pair) for pair in situation)
    marks = _given(written, "indicators", {})
    marked = _given(marks, "present", []) if isinstance(marks, dict) else None
    if isinstance(marks, dict) and isinstance(marked, list):
        marks = {**marks, "present": [*marked, *present]}
    before: Any = _given(written, "situation", {})
    return {
        **written,
        "indicators": marks,
        "situation": {**before, **answers} if isinstance(before, dict) else before,
    }


def _given(written: dict[str, Value], key: str, empty: Value) -> Value:
    """Give what is written, or what stands for nothing where the key is left out or left empty."""
    value = written.get(key)
    return empty if value is None else value


def _or_option(where: Where, written: Value, situation: tuple[str, ...]) -> Where:
    """Say of what an option added that it stands there, and of all else where it stands in the file."""
    marks = written.get("indicators") if isinstance(written, dict) else None
    marked = marks.get("present") if isinstance(marks, dict) else None
    in_file = len(marked) if isinstance(marked, list) else 0
    questions = {pair.partition("=")[0] for pair in situation}

    def place(location: Location) -> str:
        match location:
            case ("indicators", "present", int(index)) if index >= in_file:
                return "--present"
            case ("situation", question) if question in questions:
                return "--situation"
        return where(location)

    return place


def _answer(pair: str) -> tuple[str, Value]:
    question, equals, answer = pair.partition("=")
    if not (question and equals and answer):
        remedy = "Write it as --situation consent=given."
        raise BadInput([Fault("--situation", f"'{pair[:80]}' is not a question and an answer.", remedy)])
    return question, answer


def _rendered(suggestion: Suggestion, form: str, more: bool) -> str:
    if form == "json":
        import json  # noqa: PLC0415 - only this form needs it

        return json.dumps(suggestion.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"
    if form == "markdown":
        from rhrt.present.markdown import as_markdown  # noqa: PLC0415

        return as_markdown(outline(suggestion, more))
    said = outline(suggestion, more)
    held_back = "\n" + "\n".join(wrap(f"Add --more for: {', '.join(said.held_back)}.")) + "\n"
    return as_text(said, _emphasis) + (held_back if said.held_back else "")


def _emphasis(text: str, emergency: bool) -> str:
    """Bold, and red for an emergency; click leaves both out where the output is not a terminal."""
    return click.style(text, bold=True, fg="red" if emergency else None)


def _traced(suggestion: Suggestion, rulebook: Rulebook) -> str:
    sources = {f"{kind}/{rule.id}": rule.source for kind, rules in (
        ("finding", rulebook.findings), ("judgement", rulebook.judgements),
        ("route", rulebook.routes), ("urgency", rulebook.urgencies)) for rule in rules}  # fmt: skip
    sources |= {f"action/{action.code}": action.source for action in rulebook.actions}
    sources |= {f"level/{level.level}": level.source for level in rulebook.levels}
    lines = ["", "Trace"]
    for fact, rules in trace(suggestion.record, rulebook):
        lines += ["", "Fact " + ", ".join(f"{field}={value}" for field, value in fact.items())]
        for rule in rules:
            source = sources.get(rule) or sources[rule.rpartition("/")[0]]
            facts = f" ({', '.join(source.facts)})" if source.facts else ""
            lines.append(f"  fired {rule}: {cite(rulebook, source)}{facts}")
        if not rules:
            lines.append("  fired nothing")
    return "\n".join(lines) + "\n"

"""`rhrt assess`: from a record to a suggestion."""

import sys
from collections.abc import Iterator
from typing import Any

import click
from click.core import ParameterSource
from rhrt_cli.options import emphasis
from rhrt_cli.output import as_json, say, write
from rhrt_cli.reading import Given, record_options, suggest

from rhrt.faults import BadInput, Fault
from rhrt.present.outline import cite, outline
from rhrt.present.terminal import as_text, wrap
from rhrt.reasoning.assess import trace
from rhrt.rulebook import dates
from rhrt.rulebook.kinds import FOLLOW_UP_ANSWERS, NOT_ASKED
from rhrt.rulebook.model import Rulebook
from rhrt.suggestion import Suggestion

FORMATS = ("text", "markdown", "html", "json")
MACHINES = ("html", "json")
"""Formats that a trace would break."""

TO_BEGIN = """\
To answer questions, danger first: rhrt ask
To find a concern by plain words: rhrt find WORDS
To start a record: rhrt record new > record.yaml"""
"""What is said to somebody who types the command alone."""


@record_options
@click.option("--commit-first", is_flag=True, help="Ask your own level before the suggestion is shown.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--more", is_flag=True, help="Also show what is held back: what happens next, services and so on.")
@click.option("--trace", "with_trace", is_flag=True, help="Also show each fact, rule and clause.")
def command(form: str, commit_first: bool, more: bool, with_trace: bool, **given: Any) -> None:
    """Suggest a level, a route and next steps for a record.

    RECORD is a file of YAML or JSON (rhrt record new writes one), or - for standard input. Or record
    nothing but what --present and --situation say.
    """
    if sys.stdin.isatty() and _typed_alone():
        say(TO_BEGIN)
        sys.exit(2)
    asked = Given(**given)
    suggestion = suggest(asked, (lambda: _own_level(asked.record)) if commit_first else None)
    said = _rendered(suggestion, form, more)
    traced = _traced(suggestion, suggestion.rulebook) if with_trace else ""
    write(said, form)  # all of it was made before any of it is shown
    if traced:
        write(traced, "text" if form in MACHINES else form, err=form in MACHINES)


def _typed_alone() -> bool:
    context = click.get_current_context()
    return all(context.get_parameter_source(name) is not ParameterSource.COMMANDLINE for name in context.params)


def _own_level(record: str | None) -> int:
    """Ask the practitioner's own level before any suggestion is shown."""
    if record == "-":
        what = "The record comes from standard input, so your own level cannot be asked."
        raise BadInput([Fault("--commit-first", what, "Keep the record in a file, or use --judgement.")])
    level: int = click.prompt("Before you see the suggestion: which level would you give", type=int, err=True)
    return level


def _rendered(suggestion: Suggestion, form: str, more: bool) -> str:
    if form == "json":
        return as_json(suggestion.model_dump(mode="json"))
    if form == "markdown":
        from rhrt.present.markdown import as_markdown

        return as_markdown(outline(suggestion, more))
    if form == "html":
        from rhrt.present.page import as_page

        return as_page(suggestion, more)
    said = outline(suggestion, more, dates.today())
    how = list(_how_to_answer(suggestion))
    how += [f"Add --more for: {', '.join(said.held_back)}."] if said.held_back else []
    return as_text(said, emphasis) + "".join("\n" + "\n".join(wrap(one)) + "\n" for one in how)


def _how_to_answer(suggestion: Suggestion) -> Iterator[str]:
    """Say how to answer what stands at the top of the answer, where anything does."""
    unasked = [f"--situation {one.field}=ANSWER" for one in suggestion.questions if one.answer == NOT_ASKED]
    options = [*unasked, *(f"--follow-up {one.id}=ANSWER" for one in suggestion.first_check)]
    if options:
        answers = " or ".join(FOLLOW_UP_ANSWERS)
        yield f"To answer what to check first, write {answers} for ANSWER: {' '.join(options)}"


def _traced(suggestion: Suggestion, rulebook: Rulebook) -> str:
    from rhrt.steward.clauses import rules_with_sources  # only a trace needs what a steward has

    sources = dict(rules_with_sources(rulebook))
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

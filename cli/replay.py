"""`rhrt replay`: give a kept answer again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from rhrt_cli.options import FileName, printable, rulebook_option

from rhrt.engine.assess import assess
from rhrt.faults import BadInput, Fault
from rhrt.files import Location, decode, read_bytes, read_standard_input_bytes, too_deep
from rhrt.record import Record, check
from rhrt.rulebook.load import load_for_record, load_rulebook
from rhrt.shape import json_path


@click.command("replay")
@click.argument("file", metavar="FILE|-", type=FileName())
@rulebook_option
def command(file: str, rulebook_name: str | None) -> None:
    """Give a kept answer again, and say whether it is the same.

    FILE is what rhrt assess --format json printed. If the answer differs, the exit code is 1.
    """
    before = _read(file)
    receipt = before["receipt"]
    record = Record.model_validate(receipt["record"], _where)
    rulebook = (
        load_rulebook(rulebook_name)
        if rulebook_name is not None
        else load_for_record(receipt["rulebook"], "$.receipt.rulebook")
    )
    check(record, rulebook, _where)
    after = assess(record, rulebook).model_dump(mode="json")
    changes = list(_changes(before, after))
    if not changes:
        click.echo("Same: this record gives this answer again, word for word.")
        return
    click.echo("Different: this record no longer gives this answer.")
    for change in changes:
        click.echo(f"  {printable(change)}")
    click.get_current_context().exit(1)


def _where(location: Location) -> str:
    """Say where a part of the record stands in an answer."""
    return json_path(("receipt", "record", *location))


def _read(file: str) -> dict[str, Any]:
    name = "standard input" if file == "-" else file
    text = decode(name, read_standard_input_bytes() if file == "-" else read_bytes(Path(file)))
    try:
        document = {} if too_deep(text) else json.loads(text)
        if isinstance(document["receipt"]["record"], dict) and isinstance(document["receipt"]["rulebook"], str):
            return dict(document)
    except (ValueError, RecursionError, KeyError, TypeError):
        pass
    remedy = "Keep one with: rhrt assess RECORD --format json > answer.json"
    raise BadInput([Fault(name, "This is not an answer with a receipt.", remedy)])


def _changes(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Say what differs: for the receipt each part, for lists of reasons and actions what came and went."""
    changes = []
    for key in sorted({*before, *after}):
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        if key == "receipt" and isinstance(old, dict) and isinstance(new, dict):
            parts = (part for part in sorted({*old, *new}) if part != "record" and old.get(part) != new.get(part))
            changes += [f"receipt, {part}: {old.get(part)} then, {new.get(part)} now" for part in parts]
        elif isinstance(old, list) and isinstance(new, list):
            changes.append(f"{key}: {_names(old)} then, {_names(new)} now")
        else:
            changes.append(f"{key}: {_short(old)} then, {_short(new)} now")
    return changes


def _names(entries: list[Any]) -> str:
    names = [str(entry.get("code") or entry.get("rule") or entry) if isinstance(entry, dict) else str(entry)
             for entry in entries]  # fmt: skip
    return _short(", ".join(names) or "none")


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 200 else f"{text[:200]}…"

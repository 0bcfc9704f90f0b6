"""Saving a record in a file, when somebody says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import yaml
from rhrt_cli.asking import Asker
from rhrt_cli.options import again, printable

from rhrt.files import write_whole
from rhrt.interview.question import Choice, Question, Reply
from rhrt.present.terminal import wrap
from rhrt.record import CheckedRecord

_NAME = Question(
    "file",
    "What should the file be called?",
    "For example: record.yaml. Do not use the child's name.",
    skip="do not save",
)
_YES_OR_NO = (Choice("no", "No, choose another name"), Choice("yes", "Yes, replace it"))


def save(record: CheckedRecord, asking: Asker, name: str = "") -> None:
    """Write a record to a file; ask for its name where there is none, and before replacing another file."""
    while chosen := name or asking.put(_NAME).typed:
        name = ""
        try:
            if Path(chosen).exists() and not _may_replace(chosen, asking):
                continue
            write_whole(Path(chosen), as_yaml(record).encode(), private=True)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            _say(f"{printable(chosen)} cannot be written: {printable(reason)}. Choose another name.")
        else:
            then = f"rhrt assess {printable(chosen)}{again()}"
            _say(f"Saved in {printable(chosen)}. To see the suggestion again: {then}")
            return
    _say("Nothing was kept.")


def as_yaml(record: CheckedRecord) -> str:
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


def _say(text: str) -> None:
    click.echo("\n".join(["", *wrap(text)]))

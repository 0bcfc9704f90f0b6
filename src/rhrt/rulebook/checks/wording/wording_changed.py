"""The wording is not as it was compared with the source.

Finds: a file of indicators whose `wordings_sha256` is missing, or does not fit its numbers, levels, headings
and wordings any more.

Why it matters: the wording is quoted as printed. A word that slipped or was tidied puts words in the
framework's mouth.

To put it right: undo the change, if it was a slip. Otherwise compare every wording of the file with the source,
word for word, and then write the digest that is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rhrt.rulebook.checks import Problem, Weight
from rhrt.rulebook.folder import RulebookFolder
from rhrt.rulebook.transcription import digest

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Iterator[Problem]:
    """Report each file of indicators whose digest is missing or does not fit."""
    for file, written in folder.written.items():
        value: Any = written.value
        if not file.startswith("indicators/"):
            continue
        kept, now = value.get("wordings_sha256"), digest(value["indicators"], value.get("level"))
        if kept != now:
            changed = "A number, level, heading or wording has changed since they were compared with the source."
            what = changed if kept else "Nothing says that the wordings were compared with the source."
            remedy = f'Compare them, word for word. Then write wordings_sha256: "{now}".'
            yield Problem(file, ("wordings_sha256",) if kept else (), what, remedy)

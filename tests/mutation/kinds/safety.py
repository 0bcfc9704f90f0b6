"""Slips in the safety sentences: none of them changes an answer, each makes a promise weaker."""

from __future__ import annotations

from collections.abc import Iterator

from rhrt.rulebook.folder import RulebookFolder
from tests.mutation.kinds import Slip, entries, slip
from tests.mutation.mutant import GONE, Edit


def drop_sentence(folder: RulebookFolder) -> Iterator[Slip]:
    """Remove a safety sentence."""
    for place, file, location, _ in entries(folder, "safety"):
        yield slip(place, "removed", Edit(file, location, GONE))


def drop_promised_sign(folder: RulebookFolder) -> Iterator[Slip]:
    """Take one indicator away from a sentence."""
    for place, file, location, entry in entries(folder, "safety"):
        for number, id_ in enumerate(entry.get("indicators", ())):
            yield slip(place, f"not of {id_}", Edit(file, (*location, "indicators", number), GONE))


def drop_promise(folder: RulebookFolder) -> Iterator[Slip]:
    """Leave out `first`, `some`, one of `never`, or one part of the answer."""
    for place, file, location, entry in entries(folder, "safety"):
        for key in ("first", "some"):
            if entry.get(key):
                yield slip(place, f"without {key}", Edit(file, (*location, key), GONE))
        for number, code in enumerate(entry.get("never", ())):
            yield slip(place, f"without never {code}", Edit(file, (*location, "never", number), GONE))
        for field in entry.get("answer", ()):
            yield slip(place, f"without answer {field}", Edit(file, (*location, "answer", field), GONE))


def drop_promised_line(folder: RulebookFolder) -> Iterator[Slip]:
    """Leave out one of the lines that say when a sentence is true."""
    for place, file, location, entry in entries(folder, "safety"):
        for line in range(len(entry.get("when", ()))):
            if len(entry["when"]) > 1:
                yield slip(place, f"without line {line + 1}", Edit(file, (*location, "when", line), GONE))

"""What changed of the evidence for a rulebook: its worked cases, what they expect, and what was kept of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from rhrt.faults import BadInput
from rhrt.steward.cases import Example, WorkedCase, examples, read_cases
from rhrt.steward.kept import Kept, read_kept

What = Literal[
    "removed", "added", "expects", "record", "words", "kept", "kept removed", "kept unread", "kept words"
]
"""How evidence changed. `record`: it is of another record; `words`: it is told in other words."""


class Evidence(NamedTuple):
    """One change of the evidence: of which case, or of which words that were kept, with what is not as before."""

    what: What
    of: str
    old: str | None = None
    new: str | None = None


def evidence(old: Path, new: Path) -> tuple[Evidence, ...]:
    """Compare the worked cases of two folders, and what was kept of them. Raises BadInput with every fault."""
    before, after = read_cases(old / "cases"), read_cases(new / "cases")
    return (*_cases(before, after), *_kept(old / "cases", new / "cases"))


def _cases(old: Mapping[str, WorkedCase], new: Mapping[str, WorkedCase]) -> Iterator[Evidence]:
    before, after = _by_change(old), _by_change(new)
    for key, example in before.items():
        if key not in after:
            yield Evidence("removed", _named(example))
        else:
            yield from _differing(example, after[key])
    yield from (Evidence("added", _named(example)) for key, example in after.items() if key not in before)
    for file in old:
        if file in new and _told(old[file]) != _told(new[file]):
            yield Evidence("words", f"{Path(file).stem}: {new[file].title}")


def _by_change(cases: Mapping[str, WorkedCase]) -> dict[tuple[str, str | None], Example]:
    """Give each example by its file and what it changes, so that a new title is no other example."""
    return {(file, one.change): one for file, case in cases.items() for one in examples(file, case)}


def _differing(old: Example, new: Example) -> Iterator[Evidence]:
    if old.record != new.record:
        yield Evidence("record", _named(new))
    before, after = old.expected.as_dict(), new.expected.as_dict()
    for part in before:
        if before[part] != after[part]:
            yield Evidence("expects", _named(new), f"{part} {_said(before[part])}", f"{part} {_said(after[part])}")


def _told(case: WorkedCase) -> tuple[str, ...]:
    return (case.title, case.narrative, case.why, *(one.why for one in case.what_if))


def _kept(old: Path, new: Path) -> Iterator[Evidence]:
    """Give what was kept otherwise. What cannot be read, as from an earlier version, is said not to be."""
    try:
        before, after = read_kept(old), read_kept(new)
    except BadInput as bad:
        yield Evidence("kept unread", bad.faults[0].what)
        return
    if before and not after:
        yield Evidence("kept removed", "all that was kept")
    elif before and after:
        yield from _kept_otherwise(before, after)


def _kept_otherwise(old: Kept, new: Kept) -> Iterator[Evidence]:
    for file, own in old.answers.items():
        for title, told in own.items():
            given = new.answers.get(file, {}).get(title)
            if given != told:
                yield Evidence("kept" if given else "kept removed", f"{file}: {title}")
    for name in dict.fromkeys((*old.words, *new.words)):
        if name in old.words and name in new.words and old.words[name] != new.words[name]:
            yield Evidence("kept words", name)


def _named(example: Example) -> str:
    return f"{Path(example.file).stem}: {example.title}"


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(value)

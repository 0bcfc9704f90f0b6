"""Print how many records lead to a consultation, and end with 1 where that rose too much.

`python -m tests.consultations` compares with what was kept of the rules before there were follow-up questions.
`--keep-before RULEBOOK` works that out anew: an id, a folder, or REVISION:FOLDER. Worked cases that it
does not have were written since, and are left out.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from rhrt import Record, Rulebook, load_rulebook
from rhrt.steward.cases import read_examples
from rhrt.steward.folder import opened

from .measure import (
    BEFORE,
    MOST_POINTS,
    SEEDS,
    SETS,
    Shares,
    always_no,
    causes,
    leads,
    one_in_five,
    shares,
    too_many,
)


def main(arguments: list[str]) -> int:
    """Print a table, and what is behind the consultations that there were not before."""
    if arguments[:1] == ["--keep-before"]:
        keep_before(arguments[1])
    rulebook, before = load_rulebook(), yaml.safe_load(BEFORE.read_text(encoding="utf-8"))
    sets = {name: made() for name, made in SETS.items()}
    found = {name: shares(records, before[name], rulebook) for name, records in sets.items()}
    _show(found)
    for name, records in sets.items():
        _list(f"{name}, every answer no", causes(records, before[name], rulebook, always_no))
        runs = [causes(records, before[name], rulebook, one_in_five(seed)) for seed in SEEDS]
        _list(f"{name}, one in five not known", sum(runs, Counter()), len(runs))
    wrong = too_many(found)
    print("", *(wrong or ["No share rises by more than it may."]), sep="\n")
    return 1 if wrong else 0


def _show(found: dict[str, Shares]) -> None:
    columns = ["records", "before", *next(iter(found.values())).by_answers]
    print("".ljust(14), *(column.rjust(22) for column in columns))
    for name, own in found.items():
        now = (f"{share:.1%} ({own.rise(answers):+.1f})" for answers, share in own.by_answers.items())
        print(name.ljust(14), *(one.rjust(22) for one in (f"{own.records}", f"{own.before:.1%}", *now)))
    print("", *(f"At most {most:+} points: {answers}." for answers, most in MOST_POINTS.items()), sep="\n")


def _list(title: str, counted: Counter[str], runs: int = 1) -> None:
    print(f"\nBehind the new consultations: {title}")
    for called, times in counted.most_common():
        print(f"{times / runs:8.2f}  {called}")


def keep_before(name: str) -> None:
    """Work out with the rules of a rulebook which records lead to a consultation, and keep that."""
    with opened(name) as folder:
        old = folder.rulebook
        cases = {(one.file, one.title) for one in read_examples(folder.path / "cases")}
    told = {f"{Path(file).stem}: {title}" for file, title in cases}
    found: dict[str, Any] = {}
    for set_, made in SETS.items():
        records = {one: record for one, record in made().items() if set_ != "worked cases" or one in told}
        found[set_] = {one: leads(_as_before(record, old), old) for one, record in records.items()}
    written = yaml.safe_dump(found, sort_keys=False, allow_unicode=True, width=1000)
    BEFORE.write_text(f"# Which records led to a consultation with the earlier rules.\n{written}", encoding="utf-8")


def _as_before(record: Record, old: Rulebook) -> Record:
    """Leave out what the old rules did not ask."""
    known = {field.id: field.values for field in old.situation}
    situation = {id_: answer for id_, answer in record.situation.items() if answer in known[id_]}
    return replace(record, situation=situation, follow_ups={})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Measure one assessment by rhrt and by others, all in one run, and print ratios. It writes nothing to disk."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from itertools import cycle, islice
from pathlib import Path
from shutil import which
from statistics import mean, median
from time import perf_counter_ns

from rhrt import Rulebook, load_rulebook
from rhrt.rulebook.load import DEFAULT, bundled_folder
from rhrt.rulebook.snapshot import NAME as SNAPSHOT
from tests.benchmark import bitmask, ours
from tests.benchmark.work import SEED, Assess, Mix, RecordData, records, tried

RECORDS, ROUNDS, STARTS = 500, 15, 15
LARGE = 5_000
SIZES = (2, 4, 8, 16, 32)
OTHERS = {"zen-engine": "zen", "clipspy": "clips"}
"""Contenders that need not be installed: the name on PyPI, and the module here (as the module it imports)."""

STARTED = {
    "imports": "import pydantic, click, yaml",
    "as it is": "from rhrt_cli import run; run()",
    "garbage collected": "from rhrt_cli.main import main; main()",
    "shape by pydantic": "from pydantic import TypeAdapter as Made; from rhrt.record import Record; Made(Record)\n"
    "from rhrt_cli import run; run()",
    "rhrt alone": "import rhrt",
    "all names": "from rhrt import *",
}
"""What is started beside the command: what it needs; and what it would cost without what makes it start faster."""

Contender = tuple[Callable[[RecordData], object], Sequence[RecordData]]
"""An evaluator, and the records that it is timed on."""

Times = dict[str, list[float]]
"""The microseconds that each contender took in each round."""


def main() -> None:
    """Check that all contenders agree, then time them."""
    rulebook = load_rulebook()
    others = dict(_others())
    contenders = {
        "bitmask": bitmask.build(rulebook),
        "rhrt warm": ours.warm(rulebook),
        "rhrt cold": ours.cold(replace(rulebook)),
        **{name: build(rulebook) for name, build in others.items()},
    }
    _agree(rulebook, contenders)
    _one_assessment(rulebook, contenders)
    _by_indicators(rulebook)
    _by_rulebook(rulebook, others)
    _start()


def _others() -> Iterator[tuple[str, Callable[[Rulebook], Assess]]]:
    for name, module in OTHERS.items():
        try:
            yield name, import_module(f"tests.benchmark.{module}").build
        except ImportError:
            print(f"{name}: not installed, so not measured.")


def _agree(rulebook: Rulebook, contenders: Mapping[str, Assess]) -> None:
    """Stop unless every contender gives what rhrt gives."""
    given_to_all = tried(rulebook, RECORDS)
    for record in given_to_all:
        expected = contenders["rhrt warm"](record)
        for name, assess in contenders.items():
            given = assess(record)
            assert given == expected, f"{name} gives {given}\nrhrt gives {expected}\nfor {record}"
    print(f"{len(contenders)} contenders give the same four things for each of {len(given_to_all)} records.")


def _one_assessment(rulebook: Rulebook, contenders: Mapping[str, Assess]) -> None:
    given = records(rulebook, RECORDS, Mix(), SEED)
    situations = {json.dumps(record["situation"]) for record in given}
    indicators = mean(len(record["indicators"]["present"]) for record in given)
    print("\nOne assessment, dict to dict; of the document, dict to JSON.")
    print(f"{RECORDS} records, {indicators:.1f} indicators each on average,")
    print(f"{len(situations)} different sets of answers. Median of {ROUNDS} rounds.\n")
    timed: dict[str, Contender] = {name: (assess, given) for name, assess in contenders.items()}
    taken = _times({**timed, "rhrt document": (ours.document(rulebook), given)})
    print(f"{'':<14}{'microseconds':>14}{'ratio':>9}")
    for name, times in taken.items():
        print(f"{name:<14}{median(times):>14.1f}{_ratio(times, taken['bitmask']):>9.1f}")


def _by_indicators(rulebook: Rulebook) -> None:
    assess = ours.warm(rulebook)
    taken = _times({str(size): (assess, records(rulebook, RECORDS, Mix(size, size), SEED)) for size in SIZES})
    fewest, most = str(SIZES[0]), str(SIZES[-1])
    each = (median(taken[most]) - median(taken[fewest])) / (SIZES[-1] - SIZES[0])
    print(
        f"\nrhrt warm, by number of indicators recorded; a line would rise by {each:.2f} microseconds for each.\n"
    )
    print(f"{'indicators':<14}{'microseconds':>14}{'ratio':>9}{'the line':>10}")
    for size in SIZES:
        times = taken[str(size)]
        line = median(taken[fewest]) + each * (size - SIZES[0])
        print(f"{size:<14}{median(times):>14.1f}{_ratio(times, taken[fewest]):>9.2f}{line:>10.1f}")


def _by_rulebook(rulebook: Rulebook, others: Mapping[str, Callable[[Rulebook], Assess]]) -> None:
    large = _enlarged(rulebook)
    builders = {"bitmask": bitmask.build, "rhrt warm": ours.warm, **others}
    timed: dict[str, Contender] = {}
    for name, build in builders.items():
        timed[name] = build(rulebook), records(rulebook, RECORDS, Mix(), SEED)
        timed[f"{name}, large"] = build(large), records(large, RECORDS, Mix(), SEED)
    taken = _times(timed)
    print(
        f"\nThe ratio of a rulebook of {len(large.indicators):,} indicators to one of {len(rulebook.indicators)}.\n"
    )
    for name in builders:
        print(f"{name:<14}{_ratio(taken[f'{name}, large'], taken[name]):>23.2f}")


def _enlarged(rulebook: Rulebook) -> Rulebook:
    """Add the same indicators under new ids until there are many."""
    many = list(rulebook.indicators)
    for copy, one in enumerate(islice(cycle(rulebook.indicators), LARGE - len(many))):
        many.append(replace(one, id=f"{one.id}-copy-{copy}"))
    return replace(rulebook, indicators=tuple(many))


def _start() -> None:
    """Time the command as a person starts it, beside an interpreter that imports what it needs, and other ways."""
    rhrt = which("rhrt", path=str(Path(sys.executable).parent))
    if rhrt is None:
        print("\nThe command rhrt does not lie beside this Python, so its start is not measured.")
        return
    assess = ["assess", "--present", "persistent-absence"]
    started = {"rhrt assess": [rhrt, *assess]}
    started |= {name: [sys.executable, "-c", program, *assess] for name, program in STARTED.items()}
    taken: dict[str, list[float]] = {name: [] for name in started}
    for _ in range(STARTS + 1):
        for name, words in started.items():
            before = perf_counter_ns()
            subprocess.run(words, check=True, capture_output=True)
            taken[name].append((perf_counter_ns() - before) / 1e6)
    times = {name: own[1:] for name, own in taken.items()}
    print(f"\nA cold start of rhrt assess: {median(times['rhrt assess']):.0f} ms,")
    print(f"{_ratio(times['rhrt assess'], times['imports']):.2f} times an interpreter that imports what it needs.")
    for ways in (("garbage collected", "as it is"), ("shape by pydantic", "as it is"), ("all names", "rhrt alone")):
        print(f"{ways[0]}: {_ratio(*(times[way] for way in ways)):.2f} times {ways[1]}")
    if not (bundled_folder() / DEFAULT / SNAPSHOT).exists():
        print("This copy of rhrt has no snapshot of its rulebook: only an installed one has, and starts faster.")


def _times(contenders: Mapping[str, Contender]) -> Times:
    """Give the microseconds of one assessment in each round: they take turns, so that noise hits all alike.

    A turn is all records of a round: in short turns each contender would first have to undo what the one
    before did to the processor's caches, which costs the fastest the most.
    """
    taken: Times = {name: [] for name in contenders}
    for _ in range(ROUNDS + 1):
        for name, (assess, given) in contenders.items():
            before = perf_counter_ns()
            for record in given:
                assess(record)
            taken[name].append((perf_counter_ns() - before) / len(given) / 1e3)
    return {name: times[1:] for name, times in taken.items()}


def _ratio(one: Sequence[float], other: Sequence[float]) -> float:
    """Give the median of the ratios in each round, which noise that lasts a round leaves as it is."""
    return median(mine / theirs for mine, theirs in zip(one, other, strict=True))


if __name__ == "__main__":
    main()

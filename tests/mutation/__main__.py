"""Make mutants of a rulebook, try to find out each, and say which were missed.

It exits with 1 where one is missed that is not in the reviewed list (`survivors.yaml`).
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from multiprocessing import Pool, cpu_count
from time import monotonic

from rhrt.steward.folder import open_folder
from tests.mutation.bench import SAME, Bench, Verdict
from tests.mutation.chosen import every_choice, every_mutant, spread
from tests.mutation.kinds.every import KINDS
from tests.mutation.mutant import Mutant
from tests.mutation.score import found, found_by, table
from tests.mutation.survivors import called, out_of_date, reviewed, unreviewed

SEEDS, MOST = (2020, 7), 1_400
_benches: list[Bench] = []


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the mutants of one rulebook, and give the exit code."""
    options = _options(arguments)
    folder = open_folder(options.rulebook)
    made = every_mutant(folder, KINDS)
    mutants = every_choice(made, KINDS, options.most, options.seed or SEEDS)
    print(f"{sum(map(len, made.values()))} mutants of {len(made)} kinds; {len(mutants)} are tried.")
    if options.list:
        print(*(mutant.name for mutant in mutants), sep="\n")
        return 0
    start = monotonic()
    verdicts = _all_tried(mutants, options)
    _report(verdicts)
    print(f"It took {monotonic() - start:.0f} seconds.")
    known = reviewed()
    missed, outdated = unreviewed(verdicts, known), out_of_date(verdicts, known)
    print(*(f"Missed, and not reviewed: {called(one)}" for one in missed), sep="\n")
    print(*(f"In the reviewed list, and found out: {name}" for name in outdated), sep="\n")
    return 1 if missed or outdated else 0


def _options(arguments: Sequence[str] | None) -> Namespace:
    parser = ArgumentParser("python -m tests.mutation", description=__doc__)
    parser.add_argument("rulebook", nargs="?", help="the id or the folder of a rulebook")
    parser.add_argument("--seed", type=int, action="append", help="another choice of mutants, or several")
    parser.add_argument("--most", type=int, default=MOST, help="how many to try of each seed, where fewer would do")
    parser.add_argument("--list", action="store_true", help="name the mutants, and try none")
    parser.add_argument("--jobs", type=int, default=cpu_count(), help="how many at a time")
    return parser.parse_args(arguments)


def _all_tried(mutants: Sequence[Mutant], options: Namespace) -> list[Verdict]:
    place = {mutant.name: place for place, mutant in enumerate(mutants)}
    with Pool(options.jobs, _prepare, (options.rulebook,)) as pool:
        verdicts = list(pool.imap_unordered(_tried, spread(mutants, SEEDS[0]), chunksize=4))
    return sorted(verdicts, key=lambda one: place[one.mutant.name])


def _prepare(rulebook: str | None) -> None:
    folder = open_folder(rulebook)
    _benches[:] = [Bench(folder)]


def _tried(mutant: Mutant) -> Verdict:
    return _benches[0].tried(mutant)


def _report(verdicts: Sequence[Verdict]) -> None:
    print(*table(verdicts), sep="\n")
    print(*(f"  {name}: {count}" for name, count in found_by(verdicts)), sep="\n")
    killed, tried = found(verdicts)
    print(
        f"{sum(one.killer == SAME for one in verdicts)} change nothing that anybody can see, and are not counted."
    )
    print(f"{killed} of {tried} are found out: {100 * killed // max(tried, 1)} in 100.")


if __name__ == "__main__":
    sys.exit(main())

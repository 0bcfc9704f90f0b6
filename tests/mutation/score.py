"""How many mutants were found out, and by what, in whole numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from tests.mutation.bench import SAME, Verdict

KILLERS = ("load", "checks", "cases", "proof", "kept")


def table(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Give a line for each kind of slip, in the order met, and one for all of them."""
    yield f"{'kind':<22}{'tried':>7}{'found':>7}" + "".join(f"{killer:>8}" for killer in KILLERS) + f"{'missed':>8}"
    for kind in dict.fromkeys(one.mutant.kind for one in verdicts):
        yield _line(kind, [one for one in verdicts if one.mutant.kind == kind])
    yield _line("all", verdicts)


def found_by(verdicts: Iterable[Verdict]) -> list[tuple[str, int]]:
    """Give each check and sentence with how many mutants it found out first, the most first."""
    counted = Counter(f"{one.killer}: {one.by}" for one in verdicts if one.killer in ("checks", "proof"))
    return counted.most_common()


def found(verdicts: Iterable[Verdict]) -> tuple[int, int]:
    """Give how many mutants were found out, and of how many. Those that change nothing are not counted."""
    killers = [one.killer for one in verdicts if one.killer != SAME]
    return sum(killer is not None for killer in killers), len(killers)


def _line(kind: str, verdicts: Iterable[Verdict]) -> str:
    counted = Counter(one.killer for one in verdicts if one.killer != SAME)
    killed, tried = counted.total() - counted[None], counted.total()
    return (
        f"{kind:<22}{tried:>7}{killed:>7}"
        + "".join(f"{counted[one]:>8}" for one in KILLERS)
        + f"{counted[None]:>8}"
    )

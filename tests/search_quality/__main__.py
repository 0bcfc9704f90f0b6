"""Measure the search by words, and by meaning too where `rhrt[meaning]` is installed."""

from __future__ import annotations

import resource
import time

from rhrt import Rulebook, load_rulebook
from rhrt.search.find import find
from rhrt.search.meaning import learn
from rhrt.search.spot import spot

from .measure import HALVES, KINDS, asked, share


def main() -> None:
    """Print a table."""
    rulebook = load_rulebook()
    find("hungry", rulebook)
    columns = [(kind, half) for kind in KINDS for half in HALVES]
    print("".ljust(18), *(f"{kind} {half}".rjust(20) for kind, half in columns), "ms a query".rjust(11), end="")
    print("ms a narrative".rjust(15), "MB".rjust(6))
    _show("by words", rulebook)
    began = time.perf_counter()
    if learn(rulebook):
        print(f"(learnt in {time.perf_counter() - began:.1f} s)")
        _show("and by meaning", rulebook)
    else:
        print("By meaning: pip install '.[meaning]'")


def _show(method: str, rulebook: Rulebook) -> None:
    shares = [share(kind, half, rulebook) for kind in KINDS for half in HALVES]
    print(method.ljust(18), *(f"{one:.1%}".rjust(20) for one in shares), end=" ")
    queries, narratives = asked("queries", "tuning"), asked("narratives", "tuning")
    began = time.perf_counter()
    for one in queries:
        find(one.words, rulebook)
    middle = time.perf_counter()
    for one in narratives:
        spot(one.words, rulebook)
    query, narrative = (middle - began) / len(queries), (time.perf_counter() - middle) / len(narratives)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{query * 1000:11.1f}{narrative * 1000:15.1f} {memory:6.0f}")


main()

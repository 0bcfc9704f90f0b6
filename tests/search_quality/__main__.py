"""Measure the search by words, and by meaning too where `rhrt[meaning]` is installed."""

from __future__ import annotations

import resource
import time

from rhrt import load_rulebook
from rhrt.search.find import Search, find
from rhrt.search.meaning import meaning
from rhrt.search.spot import spot

from .measure import HALVES, KINDS, asked, share


def main() -> None:
    """Print a table."""
    rulebook = load_rulebook()
    columns = [(kind, half) for kind in KINDS for half in HALVES]
    print("".ljust(18), *(f"{kind} {half}".rjust(20) for kind, half in columns), "CPU ms a query".rjust(15), end="")
    print("CPU ms a narrative".rjust(19), "MB".rjust(6))
    _show("by words", Search(rulebook))
    began = time.process_time()
    if by_meaning := meaning():
        search = Search(rulebook, by_meaning)
        print(f"(learnt in {time.process_time() - began:.1f} s of CPU)")
        _show("and by meaning", search)
    else:
        print("By meaning: pip install '.[meaning]'")


def _show(method: str, search: Search) -> None:
    shares = [share(kind, half, search) for kind in KINDS for half in HALVES]
    print(method.ljust(18), *(f"{one:.1%}".rjust(20) for one in shares), end=" ")
    queries, narratives = asked("queries", "tuning"), asked("narratives", "tuning")
    began = time.process_time()
    for one in queries:
        find(one.words, search)
    middle = time.process_time()
    for one in narratives:
        spot(one.words, search)
    query, narrative = (middle - began) / len(queries), (time.process_time() - middle) / len(narratives)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{query * 1000:15.1f}{narrative * 1000:19.1f} {memory:6.0f}")


main()

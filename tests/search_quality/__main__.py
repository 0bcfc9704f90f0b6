"""Measure the search by words, and by meaning too where `rhrt[meaning]` is installed."""

import resource
import time

from rhrt import load_rulebook
from rhrt.search.find import Search
from rhrt.search.meaning import meaning

from .measure import HALVES, Scores, measured


def main() -> None:
    """Print a table."""
    rulebook = load_rulebook()
    _show("by words", Search(rulebook))
    began = time.process_time()
    if by_meaning := meaning():
        search = Search(rulebook, by_meaning)
        print(f"(learnt in {time.process_time() - began:.1f} s of CPU)")
        _show("and by meaning", search)
    else:
        print("By meaning: pip install '.[meaning]'")


def _show(method: str, search: Search) -> None:
    print(f"\n{method}".ljust(58), *(half.rjust(9) for half in HALVES))
    began = time.process_time()
    scores = [measured(search, half) for half in HALVES]
    taken = time.process_time() - began
    for what, shown in _rows(scores):
        print(f"  {what}".ljust(57), *(one.rjust(9) for one in shown))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {taken:.0f} s of CPU, {memory:.0f} MB")


def _rows(scores: list[Scores]) -> list[tuple[str, list[str]]]:
    return [
        *(
            (f"told and offered within {most}", [f"{float(one.within[most]):.1%}" for one in scores])
            for most in (5, 8, 12)
        ),
        ("the gravest told within 5", [f"{float(one.gravest):.1%}" for one in scores]),
        ("plain queries, right sign in the first five", [f"{float(one.queries):.1%}" for one in scores]),
        ("denied, past or of others, offered as told", [f"{float(one.denied):.1%}" for one in scores]),
        ("grave noes heard as denied", [f"{one.lost.hits} of {one.lost.of}" for one in scores]),
        ("concerns offered where nothing is told, on average", [f"{float(one.nothing):.2f}" for one in scores]),
        ("concerns offered of a text, on average", [f"{float(one.offered):.1f}" for one in scores]),
    ]


main()

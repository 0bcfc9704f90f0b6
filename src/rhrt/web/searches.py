"""The searches of a service: apart from what else it answers, one at a time, and with few waiting."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from fastapi import Request

from rhrt.faults import Fault
from rhrt.rulebook.model import Rulebook
from rhrt.search.find import Search
from rhrt.web.problems import Refused
from rhrt.web.settings import Settings

T = TypeVar("T")

MOST = 8
"""How many searches may be under way or wait in one queue."""

BUSY = Fault("search", "Too many people are searching just now.", "Try again in a few seconds.")
"""What is said to the next one."""


class Queue:
    """Does one thing at a time in a thread of its own, so that nothing else waits for it."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "rhrt-search")
        self.under_way = 0

    async def do(self, search: Callable[[], T]) -> T:
        """Search when it is its turn. Raises Refused, with 503, where too many wait."""
        if self.under_way >= MOST:
            raise Refused(503, BUSY)
        self.under_way += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, search)
        finally:
            self.under_way -= 1


class Searches:
    """A search for each rulebook that is served, and the queues for them.

    A few words do not wait for narratives. Where there is a search by meaning, each rulebook is learnt now: that
    takes some seconds.
    """

    def __init__(self, settings: Settings) -> None:
        self._searches = {one.id: Search(one, settings.by_meaning) for one in settings.rulebooks}
        self.words, self.narratives = Queue(), Queue()

    def of(self, rulebook: Rulebook) -> Search:
        """Give the search in a rulebook that is served."""
        return self._searches[rulebook.id]


def searches_of(request: Request) -> Searches:
    """Give the searches of the service that a request came to."""
    searches: Searches = request.app.state.searches
    return searches

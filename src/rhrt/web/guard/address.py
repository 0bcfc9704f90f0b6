"""What follows the question mark of an address is cut before anything reads it: FastAPI would read all of it."""

from __future__ import annotations

import re
from itertools import islice

from starlette.types import ASGIApp, Receive, Scope, Send

MOST = 40
"""How many parameters are read: as many as an endpoint knows and as many faults as are told, and some more."""

LONGEST = 26_000
"""How many bytes of one are read: as many as the longest that can be right takes when each is written as %XX."""

_PARAMETER = re.compile(rb"[^&]+")


class Address:
    """Leaves out what could neither be right nor be told as a fault."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a request."""
        if scope["type"] == "http":
            written = islice(_PARAMETER.finditer(scope["query_string"]), MOST)
            scope["query_string"] = b"&".join([one[0][:LONGEST] for one in written])
        await self.app(scope, receive, send)

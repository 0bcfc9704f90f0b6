"""How connections are held: how many bytes, seconds and places a caller may take before it is cut off.

A proxy bounds these too. This holds where there is none, and for what comes through one.
"""

import asyncio
import re
from typing import Any

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from rhrt.web.guard import LOGGING

SECONDS_TO_BEGIN = 10.0
"""How long headers may take, from the connection or from the answer before; and to read that, as long."""

SECONDS_TO_END = 60.0
"""How long all that follows them may take, with the answer. A body has less: `request.SECONDS`."""

SECONDS_TO_STOP = 10
"""How long requests that are under way have to end when the service is stopped."""

MOST_HEADERS = 100
"""How many headers a request may have."""

LARGEST_HEAD = 32 * 1024
"""How many bytes its address and headers may have. The longest parameter that can be right finds room."""

AT_ONCE = 16 * 1024
"""How many bytes are taken from one connection before the others have their turn."""

MOST = 500
"""How many connections are held. For one more, the one that has asked nothing for longest goes."""

_BLANK_LINE = re.compile(rb"\n\r?\n")


def server(app: ASGIApp) -> uvicorn.Server:
    """Make what serves an application, with the protocol below: others that may be installed have no bounds."""
    config = uvicorn.Config(
        app,
        http=Connection,
        loop="asyncio",
        ws="none",
        access_log=False,  # it would write queries and addresses; the service logs for itself
        log_config=LOGGING,
        server_header=False,
        limit_concurrency=MOST + 1,
        timeout_graceful_shutdown=SECONDS_TO_STOP,
    )
    return uvicorn.Server(config)


class _Conversation(h11.Connection):
    """Refuses headers that are too many or too large before it reads them: a hundred thousand take 0.1 seconds."""

    def next_event(self) -> Any:
        """Give what came next. Raises RemoteProtocolError."""
        if self.their_state is h11.IDLE and _is_too_much(self.trailing_data[0]):
            raise h11.RemoteProtocolError("too many or too large headers", 431)
        return super().next_event()


def _is_too_much(waiting: bytes) -> bool:
    end = _BLANK_LINE.search(waiting)
    head = waiting[: end.start()] if end else waiting
    return len(head) > LARGEST_HEAD or head.count(b"\n") > MOST_HEADERS


class Connection(H11Protocol, asyncio.BufferedProtocol):
    """A connection that is cut off where its caller is slow, and that takes little at once.

    It is uvicorn's, which bounds only how long nothing is sent after an answer.
    """

    _room = bytearray(AT_ONCE)  # of all connections: what is in it is taken out at once

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.conn = _Conversation(h11.SERVER, LARGEST_HEAD)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._end = self.loop.call_later(SECONDS_TO_BEGIN, transport.abort)
        if len(self.connections) > MOST:
            self._make_room()

    def get_buffer(self, _size: int) -> bytearray:
        """Give where to put what is read next."""
        return self._room

    def buffer_updated(self, size: int) -> None:
        """Take what was read."""
        self.data_received(bytes(self._room[:size]))

    def handle_events(self) -> None:
        """Take in what came; where that has all headers of a request, wait for the rest and the answer."""
        before = self.cycle
        super().handle_events()
        if self.cycle is not before:
            self._within(SECONDS_TO_END)

    def on_response_complete(self) -> None:
        """Wait for the next request, and until this answer is read."""
        self._within(SECONDS_TO_BEGIN)
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._end.cancel()
        super().connection_lost(exc)

    def _within(self, seconds: float) -> None:
        self._end.cancel()
        self._end = self.loop.call_later(seconds, self.transport.abort)

    def _make_room(self) -> None:
        others = [one for one in self.connections if isinstance(one, Connection) and one is not self]
        idle = [one for one in others if one.conn.their_state is h11.IDLE]
        for one in sorted(idle, key=lambda one: one._end.when())[: len(self.connections) - MOST]:
            one.transport.abort()

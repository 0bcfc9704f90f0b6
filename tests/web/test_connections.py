"""What a caller may take of a server's bytes, seconds and places: real connections to the real application."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from threading import Thread

import httpx2
import pytest
import uvicorn
from fastapi import FastAPI

from rhrt.web import connections
from rhrt.web.application import application
from rhrt.web.connections import LARGEST_HEAD, MOST_HEADERS
from rhrt.web.settings import Settings
from tests.server import is_ended

SOON = 0.3
"""How many seconds anything may take here."""

AT_ONCE = 5.0
"""In how many seconds whoever is not slow is answered, on a machine that does something else too."""

HEALTH = b"GET /v1/health HTTP/1.1\r\nHost: x\r\n"
BODY = b"POST /v1/assessments HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


class Server:
    """A server in a thread, and connections to it."""

    def __init__(self, served: uvicorn.Server, listener: socket.socket) -> None:
        self._served, self._at = served, listener.getsockname()
        self.url = f"http://127.0.0.1:{self._at[1]}"

    def __call__(self, sent: bytes = b"") -> socket.socket:
        """Open a connection and send something."""
        opened = socket.create_connection(self._at, timeout=10)
        opened.sendall(sent)
        return opened

    @property
    def held(self) -> int:
        """How many connections it holds."""
        return len(self._served.server_state.connections)

    def allow(self, connections_: int) -> None:
        """Hold so many connections, and answer 503 to one more."""
        self._served.config.limit_concurrency = connections_ + 1

    def answers(self) -> bool:
        """Say whether somebody else is answered, and at once."""
        begun = time.monotonic()
        with self(HEALTH + b"\r\n") as asked:
            return asked.recv(65_536).startswith(b"HTTP/1.1 200 ") and time.monotonic() - begun < AT_ONCE


@pytest.fixture(scope="module")
def app(settings: Settings) -> FastAPI:
    return application(settings)


@pytest.fixture
def server(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name, value in (("SECONDS_TO_BEGIN", SOON), ("SECONDS_TO_END", SOON), ("LOGGING", None)):
        monkeypatch.setattr(connections, name, value)
    served = connections.server(app)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        running = Thread(target=served.run, args=([listener],))
        running.start()
        yield Server(served, listener)
        served.should_exit = True
        running.join(20)


def left(opened: dict[str, socket.socket], more: dict[str, bytes] | None = None) -> list[str]:
    """Give which connections the server does not end by itself in some time, whatever is still sent on them."""
    still, end = dict(opened), time.monotonic() + 5 * SOON
    while still and time.monotonic() < end:
        still = {name: one for name, one in still.items() if not is_ended(one, (more or {}).get(name, b""))}
    return list(still)


STOPPING = {
    "nothing": b"",
    "half a method": b"GE",
    "half the headers": HEALTH,
    "half a body": BODY + b"Content-Length: 9\r\n\r\n{",
    "half a body in pieces": BODY + b"Transfer-Encoding: chunked\r\n\r\n1\r\n",
    "half a second request": HEALTH + b"\r\nGET",
}
DRIPPING = {
    "a method": (b"", b"G"),
    "headers": (HEALTH, b"a"),
    "a second request": (HEALTH + b"\r\nGET ", b"/"),
    "a body": (BODY + b"Content-Length: 60000\r\n\r\n", b" "),
    "a body that is refused": (BODY + b"Content-Length: 70000\r\n\r\n", b" "),
    "a body that nobody wants": (HEALTH + b"Content-Length: 60000\r\n\r\n", b" "),
}
"""What is sent at first, and then byte for byte."""


def test_callers_that_stop_half_way_are_cut_off_and_hold_up_nobody(server: Server) -> None:
    with ExitStack() as stack:
        slow = {name: stack.enter_context(server(sent)) for name, sent in STOPPING.items()}
        assert server.answers()
        assert left(slow) == []
    assert server.held == 0


def test_callers_that_send_byte_for_byte_are_cut_off_and_hold_up_nobody(server: Server) -> None:
    with ExitStack() as stack:
        slow = {name: stack.enter_context(server(sent)) for name, (sent, _) in DRIPPING.items()}
        assert server.answers()
        assert left(slow, {name: more for name, (_, more) in DRIPPING.items()}) == []
    assert server.held == 0


def test_a_caller_that_does_not_read_is_cut_off(server: Server) -> None:
    with server() as slow:
        assert server.answers()
        assert server.held >= 1
        slow.setblocking(False)
        try:
            for _ in range(1_000):
                slow.send(b"GET /v1/rulebooks/herefordshire-2020 HTTP/1.1\r\nHost: x\r\n\r\n" * 50)
        except BlockingIOError:
            pass
        end = time.monotonic() + 10 * SOON
        while server.held and time.monotonic() < end:
            time.sleep(0.02)
        assert server.held == 0
    assert server.answers()


def test_a_caller_in_no_hurry_is_answered_again_and_again(server: Server) -> None:
    with httpx2.Client(base_url=server.url) as client:
        for _ in range(5):
            assert client.get("/v1/health").status_code == 200
            time.sleep(SOON / 3)
        assert server.held == 1


def test_a_body_may_take_longer_than_headers(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "SECONDS_TO_END", 60)
    with server(BODY + b"Content-Length: 2\r\n\r\n{") as slow:
        time.sleep(2 * SOON)
        slow.sendall(b"}")
        assert slow.recv(65_536).startswith(b"HTTP/1.1 200 ")


def test_little_is_taken_from_one_before_the_others_have_their_turn(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken, take = list[int](), connections.Connection.data_received

    def noting(one: connections.Connection, data: bytes) -> None:
        taken.append(len(data))
        take(one, data)

    monkeypatch.setattr(connections.Connection, "data_received", noting)
    with server(BODY + b"Content-Length: 60000\r\n\r\n" + b" " * 59_998 + b"{}") as large:
        assert large.recv(65_536).startswith(b"HTTP/1.1 200 ")
    assert sum(taken) > 60_000
    assert max(taken) <= connections.AT_ONCE


@pytest.mark.parametrize(
    "headers",
    [
        b"a: b\r\n" * MOST_HEADERS,
        b"a:\r\n" * 60_000,
        b"a: " + b"b" * LARGEST_HEAD + b"\r\n",
        b"a: " + b"b" * 2_000_000 + b"\r\n",
    ],
    ids=["one too many", "very many", "a little too large", "very large"],
)
@pytest.mark.parametrize("before", [b"", HEALTH + b"\r\n"], ids=["first", "second"])
def test_headers_that_are_too_many_or_too_large_are_refused(before: bytes, headers: bytes, server: Server) -> None:
    with server() as opened:
        try:
            opened.sendall(before + HEALTH + headers + b"\r\n")
            answered = b"".join(iter(lambda: opened.recv(65_536), b""))
        except OSError:  # it was cut off while it still sent
            answered = b"HTTP/1.1 400 "
        assert b"HTTP/1.1 400 " in answered
        assert answered.count(b"HTTP/1.1 200 ") <= before.count(b"GET")
    assert server.answers()


def test_as_many_headers_and_as_long_an_address_as_may_be_are_taken(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "SECONDS_TO_END", 60)  # a search takes its time on a busy machine
    many = {f"a{number}": "b" for number in range(MOST_HEADERS - 10)}
    words = "%F0%9F%98%80" * 2_000
    answer = httpx2.get(f"{server.url}/v1/indicators?q={words}", headers=many)
    assert (len(words), answer.status_code) == (24_000, 200)


def test_headers_are_counted_however_they_arrive_and_a_body_of_many_lines_is_not(server: Server) -> None:
    with server(HEALTH) as opened:
        for _ in range(MOST_HEADERS):
            opened.sendall(b"a: b\r\n")
        assert opened.recv(65_536).startswith(b"HTTP/1.1 400 ")
    body = b"\n" * 3_000 + b"{}"
    with server(BODY + b"Content-Length: %d\r\n\r\n" % len(body) + body) as opened:
        assert opened.recv(65_536).startswith(b"HTTP/1.1 200 ")


def test_where_all_places_are_taken_the_longest_idle_goes_and_the_next_is_answered(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "MOST", 3)
    monkeypatch.setattr(connections, "SECONDS_TO_BEGIN", 60)
    with ExitStack() as stack:
        idle = [stack.enter_context(server(HEALTH)) for _ in range(3)]
        assert server.answers()
        assert left({"the first": idle[0]}) == []
        assert not any(is_ended(one, b"") for one in idle[1:])


def test_where_all_places_are_at_work_the_next_is_told_so(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST", 3)
    monkeypatch.setattr(connections, "SECONDS_TO_END", 60)
    server.allow(3)
    with ExitStack() as stack:
        for _ in range(3):
            stack.enter_context(server(BODY + b"Content-Length: 9\r\n\r\n{"))
        time.sleep(0.05)
        assert httpx2.get(f"{server.url}/v1/health").status_code == 503


def test_the_protocol_with_bounds_is_the_one_that_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "LOGGING", None)
    config = connections.server(lambda *_: None).config  # type: ignore[arg-type]
    config.load()
    assert config.http_protocol_class is connections.Connection
    assert config.limit_concurrency == connections.MOST + 1

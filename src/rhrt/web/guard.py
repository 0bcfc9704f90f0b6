"""What stands before every room: bounds on what is read, the key, headers, and one quiet line of log a request."""

import asyncio
import logging
import re
from collections.abc import Sequence
from hmac import compare_digest
from itertools import islice
from time import perf_counter

from fastapi import Depends, Request, params
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rhrt.faults import NO_SUGGESTION, Fault, place_of
from rhrt.web.metrics import Metrics
from rhrt.web.problems import Refused, problem
from rhrt.web.settings import Settings

MOST_PARAMETERS = 40
"""How many parameters are read: as many as an endpoint knows and as many faults as are told, and some more."""

LONGEST_PARAMETER = 26_000
"""How many bytes of one are read: as many as the longest that can be right takes when each is written as %XX."""

SECONDS = 2.0
"""How long a caller that still sends is heard out; what it sends is thrown away."""

FRAMED = "/prompt"
"""The one page that a site on the allow list may hold in a frame."""

METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
"""Methods that are named in logs and metrics; any other word is the caller's."""

LOG = logging.getLogger("rhrt.web")
"""Where requests are logged."""

_GONE = 499
"""What is noted where the caller went away before the answer."""

_PARAMETER = re.compile(rb"[^&]+")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def route(scope: Scope) -> str:
    """Give the address as the code writes it, such as `/v1/rulebooks/{id}`; never the path that was asked for."""
    return str(getattr(scope.get("route"), "path", "(none)"))


def wanting_key(settings: Settings) -> Sequence[params.Depends]:
    """Give what looks at each request before its endpoint does, where there is a key.

    It raises Refused for a missing or wrong one.
    """
    wanted = (settings.key or "").encode()

    async def look(request: Request) -> None:
        """Look for the key. Its scheme may be written in capitals or not: RFC 9110, 11.1."""
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        if not compare_digest(key.encode(), wanted) or scheme.lower() != "bearer":
            fault = Fault(
                "Authorization", "The key is missing or wrong.", "Send Authorization: Bearer and the key."
            )
            raise Refused(401, fault)

    return [Depends(look)] if settings.key else []


class Guard:
    """Stands before the application for each request, and for nothing else that a server tells."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take what a server tells: a request goes to `_take`."""
        await (self._take if scope["type"] == "http" else self.app)(scope, receive, send)

    async def _take(self, scope: Scope, receive: Receive, send: Send) -> None:
        raise NotImplementedError


class Address(Guard):
    """Leaves out of an address what could neither be right nor be told as a fault: FastAPI would read all of it."""

    async def _take(self, scope: Scope, receive: Receive, send: Send) -> None:
        written = islice(_PARAMETER.finditer(scope["query_string"]), MOST_PARAMETERS)
        scope["query_string"] = b"&".join([one[0][:LONGEST_PARAMETER] for one in written])
        await self.app(scope, receive, send)


class Head(Guard):
    """Answers HEAD as GET, without the body. To routers it is a GET, to whoever sends or logs the answer a HEAD."""

    async def _take(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (self._as_get if scope["method"] == "HEAD" else self.app)(scope, receive, send)

    async def _as_get(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def without_body(message: Message) -> None:
            scope["method"] = "HEAD"
            await send({**message, "body": b""} if "body" in message else message)

        scope["method"] = "GET"
        try:
            await self.app(scope, receive, without_body)
        finally:
            scope["method"] = "HEAD"


class Quiet(Guard):
    """Logs method, address as the code writes it, status and milliseconds; counts the same. Answers every failure.

    Nothing that the caller sent is logged.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        super().__init__(app)
        self.metrics = metrics

    async def _take(self, scope: Scope, receive: Receive, send: Send) -> None:
        start, status = perf_counter(), _GONE

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        except ClientDisconnect:
            pass
        except Exception as error:
            LOG.error("failed in %s", place_of(error))
            if status == _GONE:
                await problem(500, (), NO_SUGGESTION)(scope, receive, noted)
        spent = perf_counter() - start
        method = scope["method"] if scope["method"] in METHODS else "(other)"
        LOG.info("%s %s %d %.1f ms", method, route(scope), status, spent * 1000)
        self.metrics.answered(method, route(scope), status, spent)


class Headers(Guard):
    """Adds security headers, and the path under which a reverse proxy puts the service.

    A page may say itself what it loads and how long it is kept; else, little and not.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        super().__init__(app)
        self.root_path = settings.root_path
        self.framed = _POLICY + " ".join(("'self'", *settings.origins))

    async def _take(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["root_path"] = self.root_path

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message), route(scope))
            await send(message)

        await self.app(scope, receive, with_headers)

    def _add(self, headers: MutableHeaders, page: str) -> None:
        headers.update(_ALWAYS)
        headers.setdefault("Cache-Control", "no-store")
        if page == FRAMED:
            headers["Content-Security-Policy"] = self.framed
        else:
            headers.setdefault("Content-Security-Policy", _POLICY + "'none'")
            headers["X-Frame-Options"] = "DENY"


class Drain(Guard):
    """Hears out for a moment a caller that still sends when the answer is made, so that it can read the answer.

    Otherwise the connection would be reset, and the caller would not learn that its body was too large.
    """

    async def _take(self, scope: Scope, receive: Receive, send: Send) -> None:
        names = {name.lower() for name, _ in scope["headers"]}
        left = b"transfer-encoding" in names or b"content-length" in names

        async def watched() -> Message:
            nonlocal left
            message = await receive()
            left = left and message.get("more_body", False)
            return message

        async def after_all(message: Message) -> None:
            if left and message["type"] == "http.response.start":
                await _throw_away(watched)
            await send(message)

        await self.app(scope, watched, after_all)


async def _throw_away(receive: Receive) -> None:
    try:
        async with asyncio.timeout(SECONDS):
            while (await receive()).get("more_body", False):
                pass
    except TimeoutError:
        pass


class Plain(logging.Formatter):
    """Writes a line for each record: ours in full; of others what their code says, and not what filled it."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a line."""
        ours = record.name.startswith("rhrt")
        said = record.getMessage() if ours else str(record.msg)
        failure = f" {place_of(record.exc_info[1])}" if record.exc_info and record.exc_info[1] else ""
        return f"{self.formatTime(record)} {record.levelname} {record.name} {said}{failure}"


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": Plain}},
    "handlers": {"plain": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["plain"], "level": "WARNING"},
    "loggers": {"rhrt.web": {"level": "INFO"}},
}
"""How `rhrt serve` logs: to standard error, where systemd or a container takes it up."""

"""One line of log for each request, with nothing in it that the caller sent; and an answer to every failure."""

from __future__ import annotations

import logging
from time import perf_counter

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rhrt.faults import NO_SUGGESTION, place_of
from rhrt.web.guard.template import method, template
from rhrt.web.metrics import Metrics
from rhrt.web.problems import problem

LOG = logging.getLogger("rhrt.web")
"""Where requests are logged."""

_GONE = 499
"""What is noted where the caller went away before the answer."""


class Quiet:
    """Logs method, address as the code writes it, status and milliseconds; counts the same."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
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
        named = method(scope), template(scope), status
        LOG.info("%s %s %d %.1f ms", *named, spent * 1000)
        self.metrics.answered(*named, spent)


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

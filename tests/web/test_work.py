"""What a refused request costs: no more CPU than ten good assessments, whatever is wrong with it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from statistics import median
from time import process_time
from typing import Any

import pytest

from rhrt import Rulebook, load_rulebook
from rhrt.web.application import application
from rhrt.web.settings import Settings
from tests.web.refused import Asked, refused
from tests.web.test_same_answer import EXAMPLES, document

REFUSED = refused(load_rulebook())


class Service:
    """A service asked without a network or a client, so that nothing but its own work is measured."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._app, self._loop = application(Settings(rulebooks=(rulebook,))), asyncio.new_event_loop()

    def status(self, asked: Asked) -> int:
        """Ask, and give the status of the answer."""
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": asked.body or b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        self._loop.run_until_complete(self._app(scope(asked), receive, send))
        return int(sent[0]["status"])

    def cost(self, asked: Asked) -> float:
        """Give the CPU seconds of a request: the least of three, for what happens beside it only adds."""
        return min(self._spent(asked) for _ in range(3))

    def close(self) -> None:
        """End its loop."""
        self._loop.close()

    def _spent(self, asked: Asked) -> float:
        begun = process_time()
        self.status(asked)
        return process_time() - begun


def scope(asked: Asked) -> dict[str, Any]:
    """Write a request as a server hands it on."""
    headers = [(b"host", b"testserver")]
    if asked.body is not None:
        headers += [(b"content-type", asked.kind.encode()), (b"content-length", b"%d" % len(asked.body))]
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "http",
        "method": "GET" if asked.body is None else "POST",
        "path": asked.path,
        "raw_path": asked.path.encode(),
        "root_path": "",
        "query_string": asked.query.encode(),
        "headers": headers,
        "server": ("testserver", 80),
        "client": ("testclient", 1),
    }


@pytest.fixture(scope="module")
def service(rulebook: Rulebook) -> Iterator[Service]:
    made = Service(rulebook)
    yield made
    made.close()


@pytest.fixture(scope="module")
def good(service: Service) -> list[Asked]:
    every = [Asked("/v1/assessments", "", json.dumps(document(example)).encode()) for example in EXAMPLES]
    assert {service.status(asked) for asked in every} == {200}
    return every[:20]


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_request_costs_at_most_ten_good_assessments(
    name: str, service: Service, good: list[Asked]
) -> None:
    asked = REFUSED[name]
    assert service.status(asked) in (400, 404, 413, 422)
    if service.cost(asked) > 10 * median(map(service.cost, good)):  # once more, if the machine was busy elsewhere
        assert service.cost(asked) <= 10 * median(map(service.cost, good))

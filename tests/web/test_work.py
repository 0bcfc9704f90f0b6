"""What a refused request costs: no more CPU than ten good assessments, whatever is wrong with it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from random import Random
from statistics import median
from time import process_time
from typing import Any

import pytest

from rhrt import Rulebook
from rhrt.web.application import application
from rhrt.web.settings import Settings
from tests.web.refused import Asked, refused


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
        return min(self.spent(asked) for _ in range(3))

    def close(self) -> None:
        """End its loop."""
        self._loop.close()

    def spent(self, asked: Asked) -> float:
        """Give the CPU seconds of a request."""
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


def good(service: Service, rulebook: Rulebook) -> float:
    """Give the CPU seconds of a good assessment: the median of records that nobody asked about before."""
    chance = Random()
    signs = [one.id for one in rulebook.indicators if one.recordable]
    records = [{"indicators": {"present": chance.sample(signs, 8)}} for _ in range(15)]
    asked = [Asked("/v1/assessments", "", json.dumps(record).encode()) for record in records]
    assert service.status(asked[0]) == 200
    return median(map(service.spent, asked[1:]))


@pytest.mark.no_cover
def test_a_refused_request_costs_at_most_ten_good_assessments(service: Service, rulebook: Rulebook) -> None:
    every = refused(rulebook)
    assert len(every) > 250
    assert {service.status(asked) for asked in every.values()} == {400, 404, 413, 422}
    most = 10 * good(service, rulebook)
    dear = [name for name, asked in every.items() if service.cost(asked) > most]
    # Once more, for the machine may have been busy elsewhere.
    assert [name for name in dear if service.cost(every[name]) > 10 * good(service, rulebook)] == []

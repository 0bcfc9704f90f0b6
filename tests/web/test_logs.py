"""Nothing that is sent is written anywhere: all that a real server writes is searched for planted words."""

from __future__ import annotations

import json
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from time import sleep
from urllib.parse import urlsplit

import httpx2
import pytest

from tests.server import Server, serving, start

PLANTED = "Zebedee-Quillfeather"
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving("--origin", "https://forms.example.org", "--demonstration") as running:
        yield running


def ways(url: str) -> Iterator[httpx2.Request]:
    """Plant the words everywhere: in bodies, queries, paths, headers, methods and forms, well formed and not."""
    record = {"indicators": {"present": [PLANTED]}, "situation": {PLANTED: PLANTED}, PLANTED: PLANTED}
    hook = {"hook": PLANTED, "hookInstance": PLANTED, "context": record, PLANTED: 1}
    comment = {"userComment": PLANTED, "reason": {"code": PLANTED}}
    outcome = {"card": PLANTED, "outcome": "overridden", "outcomeTimestamp": PLANTED, "overrideReason": comment}
    service = f"{url}/cds-services/rhrt-level-of-need"
    bodies = [json.dumps(record), "{" + PLANTED, f'{{"{PLANTED}": 1, "{PLANTED}": 2}}', PLANTED * 9000,
              json.dumps({"rulebook": PLANTED})]  # fmt: skip
    for body in bodies:
        for path in ("/v1/assessments", "/v1/prompt", "/v1/spot", "/check", "/demo", "/prompt"):
            yield httpx2.Request("POST", url + path, content=body, headers=JSON)
            yield httpx2.Request("POST", url + path, data={"narrative": PLANTED, PLANTED: body})
    yield httpx2.Request("POST", service, json=hook)
    yield httpx2.Request("POST", f"{service}/feedback", json={"feedback": [outcome]})
    for path in (f"/v1/indicators?q={PLANTED}", f"/v1/indicators?{PLANTED}=1", f"/v1/rulebooks/{PLANTED}",
                 f"/{PLANTED}?{PLANTED}", f"/check/{PLANTED}?{PLANTED}", f"/check?{PLANTED}"):  # fmt: skip
        for method in ("GET", "POST", PLANTED.upper()):
            yield httpx2.Request(method, url + path)
    headers = {"Referer": f"https://{PLANTED}/", "User-Agent": PLANTED, "Cookie": PLANTED, "Origin": PLANTED,
               "Authorization": PLANTED, "X-Forwarded-For": PLANTED, "Content-Type": PLANTED}  # fmt: skip
    yield httpx2.Request("POST", f"{url}/v1/assessments", headers=headers, content="{}")
    yield httpx2.Request("OPTIONS", f"{url}/v1/assessments",
                         headers={"Origin": PLANTED, "Access-Control-Request-Method": PLANTED})  # fmt: skip


def raw(url: str, sent: bytes) -> bytes:
    """Send bytes that are no request, or half of one, and go away."""
    at = urlsplit(url)
    assert at.hostname
    assert at.port
    with socket.create_connection((at.hostname, at.port), timeout=20) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        return connection.recv(65536)


def test_nothing_that_is_sent_is_written(server: Server) -> None:
    statuses = set()
    with httpx2.Client() as client:
        for request in ways(server.url):
            answer = client.send(request)
            statuses.add(answer.status_code)
            assert answer.status_code < 500, (request.method, request.url)
    name = PLANTED.encode()
    raw(server.url, name + b"\r\n\r\n")
    raw(server.url, b"GET /" + name + b" HTTP/9.9\r\n\r\n")
    raw(server.url, b"POST /v1/assessments HTTP/1.1\r\nHost: x\r\nContent-Length: 90\r\n\r\n" + name)
    raw(server.url, b"GET /v1/health HTTP/1.1\r\nHost: " + name + b"\r\nUpgrade: websocket\r\n"
                    b"Connection: upgrade\r\nSec-WebSocket-Key: " + name + b"\r\n\r\n")  # fmt: skip
    assert {400, 404, 405, 413, 415, 422} <= statuses
    metrics = httpx2.get(f"{server.url}/v1/metrics").text
    _logged(server, "GET /v1/metrics 200")  # so all before it is written
    for written in (server.says(), metrics):
        assert "/v1/assessments" in written, "requests are noted"
        for part in PLANTED.lower().split("-"):
            assert part not in written.lower()
        assert "127.0.0.1" not in written.replace("Open http://127.0.0.1", "")


def _logged(server: Server, words: str) -> list[str]:
    """Give the lines with these words, once there is one: a request is logged after it is answered."""
    found: list[str] = []
    while not found:
        sleep(0.02)
        found = [line for line in server.says().splitlines() if words in line]
    return found


def test_each_request_is_one_line_with_its_address_as_the_code_writes_it(server: Server) -> None:
    httpx2.get(f"{server.url}/v1/rulebooks/herefordshire-2020?x=y")
    (line,) = _logged(server, "GET /v1/rulebooks/{id} 422")
    assert line.split(" rhrt.web ")[1].startswith("GET /v1/rulebooks/{id} 422 ")
    assert line.endswith(" ms")


def test_head_is_named_in_the_log_and_in_the_counts_and_leaves_nothing_on_the_connection(server: Server) -> None:
    with httpx2.Client() as client:
        assert client.head(f"{server.url}/check").status_code == 200
        assert client.head(f"{server.url}/v1/assessments").status_code == 405
        counted = client.get(f"{server.url}/v1/metrics").text
    assert 'rhrt_requests_total{method="HEAD",route="/check",status="200"} 1.0' in counted
    assert _logged(server, "HEAD /check 200")
    assert _logged(server, "HEAD /v1/assessments 405")


@pytest.mark.parametrize("size", [100_000, 5_000_000])
def test_a_huge_body_is_refused_with_an_answer_that_can_be_read(server: Server, size: int) -> None:
    for path in ("/v1/assessments", "/v1/nowhere", "/cds-services/rhrt-level-of-need"):
        answer = httpx2.post(server.url + path, content=b"[" * size, headers=JSON)
        assert answer.status_code in (404, 413)
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_server_that_is_told_to_stop_stops_cleanly(tmp_path: Path) -> None:
    running = start(tmp_path)
    assert httpx2.get(f"{running.url}/v1/health").json()["status"] == "ok"
    running.process.send_signal(signal.SIGTERM)
    assert running.process.wait(timeout=60) in (0, -signal.SIGTERM)
    assert "Traceback" not in running.says()

"""A real `rhrt serve` in a process of its own, for the tests that look at what it serves."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Page, Request

START = "from rhrt_cli import run; run()"


@dataclass(frozen=True)
class Served:
    """A service that runs: where, and its process."""

    url: str
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def serving(*options: str, port: str | None = None) -> Iterator[Served]:
    """Run a service until the end of the block."""
    port = port or str(free_port())
    command = [sys.executable, "-c", START, "serve", "--port", port, *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    served = Served(f"http://127.0.0.1:{port}", process)
    try:
        _await(served)
        yield served
    finally:
        served.stop()


def _await(served: Served) -> None:
    for _ in range(1200):
        try:
            with urlopen(f"{served.url}/v1/health"):  # noqa: S310 - our own address
                return
        except URLError:
            assert served.process.poll() is None, "the service ended"
            time.sleep(0.1)
    raise AssertionError("the service does not answer")


def told(page: Page) -> list[str]:
    """Give the list to which each text is added that is sent to find signs in it."""
    sent: list[str] = []

    def heard(request: Request) -> None:
        if request.url.endswith("/v1/spot"):
            sent.append(json.loads(request.post_data or "")["text"])

    page.on("request", heard)
    return sent

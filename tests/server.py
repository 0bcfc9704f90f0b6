"""A real `rhrt serve` in a process of its own."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple


class Server(NamedTuple):
    """A server that runs: where it answers, its process, and the file with all that it writes."""

    url: str
    process: subprocess.Popen[bytes]
    written: Path

    def kill(self) -> None:
        """End it at once, as when a machine fails."""
        self.process.kill()
        self.process.wait()

    def says(self) -> str:
        """Give all that it wrote so far."""
        return self.written.read_text(encoding="utf-8")


START = "from rhrt_cli import run; run()"


def start(folder: Path, *options: str, port: int = 0) -> Server:
    """Start a server and wait until it listens."""
    written = folder / "written.txt"
    command = [sys.executable, "-c", START, "serve", "--port", str(port), *options]
    with written.open("ab") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
    found = None
    while found is None:
        if process.poll() is not None:
            raise RuntimeError(written.read_text(encoding="utf-8"))
        time.sleep(0.05)
        found = re.search(r"Open (http://\S+)/check ", written.read_text(encoding="utf-8"))
    return Server(found[1], process, written)


@contextmanager
def serving(*options: str, port: int = 0) -> Iterator[Server]:
    """Run a server, and stop it as systemd would."""
    with tempfile.TemporaryDirectory() as folder:
        server = start(Path(folder), *options, port=port)
        try:
            yield server
        finally:
            server.process.send_signal(signal.SIGTERM)
            server.process.wait(timeout=30)


def free_port() -> int:
    """Find a port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


def is_ended(opened: socket.socket, sent: bytes, patience: float = 0.005) -> bool:
    """Send something, and say whether the server has ended the connection, or does in so many seconds."""
    opened.settimeout(patience)
    try:
        opened.sendall(sent)
        return opened.recv(65_536) == b""
    except TimeoutError:
        return False
    except OSError:
        return True

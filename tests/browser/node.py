"""A script that Node runs, asked and answering in lines: one process for many questions."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class Lines:
    """A running script. Where it has ended, what it says of that stands above."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def tell(self, line: bytes) -> None:
        """Tell it a line."""
        assert self._process.stdin
        self._process.stdin.write(line + b"\n")
        self._process.stdin.flush()

    def told(self) -> bytes:
        """Give the line that it says next."""
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line, "Node has ended"
        return line.removesuffix(b"\n")


def program(script: str, *given: object) -> list[str]:
    """Give the words that run a script of this folder."""
    node = shutil.which("node")
    if node is None:
        pytest.fail("These tests need Node 20.19, which is not here. On Debian: apt-get install nodejs")
    return [node, str(Path(__file__).with_name(script)), *map(str, given)]


@contextmanager
def running(script: str, *given: object) -> Iterator[Lines]:
    """Run a script of this folder until the test is over."""
    with subprocess.Popen(program(script, *given), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield Lines(process)
        finally:
            process.kill()

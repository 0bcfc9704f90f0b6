"""The systemd unit that comes with rhrt, and what `rhrt serve` bears by itself when it runs as the unit says."""

from __future__ import annotations

import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from configparser import RawConfigParser
from contextlib import ExitStack
from pathlib import Path

import httpx2
import pytest

from rhrt.web.connections import SECONDS_TO_BEGIN
from tests.deployment.conftest import DEPLOYMENT, SITE
from tests.server import Server, is_ended, serving

UNIT = DEPLOYMENT / "rhrt.service"
PROGRAM = "/srv/rhrt/bin/rhrt"
SLOW = {
    "nothing": (b"", b""),
    "a header byte for byte": (b"GET /rhrt/v1/health HTTP/1.1\r\nHost: x\r\na: ", b"b"),
    "headers without end": (b"GET /rhrt/v1/health HTTP/1.1\r\nHost: x\r\n", b""),
}
"""What is sent at first, and then each half second."""


@pytest.fixture(scope="module")
def unit() -> RawConfigParser:
    """Read the unit. No key stands in it twice within a section, but for those that may."""
    read = RawConfigParser(strict=True)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read_string(UNIT.read_text(encoding="utf-8"))
    return read


@pytest.fixture(scope="module")
def command(unit: RawConfigParser) -> list[str]:
    """Give the command of the unit, word by word."""
    return shlex.split(unit["Service"]["ExecStart"])


@pytest.fixture(scope="module")
def service(command: list[str]) -> Iterator[Server]:
    """Run what the unit runs, at any port."""
    with serving(*command[2:]) as running:
        yield running


@pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="there is no systemd-analyze: apt-get install systemd"
)
def test_systemd_takes_the_unit_and_finds_it_well_confined(tmp_path: Path) -> None:
    """With another path of rhrt: it has to be one that is there."""
    written, program = UNIT.read_text(encoding="utf-8"), Path(sys.executable).with_name("rhrt")
    assert written.count(f"={PROGRAM} ") == 1
    unit = tmp_path / "rhrt.service"
    unit.write_text(written.replace(PROGRAM, str(program)), encoding="utf-8")
    analyze = ["systemd-analyze", "--no-pager"]
    verified = subprocess.run([*analyze, "verify", str(unit)], capture_output=True, text=True, check=False)
    assert (verified.returncode, verified.stdout + verified.stderr) == (0, "")
    secure = [*analyze, "security", "--offline=yes", "--threshold=20", str(unit)]
    looked_at = subprocess.run(secure, capture_output=True, text=True, check=False)
    assert looked_at.returncode == 0, looked_at.stdout[-500:]


def test_the_unit_serves_pages_of_a_site_so_it_has_no_key(command: list[str], unit: RawConfigParser) -> None:
    assert command[:2] == [PROGRAM, "serve"]
    assert "--origin" in command
    assert "--key-file" not in command
    assert "LoadCredential" not in unit["Service"]


def test_what_the_unit_runs_answers_a_page_and_warns_of_nothing(service: Server, unit: RawConfigParser) -> None:
    record = {"situation": {"immediate_danger": "yes"}}
    answer = httpx2.post(f"{service.url}/v1/prompt", json=record, headers={"Origin": SITE})
    assert answer.json()["suggestion"]["level"] == 4
    assert answer.headers["access-control-allow-origin"] == SITE
    assert "Warning" not in service.says()
    most = int(unit["Service"]["MemoryMax"].removesuffix("M")) * 1024
    status = Path(f"/proc/{service.process.pid}/status").read_text(encoding="utf-8")
    assert int(status.split("VmHWM:")[1].split()[0]) < most / 2


def test_a_key_with_an_origin_is_warned_of_at_start_and_once(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "key").write_text("k" * 32, encoding="utf-8")
    with serving(*command[2:], "--key-file", str(tmp_path / "key")) as running:
        refused = httpx2.post(f"{running.url}/v1/prompt", json={}, headers={"Origin": SITE})
        assert refused.status_code == 401
        assert running.says().count("Pages in a browser will not be answered") == 1


def test_slow_callers_are_cut_off_in_the_time_that_is_written(service: Server) -> None:
    host, port = service.url.removeprefix("http://").split("/")[0].split(":")
    begun = time.monotonic()
    with ExitStack() as stack:
        slow = {name: stack.enter_context(socket.create_connection((host, int(port)))) for name in SLOW}
        for name, opened in slow.items():
            opened.sendall(SLOW[name][0])
        while slow and time.monotonic() - begun < 2 * SECONDS_TO_BEGIN:
            assert httpx2.get(f"{service.url}/v1/health").status_code == 200
            slow = {name: one for name, one in slow.items() if not is_ended(one, SLOW[name][1], 0.1)}
        assert list(slow) == []
    assert SECONDS_TO_BEGIN - 1 < time.monotonic() - begun < SECONDS_TO_BEGIN + 3

"""`python -m tests.contract`: schemathesis tries the API of a real server against its own description.

It needs the extra `contract`. It goes on, with new seeds, until 5,000 requests or more were tried, and fails on any
failure. `SCHEMATHESIS=/path/to/schemathesis` names one in another environment.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import httpx2

from tests.server import serving

ENOUGH = 5_000
"""How many requests to try at least."""

ROUNDS = 10
"""How many rounds to try at most."""

CONFIG = Path(__file__).parent / "schemathesis.toml"
"""What schemathesis is told beside its options."""

OPTIONS = ["--checks", "all", "--mode", "all", "--continue-on-failure", "--max-examples", "200",
           "--suppress-health-check", "all"]  # fmt: skip


def requests(url: str) -> int:
    """Ask the server how many requests it has answered."""
    text = httpx2.get(f"{url}/v1/metrics").text
    return int(sum(float(count) for count in re.findall(r"^rhrt_requests_total\{.*\} (\S+)$", text, re.MULTILINE)))


def main() -> int:
    """Run until enough was tried; give the exit code."""
    program = os.environ.get("SCHEMATHESIS", str(Path(sys.executable).with_name("schemathesis")))
    with serving() as server:
        for seed in range(ROUNDS):
            chosen = ["--config-file", str(CONFIG), "run", *OPTIONS, "--seed", str(seed)]
            command = [program, *chosen, f"{server.url}/v1/openapi.json"]
            failed = subprocess.run(command, check=False).returncode
            tried = requests(server.url)
            print(f"Round {seed + 1}: {tried} requests tried so far.", flush=True)
            if failed:
                return failed
            if tried >= ENOUGH:
                return 0
    print(f"Fewer than {ENOUGH} requests were tried.")
    return 1


if __name__ == "__main__":
    sys.exit(main())

"""`python -m tests.load`: a real server under load, side by side with its own health, in one run.

`--seconds 10` makes each part shorter, and `--only crowds` runs one. It fails where an answer is wrong, where the
pages and the health wait for a crowd, where memory grows, or where a server that is killed loses more than what was
in flight.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import httpx2

from rhrt import load_rulebook
from tests.load.client import Ask, Seen, ask, hold
from tests.server import Server, serving, start
from tests.web.refused import JSON, refused
from tests.web.test_same_answer import EXAMPLES, document
from tests.web.test_work import Service, longest_narratives

MANY = 100_000
"""Over how many requests memory must stay flat."""

MOST_GROWTH = 8_000_000
"""How many bytes a process may grow over them: what an allocator keeps, and not a leak of 100 bytes a request."""

SLICES = 4
"""In how many turns health and assessments are asked, so that a noisy moment falls on both."""


CROWD = 5
"""How many clients send without a pause what costs most."""

SOON, SHARE = 0.25, 0.99
"""How many seconds an answer may take beside them, and for which share of the answers that holds."""


def until(seconds: float) -> Callable[[], bool]:
    """Say yes for so many seconds."""
    end = monotonic() + seconds
    return lambda: monotonic() < end


def times(count: int) -> Callable[[], bool]:
    """Say yes so many times."""
    left = iter(range(count))
    return lambda: next(left, None) is not None


def assessments(url: str) -> list[Ask]:
    """Ask for each worked case, knowing the answer."""
    bodies = [json.dumps(document(example)).encode() for example in EXAMPLES]
    kind = {"Content-Type": "application/json"}
    with httpx2.Client(base_url=url, headers=kind) as client:
        answers = [client.post("/v1/assessments", content=body).content for body in bodies]
    return [ask(url, "/v1/assessments", body, answer) for body, answer in zip(bodies, answers, strict=True)]


def side_by_side(url: str, seconds: float) -> int:
    """Compare assessments with health at 1, 16 and 64 connections; give the number of wrong or lost answers."""
    asked = {"/v1/health": [ask(url, "/v1/health")], "/v1/assessments": assessments(url)}
    failures = 0
    for connections in (1, 16, 64):
        seen = {path: Seen() for path in asked}
        for _ in range(SLICES):
            for path, asks in asked.items():
                found = asyncio.run(hold(url, connections, asks, until(seconds / SLICES)))
                seen[path].seconds += found.seconds
                seen[path].wrong += found.wrong
                seen[path].lost += found.lost
        failures += _print(connections, seen, seconds)
    return failures


def _print(connections: int, seen: dict[str, Seen], seconds: float) -> int:
    health, assessed = seen.values()
    for path, one in seen.items():
        print(f"{connections:3} connections  {path:16} {len(one.seconds) / seconds:7.0f} requests/s   "
              f"p50 {one.quantile(0.5):7.2f} ms   p99 {one.quantile(0.99):7.2f} ms   "
              f"wrong {one.wrong}   lost {one.lost}")  # fmt: skip
    print(f"{connections:3} connections  ratio: requests/s {len(assessed.seconds) / len(health.seconds):.2f}   "
          f"p50 {assessed.quantile(0.5) / health.quantile(0.5):.2f}   "
          f"p99 {assessed.quantile(0.99) / health.quantile(0.99):.2f}", flush=True)  # fmt: skip
    return sum(one.wrong + one.lost for one in seen.values())


def beside_crowds(url: str, seconds: float) -> int:
    """Ask for a page and for the health beside crowds; give in how many parts too many answers came late."""
    crowds = {"refused bodies": refused_bodies(url), "narratives": narratives(url)}
    watched = [ask(url, "/check"), ask(url, "/v1/health")]
    failures = 0
    for name, asks in crowds.items():
        crowd, seen = asyncio.run(_beside(url, asks, watched, seconds))
        late = sum(one > SOON for one in seen.seconds)
        print(f"beside {CROWD} clients with {name} ({len(crowd.seconds)} answered, {crowd.lost} lost): /check and "
              f"/v1/health {len(seen.seconds)} answers   p50 {seen.quantile(0.5):.1f} ms   p99 "
              f"{seen.quantile(0.99):.1f} ms   longest {seen.quantile(1):.1f} ms   over {SOON * 1000:.0f} ms {late}"
              f"   wrong {seen.wrong}   lost {seen.lost}", flush=True)  # fmt: skip
        failures += (late > (1 - SHARE) * len(seen.seconds)) + seen.wrong + seen.lost + (not crowd.seconds)
    return failures


async def _beside(url: str, asks: list[Ask], watched: list[Ask], seconds: float) -> tuple[Seen, Seen]:
    return await asyncio.gather(hold(url, CROWD, asks, until(seconds)), hold(url, 1, watched, until(seconds)))


def refused_bodies(url: str) -> list[Ask]:
    """Give the bodies that cost most to refuse, by their cost here."""
    rulebook = load_rulebook()
    every, service = refused(rulebook).values(), Service(rulebook)
    dearest = sorted((one for one in every if one.body and one.kind == JSON), key=service.cost)[-20:]
    service.close()
    return [ask(url, one.path, one.body) for one in dearest]


def narratives(url: str) -> list[Ask]:
    """Give the narratives that cost most to search."""
    told = longest_narratives(load_rulebook()).values()
    return [ask(url, "/v1/spot", json.dumps({"text": text, "limit": 50}).encode()) for text in told]


def memory(server: Server) -> int:
    """Give how much memory a server holds, in bytes (Linux)."""
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="utf-8")
    return int(status.split("VmRSS:")[1].split()[0]) * 1024


def stays_flat(server: Server, many: int) -> int:
    """See that memory does not grow with the number of requests; give the number of failures."""
    asks = assessments(server.url)
    failures = 0
    before = 0
    for count in (many // 10, many):
        before = memory(server)
        seen = asyncio.run(hold(server.url, 16, asks, times(count)))
        failures += seen.wrong + seen.lost
    after = memory(server)
    print(f"memory before {before / 1e6:.1f} MB, after {many} requests {after / 1e6:.1f} MB; failures {failures}")
    return failures + (after - before > MOST_GROWTH)


def outlives_a_kill(seconds: float) -> int:
    """Kill a server under load and start it again; give 1 where more is lost than what was in flight."""
    connections = 16
    with tempfile.TemporaryDirectory() as folder:
        server = start(Path(folder))
        asks = assessments(server.url)
        port = int(server.url.rpartition(":")[2])

        async def run() -> tuple[Seen, Server]:
            load = asyncio.create_task(hold(server.url, connections, asks, until(seconds)))
            await asyncio.sleep(seconds / 3)
            server.process.kill()
            server.process.wait()
            again = await asyncio.to_thread(start, Path(folder) / "again", port=port)
            return await load, again

        (Path(folder) / "again").mkdir()
        seen, again = asyncio.run(run())
        again.process.terminate()
        again.process.wait()
    print(f"killed and started again: {len(seen.seconds)} answered, {seen.wrong} wrong, {seen.lost} lost of "
          f"{connections} connections")  # fmt: skip
    return int(seen.wrong > 0 or seen.lost > connections)


def main() -> int:
    """Run every part; give the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--many", type=int, default=MANY)
    parser.add_argument("--only", choices=("health", "crowds", "memory", "kill"))
    given = parser.parse_args()
    failures = 0
    with serving() as server:
        if given.only in (None, "health"):
            failures += side_by_side(server.url, given.seconds)
        if given.only in (None, "crowds"):
            failures += beside_crowds(server.url, given.seconds)
        if given.only in (None, "memory"):
            failures += stays_flat(server, given.many)
    if given.only in (None, "kill"):
        failures += outlives_a_kill(max(9, given.seconds / 4))
    print("failed" if failures else "passed")
    return min(failures, 1)


if __name__ == "__main__":
    sys.exit(main())

"""A small client: one connection that asks again and again. It costs little, so that it does not measure itself."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter
from urllib.parse import urlsplit

_SIZE = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


@dataclass
class Seen:
    """What was seen: how long each answer took, answers that were wrong, and requests that got none."""

    seconds: list[float] = field(default_factory=list)
    wrong: int = 0
    lost: int = 0

    def quantile(self, share: float) -> float:
        """Give the time within which that share of the answers came, in milliseconds."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


@dataclass(frozen=True)
class Ask:
    """A request as bytes, and what its answer must be (None: whatever has status 200)."""

    content: bytes
    expected: bytes | None = None


def ask(url: str, path: str, body: bytes | None = None, expected: bytes | None = None) -> Ask:
    """Make a request."""
    head = f"{'POST' if body else 'GET'} {path} HTTP/1.1\r\nHost: {urlsplit(url).netloc}\r\n"
    if body:
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return Ask(head.encode() + b"\r\n" + (body or b""), expected)


async def hold(url: str, connections: int, asks: list[Ask], more: Callable[[], bool]) -> Seen:
    """Ask over so many connections for as long as `more` says so."""
    seen = Seen()
    await asyncio.gather(*(_one(url, asks, place, more, seen) for place in range(connections)))
    return seen


async def _one(url: str, asks: list[Ask], place: int, more: Callable[[], bool], seen: Seen) -> None:
    """Ask over one connection, and connect again where it is lost."""
    at = urlsplit(url)
    while more():
        try:
            reader, writer = await asyncio.open_connection(at.hostname, at.port)
        except OSError:
            await asyncio.sleep(0.05)
            continue
        try:
            while more():
                place += 1
                await _answered(reader, writer, asks[place % len(asks)], seen)
        except (OSError, asyncio.IncompleteReadError):
            seen.lost += 1
        finally:
            writer.close()


async def _answered(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: Ask, seen: Seen) -> None:
    start = perf_counter()
    writer.write(asked.content)
    head = await reader.readuntil(b"\r\n\r\n")
    size = _SIZE.search(head)
    body = await reader.readexactly(int(size[1]) if size else 0)
    seen.seconds.append(perf_counter() - start)
    if b" 200 " not in head[:20] or (asked.expected is not None and body != asked.expected):
        seen.wrong += 1

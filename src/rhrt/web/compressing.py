"""Answers compressed for whoever asks for that, so that the prompt is there soon on a slow line."""

import zlib
from functools import lru_cache

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Message, Receive, Scope, Send

from rhrt.web.guard import Guard

SMALLEST = 1024
"""From how many bytes on an answer is compressed."""

_ONCE, _EACH_TIME = 9, 3
"""How hard it is tried: what is compressed for each request takes a tenth of the time of its answer."""

_GZIP = 16 + zlib.MAX_WBITS
_REFUSING = {"q=0", "q=0.0", "q=0.00", "q=0.000"}


class Gzip(Guard):
    """Compresses an answer of some size where that is asked for; what caches may keep, once for all who ask.

    How small it becomes gives nothing away: no answer holds a secret beside what the caller sent.
    """

    async def _take(self, scope: Scope, receive: Receive, send: Send) -> None:
        wanted = _is_wanted(Headers(scope=scope).get("accept-encoding", ""))
        start: Message = {}

        async def compressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            body = _fitting(start, message["body"], wanted)
            await send(start)
            await send({**message, "body": body})

        await self.app(scope, receive, compressed)


def _is_wanted(accepted: str) -> bool:
    """Say whether an Accept-Encoding header names gzip, and not with a weight of nothing: RFC 9110, 12.5.3."""
    for one in accepted.lower().replace(" ", "").split(","):
        coding, _, weight = one.partition(";")
        if coding == "gzip":
            return weight not in _REFUSING
    return False


def _fitting(start: Message, body: bytes, wanted: bool) -> bytes:
    """Give the body to send, and have the headers say so. Caches are told also where it is sent as it is."""
    headers = MutableHeaders(scope=start)
    large = len(body) >= SMALLEST
    if large or start["status"] == 304:
        headers.add_vary_header("Accept-Encoding")
    if not (large and wanted):
        return body
    made = _once(body) if "max-age" in headers.get("cache-control", "") else _gzip(body, _EACH_TIME)
    headers["Content-Encoding"], headers["Content-Length"] = "gzip", str(len(made))
    return made


def _gzip(body: bytes, level: int) -> bytes:
    packing = zlib.compressobj(level, wbits=_GZIP)
    return packing.compress(body) + packing.flush()


@lru_cache(64)
def _once(body: bytes) -> bytes:
    return _gzip(body, _ONCE)

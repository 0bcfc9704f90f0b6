"""A caller that still sends when the answer is made is heard out for a moment, so that it can read the answer.

Otherwise the connection would be reset, and the caller would not learn that its body was too large.
"""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECONDS = 2.0
"""How long a caller is heard out; what it sends is thrown away."""


class Drain:
    """Throws away what is left of a body before the answer goes out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        left = _has_body(scope)

        async def watched() -> Message:
            nonlocal left
            message = await receive()
            left = left and message.get("more_body", False)
            return message

        async def after_all(message: Message) -> None:
            if left and message["type"] == "http.response.start":
                await _throw_away(watched)
            await send(message)

        await self.app(scope, watched, after_all)


def _has_body(scope: Scope) -> bool:
    names = {name.lower() for name, _ in scope["headers"]}
    return b"transfer-encoding" in names or b"content-length" in names


async def _throw_away(receive: Receive) -> None:
    try:
        async with asyncio.timeout(SECONDS):
            while (await receive()).get("more_body", False):
                pass
    except TimeoutError:
        pass

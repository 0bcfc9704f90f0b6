"""The key that callers of the API send, where a deployer set one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from hmac import compare_digest

from fastapi import Request

from rhrt.faults import Fault
from rhrt.web.problems import Refused
from rhrt.web.settings import Settings


def wants_key(settings: Settings) -> Callable[[Request], Awaitable[None]]:
    """Give what looks at each request before its endpoint does. It raises Refused for a missing or wrong key."""
    wanted = f"Bearer {settings.key}".encode() if settings.key else None

    async def look(request: Request) -> None:
        if wanted and not compare_digest(request.headers.get("authorization", "").encode(), wanted):
            fault = Fault(
                "Authorization", "The key is missing or wrong.", "Send Authorization: Bearer and the key."
            )
            raise Refused(401, fault)

    return look

"""Security headers on every answer, and the path under which a reverse proxy puts the service."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rhrt.web.guard.template import template
from rhrt.web.settings import Settings

FRAMED = "/prompt"
"""The one page that a site on the allow list may hold in a frame."""

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Headers:
    """Adds the headers. A page may say itself what it loads and how long it is kept; else, little and not."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.root_path = app, settings.root_path
        self.framed = _POLICY + " ".join(("'self'", *settings.origins))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["root_path"] = self.root_path

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message), template(scope))
            await send(message)

        await self.app(scope, receive, with_headers)

    def _add(self, headers: MutableHeaders, page: str) -> None:
        headers.update(_ALWAYS)
        headers.setdefault("Cache-Control", "no-store")
        if page == FRAMED:
            headers["Content-Security-Policy"] = self.framed
        else:
            headers.setdefault("Content-Security-Policy", _POLICY + "'none'")
            headers["X-Frame-Options"] = "DENY"

"""The element that a host puts into its form: one script, its route, and the page for an iframe."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from rhrt.web.component import frame
from rhrt.web.component.module import Module, module_of
from rhrt.web.settings import Settings

FIVE_MINUTES = "public, max-age=300, stale-if-error=604800"
FOR_EVER = "public, max-age=31536000, immutable"


def router(settings: Settings) -> APIRouter:
    """Give the routes: the script under a name that stays, under a name for its content, and /prompt."""
    made = APIRouter()
    module = module_of(settings.rulebooks)

    @made.get("/rhrt-prompt.js")
    async def newest(request: Request) -> Response:
        """Give the script. Caches ask again after five minutes, and keep it for a week if nobody answers."""
        return _script(module, FIVE_MINUTES, request)

    @made.get("/rhrt-prompt-{version}.js")
    async def versioned(version: str, request: Request) -> Response:
        """Give the script of that version, for ever the same. One that is no longer served leads to the newest."""
        if version != module.version:
            return RedirectResponse("rhrt-prompt.js", 307, {"Cache-Control": "no-store"})
        return _script(module, FOR_EVER, request)

    made.include_router(frame.router(settings, module))
    return made


def _script(module: Module, caching: str, request: Request) -> Response:
    headers = {"Cache-Control": caching, "ETag": f'"{module.version}"', "Vary": "Origin"}
    if f'"{module.version}"' in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(module.content, media_type="text/javascript", headers=headers)

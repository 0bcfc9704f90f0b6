"""The element that a host puts into its form: one script, its route, and the page for an iframe."""

import json
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from rhrt.present.outline import if_worse_numbers
from rhrt.rulebook.model import Rulebook
from rhrt.web.answering import add_files, page, templates
from rhrt.web.component.module import Module, module_of
from rhrt.web.request import query
from rhrt.web.settings import Settings

FRAME = Path(__file__).parent / "frame"
"""The page that an iframe holds, for a host whose form can run no script of another origin."""

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

    _add_frame(made, settings, module)
    return made


def _add_frame(router: APIRouter, settings: Settings, module: Module) -> None:
    add_files(router, FRAME, ("prompt.js", "prompt.css", "prompt.svg"))
    template = templates(FRAME).get_template("prompt.html")

    @router.get("/prompt")
    async def prompt(request: Request) -> Response:
        """Give the page. The query may name the rulebook, and ask for the practitioner's own level first."""
        asked = query(request, "rulebook", "commit-first")
        rulebook = settings.rulebook(asked.get("rulebook"), "query.rulebook")
        known = in_form(rulebook, module, "commit-first" in asked)
        return page(template.render(known, origins=json.dumps(settings.origins)))


def in_form(rulebook: Rulebook, module: Module, commit_first: bool = False) -> dict[str, object]:
    """Give what a template needs to hold the prompt, with whom to ring where the script does not run."""
    return {
        "rulebook": rulebook,
        "contacts": if_worse_numbers(rulebook),
        "module": f"rhrt-prompt-{module.version}.js",
        "commit_first": commit_first,
    }


def _script(module: Module, caching: str, request: Request) -> Response:
    # Weak, for it comes compressed too.
    headers = {"Cache-Control": caching, "ETag": f'W/"{module.version}"', "Vary": "Origin"}
    if f'"{module.version}"' in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(module.content, media_type="text/javascript", headers=headers)

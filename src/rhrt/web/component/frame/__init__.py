"""/prompt: the page that an iframe holds, for a host whose form can run no script of another origin."""

from __future__ import annotations

import json
from pathlib import Path

from fastapi import APIRouter, Request, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from rhrt.present.outline import reached
from rhrt.rulebook.model import Rulebook
from rhrt.web.component.module import Module
from rhrt.web.files import as_written
from rhrt.web.settings import Settings

HERE = Path(__file__).parent


def router(settings: Settings, module: Module) -> APIRouter:
    """Give the routes of the page, its script and its look."""
    made = APIRouter()
    loader = FileSystemLoader(HERE)
    templates = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    template = templates.get_template("frame.html")

    @made.get("/prompt")
    async def prompt(request: Request) -> Response:
        """Give the page. The query may name the rulebook, and ask for the practitioner's own level first."""
        asked = choices(request)
        rulebook = settings.rulebook(asked.get("rulebook"), "query.rulebook")
        page = template.render(
            rulebook=rulebook,
            contacts=to_ring(rulebook),
            commit_first="commit-first" in asked,
            module=f"rhrt-prompt-{module.version}.js",
            origins=json.dumps(settings.origins),
        )
        return Response(page, media_type="text/html")
    ...

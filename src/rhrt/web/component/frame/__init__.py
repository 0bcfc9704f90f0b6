"""/prompt: the page that an iframe holds, for a host whose form can run no script of another origin."""

from __future__ import annotations

import json
from pathlib import Path

from fastapi import APIRouter, Request, Response

from rhrt.present.outline import if_worse_numbers
from rhrt.rulebook.model import Rulebook
from rhrt.web.component.module import Module
from rhrt.web.query import query
from rhrt.web.settings import Settings
from rhrt.web.written import add_files, page, templates

HERE = Path(__file__).parent


def router(settings: Settings, module: Module) -> APIRouter:
    """Give the routes of the page, its script and its look."""
    made = APIRouter()
    add_files(made, HERE, ("prompt.js", "prompt.css", "prompt.svg"))
    template = templates(HERE).get_template("prompt.html")

    @made.get("/prompt")
    async def prompt(request: Request) -> Response:
        """Give the page. The query may name the rulebook, and ask for the practitioner's own level first."""
        asked = query(request, "rulebook", "commit-first")
        rulebook = settings.rulebook(asked.get("rulebook"), "query.rulebook")
        known = in_form(rulebook, module, "commit-first" in asked)
        return page(template.render(known, origins=json.dumps(settings.origins)))

    return made


def in_form(rulebook: Rulebook, module: Module, commit_first: bool = False) -> dict[str, object]:
    """Give what a template needs to hold the prompt, with whom to ring where the script does not run."""
    return {
        "rulebook": rulebook,
        "contacts": if_worse_numbers(rulebook),
        "module": f"rhrt-prompt-{module.version}.js",
        "commit_first": commit_first,
    }

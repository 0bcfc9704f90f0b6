"""The API: one file an endpoint. Documents in, documents out."""

from __future__ import annotations

from fastapi import APIRouter

from rhrt.web.api import assessments, health, prompt, rulebooks
from rhrt.web.settings import Settings


def router(settings: Settings) -> APIRouter:
    """Give the routes of this room."""
    made = APIRouter(prefix="/v1")
    for endpoint in (assessments, prompt, rulebooks, health):
        made.include_router(endpoint.router(settings))
    return made

"""The API: one file an endpoint. Documents in, documents out."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from rhrt.web.api import assessments, description, health, indicators, metrics, prompt, rulebooks, spot
from rhrt.web.guard.key import wants_key
from rhrt.web.settings import Settings


def router(settings: Settings) -> APIRouter:
    """Give the routes of this room. All but the health want the key, where there is one."""
    made = APIRouter(tags=["API"])
    key = [Depends(wants_key(settings))]
    for endpoint in (assessments, prompt, rulebooks, indicators, spot, metrics, description):
        made.include_router(endpoint.router(settings), dependencies=key)
    made.include_router(health.router(settings))
    return made

"""The API: documents in, documents out."""

from fastapi import APIRouter

from rhrt.web.api import assessments, description, health, rulebooks, search
from rhrt.web.guard import wanting_key
from rhrt.web.settings import Settings


def router(settings: Settings) -> APIRouter:
    """Give the routes of this room. All but the health want the key, where there is one."""
    made = APIRouter(tags=["API"])
    for endpoints in (assessments, rulebooks, search, description):
        made.include_router(endpoints.router(settings), dependencies=wanting_key(settings))
    made.include_router(health.router(settings))
    return made

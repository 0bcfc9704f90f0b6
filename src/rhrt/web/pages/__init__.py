"""The same journey as plain pages, without JavaScript."""

from __future__ import annotations

from fastapi import APIRouter

from rhrt.web.settings import Settings


def router(settings: Settings) -> APIRouter:  # noqa: ARG001 - filled in next
    """Give the routes of this room."""
    return APIRouter()

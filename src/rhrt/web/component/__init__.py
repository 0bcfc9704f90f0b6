"""The element that a host puts into its form: one script, and its route."""

from __future__ import annotations

from fastapi import APIRouter

from rhrt.web.settings import Settings


def router(settings: Settings) -> APIRouter:  # noqa: ARG001 - filled in next
    """Give the routes of this room."""
    return APIRouter()

"""A mock referral form with the prompt in it, and how to embed it."""

from __future__ import annotations

from fastapi import APIRouter

from rhrt.web.settings import Settings


def router(settings: Settings) -> APIRouter:  # noqa: ARG001 - filled in next
    """Give the routes of this room."""
    return APIRouter()

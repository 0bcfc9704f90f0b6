"""CDS Hooks 2.0: the suggestion as cards, for systems that already ask for advice in that way.

The hook is our own: `safeguarding-referral-draft`, fired while a referral is being written. Its `context` is a
record, the same document that `/v1/assessments` takes.
"""

from __future__ import annotations

from fastapi import APIRouter, Depends

from rhrt.web.cds_hooks import discovery, feedback, service
from rhrt.web.guard.key import wants_key
from rhrt.web.settings import Settings


def router(settings: Settings) -> APIRouter:
    """Give the routes of this room."""
    made = APIRouter(tags=["CDS Hooks"])
    for endpoint in (discovery, service, feedback):
        made.include_router(endpoint.router(settings), dependencies=[Depends(wants_key(settings))])
    return made

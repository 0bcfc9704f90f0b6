"""The application: every room of the service, behind its guards. Only this file knows all rooms."""

from __future__ import annotations

from fastapi import FastAPI

from rhrt.version import VERSION
from rhrt.web import api, component, demonstration, pages
from rhrt.web.problems import answer_with_problems
from rhrt.web.settings import Settings


def application(settings: Settings) -> FastAPI:
    """Make the service. It runs whole in the thread of the event loop: durable-rules is not safe across threads."""
    app = FastAPI(
        title="rhrt",
        version=VERSION,
        openapi_url=None,  # made in the room of the API; FastAPI's own pages for it load scripts of third parties
        redirect_slashes=False,
        root_path=settings.root_path,
        # Never what a request holds, even where a deployer's tracing is set up for all that runs.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    answer_with_problems(app)
    for room in (api, pages, component, demonstration):
        app.include_router(room.router(settings))
    return app

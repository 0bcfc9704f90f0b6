"""The application: every room of the service, behind its guards. Only this file knows all rooms."""

import asyncio

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from rhrt.version import VERSION
from rhrt.web import api, cds_hooks, component, demonstration, pages
from rhrt.web.compressing import Gzip
from rhrt.web.guard import Address, Drain, Head, Headers, Quiet
from rhrt.web.metrics import Metrics
from rhrt.web.problems import answer_with_problems
from rhrt.web.request import Awaited
from rhrt.web.searches import Searches
from rhrt.web.settings import Settings

FOR_MACHINES = (api, cds_hooks)
"""The rooms whose addresses are described at /v1/openapi.json. Each gives its routes for some settings."""

FOR_PEOPLE = (pages, component, demonstration)
"""The rooms whose addresses are pages, and what pages load."""


def application(settings: Settings) -> FastAPI:
    """Make the service. It runs in the thread of the event loop, all but searches: they have their own."""
    app = FastAPI(
        title="rhrt",
        version=VERSION,
        openapi_url=None,  # made in the room of the API; FastAPI's own pages for it load scripts of third parties
        generate_unique_id_function=lambda route: route.name,
        redirect_slashes=False,  # a redirect would repeat the Host header that the caller sent
        # Never what a request holds, even where a deployer's tracing is set up for all that runs.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.metrics = Metrics()
    app.state.searches = Searches(settings)
    app.state.one_large_body = asyncio.Lock()
    app.state.awaited = Awaited()
    answer_with_problems(app)
    for room in FOR_MACHINES:
        app.include_router(room.router(settings))
    for room in FOR_PEOPLE:
        app.include_router(room.router(settings), include_in_schema=False)
    _guard(app, settings)
    return app


def _guard(app: FastAPI, settings: Settings) -> None:
    """Put the guards before every room; a request meets the last one first."""
    app.add_middleware(Gzip)
    app.add_middleware(Head)
    if settings.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.origins,
            allow_methods=("GET", "HEAD", "POST"),
            allow_headers=("Authorization", "Content-Type"),
        )
    app.add_middleware(Address)
    app.add_middleware(Quiet, metrics=app.state.metrics)
    app.add_middleware(Headers, settings=settings)
    app.add_middleware(Drain)

"""The same journey as plain pages, without JavaScript.

What has been answered goes from page to page in the form itself: nothing of it is kept here, in a cookie or in
an address.
"""

from base64 import b64encode
from collections.abc import Awaitable, Callable
from functools import partial
from hashlib import sha256

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from rhrt.faults import BadInput, NoAnswer
from rhrt.present.html import STYLE
from rhrt.present.page import as_page
from rhrt.reasoning.assess import assess
from rhrt.web.pages import journey, views
from rhrt.web.pages.rendering import Pages, gather, kind
from rhrt.web.problems import SECONDS_TO_WAIT, Refused, status_of
from rhrt.web.request import form_body
from rhrt.web.searches import searches_of
from rhrt.web.settings import Settings

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
PRINTED_POLICY = (
    f"default-src 'none'; style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'; "
    "base-uri 'none'; frame-ancestors 'none'"
)

# Not `no-store`: with it the browser's Back shows an error page in place of a page that answered a POST. No cache
# shared between people may keep a page, and the browser's own asks again before it shows one anew.
_KEEP = "private, no-cache"
_NEVER_KEEP = "no-store"
_KEEP_FOR_GOOD = "public, max-age=31536000, immutable"

Answer = Callable[[Request], Awaitable[Response]]


def router(settings: Settings) -> APIRouter:
    """Give the routes of this room. Raises BadInput where the files of GOV.UK Frontend are not there."""
    routes = APIRouter(include_in_schema=False)
    room = _Room(settings)
    for path, method, answer in (
        ("/", "GET", room.to_the_start),
        ("/check", "GET", room.start),
        ("/check/result", "POST", room.result),
        ("/check/print", "POST", room.printed),
        ("/check/{step:int}", "POST", room.step),
        ("/check/{name}", "GET", room.file),
    ):
        routes.add_api_route(path, room.guarded(answer), methods=[method])
    return routes


class _Room:
    """The pages of one service."""

    def __init__(self, settings: Settings) -> None:
        self._rulebooks, self._root = settings.rulebooks, settings.root_path
        self._files = gather(settings.govuk)
        self._pages = Pages(self._root, self._files)

    def guarded(self, answer: Answer) -> Answer:
        """Answer with a plain page where a request cannot be answered."""

        async def answered(request: Request) -> Response:
            try:
                return await answer(request)
            except Refused as refused:
                return self._busy() if refused.status == 503 else self._problem(refused.status)
            except BadInput:
                return self._problem(400)
            except NoAnswer as none:
                return self._problem(status_of(none), "no_answer", none.advice)

        return answered

    async def to_the_start(self, _request: Request) -> Response:
        """Lead to the start page: by its path alone, for the host is whatever the caller said."""
        return RedirectResponse(f"{self._root}/check", 303)

    async def start(self, _request: Request) -> Response:
        """Show the start page."""
        return _page(views.start(self._pages, self._rulebooks))

    async def step(self, request: Request) -> Response:
        """Take one step, the first from the start page."""
        fields = await form_body(request)
        if any(name == "rulebook" for name, _ in fields) or not fields:
            return self._begun(dict(fields).get("rulebook"))
        searches = searches_of(request)
        take = partial(journey.step, fields, self._rulebooks, searches.of)
        step = await searches.words.do(take) if journey.seeks(fields) else take()
        return _page(views.next_page(self._pages, self._root, step))

    async def result(self, request: Request) -> Response:
        """Show the suggestion."""
        session = journey.taken_up(await form_body(request), self._rulebooks)
        return _page(views.result(self._pages, self._root, session))

    async def printed(self, request: Request) -> Response:
        """Show the record to print."""
        session = journey.taken_up(await form_body(request), self._rulebooks)
        return _page(as_page(assess(session.record, session.rulebook)), policy=PRINTED_POLICY, keep=_NEVER_KEEP)

    async def file(self, request: Request) -> Response:
        """Give a style sheet or a script; or lead one who asks for a later page to the first."""
        name = request.path_params["name"]
        if name in self._files.content:
            headers = {"Cache-Control": _KEEP_FOR_GOOD}
            return Response(self._files.content[name], headers=headers, media_type=kind(name))
        if name in {"result", "print"} or name.isdecimal():
            return await self.to_the_start(request)
        return self._problem(404, "not_here")

    def _begun(self, id_: str | None) -> Response:
        rulebook = next((one for one in self._rulebooks if one.id == id_), None)
        if rulebook is None:
            return _page(views.start(self._pages, self._rulebooks, error="Choose an area"))
        return _page(views.next_page(self._pages, self._root, journey.Step(journey.begin(rulebook))))

    def _busy(self) -> Response:
        answer = self._problem(503, "busy")
        answer.headers["Retry-After"] = SECONDS_TO_WAIT
        return answer

    def _problem(self, status: int, what: str = "strange", advice: str = "") -> Response:
        return _page(self._pages.html("problem.html", what=what, advice=advice), status)


def _page(html: str, status: int = 200, policy: str = POLICY, keep: str = _KEEP) -> Response:
    return HTMLResponse(html, status, {"Content-Security-Policy": policy, "Cache-Control": keep})

"""A demonstration: a mock referral form with the prompt in it, and how to embed the prompt, in three rungs."""

from pathlib import Path

from fastapi import APIRouter, Request, Response

from rhrt.web.answering import add_files, page, templates
from rhrt.web.component import in_form
from rhrt.web.component.module import module_of
from rhrt.web.request import form_body
from rhrt.web.settings import Settings

HERE = Path(__file__).parent
PAGES = {
    "/demo": "index.html",
    "/demo/form": "form.html",
    "/demo/form/own-level-first": "form.html",
    "/demo/frame": "frame.html",
}


def router(settings: Settings) -> APIRouter:
    """Give the routes of this room: none, where no demonstration is wanted."""
    made = APIRouter()
    if settings.demonstration:
        add_files(made, HERE / "static", ("demonstration.css", "host.js"), below="/demo/")
        for path, name in PAGES.items():
            _add_page(made, path, name, settings)
        _add_received(made, settings)
    return made


def _add_page(router: APIRouter, path: str, name: str, settings: Settings) -> None:
    template = templates(HERE / "templates").get_template(name)
    known = in_form(settings.rulebooks[0], module_of(settings.rulebooks), path.endswith("own-level-first"))
    script = (HERE / "static" / "host.js").read_text(encoding="utf-8").strip()

    @router.get(path)
    async def shown(request: Request) -> Response:
        """Give the page."""
        service = f"{request.url.scheme}://{request.url.netloc}{settings.root_path}"
        return page(template.render(known, base=settings.root_path, service=service, host_script=script))


def _add_received(router: APIRouter, settings: Settings) -> None:
    template = templates(HERE / "templates").get_template("received.html")

    @router.post("/demo/form")
    async def received(request: Request) -> Response:
        """Show the fields that came, and forget them."""
        return page(template.render(fields=await form_body(request), base=settings.root_path))

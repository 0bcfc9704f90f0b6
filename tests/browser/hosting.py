"""A form of somebody else with the prompt in it, and how a person uses it there."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Locator, Page, Request, Route

from tests.server import Server

PATIENCE = 20
"""The seconds that a test waits for what must come: no test is timed, and a busy machine is only slow."""

FIREFOX = os.environ.get("RHRT_BROWSER") == "firefox"

MARRAM = Path(__file__).parents[1] / "frameworks" / "marram-2025"
"""Another rulebook."""

SIGN = "young-carer-some-responsibilities"
CALM = {"immediate_danger": "no", "medical_emergency": "no", "suspected_significant_harm": "no"}

HOST_FIRST, MODULE_FIRST, BOTH_DEFERRED = "the host first", "the module first", "both deferred"
LOADINGS = (HOST_FIRST, MODULE_FIRST, BOTH_DEFERRED)
"""The orders in which a page runs the module and the host's own script: see `form`."""

_FORM = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>A form</title>
<meta name="viewport" content="width=device-width, initial-scale=1">{above}{head}</head>
<body><main><h1>A form</h1><form><label for="story">What has happened?</label><textarea id="story"></textarea>
<fieldset id="set"><rhrt-prompt {attributes}><p>Ring 999.</p></rhrt-prompt></fieldset>
<button type="reset">Clear</button></form></main>{below}</body></html>"""
_MODULE = '<script type="module" src="{url}/rhrt-prompt.js"></script>'
_ABOVE = {
    HOST_FIRST: _MODULE,
    MODULE_FIRST: _MODULE + '<script type="module" src="/a-host.js"></script>',
    BOTH_DEFERRED: '<script defer src="/a-host.js"></script>' + _MODULE,
}
_BELOW = {HOST_FIRST: '<script src="/a-host.js"></script>'}
HOST = """window.heard = [];
for (const name of ["rhrt-change", "rhrt-suggestion"])
    addEventListener(name, (event) => window.heard.push([name, event.detail]));
const prompt = document.querySelector("rhrt-prompt");
"""
"""The host's own script: it listens, and it has the prompt. A test adds what else its host does."""


def form(url: str, loading: str, attributes: str = "", head: str = "") -> str:
    """Write a host's form. Its script, /a-host.js, stands at the end of the body and so runs before the module.

    Or it runs after the module, being one itself; or both are deferred, it first.
    """
    above, below = _ABOVE[loading].format(url=url), _BELOW.get(loading, "")
    return _FORM.format(attributes=attributes, head=head, above=above, below=below)


def hosted(page: Page, served: Server, loading: str, attributes: str = "", **more: str) -> Locator:
    """Open a host's form with the prompt in it, and give the prompt. It is ready to be used.

    `more`: `head`, what else is in the page's head; `csp`, its policy; `does`, what else its script does.
    """
    html = form(served.url, loading, attributes, more.get("head", ""))
    policy = {"content-security-policy": more["csp"]} if "csp" in more else {}
    script = HOST + more.get("does", "")

    def answer(route: Route) -> None:
        is_script = route.request.url.endswith(".js")
        kind = {"content-type": "text/javascript" if is_script else "text/html; charset=utf-8"}
        route.fulfill(body=script if is_script else html, headers=kind if is_script else kind | policy)

    page.unroute("**/a-*")
    page.route("**/a-*", answer)
    page.goto(f"{served.url}/a-form")
    prompt = page.locator("rhrt-prompt")
    prompt.get_by_role("heading", name="What does the guidance suggest?").wait_for()
    prompt.get_by_text("Or choose from a list").wait_for()
    return prompt


UNFOUNDED = "An invalid form control is not focusable."
"""What Firefox writes of every element that is a field and leaves the focus to a control inside. It has it then."""


def complaints(page: Page) -> list[str]:
    """Give the list to which all that the page complains of is added."""
    found: list[str] = []

    def complained(words: str) -> None:
        if not (FIREFOX and words == UNFOUNDED):
            found.append(words)

    page.on("console", lambda message: complained(message.text))
    page.on("pageerror", lambda error: complained(str(error)))
    return found


def answer(prompt: Locator, question: str, words: str) -> None:
    prompt.locator(f"[data-question='{question}']").get_by_label(words, exact=True).check()


def no_danger(prompt: Locator) -> None:
    for group in prompt.get_by_role("region", name="First, is anybody in danger?").get_by_role("group").all():
        group.get_by_label("No", exact=True).check()


def find(prompt: Locator, words: str) -> None:
    prompt.get_by_label("Say it in a few words").fill(words)
    prompt.get_by_role("button", name="Find").click()
    prompt.get_by_text("Nearest first").wait_for()


def mark(prompt: Locator, indicator: str, words: str = "Yes") -> None:
    """Mark a sign where it is first seen: in a concern that stands open, a list, or among what was marked."""
    prompt.locator(f"[data-concern='{indicator}']").first.get_by_label(words, exact=True).check()


def open_concern(prompt: Locator, words: str) -> None:
    """Open the first concern that stands closed and has these words, found or offered: now its signs are shown."""
    prompt.locator(".found details:not([open]) > summary", has_text=words).first.click()


def signs(within: Locator) -> list[str]:
    """Give the ids of the signs to be marked in a part of the prompt, from top to bottom."""
    found: list[str] = within.locator("[data-concern]").evaluate_all("all => all.map((one) => one.dataset.concern)")
    return found


def headline(prompt: Locator) -> Locator:
    return prompt.get_by_role("region", name="Suggestion").get_by_role("heading", level=3)


def suggested(prompt: Locator) -> Locator:
    """Give the line that says the level, below the headline, which is the deed."""
    said = re.compile("^(Suggested: |No level suggested)")
    return prompt.get_by_role("region", name="Suggestion").get_by_role("status").locator("p", has_text=said)


def fields(page: Page) -> dict[str, str]:
    """Give the fields that the form would send."""
    found: dict[str, str] = page.evaluate("Object.fromEntries(new FormData(document.querySelector('form')))")
    return found


def expect_fields(page: Page, wanted: dict[str, str], only: bool = False) -> None:
    """Wait until the form would send these fields; ``only``, and no other."""
    until = monotonic() + PATIENCE
    while True:
        sent = fields(page)
        if (sent == wanted) if only else (sent | wanted == sent):
            return
        assert monotonic() < until, f"the form sends {sent}, and should send {wanted}"
        page.wait_for_timeout(20)


def record(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(fields(page)["rhrt-record"])
    return found


def heard(page: Page, name: str) -> list[dict[str, Any]]:
    """Give the details of the events of that name, in order."""
    return [detail for event, detail in page.evaluate("window.heard") if event == name]


def focused(page: Page) -> str:
    """Give the words or the name of what has the focus, inside the prompt or out of it."""
    script = """() => { let at = document.activeElement;
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
        return at.labels?.[0]?.textContent ?? at.getAttribute("aria-label") ?? at.textContent; }"""
    found: str = page.evaluate(script)
    return found


def leave_and_come_back(page: Page) -> None:
    """Go to another page of the same site and come back by the browser's button: the form is made anew."""
    page.route("**/elsewhere", lambda route: route.fulfill(body="Elsewhere.", content_type="text/html"))
    page.goto(urljoin(page.url, "/elsewhere"))
    page.go_back()


def on_paper(page: Page) -> None:
    """Show the page as it is printed. Of Firefox, whose driver prints nothing, only the element is asked."""
    page.emulate_media(media="print")
    if FIREFOX:
        page.evaluate("""() => { for (const { shadowRoot } of document.querySelectorAll("rhrt-prompt"))
            for (const rule of shadowRoot.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules]))
                if (rule.media?.mediaText === "print") rule.media.mediaText = "all"; }""")


_TELLING = """(() => { const asks = window.fetch;
    window.fetch = async (address, ...more) => {
        if (`${address}`.endsWith("/v1/spot")) await window.%s(more[0].body);
        return asks(address, ...more);
    }; })()"""
"""Firefox's driver does not give what is in a request, so there the page tells it before it is sent."""


def told(page: Page) -> list[str]:
    """Give the list to which each text is added that is sent to find signs in it."""
    sent: list[str] = []

    def heard(body: str | None) -> None:
        sent.append(json.loads(body or "")["text"])

    def seen(request: Request) -> None:
        if request.url.endswith("/v1/spot"):
            heard(request.post_data)

    if FIREFOX:
        told_to = f"told{id(sent)}"
        page.expose_function(told_to, heard)
        page.add_init_script(_TELLING % told_to)
        page.evaluate(_TELLING % told_to)
    else:
        page.on("request", seen)
    return sent

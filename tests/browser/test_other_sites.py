"""The prompt on a site of another origin than the service, with a strict policy: as a component or in an iframe."""

from __future__ import annotations

import json

from playwright.sync_api import Page, expect

from rhrt.web.demonstration import HERE
from tests.browser.hosting import (
    HOST,
    answer,
    complaints,
    expect_fields,
    fields,
    find,
    form,
    mark,
    no_danger,
    suggested,
)
from tests.browser.sites import site
from tests.server import free_port, serving

HOST_SCRIPT = (HERE / "static" / "host.js").read_text(encoding="utf-8")
FRAMED = """<!DOCTYPE html><html lang="en-GB"><head><title>A form</title><link rel="icon" href="data:,"></head>
<body><form><iframe title="Prompt" data-prompt="{url}/prompt"></iframe></form>
<script src="/host.js"></script></body></html>"""


def test_a_site_on_the_list_holds_the_component_under_a_strict_policy(page: Page, loading: str) -> None:
    port = free_port()
    with serving("--origin", f"http://127.0.0.1:{port}") as served:
        policy = f"default-src 'none'; script-src 'self' {served.url}; connect-src {served.url}; img-src data:"
        html = form(served.url, loading, head='<link rel="icon" href="data:,">')
        pages = {"/": ("text/html", html), "/a-host.js": ("text/javascript", HOST)}
        with site(port, pages, policy) as url:
            found = complaints(page)
            page.goto(url)
            prompt = page.locator("rhrt-prompt")
            no_danger(prompt)
            find(prompt, "not enough food")
            mark(prompt, "lack-of-food")
            expect(suggested(prompt)).to_have_text("Suggested: Level 3, Intensive")
            expect_fields(page, {"rhrt-level": "3"})
            assert page.context.cookies() == []
            assert found == []


def test_a_site_that_is_not_on_the_list_shows_what_it_wrote_itself(page: Page, loading: str) -> None:
    port = free_port()
    with serving("--origin", "https://forms.example.org") as served:
        html = form(served.url, loading)
        with site(port, {"/": ("text/html", html)}, "default-src 'none'; script-src *") as url:
            page.goto(url)
            expect(page.get_by_text("Ring 999.")).to_be_visible()
            assert page.evaluate("customElements.get('rhrt-prompt')") is None


def test_a_site_on_the_list_holds_the_prompt_in_an_iframe_and_gets_its_fields(page: Page) -> None:
    port = free_port()
    with serving("--origin", f"http://127.0.0.1:{port}") as served:
        policy = f"default-src 'none'; script-src 'self'; frame-src {served.url}; img-src data:"
        pages = {
            "/": ("text/html", FRAMED.format(url=served.url)),
            "/host.js": ("text/javascript", HOST_SCRIPT),
        }
        with site(port, pages, policy) as url:
            found = complaints(page)
            page.goto(url)
            frame = page.frame_locator("iframe")
            prompt = frame.locator("rhrt-prompt")
            answer(prompt, "immediate_danger", "Yes")
            expect(suggested(prompt)).to_have_text("Suggested: Level 4, Specialist")
            expect(page.locator("input[name=rhrt-level]")).to_have_value("4")
            assert json.loads(fields(page)["rhrt-record"])["situation"] == {"immediate_danger": "yes"}
            page.wait_for_function("document.querySelector('iframe').height > 700")
            page.evaluate("postMessage({ type: 'rhrt-value', fields: { 'rhrt-level': '1' } }, '*')")
            page.wait_for_timeout(100)
            expect_fields(page, {"rhrt-level": "4"})  # nobody else is listened to
            assert found == []


def test_a_site_that_is_not_on_the_list_can_neither_hold_the_iframe_nor_hear_it(page: Page) -> None:
    port = free_port()
    with serving("--origin", "https://forms.example.org") as served:
        pages = {
            "/": ("text/html", FRAMED.format(url=served.url)),
            "/host.js": ("text/javascript", HOST_SCRIPT),
        }
        with site(port, pages, "default-src 'none'; script-src 'self'; frame-src *") as url:
            page.goto(url)
            page.wait_for_timeout(500)
            expect(page.frame_locator("iframe").locator("rhrt-prompt")).to_have_count(0)
            expect_fields(page, {}, only=True)

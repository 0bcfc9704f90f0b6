"""The field of the host's that <rhrt-prompt> reads where the host says so: only that one, and while it is there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.hosting import complaints, hosted, no_danger, told
from tests.server import Server

STORY = "Mum is drinking more and more. He is always hungry."
OTHER = "Dad hits mum. He was left home alone."
PAUSE = 1.5
"""The seconds after which a pause is one."""


@pytest.fixture(autouse=True)
def _nothing_to_complain_of(page: Page) -> Iterator[None]:
    found = complaints(page)
    yield
    assert found == []


def says(prompt: Locator) -> Locator:
    return prompt.get_by_text("What you write in this form is looked through")


def offered(prompt: Locator) -> Locator:
    return prompt.get_by_role("heading", name="From what you wrote: is any of this so?")


def pause(page: Page) -> None:
    page.wait_for_timeout(PAUSE * 1000)


def test_a_story_that_is_there_already_is_read(page: Page, loading: str, served: Server) -> None:
    sent = told(page)
    prompt = hosted(
        page, served, loading, 'watch="story"', does=f"document.querySelector('#story').value = '{STORY}';"
    )
    expect(says(prompt)).to_be_visible()
    expect(offered(prompt)).to_be_visible()
    assert sent == [STORY]
    prompt.get_by_role("button", name="Close this").click()
    no_danger(prompt)
    pause(page)
    assert sent == [STORY], "what was read is not read again"


def test_a_field_that_the_host_puts_in_its_place_is_read_and_the_old_one_no_more(
    page: Page, loading: str, served: Server
) -> None:
    prompt = hosted(page, served, loading, 'watch="story"')
    sent = told(page)
    page.get_by_label("What has happened?").fill(STORY)
    expect(offered(prompt)).to_be_visible()
    page.evaluate("""() => { const old = document.querySelector("#story");
        window.old = old;
        const other = old.cloneNode();
        other.value = old.value;
        old.replaceWith(other); }""")
    expect(says(prompt)).to_be_visible()
    pause(page)
    assert sent == [STORY], "a framework wrote the same words again"
    page.get_by_label("What has happened?").fill(OTHER)
    expect(prompt.get_by_text("You wrote: “Dad hits mum”").first).to_be_visible()
    assert sent == [STORY, OTHER]
    page.evaluate("""() => { old.removeAttribute("id"); document.querySelector("form").append(old);
        old.value = "Something else altogether.";
        old.dispatchEvent(new Event("input", { bubbles: true })); }""")
    pause(page)
    assert sent == [STORY, OTHER]


def test_it_says_that_it_reads_only_while_the_field_is_there_under_its_id(
    page: Page, loading: str, served: Server
) -> None:
    prompt = hosted(page, served, loading, 'watch="later"')
    sent = told(page)
    expect(says(prompt)).to_be_hidden()
    field = page.get_by_label("What has happened?")
    field.fill(STORY)
    pause(page)
    assert sent == []
    page.evaluate("() => { document.querySelector('#story').id = 'later' }")
    expect(says(prompt)).to_be_visible()
    expect(offered(prompt)).to_be_visible()
    assert sent == [STORY]
    page.evaluate("() => { document.querySelector('#later').id = 'story' }")
    expect(says(prompt)).to_be_hidden()
    field.evaluate("field => { field.value = 'He is cold and alone.'; field.dispatchEvent(new Event('input')) }")
    pause(page)
    assert sent == [STORY]
    page.evaluate("""() => { const added = Object.assign(document.createElement("textarea"), { id: "later" });
        document.querySelector("form").append(added); }""")
    expect(says(prompt)).to_be_visible()
    page.locator("#later").fill(OTHER)
    expect(prompt.get_by_text("You wrote: “Dad hits mum”").first).to_be_visible()
    page.evaluate("() => { document.querySelector('#later').remove() }")
    expect(says(prompt)).to_be_hidden()
    page.evaluate("""() => { const added = Object.assign(document.createElement("div"), { id: "later" });
        document.querySelector("form").append(added); }""")
    pause(page)
    expect(says(prompt)).to_be_hidden()
    assert sent == [STORY, OTHER], "a thing with no text of its own is no field"


def test_it_reads_a_field_beside_it_in_a_shadow_tree_also_after_it_was_moved(
    page: Page, loading: str, served: Server
) -> None:
    prompt = hosted(page, served, loading, 'watch="story"')
    sent = told(page)
    page.evaluate("""() => { const prompt = document.querySelector("rhrt-prompt");
        const host = document.createElement("div");
        document.body.append(host);
        const field = Object.assign(document.createElement("textarea"), { id: "story" });
        host.attachShadow({ mode: "open" }).append(field, prompt); }""")
    page.locator("form #story").fill(STORY)
    page.locator("div > #story").fill(OTHER)
    expect(prompt.get_by_text("You wrote: “Dad hits mum”").first).to_be_visible()
    assert sent == [OTHER]

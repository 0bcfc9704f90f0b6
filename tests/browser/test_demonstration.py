"""The mock referral form, filled as a practitioner fills it, and the three ways to embed the prompt."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Frame, Page, Request, expect

from rhrt import Record, Rulebook, assess
from tests.browser.accessibility import assert_axe_finds_nothing
from tests.browser.hosting import (
    answer,
    complaints,
    find,
    focused,
    headline,
    mark,
    no_danger,
    suggested,
)
from tests.server import Server, serving

PAGES = ("/demo", "/demo/form", "/demo/form/own-level-first", "/demo/frame", "/prompt")
STORY = "He misses a day or two most weeks. He looks after his mother, and it tells on him."


@pytest.fixture(scope="module")
def served() -> Iterator[Server]:
    with serving("--demonstration") as one:
        yield one


@pytest.fixture(autouse=True)
def _nothing_to_complain_of(page: Page) -> Iterator[None]:
    found = complaints(page)
    yield
    own = "can escape its sandboxing"  # here host and service are one origin; in the wild they are two
    assert [one for one in found if own not in one] == []


def test_the_form_is_filled_by_keyboard_alone_and_sent_with_the_suggestion(
    page: Page, served: Server, rulebook: Rulebook
) -> None:
    posted = watched(page, served)
    page.goto(f"{served.url}/demo/form")
    prompt = page.locator("rhrt-prompt")
    prompt.get_by_text("Or choose from a list").wait_for()
    keys = Keys(page)
    keys.to("Your role")
    keys.write("Teacher")
    keys.to("What have you seen")
    keys.write(STORY)
    for _ in range(3):  # the three questions about danger: no
        keys.to("Yes")
        keys.press("ArrowRight")
    offered = prompt.get_by_role("heading", name="From what you wrote")
    expect(offered).to_be_visible()
    keys.to("Say it in a few words")
    keys.write("young carer and it tells on him")
    keys.press("Enter")
    prompt.get_by_text("Nearest first").wait_for()
    keys.to_concern("young-carer-adverse-impact")
    keys.press("Space")
    expect(suggested(prompt)).to_have_text("Suggested: Level 3, Intensive")
    keys.to("More:")
    keys.press("Enter")
    expect(prompt.get_by_role("heading", name="What would change this")).to_be_visible()
    expect(prompt.get_by_role("link", name="(01432) 260261").first).to_be_visible()
    keys.to("Send the mock form")
    keys.press("Enter")
    page.get_by_role("heading", name="What the form would have sent").wait_for()
    sent = posted[-1]
    record = json.loads(sent["rhrt-record"])
    assert record["indicators"]["present"] == ["young-carer-adverse-impact"]
    assert set(record["situation"].values()) == {"no"}
    assert (sent["role"], sent["narrative"]) == ("Teacher or other school staff", STORY)
    assert (sent["rhrt-status"], sent["rhrt-level"], sent["rhrt-route"]) == ("suggested", "3", "chat-eha")
    expected = assess(Record.model_validate(record), rulebook).model_dump(mode="json")["receipt"]
    assert json.loads(sent["rhrt-receipt"]) == expected
    expect(page.get_by_role("row", name="rhrt-level")).to_contain_text("3")


def test_an_emergency_is_said_first_and_travels_with_the_form(page: Page, served: Server) -> None:
    posted = watched(page, served)
    page.goto(f"{served.url}/demo/form")
    prompt = page.locator("rhrt-prompt")
    answer(prompt, "immediate_danger", "Yes")
    expect(prompt.get_by_role("alert").first).to_contain_text("Emergency. Call 999 now.")
    expect(suggested(prompt)).to_have_text("Suggested: Level 4, Specialist")
    page.get_by_label("Your role").select_option("Police")
    page.get_by_role("button", name="Send the mock form").click()
    page.get_by_role("heading", name="What the form would have sent").wait_for()
    assert (posted[-1]["rhrt-level"], posted[-1]["rhrt-urgency"]) == ("4", "emergency")


def test_a_form_can_ask_for_ones_own_level_first(page: Page, served: Server) -> None:
    page.goto(f"{served.url}/demo/form/own-level-first")
    prompt = page.locator("rhrt-prompt")
    no_danger(prompt)
    expect(headline(prompt)).to_have_text("Before you see the suggestion")


def test_an_iframe_is_as_high_as_what_it_holds_and_its_fields_go_with_the_form(page: Page, served: Server) -> None:
    posted = watched(page, served)
    page.goto(f"{served.url}/demo/frame")
    in_frame = frame_of(page)
    prompt = in_frame.locator("rhrt-prompt")
    no_danger(prompt)
    find(prompt, "not enough food")
    mark(prompt, "lack-of-food")
    expect(suggested(prompt)).to_have_text("Suggested: Level 3, Intensive")
    expect(page.locator("input[name=rhrt-level]")).to_have_value("3")
    in_frame.wait_for_function("document.documentElement.scrollHeight <= innerHeight + 1")  # nothing to scroll
    page.get_by_label("Your role").select_option("Housing")
    page.get_by_role("button", name="Send the mock form").click()
    page.get_by_role("heading", name="What the form would have sent").wait_for()
    assert json.loads(posted[-1]["rhrt-record"])["indicators"]["present"] == ["lack-of-food"]


@pytest.mark.parametrize("width", [320, 1200])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_wrong_and_nothing_scrolls_sideways(
    path: str, width: int, page: Page, served: Server
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(served.url + path)
    page.wait_for_load_state("networkidle")
    assert_axe_finds_nothing(page)
    for size in ("100%", "200%"):
        page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, size


def test_every_link_of_the_three_rungs_leads_somewhere(page: Page, served: Server) -> None:
    page.goto(f"{served.url}/demo")
    titles = page.get_by_role("heading", level=2).all_inner_texts()
    assert titles == [
        "1. A link",
        "2. The component",
        "3. An iframe",
    ]
    for link in page.locator("main a").all():
        found = page.request.get(served.url + (link.get_attribute("href") or ""))
        assert found.ok, link.inner_text()


def test_a_page_of_the_demonstration_is_light(page: Page, served: Server) -> None:
    weighed: list[int] = []
    page.on("response", lambda one: weighed.append(len(one.body())))
    page.goto(f"{served.url}/demo/form")
    page.wait_for_load_state("networkidle")
    assert sum(weighed) < 300_000


def frame_of(page: Page) -> Frame:
    element = page.locator("iframe").element_handle()
    assert element is not None
    frame = element.content_frame()
    assert frame is not None
    frame.get_by_text("Or choose from a list").wait_for()
    return frame


def watched(page: Page, served: Server) -> list[dict[str, str]]:
    """Give the list to which the fields of each form that is posted are added."""
    posted: list[dict[str, str]] = []

    def heard(request: Request) -> None:
        if request.url == f"{served.url}/demo/form" and request.method == "POST":
            posted.append(dict(request.post_data_json or {}))

    page.on("request", heard)
    return posted


class Keys:
    """A person with a keyboard and nothing else: Tab until it is there."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def write(self, words: str) -> None:
        self.page.keyboard.type(words)

    def to(self, words: str) -> None:
        for _ in range(80):
            self.press("Tab")
            if focused(self.page).strip().startswith(words):
                return
        raise AssertionError(f"the keyboard does not reach {words}")

    def to_concern(self, indicator: str) -> None:
        script = "() => document.activeElement.shadowRoot?.activeElement.closest('[data-concern]')?.dataset.concern"
        for _ in range(40):
            self.press("Tab")
            if self.page.evaluate(script) == indicator:
                return
        raise AssertionError(f"the keyboard does not reach {indicator}")

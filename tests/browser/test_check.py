"""The journey without JavaScript as people use it: `rhrt serve`, Chromium with scripts off, the keyboard alone.

The pages are shown with our own style sheet; with those of GOV.UK where RHRT_GOVUK names a folder that
`rhrt govuk` filled.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.accessibility import assert_axe_finds_nothing
from tests.server import serving

GOVUK = ["--govuk", os.environ["RHRT_GOVUK"]] if "RHRT_GOVUK" in os.environ else []
CONCERN = "A parent's alcohol or substance use"
MARK = "Low level concerns about parental alcohol or substance use"


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Serve the pages below a path, as behind a reverse proxy. Give the address of the first."""
    with serving("--root-path", "/below", *GOVUK) as one:
        yield f"{one.url}/check"


@pytest.fixture
def plain(browser: Browser, site: str) -> Iterator[Page]:
    """Open the first page with scripts off. All that is asked for is ours, and nothing is complained of."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("console", lambda message: asked.append(message.text))
    page = context.new_page()
    page.goto(site)
    yield page
    own = site.removesuffix("check")
    assert [url for url in asked if not url.startswith((own, "data:,"))] == []
    assert context.cookies() == []
    context.close()


def heading(page: Page) -> str:
    return " ".join(page.locator("h1").inner_text().split())


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until something has the focus, which then has to be seen."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            look = wanted.evaluate("one => [getComputedStyle(one).outlineStyle, getComputedStyle(one).boxShadow]")
            assert look != ["none", "none"], "the focus is seen"
            return
    raise AssertionError(f"no way to {wanted}")


def press(page: Page, words: str) -> None:
    """Go to a button by keyboard, and press it."""
    tab_to(page, page.get_by_role("button", name=words).first)
    enter(page)


def enter(page: Page) -> None:
    """Press Enter, and wait for the next page."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose(page: Page, *words: str, on: bool = True) -> None:
    """Choose by keyboard: in each group of choices, Tab into it, then arrows; Continue."""
    for group, one in zip(page.locator("fieldset").all(), words, strict=False):
        wanted, choices = group.get_by_label(one, exact=True), group.locator("input")
        checked = group.locator("input:checked")
        alone = choices.first.get_attribute("type") == "checkbox"
        tab_to(page, wanted if alone else checked if checked.count() else choices.first)
        page.keyboard.press("Space")
        for _ in range(choices.count()):
            if wanted.is_checked():
                break
            page.keyboard.press("ArrowDown")
        expect(wanted).to_be_checked()
    if on:
        press(page, "Continue")


def past_danger(page: Page) -> None:
    press(page, "Start now")
    choose(page, "No", "No", "No")


def find(page: Page, words: str) -> None:
    tab_to(page, page.get_by_label("Say it in a few words"))
    page.keyboard.type(words)
    enter(page)


def first_of_each(page: Page) -> None:
    """Choose the first answer to each question that cannot be left out."""
    for group in page.locator("fieldset").all():
        left_out = group.locator("[name^=follow_up]").count()
        if not left_out and "(optional)" not in group.locator("legend").inner_text():
            group.locator("input").first.check()


def to_the_result(page: Page) -> None:
    while not page.locator("svg").count():
        first_of_each(page)
        press(page, "Continue")


def to_the_check(page: Page) -> None:
    to_the_result(page)
    press(page, "Check or change your answers")


def go(page: Page, words: str) -> None:
    """Press a button, and wait for the next page."""
    with page.expect_navigation():
        page.get_by_role("button", name=words).first.click()


def go_first(page: Page) -> None:
    """Choose the first answer to each question, and continue."""
    for group in page.locator("fieldset").all():
        group.locator("input").first.check()
    go(page, "Continue")


def pages(page: Page, site: str) -> Iterator[str]:
    """Show every page and state of the journey, one after another, and give the name of each."""
    page.goto(site)
    yield "start"
    go(page, "Start now")
    yield "danger"
    go(page, "Continue")
    yield "danger, nothing chosen"
    go_first(page)
    yield "advice"
    go(page, "Go on")
    yield from pages_about_worries(page)
    for name in ("child", "follow-up questions", "last questions"):
        yield name
        assert name.split("-")[0].split()[0] in heading(page).lower() or "what you saw" in heading(page)
        first_of_each(page)
        go(page, "Continue")
    yield from pages_at_the_end(page)


def pages_about_worries(page: Page) -> Iterator[str]:
    """Show the pages that find and mark a worry."""
    yield "concerns"
    go(page, "Find it")
    yield "concerns, nothing typed"
    page.get_by_label("Say it in a few words").fill("zzzz qqqq")
    go(page, "Find it")
    yield "nothing found"
    page.get_by_label("Choose from a list").check()
    go(page, "Continue")
    yield "lists"
    page.locator("input[type=radio]").first.check()
    go(page, "Continue")
    yield "list"
    page.get_by_label("None of these").check()
    go(page, "Continue")
    page.get_by_label("Say it in a few words").fill("left home alone, mum drinking more and more, no bruises")
    go(page, "Find it")
    yield "found"
    page.locator("input[type=checkbox]").first.check()
    page.locator("input[type=checkbox]").nth(1).check()
    go(page, "Continue")
    yield "fits"
    go(page, "Continue")
    yield "fits, nothing chosen"
    go_first(page)


def pages_at_the_end(page: Page) -> Iterator[str]:
    """Show the result, the check, and a page for what went wrong."""
    yield "result"
    page.locator("summary").click()
    yield "result, with more"
    go(page, "Check or change your answers")
    yield "check"
    go(page, "Change “")
    yield "mark"
    go(page, "Continue")
    go(page, "Add another worry")
    yield "concerns, some recorded"
    go(page, "That is all")
    go(page, "Change Before you see")
    yield "own level"
    page.locator("input[type=radio]").first.check()
    go(page, "Continue")
    go(page, "Show the suggestion")
    page.locator("input[type=radio]").first.check()
    go(page, "Add my reason")
    yield "result, with a reason"
    page.locator("input[name=state]").last.evaluate("one => { one.value = 'x' }")
    go(page, "Check or change your answers")
    yield "what went wrong"


BORDER = "one => { const look = getComputedStyle(one); return look.borderTopStyle + ' ' + look.borderTopWidth }"


class TestByKeyboard:
    def test_the_whole_journey(self, plain: Page) -> None:
        past_danger(plain)
        find(plain, "mum drinking more and more")
        choose(plain, CONCERN)
        assert heading(plain) == "About what you chose"
        choose(plain, f"Milder: {MARK}", "Yes")
        to_the_check(plain)
        assert MARK in plain.locator("main").inner_text()
        press(plain, "Show the suggestion")
        assert "Suggested: Level 2, Additional" in plain.locator("main").inner_text()
        tab_to(plain, plain.locator("summary"))
        plain.keyboard.press("Enter")
        expect(plain.get_by_role("heading", name="What would change this")).to_be_visible()
        tab_to(plain, plain.get_by_role("button", name="Record to print"))
        with plain.context.expect_page() as opened:
            plain.keyboard.press("Enter")
        expect(opened.value.locator(".by-hand.name")).to_be_attached()
        assert "Suggested: Level 2, Additional" in opened.value.locator("main").inner_text()
        font = opened.value.locator("h1").evaluate("one => getComputedStyle(one).fontFamily")
        assert font.startswith("Arial"), "its style is let through"

    def test_danger_leads_to_the_number_at_once_and_it_can_be_rung(self, plain: Page) -> None:
        press(plain, "Start now")
        choose(plain, "Yes")
        assert heading(plain) == "Emergency. Call 999 now."
        tab_to(plain, plain.locator("h1 a[href='tel:999']"))
        border = plain.locator(".rhrt-urgent").evaluate("one => parseFloat(getComputedStyle(one).borderTopWidth)")
        assert border >= 4

    def test_an_answer_is_changed_from_the_check(self, plain: Page) -> None:
        past_danger(plain)
        press(plain, "Go on without")
        to_the_check(plain)
        press(plain, "Change Do you suspect")
        choose(plain, "Yes")
        press(plain, "Go on with the questions")
        while heading(plain) != "Check your answers":
            first_of_each(plain)
            press(plain, "Continue")
        press(plain, "Show the suggestion")
        assert "Suggested: Level 4, Specialist" in plain.locator("main").inner_text()

    def test_what_would_change_a_step_is_asked_on_one_page_and_danger_leads_to_the_number(
        self, plain: Page
    ) -> None:
        past_danger(plain)
        find(plain, "home alone")
        alone = "Child is left at home alone but this does not seriously place them at significant risk"
        choose(plain, "Supervision at home")
        choose(plain, alone, "Yes")
        press(plain, "Continue")
        assert heading(plain) == "More about what you saw"
        groups = plain.locator("fieldset")
        assert groups.count() == 3
        assert plain.locator("input:checked").count() == 0
        tab_to(plain, groups.first.locator("input").first)
        plain.keyboard.press("Space")
        press(plain, "Continue")
        assert heading(plain) == "Emergency. Call 999 now."

    def test_an_error_takes_the_focus_and_leads_to_the_field(self, plain: Page) -> None:
        press(plain, "Start now")
        press(plain, "Continue")
        assert plain.title().startswith("Error: ")
        expect(plain.locator(".govuk-error-summary")).to_be_focused()
        plain.keyboard.press("Tab")
        plain.keyboard.press("Enter")
        assert plain.url.endswith("#answer-1")

    def test_the_first_key_skips_to_the_main_part(self, plain: Page) -> None:
        plain.keyboard.press("Tab")
        expect(plain.locator(".govuk-skip-link")).to_be_focused()
        box = plain.locator(".govuk-skip-link").bounding_box()
        assert box is not None
        assert box["x"] >= 0

    def test_the_browsers_own_back_shows_each_page_with_its_answer(self, plain: Page) -> None:
        past_danger(plain)
        plain.go_back()
        assert heading(plain) == "Is the child safe now?"
        assert plain.locator("input:checked").count() == 3
        choose(plain, "Yes")
        assert heading(plain) == "Emergency. Call 999 now."


class TestLook:
    @pytest.mark.parametrize("width", [320, 1280])
    def test_axe_finds_nothing_wrong_on_any_page_or_state(self, width: int, page: Page, site: str) -> None:
        page.set_viewport_size({"width": width, "height": 900})
        seen = []
        for name in pages(page, site):
            assert_axe_finds_nothing(page, name)
            seen.append(name)
        assert len(seen) > 18

    def test_a_small_telephone_and_large_text_need_no_sideways_scrolling(self, page: Page, site: str) -> None:
        for name in pages(page, site):
            for width, size in ((320, "100%"), (640, "200%"), (1280, "200%")):
                page.set_viewport_size({"width": width, "height": 900})
                page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name}, {width}, {size}"

    def test_high_contrast_colours_keep_choices_buttons_and_danger_apart(self, page: Page, site: str) -> None:
        page.emulate_media(forced_colors="active")
        for name in pages(page, site):
            for one in page.locator(".govuk-button, .rhrt-urgent").all():
                style, width = one.evaluate(BORDER).split()
                assert style == "solid", name
                assert float(width.removesuffix("px")) >= 1, name
            for one in page.locator("input:not([type=hidden])").all():
                box = one.bounding_box()
                assert box is not None
                assert min(box["width"], box["height"]) >= 24, name

    def test_on_paper_the_result_has_no_buttons(self, page: Page, site: str) -> None:
        for name in pages(page, site):
            if name == "result":
                page.emulate_media(media="print")
                assert not any(button.is_visible() for button in page.get_by_role("button").all())
                assert page.get_by_role("heading", name="What to do next").first.is_visible()
                page.emulate_media(media="screen")

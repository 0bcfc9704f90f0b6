"""The page as a browser shows and prints it: headless Chromium, and axe-core for accessibility."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from rhrt import Record, Rulebook, Suggestion, assess
from rhrt.parser import read
from rhrt.present.page import as_page
from rhrt.present.picture import as_svg
from tests.browser.accessibility import assert_axe_finds_nothing
from tests.conftest import RULEBOOK_FOLDER, case
from tests.pictures import of_five_levels, suggested

EXAMPLE = Path(__file__).parents[2] / "rules" / "example-record.yaml"
VARIED = (
    "call-from-a-locked-bathroom",  # an emergency, Level 4
    "please-do-not-tell-my-mum",  # no level, and it could be Level 4
    "evenings-with-a-teenage-cousin",  # Level 2, judged to be Level 3
    "daily-cannabis-and-a-court-order",  # Level 3, judged to be Level 4
    "hungry-and-in-dirty-clothes",  # Level 4
)


@pytest.fixture(scope="module")
def example(rulebook: Rulebook) -> Suggestion:
    return assess(Record.model_validate(read(EXAMPLE).value), rulebook)


def of_case(name: str, rulebook: Rulebook) -> Suggestion:
    return assess(Record.model_validate(case(RULEBOOK_FOLDER / "cases" / f"{name}.yaml")["record"]), rulebook)


def opened(page: Page, html: str, folder: Path, width: int = 1200) -> None:
    """Open a page from a file, as one who was sent it would. It may ask for nothing, and complain of nothing."""
    file = folder / "page.html"
    file.write_text(html, encoding="utf-8")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: asked.append(message.text))
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(file.as_uri())
    assert asked == [file.as_uri()]


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def shown(page: Page, selector: str) -> Any:
    return page.locator(selector).first.is_visible()


@pytest.mark.parametrize("width", [320, 1200])
@pytest.mark.parametrize("name", VARIED)
def test_axe_finds_nothing_wrong(name: str, width: int, page: Page, rulebook: Rulebook, tmp_path: Path) -> None:
    opened(page, as_page(of_case(name, rulebook)), tmp_path, width)
    for details in page.locator("summary").all():
        details.click()
    assert_axe_finds_nothing(page)


@pytest.mark.parametrize("name", VARIED)
def test_a_small_telephone_and_large_text_need_no_sideways_scrolling(
    name: str, page: Page, rulebook: Rulebook, tmp_path: Path
) -> None:
    for width, size in ((320, "100%"), (640, "200%"), (1200, "200%")):
        opened(page, as_page(of_case(name, rulebook), more=True), tmp_path, width)
        page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        lines = page.evaluate("[...document.querySelectorAll('.tel')].map(one => one.getClientRects().length)")
        assert set(lines) == {1}, "no number is broken over two lines"


def test_the_example_prints_on_one_sheet_of_a4(example: Suggestion, page: Page, tmp_path: Path) -> None:
    opened(page, as_page(example), tmp_path)
    pdf = page.pdf(prefer_css_page_size=True)
    assert pages_of(pdf) == 1
    assert re.search(rb"/MediaBox \[0 0 59\d(\.\d+)? 84\d(\.\d+)?\]", pdf), "A4"


def test_what_was_opened_is_printed_and_what_is_closed_is_not(
    example: Suggestion, page: Page, tmp_path: Path
) -> None:
    opened(page, as_page(example), tmp_path)
    page.emulate_media(media="print")
    assert not shown(page, "summary, details section")
    page.emulate_media(media="screen")
    page.locator("summary").click()
    page.emulate_media(media="print")
    assert shown(page, "details section")


def test_the_boxes_to_write_in_are_on_paper_only(example: Suggestion, page: Page, tmp_path: Path) -> None:
    opened(page, as_page(example), tmp_path, width=720)
    for box, least in ((".name", 10), (".decision", 20)):
        page.emulate_media(media="screen")
        assert not shown(page, box)
        page.emulate_media(media="print")
        assert shown(page, box)
        size = page.locator(box).bounding_box()
        assert size is not None
        assert size["height"] >= least / 25.4 * 96, f"at least {least} mm"
        assert page.locator(box).evaluate("box => parseFloat(getComputedStyle(box).borderTopWidth)") >= 1


def test_an_emergency_has_a_heavy_border_in_print_too(rulebook: Rulebook, page: Page, tmp_path: Path) -> None:
    opened(page, as_page(of_case("call-from-a-locked-bathroom", rulebook)), tmp_path)
    for media in ("screen", "print"):
        page.emulate_media(media="print" if media == "print" else "screen")
        border = page.locator(".urgent").evaluate("box => parseFloat(getComputedStyle(box).borderTopWidth)")
        assert border >= 4
        assert "Call 999 now" in page.locator(".urgent").inner_text()


def test_a_keyboard_reaches_the_numbers_and_what_is_held_back(
    example: Suggestion, page: Page, tmp_path: Path
) -> None:
    opened(page, as_page(example), tmp_path)
    page.keyboard.press("Tab")
    first = page.evaluate(
        "[document.activeElement.className, getComputedStyle(document.activeElement).outlineStyle]"
    )
    assert first == ["tel", "solid"]
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    assert shown(page, "details section")


@pytest.mark.parametrize("levels", [4, 5])
def test_the_words_of_the_picture_are_inside_it_and_apart(
    levels: int, page: Page, rulebook: Rulebook, tmp_path: Path
) -> None:
    for level in (None, 1, 2, 3, 4):
        suggestion = suggested(rulebook, level, not_known=4, own=level or 3)
        if levels == 5:
            suggestion = replace(suggestion, rulebook=of_five_levels(rulebook))
        opened(page, f"<!DOCTYPE html><title>Picture</title>{as_svg(suggestion)}", tmp_path)
        boxes = page.evaluate(MEASURED)
        for place, (left, top, right, bottom) in enumerate(boxes):
            assert 0 <= left < right <= 400
            assert 0 <= top < bottom <= 226
            for other in boxes[place + 1 :]:
                apart = other[0] >= right or other[2] <= left or other[1] >= bottom - 4 or other[3] <= top + 4
                assert apart, "a line's box is a little higher than its letters"


MEASURED = """[...document.querySelectorAll('text')].map(text => text.getBBox())
    .map(box => [box.x, box.y, box.x + box.width, box.y + box.height])"""

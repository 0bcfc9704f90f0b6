"""The pages of a rulebook as a browser shows and prints them: headless Chromium, and axe-core for accessibility."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Page

from rhrt import Rulebook
from rhrt.steward.render.documents import documents
from rhrt.steward.render.material import gather
from tests.browser.accessibility import assert_axe_finds_nothing
from tests.conftest import RULEBOOK_FOLDER

VARIED = ("index", "heading-health", "transparency-record")
ALL = (*VARIED, "routes", "clauses", "prompts", "beside", "cases", "without-a-heading")


@pytest.fixture(scope="module")
def folder(rulebook: Rulebook, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the documents of the rulebook."""
    written = tmp_path_factory.mktemp("rulebook")
    for name, text in documents(gather(rulebook, RULEBOOK_FOLDER)).items():
        (written / name).write_text(text, encoding="utf-8", newline="")
    return written


def opened(page: Page, file: Path, width: int = 1200) -> None:
    """Open a page from a file. It may ask for nothing, and complain of nothing."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: asked.append(message.text))
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(file.as_uri())
    assert asked == [file.as_uri()]


@pytest.mark.parametrize(("name", "width"), [*product(VARIED, (320, 1200)), ("routes", 320), ("clauses", 1200)])
def test_axe_finds_nothing_wrong(name: str, width: int, page: Page, folder: Path) -> None:
    opened(page, folder / f"{name}.html", width)
    page.evaluate("[...document.querySelectorAll('details')].slice(0, 9).forEach(one => { one.open = true })")
    assert_axe_finds_nothing(page)


@pytest.mark.parametrize("name", VARIED)
def test_in_the_dark_all_words_stand_out_enough(name: str, page: Page, folder: Path) -> None:
    page.emulate_media(color_scheme="dark")
    opened(page, folder / f"{name}.html")
    assert_axe_finds_nothing(page, name, {"runOnly": ["color-contrast"]})


@pytest.mark.parametrize("name", ALL)
def test_a_small_telephone_and_large_text_need_no_sideways_scrolling(name: str, page: Page, folder: Path) -> None:
    for width, size in ((320, "100%"), (640, "200%"), (1200, "200%")):
        opened(page, folder / f"{name}.html", width)
        page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_narrow_screen_names_each_cell_and_keeps_the_table_a_table(page: Page, folder: Path) -> None:
    opened(page, folder / "heading-health.html", 320)
    label = page.evaluate("getComputedStyle(document.querySelector('td'), '::before').content")
    assert label == '"In the rulebook"'
    session = page.context.new_cdp_session(page)
    tree = session.send("Accessibility.getFullAXTree")["nodes"]
    roles = {node.get("role", {}).get("value") for node in tree}
    assert {"table", "row", "rowheader", "columnheader", "cell"} <= roles


def test_the_first_key_skips_to_the_main_part(page: Page, folder: Path) -> None:
    opened(page, folder / "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the main part"
    assert page.locator(".skip").bounding_box()["x"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_a_link_to_a_rule_shows_where_it_leads(page: Page, folder: Path) -> None:
    opened(page, folder / "clauses.html")
    page.locator("a", has_text="action/contact-edt").first.click()
    page.wait_for_url("**/routes.html#action/contact-edt")
    assert page.locator(":target").evaluate("one => getComputedStyle(one).outlineStyle") == "solid"


def test_on_paper_the_table_is_a_table_and_the_way_to_other_pages_is_left_out(page: Page, folder: Path) -> None:
    opened(page, folder / "heading-health.html", 720)
    page.emulate_media(media="print")
    assert page.locator("thead").first.is_visible()
    assert not page.locator("nav").first.is_visible()
    assert page.locator("td summary").first.is_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_high_contrast_colours_keep_what_people_must_fill_in_marked(page: Page, folder: Path) -> None:
    page.emulate_media(forced_colors="active")
    opened(page, folder / "transparency-record.html")
    assert page.locator(".fill").first.evaluate("one => getComputedStyle(one).borderTopStyle") == "dashed"

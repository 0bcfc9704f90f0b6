"""What every test in a browser needs: headless Chromium, or Firefox by RHRT_BROWSER=firefox, and a page in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserType, Page, Playwright, expect, sync_playwright

from tests.browser.hosting import FIREFOX, LOADINGS, MARRAM, PATIENCE, complaints
from tests.server import Server, serving

expect.set_options(timeout=PATIENCE * 1000)
PROGRAMS = ("firefox-esr", "firefox") if FIREFOX else ("chromium", "chromium-browser", "google-chrome")
PREFERRED: dict[str, str | float | bool] = {"browser.sessionhistory.max_total_viewers": 0}
"""Firefox keeps no page alive to come back to: its driver does not see one come, and nothing would be restored."""

FORCED: dict[str, str | float | bool] = {"browser.display.document_color_use": 2}
"""Firefox shows every page in forced colours."""

INSTALL = f"These tests need a browser that is not here. On Debian: apt-get install {PROGRAMS[0]}"


def launched(playwright: Playwright) -> Browser:
    """Start the browser that is installed."""
    return _firefox(playwright.firefox) if FIREFOX else playwright.chromium.launch(executable_path=_installed())


def _installed() -> str:
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        pytest.fail(INSTALL)
    return found


def _firefox(driver: BrowserType, **preferred: str | float | bool) -> Browser:
    """Start Firefox as it comes: it is spoken to by WebDriver BiDi."""
    preferences = {**PREFERRED, **preferred}
    return driver.launch(channel="moz-firefox", executable_path=_installed(), firefox_user_prefs=preferences)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = launched(playwright)
        yield running
        running.close()


@pytest.fixture(params=LOADINGS)
def loading(request: pytest.FixtureRequest) -> str:
    """Give the order in which the page runs the module and the host's own script: each test holds in each."""
    order: str = request.param
    return order


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    shown = browser.new_page()
    yield shown
    shown.close()


@pytest.fixture
def in_forced_colours(page: Page, browser: Browser) -> Iterator[Page]:
    """Give a page in forced colours. Firefox has them for all its pages or none, from its start."""
    if not FIREFOX:
        page.emulate_media(forced_colors="active")
        yield page
        return
    another = _firefox(browser.browser_type, **FORCED)
    yield another.new_page()
    another.close()


@pytest.fixture(scope="session")
def served() -> Iterator[Server]:
    with serving() as one:
        yield one


@pytest.fixture(scope="session")
def both() -> Iterator[Server]:
    with serving("--rulebook", "herefordshire-2020", "--rulebook", str(MARRAM)) as one:
        yield one


@pytest.fixture
def said(page: Page) -> Iterator[list[str]]:
    """Give all that the page complains of. A test that expects something empties it."""
    found = complaints(page)
    yield found
    assert found == []

"""What every test in a browser needs: headless Chromium, and a page in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.hosting import LOADINGS, PATIENCE

expect.set_options(timeout=PATIENCE * 1000)
INSTALL = "These tests need Chromium. On Debian: apt-get install chromium"


def chromium() -> str | None:
    """Give where Chromium is."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = chromium()
    if found is None:
        pytest.fail(INSTALL)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found)
        yield launched
        launched.close()


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

"""What the tests of hosts need: a service, the site that has the forms, and Chromium."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.conftest import browser, page
from tests.hosts.hosts import Sites, sites

__all__ = ["browser", "opened", "page"]


@pytest.fixture(scope="session")
def opened() -> Iterator[Sites]:
    """Give the sites with forms, once for all tests of a process."""
    with sites() as both:
        yield both

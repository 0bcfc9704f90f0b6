"""What axe-core, the accessibility checker, says of a page as a browser has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

ALL: Mapping[str, Any] = {"rules": {"target-size": {"enabled": True}}}
"""Every rule of axe-core, with the size of targets of WCAG 2.2 AA, which it leaves out unless asked."""


def assert_axe_finds_nothing(page: Page, name: str = "", options: Mapping[str, Any] = ALL) -> None:
    """Fail with axe's report where a page, or an iframe in it, breaks a rule."""
    brief = {"resultTypes": ["violations"], **options}  # a long page takes minutes where what is right is told too
    results = Axe().run(page, options=brief)
    assert results.violations_count == 0, f"{name}: {results.generate_report()}"

"""Each host with each thing that a person does in it: the matrix of the component's README."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from playwright.sync_api import Page

from tests.hosts.hosts import HOSTS, Sites
from tests.hosts.journeys import JOURNEYS
from tests.hosts.visit import Visit


@pytest.mark.parametrize("what", JOURNEYS)
@pytest.mark.parametrize("host", HOSTS)
def test(host: str, what: str, page: Page, opened: Sites) -> None:
    visit = Visit(page, f"{opened.forms}/{HOSTS[host]}")
    visit.elsewhere = f"{opened.forms}/elsewhere"
    JOURNEYS[what](visit)
    assert visit.said == []

"""Each host with each thing that a person does in it: the matrix of the component's README."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.hosts.hosts import HOSTS, Sites
from tests.hosts.matrix import CELLS, COLUMNS
from tests.hosts.visit import Visit


@pytest.mark.parametrize("what", COLUMNS)
@pytest.mark.parametrize("host", HOSTS)
def test(host: str, what: str, page: Page, opened: Sites) -> None:
    visit = visiting(host, page, opened)
    CELLS[host, what].journey(visit)
    assert visit.said == []


def visiting(host: str, page: Page, opened: Sites) -> Visit:
    found = HOSTS[host]
    return found.visit(page, opened.url(found.at), elsewhere=opened.url("forms/elsewhere"))

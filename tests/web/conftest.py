"""What the tests of the service share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from rhrt import Rulebook
from rhrt.web.application import application
from rhrt.web.settings import Settings


@pytest.fixture(scope="session")
def client(rulebook: Rulebook) -> Iterator[TestClient]:
    with TestClient(application(Settings(rulebooks=(rulebook,)))) as made:
        yield made

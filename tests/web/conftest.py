"""What the tests of the service share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from rhrt import Rulebook
from rhrt.web.application import application
from rhrt.web.settings import Settings


@pytest.fixture(scope="session")
def settings(rulebook: Rulebook) -> Settings:
    return Settings(rulebooks=(rulebook,))


@pytest.fixture(scope="session")
def client(settings: Settings) -> Iterator[TestClient]:
    with TestClient(application(settings)) as made:
        yield made

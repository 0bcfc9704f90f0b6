"""The day on which the tests of checks are made."""

from __future__ import annotations

from datetime import date

import pytest

from rhrt.rulebook import dates


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dates, "today", lambda: date(2026, 1, 15))

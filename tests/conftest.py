"""What many tests share: the rulebook and its worked cases."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from rhrt import Rulebook, load_rulebook
from rhrt.files import read
from rhrt.rulebook.load import bundled_folder

settings.register_profile("default", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("soak", settings.get_profile("default"), max_examples=200_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

RULEBOOK_FOLDER = bundled_folder() / "herefordshire-2020"
CASES = sorted((RULEBOOK_FOLDER / "cases").glob("*.yaml"))


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return load_rulebook()


def case(path: Path) -> dict[str, Any]:
    """Read a worked case."""
    content = read(path).value
    assert isinstance(content, dict)
    return content

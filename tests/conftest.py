"""What many tests share: the rulebook and its worked cases."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from rhrt import Rulebook, load_rulebook
from rhrt.files import read
from rhrt.reasoning import durable
from rhrt.rulebook.kinds import Action, Case, Route, Source, Urgency
from rhrt.rulebook.load import bundled_folder
from rhrt.search.find import Search

pytest_plugins = ["pytester"]

collect_ignore = [] if durable.engine else ["test_durable.py"]

settings.register_profile("rhrt", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("rhrt")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # so it is in the background of a shell
    signal.signal(signal.SIGINT, signal.default_int_handler)  # programs that tests start are to hear Ctrl-C

TIMES = int(os.environ.get("RHRT_TIMES", "1"))
"""How many times as many examples to try as in an ordinary run: RHRT_TIMES=10 for a long one."""

RULEBOOK_FOLDER = bundled_folder() / "herefordshire-2020"
CASES = sorted((RULEBOOK_FOLDER / "cases").glob("*.yaml"))


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return load_rulebook()


@pytest.fixture(scope="session")
def search(rulebook: Rulebook) -> Search:
    """Search by words alone."""
    return Search(rulebook)


def case(path: Path) -> dict[str, Any]:
    """Read a worked case."""
    content = read(path).value
    assert isinstance(content, dict)
    return content


def whole(rulebook: Rulebook) -> Rulebook:
    """Add a last route, urgency and action that always hold, so that every answer is whole."""
    source = Source(document="framework", section="Section 1")
    action = Action(code="always", who="You", cases=(Case(when={}, text="t"),), source=source)
    return replace(
        rulebook,
        routes=(*rulebook.routes, Route(id="else", name="n", when=({},), source=source)),
        urgencies=(*rulebook.urgencies, Urgency(id="else", name="n", when=({},), source=source)),
        actions=(*rulebook.actions, action),
    )

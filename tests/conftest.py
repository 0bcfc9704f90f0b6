"""What many tests share: the rulebook and its worked cases."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

from rhrt import Rulebook, load_rulebook
from rhrt.parser import read
from rhrt.reasoning import durable
from rhrt.reasoning.situations import Situations
from rhrt.rulebook.kinds import Action, Case, Route, Source, Urgency
from rhrt.rulebook.load import bundled_folder
from rhrt.search.find import Search
from rhrt.steward.folder import RulebookFolder, open_folder

pytest_plugins = ["pytester"]

collect_ignore = [] if durable.engine else ["test_durable.py"]

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # so it is in the background of a shell
    signal.signal(signal.SIGINT, signal.default_int_handler)  # programs that tests start are to hear Ctrl-C

TIMES = int(os.environ.get("RHRT_TIMES", "1"))
"""How many times as many examples to try in a long run as in an ordinary one: RHRT_TIMES=10 pytest -m long."""

profile = partial(
    settings.register_profile,
    deadline=None,
    derandomize=TIMES == 1,  # the same examples at every run; with RHRT_TIMES others, which a failure prints
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
profile("quick", max_examples=20)
profile("long", max_examples=100 * TIMES)


def tries(many: int) -> settings:
    """Have hypothesis try so many examples, times RHRT_TIMES, in the long run, and a twentieth in the quick one."""
    quick = settings.get_current_profile_name() == "quick"
    return settings(max_examples=max(5, many // 20) if quick else many * TIMES)


def the_rest_long(values: Iterable[object], *quick: object) -> list[Any]:
    """Give values as the parameters of a test: those that are quick to try, and the rest in the long run."""
    return [pytest.param(one, marks=[] if one in quick else [pytest.mark.long]) for one in values]


def a_third_quick(values: Mapping[str, Iterable[object]]) -> list[Any]:
    """Give named values as the parameters of a test: every third is quick to try, and the rest in the long run."""
    return [
        pytest.param(*values[name], id=name, marks=[pytest.mark.long] if place % 3 else [])
        for place, name in enumerate(values)
    ]


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over what the whole run keeps: a tenth of the time goes there otherwise."""
    gc.collect()
    gc.freeze()


def pytest_configure(config: pytest.Config) -> None:
    """Tell hypothesis which run this is, before any test is read."""
    settings.load_profile("quick" if config.option.markexpr == "not long" else "long")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have both runs try what hypothesis makes up: with a few examples, and with many."""
    if settings.get_current_profile_name() == "long":
        for item in items:
            if isinstance(item, pytest.Function) and is_hypothesis_test(item.obj):
                item.add_marker("long")


RULEBOOK_FOLDER = bundled_folder() / "herefordshire-2020"
CASES = sorted((RULEBOOK_FOLDER / "cases").glob("*.yaml"))


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return load_rulebook()


@pytest.fixture(scope="session")
def herefordshire() -> RulebookFolder:
    """Open the folder of the rulebook, with what takes seconds to work out for it: its situations."""
    return open_folder(RULEBOOK_FOLDER)


@pytest.fixture(scope="session")
def situations(herefordshire: RulebookFolder) -> Situations:
    return herefordshire.situations


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

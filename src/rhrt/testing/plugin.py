"""`pytest --rhrt-rulebook PATH`: a test for each worked case and each property of a rulebook.

pytest imports this wherever rhrt is installed, so it imports nothing heavy until the option is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from _pytest._code.code import ExceptionInfo, TerminalRepr

    from rhrt.testing.suite import Check


class NotSo(Exception):  # noqa: N818 - named for what it is
    """Something that should be true of a rulebook and is not, in sentences."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("rhrt", "rulebooks of rhrt")
    what = "Test a rulebook: its folder, or the id of one that comes with rhrt. Can be given again."
    group.addoption("--rhrt-rulebook", action="append", default=[], metavar="PATH", help=what)
    what = "How many records to try for each property of a rulebook."
    group.addoption("--rhrt-examples", type=int, default=None, metavar="N", help=what)


def pytest_configure(config: pytest.Config) -> None:
    """Refuse options that cannot be served. Raises UsageError."""
    examples = config.getoption("rhrt_examples")
    if examples is not None and examples < 1:
        raise pytest.UsageError("--rhrt-examples: Write a number of 1 or more.")
    if config.getoption("rhrt_rulebook") and find_spec("hypothesis") is None:
        what = "--rhrt-rulebook needs hypothesis, which makes the records to try, and it is not installed."
        remedy = "Install rhrt with its extra 'testing', or: pip install 'hypothesis>=6.100,<7'"
        raise pytest.UsageError(f"{what} {remedy}")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Add the tests of each rulebook, also where there is no test file at all, before `-k` and the like choose."""
    for named in dict.fromkeys(config.getoption("rhrt_rulebook")):
        path = config.invocation_params.dir / named / "rulebook.yaml"
        items.extend(RulebookFile.from_parent(session, path=path.resolve(), named=named).collect())


class RulebookFile(pytest.File):
    """One rulebook: whether it loads, then each of its worked cases and properties."""

    def __init__(self, *, named: str, **others: Any) -> None:
        super().__init__(**others)
        self.named = named

    def collect(self) -> Iterator[pytest.Item]:
        """Give the tests. Where the rulebook does not load there is one, and it fails."""
        from rhrt.faults import BadInput
        from rhrt.testing.suite import checks, load

        try:
            loaded = load(self.named)
        except BadInput as bad:
            yield self._test("load", partial(str, bad))
            return
        yield self._test("load", lambda: None)
        for check in checks(loaded):
            yield self._test(f"{check.kind}: {check.name}", partial(self._not_so, check))

    def _test(self, name: str, trial: Callable[[], str | None]) -> RulebookTest:
        test: RulebookTest = RulebookTest.from_parent(self, name=name, trial=trial)
        return test

    def _not_so(self, check: Check) -> str | None:
        """Try a case, a property or a session; say what was not so, with the smallest record that shows it."""
        from rhrt.testing.suite import EXAMPLES, explained

        result = check.run(self.config.getoption("rhrt_examples") or EXAMPLES)
        return None if result.failure is None else "\n".join([result.sentence, *explained(result, self.named)])


class RulebookTest(pytest.Item):
    """One test of a rulebook: `trial` says what was not so, or gives None."""

    def __init__(self, *, trial: Callable[[], str | None], **others: Any) -> None:
        super().__init__(**others)
        self.trial = trial

    def runtest(self) -> None:
        """Try it. Raises NotSo with what was not so."""
        if (failure := self.trial()) is not None:
            raise NotSo(failure)

    def repr_failure(self, excinfo: ExceptionInfo[BaseException], style: Any = None) -> str | TerminalRepr:
        """Give what was not so, and no traceback, which would say nothing about a rulebook."""
        if isinstance(excinfo.value, NotSo):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Give the file of the rulebook, and the name of the test."""
        return self.path, None, self.name

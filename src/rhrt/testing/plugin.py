"""`pytest --rhrt-rulebook PATH`: a test for each worked case and each property of a rulebook.

pytest imports this wherever rhrt is installed, so it imports nothing heavy until the option is given.
"""

from __future__ import annotations

from collections.abc import Iterator
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
    group.addoption(
        "--rhrt-rulebook",
        action="append",
        default=[],
        metavar="PATH",
        help="Test a rulebook: its folder, or the id of one that comes with rhrt. Can be given again.",
    )
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
            yield LoadTest.from_parent(self, name="load", faults=str(bad))
            return
        yield LoadTest.from_parent(self, name="load", faults="")
        for check in checks(loaded):
            yield CheckTest.from_parent(self, name=f"{check.kind}: {check.name}", named=self.named, check=check)


class RulebookTest(pytest.Item):
    """One test of a rulebook."""

    def repr_failure(self, excinfo: ExceptionInfo[BaseException], style: Any = None) -> str | TerminalRepr:
        """Give what was not so, and no traceback, which would say nothing about a rulebook."""
        if isinstance(excinfo.value, NotSo):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Give the file of the rulebook, and the name of the test."""
        return self.path, None, self.name


class LoadTest(RulebookTest):
    """Whether a rulebook and its worked cases can be read."""

    def __init__(self, *, faults: str, **others: Any) -> None:
        super().__init__(**others)
        self.faults = faults

    def runtest(self) -> None:
        """Raise NotSo with every fault, each with file, line and what to do."""
        if self.faults:
            raise NotSo(self.faults)


class CheckTest(RulebookTest):
    """A worked case, a property or a session of a rulebook."""

    def __init__(self, *, named: str, check: Check, **others: Any) -> None:
        super().__init__(**others)
        self.named, self.check = named, check

    def runtest(self) -> None:
        """Try it. Raises NotSo with what was not so, and the smallest record for which it was not."""
        from rhrt.testing.suite import EXAMPLES, explained

        result = self.check.run(self.config.getoption("rhrt_examples") or EXAMPLES)
        if result.failure is not None:
            raise NotSo("\n".join([result.sentence, *explained(result, self.named)]))

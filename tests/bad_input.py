"""What the tests of bad input share: give rhrt something bad, and see that it is refused as it should be."""

from __future__ import annotations

import re

from click.testing import CliRunner
from rhrt_cli.main import main

HERE = "▶"
"""Stands in a text where a fault should be reported, and is taken out before the text is used."""

_FAULT = re.compile(r"(?P<where>\S.*?): (?P<what>['A-Z].*[.?]) (?P<remedy>[A-Z].*)")


def marked(text: str) -> tuple[str, list[str]]:
    """Take the marks out of a text, and give the place of each as `line:column`."""
    places = []
    while HERE in text:
        before, _, after = text.partition(HERE)
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        places.append(f"{line}:{column}")
        text = before + after
    return text, places


def refused(*arguments: str, stdin: bytes = b"") -> str:
    """Run a command that should refuse its input, and give what it says."""
    result = CliRunner().invoke(main, arguments, input=stdin)
    assert isinstance(result.exception, SystemExit), f"not refused but: {result.exception!r}\n{result.stdout}"
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr
    return result.stderr


def assert_whole_sentences(message: str) -> None:
    """See that every line says where, what is wrong and what to do, and that there are not too many."""
    lines = message.splitlines()
    assert 0 < len(lines) <= 101
    for line in lines:
        assert _FAULT.fullmatch(line) or line == "There may be more. Mend these first.", line
        assert len(line) < 1_000
        assert line.isprintable()

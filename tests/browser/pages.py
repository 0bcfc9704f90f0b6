"""Writes the page and the picture of every worked case: `python -m tests.browser.pages FOLDER`.

The Nu HTML Checker, which is what validates HTML for the W3C, then reads them: see .ci/run.
"""

from __future__ import annotations

import sys
from pathlib import Path

from rhrt import Record, assess, load_rulebook
from rhrt.present.page import as_page
from rhrt.present.picture import as_svg
from tests.conftest import CASES, case


def write_pages(folder: Path) -> int:
    """Write the page and the picture of each worked case, and give how many cases there are."""
    rulebook = load_rulebook()
    for path in CASES:
        suggestion = assess(Record.model_validate(case(path)["record"]), rulebook)
        (folder / f"{path.stem}.html").write_text(as_page(suggestion), encoding="utf-8")
        (folder / f"{path.stem}.svg").write_text(as_svg(suggestion), encoding="utf-8")
    return len(CASES)


if __name__ == "__main__":
    print(f"{write_pages(Path(sys.argv[1]))} pages and pictures.")

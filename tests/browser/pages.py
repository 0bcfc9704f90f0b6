"""Writes every page and picture that rhrt makes: `python -m tests.browser.pages FOLDER`.

The Nu HTML Checker, which is what validates HTML for the W3C, then reads them: see .ci/run.
"""

from __future__ import annotations

import sys
from pathlib import Path

from rhrt import Record, assess, load_rulebook
from rhrt.present.page import as_page
from rhrt.present.picture import as_svg
from rhrt.present.rulebook.documents import documents
from rhrt.present.rulebook.material import gather
from tests.conftest import CASES, RULEBOOK_FOLDER, case


def write_pages(folder: Path) -> int:
    """Write the page and the picture of each worked case and the pages of the rulebook. Give how many there are."""
    rulebook = load_rulebook()
    for path in CASES:
        suggestion = assess(Record.model_validate(case(path)["record"]), rulebook)
        (folder / f"{path.stem}.html").write_text(as_page(suggestion), encoding="utf-8")
        (folder / f"{path.stem}.svg").write_text(as_svg(suggestion), encoding="utf-8")
    pages = {
        name: text for name, text in documents(gather(rulebook, RULEBOOK_FOLDER)).items() if name.endswith("html")
    }
    for name, text in pages.items():
        (folder / f"rulebook-{name}").write_text(text, encoding="utf-8")
    return 2 * len(CASES) + len(pages)


if __name__ == "__main__":
    print(f"{write_pages(Path(sys.argv[1]))} pages and pictures.")

"""Writes every page and picture that rhrt makes: `python -m tests.browser.pages FOLDER`.

The Nu HTML Checker, which is what validates HTML for the W3C, then reads them: see .ci/run.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fastapi.testclient import TestClient

from rhrt import Record, Rulebook, assess, load_rulebook
from rhrt.present.page import as_page
from rhrt.present.picture import as_svg
from rhrt.steward.render.documents import documents
from rhrt.steward.render.material import gather
from rhrt.web.application import application
from rhrt.web.settings import Settings
from tests.conftest import CASES, RULEBOOK_FOLDER, case
from tests.web.visitor import Visitor


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
    return 2 * len(CASES) + len(pages) + write_journey(folder, rulebook)


def write_journey(folder: Path, rulebook: Rulebook) -> int:
    """Write pages of the journey without JavaScript, one of each kind. Give how many there are."""
    written = 0
    with TestClient(application(Settings(rulebooks=(rulebook,)))) as client:
        visitor = Visitor(client)
        for words, choices, typed in JOURNEY:
            (folder / f"check-{written}.html").write_text(visitor.response.text, encoding="utf-8")
            written += 1
            visitor.press(words, *choices, typed=typed)
        for words in ("Continue", "Continue", "Check or change", "Show the suggestion"):
            (folder / f"check-{written}.html").write_text(visitor.response.text, encoding="utf-8")
            written += 1
            visitor.on() if words == "Continue" else visitor.press(words)
    return written


CONCERN = "A parent's alcohol or substance use"
MARK = "Milder: Low level concerns about parental alcohol or substance use"
JOURNEY: tuple[tuple[str, tuple[str | None, ...], str], ...] = (
    ("Start now", (), ""),
    ("Continue", (), ""),
    ("Continue", ("Yes", None, None), ""),
    ("Go on", (), ""),
    ("Continue", ("No", "Not known"), ""),
    ("Find it", (), ""),
    ("Find it", (), "mum drinking more and more"),
    ("Continue", (CONCERN,), ""),
    ("Continue", (MARK, "Yes"), ""),
)
"""What is pressed on each page, after what is chosen and typed."""


if __name__ == "__main__":
    print(f"{write_pages(Path(sys.argv[1]))} pages and pictures.")

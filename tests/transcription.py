"""Proves a rulebook's wording against the framework's own text: `python -m tests.transcription FILE`.

The framework is not in this repository. FILE is its text, as plain text or with simple HTML tags.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from rhrt import Rulebook, load_rulebook


def plain(text: str) -> str:
    """Strip tags and collapse spaces; nothing else is changed."""
    return " ".join(re.sub(r"<[^>]+>|\*\*", " ", text).split())


def not_found(rulebook: Rulebook, text: str) -> list[str]:
    """Give the ids of indicators whose wording is not in the text, or not in the order of their numbers."""
    source, start, missing = plain(text), 0, []
    numbered = [indicator for indicator in rulebook.indicators if indicator.n]
    source_of_list = source[source.rfind("Level 1 Universal Needs") :]
    for indicator in numbered:
        place = source_of_list.find(indicator.wording, start)
        if place < 0:
            missing.append(indicator.id)
        else:
            start = place + len(indicator.wording)
    others = [indicator for indicator in rulebook.indicators if not indicator.n]
    return missing + [indicator.id for indicator in others if indicator.wording not in source]


if __name__ == "__main__":
    rulebook = load_rulebook()
    missing = not_found(rulebook, Path(sys.argv[1]).read_text(encoding="utf-8"))
    print(f"{len(rulebook.indicators) - len(missing)} of {len(rulebook.indicators)} wordings found, in order.")
    print("\n".join(missing), end="")
    sys.exit(bool(missing))

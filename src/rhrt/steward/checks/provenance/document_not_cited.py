"""No rule cites a document.

Finds: a document of `rulebook.yaml` that no `source` names.

Why it matters: either it is not a source of this rulebook, or something that rests on it cites another.

To put it right: cite it where it is the source, or remove it.
"""

from collections.abc import Iterator
from typing import Any

from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "advice"


def check(folder: RulebookFolder) -> Problems:
    """Report each document that no source names."""
    cited = {document for written in folder.written.values() for document in _cited(written.value)}
    for index, document in enumerate(folder.rulebook.documents):
        if document.id not in cited:
            what = f"No source names the document '{document.id}'."
            yield Problem("rulebook", ("documents", index), what, "Cite it where it is the source, or remove it.")


def _cited(value: Any) -> Iterator[str]:
    """Give the document of every source within a value."""
    if isinstance(value, dict) and isinstance(value.get("source"), dict):
        yield value["source"]["document"]
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _cited(part)

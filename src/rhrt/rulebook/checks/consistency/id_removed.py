"""An id was removed, so older records cannot be read.

Finds: an indicator that could be recorded in the earlier state of the rulebook and now cannot, under its id or
an alias. It looks only where it is told what came before: `rhrt rulebook check --since FOLDER`.

Why it matters: records that people have kept name indicators by their id. They would be refused.

To put it right: write `old-id: new-id` under `aliases` in `rulebook.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator

from rhrt.rulebook.checks import Problem, Weight
from rhrt.rulebook.folder import RulebookFolder

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Iterator[Problem]:
    """Report each id that could be recorded before and cannot now."""
    if folder.before is None:
        return
    now = folder.rulebook
    for id_ in (*folder.before.position, *folder.before.aliases):
        if now.aliases.get(id_, id_) not in now.position:
            what = f"'{id_}' could be recorded before, and now cannot."
            remedy = f"Write '{id_}: NEW-ID' here, with the indicator that has taken its place."
            yield Problem("rulebook", ("aliases",), what, remedy)

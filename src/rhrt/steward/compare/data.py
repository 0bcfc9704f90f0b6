"""Two rulebooks compared, as machines read it."""

from __future__ import annotations

from typing import Any

from rhrt.rulebook.model import Rulebook
from rhrt.steward.compare.rulebooks import Comparison


def document(found: Comparison) -> dict[str, Any]:
    """Give a comparison as plain data, for machines."""
    own = found.effect
    return {
        "old": _identity(found.old),
        "new": _identity(found.new),
        "changes": _plain(found.changes),
        "answers": {
            "proven": own.not_proven is None,
            "why_not_proven": own.not_proven,
            "situations": own.situations,
            "changed": own.changed,
            "unanswered": _plain(own.unanswered),
            "groups": _plain(own.groups),
            "words": _plain(own.words),
            "rings": _plain(own.rings),
            "unchanged": _plain(own.unchanged),
        },
        "only": _plain(found.only),
        "beside_may_change": dict(found.beside_may_change),
        "prompts_may_change": found.beside_may_change["prompts"],
        "afterwards_may_change": found.beside_may_change["afterwards"],
        "cases": _plain(found.tried),
        "evidence": _plain(found.evidence),
    }


def _identity(rulebook: Rulebook) -> dict[str, str]:
    return {"rulebook": rulebook.id, "edition": rulebook.edition, "rulebook_sha256": rulebook.sha256}


def _plain(value: Any) -> Any:
    """Turn named tuples into dicts and all other tuples into lists, all the way down."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: _plain(part) for name, part in value._asdict().items()}
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value

"""What differs between an answer that was kept and the one given now: which part of which reason, to the letter."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

LONGEST = 120
"""How many characters of a value are shown, from shortly before the first that differs."""

_BEFORE = 30
_NAMES = ("code", "rule", "id", "field", "ladder", "indicator", "topic")
_MISSING = object()


def same(old: Any, new: Any) -> bool:
    """Say whether two documents are the same to the letter: in every value, in type and in order."""
    return _exact(old) == _exact(new)


def differences(old: Any, new: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Say in a line each what differs, as far as it has a name."""
    if same(old, new):
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _of_parts(old, new, path)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _of_entries(old, new, path)
    else:
        yield _line(path, old, new)


def _of_parts(old: Mapping[str, Any], new: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    for key in dict.fromkeys([*new, *old]):
        yield from differences(old.get(key, _MISSING), new.get(key, _MISSING), (*path, key))
    if old.keys() == new.keys() and list(old) != list(new):
        yield _line((*path, "order"), ", ".join(old), ", ".join(new))


def _of_entries(old: Sequence[Any], new: Sequence[Any], path: tuple[str, ...]) -> Iterator[str]:
    """Say which entries came, went or moved, by name; then what differs within those that stayed."""
    before, after = _named(old), _named(new)
    if [*before] != [*after]:
        yield _line(path, ", ".join(before) or "none", ", ".join(after) or "none")
    for name in [name for name in after if name in before]:
        yield from differences(before[name], after[name], (*path, name))


def _named(entries: Sequence[Any]) -> dict[str, Any]:
    """Name each entry of a list as a reader would look for it, and number those of one name."""
    seen: Counter[str] = Counter()
    named = {}
    for entry in entries:
        name = _shown(entry)
        if isinstance(entry, Mapping):
            name = next((str(entry[key]) for key in _NAMES if entry.get(key)), name)
        seen[name] += 1
        named[name if seen[name] == 1 else f"{name} ({seen[name]})"] = entry
    return named


def _line(path: Sequence[str], old: Any, new: Any) -> str:
    was, now = _shown(old), _shown(new)
    if was == now:
        was, now = _exact(old), _exact(new)
    length = min(len(was), len(now))
    common = next((place for place in range(length) if was[place] != now[place]), length)
    return f"{', '.join(path)}: {_cut(was, common)} then, {_cut(now, common)} now"


def _shown(value: Any) -> str:
    return "nothing" if value is _MISSING else value if isinstance(value, str) else _exact(value)


def _exact(value: Any) -> str:
    """Write a value so that two are written alike only where they are the same, in type and order too."""
    return "" if value is _MISSING else json.dumps(value, ensure_ascii=False)


def _cut(text: str, common: int) -> str:
    if len(text) <= LONGEST:
        return text
    start = max(0, common - _BEFORE)
    end = start + LONGEST
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"

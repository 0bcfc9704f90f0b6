"""What changed in a rulebook, in words and in a fixed order.

It goes through every field of every part, so that a field or a kind of entry that is added to the model one day is
not forgotten.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from rhrt.parser import read
from rhrt.part import Part
from rhrt.rulebook.kinds import AtLeast, Prompt
from rhrt.rulebook.model import Clause, Indicator, Rulebook

WORDS: Any = read(Path(__file__).with_name("words.yaml")).value
"""The words of a comparison: what parts and fields are called, and what is said of a change."""


class Amendment(NamedTuple):
    """One thing that changed: in which part, in which entry (its id and its words), and what.

    `old` and `new` are the words before and after, None where there were none. `heed`: it should be seen first.
    """

    part: str
    entry: str
    called: str
    what: str
    old: str | None = None
    new: str | None = None
    heed: bool = False


REWORDED = "Reworded"
"""What is said of words that a record was made by: the same record now says something else."""

RINGS = "Rings somebody else"
"""What is said of a case of a step that gives another contact."""

RECORDABLE = ("Can no longer be recorded", "Can be recorded now")
"""What is said of a sign that records may no longer hold, and of one that they now may."""

_HEEDED = (RINGS, *RECORDABLE, *WORDS["asked"].values(), "Asked no longer", "Asked now")
"""How that begins which is said of what is to be seen first."""

_HEEDED_PARTS = ("contacts", "indicators", "circumstances", "situation", "safety", "levels", "judgements")
"""Parts of which an entry that is removed is told first."""

_HEEDED_WHOLE = ("if_worse", "if_worse_contacts", "no_level", "no_answer")
"""Parts without entries that are told first."""


def changes(old: Rulebook, new: Rulebook) -> tuple[Amendment, ...]:
    """Give all that changed, part by part."""
    named = [field.name for field in fields(Rulebook)]
    ordered = [name for name in dict.fromkeys((*WORDS["parts"], *named)) if name in named]
    renamed = {"indicators": new.aliases}
    parts = [_part(name, _listed(old, name), _listed(new, name), renamed.get(name, {})) for name in ordered]
    return (*_read_otherwise(old, new), *(change for part in parts for change in part))


def _read_otherwise(old: Rulebook, new: Rulebook) -> Iterator[Amendment]:
    """Give the ids that both read, and the new one as an indicator that stands elsewhere."""
    for id_ in new.aliases:
        before = old.indicator.get(old.aliases.get(id_, id_))
        after = new.indicator.get(new.aliases[id_])
        if before and after and before.id != after.id and _stands(before) != _stands(after):
            what, where = "Now leads to an indicator that stands elsewhere", f"{after.id}, {_stands(after)}"
            yield Amendment("aliases", id_, called(after), what, _stands(before), where, True)


def _stands(indicator: Indicator) -> str:
    basis = f" ({indicator.basis})" if indicator.basis else ""
    return f"Level {indicator.level}{basis}"


def changes_of_coverage(old: Sequence[Clause], new: Sequence[Clause]) -> tuple[Amendment, ...]:
    """Give what changed in how a folder accounts for the clauses of its framework."""
    return tuple(_part("coverage", tuple(old), tuple(new), {}))


def _listed(rulebook: Rulebook, name: str) -> Any:
    """Give a part of a rulebook; what is kept to be read later, as the tuple that it is."""
    value = getattr(rulebook, name)
    return tuple(value) if isinstance(value, Sequence) and not isinstance(value, str) else value


def _part(name: str, old: object, new: object, aliases: Mapping[str, str]) -> Iterator[Amendment]:
    """Say what changed in one part: entry by entry where it has entries, else as a whole."""
    entries = _by_key(old), _by_key(new)
    if any(entries):
        yield from _entries(name, *entries, aliases)
        return
    for path, before, after in _differences((), old, new):
        yield Amendment(name, "", "", _what(name, path), before, after, name in _HEEDED_WHOLE)


def _entries(
    name: str, old: Mapping[str, Part], new: Mapping[str, Part], aliases: Mapping[str, str]
) -> Iterator[Amendment]:
    """Say which entries came, went, were renamed, changed or were moved."""
    renamed = {key: aliases[key] for key in old if key not in new and aliases.get(key) in new}
    for key in new:
        if key not in old and key not in renamed.values():
            yield Amendment(name, key, called(new[key]), "Added", None, _short(new[key]))
    for key in old:
        if key not in new and key not in renamed:
            heed = name in _HEEDED_PARTS or _is_follow_up(old[key])
            yield Amendment(name, key, called(old[key]), "Removed", _short(old[key]), None, heed)
    for key, entry in old.items():
        current = renamed.get(key, key)
        if key in renamed:
            yield Amendment(name, key, called(entry), "Renamed", key, current)
        if current in new and not (key in renamed and current in old):
            yield from _entry(name, current, entry, new[current])
    yield from _moved(name, [renamed.get(key, key) for key in old], list(new))


def _entry(name: str, key: str, old: Part, new: Part) -> Iterator[Amendment]:
    asked = _is_follow_up(old), _is_follow_up(new)
    for path, before, after in _differences((), old, new):
        if path not in (("id",), ("code",)):
            what = _asked(path[0], *asked) or _what(name, path)
            if path == ("recordable",):
                what = RECORDABLE[after == "yes"]
            heed = path[0] in WORDS["changed"].get(name, ()) or name == "safety" or what.startswith(_HEEDED)
            yield Amendment(name, key, called(new), what, before, after, heed)


def _asked(field: str, before: bool, after: bool) -> str | None:
    """Say what changed of a follow-up question, where it is more than that it changed."""
    if before and after:
        said: Mapping[str, str] = WORDS["asked"]
        return said.get(field)
    came = field == "if_yes" and before != after
    return ("Asked no longer", "Asked now, before the answer")[after] if came else None


def _is_follow_up(entry: Part) -> bool:
    return isinstance(entry, Prompt) and bool(entry.if_yes)


def _moved(name: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Amendment]:
    """Say which entries stand elsewhere in the order."""
    before, after = ([key for key in dict.fromkeys(one) if key in other] for one, other in ((old, new), (new, old)))
    for tag, start, end, _, _ in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        for key in before[start:end] if tag in ("delete", "replace") else ():
            places = _follows(before, key), _follows(after, key)
            yield Amendment(name, key, "", "Stands elsewhere in the order", *places)


def _follows(keys: Sequence[str], key: str) -> str:
    place = keys.index(key)
    return f"after {keys[place - 1]}" if place else "first"


Differing = tuple[tuple[str, ...], str | None, str | None]
"""Where something differs (names of fields, the outermost first), and the words before and after."""


def _differences(path: tuple[str, ...], old: object, new: object) -> Iterator[Differing]:
    """Find what differs between two values, down to the smallest that can be said in words."""
    if old == new and type(old) is type(new):
        return
    if isinstance(old, Part) and isinstance(new, Part) and type(old) is type(new):
        for name, value in old.as_dict().items():
            yield from _differences((*path, name), value, getattr(new, name))
    elif isinstance(old, tuple) and isinstance(new, tuple) and not _alternatives((*old, *new)):
        yield from _lists(path, old, new)
    elif path == () and isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _lists(path, *(tuple(f"{key} is {value}" for key, value in one.items()) for one in (old, new)))
    elif path == ("said",) and isinstance(old, Mapping) and isinstance(new, Mapping):
        for id_ in dict.fromkeys((*old, *new)):
            lines = (tuple((one.get(id_) or "").splitlines()) for one in (old, new))
            yield from _differences((*path, id_), *lines)
    else:
        yield path, _said(old), _said(new)


def _alternatives(values: tuple[object, ...]) -> bool:
    """Say whether a list is one of alternatives, which are read together."""
    return any(isinstance(value, Mapping) for value in values)


def _lists(path: tuple[str, ...], old: tuple[object, ...], new: tuple[object, ...]) -> Iterator[Differing]:
    """Find what differs between two lists, by their places where entries have no id."""
    before, after = ([_key(one) if isinstance(one, Part) else repr(one) for one in own] for own in (old, new))
    for tag, start, end, low, high in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        pairs = zip_longest(old[start:end], new[low:high])
        if tag == "equal":
            yield from (found for one, other in pairs for found in _differences(path, one, other))
        elif all(isinstance(one, Part) for one in (*old[start:end], *new[low:high])):
            for place, (one, other) in enumerate(pairs, low + 1):
                named = f"{field_name(path[-1]).removesuffix('s')} {place}"
                yield from _differences((*path[:-1], named), one, other)
    if before != after and not all(isinstance(one, Part) for one in (*old, *new)):
        yield _of_words(path, old, new)


def _of_words(path: tuple[str, ...], old: tuple[object, ...], new: tuple[object, ...]) -> Differing:
    """Say which words came and went, or the new order where none did."""
    gone, come = tuple(one for one in old if one not in new), tuple(one for one in new if one not in old)
    if not gone and not come:
        return path, _said(old), _said(new)
    return path, _said(gone or None), _said(come or None)


def _key(entry: Part) -> str:
    known = entry.as_dict()
    return str(
        next((known[name] for name in ("id", "code", "clause", "level", "by") if name in known), repr(entry))
    )


def _by_key(entries: object) -> dict[str, Part]:
    return {_key(one): one for one in entries if isinstance(one, Part)} if isinstance(entries, tuple) else {}


def _said(value: object) -> str | None:
    return None if value is None else in_words(value)


def _what(name: str, path: tuple[str, ...]) -> str:
    if path and path[0] in WORDS["changed"].get(name, ()):
        return str(WORDS["changed"][name][path[0]])
    if name == "actions" and path[1:] == ("contact",):
        return f"{RINGS}: {path[0]}"
    words = ", ".join(map(field_name, path))
    return f"Changed: {words}" if words else "Changed"


def _short(entry: Part) -> str:
    """Say an entry in its own words, with its level where it has one."""
    known = entry.as_dict()
    level = f"Level {known['level']}: " if "level" in known and "id" in known else ""
    return f"{level}{called(entry) or in_words(entry)}"


_NAMING = ("wording", "sentence", "question", "meaning", "name", "title", "text", "guides", "higher", "by")


def part_name(name: str) -> str:
    """Say what a part of the rulebook is called."""
    return str(WORDS["parts"].get(name, name.replace("_", " ").capitalize()))


def field_name(name: str) -> str:
    """Say what a field is called."""
    return str(WORDS["fields"].get(name, name.replace("_", " ")))


def called(entry: Part) -> str:
    """Give the words by which a person knows an entry; empty where it has none."""
    known = entry.as_dict()
    for name in ("name", "title") if "number" in known or "names" in known else _NAMING:
        if isinstance(known.get(name), str):
            return str(known[name])
    return ""


def in_words(value: object) -> str:
    """Say a value in words."""
    if value is None or value in ((), {}):
        return "always" if value == {} else "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Part):
        return _in_fields(value)
    if isinstance(value, Mapping):
        return ", and ".join(_condition(str(name), wanted) for name, wanted in value.items())
    if isinstance(value, tuple):
        words = [in_words(one) for one in value]
        return "either " + "; or ".join(words) if _alternatives(value) and len(value) > 1 else "; ".join(words)
    return str(value)


def _in_fields(entry: Part) -> str:
    if isinstance(entry, AtLeast):
        lowest = entry.at_least or "none"
        return f"{lowest} or higher" if entry.at_most is None else f"{lowest} to {entry.at_most}"
    said = ((name, value) for name, value in entry.as_dict().items() if value not in (None, ()))
    return ". ".join(f"{field_name(name).capitalize()}: {in_words(value)}" for name, value in said)


def _condition(name: str, wanted: object) -> str:
    if name == "level" and not isinstance(wanted, AtLeast):
        return f"Level {wanted}" if wanted else "no level"
    values = wanted if isinstance(wanted, tuple) else (wanted,)
    of = "the level" if name == "level" else name.replace("_", " ")
    return f"{of} is {' or '.join(map(in_words, values))}"

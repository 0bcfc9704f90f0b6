"""An example of a new rulebook is still there.

Finds: what `rhrt rulebook new` writes to be replaced: ids that begin with `example-`, words that say to replace
them, a notice that speaks of examples, and telephone numbers from 01632 960000 on, which are nobody's.

Why it matters: people would find the example, record it, and ring a number that nobody answers.

To put it right: put your framework's own words, signs and numbers in its place, or remove it.
"""

import re
from collections.abc import Iterator
from typing import Any

from rhrt.files import Location
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "error"
_LEFT = {
    "id": re.compile(r"example-"),
    "number": re.compile(r"(?:\+44 ?(?:\(0\))?|\(?0)\D*1632\D*960"),
    "notice": re.compile(r".*\bexamples in it\b", re.DOTALL),
}
_REPLACE = re.compile(r"(?:^|\. )Replace this\b|: replace with (?:the|its)\b")


def check(folder: RulebookFolder) -> Problems:
    """Report each example, once at its id, and each text or number that is there to be replaced."""
    for file, written in folder.written.items():
        if file != "coverage":
            for location, words in _left(written.value, ()):
                yield Problem(file, location, f"“{words[:60]}” is an example.", "Put your own in its place.")


def _left(value: Any, location: Location) -> Iterator[tuple[Location, str]]:
    """Give each example within a value. What belongs to an entry that is one is not given again."""
    if isinstance(value, dict):
        if isinstance(value.get("id"), str) and _is_left("id", value["id"]):
            yield (*location, "id"), value["id"]
            return
        for key, part in value.items():
            yield from _left(part, (*location, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _left(part, (*location, index))
    elif isinstance(value, str) and location and _is_left(str(location[-1]), value):
        yield location, value


def _is_left(key: str, words: str) -> bool:
    return (key in _LEFT and _LEFT[key].match(words) is not None) or _REPLACE.search(words) is not None

"""In YAML ` #` begins a comment, in the middle of a sentence too. Words that people read are never cut by one."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest

from rhrt.faults import BadInput
from rhrt.parser import parse
from rhrt.rulebook.cut import cut_off, is_text
from rhrt.rulebook.model import Ways
from rhrt.rulebook.written import FILES, IndicatorsFile
from rhrt.steward.cases import WorkedCase, read_case
from tests.conftest import RULEBOOK_FOLDER, the_rest_long

MARRAM = Path(__file__).parent / "frameworks" / "marram-2025"
WRITTEN = sorted(
    path for folder in (RULEBOOK_FOLDER, MARRAM) for path in folder.rglob("*.yaml") if "kept" not in str(path)
)

IDS = frozenset({
    "after", "before", "follow_ups", "if_not_known", "if_yes", "recorded",
    "about", "actions", "age_band", "aliases", "answer", "at_least", "at_most", "absent", "basis", "by",
    "circumstances", "clause", "code", "consider", "contact", "document", "edition", "facts", "first", "heading",
    "id", "if_worse_contacts", "indicators", "last_edition", "level", "never", "not_known", "otherwise", "present",
    "published", "printed", "readings", "reason", "reasons", "route", "rulebook", "rules", "rungs", "set_on",
    "shown_under", "situation", "some", "strength", "topics", "unmark", "urgency", "values", "verified", "when",
    "wordings_sha256",
})  # fmt: skip
"""Keys whose words are ids, answers, dates or numbers: a comment may stand beside them."""


def keys(kind: Any, seen: set[Any]) -> Iterator[tuple[str, bool]]:
    """Give each key of a kind of file that holds words, and whether it holds a list of them."""
    if kind in seen or not is_dataclass(kind):
        return
    seen.add(kind)
    hints = get_type_hints(kind)
    for one in fields(kind):
        for inner, listed in leaves(hints[one.name], False):
            if inner is str:
                yield one.name, listed
            else:
                yield from keys(inner, seen)


def leaves(hint: Any, listed: bool) -> Iterator[tuple[Any, bool]]:
    origin, inside = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        for one in inside:
            yield from leaves(one, listed)
    elif origin is tuple:
        yield from leaves(inside[0], True)
    elif origin is Literal:
        yield str, listed
    elif inside:  # a mapping
        yield from leaves(inside[-1], False)
    else:
        yield hint, listed


def test_each_key_that_holds_words_is_one_that_people_read_or_an_id() -> None:
    seen: set[Any] = set()
    held = {one for kind in (*FILES.values(), IndicatorsFile, Ways, WorkedCase) for one in keys(kind, seen)}
    assert ("text", False) in held
    assert ("also", True) in held
    undecided = [
        (key, listed) for key, listed in held if not is_text((key, 0) if listed else (key,)) and key not in IDS
    ]
    assert undecided == []


@pytest.mark.parametrize(
    "path", the_rest_long(WRITTEN, *WRITTEN[::3]), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_each_text_of_a_rulebook_is_refused_at_its_place_once_a_comment_cuts_it(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    tried = 0
    for number, line in enumerate(lines):
        plain = re.fullmatch(
            r"( *(?:- )?)(text|why|name|wording|meaning|question|sentence|title|what): ([^\"'>|{\[].*)", line
        )
        if plain is None or (number + 1 < len(lines) and lines[number + 1].startswith(" " * (len(plain[1]) + 2))):
            continue
        tried += 1
        if tried % 10 != 1:
            continue  # one in ten: reading the file takes longer than finding the comment
        words = plain[3].split(" ")
        for cut in (f"{words[0]} #{' '.join(words[1:])}", f"{plain[3]}\t# so it was said"):
            damaged = [*lines[:number], f"{plain[1]}{plain[2]}: {cut}", *lines[number + 1 :]]
            written = parse("x.yaml", "\n".join(damaged).encode())
            ((location, what, remedy),) = cut_off(written)
            assert location[-1] == plain[2]
            assert written.where(location) == f"x.yaml:{number + 1}:{len(plain[1]) + 1}"
            assert "cuts the text off" in what
            assert "in quotes" in remedy
    assert tried or path.stem not in ("actions", "prompts", "routes", "rulebook", "safety")
    assert list(cut_off(parse("x.yaml", path.read_bytes()))) == []


@pytest.mark.parametrize(
    "text",
    [
        "id: a # b",
        "id: a  # b\nvalues: [x, y] # two\nwhen: {} # always",
        'text: "Ring #2 now" # in quotes',
        "text: 'Ring #2 now' # in quotes",
        "text: >- # folded\n  Ring #2 now\n",
        "# text: a #b\ntext: Ring#2 now",
        "text: # below\n  Ring now",
        "edition: draft   # as the framework calls it",
        "published: 2020-11 # the month\nprinted: 2020-11 # of the source",
        "when: {consent: given} # agreed",
    ],
)
def test_a_comment_that_cuts_no_words_is_left_alone(text: str) -> None:
    assert list(cut_off(parse("x.yaml", text.encode()))) == []


@pytest.mark.parametrize(
    ("text", "location"),
    [
        ("text: Ring #2 now", ("text",)),
        ("text: Ring ☎️ the hub #2 now", ("text",)),
        ("\ufeffb: 𝟙\r\ntext: Ring #2 now\r\n", ("text",)),
        ("text: #2 is who you ring", ("text",)),
        ("text: Ring the\n  hub #2 now", ("text",)),
        ("also: [a b, c #d\n  , e]", ("also", 1)),
        ("synonyms:\n  - [a, b #c\n  ]", ("synonyms", 0, 1)),
        ("a: {name: Form #2\n }", ("a", "name")),
        ("printed: [A, B #c\n ]", ("printed", 1)),
        ("by: A teacher # of ten\nsaid: {}", ("by",)),
        ("said:\n  left-out: sits #1", ("said", "left-out")),
    ],
)
def test_words_are_cut_wherever_they_stand(text: str, location: tuple[str | int, ...]) -> None:
    assert [place for place, _, _ in cut_off(parse("x.yaml", text.encode()))] == [location]


def test_a_worked_case_that_is_cut_is_refused_with_its_line(tmp_path: Path) -> None:
    case = (MARRAM / "cases" / "the-last-ferry-out.yaml").read_text(encoding="utf-8")
    assert "\nwhy: " in case
    path = tmp_path / "case.yaml"
    path.write_text(re.sub(r"\nwhy: (.|\n)*?\n(?=\w|\Z)", "\nwhy: It is #1 of all.\n", case), encoding="utf-8")
    with pytest.raises(BadInput, match=r"case\.yaml:\d+:1: What stands here after ' #' is not read"):
        read_case(path)

"""The search by words gives the same in a browser's script as in Python: byte for byte."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rhrt import load_rulebook
from rhrt.search.find import LONGEST_QUERY
from rhrt.search.spot import LONGEST
from tests.browser.searching import FIND, SPOT, Searching, searching
from tests.conftest import RULEBOOK_FOLDER, tries
from tests.search_quality.marked_notes import notes
from tests.search_quality.measure import HALVES, NOS, QUERIES, TEXTS, asked
from tests.test_find import QUERIES as QUICK_QUERIES

TESTS = Path(__file__).parent.parent
MARRAM = TESTS / "frameworks" / "marram-2025"
FOLDERS = {"herefordshire": RULEBOOK_FOLDER, "marram": MARRAM}


@pytest.fixture(scope="module", params=FOLDERS)
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searching]:
    with searching(load_rulebook(FOLDERS[request.param]), tmp_path_factory.mktemp("data")) as one:
        yield one


def queries() -> list[str]:
    quick = [line.split("\t")[0] for line in QUICK_QUERIES.read_text(encoding="utf-8").splitlines()]
    return quick + [one.words for kind in QUERIES for half in HALVES for one in asked(kind, half)]


def texts() -> list[str]:
    kinds = (*TEXTS, *NOS, "not_told", "nothing")
    told = [one.words for kind in kinds for half in HALVES for one in asked(kind, half)]
    return told + [text for folder in FOLDERS.values() for text in narratives(folder)]


def narratives(folder: Path) -> list[str]:
    cases = (yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("cases/*.yaml")))
    return [case["narrative"] for case in cases]


def examples() -> list[str]:
    """Give every text that stands in the tests of the search."""
    trees = (ast.parse((TESTS / name).read_text(encoding="utf-8")) for name in ("test_find.py", "test_spot.py"))
    nodes = (node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return sorted({value for value in nodes if isinstance(value, str)})


ODD = [
    "",
    " ",
    "\n",
    "?",
    "#",
    "'",
    "x" * LONGEST_QUERY,
    "x" * (LONGEST_QUERY + 1),
    "x" * (LONGEST + 1),
    "😀" * LONGEST,
    "😀" * (LONGEST + 1),
    "no " * 3000,
    "No bruises, no cuts. " * 400,
    "Mum says “no”. ‘Hit me’, she said — then ran.",
    "SHE HIT HIM AND THERE ARE NO BRUISES?",
    "constructor __proto__ toString hasOwnProperty valueOf",
    "5/12 #arm ’twas ''s O’Brien's 2019 2020. ½ ² ፩፩፩፩ ٢٠٢٠ ２０２０",
    "ΟΔΥΣΣΕΎΣ İstanbul ǅ ẞ ﬁghting straße 𐐀𐐀𐐀𐐀s 𐐨𐐨𐐨𐐨ing 𝐡𝐢𝐭",
    "\x1c\x85\ufeff\u200b\u00a0hit\u2028by\u2029dad\x1f- -\u3000-\ufeff-",
    "hungry\u0301 bru\u0308ises\u0308 e\u0301e\u0301e\u0301ed \u0301hit",
]
"""What a reader may trip over."""

LETTERS = "aeiouyhstn no NO,.!?'’“”-–—/#0512\n\t\u00a0éñßİΣς😀𐐀\u0301\u200b"
"""Letters of which texts are made up; each of Unicode that both know is tried by itself."""


@pytest.mark.parametrize("ask", [FIND, SPOT])
def test_every_example_of_the_tests_of_the_search_gives_the_same(ask: str, both: Searching) -> None:
    for text in [*examples(), *ODD]:
        both.assert_equal(ask, text)
        both.assert_equal(ask, text, 50)


def test_a_part_of_all_queries_and_stories_gives_the_same(both: Searching) -> None:
    for place, text in enumerate(queries()[::4]):
        both.assert_equal(FIND, text, 1 + place % 20)
    for text in [*texts()[::6], *(one.text for one in [*notes()][::50])]:
        both.assert_equal(SPOT, text)


@pytest.mark.long
def test_all_queries_and_stories_give_the_same(both: Searching) -> None:
    for text in [*queries(), *texts(), *(one.text for one in notes())]:
        both.assert_equal(FIND, text, 50)
        both.assert_equal(SPOT, text, 50)


@given(text=st.text(max_size=300) | st.text(LETTERS, max_size=300))
@tries(1000)
def test_any_characters_give_the_same(text: str, both: Searching) -> None:
    both.assert_equal(FIND, text)
    both.assert_equal(SPOT, text)

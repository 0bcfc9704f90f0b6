"""The search by words gives the same in a browser's script as in Python: byte for byte."""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from unicodedata import category

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rhrt import load_rulebook
from rhrt.browser.packed import letters, steps
from rhrt.search.english import english
from rhrt.search.find import LONGEST_QUERY
from rhrt.search.kept import index_for
from rhrt.search.reading import stem, words_of
from rhrt.search.spot import LONGEST
from tests.browser.searching import FIND, SPOT, Searching, searching
from tests.conftest import RULEBOOK_FOLDER, the_rest_long, tries
from tests.search_quality.marked_notes import notes
from tests.search_quality.measure import HALVES, NOS, QUERIES, TEXTS, asked
from tests.test_find import QUERIES as QUICK_QUERIES

TESTS = Path(__file__).parent.parent
MARRAM = TESTS / "frameworks" / "marram-2025"
PARTS = 6
"""In how many parts everything is tried."""

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


SPACES = [one for one in map(chr, range(sys.maxunicode)) if one.isspace()] + ["\ufeff", "\u200b", "\u180e"]
"""What Python, JavaScript or neither takes for a space."""

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
    "Dad hits him with a belt, mum denies it. Dad hits him with a belt, mum always denies it.",
    "No bruises dad hits the boy with belts. No bruises or cuts dad hits the boy with belts.",
    "She says there are no bruises on her, he hits her with a belt, and there is no food in the house.",
    "He hits her, she says there are no cuts on her arms and legs, the flat is full of rubbish.",
    *(f"No bruises.{one}Mum hits him {one}-{one}he has no food{one}–x he is dirty?{one}No." for one in SPACES),
    "hungry\u0301 bru\u0308ises\u0308 e\u0301e\u0301e\u0301ed \u0301hit",
]
"""What a reader may trip over."""

PATTERNS = [name for name, read in english().items() if name not in {"about", "forms", "sounds"}]
_MATTERING = [
    "no",
    "not",
    "denies",
    "said",
    "nurse",
    "she",
    "and",
    "or",
    "but",
    "who",
    "was",
    "is",
    "ago",
    "bruises",
]
_STOPS = [",", ".", "?", ".\n", '. "', "—", " - ", "’s", "2019", "3/12"]
SAID = [
    *sorted({word for name in PATTERNS for word in re.findall(r"[a-z]+", " ".join(english()[name]))}),
    *_MATTERING * 20,
    *_STOPS * 30,
]
"""Words that change what is heard, and stops: those that matter most more often."""

LETTERS = "aeiouyhstn no NO,.!?'’“”-–—/#0512\n\t\u00a0éñßİΣς😀𐐀\u0301\u200b"
"""Letters of which texts are made up."""


@pytest.mark.parametrize("ask", [FIND, SPOT])
def test_every_example_of_the_tests_of_the_search_gives_the_same(ask: str, both: Searching) -> None:
    for text in [*examples(), *ODD]:
        both.assert_equal(ask, text)
        both.assert_equal(ask, text, 50)


def test_a_part_of_all_queries_and_stories_gives_the_same(both: Searching) -> None:
    for place, text in enumerate(queries()[::10]):
        both.assert_equal(FIND, text, 1 + place % 20)
    for text in [*texts()[::12], *(one.text for one in [*notes()][::150])]:
        both.assert_equal(SPOT, text)


@pytest.mark.parametrize("start", the_rest_long(range(0, 15_000, 1_000), 0, 8_000))
def test_notes_as_one_text_as_long_as_may_be_give_the_same(start: int, both: Searching) -> None:
    """Where much is told, the likeliest concern says which others are left out."""
    told = " ".join(one.text for one in [*notes()][start : start + 200])
    both.assert_equal(SPOT, told[:LONGEST], 50)
    both.assert_equal(FIND, told[:LONGEST_QUERY], 50)


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_all_queries_and_stories_give_the_same(part: int, both: Searching) -> None:
    for text in [*queries(), *texts(), *(one.text for one in notes())][part::PARTS]:
        both.assert_equal(FIND, text, 50)
        both.assert_equal(SPOT, text, 50)


def test_the_index_that_the_script_makes_is_that_of_the_library(both: Searching) -> None:
    index = both.search.rulebook.once("search", index_for)
    made = json.loads(both.by_script("index")[0])
    phrase = [*zip(*index["phrases"], strict=True)]
    own = [*zip(made["whose"], made["sizes"], strict=True)]
    assert sorted(own) == sorted(phrase)
    wanted = {
        feature: (weight, sorted(phrase[one] for one in phrases), sorted(map(tuple, points)))
        for feature, (weight, phrases, points) in index["uses"].items()
    }
    assert wanted == {
        feature: (weight, sorted(own[one] for one in phrases), sorted(map(tuple, points)))
        for feature, weight, phrases, points in made["uses"]
    }


@pytest.mark.parametrize("step", the_rest_long([25, 1], 25))
def test_each_character_is_read_the_same(step: int, both: Searching) -> None:
    """A character that only one of the two knows, by its edition of Unicode, is left out."""
    every = map(chr, range(0, sys.maxunicode + 1, step))
    all_known = [one for one in every if category(one) not in {"Cn", "Cs"}]
    for start in range(0, len(all_known), 20_000):
        known = json.loads(both.by_script("known", "".join(all_known[start : start + 20_000]))[0])
        text = " ".join(f"{one} dro{one}ped {one}{one}{one}ing" for one in known)
        wanted = [[word, stem(word)] for word in words_of(text)]
        assert json.loads(both.by_script("words", text)[0]) == wanted


@pytest.mark.parametrize("part", the_rest_long(range(16), 0))
def test_each_pattern_of_english_is_heard_the_same(part: int, both: Searching) -> None:
    chosen, quarter = divmod(part, 4)
    patterns = [pattern for name in PATTERNS for pattern in english()[name]]
    heard = [sentence_of(pattern, chosen, place // 4) for place, pattern in enumerate(patterns)]
    for place, sentence in [*enumerate(heard)][quarter::4]:
        before = heard[place - 1] if chosen % 2 else "She is hungry and dirty"
        both.assert_equal(SPOT, f"{before}, {sentence}, he hits her. {sentence}. Mum is drunk and {sentence}?", 50)


def sentence_of(pattern: str, chosen: int, between: int) -> str:
    """Give words in which a pattern stands, or nearly: of several, another one each time."""
    meant = {"..": " ".join(["the"] * (0, 5, 4, 1)[between % 4]), "YEAR": "2019", "START": "", "END": ""}
    ways = (element.split("|") for element in pattern.split())
    chosen_ways = (way[chosen % len(way)] for way in ways)
    return " ".join(meant.get(one, one.replace("*", "ed")) for one in chosen_ways).strip()


@tries(2000)
@given(words=st.lists(st.sampled_from(SAID), max_size=80))
def test_any_words_that_english_lists_give_the_same(words: list[str], both: Searching) -> None:
    both.assert_equal(SPOT, " ".join(words), 50)


@tries(200)
@given(numbers=st.lists(st.integers(0, 50_819)))
def test_whole_numbers_are_read_as_they_were_written(numbers: list[int], both: Searching) -> None:
    assert json.loads(both.by_script("numbers", letters(numbers))[0]) == numbers


@pytest.mark.parametrize("number", [-1, 50_820])
def test_a_number_that_cannot_be_written_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        letters([number])


@tries(100)
@given(values=st.dictionaries(st.integers(0, 50) | st.floats(0, 50), st.integers(0, 5), min_size=1))
def test_what_is_looked_up_in_steps_is_what_was_worked_out(values: dict[float, int], both: Searching) -> None:
    looked_up = both.by_script("steps", json.dumps(steps(values.items())), json.dumps([*values]))[0]
    assert json.loads(looked_up) == [*values.values()]


@tries(1000)
@given(text=st.text(max_size=300) | st.text(LETTERS, max_size=300))
def test_any_characters_give_the_same(text: str, both: Searching) -> None:
    both.assert_equal(FIND, text)
    both.assert_equal(SPOT, text)

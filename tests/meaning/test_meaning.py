"""With the extra `rhrt[meaning]`, what was meant is found without a word in common. Run: pytest tests/meaning."""

from __future__ import annotations

import pytest

from rhrt import Rulebook
from rhrt.rulebook.load import load_rulebook
from rhrt.search.find import find
from rhrt.search.meaning import fit_by_meaning, learn
from tests.search_quality.measure import share


@pytest.fixture(scope="module")
def learnt() -> Rulebook:
    rulebook = load_rulebook()
    assert learn(rulebook), "These tests need the extra: pip install '.[meaning]'"
    return rulebook


@pytest.mark.parametrize(("kind", "floor"), [("queries", 0.95), ("oblique", 0.85), ("narratives", 0.87)])
def test_the_half_that_was_held_out_is_found(kind: str, floor: float, learnt: Rulebook) -> None:
    assert share(kind, "held_out", learnt) >= floor


def test_what_shares_no_word_with_an_indicator_is_found_by_its_meaning(learnt: Rulebook) -> None:
    assert "lack-of-food" in [one.indicator.id for one in find("famished youngsters", learnt, 5)]


def test_nearness_is_one_for_the_same_words_and_the_same_each_time(learnt: Rulebook) -> None:
    first = fit_by_meaning(["Lack of food", ""], learnt)
    assert first[0]["lack-of-food"] == pytest.approx(1, abs=1e-4)
    assert [near.keys() for near in first] == [
        near.keys() for near in fit_by_meaning(["Lack of food", "x"], learnt)
    ]


def test_no_text_has_no_nearness(learnt: Rulebook) -> None:
    assert fit_by_meaning([], learnt) == []


def test_a_rulebook_that_was_not_learnt_is_searched_by_words_alone() -> None:
    assert fit_by_meaning(["hungry"], load_rulebook("tests/frameworks/marram-2025")) == [{}]

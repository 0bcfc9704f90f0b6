"""What it takes to reach an answer and to read it stays within what a person has time for."""

from __future__ import annotations

import statistics

import pytest
from fastapi.testclient import TestClient

from rhrt import Rulebook
from tests.conftest import CASES, case, the_rest_long
from tests.effort import LINES_IN_THE_MIDDLE, MOST_LINES, MOST_PAGES, MOST_WORDS, ONE_SIGN, TWO_SIGNS, effort, lines


@pytest.mark.parametrize("name", the_rest_long((*ONE_SIGN, *TWO_SIGNS), ONE_SIGN[-1], TWO_SIGNS[0]))
def test_one_sign_takes_eight_pages_and_700_words_and_two_signs_ten_pages(
    name: str, rulebook: Rulebook, client: TestClient
) -> None:
    found = effort(name, rulebook, client)
    assert found.pages <= MOST_PAGES[1 + (name in TWO_SIGNS)]
    assert found.words <= MOST_WORDS or name in TWO_SIGNS


def test_the_middle_worked_case_has_45_lines_and_none_has_more_than_60(rulebook: Rulebook) -> None:
    every = {path.stem: lines(case(path)["record"], rulebook) for path in CASES}
    assert statistics.median(every.values()) <= LINES_IN_THE_MIDDLE
    assert {name: many for name, many in every.items() if many > MOST_LINES} == {}

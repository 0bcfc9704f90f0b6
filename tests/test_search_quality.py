"""The search by words does on the half that nobody looked at what it did when it was last measured."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rhrt.parser import read
from rhrt.search.find import Search
from rhrt.search.spot import spot
from tests.search_quality.measure import Scores, measured

TRIED: Any = read(Path(__file__).parent / "search_quality" / "tried.yaml").value


@pytest.fixture(scope="module")
def scores(search: Search) -> Scores:
    return measured(search, "held_out")


@pytest.mark.long
def test_what_is_told_is_offered(scores: Scores) -> None:
    assert float(scores.within[8]) >= 0.89
    assert float(scores.within[12]) >= 0.9
    assert float(scores.gravest) >= 0.89
    assert float(scores.queries) >= 0.95


@pytest.mark.long
def test_little_of_what_is_not_told_is_offered(scores: Scores) -> None:
    assert float(scores.denied) <= 0.25, "it is to be a twentieth: see the README of the search"
    assert float(scores.nothing) <= 0.8


@pytest.mark.long
def test_few_noes_that_are_the_worry_are_heard_as_denied(scores: Scores) -> None:
    assert scores.lost.hits <= 4
    assert scores.lost.of == 120


@pytest.mark.parametrize("one", TRIED, ids=lambda one: one["text"][:60])
def test_what_practitioners_typed_is_answered_rightly(one: Any, search: Search) -> None:
    concerns = spot(one["text"], search).concerns[:5]
    assert {*one["right"]} & {sign.id for concern in concerns for sign in concern.signs}
    assert concerns[0].signs[0].id not in one["never_first"]

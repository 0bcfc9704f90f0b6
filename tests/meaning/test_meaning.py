"""With the extra `rhrt[meaning]`, what was meant is found without a word in common. Run: pytest tests/meaning."""

from __future__ import annotations

from time import process_time

import pytest

from rhrt import BadInput, Rulebook
from rhrt.rulebook.load import load_rulebook
from rhrt.search.find import LONGEST_QUERY, Search, find
from rhrt.search.meaning import Learnt, Meaning, meaning
from rhrt.web.searches import Searches
from rhrt.web.settings import Settings
from tests.search_quality.measure import measured


@pytest.fixture(scope="module")
def model() -> Meaning:
    loaded = meaning()
    assert loaded, "These tests need the extra: pip install '.[meaning]'"
    return loaded


@pytest.fixture(scope="module")
def learnt(model: Meaning) -> Learnt:
    return Learnt(load_rulebook(), model)


@pytest.fixture(scope="module")
def by_meaning(rulebook: Rulebook, model: Meaning) -> Search:
    return Search(rulebook, model)


def test_of_the_half_that_was_held_out_plain_queries_are_found_better_and_the_rest_about_as_well(
    by_meaning: Search, search: Search
) -> None:
    near, said = measured(by_meaning, "held_out"), measured(search, "held_out")
    assert float(near.queries) > float(said.queries)
    assert float(near.within[12]) >= float(said.within[12]) - 0.02
    assert float(near.gravest) >= float(said.gravest) - 0.02


def test_what_shares_no_word_with_an_indicator_is_found_by_its_meaning(by_meaning: Search) -> None:
    assert "lack-of-food" in [one.indicator.id for one in find("famished youngsters", by_meaning, 5)]


def test_nearness_is_one_for_the_same_words_and_the_same_each_time(learnt: Learnt) -> None:
    first = learnt.fit(["Lack of food", ""])
    assert first[0]["lack-of-food"] == 1000
    assert first == learnt.fit(["Lack of food", ""])


def test_no_text_has_no_nearness(learnt: Learnt) -> None:
    assert learnt.fit([]) == []


def test_many_texts_are_near_to_what_each_alone_is_near_to(learnt: Learnt) -> None:
    """They are read some at a time."""
    texts = [f"He has been hungry for {days} days" for days in range(40)]
    together = learnt.fit(texts)
    assert len(together) == 40
    for text, near in list(zip(texts, together, strict=True))[::13]:
        assert near == pytest.approx(learnt.fit([text])[0], abs=1)


def test_the_same_words_find_the_same_whoever_searched_by_meaning_before(
    rulebook: Rulebook, by_meaning: Search
) -> None:
    """What one program learnt is nothing to another that searches by words alone."""
    before = find("mum drinking more and more", Search(rulebook))
    assert find("ravenous toddler", by_meaning) != find("ravenous toddler", Search(rulebook))
    assert find("mum drinking more and more", Search(rulebook)) == before
    assert find("mum drinking more and more", by_meaning) != before


def test_a_service_searches_by_meaning_where_it_is_given_that(
    rulebook: Rulebook, model: Meaning, by_meaning: Search
) -> None:
    given, plain = Searches(Settings((rulebook,), by_meaning=model)), Searches(Settings((rulebook,)))
    assert find("famished youngsters", given.of(rulebook)) == find("famished youngsters", by_meaning)
    assert find("famished youngsters", plain.of(rulebook)) == find("famished youngsters", Search(rulebook))


def test_a_long_text_costs_nothing_for_it_is_refused(by_meaning: Search) -> None:
    text = "he is always hungry " * (LONGEST_QUERY // 20)
    begun = process_time()
    find(text, by_meaning)
    one, begun = process_time() - begun, process_time()
    with pytest.raises(BadInput):
        find(text * 500, by_meaning)
    assert process_time() - begun < 5 * one + 0.05

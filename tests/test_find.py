"""Plain words find the right indicators."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rhrt import Rulebook
from rhrt.search.find import find

QUERIES = Path(__file__).with_name("find_queries.tsv")


def ids(words: str, rulebook: Rulebook, limit: int = 5) -> list[str]:
    return [found.indicator.id for found in find(words, rulebook, limit)]


def test_the_right_indicator_is_among_the_first_five_for_nine_queries_in_ten(rulebook: Rulebook) -> None:
    """The queries were written apart from the rulebook's ways of saying things; its misses then added a few."""
    lines = [line.split("\t") for line in QUERIES.read_text(encoding="utf-8").splitlines()]
    assert len(lines) >= 300
    hits = [query for query, right in lines if set(right.split(",")) & set(ids(query, rulebook))]
    assert len(hits) >= 0.9 * len(lines), f"{len(hits)} of {len(lines)}"


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("mum drinking more and more, kids left to it", "parental-substance-escalating"),
        ("mum drinkin mor and mor, kids lef to it", "parental-substance-escalating"),
        ("cares for her disabeld mum", "young-carer-adverse-impact"),
        ("unexplained injurys", "serious-unexplained-injury"),
        ("radicalized online by extremists", "radicalisation-concern"),
        ("FGM", "fgm-serious-risk"),
        ("sleeping rough, evicted", "severe-overcrowding-or-homeless"),
        ("skiving", "occasional-truanting"),
        ("DV", "domestic-violence-history"),
    ],
)
def test_spelling_word_forms_and_synonyms_do_not_defeat_it(words: str, right: str, rulebook: Rulebook) -> None:
    assert right in ids(words, rulebook)


@pytest.mark.parametrize(
    "words", ["", "   ", "!?!", "the of and", "zzzzqqqq", "☹", '"" OR *', "NEAR(a b)", "a:b", "x" * 5_000]
)
def test_words_that_mean_nothing_find_nothing_and_do_no_harm(words: str, rulebook: Rulebook) -> None:
    assert isinstance(find(words, rulebook), list)


def test_the_best_comes_first_and_the_same_words_give_the_same_answer(rulebook: Rulebook) -> None:
    found = find("dad hits him", rulebook, 20)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert found == find("dad hits him", rulebook, 20)
    assert len(find("dad hits him", rulebook, 3)) == 3


def test_what_cannot_be_recorded_is_not_found(rulebook: Rulebook) -> None:
    assert "family-history-and-wellbeing" not in ids("family history and wellbeing", rulebook, 50)


def test_a_synonym_is_tried_before_another_spelling(rulebook: Rulebook) -> None:
    small = replace(
        rulebook,
        indicators=tuple(
            replace(one, wording=wording, also=())
            for one, wording in zip(rulebook.indicators, ("a lorry is here", "a wagon is here"), strict=False)
        ),
        synonyms=(("waggon", "lorry"),),
    )
    assert [found.indicator.wording for found in find("waggon", small)] == ["a lorry is here"]
    assert [found.indicator.wording for found in find("wagonn", small)] == ["a wagon is here"]

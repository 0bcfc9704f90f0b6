"""Plain words find the right indicators."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from rhrt import BadInput, Rulebook, load_rulebook
from rhrt.search.find import LONGEST_QUERY, Search, find
from tests.server import START

QUERIES = Path(__file__).with_name("find_queries.tsv")


def ids(words: str, search: Search, limit: int = 5) -> list[str]:
    return [found.indicator.id for found in find(words, search, limit)]


def test_the_right_indicator_is_among_the_first_five_for_nine_queries_in_ten(search: Search) -> None:
    """The queries were written apart from the rulebook's ways of saying things; its misses then added a few."""
    lines = [line.split("\t") for line in QUERIES.read_text(encoding="utf-8").splitlines()]
    assert len(lines) >= 300
    hits = [query for query, right in lines if set(right.split(",")) & set(ids(query, search))]
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
def test_spelling_word_forms_and_synonyms_do_not_defeat_it(words: str, right: str, search: Search) -> None:
    assert right in ids(words, search)


@pytest.mark.parametrize("words", ["", "   ", "!?!", "zzzzqqqq", "☹", "👶", "\0", "x" * LONGEST_QUERY])
def test_words_that_mean_nothing_find_nothing(words: str, search: Search) -> None:
    assert find(words, search) == []


@pytest.mark.parametrize(
    ("words", "plain"),
    [('"" OR *', "or"), ("NEAR(hit school)", "near hit school"), ("hit:school", "hit school"),
     ("hit -school", "hit school"), ("wording:hit", "wording hit"), ("hit NOT school", "hit not school"),
     ("'hit';--", "hit"), ("hit^2", "hit 2")],
)  # fmt: skip
def test_words_are_words_and_never_commands_to_the_search(words: str, plain: str, search: Search) -> None:
    assert find(words, search) == find(plain, search)


@pytest.mark.parametrize("words", ["Siôn", "Llŷr", "Zoë", "Siân", "ysgol gynradd", "Zoe\u0308", "Łukasz", "Ольга"])
def test_a_name_with_an_accent_is_a_word_and_no_slip_for_another(words: str, search: Search) -> None:
    assert find(words, search) == []
    assert find(f"{words} hungry", search) == find("hungry", search)


@pytest.mark.parametrize("words", ["hitŷ", "ŷhit", "éhungry", "hungry\u0302food"])
def test_a_word_is_not_parted_at_an_accented_letter(words: str, search: Search) -> None:
    assert find(words, search) == []


def test_what_has_an_accent_is_found_with_it_and_without() -> None:
    small = load_rulebook(Path(__file__).parent / "checks" / "base")
    one = replace(small.indicator["often-late"], also=("Llŷr Zoë ysgol gynradd",))
    others = tuple(one if other.id == one.id else other for other in small.indicators)
    search = Search(replace(small, indicators=others))
    for words in ("Llŷr", "LLŶR", "Lly\u0302r", "Llyr", "ysgol gynradd", "Zoë", "zoe"):
        assert ids(words, search) == [one.id], words


def test_words_too_common_to_find_by_find_nothing(search: Search) -> None:
    assert find("the of and", search) == []
    assert find("the of and hungry", search) == find("hungry", search) != []


@pytest.mark.long
def test_the_same_words_find_the_same_in_every_process(tmp_path: Path) -> None:
    """Of spellings that are as near to a word the same are taken, however Python orders its sets."""
    words = tmp_path / "words.txt"
    words.write_text("bage\nbeal\nbent\nbice\ncone\nnorn\ntalls\ncand\n", encoding="utf-8")
    said = set()
    for seed in ("0", "1", "2"):
        command = [sys.executable, "-c", START, "find", "-", "--format", "json"]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        with words.open() as source:
            said.add(subprocess.run(command, stdin=source, env=environment, capture_output=True, check=True).stdout)
    assert len(said) == 1
    assert b"indicator" in said.pop()


def test_nobody_who_searched_before_changes_what_is_found(rulebook: Rulebook) -> None:
    first = find("mum drinkin mor and mor", Search(rulebook))
    used = Search(rulebook)
    for words in ("fod", "zzzz " * 400, "mor", "drinkin", "dad hits him", "☹"):
        find(words, used)
    assert find("mum drinkin mor and mor", used) == first


def test_of_a_long_text_all_is_read_or_nothing(search: Search) -> None:
    longest = "lack of food".rjust(LONGEST_QUERY)
    assert find(longest, search) == find("lack of food", search) != []
    with pytest.raises(BadInput, match=r"words: These are too many words\. Send 2000 characters at most\."):
        find(" " + longest, search)


def test_the_best_comes_first_and_the_same_words_give_the_same_answer(search: Search) -> None:
    found = find("dad hits him", search, 20)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert found == find("dad hits him", search, 20)
    assert len(find("dad hits him", search, 3)) == 3


def test_what_cannot_be_recorded_is_not_found(search: Search) -> None:
    assert "family-history-and-wellbeing" not in ids("family history and wellbeing", search, 50)


def test_a_synonym_is_tried_before_another_spelling(rulebook: Rulebook) -> None:
    small = replace(
        rulebook,
        indicators=tuple(
            replace(one, wording=wording, also=())
            for one, wording in zip(rulebook.indicators, ("a lorry is here", "a wagon is here"), strict=False)
        ),
        synonyms=(("waggon", "lorry"),),
    )
    assert [found.indicator.wording for found in find("waggon", Search(small))] == ["a lorry is here"]
    assert [found.indicator.wording for found in find("wagonn", Search(small))] == ["a wagon is here"]

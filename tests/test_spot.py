"""Signs to look at are spotted in what somebody told, and a person chooses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from rhrt_cli.main import main

from rhrt import BadInput, Rulebook
from rhrt.search import find as finding
from rhrt.search.find import Search, find
from rhrt.search.find import document as as_found
from rhrt.search.meaning import meaning
from rhrt.search.spot import LONGEST, NOTICE, Candidate, document, spot
from rhrt.search.words import LONGEST_QUERY

from .search_quality.measure import HALVES, asked, share

TOLD = (
    "He is hungry at school and takes food from bins. Mum is drinking more and more.\n"
    "There was no sign of injury, but the flat is full of rubbish and broken glass."
)


def ids(candidates: list[Candidate]) -> list[str]:
    return [one.indicator.id for one in candidates]


@pytest.mark.parametrize(("kind", "floor"), [("queries", 0.9), ("oblique", 0.75), ("narratives", 0.8)])
def test_the_half_that_was_held_out_is_found_by_words_alone(kind: str, floor: float, search: Search) -> None:
    assert share(kind, "held_out", search) >= floor


def test_every_right_answer_of_the_measure_is_an_indicator_that_can_be_recorded(rulebook: Rulebook) -> None:
    for kind in ("queries", "oblique", "narratives"):
        for half in HALVES:
            for one in asked(kind, half):
                assert set().union(*one.told) <= set(rulebook.position), one.words


def test_each_concern_told_has_its_candidates(search: Search) -> None:
    found = ids(spot(TOLD, search))
    assert {"lack-of-food", "parental-substance-escalating", "home-health-and-safety-hazards"} <= set(found)
    assert len(found) == len(set(found)) == 15


def test_the_best_of_every_sentence_comes_before_the_second_best_of_any(search: Search) -> None:
    assert ids(spot("There is no food. Mum drinks.", search, 2)) == [
        ids(spot("There is no food.", search, 1))[0],
        ids(spot("Mum drinks.", search, 1))[0],
    ]


def test_names_with_accents_stay_whole_in_the_words_that_suggest_a_sign(search: Search) -> None:
    told = "Siôn takes food from bins at ysgol gynradd. Llŷr and Zoë were there."
    (first, *_) = spot(told, search)
    assert (first.indicator.id, first.because) == ("lack-of-food", ("Siôn takes food from bins at ysgol gynradd",))
    assert ids(spot(told, search)) == ids(spot("takes food from bins at.", search))


def test_a_candidate_says_which_words_suggest_it(search: Search) -> None:
    because = {one.indicator.id: one.because for one in spot(TOLD, search)}
    assert because["lack-of-food"] == ("takes food from bins",)
    assert because["home-health-and-safety-hazards"] == ("the flat is full of rubbish",)
    assert all(words in TOLD for told in because.values() for words in told)


def test_what_is_denied_is_still_offered_for_a_person_to_reject(search: Search) -> None:
    denied = ids(spot("There is no sign of serious unexplained injury.", search))
    assert "serious-unexplained-injury" in denied


def test_what_goes_well_is_not_a_candidate(rulebook: Rulebook, search: Search) -> None:
    found = spot(
        "Good attendance at school. Stable good housing. Parents provide secure and caring parenting.", search
    )
    assert found
    assert all(not rulebook.level[one.indicator.level].strengths for one in found)


def test_candidates_have_a_notice_and_no_level(search: Search) -> None:
    spotted = document(spot(TOLD, search, 1))
    assert spotted["notice"] == NOTICE
    assert "not an assessment" in NOTICE
    assert list(spotted["candidates"][0]) == ["indicator", "n", "heading", "wording", "because"]


@pytest.mark.parametrize("text", ["", "  \n ", "!?!. ☹;", "👶. 👶", "zzzzqqqq. xxyyzz", "x" * LONGEST])
def test_text_that_means_nothing_has_no_candidates(text: str, search: Search) -> None:
    assert spot(text, search) == []


@pytest.mark.parametrize("text", ["hungry " * 1_400, "he is hungry, " * 700, "He is hungry. " * 700])
def test_what_is_told_again_and_again_suggests_what_it_does_when_told_once(text: str, search: Search) -> None:
    found = spot(text[:LONGEST].rsplit(" ", 1)[0], search)
    assert set(ids(found)) == set(ids(spot("hungry", search)))
    assert all("hungry" in words for one in found for words in one.because)


def test_a_text_of_the_longest_length_is_read_whole(search: Search) -> None:
    late = "There is a lack of food."
    text = "ok. " * ((LONGEST - len(late)) // 4) + late
    assert len(text) > LONGEST - 4
    assert ids(spot(text, search, 1)) == ids(spot(late, search, 1)) == ["lack-of-food"]


def test_a_text_that_is_too_long_is_refused_and_not_read_in_part(search: Search) -> None:
    with pytest.raises(BadInput, match=r"text: This text is longer than 10,000 characters\. Take out what"):
        spot("x" * (LONGEST + 1), search)


def test_the_same_text_gives_the_same_candidates(search: Search) -> None:
    assert spot(TOLD, search) == spot(TOLD, search)


def test_a_rulebook_with_other_levels_is_searched_as_well() -> None:
    from rhrt import load_rulebook

    other = load_rulebook(str(Path(__file__).with_name("frameworks") / "marram-2025"))
    first = next(one for one in other.indicators if one.recordable and not other.level[one.level].strengths)
    assert first.id in ids(spot(f"{first.wording}. It is raining.", Search(other)))


class Near:
    """Stands in for what was learnt of a rulebook: every text is near to one indicator."""

    def __init__(self, rulebook: Rulebook, _model: object) -> None:
        self._near = {one.id: 0.1 for one in rulebook.indicators if one.recordable} | {"lack-of-food": 0.9}

    def fit(self, texts: list[str]) -> list[dict[str, float]]:
        return [self._near for _ in texts]


def test_what_is_near_in_meaning_is_found_beside_what_shares_words(
    rulebook: Rulebook, search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "Learnt", Near)
    by_meaning: Any = "any model"
    found = {one.indicator.id: one.score for one in find("unexplained injury", Search(rulebook, by_meaning), 50)}
    assert found["lack-of-food"] == 1.8
    assert found["serious-unexplained-injury"] == 1.2
    assert "good-attendance" not in found
    assert "lack-of-food" not in [one.indicator.id for one in find("unexplained injury", search, 50)]


def test_of_a_long_text_all_is_read_by_meaning_and_in_parts_that_are_not_too_long(
    rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = list[str]()

    class Reading(Near):
        def fit(self, texts: list[str]) -> list[dict[str, float]]:
            read.extend(texts)
            return super().fit(texts)

    monkeypatch.setattr(finding, "Learnt", Reading)
    by_meaning: Any = "any model"
    told = " ".join(f"hungry{number}" for number in range(LONGEST // 12))
    spot(told, Search(rulebook, by_meaning))
    assert max(map(len, read)) <= LONGEST_QUERY
    assert " ".join(read) == told
    read.clear()
    with pytest.raises(BadInput):
        find("hungry " * 100_000, Search(rulebook, by_meaning))
    assert not read


def test_without_the_extra_there_is_no_search_by_meaning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rhrt.search.meaning.find_spec", lambda _name: None)
    assert meaning() is None


def test_the_command_gives_what_the_search_gives(tmp_path: Path, search: Search) -> None:
    told = tmp_path / "told.txt"
    told.write_text(TOLD, encoding="utf-8")
    from_file = CliRunner().invoke(main, ["spot", str(told), "--format", "json"])
    assert json.loads(from_file.output) == document(spot(TOLD, search))
    piped = CliRunner().invoke(main, ["spot", "-", "--limit", "3"], input=TOLD)
    assert piped.output.startswith("These are suggestions of signs to look at, not an assessment.")
    assert "You wrote: “takes food from bins”" in piped.output
    assert "Level" not in piped.output
    assert piped.output.rstrip().endswith("rhrt assess --present ID.")


def test_the_command_says_so_when_nothing_fits() -> None:
    said = CliRunner().invoke(main, ["spot", "-"], input="zzzzqqqq")
    assert "That does not mean there is no concern." in said.output


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (b" \n", "standard input: There are no words here. Write what worries you in some sentences."),
        (b"x" * (LONGEST + 1), "standard input: This text is longer than 10,000 characters."),
        (b"\xff", "standard input:1:1: This is not UTF-8 text"),
    ],
)
def test_the_command_refuses_what_it_cannot_read(given: bytes, said: str) -> None:
    refused = CliRunner().invoke(main, ["spot", "-"], input=given)
    assert refused.exit_code == 2
    assert said in refused.output


def test_what_is_found_is_data_with_its_heading(search: Search) -> None:
    one = find("lack of food", search, 1)[0]
    assert list(as_found(one)) == ["indicator", "n", "level", "heading", "wording", "score"]
    assert as_found(one)["heading"] == "health"

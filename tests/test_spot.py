"""Concerns to look at are spotted in what somebody told, and a person chooses."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from rhrt_cli.main import main

from rhrt import BadInput, Rulebook
from rhrt.search import find as finding
from rhrt.search.find import LONGEST_QUERY, Search, find
from rhrt.search.find import document as as_found
from rhrt.search.meaning import meaning
from rhrt.search.spot import LONGEST, NOTHING, NOTICE, Spotted, document, spot

TOLD = (
    "He is hungry at school and takes food from bins. Mum is drinking more and more.\n"
    "There was no sign of injury, but the flat is full of rubbish and broken glass."
)


def best(spotted: Spotted) -> list[str]:
    """Give the sign that fits best of each concern."""
    return [one.signs[0].id for one in spotted.concerns]


def apart(text: str, search: Search) -> list[tuple[str, str]]:
    return [(one.words, one.why) for one in spot(text, search).apart]


def test_each_concern_told_is_offered_by_the_sign_that_fits_best(search: Search) -> None:
    wanted = {"lack-of-food", "parental-substance-escalating", "home-health-and-safety-hazards"}
    assert wanted <= set(best(spot(TOLD, search))[:5])


def test_a_concern_is_a_ladder_with_all_its_signs_or_a_sign_that_stands_on_none(
    rulebook: Rulebook, search: Search
) -> None:
    ladders = {one.id: one for one in rulebook.ladders}
    told = "Mum is drinking more and more. The girl may be made to marry."
    seen = {one.id: one for one in spot(told, search).concerns}
    ladder = seen["parental-substance-use"]
    assert (ladder.title, {one.id for one in ladder.signs}) == (
        ladders[ladder.id].title,
        set(ladders[ladder.id].rungs),
    )
    alone = seen["honour-violence-or-forced-marriage"]
    assert (alone.id, alone.title) == (alone.signs[0].id, alone.signs[0].wording)


def test_every_concern_offered_brings_a_sign_that_none_before_it_has(search: Search) -> None:
    shown = set[str]()
    for one in spot(TOLD, search, 50).concerns:
        signs = {sign.id for sign in one.signs}
        assert not signs <= shown, one.id
        shown |= signs


def test_a_concern_says_which_words_suggest_it_as_they_were_written(search: Search) -> None:
    because = {one.signs[0].id: one.because for one in spot(TOLD, search).concerns}
    assert because["lack-of-food"] == ("and takes food from bins",)
    assert {*because["home-health-and-safety-hazards"]} & {"but the flat is full of rubbish", "and broken glass"}
    assert all(words in TOLD for told in because.values() for words in told)


def test_names_with_accents_stay_whole_in_the_words_that_suggest_a_concern(search: Search) -> None:
    told = "Siôn takes food from bins at ysgol gynradd. Llŷr and Zoë were there."
    first = spot(told, search).concerns[0]
    assert (first.signs[0].id, first.because) == ("lack-of-food", ("Siôn takes food from bins at ysgol gynradd",))


def test_a_second_sentence_about_the_same_makes_it_likelier(search: Search) -> None:
    once, again = "Mum is drinking more and more.", "Mum was drunk at the gate."
    told = [best(spot(text, search)) for text in (f"He is hungry. {once}", f"He is hungry. {once} {again}")]
    assert "parental-substance-escalating" in told[0]
    assert told[1][0] == "parental-substance-escalating"


@pytest.mark.parametrize(
    ("text", "words", "why"),
    [
        ("No bruises seen.", "No bruises seen", "denied"),
        ("He is not hungry and has never been left alone.", "He is not hungry", "denied"),
        ("Mum denies any domestic abuse.", "Mum denies any domestic abuse", "denied"),
        ("NAI ruled out by the consultant.", "NAI ruled out by the consultant", "denied"),
        ("Mum was sexually abused as a child herself.", "Mum was sexually abused as a child herself", "past"),
        ("Dad used heroin ten years ago.", "Dad used heroin ten years ago", "past"),
        ("She has been clean for ten years.", "She has been clean for ten years", "past"),
        ("The family next door neglect their baby.", "The family next door neglect their baby", "others"),
        ("We ran an assembly on self harm.", "We ran an assembly on self harm", "others"),
        ("His brother is in a gang, not him.", "His brother is in a gang", "others"),
    ],
)
def test_what_is_denied_past_or_of_others_is_set_apart_and_not_offered(
    text: str, words: str, why: str, search: Search
) -> None:
    assert (words, why) in apart(text, search)
    assert spot(text, search).concerns == ()


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        ("a label and its value", "Nits: none.", "denied"),
        ("a label and its value", "Damp - nil.", "denied"),
        ("a label and its value", "Asthma attacks? No.", "denied"),
        ("a question and its answer", "Has she ever been arrested? Never.", "denied"),
        ("nobody does it", "Nobody smokes in this family.", "denied"),
        ("neither does", "Neither parent gambles.", "denied"),
        ("nothing was found", "There was nothing to suggest grooming.", "denied"),
        ("nothing was found", "The nurse did not find any scars.", "denied"),
        ("a supposition that proved to be nothing", "We feared a burn. It was only felt tip.", "denied"),
        ("a past with its date", "He was in a gang in 2016.", "past"),
        ("a past that is closed by the next clause", "He stole from shops, that stopped long ago.", "past"),
        ("a past that is closed by the next sentence", "Drugs were found there. All sorted years ago.", "past"),
        ("what was at the same time", "She stole and took drugs, all of it six years ago.", "past"),
        ("somebody else", "His classmate was excluded for fighting.", "others"),
        ("somebody else", "The couple next door drink and fight.", "others"),
        ("not ours", "It was the old tenant who dealt drugs.", "others"),
        ("a plan in case", "If he were ever to go missing, ring 101.", "others"),
        ("a lesson", "We talked about county lines in assembly.", "others"),
    ],
)
def test_each_kind_of_what_is_not_told_is_heard(kind: str, text: str, why: str, search: Search) -> None:
    spotted = spot(text, search)
    assert why in {one.why for one in spotted.apart}, kind
    assert spotted.concerns == (), kind


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("No bruises on her she is hungry at school and takes food from bins.", "hungry"),
        ("His cousin hits him with a belt.", "belt"),
        ("He used to hit her and he is hitting her again.", "hit"),
        ("No explanation for the bruise. None.", "bruise"),
        ("Nobody feeds the children.", "feeds"),
        ("There is no sign of mum and the baby is alone.", "alone"),
        ("Mum doesn't see the harm when he hits them.", "hits"),
    ],
)
def test_what_is_set_apart_takes_no_more_than_its_own(text: str, told: str, search: Search) -> None:
    spotted = spot(text, search)
    assert spotted.concerns
    assert not any(told in one.words for one in spotted.apart)


@pytest.mark.parametrize(
    "text",
    [
        "There is no food in the house.",
        "He is never collected from school.",
        "There is no explanation for the bruise.",
        "Not seen since May.",
        "She is not allowed out.",
        "It was not just once that he hit her.",
        "It is not unlikely that he hits her.",
        "Isn't it odd that he is always bruised?",
        "Dad denies hitting her. She will not get in the car with him.",
        "Denies self harm but fresh cuts seen.",
        "He says nobody hits him, and his arm is bruised.",
        "It's not a bruise miss, and he is in the car outside.",
        "She is adamant he has never hurt her. Her lip is split.",
        "It isn't just the drinking, he shouts all night.",
    ],
)
def test_a_no_that_is_the_worry_and_a_denial_with_more_beside_it_stay_told(text: str, search: Search) -> None:
    assert apart(text, search) == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("I have a plan to kill myself.", "self-harming-behaviours"),
        ("I have a noose ready in the garage.", "serious-health-concerns-unaddressed"),
        ("Her stepbrother held a pillow on her face until she went blue.", "abuse-or-neglect"),
        ("What if he rapes me again?", "sexual-activity-criminal"),
        ("My niece has bruises.", "serious-unexplained-injury"),
        ("My nephew is being starved.", "lack-of-food"),
        ("Years ago he touched me. I am 16 now and he is my teacher.", "harmful-sexual-behaviour-allegation"),
        ("She is 12 and cooks and cleans for a family that is not hers.", "trafficked-children"),
        ("They tie him to the bed.", "abuse-or-neglect"),
        ("I don't feel safe at home.", "persistent-unsubstantiated-abuse-concerns"),
        ("I can't find my son.", "missing-and-vulnerable"),
        ("She is being bullied.", "exploitation-or-peer-abuse-signs"),
        ("He is hungry.", "lack-of-food"),
    ],
)
def test_harm_told_bluntly_by_whoever_it_is_stays_told_and_is_offered(
    text: str, right: str, search: Search
) -> None:
    spotted = spot(text, search)
    assert spotted.apart == ()
    assert right in {sign.id for one in spotted.concerns[:5] for sign in one.signs}


def test_after_a_denial_a_new_sentence_about_somebody_is_told(search: Search) -> None:
    spotted = spot("He doesn't hit her, he burns her.", search)
    assert [one.words for one in spotted.apart] == ["He doesn't hit her"]
    assert spotted.concerns


def test_a_harm_told_beside_one_denied_is_still_offered(search: Search) -> None:
    spotted = spot("No marks on his face, but there are bruises all over his back.", search)
    assert "injur" in spotted.concerns[0].title.lower()
    assert [one.words for one in spotted.apart] == ["No marks on his face"]


@pytest.mark.parametrize(
    "text",
    [
        "Child seen and well. No injuries, no concerns.",
        "Training day is on the 14th.",
        "98% attendance, homework in.",
        "Kids are clean and happy.",
    ],
)
def test_where_nothing_is_told_nothing_is_offered_and_it_is_said_what_that_means(text: str, search: Search) -> None:
    spotted = spot(text, search)
    assert spotted.concerns == ()
    assert (
        document(spotted)["notice"] == NOTHING == "Nothing here fits a sign. That does not mean there is no need."
    )


def test_what_goes_well_is_not_a_concern(rulebook: Rulebook, search: Search) -> None:
    told = "Good attendance at school. Stable good housing. Parents provide secure and caring parenting."
    assert all(
        not rulebook.level[sign.level].strengths for one in spot(told, search).concerns for sign in one.signs
    )


def test_concerns_have_a_notice_and_no_level(search: Search) -> None:
    spotted = document(spot(TOLD, search, 1))
    assert spotted["notice"] == NOTICE
    assert "not an assessment" in NOTICE
    assert list(spotted) == ["concerns", "apart", "notice"]
    assert list(spotted["concerns"][0]) == ["concern", "title", "signs", "because"]
    assert list(spotted["concerns"][0]["signs"][0]) == ["indicator", "n", "heading", "wording"]


@pytest.mark.parametrize("text", ["", "  \n ", "!?!. ☹;", "👶. 👶", "zzzzqqqq. xxyyzz", "x" * LONGEST])
def test_text_that_means_nothing_has_no_concerns(text: str, search: Search) -> None:
    assert spot(text, search) == Spotted((), ())


@pytest.mark.parametrize("text", ["hungry " * 1_400, "he is hungry, " * 700, "He is hungry. " * 700])
def test_what_is_told_again_and_again_suggests_what_it_does_when_told_once(text: str, search: Search) -> None:
    found = spot(text[:LONGEST].rsplit(" ", 1)[0], search)
    assert best(found)[0] == best(spot("He is hungry.", search))[0]
    assert all("hungry" in words for one in found.concerns for words in one.because)


def test_a_text_of_the_longest_length_is_read_whole(search: Search) -> None:
    late = "There is a lack of food."
    text = "It is so. " * ((LONGEST - len(late)) // 10) + late
    assert len(text) > LONGEST - 10
    assert best(spot(text, search, 1)) == best(spot(late, search, 1)) == ["lack-of-food"]


def test_a_text_that_is_too_long_is_refused_and_not_read_in_part(search: Search) -> None:
    with pytest.raises(BadInput, match=r"text: This text is longer than 10,000 characters\. Take out what"):
        spot("x" * (LONGEST + 1), search)


def test_a_rulebook_with_other_levels_is_searched_as_well() -> None:
    from rhrt import load_rulebook

    other = load_rulebook(str(Path(__file__).with_name("frameworks") / "marram-2025"))
    first = next(one for one in other.indicators if one.recordable and not other.level[one.level].strengths)
    spotted = spot(f"{first.wording}. It is raining.", Search(other))
    assert first.id in {sign.id for one in spotted.concerns for sign in one.signs}


class Near:
    """Stands in for what was learnt of a rulebook: every text is near to one indicator."""

    def __init__(self, rulebook: Rulebook, _model: object) -> None:
        self._near = {one.id: 100 for one in rulebook.indicators if one.recordable} | {"lack-of-food": 900}

    def fit(self, texts: list[str]) -> list[dict[str, int]]:
        return [self._near for _ in texts]


def test_what_is_near_in_meaning_is_found_beside_what_shares_words(
    rulebook: Rulebook, search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "Learnt", Near)
    by_meaning: Any = "any model"
    found = [one.indicator.id for one in find("unexplained injury", Search(rulebook, by_meaning), 50)]
    assert {"lack-of-food", "serious-unexplained-injury"} <= set(found)
    assert "lack-of-food" not in [one.indicator.id for one in find("unexplained injury", search, 50)]


def test_by_meaning_too_all_that_is_told_is_read_and_no_more(
    rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = list[str]()

    class Reading(Near):
        def fit(self, texts: list[str]) -> list[dict[str, int]]:
            read.extend(texts)
            return super().fit(texts)

    monkeypatch.setattr(finding, "Learnt", Reading)
    by_meaning: Any = "any model"
    told = ". ".join(f"Hungry{number}" for number in range(LONGEST // 12))
    spot(told, Search(rulebook, by_meaning))
    assert ". ".join(read) == told
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
    assert json.loads(from_file.output) == document(spot(TOLD, search, 8))
    piped = CliRunner().invoke(main, ["spot", "-", "--limit", "3"], input=TOLD)
    assert piped.output.startswith("These are suggestions of what to look at, not an assessment.")
    assert "You wrote: “and takes food from bins”" in piped.output
    assert "Level" not in piped.output
    assert "To see the signs of one: rhrt show ID" in piped.output


def test_five_sentences_have_25_lines_at_most_with_a_reason_at_each_concern() -> None:
    five = (
        "He is hungry at school and takes food from bins. Mum is drinking more and more. There was no sign of "
        "injury, but the flat is full of rubbish. His sister has not been in school for weeks. A man nobody knows "
        "picks her up in a car and she has a new phone."
    )
    lines = CliRunner().invoke(main, ["spot", "-"], input=five).output.splitlines()
    assert len(lines) <= 25
    concerns = [number for number, line in enumerate(lines) if line[:3].strip().rstrip(".").isdigit()]
    assert len(concerns) >= 5
    assert all("You wrote: “" in lines[number + 1] for number in concerns)
    assert all(len(line) <= 80 for line in lines)


def test_the_signs_of_a_concern_are_shown_by_their_words(rulebook: Rulebook) -> None:
    shown = CliRunner().invoke(main, ["show", "parental-substance-use"]).output
    ladder = next(one for one in rulebook.ladders if one.id == "parental-substance-use")
    assert all(id_ in shown for id_ in ladder.rungs)
    assert "Level" not in shown


def test_the_command_says_so_when_nothing_fits() -> None:
    said = CliRunner().invoke(main, ["spot", "-"], input="zzzzqqqq")
    assert said.output.startswith(NOTHING)


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


def test_a_query_is_read_whole_or_not_at_all(search: Search) -> None:
    with pytest.raises(BadInput, match="too many words"):
        find("x" * (LONGEST_QUERY + 1), search)

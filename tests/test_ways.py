"""Ways of saying the signs, in files of their own: read, refused with a place, found by, and never deciding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from click.testing import CliRunner
from rhrt_cli.main import main

from rhrt import Record, Rulebook, assess, load_rulebook
from rhrt.faults import BadInput
from rhrt.rulebook.model import Ways
from rhrt.search.index import index_of
from rhrt.steward.compare.content import changes
from rhrt.steward.write.add import Draft
from tests.checks.edits import BASE

MARRAM = Path(__file__).parent / "frameworks" / "marram-2025"

SCHOOL = """by: A teacher, who had seen the wording
said:
  left-out: |
    sits by the fence

      plays on his own
    sits alone
    sits by the fence
"""
HOME = "by: A neighbour\nsaid:\n  left-out: |\n    nobody calls for him\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copytree(BASE, tmp_path / "mine")
    (tmp_path / "mine" / "ways").mkdir()
    return tmp_path / "mine"


def with_ways(folder: Path, **hands: str) -> Rulebook:
    for name, text in hands.items():
        (folder / "ways" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_rulebook(folder)


def test_a_rulebook_without_the_folder_says_its_signs_by_wording_and_also_alone() -> None:
    marram = load_rulebook(MARRAM)
    assert marram.ways == ()
    for one in marram.indicators:
        assert marram.phrases_of(one) == (one.wording, *one.also)


def test_hands_are_read_in_the_order_of_their_names_and_each_phrase_counts_once(folder: Path) -> None:
    rulebook = with_ways(folder, school=SCHOOL, home=HOME)
    assert [ways.by for ways in rulebook.ways] == ["A neighbour", "A teacher, who had seen the wording"]
    assert rulebook.phrases_of(rulebook.indicator["left-out"]) == (
        "Left out by others", "no friends", "sits alone", "picked last", "lonely in class",
        "nobody calls for him", "sits by the fence", "plays on his own",
    )  # fmt: skip
    one = rulebook.indicator["often-late"]
    assert rulebook.phrases_of(one) == (one.wording, *one.also)


def test_what_a_hand_wrote_is_in_the_index_of_the_search_under_its_sign(folder: Path) -> None:
    index = index_of(with_ways(folder, school=SCHOOL))
    assert index["phrases"][0].count(index["signs"].index("left-out")) == 7
    whose = {index["phrases"][0][phrase] for phrase in index["uses"]["fenc"][1]}
    assert index["signs"].index("left-out") in whose


def test_ways_make_another_rulebook_and_no_other_answer(folder: Path) -> None:
    before, after = load_rulebook(folder), with_ways(folder, school=SCHOOL)
    assert before.sha256 != after.sha256
    record: dict[str, Any] = {"indicators": {"present": ["left-out"]}}
    answers = [assess(Record.model_validate(record), one).model_dump() for one in (before, after)]
    receipts = [answer.pop("receipt") for answer in answers]
    assert answers[0] == answers[1]
    assert receipts[0] != receipts[1]


FAULTS: Mapping[str, tuple[str, str, str]] = {
    "a sign that is not": (
        HOME.replace("left-out", "left-ou"),
        "3:3",
        "'left-ou' is not known here. Did you mean left-out",
    ),
    "one line without a bar": (
        "by: x\nsaid:\n  left-out:\n    sits alone\n    at break\n",
        "3:3",
        "These words would be read as one phrase. Write | after 'left-out:', then a phrase a line, each set in.",
    ),
    "a list": ("by: x\nsaid:\n  left-out: [sits alone]\n", "3:3", "These should be words."),
    "no words": ('by: x\nsaid:\n  left-out: "\\n"\n', "3:3", "There are no words here for 'left-out'."),
    "words cut by a comment": ("by: x\nsaid:\n  left-out: sits # alone\n", "3:3", "cuts the text off"),
    "a hand cut by a comment": ("by: A teacher # of ten\nsaid: {}\n", "1:1", "cuts the text off"),
    "nobody": ("said: {}\n", "1:1", "The key 'by' is missing."),
    "a sign twice": (HOME + HOME.partition("said:\n")[2], "5:3", "The key 'left-out' is written twice."),
    "the hand of another file": (SCHOOL, "1:1", "ways/home.yaml is by the same. Say who wrote these and not those"),
}


@pytest.mark.parametrize(("text", "place", "says"), FAULTS.values(), ids=FAULTS)
def test_a_mistake_in_a_hand_is_refused_at_its_place(text: str, place: str, says: str, folder: Path) -> None:
    with pytest.raises(BadInput) as bad:
        with_ways(folder, home=SCHOOL.replace("left-out", "often-late"), school=text)
    (fault,) = bad.value.faults
    assert fault.where == f"{folder}/ways/school.yaml:{place}"
    assert says in f"{fault.what} {fault.remedy}"


def test_a_sign_that_cannot_be_recorded_has_no_ways(folder: Path) -> None:
    file = folder / "indicators" / "level-2.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("{id: left-out,", "{id: left-out, recordable: false,"), encoding="utf-8")
    with pytest.raises(BadInput, match=r"'left-out' cannot be recorded, so nobody looks for it\. Take it out"):
        with_ways(folder, home=HOME)


def test_a_file_of_another_ending_is_not_passed_over(folder: Path) -> None:
    (folder / "ways" / "home.yml").write_text(HOME, encoding="utf-8")
    with pytest.raises(BadInput, match=r"This file would not be read\. Name it home\.yaml\."):
        load_rulebook(folder)


def test_a_comparison_says_which_phrases_of_which_sign_came_and_went() -> None:
    old = replace(load_rulebook(MARRAM), ways=(Ways(by="A teacher", said={"a": "one\ntwo\n", "b": "three\n"}),))
    new = replace(old, ways=(Ways(by="A teacher", said={"a": "two\nfour\n", "b": "three\n", "c": "five\n"}),))
    said = [(one.part, one.entry, one.what, one.old, one.new) for one in changes(old, new)]
    assert said == [
        ("ways", "A teacher", "Changed: ways of saying, a", "one", "four"),
        ("ways", "A teacher", "Changed: ways of saying, c", None, "five"),
    ]


def test_a_sign_is_shown_with_what_stands_under_also_alone(folder: Path) -> None:
    with_ways(folder, school=SCHOOL)
    shown = CliRunner().invoke(main, ["show", "left-out", "--rulebook", str(folder)]).output
    assert "picked last" in shown
    assert "sits by the fence" not in shown


def test_a_new_sign_may_not_claim_what_a_hand_says_of_another(folder: Path) -> None:
    with_ways(folder, school=SCHOOL)
    with pytest.raises(BadInput, match="'Plays on his own' says 'left-out' already"):
        Draft(folder).take("also", "Plays on his own")

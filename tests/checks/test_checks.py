"""Each check finds what its page says, at its place, and leaves a near miss alone."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from rhrt import Rulebook, load_rulebook
from rhrt.faults import BadInput
from rhrt.steward.checks import Check, all_checks, checked
from rhrt.steward.folder import RulebookFolder, open_folder
from rhrt.steward.render.documents import documents
from rhrt.steward.render.material import gather
from rhrt.testing.strategies import rulebooks
from tests.checks.edits import Edit, base, edited, loaded, written_out
from tests.checks.whole import folder_of_whole
from tests.conftest import tries
from tests.reading_grade import reading_grade

FOLDER = Path(__file__).parent
CHECKS = {check.name: check for check in all_checks()}
EXAMPLES = {path.stem: loaded(path) for path in sorted(FOLDER.glob("*.yaml"))}


def examples(kind: str) -> list[Any]:
    """Give the examples of every check: the first of each is quick to try, and the rest in the long run."""
    return [
        pytest.param(CHECKS[name], one, id=f"{name}: {one['why']}", marks=[pytest.mark.long] if place else [])
        for name, content in EXAMPLES.items()
        for place, one in enumerate(content[kind])
    ]


def test_every_check_has_a_rulebook_that_it_catches_and_one_that_it_leaves_alone() -> None:
    assert set(EXAMPLES) == set(CHECKS)
    for name, content in EXAMPLES.items():
        assert content["bad"], name
        assert content["near_miss"], name


@pytest.mark.parametrize(("check", "example"), examples("bad"))
def test_a_flaw_is_found_at_its_place_in_these_words(check: Check, example: dict[str, Any]) -> None:
    folder = edited(example["edits"])
    problems = list(check.module.check(folder))
    assert [[problem.file, *problem.location] for problem in problems] == [example["at"]]
    assert example["says"] in f"{problems[0].what} {problems[0].remedy}"
    (remark,) = (one for one in checked(folder) if one.check == check.name)
    assert remark.weight == check.module.WEIGHT
    assert re.match(rf"{problems[0].file}\.yaml:\d+:\d+$", remark.where)


@pytest.mark.parametrize(("check", "example"), examples("near_miss"))
def test_a_near_miss_is_left_alone(check: Check, example: dict[str, Any]) -> None:
    assert list(check.module.check(edited(example["edits"]))) == []


@pytest.mark.long
@pytest.mark.parametrize("name", EXAMPLES)
def test_whatever_has_no_error_can_be_written_as_pages(name: str, tmp_path: Path) -> None:
    """A folder is rendered, or the check finds an error in it: for each example of each check, good or bad."""
    for number, example in enumerate([*EXAMPLES[name]["near_miss"], *EXAMPLES[name]["bad"]]):
        folder = edited(example["edits"])
        errors = {one.check for one in checked(folder) if one.weight == "error"}
        if errors <= {"wording-changed"}:  # an edited wording has no bearing on whether there are pages
            written = written_out(folder, tmp_path / str(number))
            assert "index.html" in documents(gather(load_rulebook(written), written)), example["why"]


@pytest.mark.parametrize(
    "example", [pytest.param(one, id=one["why"]) for one in EXAMPLES["case-does-not-fit"]["bad"]]
)
def test_what_keeps_a_case_from_the_pages_is_said_at_its_place_by_the_check_and_by_the_pages(
    example: dict[str, Any], tmp_path: Path
) -> None:
    written = written_out(edited(example["edits"]), tmp_path / "dale")
    found = [one for one in checked(open_folder(written)) if one.check == "case-does-not-fit"]
    assert found
    for one in found:
        assert re.match(rf"{re.escape(str(written))}/cases/late-again\.yaml:\d+:\d+$", one.where)
    with pytest.raises(BadInput) as refused:
        gather(load_rulebook(written), written)
    assert {(one.where, one.what) for one in refused.value.faults} == {(one.where, one.what) for one in found}


def test_the_small_rulebook_has_no_flaw() -> None:
    assert checked(replace(base(), before=base().rulebook)) == []


@pytest.mark.long
def test_herefordshire_has_no_errors_and_little_to_weigh(herefordshire: RulebookFolder) -> None:
    remarks = checked(replace(herefordshire, before=herefordshire.rulebook))
    assert [remark for remark in remarks if remark.weight == "error"] == []
    assert [(remark.check, remark.what) for remark in remarks] == [
        (
            "number-left-out",
            "Every other case of 'tell-allocated-social-worker' says whom to ring, and this one does not.",
        ),
        ("contact-unchecked", "Nobody has checked the number of 'mash' since it was printed."),
        ("contact-unchecked", "Nobody has checked the number of 'edt' since it was printed."),
        ("contact-unchecked", "Nobody has checked the number of 'chat' since it was printed."),
        ("document-not-cited", "No source names the document 'scrutiny-2024'."),
        ("review-past", "The framework was to be reviewed by September 2022."),
    ]


def test_errors_come_first_and_each_names_the_clause_it_is_about() -> None:
    broken: list[Edit] = [
        {"file": "rulebook", "at": ["contacts", 1, "verified"], "set": None},
        {"file": "routes", "at": ["urgencies", 0, "when"], "set": [{"harm_suspected": "yes"}]},
    ]
    remarks = checked(edited(broken))
    assert [remark.weight for remark in remarks] == sorted((one.weight for one in remarks), reverse=True)
    sentence = next(remark for remark in remarks if remark.check == "sentence-broken")
    assert sentence.clause == "Guide, 2 (F2)"


PARTS = re.compile(
    r"(?P<title>[A-Z][^\n]*\.)\n\nFinds: (?P<finds>.+?\.)\n\nWhy it matters: (?P<why>.+?\.)\n\n"
    r"To put it right: (?P<remedy>.+?\.)\n?",
    flags=re.DOTALL,
)


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_the_page_of_a_check_has_its_four_parts_in_plain_english(check: Check) -> None:
    parts = PARTS.fullmatch(check.page)
    assert parts, check.page
    assert "\n\n" not in "".join(parts.groups())
    plain = re.sub(r"`[^`]*`", "it", " ".join(parts.groups()))
    assert reading_grade(plain) <= 9.0, check.page


@pytest.mark.long
@tries(30)
@given(rulebooks())
def test_no_check_fails_on_any_rulebook(rulebook: Rulebook) -> None:
    for remark in checked(folder_of_whole(rulebook)):
        assert remark.what.endswith("."), remark
        assert remark.remedy.endswith("."), remark

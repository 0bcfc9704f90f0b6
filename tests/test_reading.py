"""What people read is at or below the level of a UK 14-year-old, quoted wording aside."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import get_args

import pytest
from click.testing import CliRunner
from rhrt_cli.main import main

from rhrt import Record, Rulebook, assess, load_rulebook
from rhrt.present.outline import outline
from rhrt.rulebook.kinds import Named
from rhrt.steward.cases import read_case
from rhrt.steward.render.material import gather
from rhrt.steward.render.transparency import transparency_record
from tests.checks.edits import BASE
from tests.conftest import CASES, RULEBOOK_FOLDER, case, the_rest_long
from tests.reading_grade import reading_grade
from tests.test_repository import ROOT

GRADE = 9.0
"""A UK 14-year-old is in Year 9 or 10: the eighth or ninth grade of the Flesch-Kincaid scale."""

NAMES = {
    "Multi-Agency Referral Form": "form",
    "Early Help Assessment": "form",
    "Emergency Duty Team": "team",
    "Early Help Coordinator": "helper",
    "resolution of professional differences policy": "policy",
    "(MARF)": "",
    "(EHA)": "",
    "MASH": "Mash",
    "CHAT": "Chat",
    "WISH": "Wish",
}
"""Names that a reader knows as a whole, which the measure would take for hard words."""


def texts(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """Give every text of our own that is shown to people, with where it stands."""
    yield "notice", rulebook.notice
    yield "no level", rulebook.no_level
    yield "if worse", rulebook.if_worse
    yield "no answer", rulebook.no_answer
    yield "degree", rulebook.degree.guides
    yield from (("difference", text) for text in (rulebook.difference.higher, rulebook.difference.lower))
    yield "policy", rulebook.difference.policy
    yield from ((f"level {level.level}", level.meaning) for level in rulebook.levels)
    for question in rulebook.situation:
        yield f"question {question.id}", f"{question.question} {question.why}"
    for action in rulebook.actions:
        yield from ((f"action {action.code}", case.text) for case in action.cases)
    for prompt in rulebook.prompts:
        yield f"prompt {prompt.id}", prompt.text
        yield f"why of {prompt.id}", prompt.why
    yield from ((f"afterwards {one.id}", one.text) for one in rulebook.afterwards)
    fragments = [action.who for action in rulebook.actions]
    fragments += [case.by_when for action in rulebook.actions for case in action.cases if case.by_when]
    fragments += [ladder.title for ladder in rulebook.ladders] + [topic.title for topic in rulebook.topics]
    fragments += [reason.text for reason in rulebook.difference.reasons] + [j.wording for j in rulebook.judgements]
    fragments += [urgency.name for urgency in rulebook.urgencies] + [basis.meaning for basis in rulebook.bases]
    yield "titles and fragments together", ". ".join(fragments)
    yield from ((f"service {one.id}", f"{one.what} {one.check or ''}") for one in rulebook.services)


def grade(text: str) -> float:
    for name, plain in NAMES.items():
        text = text.replace(name, plain)
    return reading_grade(text)


TEXTS = list(texts(load_rulebook()))


@pytest.mark.parametrize(("name", "text"), TEXTS, ids=[f"{name} {place}" for place, (name, _) in enumerate(TEXTS)])
def test_a_14_year_old_could_read_it(name: str, text: str) -> None:
    assert grade(text) <= GRADE, f"{name}: {text}"


def told(path: Path) -> Iterator[tuple[str, str]]:
    """Give what trainers and practitioners read of a worked case, with what it is."""
    told_case = read_case(path)
    yield "narrative", told_case.narrative
    yield "why", told_case.why
    for one in told_case.what_if:
        yield "change", one.change
        yield f"why, where {one.change}", one.why


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_14_year_old_could_read_a_worked_case_and_what_if(path: Path) -> None:
    assert [(name, text) for name, text in told(path) if grade(text) > GRADE] == []


QUOTED = re.compile(r"“[^”]*”|Framework, [^.]*|Level \d\.|\(\d{5}\) \d{6}|indicator \d+")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_14_year_old_could_read_a_whole_answer(path: Path) -> None:
    """Titles, words of our own around the rulebook's and all, without what is quoted, cited or dialled."""
    said = outline(assess(Record.model_validate(case(path)["record"]), load_rulebook()), more=True)
    points = [text for section in said.sections for item in section.items for text in (item.text, *item.details)]
    whole = ". ".join(text.strip(" .") for point in points if (text := QUOTED.sub("", point)).strip(" .,:"))
    assert grade(f"{' '.join(said.lines)}. {whole}.") <= GRADE


def test_every_sentence_around_an_answer_is_said_in_it() -> None:
    folder = ROOT / "src" / "rhrt" / "present"
    code = [*folder.glob("*.py"), *folder.with_name("interview").glob("*.py"), *(ROOT / "cli").glob("*.py")]
    said = set(re.findall(r'"([\w-]+)"', "".join(path.read_text("utf-8") for path in code)))
    words = json.loads((folder / "words.json").read_text("utf-8"))
    named = {*words, *(name for group in words.values() for name in group)}
    in_doubt = {f"{form}_in_doubt" for form in ("if_yes", "this_or_before")}
    elsewhere = {*get_args(Named), *words["ready"], *in_doubt, "card", *words["copy"], "copy"} - {"child"}
    assert named - said == elsewhere, "what code names otherwise"


def test_a_14_year_old_could_read_what_the_interview_asks() -> None:
    said = CliRunner().invoke(main, ["ask", "--plain"], input="2\n2\n2\n3\n").output
    assert grade(". ".join(line.strip(" .") for line in said.splitlines() if line.strip())) <= GRADE


@pytest.mark.parametrize("folder", the_rest_long([BASE, RULEBOOK_FOLDER], BASE), ids=lambda path: path.name)
def test_a_14_year_old_could_read_what_rhrt_says_of_itself_in_a_transparency_record(folder: Path) -> None:
    for part in transparency_record(gather(load_rulebook(folder), folder)):
        said = [text for field in part.fields for text in (*field.said, field.to_fill or "")]
        assert grade(". ".join(text.strip(" .[]") for text in said if text)) <= GRADE, part.title


def test_most_of_it_is_easier_than_that() -> None:
    assert median(grade(text) for _, text in TEXTS) <= 6

"""A second framework, invented, with other levels, words and questions: it is a folder and no change of code."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
import yaml
from click.testing import CliRunner
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from rhrt_cli.main import main

from rhrt import Record, Suggestion, assess, load_rulebook
from rhrt.interview.questions import rungs_of
from rhrt.interview.session import Session
from rhrt.parser import read
from rhrt.schema import schema_of
from rhrt.steward.cases import Example, read_examples
from rhrt.steward.clauses import cited, clauses
from rhrt.steward.kept import FILE
from rhrt.steward.write.transcription import digest
from rhrt.testing.strategies import records
from rhrt.web.application import application
from rhrt.web.settings import Settings
from tests.bad_input import refused
from tests.conftest import tries
from tests.test_reading import GRADE, grade, texts

FOLDER = Path(__file__).parent / "frameworks" / "marram-2025"
RULEBOOK = load_rulebook(FOLDER)
HEREFORDSHIRE = load_rulebook()
EXAMPLES = read_examples(FOLDER / "cases")
IDS = sorted(RULEBOOK.position)
URGENCIES = [urgency.id for urgency in reversed(RULEBOOK.urgencies)]
WORRYING = ("danger_now", "needs_doctor_now", "hurt_suspected", "unsafe_tonight")
THEIRS = re.compile(r"Hereford|MASH|MARF|CHAT|EHA|EDT|Key Worker|Emergency Duty|\(01432\)")
"""What only Herefordshire says."""
RECORDS = tries(300)


def suggest(record: dict[str, Any]) -> Suggestion:
    return assess(Record.model_validate(record), RULEBOOK)  # raises where the two evaluators differ


def marked(record: dict[str, Any], mark: str, id_: str) -> dict[str, Any]:
    """Mark an indicator in one way, and no longer in any other."""
    marks = {name: [one for one in own if one != id_] for name, own in record["indicators"].items()}
    return {**record, "indicators": {**marks, mark: [*marks[mark], id_]}}


def severity(suggestion: Suggestion) -> tuple[int, int]:
    return suggestion.level or 0, URGENCIES.index(suggestion.urgency)


def never_falls(*records: dict[str, Any]) -> None:
    """Hold that neither the level nor the urgency falls from each record to the next."""
    levels, urgencies = zip(*(severity(suggest(record)) for record in records), strict=True)
    assert list(levels) == sorted(levels)
    assert list(urgencies) == sorted(urgencies)


def rhrt(*words: str, said: str = "") -> str:
    """Run a command with this rulebook, and hold that it says nothing of Herefordshire's."""
    result = CliRunner().invoke(main, [*words, "--rulebook", str(FOLDER)], input=said)
    assert result.exit_code == 0, result.output
    assert not THEIRS.search(result.output), THEIRS.findall(result.output)
    return result.output


def joined(text: str) -> str:
    """Undo line breaks."""
    return " ".join(text.split())


class TestTheFolder:
    def test_it_differs_from_the_first_in_every_name(self) -> None:
        assert [level.level for level in RULEBOOK.levels] == [1, 2, 3, 4, 5]
        kinds = ("headings", "bases", "routes", "urgencies", "situation", "age_bands", "indicators", "ladders")
        for kind in kinds:
            ours, theirs = ({one.id for one in getattr(rulebook, kind)} for rulebook in (RULEBOOK, HEREFORDSHIRE))
            assert not ours & theirs, kind
        assert not {one.name for one in RULEBOOK.levels} & {one.name for one in HEREFORDSHIRE.levels}
        assert not {one.code for one in RULEBOOK.actions} & {one.code for one in HEREFORDSHIRE.actions}
        assert {one.id for one in RULEBOOK.findings} & {one.id for one in HEREFORDSHIRE.findings} == {"harm"}

    def test_every_file_names_a_schema_and_fits_it(self) -> None:
        for path in {*FOLDER.rglob("*.yaml")} - {FOLDER / "cases" / FILE}:  # nobody writes that one by hand
            first = path.read_text(encoding="utf-8").splitlines()[0]
            schema = read((path.parent / first.partition("$schema=")[2]).resolve()).value
            assert isinstance(schema, dict)
            jsonschema.validate(read(path).value, schema)

    def test_the_wordings_are_those_that_were_read_over(self) -> None:
        for path in (FOLDER / "indicators").glob("*.yaml"):
            file: Any = read(path).value
            assert file["wordings_sha256"] == digest(file["indicators"], file["level"]), path.name

    def test_numbers_rise_with_the_level_and_no_way_of_saying_it_is_used_twice(self) -> None:
        assert [one.n for one in RULEBOOK.indicators] == list(range(1, len(RULEBOOK.indicators) + 1))
        levels = [one.level for one in RULEBOOK.indicators]
        assert levels == sorted(levels)
        said = [words.lower() for one in RULEBOOK.indicators for words in (one.wording, *one.also)]
        assert len(said) == len(set(said))

    def test_an_entry_of_coverage_names_exactly_the_rules_that_cite_its_clause(self) -> None:
        cites = cited(RULEBOOK)
        listed = clauses(FOLDER)
        assert set(cites) <= {clause.clause for clause in listed}
        for clause in listed:
            assert list(clause.rules) == cites.get(clause.clause, []), clause.clause
            assert bool(clause.rules) != bool(clause.why_not), clause.clause

    def test_telephone_numbers_are_those_kept_for_stories(self) -> None:
        for contact in RULEBOOK.contacts:
            assert re.fullmatch(r"999|03069 990\d{3}", contact.number or ""), contact.id

    @pytest.mark.parametrize(("name", "text"), [*texts(RULEBOOK)])
    def test_a_14_year_old_could_read_it(self, name: str, text: str) -> None:
        assert grade(text) <= GRADE, name

    def test_old_records_still_read(self) -> None:
        suggestion = suggest({"indicators": {"present": ["cold-home"]}})
        assert [reason.indicator for reason in suggestion.reasons] == ["debt-or-cold-at-home"]


class TestAnswers:
    @pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.file}: {example.title}")
    def test_a_worked_case_gives_what_it_says(self, example: Example) -> None:
        answer = assess(example.record, RULEBOOK)
        reasons = (one.indicator or one.rule.removeprefix("judgement/") for one in answer.reasons)
        assert {
            "level": answer.level,
            "route": answer.route,
            "urgency": answer.urgency,
            "harm": answer.harm,
            "reasons": tuple(reasons),
            "actions": tuple(step.code for step in answer.actions),
        } == example.expected.as_dict()

    def test_the_worked_cases_reach_every_level_route_urgency_and_action(self) -> None:
        expected = [example.expected for example in EXAMPLES]
        assert {one.level for one in expected} == {None, 1, 2, 3, 4, 5}
        assert {one.route for one in expected} == {None, *(route.id for route in RULEBOOK.routes)}
        assert {one.urgency for one in expected} == set(URGENCIES)
        assert {code for one in expected for code in one.actions} == {one.code for one in RULEBOOK.actions}

    def test_nothing_recorded_gives_no_level_and_asks_what_comes_first(self) -> None:
        suggestion = suggest({})
        assert (suggestion.level, suggestion.route, suggestion.reasons) == (None, None, ())
        assert [one.field for one in suggestion.questions] == ["danger_now", "needs_doctor_now", "hurt_suspected"]
        assert [step.code for step in suggestion.actions] == ["talk-to-named-person", "write-it-down"]

    def test_a_judgement_can_give_a_level_below_the_highest(self) -> None:
        suggestion = suggest({"situation": {"unsafe_tonight": "yes"}})
        assert (suggestion.level, suggestion.route) == (4, "family-team")
        assert [reason.rule for reason in suggestion.reasons] == ["judgement/unsafe_tonight"]
        unknown = suggest({"situation": {"unsafe_tonight": "not-known"}})
        assert unknown.level is None
        assert (unknown.could_be.level, unknown.urgency) == (4, "today")

    @RECORDS
    @given(records(RULEBOOK), st.sampled_from(IDS))
    def test_a_concern_never_lowers_the_level_or_the_urgency(self, record: dict[str, Any], id_: str) -> None:
        never_falls(*(marked(record, mark, id_) for mark in ("absent", "not_known", "present")))

    @RECORDS
    @given(records(RULEBOOK), st.sampled_from(WORRYING))
    def test_a_more_worrying_answer_never_lowers_them(self, record: dict[str, Any], question: str) -> None:
        for reassuring in ("not-asked", "no"):
            answers = (reassuring, "not-known", "yes")
            never_falls(*({**record, "situation": {**record["situation"], question: answer}} for answer in answers))

    @RECORDS
    @given(records(RULEBOOK))
    def test_every_level_has_its_route_and_level_5_reaches_somebody(self, record: dict[str, Any]) -> None:
        suggestion = suggest(record)
        routes = (None, "open-door", "family-table", "village-circle", "family-team", "childrens-desk")
        assert suggestion.route == routes[suggestion.level or 0]
        steps = [step.code for step in suggestion.actions]
        assert steps[-1] == "write-it-down"
        assert (suggestion.level == 5) == bool({"ring-the-desk", "ring-the-night-line"} & set(steps))


CASE = FOLDER / "cases" / "a-hand-on-his-cheek.yaml"


@pytest.fixture
def record(tmp_path: Path) -> str:
    """Write the record of a worked case to a file."""
    case: Any = read(CASE).value
    path = tmp_path / "record.json"
    path.write_text(json.dumps(case["record"]), encoding="utf-8")
    return str(path)


class TestCommands:
    @pytest.mark.parametrize("form", ["text", "markdown", "html"])
    def test_assess_speaks_in_the_words_of_this_framework(self, form: str, record: str) -> None:
        said = joined(rhrt("assess", record, "--format", form, "--more"))
        assert "Suggested: Level 5, Protection" in said
        assert "Route: The Children's Desk" in html.unescape(said)
        assert "Within the hour" in said
        assert "A child has an injury that somebody caused" in said
        assert "Level 5. Guide, indicator 39." in said

    def test_assess_gives_machines_the_same(self, record: str) -> None:
        answer = json.loads(rhrt("assess", record, "--format", "json"))
        jsonschema.validate(answer, schema_of("suggestion"))
        assert (answer["level"], answer["level_name"], answer["route"]) == (5, "Protection", "childrens-desk")
        assert [step["code"] for step in answer["actions"]] == [
            "ring-the-desk", "act-without-agreement", "send-blue-note", "talk-to-named-person", "write-it-down",
        ]  # fmt: skip
        assert answer["receipt"]["rulebook"] == "marram-2025"

    def test_every_worked_case_is_told_without_a_word_of_the_first_framework(self, tmp_path: Path) -> None:
        path = tmp_path / "record.json"
        for file in sorted((FOLDER / "cases").glob("*.yaml")):
            case: Any = read(file).value
            path.write_text(json.dumps(case["record"]), encoding="utf-8")
            assert rhrt("assess", str(path), "--more", "--trace")

    def test_find_and_show_know_its_signs(self) -> None:
        assert "mood-stops-everyday-life" in rhrt("find", "too anxious to get on with anything")
        assert "days-off-to-work" in rhrt("find", "kept off school for the lambing")
        said = joined(rhrt("show", "rows-that-frighten"))
        assert "Level 3, Shared help" in said
        assert "Ladder: Rows and violence at home" in said
        assert "Level 5: “Somebody in the home is violent" in said

    def test_every_way_of_saying_it_finds_its_sign(self) -> None:
        asked = [(words, one.id) for one in RULEBOOK.indicators for words in one.also]
        lines = CliRunner().invoke(
            main,
            ["find", "-", "--limit", "3", "--format", "json", "--rulebook", str(FOLDER)],
            input="\n".join(words for words, _ in asked),
        )
        found = [{one["indicator"] for one in json.loads(line)} for line in lines.output.splitlines()]
        assert [words for (words, id_), ids in zip(asked, found, strict=True) if id_ not in ids] == []

    def test_the_picture_has_five_bands(self, record: str) -> None:
        drawn = ElementTree.fromstring(rhrt("picture", record))  # noqa: S314 - rhrt's own
        words = [text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
        assert [word for word in words if word and word.isdigit()] == ["1", "2", "3", "4", "5"]
        assert words[-2:] == ["Protection", "Suggested"]

    def test_a_new_record_is_one_of_this_framework(self, tmp_path: Path) -> None:
        path = tmp_path / "record.yaml"
        path.write_text(rhrt("record", "new"), encoding="utf-8")
        assert "ferry: not-checked" in path.read_text(encoding="utf-8")
        assert "No level suggested" in rhrt("assess", str(path))

    def test_rulebook_show_names_its_levels(self) -> None:
        said = CliRunner().invoke(main, ["rulebook", "show", str(FOLDER)]).output
        assert "Level 4, Close support: 9" in said
        assert not THEIRS.search(said)


class TestInterview:
    def test_danger_is_asked_first_and_advised_on_at_once(self) -> None:
        session = Session(RULEBOOK)
        question = session.question()
        assert question is not None
        assert question.words == "Is a child in danger at this moment?"
        advice = session.answer("yes").question()
        assert advice is not None
        assert advice.notice is not None
        assert advice.notice.headline == "At once. Call 999."

    def test_just_what_matters_is_asked_and_the_record_is_assessed(self) -> None:
        session = Session(RULEBOOK, commit_first=True)
        sign = "no-schooling-for-a-term"
        for answer in ("no", "no", "no", "+words"):
            session = session.answer(answer)
        session = session.answer(typed="nobody has seen her in class since autumn")
        offered = session.question()
        assert offered is not None
        concern = next(one.value for one in offered.choices if sign in rungs_of(one.value, RULEBOOK))
        assert f"/{sign}" in concern, "it is offered as a concern, with the sign that fits best"
        for answer in (concern, sign, "present", "+done", "secondary-age", "here-for-the-season"):
            session = session.answer(answer)
        asked = {}
        while (question := session.question()) and question.id.startswith("situation/"):
            asked[question.id.removeprefix("situation/")] = [choice.value for choice in question.choices]
            session = session.answer(question.choices[0].value)
        assert "desk_hours" not in asked, "below Level 5 it makes no difference"
        assert asked["family_view"] == ["not-spoken", "agrees", "declines", "unsafe-to-ask", "cannot-be-asked"]
        session = session.answer("5").answer("+done")
        suggestion = assess(session.record, RULEBOOK)
        assert suggestion.level == 4
        assert suggestion.judgement
        assert suggestion.judgement.said == RULEBOOK.difference.higher

    def test_over_a_pipe_the_whole_interview_is_in_its_words(self, tmp_path: Path) -> None:
        path = tmp_path / "kept.yaml"
        nothing = ["no", "no", "no", "nothing to add", "", "", "no", "no", "agrees", "1"]
        said = joined(rhrt("ask", "--plain", "--save", str(path), said="\n".join(nothing) + "\n"))
        first, last = said.index("Is a child in danger at this moment?"), said.index("No level suggested")
        assert first < said.index("What does the family say") < last
        kept = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert kept["rulebook"] == "marram-2025"
        assert kept["situation"]["family_view"] == "agrees"
        assert "No level suggested" in rhrt("assess", str(path))


GONE = "'sleeps-on-the-boat' was in the framework until edition 2019 and has been taken out."


def test_a_sign_that_was_taken_out_is_refused_wherever_it_is_named(tmp_path: Path) -> None:
    remedy = "Take it out of the record."
    assert refused("assess", "--rulebook", str(FOLDER), "--present", "sleeps-on-the-boat") == (
        f"--present: {GONE} {remedy}\n"
    )
    assert refused("show", "sleeps-on-the-boat", "--rulebook", str(FOLDER)).startswith(f"ID: {GONE}")
    kept = rhrt("assess", "--present", "days-off-to-work", "--format", "json")
    receipt = tmp_path / "answer.json"
    receipt.write_text(kept.replace('"days-off-to-work"', '"sleeps-on-the-boat"'), encoding="utf-8")
    message = refused("replay", str(receipt), "--rulebook", str(FOLDER))
    assert message == f"$.receipt.record.indicators.present[0]: {GONE} {remedy}\n"


def test_a_service_says_of_a_sign_that_was_taken_out_what_to_do() -> None:
    with TestClient(application(Settings(rulebooks=(load_rulebook(FOLDER),)))) as client:
        record = {"rulebook": "marram-2025", "indicators": {"present": ["sleeps-on-the-boat"]}}
        for path in ("/v1/assessments", "/v1/prompt"):
            problem = client.post(path, json=record)
            assert problem.status_code == 422
            (fault,) = problem.json()["faults"]
            assert (fault["what"], fault["remedy"]) == (GONE, "Take it out of the record.")


def test_a_command_that_is_suggested_names_the_same_rulebook() -> None:
    for words in (["record", "new"], ["find", "hungry"]):
        result = CliRunner().invoke(main, [*words, "--rulebook", str(FOLDER)])
        assert result.exit_code == 0
        assert f"--rulebook {FOLDER}" in " ".join(result.output.split())

"""An answer that is not whole is no answer, at every surface; and whatever fails, no command shows half of one."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from fastapi.testclient import TestClient
from rhrt_cli.main import main

import rhrt
from rhrt import NotWhole, Record, Rulebook, assess, load_rulebook
from rhrt.faults import NO_SUGGESTION, EvaluatorsDiffer
from rhrt.interview import questions
from rhrt.interview.carried import Carried, write
from rhrt.interview.matters import advice, alarms, matters
from rhrt.interview.session import Session
from rhrt.reasoning import assess as assessing
from rhrt.reasoning.facts import Fact
from rhrt.reasoning.inference import Inference
from rhrt.reasoning.plain import Answer, Plain
from rhrt.record import CheckedRecord, check
from rhrt.rulebook.conditions import About
from rhrt.search.find import find
from rhrt.steward.compare.compare import compare
from rhrt.steward.folder import open_folder
from rhrt.testing.suite import SIGNS, checks, load
from rhrt.web.application import application
from rhrt.web.settings import Settings
from tests.checks.edits import BASE
from tests.conftest import RULEBOOK_FOLDER, the_rest_long
from tests.steward import change

Edit = Callable[[str], str]

NUMBERS = "Police: 999 (at any time). Multi-Agency Safeguarding Hub (MASH): (01432) 260800"
SIGN = "lack-of-food"


def only_level_1(text: str) -> str:
    """Let the last urgency hold at Level 1 alone."""
    before, last = text.split("- id: routine")
    return f"{before}- id: routine{last.replace('- {}', '- {level: 1}', 1)}"


def no_urgencies(text: str) -> str:
    return text[: text.index("urgencies:")] + "urgencies: []\n"


def no_route_for_3(text: str) -> str:
    return text.replace("{level: {at_least: 2, at_most: 3}}", "{level: 2}")


def no_actions(_: str) -> str:
    return "actions: []\n"


HALF: dict[str, tuple[str, Edit, str]] = {
    "an urgency that holds at Level 1 alone": ("routes.yaml", only_level_1, "It lacks an urgency."),
    "no urgency at all": ("routes.yaml", no_urgencies, "It lacks an urgency."),
    "a level without a route": ("routes.yaml", no_route_for_3, "It lacks a route."),
    "no action at all": ("actions.yaml", no_actions, "It lacks a next step."),
}
"""Rulebooks that load and give only half an answer for one sign of Level 3: the file, the slip, what is said."""


@pytest.fixture(scope="module", params=the_rest_long(HALF, "a level without a route"))
def half(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    file, edit, says = HALF[request.param]
    folder = tmp_path_factory.mktemp("half") / "half"
    shutil.copytree(RULEBOOK_FOLDER, folder, ignore=shutil.ignore_patterns("*.snapshot", "ways"))
    (folder / "safety.yaml").write_text("safety: []\n", encoding="utf-8")
    path = folder / file
    changed = edit(path.read_text(encoding="utf-8"))
    assert changed != path.read_text(encoding="utf-8")
    path.write_text(changed, encoding="utf-8")
    return folder, says


def run(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=typed)


def refused(result: Result, why: str, advice: str) -> None:
    """Look at what every command says where there is no answer: advice, and nothing of an answer."""
    assert result.exit_code == 3, result.output
    assert isinstance(result.exception, SystemExit)
    assert result.stderr.startswith(advice)
    assert why in result.stderr
    assert "Traceback" not in result.output
    assert "Level 3" not in result.output
    assert len(result.stderr.splitlines()) == 2


FORMS = (
    ["assess"],
    ["assess", "--more", "--trace"],
    *(["assess", "--format", form] for form in ("json", "html", "markdown")),
    ["picture"],
)


@pytest.mark.parametrize("command", FORMS, ids=" ".join)
def test_no_command_shows_half_an_answer(half: tuple[Path, str], command: list[str]) -> None:
    folder, says = half
    result = run(*command, "--present", SIGN, "--rulebook", str(folder))
    refused(result, says, NUMBERS)
    assert result.stdout == ""


def test_an_interview_ends_in_the_advice_and_shows_no_half_answer(half: tuple[Path, str]) -> None:
    folder, says = half
    result = run("ask", "--plain", "--rulebook", str(folder), typed=interview(load_rulebook(folder)))
    assert result.exit_code == 3, result.output
    assert result.stderr.startswith(NUMBERS)
    assert says in result.stderr
    assert "Suggested" not in result.output


def interview(rulebook: Rulebook) -> str:
    """Give what is typed to say that there is no danger, find one concern, and leave out what can be left out."""
    session, lines = Session(rulebook), list[str]()
    while (question := session.question()) is not None:
        choices = {choice.value: str(number) for number, choice in enumerate(question.choices, 1)}
        kind = question.id.partition("/")[0]
        offered = [one for one in choices if kind == "found" and one not in questions.WAYS]
        found = next((one for one in offered if SIGN in questions.rungs_of(one, rulebook)), "")
        ways = {
            "concerns": "+done" if session.marks else "+words",
            "found": found,
            "rungs": SIGN,
            "mark": "present",
        }
        wanted = ways.get(kind, "no")
        if kind == "words":
            lines.append("no food in the house")
            session = session.answer(typed="no food in the house")
            continue
        if wanted not in choices:
            wanted = "" if question.skip or question.many else next(iter(choices))
        lines.append(choices.get(wanted, wanted))
        session = session.answer(*([wanted] if wanted else []))
    assert session.marks == {SIGN: "present"}
    return "\n".join(lines) + "\n"


def test_replay_gives_no_half_answer(half: tuple[Path, str], tmp_path: Path) -> None:
    folder, says = half
    kept = tmp_path / "answer.json"
    kept.write_bytes(assess(Record.model_validate({"indicators": {"present": [SIGN]}})).model_dump_json())
    result = run("replay", str(kept), "--rulebook", str(folder))
    refused(result, says, NUMBERS)
    assert result.stdout == ""


@pytest.fixture(scope="module")
def served(half: tuple[Path, str]) -> Iterator[TestClient]:
    with TestClient(application(Settings(rulebooks=(load_rulebook(half[0]),), demonstration=True))) as client:
        yield client


def test_the_service_answers_503_with_the_numbers_first(served: TestClient) -> None:
    record = {"indicators": {"present": [SIGN]}}
    hook = {"hook": "alt.rhrt.safeguarding-referral-draft", "hookInstance": "3fa85f64-5717-4562-b3fc-2c963f66afa6"}
    for path, body in (
        ("/v1/assessments", record),
        ("/v1/prompt", record),
        ("/cds-services/rhrt-level-of-need", {**hook, "context": record}),
    ):
        answer = served.post(path, json=body)
        assert answer.status_code == 503, path
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"].startswith(NUMBERS)
        assert "level" not in answer.json()


def test_the_pages_show_the_numbers_and_no_half_answer(served: TestClient, half: tuple[Path, str]) -> None:
    session = Session(load_rulebook(half[0]), marks={SIGN: "present"})
    for path in ("/check/result", "/check/print"):
        shown = served.post(path, data={"state": write(Carried(session))})
        assert shown.status_code == 503, shown.text
        assert "(01432) 260800" in shown.text
        assert "Level 3" not in shown.text


def test_the_service_starts_describes_itself_and_serves_every_page(served: TestClient) -> None:
    for path in ("/v1/health", "/v1/openapi.json", "/v1/rulebooks/herefordshire-2020", "/check", "/demo"):
        assert served.get(path).status_code == 200, path


def test_nothing_but_a_missing_part_makes_an_answer_less_than_whole(rulebook: Rulebook) -> None:
    assert assess(Record(), rulebook).route is None, "without a level there is nowhere to go"
    nothing = replace(rulebook, urgencies=(), actions=(), routes=())
    with pytest.raises(NotWhole, match=r"It lacks an urgency and a next step\. ") as found:
        assess(Record(), nothing)
    assert found.value.advice == rulebook.advice
    with pytest.raises(NotWhole, match="an urgency and a next step and a route"):
        assess(Record.model_validate({"indicators": {"present": [SIGN]}}), nothing)


def test_the_refusal_says_nothing_of_what_was_recorded(rulebook: Rulebook) -> None:
    with pytest.raises(NotWhole) as found:
        assess(Record.model_validate({"indicators": {"present": [SIGN]}}), replace(rulebook, routes=()))
    assert SIGN not in str(found.value)
    assert "3" not in str(found.value)


def test_a_danger_to_which_the_rulebook_has_no_answer_is_met_with_the_numbers_at_once(rulebook: Rulebook) -> None:
    half = replace(rulebook, actions=())
    danger = Record(situation={"immediate_danger": "yes"})
    assert alarms(danger, half) == {"immediate_danger"}
    said = advice(danger, half)
    assert said.urgent
    assert said.sections[0].items[0].text == rulebook.advice
    assert alarms(Record(situation={"immediate_danger": "no"}), half) == frozenset()


def test_a_question_matters_where_one_answer_to_it_leaves_the_answer_half(rulebook: Rulebook) -> None:
    routine = replace(rulebook.urgencies[-1], when=({"consent": "given"},))
    half = replace(rulebook, urgencies=(*rulebook.urgencies[:-1], routine))
    assert matters(half.field["consent"], Record(), half)
    nowhere = replace(rulebook, urgencies=())
    assert not matters(nowhere.field["consent"], Record(), nowhere)


def test_a_steward_of_a_small_rulebook_is_told_where_there_is_no_whole_answer(tmp_path: Path) -> None:
    half = Path(shutil.copytree(BASE, tmp_path / "half"))
    change(half / "routes.yaml", "name: Early help, when: [{level: 2}]", "name: Early help, when: [{level: 1}]")
    kept = run("rulebook", "test", str(half), "--keep")
    assert kept.exit_code == 1
    assert "It lacks a route." in kept.stdout
    assert "Nothing was kept" in kept.stdout
    rendered = run("rulebook", "render", str(half), str(tmp_path / "out"))
    assert rendered.exit_code == 2
    assert rendered.stderr.startswith(f"{half / 'cases'}/late-again.yaml: ")
    found = compare(open_folder(BASE), open_folder(half))
    told = [one for one in found.tried if one.differs.lacks]
    assert {one.differs.lacks for one in told} == {((), ("a route",))}
    assert {one.new for one in told} == {None}


@pytest.mark.long
def test_a_steward_is_told_which_case_and_which_sign_has_no_whole_answer(tmp_path: Path) -> None:
    shutil.copytree(RULEBOOK_FOLDER, tmp_path / "half", ignore=shutil.ignore_patterns("*.snapshot", "ways"))
    path = tmp_path / "half" / "routes.yaml"
    path.write_text(no_route_for_3(path.read_text(encoding="utf-8")), encoding="utf-8")
    loaded = load(str(tmp_path / "half"))
    results = {check.name: check.run(1) for check in checks(loaded) if check.kind in ("case", "sign")}
    failed = [result for result in results.values() if result.kind == "case" and result.failure]
    assert failed
    assert all("It lacks a route." in (result.failure or "") for result in failed)
    signs = [one for one in results[SIGNS].differs if "It lacks a route." in one.what]
    assert any(SIGN in one.alone for one in signs), "each sign is named under the cause"
    kept = run("rulebook", "test", str(tmp_path / "half"), "--keep")
    assert kept.exit_code == 1
    assert "It lacks a route." in kept.stdout
    assert "Nothing was kept" in kept.stdout
    rendered = run("rulebook", "render", str(tmp_path / "half"), str(tmp_path / "out"))
    assert rendered.exit_code == 2
    assert re.match(rf"{re.escape(str(tmp_path / 'half' / 'cases'))}/[\w-]+\.yaml: ", rendered.stderr)
    assert "It lacks a route. To find where: rhrt rulebook check" in rendered.stderr
    found = compare(open_folder(RULEBOOK_FOLDER), open_folder(tmp_path / "half"))
    told = [one for one in found.tried if one.differs.lacks]
    assert {one.differs.lacks for one in told} == {((), ("a route",))}, "what is lacking is told as a change"
    assert {one.new for one in told} == {None}, "and nothing of what nobody is shown"
    assert not any(one.fault for one in found.tried)


# The last net.


def failing(*_: object, **__: object) -> None:
    raise KeyError(f"planted {SIGN}")


COMMANDS: dict[str, tuple[str, list[str], bool]] = {
    "the engine": ("rhrt.reasoning.engine.Engine.suggest", ["assess", "--present", SIGN], True),
    "the text": ("rhrt_cli.assess.as_text", ["assess", "--present", SIGN], True),
    "the outline": ("rhrt.present.outline.headline", ["assess", "--present", SIGN, "--format", "markdown"], True),
    "the receipt": ("rhrt.reasoning.explain.sha256", ["assess", "--present", SIGN, "--format", "json"], True),
    "the page": ("rhrt.present.page.as_page", ["assess", "--present", SIGN, "--format", "html"], True),
    "the trace": ("rhrt_cli.assess.trace", ["assess", "--present", SIGN, "--trace"], True),
    "what would change": ("rhrt.reasoning.changes.Changes.of", ["assess", "--present", SIGN, "--more"], True),
    "the picture": ("rhrt_cli.picture.as_svg", ["picture", "--present", SIGN], True),
    "reading a record": ("rhrt.record._ids", ["assess", "--present", SIGN], True),
    "loading": ("rhrt_cli.reading.load_for_record", ["assess", "--present", SIGN], False),
    "searching": ("rhrt_cli.find.find", ["find", "hungry"], True),
    "spotting": ("rhrt_cli.spot.spot", ["spot", "-"], True),
    "showing": ("rhrt_cli.show.cite", ["show", SIGN], True),
    "a command of the rulebook": ("rhrt_cli.rulebook.list.bundled", ["rulebook", "list"], False),
}
"""Something deep inside that fails: where, for which command, and whether the rulebook was read by then."""


@pytest.mark.parametrize("inside", COMMANDS)
def test_whatever_fails_ends_in_the_words_of_no_suggestion_and_exit_code_3(
    inside: str, monkeypatch: pytest.MonkeyPatch, rulebook: Rulebook
) -> None:
    where, command, was_read = COMMANDS[inside]
    monkeypatch.setattr(where, failing)
    result = run(*command, typed="no food in the house\n")
    refused(result, "rhrt failed in KeyError at ", rulebook.advice if was_read else NO_SUGGESTION)
    assert result.stdout == ""
    assert "planted" not in result.stderr
    assert SIGN not in result.stderr


@pytest.mark.parametrize(
    "error", [RecursionError("x"), MemoryError(), EOFError(), StopIteration(), AssertionError("x"), OSError(5, "x")]
)
def test_every_kind_of_failure_is_caught(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("rhrt.reasoning.engine.Engine.suggest", fail)
    result = run("assess", "--present", SIGN)
    refused(result, f"rhrt failed in {type(error).__name__} at ", NUMBERS)
    assert result.stdout == ""


def test_a_failure_while_the_second_query_is_searched_leaves_none_of_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "rhrt_cli.find.find", lambda query, *more: failing() if query == "b" else find(query, *more)
    )
    result = run("find", "-", typed="food\nb\n")
    assert (result.exit_code, result.stdout) == (3, "")


def test_what_click_says_of_a_command_line_is_left_to_it() -> None:
    assert run("assess", "--no-such-option").exit_code == 2
    assert run("nothing").exit_code == 2
    with pytest.raises(click.UsageError):
        main.main(["nothing"], standalone_mode=False)


@pytest.mark.parametrize("about", ["recorded", "prompt", "afterwards"])
def test_a_difference_anywhere_gives_no_answer_but_the_rulebooks_own_advice(
    about: str, rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = replace(rulebook, title=f"With a difference about {about}")
    fire = Inference.fire

    def differ(self: Inference, asked: About, *facts: Fact) -> object:
        if asked == about:
            raise EvaluatorsDiffer("The two evaluators differ.")
        return fire(self, asked, *facts)

    monkeypatch.setattr(Inference, "fire", differ)
    record = Record.model_validate({"indicators": {"present": [SIGN]}})
    with pytest.raises(rhrt.NoAnswer, match="differ") as found:
        assess(record, fresh)
    assert found.value.advice == rulebook.advice
    if about == "recorded":
        with pytest.raises(rhrt.NoAnswer) as found:
            assessing.trace(check(record, fresh), fresh)
        assert found.value.advice == rulebook.advice


def test_a_difference_about_what_would_change_gives_no_answer_but_the_rulebooks_own_advice(
    rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluate = Plain.evaluate

    def differ(self: Plain, record: CheckedRecord) -> Answer:
        found = evaluate(self, record)
        return found._replace(urgency="another") if "yes" in record.answers else found

    monkeypatch.setattr(Plain, "evaluate", differ)
    fresh = replace(rulebook, title="With a difference about danger")
    with pytest.raises(rhrt.NoAnswer, match="differ on the answer") as found:
        assess(Record.model_validate({"indicators": {"present": [SIGN]}}), fresh)
    assert found.value.advice == rulebook.advice


def test_the_advice_of_every_rulebook_here_gives_999_and_its_own_numbers() -> None:
    for folder in (RULEBOOK_FOLDER, Path(__file__).parent / "frameworks" / "marram-2025"):
        rulebook = load_rulebook(folder)
        assert rulebook.no_answer.startswith("If a child is in danger, call 999. ")
        for id_ in rulebook.if_worse_contacts:
            assert rulebook.contact[id_].reached in rulebook.advice
        assert json.dumps(rulebook.advice).count("call 999") == 1

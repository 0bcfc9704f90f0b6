"""The commands, as people use them."""

from __future__ import annotations

import json
import re
import shlex
import sys
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import click
import jsonschema
import pexpect
import pytest
from click.testing import CliRunner, Result
from rhrt_cli.assess import TO_BEGIN
from rhrt_cli.main import COMMANDS, main
from rhrt_cli.schema import KINDS as OFFERED

from rhrt import EvaluatorsDiffer, Record, Rulebook, assess
from rhrt.reasoning import durable
from rhrt.reasoning.compiled import CompiledRuleset
from rhrt.reasoning.durable import Ruleset
from rhrt.reasoning.engine import Engine
from rhrt.rulebook import dates
from rhrt.rulebook.kinds import FOLLOW_UP_ANSWERS
from rhrt.schema import KINDS, schema_of
from rhrt.version import VERSION
from tests.conftest import CASES, case, the_rest_long
from tests.server import START

ROOT = Path(__file__).parents[1]
EXAMPLE = str(ROOT / "rules" / "example-record.yaml")


def run(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=typed)


def answer(*arguments: str, typed: str | None = None) -> Any:
    result = run(*arguments, "--format", "json", typed=typed)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_help_names_every_command_and_says_999_first() -> None:
    said = run("--help").output
    assert "call 999" in said
    for name in COMMANDS:
        assert name in said
        assert run(name, "--help").exit_code == 0
    assert run("--version").output == f"rhrt, version {VERSION}\n"


def test_assess_puts_the_headline_first_then_questions_steps_and_reasons() -> None:
    said = run("assess", "--present", "lack-of-food").output
    top = ["First, check this", "Suggested: Level 3, Intensive", "How soon", "Route"]
    order = [*top, "Answer these", "What to do next", "Why"]
    places = [said.index(words) for words in order]
    assert places == sorted(places)
    assert "“Lack of food”" in said
    assert "Level 3. Framework, indicator 84." in said
    assert "(01432) 260261" in said


def in_a_terminal(*arguments: str) -> tuple[str, int | None]:
    """Run a command in a terminal, where nobody types; give what is seen and the exit code."""
    seen = pexpect.spawn(sys.executable, ["-c", START, *arguments], encoding="utf-8", timeout=30)
    said = click.unstyle(seen.read())
    seen.close()
    return said, seen.exitstatus


def test_assess_alone_in_a_terminal_says_how_to_begin() -> None:
    said, code = in_a_terminal("assess")
    assert code == 2
    assert said.splitlines() == TO_BEGIN.splitlines()
    assert [line.split(": ")[1] for line in TO_BEGIN.splitlines()] == [
        "rhrt ask",
        "rhrt find WORDS",
        "rhrt record new > record.yaml",
    ]


def test_assess_with_any_option_or_in_a_pipe_does_what_it_does_with_nothing_recorded() -> None:
    said, code = in_a_terminal("assess", "--rulebook", "herefordshire-2020")
    assert code == 0
    assert said.splitlines() == run("assess").output.splitlines()
    assert "No level" in said


@pytest.mark.parametrize("path", the_rest_long(CASES, *CASES[::4]), ids=lambda path: path.stem)
def test_every_case_reads_in_80_columns_without_colour(path: Path) -> None:
    said = run("assess", "-", typed=json.dumps(case(path)["record"])).output
    assert max(map(len, said.splitlines())) <= 80
    assert "\x1b" not in said
    for number in ("(01432) 260800", "(01905) 768020", "999"):
        assert number in said, "no number to ring is broken over two lines"


def test_in_an_emergency_the_call_is_the_first_thing_to_do_even_with_nothing_recorded() -> None:
    said = run("assess", "--situation", "immediate_danger=yes").output
    assert " 1. Make sure the police have been called on 999." in said
    first, level, *_ = said.splitlines()
    assert first == "Make sure the police have been called on 999"
    assert level == "Suggested: Level 4, Specialist. How soon: Emergency. Call 999 now."


def test_colour_is_used_only_for_a_terminal() -> None:
    result = CliRunner().invoke(main, ["assess", "--situation", "immediate_danger=yes"], color=True)
    assert "\x1b[31m" in result.output


def test_assess_reads_a_file_standard_input_and_options_alike() -> None:
    record = {"indicators": {"present": ["lack-of-food"]}, "situation": {"consent": "given"}}
    from_input = answer("assess", "-", typed=json.dumps(record))
    from_options = answer("assess", "--present", "lack-of-food", "--situation", "consent=given")
    assert from_input == from_options


def test_options_add_to_a_record(rulebook: Rulebook) -> None:
    """To one that holds its own answers, and to a new one, in which what stands first was not answered."""
    more = answer("assess", EXAMPLE, "--present", "abuse-or-neglect", "--follow-up", "going-hungry=no")
    assert more["level"] == 4
    assert more["receipt"]["record"]["situation"]["consent"] == "given"
    assert more["receipt"]["record"]["follow_ups"] == {"absence-parents-trying": "no", "going-hungry": "no"}
    assert "persistent-absence" in more["receipt"]["record"]["indicators"]["present"]
    template = run("record", "new").output
    said = {field.id: field.values[-1] for field in rulebook.situation}
    options = [word for question, last in said.items() for word in ("--situation", f"{question}={last}")]
    filled = answer("assess", "-", *options, "--judgement", "2", "--because", "knows-more", typed=template)
    assert filled["receipt"]["record"]["situation"] == said
    assert filled["receipt"]["record"]["judgement"] == {"level": 2, "reason": "knows-more"}


def test_an_option_may_say_what_the_record_says() -> None:
    same = ["--situation", "consent=given", "--follow-up", "absence-parents-trying=no", "--judgement", "3"]
    assert answer("assess", EXAMPLE, *same) == answer("assess", EXAMPLE)


def test_what_an_answer_says_to_write_to_answer_what_to_check_first_is_taken() -> None:
    said = " ".join(run("assess", EXAMPLE, "--present", "lack-of-food").output.split())
    options = re.findall(r"--follow-up \S+=(?=ANSWER)", said)
    assert options
    for given in FOLLOW_UP_ANSWERS:
        asked = [word for option in options for word in f"{option}{given}".split()]
        assert answer("assess", EXAMPLE, "--present", "lack-of-food", *asked)["follow_ups"]


def test_the_document_fits_its_schema_and_keeps_its_keys() -> None:
    document = answer("assess", EXAMPLE)
    jsonschema.validate(document, schema_of("suggestion"))
    assert list(document) == [
        "level", "level_name", "route", "urgency", "harm", "reasons", "actions", "also_recorded", "strengths",
        "questions", "follow_ups", "could_be", "would_change", "prompts", "afterwards", "neighbours", "undefined",
        "circumstances", "services", "judgement", "receipt", "notice", "review_by",
    ]  # fmt: skip
    assert document["could_be"]["level"] == 4
    assert document["judgement"] == {"level": 3, "agrees": True, "reason": None, "said": None, "policy": None}
    assert document["actions"][0]["rule"] == "action/consult-mash-social-worker"
    assert document["reasons"][0]["source"]["section"] == "Appendix 1, Level 3"


def test_on_each_side_of_its_review_a_kept_answer_is_the_same_and_people_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told, kept = [], []
    for day in (date(2022, 9, 30), date(2022, 10, 1)):
        monkeypatch.setattr(dates, "today", lambda day=day: day)
        kept.append([run("assess", EXAMPLE, "--format", form).output for form in ("json", "html", "markdown")])
        told.append(" ".join(run("assess", EXAMPLE, "--more").output.split()))
    assert kept[0] == kept[1]
    assert json.loads(kept[0][0])["review_by"] == "2022-09"
    assert not re.search("past its review", "".join(kept[0]))
    past = "Its review was due in September 2022: ask whether there is a newer one."
    assert [text.count(past) for text in told] == [0, 1]
    for text in (told[0], " ".join(kept[0][2].split())):
        assert text.count("The review of the framework was set for September 2022.") == 1
    assert [text.count("September 2022") for text in told] == [1, 1]


def test_without_more_the_review_is_told_once_it_is_past_and_the_receipt_is_held_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for day, times in ((date(2022, 9, 30), 0), (date(2022, 10, 1), 1)):
        monkeypatch.setattr(dates, "today", lambda day=day: day)
        brief, whole = (run("assess", EXAMPLE, *more).output for more in ((), ("--more",)))
        assert brief.count("review") == times
        assert ("Receipt" in brief, "Receipt" in whole) == (False, True)


def test_where_nothing_says_when_the_review_is_nothing_is_said_of_it(tmp_path: Path) -> None:
    copytree(ROOT / "tests" / "checks" / "base", tmp_path / "dale")
    path = tmp_path / "dale" / "rulebook.yaml"
    path.write_text(re.sub(r"review: .*\n", "", path.read_text("utf-8")), encoding="utf-8")
    asked = ("assess", "--rulebook", str(tmp_path / "dale"), "--present", "hit")
    assert "review" not in run(*asked).output
    assert answer(*asked)["review_by"] is None
    assert "review" not in run("rulebook", "show", str(tmp_path / "dale")).output


def test_what_a_rulebook_holds_says_when_it_is_past_its_review(monkeypatch: pytest.MonkeyPatch) -> None:
    for day, past in ((date(2022, 9, 30), False), (date(2022, 10, 1), True)):
        monkeypatch.setattr(dates, "today", lambda day=day: day)
        said = " ".join(run("rulebook", "show").output.split())
        assert ("The review of the framework was set for September 2022." in said) != past
        assert ("Its review was due in September 2022" in said) == past


def test_markdown_says_what_the_text_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dates, "today", lambda: date(2022, 9, 30))
    text = " ".join(run("assess", EXAMPLE, "--more").output.split())
    for line in run("assess", EXAMPLE, "--format", "markdown", "--more").output.splitlines():
        words = line.lstrip("#-0123456789. ").replace("\\", "").strip()
        assert words in text


def test_trace_names_each_fact_rule_and_clause() -> None:
    said = run("assess", "--present", "lack-of-food", "--trace").output
    assert "Fact indicator=lack-of-food, mark=present, level=3" in said
    assert "fired level/3: Framework, Section 7 (R020)" in said
    assert "fired route/chat-eha" in said
    json.loads(run("assess", "--present", "lack-of-food", "--trace", "--format", "json").stdout)


def test_without_durable_rules_two_evaluators_still_answer_and_the_receipt_names_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(durable, "engine", None)
    monkeypatch.setattr("rhrt.reasoning.assess._ready", {})
    result = run("assess", "--present", "lack-of-food", "--more")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Level 3" in result.stdout
    assert "evaluated by compiled and reference" in " ".join(result.stdout.split())


def test_where_the_evaluators_differ_no_level_is_shown_and_the_exit_code_is_3(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def differing(*_: object) -> None:
        raise EvaluatorsDiffer("The two evaluators differ on the answer.")

    monkeypatch.setattr(Engine, "suggest", differing)
    result = run("assess", "--present", "abuse-or-neglect")
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "Level" not in result.stderr
    assert "safeguarding lead" in result.stderr
    assert "call 999" in result.stderr


def test_a_wrong_firing_ends_in_exit_code_3(monkeypatch: pytest.MonkeyPatch) -> None:
    for second in (Ruleset, CompiledRuleset):
        monkeypatch.setattr(second, "fire", lambda _self, facts: [((), ()) for _ in facts])
    monkeypatch.setattr("rhrt.reasoning.assess._ready", {})
    assert run("assess", "--present", "abuse-or-neglect").exit_code == 3


def test_find_gives_words_levels_and_ids() -> None:
    said = run("find", "mum", "drinking", "more").output
    assert "parental-substance-escalating" in said
    assert "Level 3" in said
    assert "Choose by the words" in said
    nothing = run("find", "zzzqqq").output
    assert "That does not mean there is no concern" in " ".join(nothing.split())


def test_find_reads_one_query_a_line_and_prints_one_array_a_line(rulebook: Rulebook) -> None:
    lines = run("find", "-", "--format", "json", typed="dad hits him\n\nno food in the house\n").output.splitlines()
    assert len(lines) == 3
    first, empty, last = map(json.loads, lines)
    assert empty == []
    assert set(first[0]) == {"indicator", "n", "level", "heading", "wording", "score"}
    assert last[0]["indicator"] in rulebook.indicator


def test_find_says_in_a_terminal_that_words_are_to_be_typed_and_how_to_end_them() -> None:
    person = pexpect.spawn(sys.executable, ["-c", START, "find", "-"], encoding="utf-8", timeout=30)
    person.expect_exact("Type here. To end: Enter, then Ctrl-D.")
    person.sendline("no food in the house")
    person.sendeof()
    person.expect_exact("lack-of-food")
    person.expect(pexpect.EOF)
    person.close()
    assert person.exitstatus == 0


def test_show_gives_the_ladder_with_neighbouring_rungs() -> None:
    said = " ".join(run("show", "young-carer-adverse-impact").output.split())
    assert "Level 3 (this one): “Child is a young carer and this is adversely impacting" in said
    assert "Level 2: “Child has some young carer responsibilities”" in said
    assert "Level 4: “Child is young carer and this is significantly impacting" in said
    assert "page 112, indicator 107" in said
    assert "Basis: The words speak of serious harm" in " ".join(run("show", "abuse-or-neglect").output.split())
    assert "Also belongs under: Family" in run("show", "abuse-or-neglect").output
    assert "cannot be recorded" in run("show", "family-history-and-wellbeing").output


def test_a_new_record_is_a_record_and_names_every_question(rulebook: Rulebook) -> None:
    template = run("record", "new").output
    assert answer("assess", "-", typed=template)["level"] is None
    for field in rulebook.situation:
        assert f"{field.id}: {field.values[0]}" in template


def test_a_kept_answer_is_given_again_or_the_difference_is_said(tmp_path: Path) -> None:
    kept = tmp_path / "answer.json"
    kept.write_text(run("assess", EXAMPLE, "--format", "json").stdout, encoding="utf-8")
    same = run("replay", str(kept))
    assert (same.exit_code, same.output.startswith("Same")) == (0, True)
    document = json.loads(kept.read_text(encoding="utf-8"))
    document["level"] = 2
    document["actions"] = document["actions"][:2]
    document["receipt"]["rulebook_sha256"] = "0" * 64
    other = run("replay", "-", typed=json.dumps(document))
    assert other.exit_code == 1
    assert "level: 2 then, 3 now" in other.output
    assert "receipt, rulebook_sha256: 0000" in other.output
    assert "actions: consult-mash-social-worker, complete-eha then" in other.output


def test_rulebook_list_and_show_say_what_there_is(rulebook: Rulebook) -> None:
    assert "herefordshire-2020: Right Help Right Time" in run("rulebook", "list").output
    said = run("rulebook", "show").output
    assert "not checked since" in said
    assert rulebook.sha256 in said


def test_schema_prints_what_the_model_says() -> None:
    assert set(OFFERED) == set(KINDS)
    assert json.loads(run("schema", "record").output) == schema_of("record")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["rhrt", "show", "young-c"], "young-carer-adverse-impact"),
        (["rhrt", "assess", "--present", "young-c"], "young-carer-significant-impact"),
        (["rhrt", "assess", "--situation", "consent=g"], "consent=given"),
        (["rhrt", "assess", "--rulebook", "here"], "herefordshire-2020"),
    ],
)
def test_the_shell_completes_ids(words: list[str], expected: str) -> None:
    complete = {"_RHRT_COMPLETE": "bash_complete", "COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
    result = CliRunner().invoke(main, prog_name="rhrt", env=complete)
    assert expected in result.output


CONSENT = "not-sought given refused unsafe-to-seek not-possible not-applicable"


@pytest.mark.parametrize(
    ("words", "taken"),
    [
        ("--present = lack-of", "lack-of-food"),
        ("--present=lack-of", "--present=lack-of-food"),
        ("--present lack-of", "lack-of-food"),
        ("--situation = cons", " ".join(f"consent={one}" for one in CONSENT.split())),
        ("--situation = consent =", CONSENT),
        ("--situation consent =", CONSENT),
        ("--situation = consent = g", "given"),
        ("--situation consent = g", "given"),
        ("--situation consent=g", "consent=given"),
        ("--situation = consent = given --present = lack-of", "lack-of-food"),
        ("--rulebook = herefordshire-2020 --follow-up = going-hungry = n", "no not-known"),
        ("--format = j", "json"),
    ],
)
def test_bash_is_given_what_takes_the_place_of_its_word_also_after_an_equals_sign(words: str, taken: str) -> None:
    """Bash takes each `=` for a word of its own, unless somebody has told it otherwise."""
    typed = ["rhrt", "assess", *words.split()]
    complete = {
        "_RHRT_COMPLETE": "bash_complete",
        "COMP_WORDS": "\n".join(typed),
        "COMP_CWORD": str(len(typed) - 1),
    }
    given = CliRunner().invoke(main, prog_name="rhrt", env=complete).output.split()
    assert [one.removeprefix("plain,") for one in given] == taken.split()


def test_a_tab_in_bash_completes_what_stands_after_an_equals_sign() -> None:
    shell = pexpect.spawn("bash", ["--norc", "--noprofile"], encoding="utf-8", timeout=30, dimensions=(24, 120))
    shell.sendline(f'PATH={shlex.quote(str(Path(sys.executable).parent))}:$PATH PS1="ready "')
    shell.sendline('eval "$(_RHRT_COMPLETE=bash_source rhrt)"; echo so it is | tr a-z A-Z')
    shell.expect_exact("SO IT IS")
    shell.send("rhrt assess --present=lack-of\t--situation=consent=g\t")
    shell.expect_exact("rhrt assess --present=lack-of-food --situation=consent=given")
    shell.close(force=True)


def test_completion_of_a_rulebook_that_is_not_there_is_silent() -> None:
    words = "rhrt assess --rulebook nowhere --present y"
    complete = {"_RHRT_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": "5"}
    assert CliRunner().invoke(main, prog_name="rhrt", env=complete).output.strip() == ""


def test_an_answer_of_an_earlier_rulebook_is_read_and_it_is_said_which_made_it() -> None:
    kept = Path(__file__).parent / "answers" / "made-by-0.1.0.json"
    result = CliRunner().invoke(main, ["replay", str(kept)])
    assert result.exit_code == 1
    first, second, *_ = result.stdout.splitlines()
    assert first == "Different: this record no longer gives this answer."
    then = "It was made by the rulebook herefordshire-2020, edition 1 - 11/20, hash 9914ae732948."
    assert second.strip().startswith(f"{then} Asked now: herefordshire-2020, edition 1 - 11/20, hash ")


def test_a_record_of_before_follow_up_questions_means_what_it_meant() -> None:
    kept = json.loads((Path(__file__).parent / "answers" / "made-by-0.1.0.json").read_text(encoding="utf-8"))
    answer = assess(Record.model_validate(kept["receipt"]["record"]))
    assert (answer.level, answer.route, answer.urgency) == (kept["level"], kept["route"], kept["urgency"])
    assert [step.code for step in answer.actions] == [step["code"] for step in kept["actions"]]
    assert all(one.answer == "not-asked" for one in answer.follow_ups)

"""`rhrt rulebook test` and `pytest --rhrt-rulebook`, in a folder that holds a rulebook and nothing else."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest
import yaml
from click.testing import CliRunner, Result
from rhrt_cli.main import main

from rhrt.steward.kept import FILE
from rhrt.testing import plugin
from tests.bad_input import assert_whole_sentences, refused
from tests.checks.edits import BASE
from tests.conftest import the_rest_long
from tests.steward import BROKEN, MISTYPED, RULE, SAYS, change, rulebook_in

CASE = "a-key-of-his-own"
PLUGIN = ("-p", "rhrt.testing.plugin")
ADDING = "adding_a_concern_never_lowers_the_level_or_the_urgency"


NOT_KEPT = ("notes: mine\n", "words: {}\nanswers: {}\n", "", "a: ]\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return rulebook_in(tmp_path)


def command(folder: Path, *options: str) -> Result:
    # hypothesis would take the command's own folder for all tests that follow in this process
    kept = {"HYPOTHESIS_STORAGE_DIRECTORY": os.environ.get("HYPOTHESIS_STORAGE_DIRECTORY", ".hypothesis")}
    return CliRunner(env=kept).invoke(main, ["rulebook", "test", str(folder), *options])


class TestCommand:
    @pytest.mark.long
    def test_a_sound_rulebook_passes_with_a_line_for_each_property(self, folder: Path) -> None:
        result = command(folder, "--examples", "20")
        assert result.exit_code == 0, result.output
        lines = result.output.splitlines()
        assert lines[0] == "Right Help Right Time Levels of Need, Herefordshire, edition 1 - 11/20"
        assert lines[1] == "ok         3 examples  The worked cases give what they say."
        assert "ok         20 records  Nothing recorded gives no level." in lines
        assert "ok         2 sessions  A session of marking and undoing gives the answer of its" in lines
        assert lines[-1] == "All of it holds."
        assert max(map(len, lines)) <= 80

    @pytest.mark.long
    def test_a_broken_rule_fails_with_a_smallest_record_that_can_be_assessed(self, folder: Path) -> None:
        change(folder / "routes.yaml", RULE, BROKEN)
        result = command(folder, "--examples", "100")
        assert result.exit_code == 1
        _, after = result.output.split("  Adding a concern never lowers the level or the urgency.\n")
        said, indented, *_ = after.split("\n\n")
        assert SAYS in said
        assert said.endswith(f"rhrt assess FILE --rulebook {folder}")
        record = yaml.safe_load(indented)
        assert record.keys() == {"rulebook", "indicators"}
        assessed = CliRunner().invoke(main, ["assess", "-", "--rulebook", str(folder)], input=indented)
        assert assessed.exit_code == 0, assessed.output
        assert "How soon: Act promptly" in assessed.output

    def test_a_worked_case_that_fails_says_what_was_expected_and_given(self, folder: Path) -> None:
        change(folder / "cases" / f"{CASE}.yaml", "  urgency: immediate", "  urgency: routine")
        result = command(folder, "--examples", "1")
        assert result.exit_code == 1
        assert "FAILED     3 examples  The worked cases give what they say." in result.output
        assert f"    {CASE}: A young man who cannot keep himself safe in his flat\n" in result.output
        assert "    urgency: expected routine; given immediate\n" in result.output
        assert result.output.endswith("\n1 failed.\n")

    @pytest.mark.long
    def test_machines_read_the_same(self, folder: Path) -> None:
        change(folder / "routes.yaml", RULE, BROKEN)
        result = command(folder, "--examples", "100", "--format", "json")
        assert result.exit_code == 1
        document = json.loads(result.stdout)
        assert (document["rulebook"], document["passed"]) == ("herefordshire-2020", False)
        (failed,) = [one for one in document["results"] if one["name"] == ADDING]
        assert failed["kind"] == "property"
        assert failed["sentence"] == "Adding a concern never lowers the level or the urgency."
        assert SAYS in failed["failure"]
        assert failed["record"].keys() == {"rulebook", "indicators"}

    @pytest.mark.long
    def test_a_rulebook_without_worked_cases_is_tried_all_the_same(self, tmp_path: Path) -> None:
        result = command(rulebook_in(tmp_path, cases=()), "--examples", "1")
        assert result.exit_code == 0
        assert "There are no worked cases yet." in result.output

    def test_what_cannot_be_read_is_refused_with_every_fault(self, folder: Path) -> None:
        change(folder / "routes.yaml", RULE, MISTYPED)
        assert "routes.yaml:" in refused("rulebook", "test", str(folder))
        change(folder / "routes.yaml", MISTYPED, RULE)
        change(folder / "cases" / f"{CASE}.yaml", "title: ", "titel: ")
        message = refused("rulebook", "test", str(folder))
        assert f"{CASE}.yaml:" in message
        assert_whole_sentences(message)
        assert_whole_sentences(refused("rulebook", "test", "nowhere"))

    @pytest.mark.long
    def test_what_a_case_is_told_is_kept_and_a_change_of_it_is_seen(self, folder: Path) -> None:
        kept = command(folder, "--keep")
        assert kept.exit_code == 0, kept.output
        assert f"Kept in {folder / 'cases' / FILE}: 3 examples, of which 3 changed; " in kept.output
        again = command(folder, "--keep").output
        assert "3 examples, of which 0 changed; " in again
        assert " texts, of which 0 changed.\n" in again
        assert command(folder, "--examples", "1").exit_code == 0

    @pytest.mark.long
    def test_one_number_that_changed_is_told_once_and_with_the_examples_that_it_changed(self, folder: Path) -> None:
        command(folder, "--keep")
        before = (folder / "cases" / FILE).read_text("utf-8").splitlines()
        change(folder / "rulebook.yaml", "number: (01432) 260800", "number: (03069) 990001")
        result = command(folder, "--examples", "1")
        assert result.exit_code == 1
        assert result.output.endswith("\n1 failed.\n"), "one cause is one failure"
        said = " ".join(result.output.split())
        cause = "The number of mash changed: kept “(01432) 260800”; given “(03069) 990001”. In 3 examples ("
        assert said.count("03069") == said.count(cause) == 1
        assert max(map(len, result.output.splitlines())) <= 80
        assert "signs alone (" in said
        assert "Is that right? Then keep it: rhrt rulebook test --keep, with the same folder." in said
        assert "3 examples, of which 0 changed; " in command(folder, "--keep").output
        after = (folder / "cases" / FILE).read_text("utf-8").splitlines()
        assert sum(one != other for one, other in zip(before, after, strict=True)) == 1, "one line to review"
        assert command(folder, "--examples", "1").exit_code == 0

    @pytest.mark.parametrize(
        ("file", "old", "new", "what"),
        [
            (
                "actions.yaml",
                "text: Telephone MASH and",
                "text: Email MASH and",
                "The text of the step contact-mash",
            ),
            ("rulebook.yaml", "(EDT). Do not wait.", "Wait.", "The if worse of what stands under every"),
            (
                "rulebook.yaml",
                "[police, mash, edt]",
                "[mash, edt]",
                "The contact of what stands under every answer",
            ),
            ("rulebook.yaml", "name: Specialist", "name: Special", "The name of the level 4 changed"),
            (
                "prompts.yaml",
                "text: Is the child missing now?",
                "text: Is the child out?",
                "The text of the prompt missing changed",
            ),
        ],
    )
    @pytest.mark.long
    def test_the_words_themselves_are_kept(self, folder: Path, file: str, old: str, new: str, what: str) -> None:
        command(folder, "--keep")
        change(folder / file, old, new)
        result = command(folder, "--examples", "1")
        assert result.exit_code == 1
        assert what in " ".join(result.output.split())

    @pytest.mark.long
    def test_an_answer_that_is_another_is_told_first_and_apart(self, folder: Path) -> None:
        command(folder, "--keep")
        change(folder / "rulebook.yaml", "number: (01432) 260800", "number: (03069) 990001")
        for case in (CASE, "a-new-suit-for-a-cousin"):
            change(folder / "cases" / f"{case}.yaml", "  urgency: immediate", "  urgency: routine")
            change(folder / "cases" / f"{case}.yaml", "  - record-decision", "  - wait-and-see")
        said = " ".join(command(folder, "--examples", "1").output.split())
        urgency = "urgency: expected routine; given immediate"
        places = [
            said.index(f"{CASE}: A young man who cannot keep himself safe in his flat {urgency}"),
            said.rindex(urgency),
            said.index("actions: expected wait-and-see, which is not given In 2 examples ("),
            said.index("actions: given record-decision, which is not expected In 2 examples ("),
            said.index("The number of mash changed"),
        ]
        assert places == sorted(places)

    @pytest.mark.long
    def test_nothing_is_kept_while_a_case_does_not_give_what_it_says(self, folder: Path) -> None:
        command(folder, "--keep")
        before = (folder / "cases" / FILE).read_bytes()
        change(folder / "cases" / f"{CASE}.yaml", "  urgency: immediate", "  urgency: routine")
        change(folder / "rulebook.yaml", "number: (01432) 260800", "number: (03069) 990001")
        result = command(folder, "--keep")
        assert result.exit_code == 1
        assert f"    {CASE}: A young man who cannot keep himself safe in his flat\n" in result.output
        assert "    urgency: expected routine; given immediate\n" in result.output
        assert "Nothing was kept: 1 of 3 examples did not give what they say." in result.output
        assert (folder / "cases" / FILE).read_bytes() == before

    @pytest.mark.long
    def test_a_case_that_is_new_or_gone_since_answers_were_kept_is_told(self, folder: Path) -> None:
        command(folder, "--keep")
        change(folder / "cases" / f"{CASE}.yaml", "title: ", "title: Again, a")
        result = command(folder, "--examples", "1")
        assert result.exit_code == 1
        said = " ".join(result.output.split())
        assert f"Nothing was kept of it yet. In 1 example ({CASE}: Again, a" in said
        assert f"This was kept, and is no longer there. In 1 example ({CASE}: A young man" in said

    @pytest.mark.long
    def test_answers_that_an_earlier_version_kept_are_to_be_kept_again(self, folder: Path) -> None:
        (folder / "cases" / FILE).parent.mkdir()
        (folder / "cases" / FILE).write_text(
            "# What each worked case was told.\na-case: {A title: {steps: [one/1]}}\n", "utf-8"
        )
        message = refused("rulebook", "test", str(folder))
        assert "These answers were kept without their words. Keep them again: rhrt rulebook test --keep." in message
        assert command(folder, "--keep").exit_code == 0
        assert command(folder, "--examples", "1").exit_code == 0

    @pytest.mark.parametrize("content", the_rest_long(NOT_KEPT, NOT_KEPT[0]))
    @pytest.mark.parametrize("linked", the_rest_long([False, True], True))
    def test_a_file_that_was_not_kept_is_never_written_over(self, folder: Path, content: str, linked: bool) -> None:
        path = folder / "cases" / FILE
        path.parent.mkdir()
        target = folder.parent / "notes.yaml" if linked else path
        target.write_text(content, "utf-8")
        if linked:
            path.symlink_to(target)
        message = refused("rulebook", "test", str(folder), "--keep")
        assert f"{path}: This was not written by rhrt rulebook test --keep, so nothing was kept." in message
        assert_whole_sentences(message)
        assert target.read_text("utf-8") == content

    def test_a_link_is_not_followed_to_kept_answers_nor_to_where_there_is_nothing(self, folder: Path) -> None:
        path, target = folder / "cases" / FILE, folder.parent / "answers.yaml"
        path.parent.mkdir()
        path.symlink_to(target)
        assert "Move it elsewhere, and try again." in refused("rulebook", "test", str(folder), "--keep")
        assert not target.exists()

    @pytest.mark.long
    def test_why_there_is_no_answer_is_said_once_and_first_with_where(self, folder: Path) -> None:
        command(folder, "--keep")
        change(folder / "routes.yaml", "      - {}            # always", "      - {danger: yes}")
        case = folder / "cases" / f"{CASE}.yaml"
        text = case.read_text("utf-8").replace("title: ", "title: Again, ", 1)
        (folder / "cases" / "again.yaml").write_text(text, "utf-8")
        for name in ("first", "second"):
            written = yaml.safe_load(text)
            written |= {"title": f"The {name}", "record": {"situation": {}}}
            (folder / "cases" / f"{name}.yaml").write_text(yaml.safe_dump(written), "utf-8")
        result = command(folder, "--examples", "1")
        cases = " ".join(result.output.split("what was kept of it.")[1].split("FAILED")[0].split())
        assert cases.startswith("The rulebook gives no whole answer here. It lacks an urgency.")
        assert cases.count("The rulebook gives no whole answer here.") == 1
        assert "In 2 examples (first: The first; second: The second) and " in cases
        assert " signs alone (" in cases
        document = json.loads(command(folder, "--examples", "1", "--format", "json").stdout)
        weights = {
            one["weight"] for result in document["results"] for one in result["differs"] if "lacks" in one["what"]
        }
        assert weights == {"none"}

    @pytest.mark.long
    def test_a_reason_that_stands_under_no_heading_is_not_said_to(self, folder: Path) -> None:
        command(folder, "--keep")
        kept = folder / "cases" / FILE
        text = kept.read_text("utf-8")
        assert " under none" in text
        kept.write_text(re.sub(r"- \w+ under none", "- something_else under none", text), "utf-8")
        said = " ".join(command(folder, "--examples", "1").output.split())
        assert "reasons: no longer something_else In " in said
        assert "reasons: now also " in said
        assert "under none" not in said

    @pytest.mark.long
    def test_machines_read_each_cause_with_its_examples(self, folder: Path) -> None:
        command(folder, "--keep")
        change(folder / "rulebook.yaml", "number: (01432) 260800", "number: (03069) 990001")
        document = json.loads(command(folder, "--examples", "1", "--format", "json").stdout)
        (words,) = [one for one in document["results"] if one["kind"] == "words"]
        (cause,) = words["differs"]
        assert cause["weight"] == "kept"
        assert cause["what"].startswith("The number of mash changed")
        assert len(cause["of"]) == 3
        assert all(one["failure"] is None for one in document["results"] if one is not words)

    @pytest.mark.parametrize("content", ["- a list\n", "a-case: {A title: {steps: 1}}\n", "a: ]\n"])
    def test_kept_answers_that_cannot_be_read_are_refused(self, folder: Path, content: str) -> None:
        (folder / "cases" / FILE).parent.mkdir()
        (folder / "cases" / FILE).write_text(content, "utf-8")
        message = refused("rulebook", "test", str(folder))
        assert "answers.yaml:1:" in message
        assert_whole_sentences(message)

    def test_without_hypothesis_it_says_how_to_install_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("rhrt_cli.rulebook.test.find_spec", lambda _: None)
        message = refused("rulebook", "test")
        assert "pip install 'hypothesis>=6.100,<7'" in message


class TestSmall:
    """The same of the small rulebook, which is quick to try."""

    @pytest.fixture
    def small(self, tmp_path: Path) -> Path:
        return Path(copytree(BASE, tmp_path / "dale"))

    def test_a_sound_rulebook_passes_with_a_line_for_each_property(self, small: Path) -> None:
        result = command(small, "--examples", "20")
        assert result.exit_code == 0, result.output
        lines = result.output.splitlines()
        assert lines[:2] == [
            "Help in Time, Little Dale, edition 1",
            "ok         4 examples  The worked cases give what they say.",
        ]
        assert "ok         20 records  Nothing recorded gives no level." in lines
        assert "ok         2 sessions  A session of marking and undoing gives the answer of its" in lines
        assert lines[-1] == "All of it holds."
        assert max(map(len, lines)) <= 80

    @pytest.mark.long
    def test_what_was_told_is_kept_and_a_change_of_it_is_told_once(self, small: Path) -> None:
        assert "4 examples, of which 4 changed; " in command(small, "--keep").output
        assert "4 examples, of which 0 changed; " in command(small, "--keep").output
        change(small / "rulebook.yaml", "number: (03069) 990001", "number: (03069) 990009")
        result = command(small, "--examples", "1")
        assert result.exit_code == 1
        assert result.output.endswith("\n1 failed.\n"), "one cause is one failure"
        said = " ".join(result.output.split())
        cause = "The number of hub changed: kept “(03069) 990001”; given “(03069) 990009”. In "
        assert said.count("990009") == said.count(cause) == 1
        document = json.loads(command(small, "--examples", "1", "--format", "json").stdout)
        (words,) = [one for one in document["results"] if one["kind"] == "words"]
        (told,) = words["differs"]
        assert told["weight"] == "kept"
        assert told["what"].startswith("The number of hub changed")
        assert "4 examples, of which 0 changed; " in command(small, "--keep").output
        assert command(small, "--examples", "1").exit_code == 0

    def test_a_case_that_is_new_or_gone_and_an_answer_that_is_another_are_told(self, small: Path) -> None:
        command(small, "--keep")
        case = small / "cases" / "late-again.yaml"
        change(case, "title: ", "title: Again, ")
        change(case, "urgency: routine", "urgency: emergency")
        result = command(small, "--examples", "1")
        assert result.exit_code == 1
        said = " ".join(result.output.split())
        assert "urgency: expected emergency; given routine" in said
        assert "Nothing was kept of it yet. In " in said
        assert "This was kept, and is no longer there. In " in said


class TestPlugin:
    @pytest.fixture(autouse=True)
    def _only_what_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Load no plugin by its entry point: installed or not, this one is named once."""
        monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)

    @pytest.mark.long
    def test_there_is_a_test_for_each_case_and_property_and_no_test_file(
        self, pytester: pytest.Pytester, folder: Path
    ) -> None:
        result = pytester.runpytest_inprocess(*PLUGIN, "--rhrt-rulebook", str(folder), "--rhrt-examples", "5", "-v")
        result.assert_outcomes(passed=1 + 3 + 16 + 1)
        said = result.stdout.str()
        assert "rulebook.yaml::load PASSED" in said
        assert f"rulebook.yaml::case: {CASE}: A young man who cannot keep himself safe in his flat PASSED" in said
        assert f"rulebook.yaml::property: {ADDING} PASSED" in said
        assert "rulebook.yaml::session: a_session_of_marking_and_undoing" in said

    def test_a_test_can_be_chosen_by_its_name(self, pytester: pytest.Pytester, folder: Path) -> None:
        chosen = ("-k", "receipt or load", "--rhrt-examples", "5")
        result = pytester.runpytest_inprocess(*PLUGIN, "--rhrt-rulebook", str(folder), *chosen)
        result.assert_outcomes(passed=2, deselected=19)

    def test_a_broken_rule_fails_in_sentences_with_a_smallest_record(
        self, pytester: pytest.Pytester, folder: Path
    ) -> None:
        change(folder / "routes.yaml", RULE, BROKEN)
        result = pytester.runpytest_inprocess(*PLUGIN, "--rhrt-rulebook", str(folder), "-k", "adding_a_concern")
        result.assert_outcomes(failed=1, deselected=20)
        said = result.stdout.str()
        assert "Adding a concern never lowers the level or the urgency." in said
        assert SAYS in said
        assert "rulebook: herefordshire-2020\nindicators:\n" in said
        assert "Traceback" not in said
        assert "suite.py" not in said

    @pytest.mark.long
    def test_one_that_cannot_be_read_is_one_clear_failure_and_others_are_tried(
        self, pytester: pytest.Pytester, folder: Path
    ) -> None:
        pytester.makepyfile(test_own="def test_of_their_own(): pass")
        change(folder / "routes.yaml", RULE, MISTYPED)
        both = ("--rhrt-rulebook", str(folder), "--rhrt-rulebook", "herefordshire-2020", "-k", "load or their_own")
        result = pytester.runpytest_inprocess(*PLUGIN, *both)
        outcomes = result.parseoutcomes()
        assert (outcomes["passed"], outcomes["failed"]) == (2, 1)
        assert outcomes["deselected"] > 97
        said = result.stdout.str()
        assert re.search(r"routes\.yaml:\d+:20: 'graves' is not known here\. Did you mean grave", said)
        assert "INTERNALERROR" not in said

    @pytest.mark.parametrize(
        ("options", "says"),
        [
            (("--rhrt-examples", "0"), "Write a number of 1 or more"),
            (("--rhrt-examples", "x"), "invalid int value"),
        ],
    )
    def test_an_option_that_cannot_be_served_is_refused(
        self, options: tuple[str, ...], says: str, pytester: pytest.Pytester
    ) -> None:
        result = pytester.runpytest_inprocess(*PLUGIN, "--rhrt-rulebook", "herefordshire-2020", *options)
        assert result.ret == pytest.ExitCode.USAGE_ERROR
        assert says in result.stderr.str()

    def test_without_hypothesis_it_says_how_to_install_it(
        self, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(plugin, "find_spec", lambda _: None)
        result = pytester.runpytest_inprocess(*PLUGIN, "--rhrt-rulebook", "herefordshire-2020")
        assert result.ret == pytest.ExitCode.USAGE_ERROR
        assert "pip install 'hypothesis>=6.100,<7'" in result.stderr.str()

    @pytest.mark.long
    def test_beside_workers_and_a_random_order_no_warning_is_raised(self, folder: Path) -> None:
        others = ("-p", "xdist", "-n", "2", "-p", "randomly", "-W", "error", "-p", "no:cacheprovider")
        own = ("--rhrt-rulebook", ".", "--rhrt-examples", "2")
        python = (sys.executable, "-m", "pytest", *PLUGIN)
        result = subprocess.run([*python, *others, *own], cwd=folder, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stdout + result.stderr
        assert "21 passed" in result.stdout

    def test_without_its_option_it_imports_neither_the_engine_nor_hypothesis(self, tmp_path: Path) -> None:
        (tmp_path / "test_imports.py").write_text(
            "import sys\n\ndef test_imports():\n"
            "    ours = {name for name in sys.modules if name.startswith('rhrt')}\n"
            "    assert ours == {'rhrt', 'rhrt.testing', 'rhrt.testing.plugin'}\n"
            "    assert not {'hypothesis', 'pydantic', 'pydantic_core', 'yaml'} & set(sys.modules)\n",
            encoding="utf-8",
        )
        python = (sys.executable, "-m", "pytest", *PLUGIN, "-p", "no:cacheprovider")
        result = subprocess.run(python, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stdout + result.stderr

"""What the worked cases show of the rules: every rule applied, and every condition mattering on its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner, Result
from rhrt_cli.main import main

from rhrt import Record, load_rulebook
from rhrt.reasoning.plain import When
from rhrt.rulebook.kinds import Action, Case, Finding, Prompt, Source
from rhrt.rulebook.model import Basis, Heading, Indicator, Level, SituationField
from rhrt.steward.cases import Expected, WhatIf, WorkedCase, examples, read_examples
from rhrt.steward.folder import RulebookFolder, open_folder
from rhrt.steward.prove.shown import Condition, Shown, matters, shown
from tests.bad_input import assert_whole_sentences, marked, refused
from tests.conftest import RULEBOOK_FOLDER

UNABLE = {
    "Only a Level 4 sign has a basis, so a basis already says the level.": (
        "finding/harm, line 3: level",
        "finding/safety_named, line 1: level",
        "finding/could_be_grave, line 1: level",
    ),
    "Only that question has that answer.": (
        "finding/own_specialist, line 1: asked",
        "judgement/own_judgement, line 1: asked",
        "judgement/unsafe_to_ask, line 1: asked",
        "judgement/unsafe_to_tell, line 1: asked",
    ),
    "Harm comes from danger, from suspicion or from a Level 4 sign: each of them gives Level 4.": (
        "action/contact-mash/1, line 1: level",
        "action/contact-mash/6, line 1: level",
        "action/consult-mash-social-worker/1, line 1: level",
        "action/consult-mash-social-worker/2, line 1: level",
        "action/complete-marf/1, line 1: level",
        "action/refer-without-consent/1, line 1: level",
        "action/inform-parents/1, line 1: level",
        "afterwards/if-harm-is-looked-into, line 1: level",
        "afterwards/plan-and-court, line 1: level",
        "prompt/other-children-in-danger, line 1: level",
    ),
    "Grave is harm, or a Level 4 sign whose basis is safety: either gives Level 4.": (
        "urgency/immediate, line 1: level",
        "action/contact-mash/2, line 1: level",
        "action/seek-consent/5, line 1: level",
        "afterwards/immediate-harm-seen-first, line 1: level",
    ),
    "Harm is grave, so where nothing is grave there is no harm.": (
        "action/seek-consent/3, line 1: harm",
        "action/seek-consent/4, line 1: harm",
    ),
    "Below Level 4, what does not wait for MASH to open is a doubt or an alert: advice comes first at either.": (
        "action/consult-mash-social-worker/7, line 1: advice_first",
    ),
    "Where nobody has been asked and the parents may be told, it is not unsafe and nothing is held.": (
        "action/seek-consent/5, line 1: unsafe",
        "action/seek-consent/5, line 1: hold",
    ),
    "What is unsafe is not held as well: the parents are not told at all.": (
        "action/make-action-plan/1, line 1: hold",
    ),
    "The prompt is asked beside Level 4 signs and no others.": (
        "prompt/parents-part-does-not-hold, line 1: level",
        "prompt/sign-without-harm, line 1: level",
    ),
}
"""The conditions of Herefordshire's rules that cannot matter on their own, and why.

Each is kept: it says what is true anyway, and keeps its rule right if a finding ever comes to hold below Level 4.
"""


@pytest.fixture(scope="module")
def herefordshire() -> Shown:
    return shown(open_folder(), read_examples(RULEBOOK_FOLDER / "cases"))


def named(conditions: tuple[Condition, ...]) -> list[str]:
    return [f"{one.rule}, line {one.line}: {one.field}" for one in conditions]


@pytest.mark.long
def test_the_worked_cases_apply_every_rule_and_show_every_condition_to_matter(herefordshire: Shown) -> None:
    rules, conditions = len(herefordshire.rules), len(herefordshire.conditions)
    applied, mattering = rules - len(herefordshire.not_applied), conditions - len(herefordshire.not_shown)
    print(f"{applied} of {rules} rules, {mattering} of {conditions} conditions")
    assert herefordshire.not_applied == ()
    assert named(herefordshire.not_shown) == []
    assert (applied, mattering) == (rules, conditions)
    assert rules > 0
    assert conditions > 0


@pytest.mark.long
def test_what_cannot_matter_on_its_own_is_what_was_reviewed(herefordshire: Shown) -> None:
    assert sorted(named(herefordshire.unable)) == sorted(name for names in UNABLE.values() for name in names)


@pytest.mark.long
def test_what_can_be_shown_does_not_hang_on_what_the_cases_show(herefordshire: Shown) -> None:
    without = shown(open_folder(), [])
    assert (without.conditions, without.unable) == (herefordshire.conditions, herefordshire.unable)
    assert without.not_shown == without.conditions


@pytest.mark.long
def test_each_condition_is_counted_or_left_out_and_never_both(herefordshire: Shown) -> None:
    counted, unable = set(herefordshire.conditions), set(herefordshire.unable)
    assert len(counted) == len(herefordshire.conditions)
    assert not counted & unable
    assert {one.rule for one in counted | unable} <= set(herefordshire.rules)


WET_AND_LATE: When = [[("wet", {"yes"}), ("late", {"yes"})]]
BOTH, ONLY_WET, ONLY_LATE, NEITHER = (
    {"wet": wet, "late": late} for wet, late in (("yes", "yes"), ("yes", "no"), ("no", "yes"), ("no", "no"))
)


def test_a_condition_matters_where_the_line_holds_and_where_it_alone_fails() -> None:
    assert matters(WET_AND_LATE, 0, 0, [BOTH, ONLY_LATE])
    assert matters(WET_AND_LATE, 0, 1, [BOTH, ONLY_WET])


@pytest.mark.parametrize(
    "facts", [[], [BOTH], [ONLY_LATE], [BOTH, ONLY_WET], [BOTH, NEITHER], [ONLY_LATE, ONLY_WET]]
)
def test_a_condition_is_not_shown_by_half_of_that_nor_where_another_fails_too(facts: list[dict[str, str]]) -> None:
    assert not matters(WET_AND_LATE, 0, 0, facts)


def test_a_condition_by_itself_matters_where_it_holds_and_where_it_does_not() -> None:
    assert matters([[("wet", {"yes"})]], 0, 0, [ONLY_WET, NEITHER])
    assert not matters([[("wet", {"yes"})]], 0, 0, [ONLY_WET, BOTH])


def test_a_condition_is_not_shown_where_another_line_of_the_rule_holds_instead() -> None:
    wet_or_late: When = [[("wet", {"yes"})], [("late", {"yes"})]]
    assert not matters(wet_or_late, 0, 0, [ONLY_WET, ONLY_LATE])
    assert matters(wet_or_late, 0, 0, [ONLY_WET, NEITHER])
    assert not matters(wet_or_late, 1, 0, [ONLY_WET, NEITHER])


SOURCE = Source(document="framework", section="Section 1")
EXPECTED = Expected(level=None, route=None, urgency="later", harm=False, reasons=(), actions=())


def question(id_: str) -> SituationField:
    return SituationField(id=id_, question="Q?", why="W.", values=("no", "yes"), source=SOURCE)


def sign(id_: str, level: int, basis: str | None = None) -> Indicator:
    return Indicator(id=id_, level=level, basis=basis, heading="house", wording="w", also=(), source=SOURCE)


@pytest.fixture(scope="module")
def house() -> RulebookFolder:
    """Make up a rulebook about a leaking house. Only its worst sign, of Level 3, has a basis."""
    finding = Finding(
        id="flooding",
        meaning="m",
        about="indicator",
        when=({"mark": "present", "level": 3, "basis": "water"},),
        source=SOURCE,
    )
    fetch = Action(
        code="fetch-help",
        who="You",
        cases=(Case(when={"level": 3, "flooding": "yes", "late": "no"}, text="t"),),
        source=SOURCE,
    )
    prompt = Prompt(
        id="really",
        indicators=("damp",),
        when=({"level": 2, "late": "no"},),
        rank=1,
        text="t",
        why="w",
        basis="editorial",
        source=SOURCE,
    )
    rulebook = replace(
        load_rulebook(),
        id="house",
        levels=tuple(Level(level=n, name="n", meaning="m", source=SOURCE) for n in (1, 2, 3)),
        headings=(Heading(id="house", title="House", printed=()),),
        bases=(Basis(id="water", meaning="m"),),
        situation=(question("late"),),
        aliases={},
        indicators=(sign("dry", 1), sign("damp", 2), sign("flood", 3, "water"), sign("dark", 3)),
        ladders=(),
        findings=(finding,),
        judgements=(),
        routes=(),
        urgencies=(),
        actions=(fetch,),
        prompts=(prompt,),
        afterwards=(),
        safety=(),
    )
    return RulebookFolder(Path("house"), rulebook, {}, {})


def story(*present: str, absent: Sequence[str] = ()) -> Record:
    return Record.model_validate({"indicators": {"present": list(present), "absent": list(absent)}})


LATE = WhatIf(change="It is late.", situation={"late": "yes"}, expected=EXPECTED, why="w")
WITH_A_FLOOD = WhatIf(change="The tap was left on.", present=("flood",), expected=EXPECTED, why="w")


def told(record: Record, *what_if: WhatIf) -> WorkedCase:
    return WorkedCase(title="t", narrative="n", record=record, expected=EXPECTED, why="w", what_if=what_if)


DAMP = told(story("dry", "damp"), LATE, WITH_A_FLOOD)
FLOOD = told(story("flood"), LATE)
DARK = told(story("dark", absent=["dry", "damp", "flood"]))


def shown_by(folder: RulebookFolder, *cases: WorkedCase) -> Shown:
    return shown(folder, [example for case in cases for example in examples("case.yaml", case)])


def test_a_made_up_rulebook_is_shown_whole_but_for_what_can_never_matter(house: RulebookFolder) -> None:
    found = shown_by(house, DAMP, FLOOD, DARK)
    assert (found.not_applied, named(found.not_shown)) == ((), [])
    assert named(found.conditions) == [
        "level/1, line 1: mark",
        "level/1, line 1: level",
        "level/2, line 1: mark",
        "level/2, line 1: level",
        "level/3, line 1: mark",
        "level/3, line 1: level",
        "finding/flooding, line 1: mark",
        "finding/flooding, line 1: basis",
        "action/fetch-help/1, line 1: flooding",
        "action/fetch-help/1, line 1: late",
        "prompt/really, line 1: level",
        "prompt/really, line 1: late",
    ]
    assert named(found.unable) == ["finding/flooding, line 1: level", "action/fetch-help/1, line 1: level"]


def test_which_prompt_it_is_counts_as_no_condition(house: RulebookFolder) -> None:
    found = shown_by(house, DAMP)
    assert "prompt" not in {one.field for one in (*found.conditions, *found.unable)}


@pytest.mark.parametrize(
    ("case", "gone"),
    [
        (replace(DAMP, what_if=(WITH_A_FLOOD,)), ["prompt/really, line 1: late"]),
        (replace(DAMP, what_if=(LATE,)), ["prompt/really, line 1: level"]),
        (replace(DAMP, what_if=()), ["prompt/really, line 1: level", "prompt/really, line 1: late"]),
    ],
    ids=["not late", "no flood", "as told alone"],
)
def test_without_a_what_if_the_count_falls_by_what_it_showed(
    case: WorkedCase, gone: list[str], house: RulebookFolder
) -> None:
    whole, found = shown_by(house, DAMP, FLOOD, DARK), shown_by(house, case, FLOOD, DARK)
    assert named(found.not_shown) == gone
    assert found.not_applied == ()
    assert (found.conditions, found.unable) == (whole.conditions, whole.unable), "what can be shown stays the same"


def test_without_cases_no_rule_is_applied_and_no_condition_shown(house: RulebookFolder) -> None:
    found = shown_by(house)
    assert found.not_applied == found.rules
    assert found.not_shown == found.conditions
    assert len(found.rules) == 6


def test_a_prompt_is_applied_only_beside_what_it_speaks_of(house: RulebookFolder) -> None:
    assert "prompt/really" not in shown_by(house, DAMP).not_applied
    assert "prompt/really" in shown_by(house, told(story("dry"))).not_applied


def coverage(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["rulebook", "coverage", *arguments])


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Give a copy of the rulebook, with its cases."""
    return Path(copytree(RULEBOOK_FOLDER, tmp_path / "rules"))


@pytest.mark.long
def test_the_command_ends_with_0_where_all_is_shown_and_names_what_cannot_be(herefordshire: Shown) -> None:
    result = coverage()
    rules, conditions = len(herefordshire.rules), len(herefordshire.conditions)
    assert result.exit_code == 0
    said = result.output.splitlines()
    assert said[1:5] == [
        f"{rules} of {rules} rules applied",
        f"{conditions} of {conditions} conditions shown to matter on their own",
        "",
        "Not counted: no situation there can be would show it",
    ]
    assert said[5:] == [f"  - {name}" for name in named(herefordshire.unable)]


@pytest.mark.long
def test_the_command_gives_machines_the_same(herefordshire: Shown) -> None:
    result = coverage("--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.output) == {
        "cases": len(read_examples(RULEBOOK_FOLDER / "cases")),
        "rules": len(herefordshire.rules),
        "not_applied": [],
        "conditions": len(herefordshire.conditions),
        "not_shown": [],
        "unable": [{"rule": one.rule, "line": one.line, "field": one.field} for one in herefordshire.unable],
    }


@pytest.mark.long
def test_the_command_ends_with_1_and_names_what_a_missing_what_if_would_show(
    copied: Path, herefordshire: Shown
) -> None:
    path = copied / "cases" / "a-baby-at-the-house-next-door.yaml"
    path.write_text(path.read_text("utf-8").partition("what_if:\n")[0], "utf-8")
    (copied / "cases" / "two-buses-on-a-monday.yaml").unlink()  # the only other one that shows the same
    result = coverage(str(copied))
    assert result.exit_code == 1
    rules = len(herefordshire.rules)
    assert f"{rules - 1} of {rules} rules applied\n" in result.output
    listed = result.output.partition("Rules that no example applies\n")[2]
    missing, _, rest = listed.partition("\n\nConditions that no example shows to matter on their own\n")
    assert missing == "  - action/contact-chat/11"
    assert "  - action/contact-chat/11, line 1: could_be_specialist\n" in rest
    as_data = json.loads(coverage(str(copied), "--format", "json").output)
    assert as_data["not_applied"] == ["action/contact-chat/11"]
    shown_there = len(herefordshire.conditions) - len(as_data["not_shown"])
    assert f"{shown_there} of {len(herefordshire.conditions)} conditions" in result.output
    assert {"rule": "action/contact-chat/12", "line": 1, "field": "open"} in as_data["not_shown"]


def test_the_command_refuses_a_damaged_what_if_and_says_where(copied: Path) -> None:
    path = copied / "cases" / "hurt-by-an-older-brother.yaml"
    old, new = "  - change: He already", "  - ▶chnge: He already"
    content, places = marked(path.read_text("utf-8").replace(old, new, 1))
    path.write_text(content, "utf-8")
    said = refused("rulebook", "coverage", str(copied))
    assert_whole_sentences(said)
    assert f"{path.name}:{places[0]}: " in said


def test_the_command_refuses_a_rulebook_that_there_is_not() -> None:
    assert "There is no such rulebook." in refused("rulebook", "coverage", "nowhere")

"""The proof holds for the rulebook as it is, and fails, with a smallest record, where a rule is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from rhrt_cli.main import main

from rhrt import Record, Rulebook, Suggestion, assess
from rhrt.faults import EvaluatorsDiffer
from rhrt.reasoning.inference import Inference
from rhrt.reasoning.sets import SituationSets
from rhrt.reasoning.signs import Signs
from rhrt.reasoning.situations import Situations
from rhrt.rulebook.kinds import Conditions, SafetySentence, Source
from rhrt.steward.folder import RulebookFolder, open_folder
from rhrt.steward.prove.engine import agreement, together
from rhrt.steward.prove.promises import Counterexample, Proven, general
from rhrt.steward.prove.prove import prove
from rhrt.steward.prove.sentences import promised

SOURCE = Source(document="framework", section="Section 1")
SMALL = Path(__file__).parent / "checks" / "base"


@pytest.fixture(params=["small", pytest.param("herefordshire", marks=pytest.mark.long)])
def either(request: pytest.FixtureRequest, rulebook: Rulebook) -> Rulebook:
    """Give the small rulebook in the quick run, and Herefordshire's in the long one."""
    return open_folder(SMALL).rulebook if request.param == "small" else rulebook


@pytest.mark.long
def test_every_sentence_holds_for_herefordshire_over_every_situation(herefordshire: RulebookFolder) -> None:
    proven = prove(herefordshire, workers=2)
    assert [one for one in proven if one.broken] == []
    assert {one.id for one in herefordshire.rulebook.safety} < {one.id for one in proven}
    assert {one.id: one.tried for one in proven}["both-evaluators-agree"] == 921_600
    assert all(one.tried for one in proven), "no sentence is true of nothing"


def by_basis(basis: str, **answer: str) -> SafetySentence:
    return SafetySentence(id="by-basis", sentence="So it is.", source=SOURCE, basis=basis, answer=answer)


def sentences_of(rulebook: Rulebook) -> list[Proven]:
    situations = Situations(rulebook)
    return list(promised(situations, SituationSets(situations)))


def test_a_sentence_about_a_basis_holds_every_sign_of_the_highest_level_that_has_it() -> None:
    """The base names two signs of harm by id. A third, which no list names, is held too."""
    small = open_folder(SMALL).rulebook
    third = replace(small.indicator["hit"], id="burnt", n=11)
    for written, holds in ((by_basis("harm", harm="yes"), True), (by_basis("need", harm="yes"), False)):
        grown = replace(small, indicators=(*small.indicators, third), safety=(written,))
        (one,) = sentences_of(grown)
        assert one.tried
        assert (one.broken is None) == holds
    # A rule that no longer looks at that basis breaks it for the third sign alone, and for a sign at Level 2 never.
    unlike = replace(third, basis="need")
    for changed, broken in ((unlike, None), (replace(unlike, level=2, basis="harm"), None)):
        grown = replace(small, indicators=(*small.indicators, changed), safety=(by_basis("harm", harm="yes"),))
        assert [one.broken for one in sentences_of(grown)] == [broken]
    blind = tuple(
        replace(one, when=({"mark": "present", "level": 3, "basis": "need"},)) if one.id == "harm_named" else one
        for one in small.findings
    )
    (one,) = sentences_of(replace(small, findings=blind, safety=(by_basis("harm", harm="yes"),)))
    assert one.broken is not None
    assert one.broken.record["indicators"]["present"] in (["hit"], ["left-alone"])
    assert one.broken.how == "The answer is harm: no."


def test_a_sentence_about_a_basis_that_no_grave_sign_has_speaks_of_nothing() -> None:
    small = open_folder(SMALL).rulebook
    milder = tuple(replace(one, basis=None) if one.basis == "harm" else one for one in small.indicators)
    (one,) = sentences_of(replace(small, indicators=milder, safety=(by_basis("harm", harm="yes"),)))
    assert (one.tried, one.broken) == (0, None)


def test_one_process_proves_what_two_prove() -> None:
    small = open_folder(SMALL)
    assert prove(small, workers=1) == prove(small, workers=2)


def test_a_sentence_that_one_share_of_the_work_breaks_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    small = open_folder(SMALL)
    broken = Counterexample({"indicators": {}, "situation": {}}, "One share found this.")

    def breaking(situations: Situations, share: int, shares: int) -> Proven:
        found = agreement(situations, share, shares)
        return found._replace(broken=broken) if share == shares - 3 else found

    monkeypatch.setattr("rhrt.steward.prove.prove.agreement", breaking)
    assert outcome(prove(small), "both-evaluators-agree").broken == broken


def outcome(found: list[Proven], id_: str) -> Proven:
    return next(one for one in found if one.id == id_)


def sentence(**asked: Any) -> SafetySentence:
    return SafetySentence(id="tried", sentence="It holds.", source=SOURCE, **asked)


def tried(rulebook: Rulebook, **asked: Any) -> Proven:
    situations = Situations(replace(rulebook, safety=(sentence(**asked),)))
    (found,) = promised(situations, SituationSets(situations))
    return found


def test_a_step_that_is_missing_is_found_with_a_smallest_record() -> None:
    small = open_folder(SMALL).rulebook
    rest = tuple(action for action in small.actions if action.code != "call-999")
    found = tried(replace(small, actions=rest), when=({"danger": "yes"},), first=("call-999",))
    assert found.broken is not None
    assert found.broken.record == {"indicators": {}, "situation": {"danger": "yes"}}
    assert "The first step is" in found.broken.how


@pytest.mark.long
def test_a_step_that_herefordshire_lacks_is_found_with_a_smallest_record(rulebook: Rulebook) -> None:
    rest = tuple(action for action in rulebook.actions if action.code != "call-999-police")
    found = tried(
        replace(rulebook, actions=rest),
        when=({"immediate_danger": "yes"},),
        first=("call-999-ambulance",),
    )
    assert found.broken is not None
    assert found.broken.record == {"indicators": {}, "situation": {"immediate_danger": "yes"}}
    assert "The first step is" in found.broken.how


Shows = Callable[[Suggestion], bool]


def codes(suggestion: Suggestion) -> list[str]:
    return [step.code for step in suggestion.actions]


@pytest.mark.parametrize(
    ("asked", "how", "shows"),
    [
        ({"when": ({"level": 3},), "answer": {"route": "early-help"}}, "The answer is route: hub.",
         lambda given: (given.level, given.route) == (3, "hub")),
        ({"when": ({"level": 3},), "first": ("record-decision",)}, "The first step is",
         lambda given: given.level == 3 and codes(given)[0] != "record-decision"),
        ({"when": ({"level": 3},), "some": ("offer-help",)}, "Among the steps is none of: offer-help.",
         lambda given: given.level == 3 and "offer-help" not in codes(given)),
        ({"never": ("record-decision",)}, "Among the steps is: record-decision.",
         lambda given: "record-decision" in codes(given)),
        ({"indicators": ("often-late",), "answer": {"level": 2}}, "The answer is level: 3.",
         lambda given: given.level == 3 and "often-late" in given.record.present),
    ],
)  # fmt: skip
def test_a_sentence_that_is_not_true_says_how(asked: dict[str, Any], how: str, shows: Shows) -> None:
    says_how(open_folder(SMALL).rulebook, asked, how, shows)


@pytest.mark.parametrize(
    ("asked", "how", "shows"),
    [
        ({"when": ({"level": 3},), "answer": {"route": "mash-marf"}}, "The answer is route: chat-eha.",
         lambda given: (given.level, given.route) == (3, "chat-eha")),
        ({"when": ({"level": 3},), "first": ("record-decision",)}, "The first step is",
         lambda given: given.level == 3 and codes(given)[0] != "record-decision"),
        ({"when": ({"level": 3},), "some": ("contact-edt",)}, "Among the steps is none of: contact-edt.",
         lambda given: given.level == 3 and "contact-edt" not in codes(given)),
        ({"never": ("record-decision",)}, "Among the steps is: record-decision.",
         lambda given: "record-decision" in codes(given)),
        ({"indicators": ("lack-of-food",), "answer": {"level": 3}}, "The answer is level: 4.",
         lambda given: given.level == 4 and "lack-of-food" in given.record.present),
    ],
)  # fmt: skip
@pytest.mark.long
def test_a_sentence_that_is_not_true_of_herefordshire_says_how(
    asked: dict[str, Any], how: str, shows: Shows, rulebook: Rulebook
) -> None:
    says_how(rulebook, asked, how, shows)


def says_how(rulebook: Rulebook, asked: dict[str, Any], how: str, shows: Shows) -> None:
    """See that a sentence is broken as is said, and that an assessment of the record shows it."""
    found = tried(rulebook, **asked)
    assert found.broken is not None
    assert how in found.broken.how
    assert shows(assess(Record.model_validate(found.broken.record), rulebook))


@pytest.mark.parametrize(
    ("area", "sign"), [("small", "hit"), pytest.param("herefordshire", "lack-of-food", marks=pytest.mark.long)]
)
def test_a_sentence_about_a_sign_is_shown_with_that_sign(area: str, sign: str, rulebook: Rulebook) -> None:
    found = tried(
        open_folder(SMALL).rulebook if area == "small" else rulebook, indicators=(sign,), answer={"level": 2}
    )
    assert found.broken is not None
    assert found.broken.record == {"indicators": {"present": [sign]}, "situation": {}}


@pytest.mark.long
def test_alone_means_nothing_else_marked(rulebook: Rulebook) -> None:
    quiet = {"when": ({"immediate_danger": "no", "suspected_significant_harm": "no"},), "answer": {"level": 3}}
    assert tried(rulebook, indicators=("lack-of-food",), alone=True, **quiet).broken is None
    assert tried(rulebook, indicators=("lack-of-food",), **quiet).broken is not None


def lower_urgency(rulebook: Rulebook) -> Rulebook:
    """Make Level 2 prompt, and Levels 3 and 4 routine unless grave."""
    prompt = replace(rulebook.urgencies[2], when=({"could_be_specialist": "yes"}, {"unsafe": "yes"}, {"level": 2}))
    return replace(rulebook, urgencies=(*rulebook.urgencies[:2], prompt, *rulebook.urgencies[3:]))


def not_known_reassures(rulebook: Rulebook) -> Rulebook:
    danger = rulebook.findings[0]
    asked: Conditions = {"asked": "immediate_danger", "answer": ("yes", "no")}
    return replace(rulebook, findings=(replace(danger, when=(asked, *danger.when[1:])), *rulebook.findings[1:]))


def no_route_at_3(rulebook: Rulebook) -> Rulebook:
    routes = tuple(replace(one, when=({"level": 2},)) if one.id == "chat-eha" else one for one in rulebook.routes)
    return replace(rulebook, routes=routes)


def a_level_for_nothing(rulebook: Rulebook) -> Rulebook:
    return replace(rulebook, routes=(replace(rulebook.routes[0], when=({},)), *rulebook.routes[1:]))


def no_steps(rulebook: Rulebook) -> Rulebook:
    kept = tuple(one for one in rulebook.actions if one.code != "record-decision")
    return replace(rulebook, actions=kept[:1])


@pytest.mark.parametrize(
    ("id_", "wrongly", "how"),
    [
        ("a-concern-never-lowers", lower_urgency, "The urgency falls"),
        ("not-known-never-reassures", not_known_reassures, "The urgency falls from emergency to prompt."),
        ("nobody-is-left-without-a-way", no_route_at_3, "Level 3 has no route."),
        ("nobody-is-left-without-a-way", no_steps, "There is no next step."),
        ("nothing-recorded-is-no-level", a_level_for_nothing, "the route mash-marf"),
    ],
)
@pytest.mark.long
def test_each_general_sentence_can_fail(
    id_: str, wrongly: Callable[[Rulebook], Rulebook], how: str, rulebook: Rulebook
) -> None:
    found = outcome(list(general(Situations(wrongly(rulebook)))), id_)
    assert found.broken is not None
    assert how in found.broken.how
    assert len(found.broken.record["situation"]) <= 1, "the record is a smallest one"


@pytest.mark.parametrize(
    ("id_", "wrongly", "how"),
    [
        ("nobody-is-left-without-a-way", no_steps, "There is no next step."),
        ("nothing-recorded-is-no-level", a_level_for_nothing, "the route hub"),
    ],
)
def test_a_general_sentence_can_fail(id_: str, wrongly: Callable[[Rulebook], Rulebook], how: str) -> None:
    found = outcome(list(general(Situations(wrongly(open_folder(SMALL).rulebook)))), id_)
    assert found.broken is not None
    assert how in found.broken.how


def test_a_level_below_a_sign_would_be_found(either: Rulebook) -> None:
    situations = Situations(either)
    wrong = situations.each[0]._replace(signs=Signs(max(either.level), frozenset()))
    situations.__dict__["smallest_first"] = [wrong]
    found = outcome(list(general(situations)), "never-below-a-sign")
    assert found.broken is not None
    assert found.broken.how == "The level is only 0."


def test_an_engine_that_fires_otherwise_is_found(either: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    def differing(*_: object) -> None:
        raise EvaluatorsDiffer("The two evaluators differ on a fact about the answers.")

    monkeypatch.setattr(Inference, "fire", differing)
    found = agreement(Situations(either))
    assert found.broken is not None
    assert "differ" in found.broken.how


def test_situations_that_were_worked_out_wrongly_are_found(either: Rulebook) -> None:
    situations = Situations(either)
    each = list(situations.each)
    each[100] = each[100]._replace(rules=each[100].rules[1:])
    situations.__dict__["each"] = each
    found = agreement(situations)
    assert found.broken is not None
    assert "Other rules apply" in found.broken.how


def test_a_sign_that_was_worked_out_wrongly_is_found(either: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = Situations.signs_of
    sign = next(one.id for one in either.indicators if one.id in ("lack-of-food", "no-food"))

    def wrongly(self: Situations, id_: str, mark: str, age_band: str | None = None) -> Signs:
        told = honest(self, id_, mark, age_band)
        return Signs(1, frozenset()) if (id_, mark) == (sign, "present") else told

    monkeypatch.setattr(Situations, "signs_of", wrongly)
    found = agreement(Situations(either))
    assert found.broken is not None
    assert found.broken.record["indicators"] == {"present": [sign]}
    assert together(Situations(either)).broken is not None


def test_the_command_lists_every_sentence_with_its_number() -> None:
    result = CliRunner().invoke(main, ["rulebook", "prove", str(SMALL)])
    assert result.exit_code == 0
    said = " ".join(result.output.split())
    safety = open_folder(SMALL).rulebook.safety
    for one in safety:
        assert f"true {one.sentence} (" in said
    assert f"All {7 + len(safety)} sentences hold." in said


def test_the_command_shows_a_record_that_can_be_fed_to_assess(tmp_path: Path) -> None:
    copy = Path(copytree(SMALL, tmp_path / "area"))
    actions = copy / "actions.yaml"
    text = actions.read_text(encoding="utf-8").replace("when: {danger: yes}", "when: {danger: yes, night: no}", 1)
    actions.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["rulebook", "prove", str(copy)])
    assert result.exit_code == 1
    assert "FALSE  In danger, 999 comes first." in result.output
    assert "Do not use this rulebook until they do." in " ".join(result.output.split())
    data = json.loads(CliRunner().invoke(main, ["rulebook", "prove", str(copy), "--format", "json"]).output)
    (failed,) = [one for one in data if not one["holds"]]
    assert failed["id"] == "danger-first"
    shown = result.output.split("A smallest record that shows it:\n\n")[1].split("\n\n")[0]
    assert yaml.safe_load(shown) == failed["record"]
    record = tmp_path / "record.yaml"
    record.write_text(shown, encoding="utf-8")
    given = CliRunner().invoke(main, ["assess", str(record), "--rulebook", str(copy), "--format", "json"])
    assert given.exit_code == 0, given.output
    assert "call-999" not in [step["code"] for step in json.loads(given.stdout)["actions"]]

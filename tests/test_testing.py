"""What a steward tries a rulebook with finds what is broken: no property is a check that cannot fail."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test

from rhrt import NotWhole, Record, Rulebook, Suggestion, assess
from rhrt.reasoning.engine import Engine
from rhrt.record import check
from rhrt.rulebook.kinds import HARM, Finding
from rhrt.steward.cases import Example, Expected
from rhrt.testing import properties, session, suite
from rhrt.testing.properties import PROPERTIES, sentence, suggest
from rhrt.testing.strategies import records, rulebooks
from rhrt.testing.suite import Check, Loaded, Result, checks, explained
from tests.broken import (
    BROKEN,
    LEVEL_2,
    LEVEL_2_SEEN,
    LEVEL_3,
    RULEBOOK,
    SOURCE,
    Assess,
    Broken,
    first_urgency,
    judged,
)
from tests.conftest import the_rest_long

MARRAM = str(Path(__file__).parent / "frameworks" / "marram-2025")

GENERATE = settings(
    max_examples=300, derandomize=True, database=None, phases=[Phase.generate], suppress_health_check=[*HealthCheck]
)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: f"{broken.property.__name__}: {broken.says[:40]}")
def test_a_property_finds_what_is_broken_and_says_so(broken: Broken, monkeypatch: pytest.MonkeyPatch) -> None:
    broken.property(RULEBOOK, broken.record)  # of what is sound, it holds
    monkeypatch.setattr(properties, "assess", broken.assess)
    with pytest.raises(AssertionError) as found:
        broken.property(broken.rulebook, broken.record)
    assert broken.says in str(found.value)


def test_each_property_is_broken_in_some_way_and_reads_as_a_sentence() -> None:
    assert {broken.property for broken in BROKEN} == set(PROPERTIES)
    for property_ in PROPERTIES:
        assert 3 <= len(sentence(property_).split()) <= 12, sentence(property_)


def test_a_judgement_may_ask_for_what_an_indicator_establishes() -> None:
    """It once ended in an error where somebody asked what would change."""
    suggestion = suggest(LEVEL_2_SEEN, {"indicators": {"present": [LEVEL_2]}})
    assert (suggestion.level, suggestion.reasons[0].rule) == (4, "judgement/judged")
    assert [change.direction for change in suggestion.would_change] == []
    assert all(not change.situation.get("seen") for change in suggest(LEVEL_2_SEEN, {}).would_change)


def test_harm_may_be_what_one_indicator_establishes() -> None:
    """Every answer of such a rulebook once ended in an error."""
    harm = Finding(id=HARM, meaning="m", about="indicator", when=({"mark": "present", "level": 3},), source=SOURCE)
    others = tuple(one for one in RULEBOOK.findings if one.id != HARM)
    rulebook = replace(RULEBOOK, findings=(harm, *others))
    assert suggest(rulebook, {"indicators": {"present": [LEVEL_3]}}).harm
    assert not suggest(rulebook, {"indicators": {"present": [LEVEL_2], "absent": [LEVEL_3]}}).harm


def test_what_would_change_leaves_out_a_rung_that_cannot_be_recorded() -> None:
    """It once ended in an error where somebody asked what would change."""
    ladder = next(one for one in RULEBOOK.ladders if len(one.rungs) > 2)
    below, above, further = ladder.rungs[:3]
    stated = tuple(replace(one, recordable=one.id != above) for one in RULEBOOK.indicators)
    for rulebook, next_up in ((RULEBOOK, above), (replace(RULEBOOK, indicators=stated), further)):
        changes = suggest(rulebook, {"indicators": {"present": [below]}}).would_change
        assert next_up in [id_ for change in changes for id_ in change.present]
        assert above == next_up or above not in [id_ for change in changes for id_ in change.present]


class TestRecords:
    @pytest.mark.parametrize("mark", properties.MARKS)
    def test_indicators_are_marked_in_every_way(self, mark: str) -> None:
        assert find(records(RULEBOOK), lambda record: len(record["indicators"][mark]) > 1, settings=GENERATE)

    @pytest.mark.parametrize("part", ["child", "circumstances", "situation", "judgement"])
    def test_every_other_part_is_there_or_left_out(self, part: str) -> None:
        assert find(records(RULEBOOK), lambda record: bool(record.get(part)), settings=GENERATE)
        assert not find(records(RULEBOOK), lambda record: not record.get(part), settings=GENERATE).get(part)

    @settings(max_examples=20)
    @given(data=st.data())
    def test_a_generated_rulebook_is_within_the_limits_and_its_records_fit(self, data: st.DataObject) -> None:
        rulebook = data.draw(rulebooks())
        record = check(Record.model_validate(data.draw(records(rulebook))), rulebook)
        with suppress(NotWhole):  # the rules of most leave some answers half
            assert Engine(rulebook).suggest(record).record == record


def session_with(monkeypatch: pytest.MonkeyPatch, engine: Assess) -> str:
    """Try sessions of marking with an engine that is not right, and say what was found."""
    monkeypatch.setattr(session, "assess", engine)
    with pytest.raises(AssertionError) as found:
        run_state_machine_as_test(session.session_of(RULEBOOK), settings=settings(GENERATE, max_examples=30))
    return str(found.value)


def wrong(where: Callable[[Record], bool], **parts: Any) -> Assess:
    """Give an engine that shows parts of some answers otherwise than they are."""

    def assessing(record: Record, rulebook: Rulebook) -> Suggestion:
        suggestion = assess(record, rulebook)
        return replace(suggestion, **parts) if where(record) else suggestion

    return assessing


class TestSession:
    @pytest.mark.long
    @pytest.mark.parametrize(
        ("engine", "says"),
        [
            (wrong(lambda record: bool(record.indicators.not_known), level=1), "The answer is Level 1."),
            (wrong(lambda record: bool(record.indicators.present), reasons=()), "The reasons are "),
            (wrong(lambda record: bool(record.situation), actions=()), "It is none."),
            (wrong(lambda record: bool(record.situation), route="elsewhere"), "The answer is ('elsewhere'"),
            (wrong(lambda r: r.judgement is not None, route="elsewhere"), "The answer is ('elsewhere'"),
        ],
    )
    def test_an_answer_that_is_not_that_of_the_marks_is_found(
        self, engine: Assess, says: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert says in session_with(monkeypatch, engine)

    def test_an_answer_that_differs_after_undoing_is_found(self, monkeypatch: pytest.MonkeyPatch) -> None:
        machine = session.session_of(RULEBOOK)()
        machine._mark(LEVEL_2, "present")
        machine.undo()
        machine._mark(LEVEL_2, "present")
        monkeypatch.setattr(session, "assess", wrong(lambda _: True, level=2))
        with pytest.raises(AssertionError, match="Undone, the answer is not what it was before"):
            machine.undo()

    def test_printing_that_is_not_the_same_twice_is_found(self, monkeypatch: pytest.MonkeyPatch) -> None:
        printed = count()
        monkeypatch.setattr(session, "as_text", lambda _: str(next(printed)))
        result = checks(Loaded(RULEBOOK, []))[-1].run(50)
        assert result.failure == "Printed again, the answer reads differently."
        assert (result.kind, result.record) == ("session", {"rulebook": RULEBOOK.id})


def run(rulebook: Rulebook, name: str, examples: int = 200) -> Result:
    """Try one property of a rulebook."""
    return next(one for one in checks(Loaded(rulebook, [])) if one.name == name).run(examples)


class TestSuite:
    NAME = "strengths_never_lower_the_level_or_the_urgency"

    def test_the_smallest_record_is_kept_and_is_the_same_at_every_run(self) -> None:
        broken = first_urgency({"medical_emergency": "no"})
        first, second = (run(broken, "what_is_not_known_never_lowers_the_level_or_the_urgency") for _ in range(2))
        assert first == second
        assert first.record == {"rulebook": RULEBOOK.id}
        assert "less urgent" in (first.failure or "")

    def test_the_smallest_record_holds_no_more_than_it_takes(self) -> None:
        broken = first_urgency({"seen": "no"}, {"mark": "present", "basis": "safety"})
        result = run(broken, "adding_a_concern_never_lowers_the_level_or_the_urgency")
        (present,) = (result.record or {})["indicators"]["present"]
        assert RULEBOOK.indicator[present].basis == "safety"
        assert set(result.record or {}) == {"rulebook", "indicators"}
        assert explained(result, "somewhere")[1].endswith("rhrt assess FILE --rulebook somewhere")

    def test_a_property_that_holds_says_how_many_records_were_tried(self) -> None:
        result = run(RULEBOOK, self.NAME, 15)
        assert (result.tried, result.failure, result.record) == (15, None, None)
        assert result.sentence == "Strengths never lower the level or the urgency."

    def test_an_error_is_a_failure_with_its_record(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def failing(_record: Record, _rulebook: Rulebook) -> Suggestion:
            raise KeyError("seen")

        monkeypatch.setattr(properties, "assess", failing)
        result = run(RULEBOOK, self.NAME)
        assert result.failure == "This ended in an error, KeyError: 'seen'"
        assert result.record == {"rulebook": RULEBOOK.id}

    def test_a_worked_case_says_what_was_expected_and_what_was_given(self) -> None:
        expected = Expected(level=2, route=None, urgency="routine", harm=True, reasons=(), actions=("wait",))
        record = Record.model_validate({"indicators": {"present": [LEVEL_3]}})
        (case, *_) = checks(Loaded(RULEBOOK, [Example("a.yaml", "A case", record, expected)]))
        result = case.run(1)
        assert (result.kind, result.name) == ("case", "a: A case")
        said = (result.failure or "").splitlines()
        assert said[:4] == [
            "level: expected 2; given 3",
            "route: expected none; given chat-eha",
            "harm: expected yes; given no",
            f"reasons: given {LEVEL_3}, which is not expected",
        ]
        assert said[4] == "actions: expected wait, which is not given"

    def test_a_worked_case_that_does_not_fit_the_rulebook_says_where(self) -> None:
        record = Record.model_validate({"indicators": {"present": ["no-such-thing"]}})
        expected = Expected(level=None, route=None, urgency="routine", harm=False, reasons=(), actions=())
        (case, *_) = checks(Loaded(RULEBOOK, [Example("a.yaml", "A case", record, expected)]))
        assert "There is no indicator 'no-such-thing'." in (case.run(1).failure or "")

    def test_everything_is_tried_of_the_rulebook_that_comes_with_rhrt(self) -> None:
        tried: list[Check] = checks(suite.load())
        kinds = [one.kind for one in tried]
        assert kinds.count("case") == len(suite.load().examples) > 70
        assert kinds.count("property") == len(PROPERTIES)
        assert kinds[-1] == "session"
        assert len({(one.kind, one.name) for one in tried}) == len(tried)

    @pytest.mark.parametrize("named", the_rest_long([None, MARRAM], MARRAM))
    def test_what_was_kept_of_the_frameworks_here_is_what_they_say(self, named: str | None) -> None:
        results = [one.run(1) for one in checks(suite.load(named)) if one.kind in ("case", "words", "sign")]
        assert {result.kind for result in results} == {"case", "words", "sign"}
        assert [result.failure for result in results if result.failure] == []

    def test_a_judgement_that_always_holds_is_found(self) -> None:
        assert "the answer is Level 4" in (run(judged({}), "nothing_recorded_gives_no_level").failure or "")

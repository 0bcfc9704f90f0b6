"""The engine stays inside its limits, remembers what it may, and shows no level where anything is amiss."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence, Sized
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import cycle
from types import SimpleNamespace
from typing import Any

import pytest

from rhrt import BadInput, EvaluatorsDiffer, Record, Rulebook, assess
from rhrt.reasoning import assess as assessing
from rhrt.reasoning import durable, inference, program
from rhrt.reasoning.assess import MOST_READY
from rhrt.reasoning.compiled import CompiledRuleset
from rhrt.reasoning.durable import Ruleset
from rhrt.reasoning.engine import Engine
from rhrt.reasoning.facts import about_thing
from rhrt.record import CheckedRecord, check
from rhrt.rulebook.conditions import About, vocabulary
from rhrt.rulebook.kinds import Case, Finding, Source

SOURCE = Source(document="framework", section="Section 1")


def checked(rulebook: Rulebook, *present: str, **answers: str) -> CheckedRecord:
    record = {"indicators": {"present": list(present)}, "situation": answers}
    return check(Record.model_validate(record), rulebook)


Second = type[Ruleset] | type[CompiledRuleset]


@pytest.fixture(params=["durable-rules", "compiled"] if durable.engine else ["compiled"])
def second(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Second:
    """Give each evaluator that can stand beside the plain one here."""
    if request.param == "durable-rules":
        return Ruleset
    monkeypatch.setattr(durable, "engine", None)
    return CompiledRuleset


def test_durable_rules_drives_the_inference_wherever_it_can_be_imported_as_released() -> None:
    assert durable.engine is not None or sys.version_info >= (3, 13), "Install durable-rules."


def test_the_receipt_names_what_evaluated(second: Second, rulebook: Rulebook) -> None:
    names = {Ruleset: "durable-rules 2.0.28", CompiledRuleset: "compiled"}
    suggestion = Engine(rulebook).suggest(checked(rulebook))
    assert suggestion.receipt.evaluated_by == (names[second], "reference")


def test_a_ruleset_of_durable_rules_is_a_fault_where_that_cannot_be_imported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(durable, "engine", None)
    with pytest.raises(EvaluatorsDiffer, match="not installed"):
        Ruleset("indicator", {}, ())


def test_each_distinct_fact_is_inferred_once_in_a_process(
    second: Second, rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, Any]] = []
    fire: Any = second.fire

    def counting(self: object, facts: Iterable[Any]) -> Any:
        listed = list(facts)
        asked.extend(listed)
        return fire(self, listed)

    monkeypatch.setattr(second, "fire", counting)
    engine = Engine(rulebook)
    record = checked(rulebook, "abuse-or-neglect", "persistent-absence", consent="given")
    for _ in range(3):
        engine.conclusions.decide(record)
    things = [(fact["indicator"], fact["asked"]) for fact in asked if "mark" in fact]
    assert things == [
        ("persistent-absence", "none"),
        ("abuse-or-neglect", "none"),
        ("none", "immediate_danger"),
        ("none", "medical_emergency"),
        ("none", "suspected_significant_harm"),
        ("none", "open_to_social_care"),
        ("none", "consent"),
        ("none", "informing_parents"),
    ]
    assert len(asked) == len(things) + 2  # the answers, the situation
    for _ in range(3):
        engine.suggest(record)
    looks = [tuple(fact.items()) for fact in asked]
    assert len(looks) > len(things) + 2, "for what stands beside, more is asked"
    assert len(looks) == len({*looks})


def test_facts_that_look_the_same_to_every_rule_are_inferred_once(
    second: Second, rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    fire: Any = second.fire

    def counting(self: object, facts: Sequence[Any]) -> Any:
        asked.append(len(facts))
        return fire(self, facts)

    monkeypatch.setattr(second, "fire", counting)
    inferring = inference.Inference(rulebook)
    assert "heading" not in inferring.fields["recorded"]
    (fact,) = about_thing(rulebook, ("lack-of-food", "present"), None)
    (other,) = about_thing(rulebook, ("persistent-absence", "present"), None)
    fired = inferring.fire("recorded", fact, {**fact, "heading": "health"}, other)
    assert [one.rules for one in fired] == [("level/3",)] * 3
    assert asked == [2]


def test_the_memory_is_bounded(rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inference, "MOST_REMEMBERED", 10)
    engine = Engine(rulebook)
    ids = list(rulebook.position)
    memories: tuple[Sized, ...] = (
        engine.conclusions.remembered,
        engine.conclusions.remembered_answers,
        engine.conclusions.concluded,
        engine.conclusions.inference.remembered,
    )
    most = [0] * len(memories)
    consents, informings = (rulebook.field[id_].values for id_ in ("consent", "informing_parents"))
    for start, consent, informing in zip(range(0, 96, 4), cycle(consents), cycle(informings[1:]), strict=False):
        record = checked(rulebook, *ids[start : start + 4], consent=consent, informing_parents=informing)
        suggestion = engine.suggest(record)
        signs = [one for one in (*suggestion.reasons, *suggestion.also_recorded) if one.indicator]
        assert len(signs) == 4
        assert suggestion.prompts is suggestion.prompts
        most = [max(before, len(memory)) for before, memory in zip(most, memories, strict=True)]
    assert all(5 < one <= 10 for one in most), "each was filled, and none beyond its bound"


def test_many_threads_get_the_answers_that_one_gets(rulebook: Rulebook) -> None:
    ids = list(rulebook.position)
    records = [checked(rulebook, *ids[start::17]) for start in range(17)]
    alone = [Engine(rulebook).suggest(record).model_dump(mode="json") for record in records]
    shared = Engine(rulebook)
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda record: shared.suggest(record).model_dump(mode="json"), records * 4))
    assert together == alone * 4


@pytest.mark.long
def test_of_many_rulebooks_the_last_few_are_kept_ready_and_an_older_one_still_answers(rulebook: Rulebook) -> None:
    copies = [replace(rulebook, title=f"Copy {number}") for number in range(MOST_READY + 2)]
    record = Record.model_validate({"indicators": {"present": ["lack-of-food"]}})
    answers = {json.dumps(assess(record, copy).model_dump(mode="json")["actions"]) for copy in [*copies, copies[0]]}
    assert len(answers) == 1
    assert len(assessing._ready) <= MOST_READY
    assert copies[-1].sha256 in assessing._ready
    assert copies[1].sha256 not in assessing._ready


Fired = list[tuple[tuple[str, ...], tuple[str, ...]]]


def one_rule_more(fired: Fired) -> Fired:
    return [((*rules, "level/1"), found) for rules, found in fired]


def one_rule_less(fired: Fired) -> Fired:
    return [(rules[1:], found) for rules, found in fired]


def a_finding_less(fired: Fired) -> Fired:
    return [(rules, ()) for rules, _ in fired]


@pytest.mark.parametrize("wrongly", [one_rule_more, one_rule_less, a_finding_less])
def test_an_engine_that_fires_wrongly_gives_no_answer(
    wrongly: Any, second: Second, rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    fire: Any = second.fire
    monkeypatch.setattr(second, "fire", lambda self, facts: wrongly(fire(self, facts)))
    with pytest.raises(EvaluatorsDiffer):
        Engine(rulebook).suggest(checked(rulebook, "abuse-or-neglect"))


def test_a_second_opinion_that_concludes_otherwise_gives_no_answer(
    rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Engine(rulebook)
    reference = engine.conclusions.plain
    honest = reference.evaluate
    for part, value in (("level", 2), ("route", None), ("urgency", "routine"), ("harm", False), ("actions", ())):
        monkeypatch.setattr(
            reference, "evaluate", lambda record, part=part, value=value: honest(record)._replace(**{part: value})
        )
        with pytest.raises(EvaluatorsDiffer):
            engine.suggest(checked(rulebook, "abuse-or-neglect"))


def test_a_second_opinion_with_other_reasons_gives_no_answer_even_from_memory(
    rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Engine(rulebook)
    record = checked(rulebook, "abuse-or-neglect", "persistent-absence")
    engine.suggest(record)
    for wrong in ((3, ("persistent-absence",)), (4, ()), (4, ("persistent-absence",)), (0, ())):
        monkeypatch.setattr(engine.conclusions.plain, "highest", lambda record, wrong=wrong: wrong)  # noqa: ARG005
        with pytest.raises(EvaluatorsDiffer):
            engine.suggest(record)


class Stub:
    """A C module that answers as a test wants, once the ruleset has been primed."""

    error = RuntimeError

    def __init__(self, code: int = 0, messages: tuple[str | None, ...] = (None,)) -> None:
        self.code, self.messages, self.deleted = code, list(messages), 0
        self.primed = False

    def create_ruleset(self, *_: object) -> int:
        return 1

    def assert_fact(self, *_: object) -> tuple[int, int]:
        return (self.code if self.primed else 0), 1

    def start_action_for_state(self, *_: object) -> tuple[str, str | None] | None:
        if not self.primed:
            return "", '{"seen_prime":{"m":{}}}'
        message = self.messages.pop(0)
        return ("", message) if message else None

    def complete_and_start_action(self, *_: object) -> str | None:
        return self.messages.pop(0) if self.primed and self.messages else None

    def delete_state(self, *_: object) -> None:
        self.deleted += 1
        self.primed = True

    def delete_ruleset(self, *_: object) -> None:
        self.primed = False


FACT = '{"kind":"indicator","level":4,"id":"1","sid":"0"}'


@pytest.mark.parametrize(
    ("stub", "said"),
    [
        (Stub(code=1), "refused"),
        (Stub(code=2), "refused"),
        (Stub(messages=(None,)), "fired nothing"),
        (Stub(messages=('{"seen_indicator":{"m":' + FACT.replace("4", "3") + "}}",)), "altered"),
        (Stub(messages=('{"r0_0":{"m":' + FACT + "}}",)), "lost"),
    ],
)
def test_an_engine_that_refuses_loses_or_alters_a_fact_is_a_fault(
    stub: Stub, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durable, "engine", stub)
    rule = program.Rule("level/4", "recorded", ((("level", "==", 4),),))
    ruleset = Ruleset("indicator", {"level": int}, (rule,))
    with pytest.raises(EvaluatorsDiffer, match=said):
        ruleset.fire([{"level": 4}])
    assert stub.deleted == 2, "the session is deleted after priming and after the fault"


def test_whatever_the_engine_raises_ends_in_no_answer(
    second: Second, rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("could not delete state, error code: 309")

    engine = Engine(rulebook)
    monkeypatch.setattr(second, "fire", broken)
    with pytest.raises(EvaluatorsDiffer, match="failed"):
        engine.suggest(checked(rulebook, "abuse-or-neglect"))


def test_a_session_that_is_not_there_to_delete_is_no_fault_but_another_error_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stub = Stub()
    monkeypatch.setattr(durable, "engine", stub)
    ruleset = Ruleset("indicator", {"level": int}, ())

    def raising(code: int) -> Any:
        def delete(*_: object) -> None:
            raise RuntimeError(f"error code: {code}")

        return delete

    monkeypatch.setattr(stub, "delete_state", raising(309))
    assert ruleset.fire([]) == []
    monkeypatch.setattr(stub, "delete_state", raising(301))
    with pytest.raises(RuntimeError, match="301"):
        ruleset.fire([])


def with_cases(rulebook: Rulebook, cases: Iterable[Case]) -> Rulebook:
    action = rulebook.actions[0]
    changed = type(action)(code="many", who="You", cases=tuple(cases), source=SOURCE)
    return replace(rulebook, actions=(changed,))


def test_more_rules_than_the_engine_is_safe_with_are_refused_before_it_sees_them(rulebook: Rulebook) -> None:
    questions = rulebook.field
    many = [
        Case(
            when={"consent": consent, "informing_parents": informing, "immediate_danger": danger, "level": n},
            text="t",
        )
        for consent in questions["consent"].values
        for informing in questions["informing_parents"].values
        for danger in questions["immediate_danger"].values
        for n in range(5)
    ]
    with pytest.raises(BadInput, match="200 is the most"):
        program.program_of(with_cases(rulebook, many))


def test_more_rules_at_once_than_the_engine_is_safe_with_are_refused(rulebook: Rulebook) -> None:
    with pytest.raises(BadInput, match="apply at once"):
        program.program_of(with_cases(rulebook, [Case(when={}, text="t")] * 61))


def test_a_rule_of_too_many_terms_and_a_value_too_long_are_refused(
    rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = Finding(id="long", meaning="m", about="answers", when=({"consent": "x" * 2_001},), source=SOURCE)
    with pytest.raises(BadInput, match="longer than 2000 bytes"):
        program.program_of(replace(rulebook, findings=(*rulebook.findings, long)))
    monkeypatch.setattr(program, "MOST_TERMS", 2)
    with pytest.raises(BadInput, match="2 is the most"):
        program.program_of(rulebook)
    monkeypatch.setattr(program, "MOST_TERMS", 20)
    monkeypatch.setattr(program, "MOST_CONSTANTS", 2)
    with pytest.raises(BadInput, match="is compared with"):
        program.program_of(rulebook)


def test_the_bound_on_what_fires_at_once_is_never_below_what_does(rulebook: Rulebook) -> None:
    rules = program.program_of(rulebook).rules
    words = {about: vocabulary(rulebook, about) for about in rules}
    assert {about: program.most_firing(own, words[about]) <= 60 for about, own in rules.items()} == dict.fromkeys(
        rules, True
    )
    for answers in ({"immediate_danger": "yes"}, {"consent": "refused"}, {}):
        record = checked(rulebook, "abuse-or-neglect", **answers)
        traced = [rules for _, rules in assessing.trace(record, rulebook)]
        of_one: list[About] = ["recorded"]
        abouts: list[About] = [*of_one * (len(traced) - 2), "answers", "situation"]
        for fired, about in zip(traced, abouts, strict=True):
            assert len(fired) <= program.most_firing(rules[about], words[about])


def test_the_trace_shows_each_fact_with_the_rules_it_fired(rulebook: Rulebook) -> None:
    written = {
        "indicators": {"present": ["lack-of-food"], "not_known": ["abuse-or-neglect"]},
        "situation": {"suspected_significant_harm": "no"},
        "follow_ups": {"suicide-or-serious-self-harm": "no", "going-hungry": "yes"},
        "judgement": {"level": 4},
    }
    record = check(Record.model_validate(written), rulebook)
    facts = [fact for fact, _ in assessing.trace(record, rulebook)]
    fired = [rules for _, rules in assessing.trace(record, rulebook)]
    things = [fact.get("indicator") if fact.get("asked") == "none" else fact.get("asked") for fact in facts]
    assert things == [
        "lack-of-food", "abuse-or-neglect",
        "immediate_danger", "medical_emergency", "suspected_significant_harm",
        "open_to_social_care", "consent", "informing_parents", "judgement",
        "suicide-or-serious-self-harm", "suicide-or-serious-self-harm", "going-hungry",
        None, None,
    ]  # fmt: skip
    assert [fact["names"] for fact in facts[9:12]] == ["medical", "consult", "consult"]
    assert fired[0] == ("level/3",)
    assert set(fired[1]) == {"finding/could_be_specialist", "finding/could_be_grave"}
    assert [set(rules) for rules in fired[2:12]] == [
        set(), set(), {"finding/harm_ruled_out"}, set(), set(), set(),
        {"finding/own_specialist", "judgement/own_judgement"}, set(), set(),
        {"finding/alert", "judgement/follow_up_that_asks_for_a_step"},
    ]  # fmt: skip
    assert {"finding/advice_first", "finding/hold", "finding/tell_nobody_yet"} <= set(fired[12])
    assert {"route/chat-eha", "urgency/prompt", "urgency/routine"} <= set(fired[13])
    assert SimpleNamespace(**facts[13]).level == 3

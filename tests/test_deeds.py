"""What is done first is what is said first, and one call is told once, in every situation there can be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

import pytest

from rhrt import Record, Rulebook, Suggestion, assess
from rhrt.present.outline import Item, Section, headline, outline
from rhrt.reasoning.situations import Situations
from rhrt.rulebook.deeds import only_forbids, short_name
from tests.test_decision_table import every_kind

SOME = 100
"""Of how many situations the quick run tries what they tell to do."""


def told(situations: Situations, most: int | None = None) -> Iterator[Suggestion]:
    """Give a suggestion for each way in which the steps of situations differ."""
    every, seen = every_kind(situations), set[tuple[str, ...]]()
    for signs, answers in every if most is None else Random(1).sample(every, min(most, len(every))):
        situation = situations.situation(signs, answers)
        steps = tuple(situation.steps.values())
        if steps not in seen:
            seen.add(steps)
            yield assess(Record.model_validate(situations.record(situation)), situations.rulebook)


def numbered(suggestion: Suggestion) -> Section:
    """Give the numbered steps as they are said."""
    return next(section for section in outline(suggestion).sections if section.numbered)


def as_it_should_be(suggestion: Suggestion) -> None:
    """See that an answer begins with its deed, and loses none of its steps."""
    said, steps = outline(suggestion), numbered(suggestion)
    first = said.sections[0].title == "First, check" and suggestion.urgency == suggestion.rulebook.urgencies[-1].id
    assert said.headline == headline(suggestion)
    if first:
        assert said.headline == "First, check this: it can change what to do"
    else:
        assert steps.items[0].text.startswith(said.headline)
    assert not only_forbids(steps.items[0].text)
    forbidden = [step.text for step in suggestion.actions if only_forbids(step.text)]
    assert [*said.do_not] == forbidden
    assert steps.intro == (" ".join(forbidden) or None), "it also stands above the steps"
    words = [text for item in steps.items for text in (item.text, *item.details)]
    assert [step.text for step in suggestion.actions if step.text not in (*words, *forbidden)] == []
    called = [step.contact for step in suggestion.actions if step.contact and step.contact.number]
    for one in {one.id: one for one in called}.values():
        names = "|".join(map(re.escape, (one.name, short_name(one))))
        rung = [text for text in words if re.match(f"Ring ({names}): {re.escape(one.number or '')} ", text)]
        assert len(rung) == 1, "one call, told once"


def test_in_a_sample_of_situations_the_headline_is_the_first_deed(situations: Situations) -> None:
    tried = [*map(as_it_should_be, told(situations, SOME))]
    assert len(tried) > 30


@pytest.mark.long
def test_in_every_situation_the_headline_is_the_first_deed(situations: Situations) -> None:
    tried = [*map(as_it_should_be, told(situations))]
    assert len(tried) > 1_000


def suspected(rulebook: Rulebook, **answers: str) -> Suggestion:
    """Give the answer where significant harm is suspected."""
    asked = {"immediate_danger": "no", "medical_emergency": "no", "suspected_significant_harm": "yes", **answers}
    return assess(Record.model_validate({"situation": asked}), rulebook)


def test_three_steps_that_are_one_call_are_one_with_what_to_say_and_ask_in_order(rulebook: Rulebook) -> None:
    suggestion = suspected(rulebook, out_of_hours="no")
    assert [step.code for step in suggestion.actions][:2] == ["take-advice-before-informing", "contact-mash"]
    first = numbered(suggestion).items[0]
    assert first == Item(
        "Ring MASH now. The form follows.",
        (
            "Ring MASH: (01432) 260800 (office hours)",
            *[step.text for step in suggestion.actions[:2]],
        ),
    )
    assert headline(suggestion) == "Ring MASH now"


@pytest.mark.parametrize(("hours", "numbers"), [("no", ["MASH"]), ("yes", ["EDT"]), ("not-asked", ["MASH", "EDT"])])
def test_the_number_is_the_one_for_the_hour_and_both_where_it_was_not_asked(
    hours: str, numbers: list[str], rulebook: Rulebook
) -> None:
    answers = {} if hours == "not-asked" else {"out_of_hours": hours}
    ring = numbered(suspected(rulebook, **answers)).items[0].details[0]
    assert [one for one in ("MASH", "EDT") if f"{one}: (" in ring] == numbers


def test_what_to_have_ready_stands_below_the_steps_where_mash_or_the_duty_team_is_rung(rulebook: Rulebook) -> None:
    titles = [section.title for section in outline(suspected(rulebook)).sections]
    assert titles[:2] == ["What to do next", "Have ready when you ring"]
    routine = assess(Record.model_validate({"indicators": {"present": ["lack-of-food"]}}), rulebook)
    assert "Have ready when you ring" not in [section.title for section in outline(routine).sections]


def test_whoever_is_told_no_and_disagrees_is_told_what_to_do_next(rulebook: Rulebook) -> None:
    whole = outline(suspected(rulebook), more=True)
    after = next(section for section in whole.sections if section.title == "What happens next")
    assert after.items[-1].details == (rulebook.difference.policy,)
    assert "disagree" in after.items[-1].text

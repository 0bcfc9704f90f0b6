"""The steps are the advice: nothing beside them says whom to ring, what comes first or what must not be done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import pytest

from rhrt import Record, Rulebook, Suggestion, assess
from rhrt.testing.properties import MARKS

ASKED = {"immediate_danger": "no", "medical_emergency": "no", "suspected_significant_harm": "no"}

# Whom a sentence can send people to, and the steps that do: with one of those among the steps, it may say so.
WHOM = {
    r"MASH|safeguarding hub": ("contact-mash", "consult-mash-social-worker"),
    r"CHAT|Help and Advice Team|Early Help Hub": ("contact-chat",),
    r"EDT|Emergency Duty Team|duty team": ("contact-edt",),
    r"police|101": ("call-999-police", "tell-police"),
    r"999": ("call-999-police", "call-999-ambulance"),
    r"ambulance": ("call-999-ambulance",),
    r"111|doctor|GP|hospital": ("get-medical-advice", "call-999-ambulance"),
    r"social workers?|social care": ("tell-allocated-social-worker", "consult-mash-social-worker"),
    r"safeguarding lead|designated|manager": ("speak-to-safeguarding-lead",),
    r"parents?|famil(?:y|ies)|mother|father|carers?": ("seek-consent", "inform-parents"),
}
_TO_DO = r"(?:ask|tell|talk to|speak to|speak with|inform|contact|consult|refer|report|go to|alert|notify)"
_TO_RING = r"(?:ring|telephone|phone|call|dial)"
# Said to the reader: where a sentence or a part of it begins, or after what makes it a duty.
_DUTY = r"must|should|may|have to|need to|duty to"
_SAID = rf"(?:^|[,;:] |\b(?:and|then|or|also|first|please|can|could|{_DUTY}) )(?:not )?"
TELLS = re.compile(rf"{_SAID}(?:{_TO_DO}|{_TO_RING})\b", re.IGNORECASE)
RINGS = re.compile(rf"{_SAID}{_TO_RING}\b", re.IGNORECASE)
FORBIDS = re.compile(
    r"\b(?:do not|don't|never|must not) (?:tell|ask|talk|speak|name|inform|wait|warn|let|ring|call|send)\b",
    re.IGNORECASE,
)
SOON = r"first|before|at once|now|today|immediately|straight away|right away|without waiting"
ORDERS = re.compile(
    r"\b(?:this|that|it) comes? (?:first|before)\b|\b(?:first step|before (?:the|any) other)\b", re.IGNORECASE
)
QUESTION = re.compile(r"(?:taken together, )?(?:is|are|was|were|has|have|do|does|did|could) ", re.IGNORECASE)
ASKS = re.compile(rf"(?!.*\byou (?:{_DUTY})\b).*\?\Z", re.IGNORECASE)


def advice_in(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give each sentence that says what to do, with the steps that would have to say it too (none: it may not)."""
    for sentence in re.split(r"(?<=[.?!]) ", text):
        told = bool(TELLS.search(sentence)) and not ASKS.match(sentence)
        named = [steps for who, steps in WHOM.items() if re.search(rf"\b(?:{who})\b", sentence)]
        if ORDERS.search(sentence) or (told and re.search(rf"\b(?:{SOON})\b", sentence, re.IGNORECASE)):
            yield sentence, ()
        elif FORBIDS.search(sentence):
            yield sentence, ("do-not-inform-parents", "take-advice-before-informing")
        elif told:
            yield from ((sentence, steps) for steps in named)
            if not named and RINGS.search(sentence):
                yield sentence, ()


def beside_the_steps(suggestion: Suggestion) -> Iterator[tuple[str, str]]:
    """Give all that an answer says beside its steps to make people think, to note, or of what comes next."""
    for prompt in suggestion.prompts:
        yield from ((prompt.id, text) for text in (prompt.text, prompt.why))
    for follow_up in suggestion.follow_ups:
        yield from ((follow_up.id, text) for text in (follow_up.question, follow_up.why))
    yield from ((one.id, one.text) for one in suggestion.afterwards)
    yield from ((one.field, text) for one in suggestion.questions for text in (one.question, one.why))
    yield from ((one.id, text) for one in suggestion.services for text in (one.what, one.check or ""))


@pytest.mark.long  # thousands of answers
def test_beside_the_steps_nothing_says_whom_to_ring_or_what_comes_first(rulebook: Rulebook) -> None:
    signs = [one.id for one in rulebook.indicators if one.recordable and one.level < 4]
    ages = (None, *(band.id for band in rulebook.age_bands))
    for sign, mark, age_band in product(signs, MARKS, ages):
        record = {"child": {"age_band": age_band}, "indicators": {mark: [sign]}, "situation": ASKED}
        suggestion = assess(Record.model_validate(record), rulebook)
        codes = {step.code for step in suggestion.actions}
        for id_, text in beside_the_steps(suggestion):
            for sentence, steps in advice_in(text):
                assert not codes.isdisjoint(steps), f"{sign} {mark}, {age_band}: {id_} says: {sentence}"


def test_no_thought_and_no_question_tells_anybody_what_to_do(rulebook: Rulebook) -> None:
    said = [(prompt.id, text) for prompt in rulebook.prompts for text in (prompt.text, prompt.why)]
    assert [(id_, sentence) for id_, text in said for sentence, _ in advice_in(text)] == []


def test_a_follow_up_question_can_be_answered_yes_or_no(rulebook: Rulebook) -> None:
    for prompt in rulebook.follow_up.values():
        assert prompt.text.endswith("?"), prompt.id
        assert prompt.text.count("?") == 1, prompt.id
        assert re.match(
            r"(?:Taken together, )?(?:is|Are|Was|Were|Has|Have|Do|Does|Did|Could) ", prompt.text, re.IGNORECASE
        ), prompt.id


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("Is this a baby? If so, ask MASH today, even if someone has explained it.", ()),
        ("If it is worse, ring MASH.", ("contact-mash", "consult-mash-social-worker")),
        ("If you hear nothing, ring CHAT and ask.", ("contact-chat",)),
        ("You may have to tell the police.", ("call-999-police", "tell-police")),
        ("Is the child missing now? Call 999.", ("call-999-police", "call-999-ambulance")),
        ("Then telephone somebody who knows.", ()),
        ("This comes before the other steps.", ()),
        ("Talk to your safeguarding lead first.", ()),
        ("Talk to your safeguarding lead.", ("speak-to-safeguarding-lead",)),
        ("Do not tell anybody at home.", ("do-not-inform-parents", "take-advice-before-informing")),
        ("Share what you saw, and ask the family what they think.", ("seek-consent", "inform-parents")),
        ("Out of hours, contact the Emergency Duty Team.", ("contact-edt",)),
        ("If the child is ill, ring 111.", ("get-medical-advice", "call-999-ambulance")),
        (
            "You should refer this to a social worker.",
            ("tell-allocated-social-worker", "consult-mash-social-worker"),
        ),
    ],
)
def test_a_sentence_that_gives_advice_is_found(text: str, steps: tuple[str, ...]) -> None:
    assert [found for _, found in advice_in(text)] == [steps]


@pytest.mark.parametrize(
    "text",
    [
        "In 2023 CHAT had a target for the contacts that came from MASH.",
        "The framework says whom to tell on a case open to social care.",
        "A plan to hurt people is a danger first.",
        "Danger now comes before any level.",
        "What makes it unsafe to ask or tell the parents?",
        "Have worries about neglect or abuse come up before, again and again?",
        "If you think so, answer yes to the first question.",
        "Has the young person agreed as well? Ask what they want and write it down.",
        "It does not name a first time missing. Talk it through.",
    ],
)
def test_a_sentence_that_gives_no_advice_is_not(text: str) -> None:
    assert list(advice_in(text)) == []

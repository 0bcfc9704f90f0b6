"""The decision table, row by row: level, route, urgency, harm, reasons and steps in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from random import Random
from typing import NamedTuple

import pytest

from rhrt import Record, Rulebook, Suggestion, assess
from rhrt.reasoning.signs import NOTHING, Signs
from rhrt.reasoning.situations import Situations
from rhrt.record import check
from rhrt.rulebook.conditions import NO_ROUTE
from tests.table import Decision, answers_that_are_reasons, decide, facts_of

STRENGTH, ADDITIONAL, INTENSIVE = "good-attendance", "occasional-truanting", "persistent-absence"
IN_NEED, SAFETY, HARM = "privately-fostered", "missing-and-vulnerable", "abuse-or-neglect"
ASKED = {"immediate_danger": "no", "medical_emergency": "no", "suspected_significant_harm": "no"}
LATE = {**ASKED, "out_of_hours": "yes"}
OPEN = {**ASKED, "open_to_social_care": "yes"}
UNWELL, IN_DANGER, SUSPECTED = "medical_emergency", "immediate_danger", "suspected_significant_harm"
HAS_WORKER, OWN = "open_to_social_care", "judgement"
CONSENT, TELLING = "consent", "informing_parents"
LEAD, LAST = "speak-to-safeguarding-lead", "record-decision"
DO_NOT, FIRST = "do-not-inform-parents", "take-advice-before-informing"
CONSULT, CHAT, OWN_WORKER = "consult-mash-social-worker", "contact-chat", "tell-allocated-social-worker"
EHA3 = ("complete-eha", "agree-plan-with-key-worker", CHAT, LEAD, LAST)
CALL = ("contact-mash", "complete-marf", "refer-without-consent")
HELD = (FIRST, CONSULT, CHAT, LEAD, LAST)

# Follow-up questions, by what a yes means.
DANGER, MEDICAL, HARMED = "home-alone", "suicide-or-serious-self-harm", "fgm-spoken-of"
POLICE, BOTH = "missing", "sexual-activity-under-thirteen"
ASK, ASK_ALSO = "worries-taken-together", "explained-injury"  # of the second, not knowing is itself the danger


class Row(NamedTuple):
    """One record and the whole of what follows from it. `reasons` are ids of indicators and of answers."""

    name: str
    present: tuple[str, ...]
    situation: Mapping[str, str]
    level: int | None
    route: str | None
    urgency: str
    harm: bool
    reasons: tuple[str, ...]
    actions: tuple[str, ...]
    not_known: tuple[str, ...] = ()
    follow_ups: Mapping[str, str] = {}
    age_band: str | None = None
    own: int | None = None

    @property
    def record(self) -> Record:
        """The record, as it is read."""
        marks = {"present": self.present, "not_known": self.not_known}
        return recorded(marks, self.situation, self.follow_ups, self.age_band, self.own)


def recorded(
    marks: Mapping[str, Iterable[str]],
    situation: Mapping[str, str],
    follow_ups: Mapping[str, str] | None = None,
    age_band: str | None = None,
    own: int | None = None,
) -> Record:
    return Record.model_validate(
        {
            "child": {"age_band": age_band},
            "indicators": {mark: list(ids) for mark, ids in marks.items()},
            "situation": dict(situation),
            "follow_ups": dict(follow_ups or {}),
            "judgement": None if own is None else {"level": own},
        }
    )


def suggest(
    rulebook: Rulebook, present: tuple[str, ...], not_known: tuple[str, ...] = (), **answers: str
) -> Suggestion:
    return assess(recorded({"present": present, "not_known": not_known}, answers), rulebook)


def codes(suggestion: Suggestion) -> tuple[str, ...]:
    return tuple(step.code for step in suggestion.actions)


def reasons(suggestion: Suggestion) -> tuple[str, ...]:
    return tuple(str(reason.indicator or reason.answer) for reason in suggestion.reasons)


ROWS = [
    # --- Nothing recorded but answers
    Row("nothing recorded", (), {}, None, None, "routine", False, (), (CHAT, LEAD, LAST)),
    Row("danger alone", (), {"immediate_danger": "yes"}, 4, "mash-marf", "emergency", True, ("immediate_danger",),
        ("call-999-police", FIRST, *CALL, LEAD, LAST)),
    Row("a medical emergency alone", (), {"medical_emergency": "yes"}, None, None, "emergency", False, (UNWELL,),
        ("call-999-ambulance", CONSULT, LEAD, LAST)),
    Row("a medical emergency with harm ruled out", (), {**ASKED, "medical_emergency": "yes"}, None, None,
        "emergency", False, (UNWELL,), ("call-999-ambulance", LEAD, LAST)),
    Row("a medical emergency that is not known", (), {**ASKED, "medical_emergency": "not-known"}, None, None,
        "prompt", False, (UNWELL,), ("get-medical-advice", CHAT, LEAD, LAST)),
    Row("suspicion alone", (), {"suspected_significant_harm": "yes"}, 4, "mash-marf", "immediate", True,
        ("suspected_significant_harm",), (FIRST, *CALL, LEAD, LAST)),
    Row("suspicion not known", (), {"suspected_significant_harm": "not-known"}, None, None, "prompt", False,
        (SUSPECTED,),
        HELD),
    Row("danger not known", (), {"immediate_danger": "not-known"}, None, None, "prompt", False, (IN_DANGER,), HELD),
    Row("danger not known, out of hours", (), {"immediate_danger": "not-known", "out_of_hours": "yes"}, None, None,
        "prompt", False, (IN_DANGER,), (FIRST, "contact-edt", CONSULT, CHAT, LEAD, LAST)),
    Row("danger not known, safe to inform", (), {"immediate_danger": "not-known", "informing_parents": "safe"},
        None, None, "prompt", False, (IN_DANGER,), (CONSULT, CHAT, LEAD, LAST)),
    Row("danger not known on an open case", (), {"immediate_danger": "not-known", "open_to_social_care": "yes"},
        None, None, "prompt", False, (IN_DANGER, HAS_WORKER), (FIRST, OWN_WORKER, LEAD, LAST)),
    Row("danger not known on an open case, out of hours", (),
        {"immediate_danger": "not-known", "open_to_social_care": "yes", "out_of_hours": "yes"},
        None, None, "prompt", False, (IN_DANGER, HAS_WORKER), (FIRST, OWN_WORKER, "contact-edt", LEAD, LAST)),
    Row("an open case alone", (), OPEN, None, None, "routine", False, (HAS_WORKER,), (OWN_WORKER, LEAD, LAST)),
    Row("whether it is open is not known", (), {**ASKED, "open_to_social_care": "not-known"}, None, None, "routine",
        False, (), (CHAT, LEAD, LAST)),
    Row("not safe to ask, with no level", (), {**ASKED, "consent": "unsafe-to-seek"}, None, None, "prompt", False,
        (CONSENT,), (DO_NOT, CONSULT, CHAT, LEAD, LAST)),
    Row("own Level 4, with nothing recorded", (), ASKED, None, None, "prompt", False, (OWN,),
        (CONSULT, CHAT, LEAD, LAST), own=4),
    Row("own Level 3, with nothing recorded", (), ASKED, None, None, "routine", False, (), (CHAT, LEAD, LAST),
        own=3),

    # --- Level 1
    Row("a strength", (STRENGTH,), ASKED, 1, "universal", "routine", False, (STRENGTH,),
        ("use-universal-services", LAST)),
    Row("a strength, and a sign of harm not known", (STRENGTH,), ASKED, 1, "universal", "prompt", False,
        (STRENGTH,), (FIRST, CONSULT, "use-universal-services", LEAD, LAST), (HARM,)),
    Row("a strength, and a sign of need not known", (STRENGTH,), ASKED, 1, "universal", "prompt", False,
        (STRENGTH,), (CONSULT, "use-universal-services", LEAD, LAST), (IN_NEED,)),
    Row("a strength, and not safe to inform", (STRENGTH,), {**ASKED, "informing_parents": "unsafe"}, 1, "universal",
        "prompt", False, (TELLING, STRENGTH), (DO_NOT, CONSULT, "use-universal-services", LEAD, LAST)),
    Row("a strength, and the child may be unwell", (STRENGTH,), {**ASKED, "medical_emergency": "not-known"}, 1,
        "universal", "prompt", False, (UNWELL, STRENGTH),
        ("get-medical-advice", "use-universal-services", LEAD, LAST)),
    Row("a strength, and own Level 4", (STRENGTH,), ASKED, 1, "universal", "prompt", False, (OWN, STRENGTH),
        (CONSULT, "use-universal-services", LEAD, LAST), own=4),

    # --- Level 2
    Row("Level 2, consent not sought", (ADDITIONAL,), ASKED, 2, "chat-eha", "routine", False, (ADDITIONAL,),
        ("seek-consent", "make-action-plan", "offer-eha", CHAT, LEAD, LAST)),
    Row("Level 2, consent given", (ADDITIONAL,), {**ASKED, "consent": "given"}, 2, "chat-eha", "routine", False,
        (ADDITIONAL,), ("make-action-plan", "offer-eha", CHAT, LEAD, LAST)),
    Row("Level 2, consent refused", (ADDITIONAL,), {**ASKED, "consent": "refused"}, 2, "chat-eha", "routine", False,
        (ADDITIONAL,), ("make-action-plan", "reconsider-without-consent", CHAT, LEAD, LAST)),
    Row("Level 2, consent not possible", (ADDITIONAL,), {**ASKED, "consent": "not-possible"}, 2, "chat-eha",
        "routine", False, (ADDITIONAL,), ("make-action-plan", "reconsider-without-consent", CHAT, LEAD, LAST)),
    Row("Level 2, consent not applicable", (ADDITIONAL,), {**ASKED, "consent": "not-applicable"}, 2, "chat-eha",
        "routine", False, (ADDITIONAL,), ("make-action-plan", "offer-eha", CHAT, LEAD, LAST)),
    Row("Level 2, not safe to ask", (ADDITIONAL,), {**ASKED, "consent": "unsafe-to-seek"}, 2, "chat-eha", "prompt",
        False, (CONSENT, ADDITIONAL), (DO_NOT, CONSULT, "make-action-plan", CHAT, LEAD, LAST)),
    Row("Level 2, refused and not safe to inform", (ADDITIONAL,),
        {**ASKED, "consent": "refused", "informing_parents": "unsafe"}, 2, "chat-eha", "prompt", False,
        (TELLING, ADDITIONAL),
        (DO_NOT, CONSULT, "make-action-plan", "reconsider-without-consent", CHAT, LEAD, LAST)),
    Row("Level 2 on an open case", (ADDITIONAL,), OPEN, 2, "chat-eha", "routine", False, (HAS_WORKER, ADDITIONAL),
        (OWN_WORKER, LEAD, LAST)),
    Row("Level 2, out of hours", (ADDITIONAL,), LATE, 2, "chat-eha", "routine", False, (ADDITIONAL,),
        ("seek-consent", "make-action-plan", "offer-eha", CHAT, LEAD, LAST)),
    Row("Level 2, in hours", (ADDITIONAL,), {**ASKED, "out_of_hours": "no"}, 2, "chat-eha", "routine", False,
        (ADDITIONAL,), ("seek-consent", "make-action-plan", "offer-eha", CHAT, LEAD, LAST)),
    Row("Level 2, the child may be unwell", (ADDITIONAL,), {**ASKED, "medical_emergency": "not-known"}, 2,
        "chat-eha", "prompt", False, (UNWELL, ADDITIONAL),
        ("get-medical-advice", "seek-consent", "make-action-plan", "offer-eha", CHAT, LEAD, LAST)),

    # --- Held, and not held
    Row("Level 2, a sign of harm not known", (ADDITIONAL,), ASKED, 2, "chat-eha", "prompt", False, (ADDITIONAL,),
        HELD, (HARM,)),
    Row("Level 2, a sign of compromised safety not known", (ADDITIONAL,), ASKED, 2, "chat-eha", "prompt", False,
        (ADDITIONAL,), HELD, (SAFETY,)),
    Row("Level 2, a sign of need not known", (ADDITIONAL,), ASKED, 2, "chat-eha", "prompt", False, (ADDITIONAL,),
        (CONSULT, "seek-consent", "make-action-plan", "offer-eha", CHAT, LEAD, LAST), (IN_NEED,)),
    Row("Level 2, a sign of harm not known, out of hours", (ADDITIONAL,), LATE, 2, "chat-eha", "prompt", False,
        (ADDITIONAL,), HELD, (HARM,)),
    Row("a hold lifted: safe to inform", (ADDITIONAL,), {**ASKED, "informing_parents": "safe"}, 2, "chat-eha",
        "prompt", False, (ADDITIONAL,),
        (CONSULT, "seek-consent", "make-action-plan", "offer-eha", CHAT, LEAD, LAST), (HARM,)),
    Row("a hold lifted: nobody to inform", (ADDITIONAL,), {**ASKED, "informing_parents": "not-applicable"}, 2,
        "chat-eha", "prompt", False, (ADDITIONAL,),
        (CONSULT, "seek-consent", "make-action-plan", "offer-eha", CHAT, LEAD, LAST), (HARM,)),
    Row("a hold lifted: consent given", (ADDITIONAL,), {**ASKED, "consent": "given"}, 2, "chat-eha", "prompt",
        False, (ADDITIONAL,), (CONSULT, "make-action-plan", "offer-eha", CHAT, LEAD, LAST), (HARM,)),
    Row("a hold lifted: consent refused", (ADDITIONAL,), {**ASKED, "consent": "refused"}, 2, "chat-eha", "prompt",
        False, (ADDITIONAL,),
        (CONSULT, "make-action-plan", "reconsider-without-consent", CHAT, LEAD, LAST), (HARM,)),
    Row("held still: consent not possible", (ADDITIONAL,), {**ASKED, "consent": "not-possible"}, 2, "chat-eha",
        "prompt", False, (ADDITIONAL,), (FIRST, CONSULT, "reconsider-without-consent", CHAT, LEAD, LAST), (HARM,)),
    Row("held still: consent not applicable", (ADDITIONAL,), {**ASKED, "consent": "not-applicable"}, 2, "chat-eha",
        "prompt", False, (ADDITIONAL,), HELD, (HARM,)),
    Row("unsafe instead of held", (ADDITIONAL,), {**ASKED, "informing_parents": "unsafe"}, 2, "chat-eha", "prompt",
        False, (TELLING, ADDITIONAL), (DO_NOT, CONSULT, "make-action-plan", CHAT, LEAD, LAST), (HARM,)),
    Row("held on an open case", (ADDITIONAL,), OPEN, 2, "chat-eha", "prompt", False, (HAS_WORKER, ADDITIONAL),
        (FIRST, OWN_WORKER, LEAD, LAST), (HARM,)),
    Row("Level 3 held", (INTENSIVE,), {**ASKED, "consent": "not-applicable"}, 3, "chat-eha", "prompt", False,
        (INTENSIVE,), HELD, (HARM,)),

    # --- Level 3
    Row("Level 3, consent given", (INTENSIVE,), {**ASKED, "consent": "given"}, 3, "chat-eha", "routine", False,
        (INTENSIVE,), EHA3),
    Row("Level 3, consent not sought", (INTENSIVE,), ASKED, 3, "chat-eha", "routine", False, (INTENSIVE,),
        ("seek-consent", "complete-eha", CHAT, LEAD, LAST)),
    Row("Level 3, consent not applicable", (INTENSIVE,), {**ASKED, "consent": "not-applicable"}, 3, "chat-eha",
        "routine", False, (INTENSIVE,), ("complete-eha", CHAT, LEAD, LAST)),
    Row("Level 3, consent refused", (INTENSIVE,), {**ASKED, "consent": "refused"}, 3, "chat-eha", "routine", False,
        (INTENSIVE,), ("reconsider-without-consent", CHAT, LEAD, LAST)),
    Row("Level 3, consent given but not safe to inform", (INTENSIVE,),
        {**ASKED, "consent": "given", "informing_parents": "unsafe"}, 3, "chat-eha", "prompt", False,
        (TELLING, INTENSIVE),
        (DO_NOT, CONSULT, CHAT, LEAD, LAST)),
    Row("Level 3, a Level 4 sign not known, consent given", (INTENSIVE,), {**ASKED, "consent": "given"}, 3,
        "chat-eha", "prompt", False, (INTENSIVE,), (CONSULT, *EHA3), (IN_NEED,)),
    Row("Level 3, a medical emergency", (INTENSIVE,), {"medical_emergency": "yes", "consent": "given"}, 3,
        "chat-eha", "emergency", False, (UNWELL, INTENSIVE), ("call-999-ambulance", CONSULT, *EHA3)),
    Row("Level 3, own Level 4", (INTENSIVE,), ASKED, 3, "chat-eha", "prompt", False, (OWN, INTENSIVE),
        (CONSULT, "seek-consent", "complete-eha", CHAT, LEAD, LAST), own=4),
    Row("Level 3, own Level 4, on an open case", (INTENSIVE,), OPEN, 3, "chat-eha", "prompt", False,
        (HAS_WORKER, OWN, INTENSIVE),
        (OWN_WORKER, LEAD, LAST), own=4),
    Row("Level 3, own Level 2", (INTENSIVE,), ASKED, 3, "chat-eha", "routine", False, (INTENSIVE,),
        ("seek-consent", "complete-eha", CHAT, LEAD, LAST), own=2),

    # --- Level 4 without harm named
    Row("child in need, consent not sought", (IN_NEED,), ASKED, 4, "mash-marf", "prompt", False, (IN_NEED,),
        ("contact-mash", CONSULT, "seek-consent", "complete-marf", LEAD, LAST)),
    Row("child in need, own Level 4", (IN_NEED,), ASKED, 4, "mash-marf", "prompt", False, (OWN, IN_NEED),
        ("contact-mash", CONSULT, "seek-consent", "complete-marf", LEAD, LAST), own=4),
    Row("child in need, consent given", (IN_NEED,), {**ASKED, "consent": "given"}, 4, "mash-marf", "prompt",
        False, (IN_NEED,), ("contact-mash", CONSULT, "complete-marf", LEAD, LAST)),
    Row("child in need, consent refused", (IN_NEED,), {**ASKED, "consent": "refused"}, 4, "mash-marf", "prompt",
        False, (IN_NEED,), ("contact-mash", CONSULT, "complete-marf", LEAD, LAST)),
    Row("child in need, consent not possible", (IN_NEED,), {**ASKED, "consent": "not-possible"}, 4, "mash-marf",
        "prompt", False, (IN_NEED,),
        ("contact-mash", CONSULT, "complete-marf", "refer-without-consent", LEAD, LAST)),
    Row("child in need, not safe to ask", (IN_NEED,), {**ASKED, "consent": "unsafe-to-seek"}, 4, "mash-marf",
        "prompt", False, (CONSENT, IN_NEED),
        (DO_NOT, "contact-mash", CONSULT, "complete-marf", "refer-without-consent", LEAD, LAST)),
    Row("child in need, out of hours", (IN_NEED,), {**LATE, "consent": "given"}, 4, "mash-marf", "prompt", False,
        (IN_NEED,), ("contact-mash", CONSULT, "complete-marf", LEAD, LAST)),
    Row("child in need, harm in doubt, out of hours", (IN_NEED,),
        {"suspected_significant_harm": "not-known", "out_of_hours": "yes"}, 4, "mash-marf", "prompt", False,
        (SUSPECTED, IN_NEED), (FIRST, "contact-edt", "contact-mash", CONSULT, "complete-marf", LEAD, LAST)),
    Row("child in need, a sign of harm not known", (IN_NEED,), ASKED, 4, "mash-marf", "prompt", False, (IN_NEED,),
        (FIRST, "contact-mash", CONSULT, "complete-marf", LEAD, LAST), (HARM,)),
    Row("child in need on an open case", (IN_NEED,), OPEN, 4, "mash-marf", "prompt", False, (HAS_WORKER, IN_NEED),
        (OWN_WORKER, LEAD, LAST)),
    Row("safety compromised, in hours", (SAFETY,), {"consent": "given"}, 4, "mash-marf", "immediate", False,
        (SAFETY,), ("contact-mash", CONSULT, "complete-marf", LEAD, LAST)),
    Row("safety compromised, consent not sought", (SAFETY,), {}, 4, "mash-marf", "immediate", False, (SAFETY,),
        (FIRST, "contact-mash", CONSULT, "complete-marf", LEAD, LAST)),
    Row("safety compromised, safe to inform", (SAFETY,), {"informing_parents": "safe"}, 4, "mash-marf", "immediate",
        False, (SAFETY,), ("contact-mash", CONSULT, "seek-consent", "complete-marf", LEAD, LAST)),
    Row("safety compromised, out of hours", (SAFETY,), {"consent": "given", "out_of_hours": "yes"}, 4, "mash-marf",
        "immediate", False, (SAFETY,), ("contact-edt", CONSULT, "complete-marf", LEAD, LAST)),
    Row("safety compromised, harm not known, out of hours", (SAFETY,),
        {"consent": "given", "out_of_hours": "yes", "suspected_significant_harm": "not-known"}, 4, "mash-marf",
        "immediate", False, (SUSPECTED, SAFETY), ("contact-edt", CONSULT, "complete-marf", LEAD, LAST)),
    Row("safety compromised, harm ruled out, out of hours", (SAFETY,), {**LATE, "consent": "given"}, 4, "mash-marf",
        "prompt", False, (SAFETY,), ("contact-mash", CONSULT, "complete-marf", LEAD, LAST)),
    Row("safety compromised, harm ruled out, consent not sought", (SAFETY,), ASKED, 4, "mash-marf", "prompt", False,
        (SAFETY,), ("contact-mash", CONSULT, "seek-consent", "complete-marf", LEAD, LAST)),
    Row("safety compromised on an open case, out of hours", (SAFETY,),
        {"out_of_hours": "yes", "open_to_social_care": "yes"}, 4, "mash-marf", "immediate", False,
        (HAS_WORKER, SAFETY),
        (FIRST, OWN_WORKER, "contact-edt", LEAD, LAST)),

    # --- Level 4 with harm
    Row("harm, in hours", (HARM,), {"suspected_significant_harm": "yes", "consent": "given"}, 4, "mash-marf",
        "immediate", True, ("suspected_significant_harm", HARM), ("contact-mash", "complete-marf", LEAD, LAST)),
    Row("harm, consent not sought", (HARM,), {}, 4, "mash-marf", "immediate", True, (HARM,),
        (FIRST, *CALL, LEAD, LAST)),
    Row("harm, consent refused", (HARM,), {"consent": "refused"}, 4, "mash-marf", "immediate", True, (HARM,),
        (FIRST, *CALL, LEAD, LAST)),
    Row("harm, out of hours, safe to inform", (HARM,), {"out_of_hours": "yes", "informing_parents": "safe"}, 4,
        "mash-marf", "immediate", True, (HARM,),
        ("contact-edt", "complete-marf", "refer-without-consent", "inform-parents", LEAD, LAST)),
    Row("harm, not safe to inform", (HARM,), {"informing_parents": "unsafe", "consent": "refused"}, 4, "mash-marf",
        "immediate", True, (TELLING, HARM), (DO_NOT, *CALL, LEAD, LAST)),
    Row("harm, safe to inform but not safe to ask", (HARM,),
        {"informing_parents": "safe", "consent": "unsafe-to-seek"}, 4, "mash-marf", "immediate", True,
        (CONSENT, HARM),
        (DO_NOT, *CALL, LEAD, LAST)),
    Row("harm, nobody to inform", (HARM,), {"informing_parents": "not-applicable", "consent": "given"}, 4,
        "mash-marf", "immediate", True, (HARM,), ("contact-mash", "complete-marf", LEAD, LAST)),
    Row("harm recorded and harm denied conflict", (HARM,), {**ASKED, "consent": "given"}, 4, "mash-marf",
        "immediate", True, (HARM,), ("contact-mash", CONSULT, "complete-marf", LEAD, LAST)),
    Row("harm, and the child may be unwell", (HARM,), {"medical_emergency": "not-known", "consent": "given"}, 4,
        "mash-marf", "immediate", True, (UNWELL, HARM),
        ("get-medical-advice", "contact-mash", "complete-marf", LEAD, LAST)),
    Row("harm on an open case, in hours", (HARM,), {"open_to_social_care": "yes", "consent": "given"}, 4,
        "mash-marf", "immediate", True, (HAS_WORKER, HARM), (OWN_WORKER, "contact-mash", LEAD, LAST)),
    Row("harm on an open case, consent not sought", (HARM,), {"open_to_social_care": "yes"}, 4, "mash-marf",
        "immediate", True, (HAS_WORKER, HARM),
        (FIRST, OWN_WORKER, "contact-mash", "refer-without-consent", LEAD, LAST)),
    Row("harm on an open case, out of hours", (HARM,),
        {"open_to_social_care": "yes", "consent": "given", "out_of_hours": "yes"}, 4, "mash-marf", "immediate",
        True, (HAS_WORKER, HARM), (OWN_WORKER, "contact-edt", LEAD, LAST)),
    Row("danger and a medical emergency with harm recorded", (HARM,),
        {"immediate_danger": "yes", "medical_emergency": "yes", "out_of_hours": "yes",
         "informing_parents": "unsafe"},
        4, "mash-marf", "emergency", True, ("immediate_danger", UNWELL, TELLING, HARM),
        ("call-999-police", "call-999-ambulance", DO_NOT, "contact-edt", "complete-marf", "refer-without-consent",
         LEAD, LAST)),
    Row("danger with suspicion denied", (), {"immediate_danger": "yes", "suspected_significant_harm": "no"}, 4,
        "mash-marf", "emergency", True, ("immediate_danger",),
        ("call-999-police", FIRST, "contact-mash", CONSULT, "complete-marf", "refer-without-consent", LEAD, LAST)),
    Row("lower concerns beside harm do not decide", (STRENGTH, ADDITIONAL, INTENSIVE, HARM),
        {"consent": "given", "informing_parents": "safe"}, 4, "mash-marf", "immediate", True, (HARM,),
        ("contact-mash", "complete-marf", "inform-parents", LEAD, LAST)),

    # --- Answers to follow-up questions
    Row("a yes that names danger", (ADDITIONAL,), ASKED, 4, "mash-marf", "emergency", True, (DANGER,),
        ("call-999-police", FIRST, "contact-mash", CONSULT, "complete-marf", "refer-without-consent", LEAD, LAST),
        follow_ups={DANGER: "yes"}),
    Row("danger that is not known, in a follow-up", (ADDITIONAL,), ASKED, 2, "chat-eha", "prompt", False,
        (DANGER, ADDITIONAL), HELD, follow_ups={DANGER: "not-known"}),
    Row("danger that is not known, in a follow-up, out of hours", (ADDITIONAL,), LATE, 2, "chat-eha", "prompt",
        False, (DANGER, ADDITIONAL), (FIRST, "contact-edt", CONSULT, CHAT, LEAD, LAST),
        follow_ups={DANGER: "not-known"}),
    Row("a yes that names medical help", (ADDITIONAL,), ASKED, 2, "chat-eha", "emergency", False,
        (MEDICAL, ADDITIONAL), ("call-999-ambulance", *HELD), follow_ups={MEDICAL: "yes"}),
    Row("medical help that is not known, in a follow-up", (ADDITIONAL,), ASKED, 2, "chat-eha", "prompt", False,
        (MEDICAL, ADDITIONAL),
        ("get-medical-advice", "seek-consent", "make-action-plan", "offer-eha", CHAT, LEAD, LAST),
        follow_ups={MEDICAL: "not-known"}),
    Row("a yes that names medical help, where the same is not known", (ADDITIONAL,),
        {**ASKED, "medical_emergency": "not-known"}, 2, "chat-eha", "emergency", False,
        (UNWELL, MEDICAL, ADDITIONAL),
        ("call-999-ambulance", *HELD), follow_ups={MEDICAL: "yes"}),
    Row("a yes that names harm", (), {}, 4, "mash-marf", "immediate", True, (HARMED,), (FIRST, *CALL, LEAD, LAST),
        follow_ups={HARMED: "yes"}),
    Row("a yes that names harm, with suspicion denied", (), ASKED, 4, "mash-marf", "immediate", True, (HARMED,),
        (FIRST, "contact-mash", CONSULT, "complete-marf", "refer-without-consent", LEAD, LAST),
        follow_ups={HARMED: "yes"}),
    Row("harm that is not known, in a follow-up", (INTENSIVE,), ASKED, 3, "chat-eha", "prompt", False,
        (HARMED, INTENSIVE), HELD, follow_ups={HARMED: "not-known"}),
    Row("a yes that names the police", (ADDITIONAL,), ASKED, 2, "chat-eha", "prompt", False, (POLICE, ADDITIONAL),
        ("tell-police", *HELD), follow_ups={POLICE: "yes"}),
    Row("the police named, and danger", (ADDITIONAL,), {"immediate_danger": "yes", "consent": "given"}, 4,
        "mash-marf", "emergency", True, ("immediate_danger", POLICE),
        ("call-999-police", "contact-mash", "complete-marf", LEAD, LAST), follow_ups={POLICE: "yes"}),
    Row("what the police should hear is not known", (ADDITIONAL,), ASKED, 2, "chat-eha", "prompt", False,
        (POLICE, ADDITIONAL), HELD, follow_ups={POLICE: "not-known"}),
    Row("a yes that names harm and the police", (ADDITIONAL,), {"informing_parents": "safe"}, 4, "mash-marf",
        "immediate", True, (BOTH,),
        ("tell-police", *CALL, "inform-parents", LEAD, LAST), follow_ups={BOTH: "yes"}),
    Row("harm and the police not known", (ADDITIONAL,), ASKED, 2, "chat-eha", "prompt", False, (BOTH, ADDITIONAL),
        HELD, follow_ups={BOTH: "not-known"}),
    Row("a yes that means asking", (ADDITIONAL,), ASKED, 2, "chat-eha", "prompt", False, (ASK, ADDITIONAL), HELD,
        follow_ups={ASK: "yes"}),
    Row("a yes that means asking, on an open case", (ADDITIONAL,), OPEN, 2, "chat-eha", "prompt", False,
        (HAS_WORKER, ASK, ADDITIONAL), (FIRST, OWN_WORKER, LEAD, LAST), follow_ups={ASK: "yes"}),
    Row("a yes that means asking, with consent", (INTENSIVE,), {**ASKED, "consent": "given"}, 3, "chat-eha",
        "prompt", False, (ASK, INTENSIVE), (CONSULT, *EHA3), follow_ups={ASK: "yes"}),
    Row("a yes that means asking, with a strength", (STRENGTH,), ASKED, 1, "universal", "prompt", False,
        (ASK, STRENGTH), (FIRST, CONSULT, "use-universal-services", LEAD, LAST), follow_ups={ASK: "yes"}),
    Row("what would mean asking is not known", (ADDITIONAL,), ASKED, 2, "chat-eha", "routine", False, (ADDITIONAL,),
        ("seek-consent", "make-action-plan", "offer-eha", CHAT, LEAD, LAST), follow_ups={ASK: "not-known"}),
    Row("not knowing is itself the danger", (ADDITIONAL,), ASKED, 2, "chat-eha", "prompt", False,
        (ASK_ALSO, ADDITIONAL), HELD, follow_ups={ASK_ALSO: "not-known"}),
    Row("every follow-up question answered no", (ADDITIONAL,), ASKED, 2, "chat-eha", "routine", False,
        (ADDITIONAL,), ("seek-consent", "make-action-plan", "offer-eha", CHAT, LEAD, LAST),
        follow_ups=dict.fromkeys((DANGER, MEDICAL, HARMED, POLICE, BOTH, ASK, ASK_ALSO), "no")),
    Row("answers alone, without any sign", (), ASKED, None, None, "prompt", False, (POLICE, ASK),
        ("tell-police", *HELD), follow_ups={POLICE: "yes", ASK: "yes"}),
    Row("an answer that asks, beside Level 4", (IN_NEED,), ASKED, 4, "mash-marf", "prompt", False, (ASK, IN_NEED),
        (FIRST, "contact-mash", CONSULT, "complete-marf", LEAD, LAST), follow_ups={ASK: "yes"}),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_table_gives_what_its_row_says(row: Row, rulebook: Rulebook) -> None:
    suggestion = assess(row.record, rulebook)
    assert suggestion.level == row.level
    assert suggestion.route == row.route
    assert suggestion.urgency == row.urgency
    assert suggestion.harm is row.harm
    assert reasons(suggestion) == row.reasons
    assert codes(suggestion) == row.actions


def test_every_action_has_a_row_in_which_it_applies(rulebook: Rulebook) -> None:
    assert {code for row in ROWS for code in row.actions} == {action.code for action in rulebook.actions}


def test_every_judgement_has_a_row_in_which_it_is_a_reason(rulebook: Rulebook) -> None:
    told = {one.rule for row in ROWS for one in assess(row.record, rulebook).reasons if one.answer}
    assert told == {f"judgement/{judgement.id}" for judgement in rulebook.judgements}


# --- Alerts: each sign at each age

AGES = (None, "unborn", "under-2", "2-4", "5-9", "10-12", "13-15", "16-17", "18-plus")
BABIES, SMALL, CHILDREN = ("unborn", "under-2"), ("under-2", "2-4"), ("under-2", "2-4", "5-9", "10-12")
# The level, the ages at which it is an alert, whether it is pressing, and what is asked where no age is given.
ALERTS = {
    "chastisement-stress-positions": (2, AGES, False, None),
    "fgm-parent-risk-unknown": (3, AGES, False, None),
    "physical-chastisement-without-injury": (2, BABIES, True, "age-of-a-child-hurt"),
    "explained-injury-concern": (3, BABIES, True, "age-of-a-child-hurt"),
    "home-alone-no-serious-risk": (3, SMALL, True, "age-of-a-child-left-alone"),
    "early-sexual-activity": (2, CHILDREN, False, "age-under-thirteen"),
    "sexual-behaviour-potentially-harmful": (3, CHILDREN, False, "age-under-thirteen"),
    "pregnant-under-18": (3, CHILDREN, False, "age-under-thirteen"),
}
OFFERED = {2: ("seek-consent", "make-action-plan", "offer-eha"), 3: ("seek-consent", "complete-eha")}


@pytest.mark.parametrize(("sign", "age_band"), [*product(ALERTS, AGES)])
def test_an_alert_is_asked_about_first_at_its_ages_and_at_no_other(
    sign: str, age_band: str | None, rulebook: Rulebook
) -> None:
    level, ages, pressing, _ = ALERTS[sign]
    for late in (False, True):
        record = recorded({"present": [sign]}, LATE if late else ASKED, age_band=age_band)
        suggestion = assess(record, rulebook)
        held = age_band in ages
        steps = (FIRST, *["contact-edt"] * (late and pressing), CONSULT) if held else OFFERED[level]
        assert codes(suggestion) == (*steps, CHAT, LEAD, LAST)
        assert (suggestion.level, suggestion.route, suggestion.harm) == (level, "chat-eha", False)
        assert suggestion.urgency == ("prompt" if held else "routine")
        assert reasons(suggestion) == (sign,)


def asked_in_turn(sign: str, rulebook: Rulebook) -> list[str]:
    """Give the follow-up questions in the order in which they are asked, where each is answered no."""
    asked: dict[str, str] = {}
    while first := assess(recorded({"present": [sign]}, ASKED, asked), rulebook).first_check:
        asked[first[0].id] = "no"
    return [*asked]


@pytest.mark.parametrize("sign", [sign for sign, (_, _, _, asked) in ALERTS.items() if asked])
@pytest.mark.parametrize(("answer", "held"), [("yes", True), ("no", False), ("not-known", True)])
def test_an_age_that_is_not_given_is_asked_for_and_the_answer_is_the_alert(
    sign: str, answer: str, held: bool, rulebook: Rulebook
) -> None:
    level, _, pressing, asked = ALERTS[sign]
    assert asked
    assert asked in asked_in_turn(sign, rulebook)
    suggestion = assess(recorded({"present": [sign]}, LATE, {asked: answer}), rulebook)
    now = held and pressing
    steps = (FIRST, *["contact-edt"] * now, CONSULT) if held else OFFERED[level]
    assert codes(suggestion) == (*steps, CHAT, LEAD, LAST)
    assert reasons(suggestion) == ((asked, sign) if held else (sign,))
    with_age = assess(recorded({"present": [sign]}, ASKED, age_band="5-9"), rulebook)
    assert asked not in [one.id for one in with_age.follow_ups]


def test_an_alert_that_is_absent_or_not_known_is_none(rulebook: Rulebook) -> None:
    for sign, mark in product(ALERTS, ("absent", "not_known")):
        record = recorded({mark: [sign]}, ASKED, age_band="under-2")
        assert codes(assess(record, rulebook)) == (CHAT, LEAD, LAST)


def test_what_lifts_a_hold_lifts_that_of_an_alert(rulebook: Rulebook) -> None:
    sign = "explained-injury-concern"
    for answers, steps in (
        ({"informing_parents": "safe"}, (CONSULT, "seek-consent", "complete-eha")),
        ({"consent": "given"}, (CONSULT, "complete-eha", "agree-plan-with-key-worker")),
        ({"consent": "refused"}, (CONSULT, "reconsider-without-consent")),
        ({"informing_parents": "unsafe"}, (DO_NOT, CONSULT)),
        ({"open_to_social_care": "yes"}, (FIRST, OWN_WORKER)),
    ):
        record = recorded({"present": [sign]}, {**ASKED, **answers}, age_band="under-2")
        chat = () if OWN_WORKER in steps else (CHAT,)
        assert codes(assess(record, rulebook)) == (*steps, *chat, LEAD, LAST)


# --- Every kind of situation


MOST = 20_000
"""How many kinds of situation the quick run tries at most. Where there are more it tries a tenth of them."""

Kind = tuple[Signs, tuple[str, ...]]


def every_kind(situations: Situations) -> list[Kind]:
    """Give what all that was recorded can come to with every answer, one of each kind."""
    answers = product(*[[kind[0] for kind in kinds] for kinds in situations.kinds])
    return [*product(situations.marks, answers)]


def tried_quickly(every: list[Kind]) -> list[Kind]:
    return every if len(every) <= MOST else Random(10).sample(every, len(every) // 10)


def as_the_table_says(situations: Situations, signs: Signs, answers: tuple[str, ...]) -> None:
    """Compare what the rulebook's own conditions come to in a situation with the table, on its smallest record."""
    situation = situations.situation(signs, answers)
    record = situations.record(situation)
    facts = facts_of(check(Record.model_validate(record), situations.rulebook), situations.rulebook)
    route, fact = str(situation.fact["route"]), situation.fact
    found = Decision(
        situation.level or None,
        None if route == NO_ROUTE else route,
        str(fact["urgency"]),
        fact["harm"] == "yes",
        tuple(situation.steps),
    )
    assert found == decide(facts), record


def test_every_situation_or_a_tenth_where_they_are_many_is_as_the_table_says(situations: Situations) -> None:
    every = every_kind(situations)
    assert len(every) == 90_240
    for signs, answers in tried_quickly(every):
        as_the_table_says(situations, signs, answers)


def test_of_more_situations_than_are_tried_quickly_a_tenth_is_and_always_the_same() -> None:
    every: list[Kind] = [(NOTHING, (str(number),)) for number in range(MOST + 1)]
    assert tried_quickly(every[:-1]) == every[:-1]
    assert len({*tried_quickly(every)}) == MOST // 10
    assert tried_quickly(every) == tried_quickly(every)


@pytest.mark.long
def test_every_situation_is_as_the_table_says(situations: Situations) -> None:
    for signs, answers in every_kind(situations):
        as_the_table_says(situations, signs, answers)


def test_both_evaluators_give_what_the_table_says_with_its_reasons(
    situations: Situations, rulebook: Rulebook
) -> None:
    for signs, answers in Random(4).sample(every_kind(situations), 100):
        record = Record.model_validate(situations.record(situations.situation(signs, answers)))
        checked = check(record, rulebook)
        facts = facts_of(checked, rulebook)
        expected, suggestion = decide(facts), assess(record, rulebook)  # raises where the two differ
        found = (suggestion.level, suggestion.route, suggestion.urgency, suggestion.harm, codes(suggestion))
        assert Decision(*found) == expected, record
        deciding = [id_ for id_ in checked.present if rulebook.indicator[id_].level == expected.level]
        assert reasons(suggestion) == (*answers_that_are_reasons(facts), *deciding), record


# --- The words of the steps


def text_of(suggestion: Suggestion, code: str) -> str:
    return next(step.text for step in suggestion.actions if step.code == code)


def test_a_conflict_between_an_answer_and_an_indicator_is_said(rulebook: Rulebook) -> None:
    suggestion = suggest(rulebook, (HARM,), suspected_significant_harm="no")
    assert "Your answers conflict" in text_of(suggestion, "consult-mash-social-worker")


def test_out_of_hours_a_referral_without_harm_waits_for_mash_and_names_edt(rulebook: Rulebook) -> None:
    suggestion = suggest(rulebook, (IN_NEED,), out_of_hours="yes", suspected_significant_harm="no")
    step = next(step for step in suggestion.actions if step.code == "contact-mash")
    assert "when it next opens" in step.text
    assert "Emergency Duty Team" in step.text
    assert step.contact is not None
    assert (step.contact.number, step.contact.otherwise) == ("(01432) 260800", "edt")


def test_after_a_refusal_without_harm_the_form_follows_a_consultation(rulebook: Rulebook) -> None:
    told = text_of(suggest(rulebook, (IN_NEED,), consent="refused", informing_parents="safe"), "complete-marf")
    assert "Consult MASH first" in told
    assert "tell the parents" in told
    not_asked = text_of(suggest(rulebook, (IN_NEED,), consent="refused"), "complete-marf")
    assert "Consult MASH first" in not_asked
    assert "tell the parents" not in not_asked
    unsafe = text_of(suggest(rulebook, (IN_NEED,), consent="refused", informing_parents="unsafe"), "complete-marf")
    assert "Consult MASH first" in unsafe
    assert "tell the parents" not in unsafe


def test_without_consent_chat_is_asked_without_names(rulebook: Rulebook) -> None:
    for consent in ("not-sought", "refused", "not-possible", "unsafe-to-seek", "not-applicable"):
        suggestion = suggest(rulebook, (ADDITIONAL,), consent=consent)
        assert "Do not name the family" in text_of(suggestion, "contact-chat")
    assert "Do not name" not in text_of(suggest(rulebook, (ADDITIONAL,), consent="given"), "contact-chat")


def test_no_words_say_to_tell_or_ask_the_family_where_that_is_not_safe(rulebook: Rulebook) -> None:
    for present in ((), (STRENGTH,), (ADDITIONAL,), (INTENSIVE,), (IN_NEED,), (SAFETY,), (HARM,)):
        for consent in rulebook.field["consent"].values:
            suggestion = suggest(rulebook, present, consent=consent, informing_parents="unsafe")
            said = " ".join(step.text for step in suggestion.actions).lower()
            for words in (
                "tell the parents that",
                "with the family",
                "ask somebody with parental",
                "talk to the family",
            ):
                assert words not in said, (present, consent, words)

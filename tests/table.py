"""The decision table in straight-line Python, written from its prose: a third opinion, for tests only.

It knows Herefordshire's levels, bases, alerts and answers by name, and nothing of the rulebook's rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rhrt.record import CheckedRecord
from rhrt.rulebook.model import Rulebook

YOUNG = ("unborn", "under-2")
BELOW_13 = ("under-2", "2-4", "5-9", "10-12")
Alerts = Mapping[int | None, tuple[tuple[str, ...], bool]]
"""By number: the ages at which a sign is an alert (none: at any), and whether it is pressing."""

ALERTS: Alerts = {
    71: ((), False),
    85: ((), False),
    70: (YOUNG, True),
    89: (YOUNG, True),
    116: (("under-2", "2-4"), True),
    38: (BELOW_13, False),
    86: (BELOW_13, False),
    91: (BELOW_13, False),
}
AGE_ASKED = {  # a yes to one of these is the alert that hangs on age
    "age-of-a-child-hurt": True,
    "age-of-a-child-left-alone": True,
    "age-under-thirteen": False,
}
PRESSING_ANSWERS = {  # what speaks of an injury that is not accounted for, or of a child left at risk, or missing
    "injury-to-child-not-mobile": ("yes",),
    "explained-injury": ("yes", "not-known"),
    "injury-not-explained": ("yes", "not-known"),
    "smacking-with-a-mark": ("yes",),
    "chastisement-with-an-injury": ("yes",),
    "home-alone-risk": ("yes",),
    "home-alone-worse-than-this": ("yes",),
    "missing": ("not-known",),
    "age-of-a-child-hurt": ("not-known",),
    "age-of-a-child-left-alone": ("not-known",),
}
REASONS = {  # the answers of the situation that are reasons, the own level among them
    "immediate_danger": ("yes", "not-known"),
    "medical_emergency": ("yes", "not-known"),
    "suspected_significant_harm": ("yes", "not-known"),
    "open_to_social_care": ("yes",),
    "consent": ("unsafe-to-seek",),
    "informing_parents": ("unsafe",),
}
DEFAULTS = {"out_of_hours": "not-asked", "consent": "not-sought", "informing_parents": "not-known"}


@dataclass(frozen=True)
class Sign:
    """An indicator as the table sees it."""

    level: int
    basis: str | None = None
    n: int | None = None


@dataclass(frozen=True)
class FollowUp:
    """A follow-up question as the table sees it."""

    id: str
    if_yes: tuple[str, ...]
    if_not_known: str | None
    answer: str

    def says(self, answer: str, *names: str) -> bool:
        return self.answer == answer and not set(names).isdisjoint(self.if_yes)

    @property
    def says_to_ask(self) -> bool:
        """Whether the answer is not known, and something follows from that."""
        named = self.says("not-known", "danger", "medical", "harm", "police")
        return named or (self.answer == "not-known" and self.if_not_known is not None)


@dataclass(frozen=True)
class Facts:
    """What the table looks at: signs present and not known, answers that are not the default, and the rest."""

    present: tuple[Sign, ...] = ()
    not_known: tuple[Sign, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    follow_ups: tuple[FollowUp, ...] = ()
    age_band: str | None = None
    own: int | None = None

    def answer(self, question: str) -> str:
        return self.answers.get(question, DEFAULTS.get(question, "not-asked"))

    def told(self, answer: str, *names: str) -> bool:
        return any(one.says(answer, *names) for one in self.follow_ups)


@dataclass(frozen=True)
class Decision:
    level: int | None
    route: str | None
    urgency: str
    harm: bool
    actions: tuple[str, ...]


def facts_of(record: CheckedRecord, rulebook: Rulebook) -> Facts:
    """See a record as the table sees it."""

    def signs(ids: Iterable[str]) -> tuple[Sign, ...]:
        own = [rulebook.indicator[id_] for id_ in ids]
        return tuple(Sign(one.level, one.basis, one.n) for one in own)

    prompts = {prompt.id: prompt for prompt in rulebook.prompts}
    return Facts(
        signs(record.present),
        signs(record.not_known),
        dict(zip(record.questions, record.answers, strict=True)),
        tuple(
            FollowUp(id_, prompts[id_].if_yes, prompts[id_].if_not_known, answer)
            for id_, answer in record.follow_ups
        ),
        record.age_band,
        record.judgement,
    )


def answers_that_are_reasons(facts: Facts) -> tuple[str, ...]:
    """Give the ids of the answers from which a level or a step comes, in order."""
    return (
        *(question for question, answer in facts.answers.items() if answer in REASONS.get(question, ())),
        *(["judgement"] if facts.own == 4 else []),
        *(one.id for one in facts.follow_ups if one.answer == "yes" or one.says_to_ask),
    )


def decide(facts: Facts, alerts: Alerts = ALERTS) -> Decision:
    """Decide as the table says, of these alerts."""
    asked_danger, asked_harm = facts.answer("immediate_danger"), facts.answer("suspected_significant_harm")
    consent, informing = facts.answer("consent"), facts.answer("informing_parents")
    open_, late = facts.answer("open_to_social_care") == "yes", facts.answer("out_of_hours") == "yes"

    danger = asked_danger == "yes" or facts.told("yes", "danger")
    medical = facts.answer("medical_emergency") == "yes" or facts.told("yes", "medical")
    suspected = asked_harm == "yes" or facts.told("yes", "harm")
    level = max([sign.level for sign in facts.present] + [4] * (danger or suspected), default=0)
    named = any(sign.level == 4 and sign.basis == "significant-harm" for sign in facts.present)
    safety = any(sign.level == 4 and sign.basis == "safety" for sign in facts.present)
    harm = danger or suspected or named
    grave = harm or (safety and asked_harm != "no")
    in_doubt = "not-known" in (asked_danger, asked_harm) or facts.told("not-known", "danger", "harm")
    unwell = facts.answer("medical_emergency") == "not-known" or facts.told("not-known", "medical")
    unwell = unwell and not medical
    could_be_4 = in_doubt or any(sign.level == 4 for sign in facts.not_known)
    could_be_grave = in_doubt or any(sign.basis in ("significant-harm", "safety") for sign in facts.not_known)

    raised = [alerts[sign.n] for sign in facts.present if sign.n in alerts]
    raised = [one for one in raised if not one[0] or facts.age_band in one[0]]
    aged = [AGE_ASKED[one.id] for one in facts.follow_ups if one.id in AGE_ASKED and one.answer == "yes"]
    pressing = any(one[1] for one in raised) or any(aged)
    pressing = pressing or any(one.answer in PRESSING_ANSWERS.get(one.id, ()) for one in facts.follow_ups)
    told = facts.told("yes", "consult", "police") or facts.told("not-known", "police")
    told = told or any(one.answer == "not-known" and one.if_not_known == "consult" for one in facts.follow_ups)
    alert = bool(raised) or told
    own_4 = facts.own == 4 and level < 4

    unsafe = consent == "unsafe-to-seek" or informing == "unsafe"
    first = unsafe or could_be_grave or alert or own_4
    hold = (could_be_grave or alert) and not unsafe and informing == "not-known"
    hold = hold and consent not in ("given", "refused")
    four, early_help = level == 4, level in (2, 3)

    if danger or medical:
        urgency = "emergency"
    elif four and grave:
        urgency = "immediate"
    elif four or could_be_4 or first or unwell:
        urgency = "prompt"
    else:
        urgency = "routine"

    before_telling = four and grave and informing == "not-known" and consent != "given"
    asks = (four and not harm) or (four and harm and asked_harm == "no")
    asks = asks or (not four and (could_be_4 or first or (medical and asked_harm != "no")))
    safe_to_ask = not grave or informing in ("safe", "not-applicable")
    agreeable = not open_ and not unsafe
    agreeable = agreeable and (consent == "given" or (consent in ("not-sought", "not-applicable") and not hold))
    applies = {
        "call-999-police": danger,
        "call-999-ambulance": medical,
        "get-medical-advice": unwell,
        "tell-police": facts.told("yes", "police") and not danger,
        "do-not-inform-parents": unsafe,
        "take-advice-before-informing": not unsafe and (before_telling or hold),
        "tell-allocated-social-worker": open_,
        "contact-edt": late and ((four and grave) or pressing or in_doubt),
        "contact-mash": four and ((not open_ and (not late or not grave)) or (open_ and harm and not late)),
        "consult-mash-social-worker": not open_ and asks,
        "seek-consent": consent == "not-sought"
        and not unsafe
        and not open_
        and not hold
        and (early_help or (four and not harm and safe_to_ask)),
        "complete-marf": four and not open_,
        "refer-without-consent": four
        and consent != "given"
        and (harm or consent in ("unsafe-to-seek", "not-possible")),
        "inform-parents": four and harm and informing == "safe" and not unsafe,
        "complete-eha": level == 3 and agreeable,
        "agree-plan-with-key-worker": level == 3 and not open_ and not unsafe and consent == "given",
        "make-action-plan": level == 2 and not open_ and not hold,
        "offer-eha": level == 2 and agreeable,
        "reconsider-without-consent": early_help and not open_ and consent in ("refused", "not-possible"),
        "contact-chat": (early_help and not open_) or (level == 0 and not open_ and not medical),
        "use-universal-services": level == 1,
        "speak-to-safeguarding-lead": level != 1 or could_be_4 or first or unwell,
        "record-decision": True,
    }
    routes = {0: None, 1: "universal", 2: "chat-eha", 3: "chat-eha", 4: "mash-marf"}
    return Decision(
        level or None, routes[level], urgency, harm, tuple(code for code, does in applies.items() if does)
    )

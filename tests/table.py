"""The decision table in straight-line Python, written from its prose: a third opinion, for tests only.

It knows Herefordshire's levels, bases and answers by name, and nothing of the rulebook's rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Sign:
    """An indicator as the table sees it."""

    level: int
    basis: str | None = None


@dataclass(frozen=True)
class Facts:
    """What the table looks at: signs present, signs not known, and the answers that are not the default."""

    present: tuple[Sign, ...] = ()
    not_known: tuple[Sign, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)

    def answer(self, question: str) -> str:
        defaults = {"out_of_hours": "no", "consent": "not-sought", "informing_parents": "not-known"}
        return self.answers.get(question, defaults.get(question, "not-asked"))


@dataclass(frozen=True)
class Decision:
    level: int | None
    route: str | None
    urgency: str
    harm: bool
    actions: tuple[str, ...]


def decide(facts: Facts) -> Decision:
    """Decide as the table says."""
    danger = facts.answer("immediate_danger") == "yes"
    medical = facts.answer("medical_emergency") == "yes"
    suspected = facts.answer("suspected_significant_harm")
    level = max([sign.level for sign in facts.present] + [4] * (danger or suspected == "yes"), default=0)
    named = any(sign.level == 4 and sign.basis == "significant-harm" for sign in facts.present)
    safety = any(sign.level == 4 and sign.basis == "safety" for sign in facts.present)
    harm = danger or suspected == "yes" or named
    grave = harm or (safety and suspected != "no")
    unknown = facts.answer("immediate_danger") == "not-known" or suspected == "not-known"
    could_be_4 = unknown or any(sign.level == 4 for sign in facts.not_known)
    unsafe = facts.answer("consent") == "unsafe-to-seek" or facts.answer("informing_parents") == "unsafe"
    open_ = facts.answer("open_to_social_care") == "yes"
    late = facts.answer("out_of_hours") == "yes"
    consent, informing = facts.answer("consent"), facts.answer("informing_parents")
    early_help, four = level in (2, 3), level == 4
    if danger or medical:
        urgency = "emergency"
    elif four and grave:
        urgency = "immediate"
    elif four or could_be_4 or unsafe:
        urgency = "prompt"
    else:
        urgency = "routine"
    consult = (
        (four and not harm and not open_)
        or (four and harm and not open_ and suspected == "no")
        or (not four and (unsafe or could_be_4 or (medical and suspected != "no")))
    )
    agreeable = not open_ and not unsafe and consent in ("given", "not-sought")
    applies = {
        "call-999-police": danger,
        "call-999-ambulance": medical,
        "do-not-inform-parents": unsafe,
        "take-advice-before-informing": four and harm and informing == "not-known" and not unsafe,
        "tell-allocated-social-worker": open_,
        "contact-edt": four and grave and late,
        "contact-mash": four and ((not open_ and (not late or not grave)) or (open_ and harm and not late)),
        "consult-mash-social-worker": consult,
        "seek-consent": consent == "not-sought"
        and not unsafe
        and not open_
        and (early_help or (four and not harm)),
        "complete-marf": four and not open_,
        "refer-without-consent": four
        and consent != "given"
        and (harm or consent in ("unsafe-to-seek", "not-possible")),
        "inform-parents": four and harm and informing == "safe" and not unsafe,
        "complete-eha": level == 3 and agreeable,
        "agree-plan-with-key-worker": level == 3 and not open_ and not unsafe and consent == "given",
        "make-action-plan": level == 2 and not open_,
        "offer-eha": level == 2 and agreeable,
        "reconsider-without-consent": early_help and not open_ and consent in ("refused", "not-possible"),
        "contact-chat": (early_help and not open_) or (level == 0 and not open_ and not medical),
        "use-universal-services": level == 1,
        "speak-to-safeguarding-lead": level != 1 or could_be_4 or unsafe,
        "record-decision": True,
    }
    routes = {0: None, 1: "universal", 2: "chat-eha", 3: "chat-eha", 4: "mash-marf"}
    return Decision(level or None, routes[level], urgency, harm, tuple(_only(applies)))


def _only(applies: Mapping[str, bool]) -> Iterable[str]:
    return (code for code, does in applies.items() if does)

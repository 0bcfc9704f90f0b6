"""The unit: the same decision written by hand, each indicator and answer a bit, the actions straight-line code.

It does only this: it reads no rules, checks nothing that it is given, and nothing checks it.
"""

from __future__ import annotations

from collections.abc import Mapping

from rhrt import Rulebook
from tests.benchmark.work import Answer, Assess, RecordData

(
    DANGER,
    DANGER_NOT_KNOWN,
    MEDICAL,
    MEDICAL_NOT_KNOWN,
    SUSPECTED,
    SUSPECTED_NOT_KNOWN,
    OPEN,
    UNSAFE_TO_SEEK,
    UNSAFE_TO_INFORM,
) = (1 << n for n in range(9))
NOT_SOUGHT, GIVEN, REFUSED, NOT_POSSIBLE, NOT_APPLICABLE, INFORM_NOT_KNOWN, INFORM_SAFE = (
    1 << n for n in range(9, 16)
)
RULED_OUT, OUT_OF_HOURS, HARM, GRAVE, COULD_BE_4, COULD_BE_GRAVE, ALERT, HOLD = (1 << n for n in range(16, 24))

IN_DOUBT = DANGER_NOT_KNOWN | SUSPECTED_NOT_KNOWN
UNSAFE = UNSAFE_TO_SEEK | UNSAFE_TO_INFORM
ADVICE_FIRST = UNSAFE | COULD_BE_GRAVE | ALERT

REASONS: Mapping[int, str] = {
    DANGER: "immediate_danger",
    DANGER_NOT_KNOWN: "not_known",
    MEDICAL: "medical_help",
    MEDICAL_NOT_KNOWN: "not_known",
    SUSPECTED: "suspected_significant_harm",
    SUSPECTED_NOT_KNOWN: "not_known",
    OPEN: "open_case",
    UNSAFE_TO_SEEK: "unsafe_to_ask",
    UNSAFE_TO_INFORM: "unsafe_to_tell",
}
"""The answers that are reasons: the lowest bits, in the order in which reasons are given."""

TOLD = sum(REASONS)

ANSWERS: Mapping[str, Mapping[str, int]] = {
    "immediate_danger": {
        "not-asked": 0,
        "yes": DANGER | HARM | GRAVE,
        "no": 0,
        "not-known": DANGER_NOT_KNOWN | COULD_BE_4 | COULD_BE_GRAVE,
    },
    "medical_emergency": {"not-asked": 0, "yes": MEDICAL, "no": 0, "not-known": MEDICAL_NOT_KNOWN},
    "suspected_significant_harm": {
        "not-asked": 0,
        "yes": SUSPECTED | HARM | GRAVE,
        "no": RULED_OUT,
        "not-known": SUSPECTED_NOT_KNOWN | COULD_BE_4 | COULD_BE_GRAVE,
    },
    "open_to_social_care": {"not-asked": 0, "yes": OPEN, "no": 0, "not-known": 0},
    "out_of_hours": {"not-asked": 0, "no": 0, "yes": OUT_OF_HOURS},
    "consent": {
        "not-sought": NOT_SOUGHT,
        "given": GIVEN,
        "refused": REFUSED,
        "unsafe-to-seek": UNSAFE_TO_SEEK,
        "not-possible": NOT_POSSIBLE,
        "not-applicable": NOT_APPLICABLE,
    },
    "informing_parents": {
        "not-known": INFORM_NOT_KNOWN,
        "safe": INFORM_SAFE,
        "unsafe": UNSAFE_TO_INFORM,
        "not-applicable": 0,
    },
}
"""The bits that each answer sets."""

ALERTS = ("chastisement-stress-positions", "fgm-parent-risk-unknown")
"""The signs that put advice first at any age: no record here has an age, so the others never do."""


def build(rulebook: Rulebook) -> Assess:
    """Make the evaluator."""
    return _Bitmask(rulebook).assess


class _Bitmask:
    """The masks of a rulebook's indicators, by level and by basis, and of its alerts."""

    __slots__ = ("alerts", "bits", "harm", "level_1", "level_2", "level_3", "level_4", "names", "safety")

    def __init__(self, rulebook: Rulebook) -> None:
        bits = self.bits = {id_: 1 << place for id_, place in rulebook.position.items()}
        self.names = {bit: id_ for id_, bit in bits.items()}
        self.level_1, self.level_2, self.level_3, self.level_4 = (_mask(rulebook, bits, n) for n in (1, 2, 3, 4))
        self.harm = _mask(rulebook, bits, 4, "significant-harm")
        self.safety = _mask(rulebook, bits, 4, "safety")
        self.alerts = sum(bits[id_] for id_ in ALERTS)

    def assess(self, record: RecordData) -> Answer:
        indicators, bits = record["indicators"], self.bits
        present = not_known = 0
        for id_ in indicators["present"]:
            present |= bits[id_]
        for id_ in indicators.get("not_known", ()):
            not_known |= bits[id_]
        flags = self._flags(record["situation"], present, not_known)
        if flags & (DANGER | SUSPECTED) or present & self.level_4:
            return self._at_4(present, flags)
        if deciding := present & self.level_3:
            return self._answer(3, "chat-eha", _actions_at_2_or_3(flags, 3), flags, deciding)
        if deciding := present & self.level_2:
            return self._answer(2, "chat-eha", _actions_at_2_or_3(flags, 2), flags, deciding)
        if deciding := present & self.level_1:
            return self._answer(1, "universal", _actions_at_1(flags), flags, deciding)
        return self._answer(None, None, _actions_without_level(flags), flags, 0)

    def _flags(self, situation: Mapping[str, str], present: int, not_known: int) -> int:
        flags = _answered(situation)
        if not_known & self.level_4:
            flags |= COULD_BE_4
            if not_known & (self.harm | self.safety):
                flags |= COULD_BE_GRAVE
        if present & self.alerts:
            flags |= ALERT
        held = flags & (UNSAFE | INFORM_NOT_KNOWN | GIVEN | REFUSED) == INFORM_NOT_KNOWN
        return flags | HOLD if held and flags & (COULD_BE_GRAVE | ALERT) else flags

    def _at_4(self, present: int, flags: int) -> Answer:
        if present & self.harm:
            flags |= HARM | GRAVE
        elif present & self.safety and not flags & RULED_OUT:
            flags |= GRAVE
        return self._answer(4, "mash-marf", _actions_at_4(flags), flags, present & self.level_4)

    def _answer(
        self, level: int | None, route: str | None, actions: list[str], flags: int, deciding: int
    ) -> Answer:
        reasons = [*_in_order(flags & TOLD, REASONS), *_in_order(deciding, self.names)]
        return {"level": level, "route": route, "actions": actions, "reasons": reasons}


def _in_order(bits: int, names: Mapping[int, str]) -> list[str]:
    """Give the name of each bit, the lowest first."""
    named = []
    while bits:
        lowest = bits & -bits
        named.append(names[lowest])
        bits ^= lowest
    return named


def _mask(rulebook: Rulebook, bits: Mapping[str, int], level: int, basis: str | None = None) -> int:
    return sum(
        bits[one.id]
        for one in rulebook.indicators
        if one.recordable and one.level == level and (basis is None or one.basis == basis)
    )


def _answered(situation: Mapping[str, str]) -> int:
    flags = 0
    for question, answer in situation.items():
        flags |= ANSWERS[question][answer]
    if "consent" not in situation:
        flags |= NOT_SOUGHT
    if "informing_parents" not in situation:
        flags |= INFORM_NOT_KNOWN
    return flags


def _first_actions(flags: int) -> list[str]:
    actions = []
    if flags & DANGER:
        actions.append("call-999-police")
    if flags & MEDICAL:
        actions.append("call-999-ambulance")
    if flags & MEDICAL_NOT_KNOWN:
        actions.append("get-medical-advice")
    if flags & UNSAFE:
        actions.append("do-not-inform-parents")
    return actions


def _actions_at_4(flags: int) -> list[str]:
    actions = _first_actions(flags)
    telling = flags & (GRAVE | INFORM_NOT_KNOWN | UNSAFE | GIVEN)
    if telling == GRAVE | INFORM_NOT_KNOWN or flags & HOLD:
        actions.append("take-advice-before-informing")
    if flags & OPEN:
        actions.append("tell-allocated-social-worker")
    if flags & OUT_OF_HOURS and flags & (GRAVE | IN_DOUBT):
        actions.append("contact-edt")
    if flags & (OPEN | HARM | OUT_OF_HOURS) == OPEN | HARM:
        actions.append("contact-mash")
    if not flags & OPEN:
        actions += _referral(flags)
    if not flags & GIVEN and flags & (HARM | UNSAFE_TO_SEEK | NOT_POSSIBLE):
        actions.append("refer-without-consent")
    if flags & (HARM | INFORM_SAFE | UNSAFE) == HARM | INFORM_SAFE:
        actions.append("inform-parents")
    actions += ("speak-to-safeguarding-lead", "record-decision")
    return actions


def _referral(flags: int) -> list[str]:
    actions = []
    if flags & (GRAVE | OUT_OF_HOURS) != GRAVE | OUT_OF_HOURS:
        actions.append("contact-mash")
    if not flags & HARM or flags & RULED_OUT:
        actions.append("consult-mash-social-worker")
    asked = flags & (NOT_SOUGHT | UNSAFE | HOLD | HARM) == NOT_SOUGHT
    if asked and flags & (GRAVE | INFORM_NOT_KNOWN) != GRAVE | INFORM_NOT_KNOWN:
        actions.append("seek-consent")
    actions.append("complete-marf")
    return actions


def _actions_below_4(flags: int) -> list[str]:
    actions = _first_actions(flags)
    if flags & HOLD:
        actions.append("take-advice-before-informing")
    if flags & OPEN:
        actions.append("tell-allocated-social-worker")
    if flags & OUT_OF_HOURS and flags & IN_DOUBT:
        actions.append("contact-edt")
    asks = flags & (COULD_BE_4 | ADVICE_FIRST) or flags & (MEDICAL | RULED_OUT) == MEDICAL
    if asks and not flags & OPEN:
        actions.append("consult-mash-social-worker")
    return actions


def _actions_at_2_or_3(flags: int, level: int) -> list[str]:
    actions = _actions_below_4(flags)
    if not flags & OPEN:
        actions += _early_help(flags, level)
    actions += ("speak-to-safeguarding-lead", "record-decision")
    return actions


def _early_help(flags: int, level: int) -> list[str]:
    actions = []
    agreed = not flags & (UNSAFE | HOLD) and flags & (GIVEN | NOT_SOUGHT | NOT_APPLICABLE)
    if agreed == NOT_SOUGHT:
        actions.append("seek-consent")
    if level == 3 and agreed:
        actions.append("complete-eha")
        if agreed == GIVEN:
            actions.append("agree-plan-with-key-worker")
    if level == 2 and not flags & HOLD:
        actions.append("make-action-plan")
        if agreed:
            actions.append("offer-eha")
    if flags & (REFUSED | NOT_POSSIBLE):
        actions.append("reconsider-without-consent")
    actions.append("contact-chat")
    return actions


def _actions_at_1(flags: int) -> list[str]:
    actions = _actions_below_4(flags)
    actions.append("use-universal-services")
    if flags & (COULD_BE_4 | ADVICE_FIRST | MEDICAL_NOT_KNOWN):
        actions.append("speak-to-safeguarding-lead")
    actions.append("record-decision")
    return actions


def _actions_without_level(flags: int) -> list[str]:
    actions = _actions_below_4(flags)
    if not flags & (OPEN | MEDICAL):
        actions.append("contact-chat")
    actions += ("speak-to-safeguarding-lead", "record-decision")
    return actions

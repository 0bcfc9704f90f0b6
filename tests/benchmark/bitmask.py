"""The unit: the same decision written by hand, each indicator and answer a bit, the actions straight-line code.

It does only this: it reads no rules, checks nothing that it is given, and nothing checks it.
"""

from __future__ import annotations

from collections.abc import Mapping

from rhrt import Rulebook
from tests.benchmark.work import Answer, Assess, RecordData

DANGER, MEDICAL, SUSPECTED, RULED_OUT, OPEN, OUT_OF_HOURS, COULD_BE_4, UNSAFE = (1 << n for n in range(8))
NOT_SOUGHT, GIVEN, REFUSED, NOT_POSSIBLE, CANNOT_SEEK, INFORM_NOT_KNOWN, INFORM_SAFE = (
    1 << n for n in range(8, 15)
)
HARM, GRAVE = 1 << 15, 1 << 16

ANSWERS: Mapping[str, Mapping[str, int]] = {
    "immediate_danger": {"not-asked": 0, "yes": DANGER | HARM | GRAVE, "no": 0, "not-known": COULD_BE_4},
    "medical_emergency": {"not-asked": 0, "yes": MEDICAL, "no": 0, "not-known": 0},
    "suspected_significant_harm": {
        "not-asked": 0,
        "yes": SUSPECTED | HARM | GRAVE,
        "no": RULED_OUT,
        "not-known": COULD_BE_4,
    },
    "open_to_social_care": {"not-asked": 0, "yes": OPEN, "no": 0, "not-known": 0},
    "out_of_hours": {"no": 0, "yes": OUT_OF_HOURS},
    "consent": {
        "not-sought": NOT_SOUGHT,
        "given": GIVEN,
        "refused": REFUSED,
        "unsafe-to-seek": UNSAFE | CANNOT_SEEK,
        "not-possible": NOT_POSSIBLE | CANNOT_SEEK,
        "not-applicable": 0,
    },
    "informing_parents": {
        "not-known": INFORM_NOT_KNOWN,
        "safe": INFORM_SAFE,
        "unsafe": UNSAFE,
        "not-applicable": 0,
    },
}
"""The bits that each answer sets."""


def build(rulebook: Rulebook) -> Assess:
    """Make the evaluator."""
    return _Bitmask(rulebook).assess


class _Bitmask:
    """The masks of a rulebook's indicators, by level and by basis."""

    __slots__ = ("bits", "harm", "level_1", "level_2", "level_3", "level_4", "names", "safety")

    def __init__(self, rulebook: Rulebook) -> None:
        bits = self.bits = {id_: 1 << place for id_, place in rulebook.position.items()}
        self.names = {bit: id_ for id_, bit in bits.items()}
        self.level_1, self.level_2, self.level_3, self.level_4 = (_mask(rulebook, bits, n) for n in (1, 2, 3, 4))
        self.harm = _mask(rulebook, bits, 4, "significant-harm")
        self.safety = _mask(rulebook, bits, 4, "safety")

    def assess(self, record: RecordData) -> Answer:
        indicators, bits = record["indicators"], self.bits
        present = not_known = 0
        for id_ in indicators["present"]:
            present |= bits[id_]
        for id_ in indicators.get("not_known", ()):
            not_known |= bits[id_]
        flags = _flags(record["situation"])
        if not_known & self.level_4:
            flags |= COULD_BE_4
        if flags & (DANGER | SUSPECTED) or present & self.level_4:
            return self._at_4(present, flags)
        if deciding := present & self.level_3:
            return self._answer(3, "chat-eha", _actions_at_2_or_3(flags, 3), deciding)
        if deciding := present & self.level_2:
            return self._answer(2, "chat-eha", _actions_at_2_or_3(flags, 2), deciding)
        if deciding := present & self.level_1:
            return self._answer(1, "universal", _actions_at_1(flags), deciding)
        return self._answer(None, None, _actions_without_level(flags), 0)

    def _at_4(self, present: int, flags: int) -> Answer:
        if present & self.harm:
            flags |= HARM | GRAVE
        elif present & self.safety and not flags & RULED_OUT:
            flags |= GRAVE
        answer = self._answer(4, "mash-marf", _actions_at_4(flags), present & self.level_4)
        if flags & SUSPECTED:
            answer["reasons"].insert(0, "suspected_significant_harm")
        if flags & DANGER:
            answer["reasons"].insert(0, "immediate_danger")
        return answer

    def _answer(self, level: int | None, route: str | None, actions: list[str], deciding: int) -> Answer:
        reasons, names = [], self.names
        while deciding:
            lowest = deciding & -deciding
            reasons.append(names[lowest])
            deciding ^= lowest
        return {"level": level, "route": route, "actions": actions, "reasons": reasons}


def _mask(rulebook: Rulebook, bits: Mapping[str, int], level: int, basis: str | None = None) -> int:
    return sum(
        bits[one.id]
        for one in rulebook.indicators
        if one.recordable and one.level == level and (basis is None or one.basis == basis)
    )


def _flags(situation: Mapping[str, str]) -> int:
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
    if flags & UNSAFE:
        actions.append("do-not-inform-parents")
    return actions


def _actions_at_4(flags: int) -> list[str]:
    actions = _first_actions(flags)
    if flags & (HARM | INFORM_NOT_KNOWN | UNSAFE) == HARM | INFORM_NOT_KNOWN:
        actions.append("take-advice-before-informing")
    if flags & OPEN:
        actions.append("tell-allocated-social-worker")
    if flags & (GRAVE | OUT_OF_HOURS) == GRAVE | OUT_OF_HOURS:
        actions.append("contact-edt")
    if flags & (OPEN | HARM | OUT_OF_HOURS) == OPEN | HARM:
        actions.append("contact-mash")
    if not flags & OPEN:
        actions += _referral(flags)
    if not flags & GIVEN and flags & (HARM | CANNOT_SEEK):
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
    if flags & (NOT_SOUGHT | UNSAFE | HARM) == NOT_SOUGHT:
        actions.append("seek-consent")
    actions.append("complete-marf")
    return actions


def _actions_below_4(flags: int) -> list[str]:
    actions = _first_actions(flags)
    if flags & OPEN:
        actions.append("tell-allocated-social-worker")
    if flags & (UNSAFE | COULD_BE_4) or flags & (MEDICAL | RULED_OUT) == MEDICAL:
        actions.append("consult-mash-social-worker")
    return actions


def _actions_at_2_or_3(flags: int, level: int) -> list[str]:
    actions = _actions_below_4(flags)
    if not flags & OPEN:
        agreed = not flags & UNSAFE and flags & (GIVEN | NOT_SOUGHT)
        if agreed == NOT_SOUGHT:
            actions.append("seek-consent")
        if level == 2:
            actions.append("make-action-plan")
            if agreed:
                actions.append("offer-eha")
        elif agreed:
            actions.append("complete-eha")
            if agreed == GIVEN:
                actions.append("agree-plan-with-key-worker")
        if flags & (REFUSED | NOT_POSSIBLE):
            actions.append("reconsider-without-consent")
        actions.append("contact-chat")
    actions += ("speak-to-safeguarding-lead", "record-decision")
    return actions


def _actions_at_1(flags: int) -> list[str]:
    actions = _actions_below_4(flags)
    actions.append("use-universal-services")
    if flags & (COULD_BE_4 | UNSAFE):
        actions.append("speak-to-safeguarding-lead")
    actions.append("record-decision")
    return actions


def _actions_without_level(flags: int) -> list[str]:
    actions = _actions_below_4(flags)
    if not flags & (OPEN | MEDICAL):
        actions.append("contact-chat")
    actions += ("speak-to-safeguarding-lead", "record-decision")
    return actions

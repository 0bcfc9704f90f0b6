"""What a rulebook and a record hold, in words, such as “Level 4, grave: yes, out of hours: yes”."""

import re
from collections.abc import Iterable, Mapping

from rhrt.record import Record
from rhrt.rulebook.kinds import AtLeast, Conditions, Wanted, words_of
from rhrt.rulebook.model import Rulebook

ALWAYS = "Always"


class Words:
    """Says in the words of one rulebook what conditions ask, and what a record holds."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._titles: Mapping[str, Mapping[str, str]] = {
            "age_band": {band.id: band.title for band in rulebook.age_bands},
            "heading": {heading.id: heading.title for heading in rulebook.headings},
            "circumstance": {one.id: one.title for one in rulebook.circumstances},
            "topic": {one.id: one.title for one in rulebook.topics},
            "route": {route.id: route.name for route in rulebook.routes},
            "urgency": {urgency.id: urgency.name for urgency in rulebook.urgencies},
        }

    def alternatives(self, when: Iterable[Conditions]) -> list[str]:
        """Say each alternative."""
        return [self.condition(one) for one in when]

    def condition(self, conditions: Conditions) -> str:
        """Say what one fact must look like; `Always` where nothing is asked."""
        said = ", ".join(self._part(field, wanted) for field, wanted in conditions.items())
        return sentence(said) or ALWAYS

    @property
    def levels(self) -> list[str]:
        """The number of each level."""
        return [f"Level {one.level}" for one in self._rulebook.levels]

    def titles(self, kind: str, ids: Iterable[str | None]) -> list[str]:
        """Say the titles of some age bands, headings, circumstances or topics, where there is one."""
        return [self._titles[kind].get(id_, id_) for id_ in ids if id_]

    def situation(self, record: Record) -> list[str]:
        """Say what a record answers about the situation."""
        return [f"{plain(field)}: {plain(answer)}" for field, answer in record.situation.items()]

    def follow_ups(self, record: Record) -> list[str]:
        """Say the follow-up questions that a record answers, each with its answer."""
        asked = self._rulebook.follow_up
        return [f"{asked[id_].text} {plain(answer)}" for id_, answer in record.follow_ups.items()]

    def _part(self, field: str, wanted: Wanted) -> str:
        if isinstance(wanted, AtLeast):
            return levels(wanted)
        if isinstance(wanted, int):
            return levels(AtLeast(at_least=wanted, at_most=wanted))
        values = " or ".join(self._value(field, value) for value in words_of(wanted))
        return f"marked {values}" if field == "mark" else f"{plain(field)}: {values}"

    def _value(self, field: str, value: str) -> str:
        title = self._titles.get(field, {}).get(value)
        return f"“{title}”" if title else plain(value)


def levels(wanted: AtLeast) -> str:
    """Say a range of levels; 0 is no level."""
    least, most = wanted.at_least, wanted.at_most
    if least == most:
        return f"Level {least}" if least else "no level"
    if most is None:
        return f"Level {least} or higher" if least else "any level or none"
    return f"Levels {least} to {most}" if least else f"no level or up to Level {most}"


def plain(name: str) -> str:
    """Write a name of the rulebook, such as `out_of_hours` or `not-known`, as words."""
    return re.sub(r"(?<!\d)[-_]|[-_](?!\d)", " ", name)


def sentence(text: str) -> str:
    """Begin a text as a sentence begins."""
    return text[:1].upper() + text[1:]

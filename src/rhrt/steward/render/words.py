"""Conditions in words, such as “Level 4, grave: yes, out of hours: yes”."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rhrt.rulebook.model import AtLeast, Conditions, Rulebook, Wanted

ALWAYS = "Always"


class Words:
    """Says what the conditions of one rulebook ask."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._titles: Mapping[str, Mapping[str, str]] = {
            "age_band": {band.id: band.title for band in rulebook.age_bands},
            "heading": {heading.id: heading.title for heading in rulebook.headings},
            "route": {route.id: route.name for route in rulebook.routes},
            "urgency": {urgency.id: urgency.name for urgency in rulebook.urgencies},
        }

    def alternatives(self, when: Iterable[Conditions]) -> list[str]:
        """Say each alternative."""
        return [self.condition(one) for one in when]

    def condition(self, conditions: Conditions) -> str:
        """Say what one fact must look like; `Always` where nothing is asked."""
        said = ", ".join(self._part(field, wanted) for field, wanted in conditions.items())
        return said[:1].upper() + said[1:] or ALWAYS

    def _part(self, field: str, wanted: Wanted) -> str:
        if isinstance(wanted, AtLeast):
            return levels(wanted)
        if isinstance(wanted, int):
            return levels(AtLeast(at_least=wanted, at_most=wanted))
        values = " or ".join(self._value(field, value) for value in _listed(wanted))
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


def _listed(wanted: str | tuple[str, ...]) -> tuple[str, ...]:
    return (wanted,) if isinstance(wanted, str) else wanted

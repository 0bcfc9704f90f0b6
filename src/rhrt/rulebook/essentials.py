"""What every rulebook has: levels from 1, questions with answers, a finding of harm, own names, and dates."""

from collections.abc import Iterator

from rhrt.files import Location
from rhrt.rulebook.conditions import NO_ROUTE, RESERVED
from rhrt.rulebook.dates import first_day
from rhrt.rulebook.kinds import HARM
from rhrt.rulebook.model import Rulebook

Problem = tuple[str, Location, str, str]
"""The file (its name in the folder), the location in it, what is wrong, and what to do."""


def essentials(rulebook: Rulebook) -> Iterator[Problem]:
    """Give what is missing of all that a rulebook cannot do without, and names that are taken."""
    if [level.level for level in rulebook.levels] != list(range(1, max(len(rulebook.levels), 1) + 1)):
        what = "The levels are not numbered 1, 2, 3 and so on."
        yield "rulebook", ("levels",), what, "Number them from 1, the lowest first."
    yield from _strengths(rulebook)
    for index, field in enumerate(rulebook.situation):
        if len(field.values) < 2:
            what = f"'{field.id}' has fewer than two answers."
            yield "rulebook", ("situation", index, "values"), what, "Give the answers, the default first."
    if HARM not in (finding.id for finding in rulebook.findings):
        what, remedy = f"There is no finding '{HARM}'.", "Say what establishes that harm is in question."
        yield "routes", ("findings",), what, f"{remedy} Every answer shows it."
    yield from _names(rulebook)


def _strengths(rulebook: Rulebook) -> Iterator[Problem]:
    """Find levels whose concerns would be shown as going well."""
    lowest = min((level.level for level in rulebook.levels), default=1)
    for index, level in enumerate(rulebook.levels):
        if level.strengths and level.level != lowest:
            what = f"Level {level.level} is not the lowest, so its signs cannot be strengths."
            yield "rulebook", ("levels", index, "strengths"), what, f"Remove it. Only Level {lowest} may have it."


def _names(rulebook: Rulebook) -> Iterator[Problem]:
    for index, field in enumerate(rulebook.situation):
        if field.id in RESERVED:
            what = f"'{field.id}' is a word with a meaning of its own."
            yield "rulebook", ("situation", index, "id"), what, "Give the question another name."
    taken = {*RESERVED, *(field.id for field in rulebook.situation)}
    for index, finding in enumerate(rulebook.findings):
        if finding.id in taken:
            what = f"'{finding.id}' is also a question of the situation, or a word with a meaning of its own."
            yield "routes", ("findings", index, "id"), what, "Give the finding another name."
    for index, route in enumerate(rulebook.routes):
        if route.id == NO_ROUTE:
            what = f"'{NO_ROUTE}' means that there is no route."
            yield "routes", ("routes", index, "id"), what, "Give the route another name."


def edition_faults(rulebook: Rulebook) -> Iterator[Problem]:
    """Give each date that is none, and a review that was due before the rulebook was published.

    A document may have its date in words, such as Spring 2031, but not in numbers that are no date.
    """
    for location, written in _dates(rulebook):
        in_words = location[0] == "documents" and any(map(str.isalpha, written))
        if first_day(written) is None and not in_words:
            what = f"'{written[:40]}' is not a month or a day that there is."
            yield "rulebook", location, what, "Write a month such as 2020-11, a day such as 2020-11-21, or a year."
    by, published = first_day(rulebook.review_by or ""), first_day(rulebook.published)
    if by and published and by < published:
        what = f"The review was due by {rulebook.review_by}, before this was published ({rulebook.published})."
        yield "rulebook", ("review", "by"), what, "Write the date that this edition gives for its review."


def _dates(rulebook: Rulebook) -> Iterator[tuple[Location, str]]:
    yield ("published",), rulebook.published
    for index, document in enumerate(rulebook.documents):
        yield ("documents", index, "published"), document.published
    if rulebook.review:
        yield ("review", "by"), rulebook.review.by
        yield ("review", "set_on"), rulebook.review.set_on

"""The dates of an edition: when it was published, when its documents were, and by when it was to be reviewed."""

from __future__ import annotations

from collections.abc import Iterator

from rhrt.files import Location
from rhrt.rulebook.dates import first_day
from rhrt.rulebook.essentials import Problem
from rhrt.rulebook.model import Rulebook


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

"""The words speak of another edition.

Finds: a `notice` that names a month, or the year of an edition, which is not that of the rulebook, of a document of
it or of its review. It also finds a rulebook whose date of publication is that of none of its documents.

Why it matters: the notice stands under every answer. After a new edition it says that the answer follows the old
one.

To put it right: write the date of this edition wherever the old one stands.
"""

import re
from calendar import month_name
from collections.abc import Iterator

from rhrt.rulebook.model import Rulebook
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "error"
_MONTHS = [name for name in month_name if name]
_MONTH = re.compile(
    rf"\b({'|'.join(_MONTHS)}|(?:{'|'.join(name[:3] for name in _MONTHS)}|Sept)\b\.?),? ((?:19|20)\d\d)\b"
)
_NUMBERS = re.compile(r"(?<![\d/.-])(?:\d{1,2}[/.-])?(0?[1-9]|1[0-2])[/.-]((?:19|20)\d\d)(?![\d/-])")
_YEAR_FIRST = re.compile(r"(?<![\d/.-])((?:19|20)\d\d)[/.-](0[1-9]|1[0-2])(?:[/.-]\d\d)?(?![\d/-])")
_EDITION = r"\b(?:framework|guide|edition|version|published|review(?:ed)?)(?: (?:of|in|from|for|by))? "
_YEAR = re.compile(rf"{_EDITION}((?:19|20)\d\d)\b(?![/.-]\d)")
_SHORT = re.compile(rf"{_EDITION}(?:\d+ - )?((0?[1-9]|1[0-2])/(\d\d))\b(?!/)")


def check(folder: RulebookFolder) -> Problems:
    """Report each date of the notice that is not the edition's, and an edition without a document of its date."""
    rulebook = folder.rulebook
    if rulebook.documents and not any(_same(rulebook.published, one.published) for one in rulebook.documents):
        what = f"No document was published in {rulebook.published}, as the rulebook was."
        yield Problem("rulebook", ("published",), what, "Write the date of this edition at its document too.")
    known = [*_known(rulebook)]
    for said, written in _said(rulebook.notice):
        if not any(_same(written, one) for one in known):
            what = f"The notice speaks of “{said}”, and nothing of this edition has that date."
            yield Problem("rulebook", ("notice",), what, "Write the date of this edition.")


def _known(rulebook: Rulebook) -> Iterator[str]:
    yield rulebook.published
    yield from (document.published for document in rulebook.documents)
    yield from (contact.verified for contact in rulebook.contacts if contact.verified)
    if rulebook.review:
        yield from (rulebook.review.by, rulebook.review.set_on)


def _said(text: str) -> Iterator[tuple[str, str]]:
    """Give each month, or year of an edition, that a text names: as said, and as a rulebook writes it."""
    for found in _MONTH.finditer(text):
        yield found[0], f"{found[2]}-{_month(found[1]):02}"
    for found in _NUMBERS.finditer(text):
        yield found[0], f"{found[2]}-{int(found[1]):02}"
    for found in _YEAR_FIRST.finditer(text):
        yield found[0], f"{found[1]}-{found[2]}"
    for found in _SHORT.finditer(text):
        yield found[1], f"20{found[3]}-{int(found[2]):02}"
    for found in _YEAR.finditer(text):
        yield found[1], found[1]


def _month(name: str) -> int:
    """Give the number of a month by its name, or by the first letters of it."""
    return next(number for number, one in enumerate(_MONTHS, 1) if one.startswith(name[:3]))


def _same(one: str, other: str) -> bool:
    """Say whether two dates agree as far as both go."""
    return one.startswith(other) or other.startswith(one)

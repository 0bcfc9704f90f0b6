"""Ids: short English words joined by hyphens, which never change once others use them."""

import re
from unicodedata import normalize

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
"""What an id looks like."""

_LONGEST_SUGGESTION = 5
_LITTLE = frozenset(
    ("a", "an", "and", "any", "are", "as", "at", "be", "but", "by", "etc", "for", "from", "has", "have", "in",
     "including", "into", "is", "it", "its", "of", "on", "or", "such", "than", "that", "the", "their", "there",
     "they", "this", "those", "to", "when", "which", "who", "whose", "with")
)  # fmt: skip
"""Words that say little in an id."""


def kebab(text: str) -> str:
    """Write text in small letters with hyphens, without accents and apostrophes; empty where no letter is left."""
    plain = normalize("NFKD", text.replace("'", "").replace("’", "")).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower()))


def suggested(wording: str) -> str:
    """Suggest an id for an indicator: the first words of its wording that carry meaning, without numbers."""
    words = [word for word in kebab(wording).split("-") if word not in _LITTLE and not re.search(r"\d|level", word)]
    return "-".join(words[:_LONGEST_SUGGESTION])


def says_a_level(id_: str, highest: int) -> bool:
    """Say whether an id carries the number of a level, which a new edition may move."""
    return re.search(rf"level|(^|-)l?[1-{highest}](-|$)", id_) is not None

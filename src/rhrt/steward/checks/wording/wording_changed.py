"""The wording or basis is not as it was compared with the source.

Finds: a file of indicators whose `wordings_sha256` is missing, or does not fit its numbers, levels, headings,
wordings and bases any more, or which signs can be recorded.

Why it matters: the wording is quoted as printed. A word that slipped or was tidied puts words in the
framework's mouth. The basis says whether a sign is harm. If it slips, a hurt child waits.

To put it right: undo the change, if it was a slip. Otherwise compare every wording of the file with the source,
word for word, and read each `basis` beside its wording. Then write the digest that is given.
"""

from typing import Any

from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight
from rhrt.steward.write.transcription import digest, digest_of_words

WEIGHT: Weight = "error"
_CHANGED = (
    "A number, level, heading, wording or basis, or whether a sign can be recorded, has changed since they were "
    "compared with the source."
)
_NEVER = "Nothing says that the wordings were compared with the source."
_BASIS = (
    "Nothing says that the basis of each sign was compared with the source: this digest covers the wordings alone."
)


def check(folder: RulebookFolder) -> Problems:
    """Report each file of indicators whose digest is missing or does not fit."""
    for file, written in folder.written.items():
        value: Any = written.value
        if not file.startswith("indicators/"):
            continue
        indicators, level = value["indicators"], value.get("level")
        kept, now = value.get("wordings_sha256"), digest(indicators, level)
        if kept != now:
            of_words = kept == digest_of_words(indicators, level)
            what = _BASIS if of_words else _CHANGED if kept else _NEVER
            compare = "Read each basis beside its wording." if of_words else "Compare them, word for word."
            remedy = f'{compare} Then write wordings_sha256: "{now}".'
            yield Problem(file, ("wordings_sha256",) if kept else (), what, remedy)

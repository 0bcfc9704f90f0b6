"""What went wrong, where, and what to do about it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Fault(NamedTuple):
    """One thing wrong with what somebody wrote.

    `where` is `file:line:column` or a path into the data; `what` and `remedy` are whole sentences.
    """

    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.remedy}".strip()


class BadInput(ValueError):  # noqa: N818 - named for what it is, not for the mechanism
    """A file, record or option cannot be used. Carries every fault found, not the first alone."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


NO_SUGGESTION = (
    "If a child is in danger, call 999. rhrt cannot give a suggestion. Do not rely on it for this child. "
    "Talk to your safeguarding lead, or ask children's social care for a consultation."
)
"""What to tell the person who waits for an answer where there is none, and no rulebook says whom to ring."""


class NoAnswer(RuntimeError):  # noqa: N818
    """There is no answer to show, and no part of one.

    `advice` is what to tell the person who waits for it. The message is for whoever looks after rhrt.
    """

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.advice = advice or NO_SUGGESTION


class EvaluatorsDiffer(NoAnswer):
    """The two evaluators did not agree, or one of them failed: no level may be shown."""


class NotWhole(NoAnswer):
    """The rulebook does not say how soon, what to do, or where to go: half an answer is not shown."""


def place_of(error: BaseException) -> str:
    """Say what kind of failure it is and where in the code; its message may hold what was recorded."""
    place, trace = "", error.__traceback__
    while trace:
        code = trace.tb_frame.f_code
        place, trace = f"{code.co_filename}:{trace.tb_lineno} ({code.co_name})", trace.tb_next
    return f"{type(error).__name__} at {place or 'an unknown place'}"


def nearest(word: object, known: Iterable[str], most: int = 3, least: float = 0.5) -> str:
    """Say which known words, `most` of them at most, are nearest to one that is not; empty when none is near.

    `least` is how much of both words must be the same.
    """
    from rapidfuzz.distance import Indel  # only needed once something is wrong
    from rapidfuzz.process import extract

    near = extract(str(word)[:100], list(known), scorer=Indel.normalized_similarity, score_cutoff=least, limit=most)
    return f"Did you mean {one_of([other for other, _, _ in near])}?" if near else ""


def one_of(words: Sequence[str]) -> str:
    """Join words as a person would: `a`, `a or b`, `a, b or c`."""
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)

"""The kinds of rule that a rulebook has, and the conditions under which each holds."""

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from rhrt.part import Part, part

Mark = Literal["present", "absent", "not-known"]
"""What a practitioner says of an indicator."""

NOT_ASKED, NOT_KNOWN, YES, NO = "not-asked", "not-known", "yes", "no"
"""Answers with a meaning of their own in every rulebook; all others are the rulebook's."""

Named = Literal["danger", "medical", "harm", "police", "consult"]
"""What a yes to a follow-up question can mean, the gravest first: the order in which they are asked."""

RestsOn = Literal["framework", "editorial"]
"""What words rest on: the documents, or practice from outside them, which a safeguarding lead is to confirm."""

FOLLOW_UP_ANSWERS = (YES, NO, NOT_KNOWN)
"""What can be answered to a follow-up question. One that was not asked is left out."""

HARM = "harm"
"""The one finding that every rulebook defines: what was recorded speaks of significant harm."""


@part
class Source(Part):
    """Where a rule comes from: the document, its section, and the facts and readings behind it."""

    document: str
    section: str
    page: int | None = None
    facts: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()


@part
class AtLeast(Part):
    """A condition on a number: this much or more, and `at_most` where that is given."""

    at_least: int
    at_most: int | None = None


Wanted = int | str | tuple[str, ...] | AtLeast
Conditions = Mapping[str, Wanted]
"""What one fact must look like: each field named has the value, or one of the values. Empty: always."""


def words_of(wanted: Wanted) -> tuple[str, ...]:
    """Give the words that a condition wants, any one of them; none where it wants a number."""
    if isinstance(wanted, str):
        return (wanted,)
    return wanted if isinstance(wanted, tuple) else ()


@part
class Finding(Part):
    """Something that one fact establishes, under any one of the alternatives of `when`.

    `about` says which fact is looked at: one thing `recorded` (an indicator as marked, an answer, the
    practitioner's own level; `indicator` means the same), or all the `answers` with what the things recorded
    established.
    """

    id: str
    meaning: str
    about: Literal["recorded", "indicator", "answers"]
    when: tuple[Conditions, ...]
    source: Source


@part
class Judgement(Part):
    """An answer that is a reason: the practitioner's own judgement sets a level, or asks for a step (no `level`).

    `about` says whether one answer is looked at (`recorded`), or all of them. `{question}` in `wording` is the
    question that was answered.
    """

    id: str
    wording: str
    when: tuple[Conditions, ...]
    source: Source
    level: int = 0
    about: Literal["recorded", "answers"] = "answers"


@part
class Route(Part):
    """Where the concern goes. The first route whose conditions hold is taken."""

    id: str
    name: str
    when: tuple[Conditions, ...]
    source: Source


@part
class Urgency(Part):
    """How soon. The first urgency whose conditions hold is taken, so the most urgent is written first."""

    id: str
    name: str
    when: tuple[Conditions, ...]
    source: Source


@part
class Case(Part):
    """When an action applies, and the words it then has; `basis` says where those come from."""

    when: Conditions
    text: str
    by_when: str | None = None
    contact: str | None = None
    basis: RestsOn = "framework"


@part
class Action(Part):
    """A next step. It applies when one of its cases does; the first that does gives the words."""

    code: str
    who: str
    cases: tuple[Case, ...]
    source: Source


@part
class Prompt(Part):
    """A question that makes the reader think again.

    It can apply when any of its `indicators` is present, any of `absent` marked absent (and no higher rung of its
    ladder present) or any of its `circumstances` recorded, or whatever is recorded where it names none; and it does
    when any alternative of `when` holds. The lowest `rank` is shown first. `consider` names indicators that the
    reader may want to record as well.

    With `if_yes` it is a follow-up question: it is asked before the answer is given, and yes does what `if_yes`
    names. `if_not_known` is given only where not knowing is itself the danger. Without them it is a thought, and
    changes nothing.
    """

    id: str
    when: tuple[Conditions, ...]
    rank: int
    text: str
    why: str
    basis: RestsOn
    source: Source
    indicators: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    circumstances: tuple[str, ...] = ()
    consider: tuple[str, ...] = ()
    if_yes: tuple[Named, ...] = ()
    if_not_known: Literal["consult"] | None = None


@part
class Afterwards(Part):
    """What happens after the next steps are taken, and whom to chase."""

    id: str
    text: str
    when: tuple[Conditions, ...]
    source: Source


@part
class SafetySentence(Part):
    """Something that must be true of every answer that the rulebook can give.

    It speaks of every record with any one of `indicators` present, any one at the highest level that has the
    `basis`, or one thing recorded that meets an alternative of `recorded` (of all records, where it names none;
    `alone`: with nothing else recorded but answers to questions), in a situation that meets an alternative of
    `when`. There the situation, the `route` and the `urgency` must be as `answer` says, the first step one of
    `first`, one of `some` among the steps, and none of `never`; and each of `after` among the steps must stand
    behind one of `before`.
    """

    id: str
    sentence: str
    source: Source
    indicators: tuple[str, ...] = ()
    recorded: tuple[Conditions, ...] = ()
    basis: str | None = None
    alone: bool = False
    when: tuple[Conditions, ...] = ({},)
    answer: Conditions = field(default_factory=dict)
    first: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

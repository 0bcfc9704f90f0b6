"""The parts of a rulebook, as its files write them.

pydantic validates the files against these dataclasses (`read`) and makes their JSON Schema (`schema`). They
are not pydantic's own model classes, because importing what defines one of those takes as long as all the
rest of an assessment from the command line.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from hashlib import sha256
from typing import Literal, get_args

from rhrt.part import Part, part

Mark = Literal["present", "absent", "not-known"]
"""What a practitioner says of an indicator."""

NOT_ASKED, NOT_KNOWN, YES, NO = "not-asked", "not-known", "yes", "no"
"""Answers with a meaning of their own in every rulebook; all others are the rulebook's."""

Named = Literal["danger", "medical", "harm", "police", "consult"]
"""What a yes to a follow-up question can mean, the gravest first: the order in which they are asked."""

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
class Document(Part):
    """A document that rules cite; `short` is what a citation calls it."""

    id: str
    short: str
    title: str
    published: str


@part
class Review(Part):
    """By when the framework was to be reviewed, who set that, and when: a year, a month or a day each."""

    by: str
    set_by: str
    set_on: str


@part
class Level(Part):
    """One level of need. At a level of `strengths`, the lowest only, the indicators are what goes well."""

    level: int
    name: str
    meaning: str
    source: Source
    strengths: bool = False


@part
class Heading(Part):
    """A heading of the framework, with each form in which it is printed."""

    id: str
    title: str
    printed: tuple[str, ...]


@part
class Basis(Part):
    """Why an indicator stands at its level, where the actions depend on it."""

    id: str
    meaning: str


@part
class Contact(Part):
    """Somebody to ring. `printed` is the month of the source; `verified` the day somebody checked it.

    `otherwise` is the id of the contact who answers at other hours.
    """

    id: str
    name: str
    number: str | None
    hours: str
    printed: str
    verified: str | None
    otherwise: str | None = None
    note: str | None = None

    @property
    def reached(self) -> str:
        """How to reach them: the name with the number, where there is one, and the hours."""
        number = f": {self.number}" if self.number else ""
        return f"{self.name}{number} ({self.hours})"


@part
class AgeBand(Part):
    """An age band that a record may give."""

    id: str
    title: str


@part
class SituationField(Part):
    """One question about the situation, and the answers it takes; the first is the default."""

    id: str
    question: str
    why: str
    values: tuple[str, ...]
    source: Source
    ask_first: bool = False


@part
class WrittenIndicator(Part):
    """An indicator as its file writes it: `wording` as printed, `also` as people say it.

    `n` is its place in the framework's list; `level` is given here only where the file gives none.
    """

    id: str
    wording: str
    also: tuple[str, ...]
    n: int | None = None
    heading: str | None = None
    printed_heading: str | None = None
    group: str | None = None
    shown_under: str | None = None
    page: int | None = None
    level: int | None = None
    basis: str | None = None
    recordable: bool = True
    note: str | None = None


@part
class Indicator(WrittenIndicator):
    """An indicator with its level and its source."""

    level: int
    source: Source


@part
class Retired(Part):
    """A sign that a new edition took out, with nothing in its place; `last_edition` is the last that had it."""

    id: str
    last_edition: str

    @property
    def what(self) -> str:
        """Say of an old record that it names this sign."""
        return f"'{self.id}' was in the framework until edition {self.last_edition} and has been taken out."


@part
class Ladder(Part):
    """The same concern at rising severity, with the strength that is its opposite where there is one."""

    id: str
    title: str
    rungs: tuple[str, ...]
    source: Source
    strength: str | None = None


@part
class Circumstance(Part):
    """A special circumstance: a reason to be alert, never a level."""

    id: str
    wording: str
    title: str
    guidance: tuple[str, ...]
    source: Source


@part
class Topic(Part):
    """A subject of help, and the indicators for which it is offered."""

    id: str
    title: str
    indicators: tuple[str, ...]


@part
class Service(Part):
    """A service that the framework lists; `check` says what a later paper reports of it."""

    id: str
    name: str
    what: str
    topics: tuple[str, ...]
    levels: tuple[int, ...]
    source: Source
    check: str | None = None


@part
class Agencies(Part):
    """The partner agencies printed for one level."""

    level: int
    names: tuple[str, ...]
    source: Source


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

    @property
    def answers(self) -> Iterator[Mapping[str, tuple[str, ...]]]:
        """Each set of answers to questions of the situation by which it judges: the words wanted of each."""
        for conditions in self.when:
            if self.about == "answers":
                yield {question: words_of(wanted) for question, wanted in conditions.items()}
            elif "asked" in conditions:
                yield from (
                    {asked: words_of(conditions.get("answer", ()))} for asked in words_of(conditions["asked"])
                )

    @property
    def named(self) -> frozenset[str]:
        """What a follow-up question must name for a yes to it to judge."""
        return frozenset(word for conditions in self.when for word in words_of(conditions.get("names", ())))


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
    """When an action applies, and the words it then has."""

    when: Conditions
    text: str
    by_when: str | None = None
    contact: str | None = None


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
    basis: Literal["framework", "editorial"]
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


@part
class OverrideReason(Part):
    """A reason that a practitioner may give for a level of their own. There is no free text."""

    id: str
    text: str


@part
class Degree(Part):
    """Words of degree that the framework does not define, and what it says to weigh instead."""

    words: tuple[str, ...]
    guides: str
    source: Source


@part
class Difference(Part):
    """What is said where the practitioner's own level is not the one suggested."""

    higher: str
    lower: str
    policy: str
    reasons: tuple[OverrideReason, ...]
    source: Source


@part
class Clause(Part):
    """One fact or reading of the framework: the rules that encode it, or why none does."""

    clause: str
    rules: tuple[str, ...] = ()
    why_not: str | None = None


@dataclass(frozen=True, kw_only=True, repr=False, eq=False)
class Rulebook:
    """One framework, whole: all that its folder says."""

    id: str
    title: str
    edition: str
    area: str
    published: str
    notice: str
    no_level: str
    if_worse: str
    if_worse_contacts: tuple[str, ...]
    no_answer: str
    documents: tuple[Document, ...]
    levels: tuple[Level, ...]
    headings: tuple[Heading, ...]
    bases: tuple[Basis, ...]
    contacts: tuple[Contact, ...]
    age_bands: tuple[AgeBand, ...]
    situation: tuple[SituationField, ...]
    aliases: Mapping[str, str]
    indicators: tuple[Indicator, ...]
    ladders: tuple[Ladder, ...]
    circumstances: tuple[Circumstance, ...]
    topics: tuple[Topic, ...]
    services: tuple[Service, ...]
    agencies: tuple[Agencies, ...]
    synonyms: tuple[tuple[str, ...], ...]
    findings: tuple[Finding, ...]
    judgements: tuple[Judgement, ...]
    routes: tuple[Route, ...]
    urgencies: tuple[Urgency, ...]
    actions: tuple[Action, ...]
    prompts: tuple[Prompt, ...]
    afterwards: tuple[Afterwards, ...]
    safety: tuple[SafetySentence, ...]
    degree: Degree
    difference: Difference
    review: Review | None = None
    retired: tuple[Retired, ...] = ()

    @cached_property
    def sha256(self) -> str:
        """The hash of its files, as `read` notes it; of one made or altered in memory, the hash of what it says.

        `dataclasses.replace` makes another rulebook, which has not the hash, and so not the receipts, of the first.
        """
        return sha256(repr([getattr(self, part.name) for part in fields(self)]).encode()).hexdigest()

    @property
    def review_by(self) -> str | None:
        """By when the framework was to be reviewed; None where nothing says so."""
        return self.review.by if self.review else None

    @cached_property
    def indicator(self) -> Mapping[str, Indicator]:
        """Each indicator by its id."""
        return {indicator.id: indicator for indicator in self.indicators}

    @cached_property
    def position(self) -> Mapping[str, int]:
        """The place of each indicator that can be recorded, in the rulebook's order."""
        recordable = (indicator.id for indicator in self.indicators if indicator.recordable)
        return {id_: place for place, id_ in enumerate(recordable)}

    @cached_property
    def taken_out(self) -> Mapping[str, Retired]:
        """Each sign that was taken out, by its id."""
        return {one.id: one for one in self.retired}

    @cached_property
    def level(self) -> Mapping[int, Level]:
        """Each level by its number."""
        return {level.level: level for level in self.levels}

    @cached_property
    def contact(self) -> Mapping[str, Contact]:
        """Each contact by its id."""
        return {contact.id: contact for contact in self.contacts}

    @cached_property
    def advice(self) -> str:
        """What is said where no answer can be given: whom to ring, then the rulebook's own words."""
        numbers = [f"{self.contact[id_].reached}." for id_ in self.if_worse_contacts]
        return " ".join([*numbers, self.no_answer])

    @cached_property
    def field(self) -> Mapping[str, SituationField]:
        """Each question about the situation by its id."""
        return {question.id: question for question in self.situation}

    @cached_property
    def found_by(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the findings that one thing recorded, and that all answers, can establish."""
        one = tuple(finding.id for finding in self.findings if finding.about != "answers")
        return {"recorded": one, "answers": tuple(f.id for f in self.findings if f.about == "answers")}

    @cached_property
    def follow_up(self) -> Mapping[str, Prompt]:
        """Each follow-up question by its id: in the order in which they are asked."""
        order = get_args(Named).index
        asked = [prompt for prompt in self.prompts if prompt.if_yes]
        asked.sort(key=lambda prompt: (min(map(order, prompt.if_yes)), prompt.rank))
        return {prompt.id: prompt for prompt in asked}

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """The id of each question about the situation, in order."""
        return tuple(question.id for question in self.situation)

    @cached_property
    def defaults(self) -> tuple[str, ...]:
        """What each answer is until somebody gives another, in order."""
        return tuple(question.values[0] for question in self.situation)

    def ladders_of(self, indicator: str) -> tuple[Ladder, ...]:
        """Give the ladders on which an indicator stands, as a rung or as their strength."""
        return tuple(ladder for ladder in self.ladders if indicator in ladder.rungs or indicator == ladder.strength)

"""The parts of a rulebook, as its files write them.

pydantic validates the files against these dataclasses (`read`) and makes their JSON Schema (`schema`). They
are not pydantic's own model classes, because importing what defines one of those takes as long as all the
rest of an assessment from the command line.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from hashlib import sha256
from typing import Self, TypeVar, get_args

from rhrt.made_once import made_once
from rhrt.part import Part, Piece, part
from rhrt.rulebook.kinds import (
    Action,
    Afterwards,
    Finding,
    Judgement,
    Named,
    Prompt,
    RestsOn,
    Route,
    SafetySentence,
    Source,
    Urgency,
)

T = TypeVar("T")


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
class Ways(Part):
    """How people say the signs, as one hand wrote it: for finding, never for deciding.

    `by` says who wrote it, having seen what. `said` has, for the id of a sign, a phrase a line.
    """

    by: str
    said: Mapping[str, str]


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
class Circumstance(Piece):
    """A special circumstance: a reason to be alert, never a level."""

    id: str
    wording: str
    title: str
    guidance: tuple[str, ...]
    source: Source
    basis: RestsOn = "framework"


@part
class Topic(Part):
    """A subject of help, and the indicators for which it is offered."""

    id: str
    title: str
    indicators: tuple[str, ...]


@part
class Service(Piece):
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
    area: str
    edition: str
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
    degree: Degree
    difference: Difference
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
    review: Review | None = None
    retired: tuple[Retired, ...] = ()
    ways: Sequence[Ways] = ()

    @made_once
    def sha256(self) -> str:
        """The hash of its files, as `read` notes it; of one made or altered in memory, the hash of what it says.

        `dataclasses.replace` makes another rulebook, which has not the hash, and so not the receipts, of the first.
        """
        return sha256(repr([getattr(self, part.name) for part in fields(self)]).encode()).hexdigest()

    def once(self, name: str, make: Callable[[Self], T]) -> T:
        """Give what is made of this rulebook, made the first time and kept with it from then on."""
        made: T = vars(self)[name] if name in vars(self) else vars(self).setdefault(name, make(self))
        return made

    @property
    def review_by(self) -> str | None:
        """By when the framework was to be reviewed; None where nothing says so."""
        return self.review.by if self.review else None

    @made_once
    def indicator(self) -> Mapping[str, Indicator]:
        """Each indicator by its id."""
        return {indicator.id: indicator for indicator in self.indicators}

    @made_once
    def position(self) -> Mapping[str, int]:
        """The place of each indicator that can be recorded, in the rulebook's order."""
        recordable = (indicator.id for indicator in self.indicators if indicator.recordable)
        return {id_: place for place, id_ in enumerate(recordable)}

    @made_once
    def taken_out(self) -> Mapping[str, Retired]:
        """Each sign that was taken out, by its id."""
        return {one.id: one for one in self.retired}

    @made_once
    def level(self) -> Mapping[int, Level]:
        """Each level by its number."""
        return {level.level: level for level in self.levels}

    @made_once
    def contact(self) -> Mapping[str, Contact]:
        """Each contact by its id."""
        return {contact.id: contact for contact in self.contacts}

    @made_once
    def advice(self) -> str:
        """What is said where no answer can be given: whom to ring, then the rulebook's own words."""
        numbers = [f"{self.contact[id_].reached}." for id_ in self.if_worse_contacts]
        return " ".join([*numbers, self.no_answer])

    @made_once
    def field(self) -> Mapping[str, SituationField]:
        """Each question about the situation by its id."""
        return {question.id: question for question in self.situation}

    @made_once
    def found_by(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the findings that one thing recorded, and that all answers, can establish."""
        one = tuple(finding.id for finding in self.findings if finding.about != "answers")
        return {"recorded": one, "answers": tuple(f.id for f in self.findings if f.about == "answers")}

    @made_once
    def follow_up(self) -> Mapping[str, Prompt]:
        """Each follow-up question by its id: in the order in which they are asked."""
        order = get_args(Named).index
        asked = [prompt for prompt in self.prompts if prompt.if_yes]
        asked.sort(key=lambda prompt: (min(map(order, prompt.if_yes)), prompt.rank))
        return {prompt.id: prompt for prompt in asked}

    @made_once
    def questions(self) -> tuple[str, ...]:
        """The id of each question about the situation, in order."""
        return tuple(question.id for question in self.situation)

    @made_once
    def defaults(self) -> tuple[str, ...]:
        """What each answer is until somebody gives another, in order."""
        return tuple(question.values[0] for question in self.situation)

    @made_once
    def unasked(self) -> Mapping[str, str]:
        """The same by the id of each question."""
        return dict(zip(self.questions, self.defaults, strict=True))

    def ladders_of(self, indicator: str) -> tuple[Ladder, ...]:
        """Give the ladders on which an indicator stands, as a rung or as their strength."""
        return tuple(ladder for ladder in self.ladders if indicator in ladder.rungs or indicator == ladder.strength)

    def phrases_of(self, indicator: Indicator) -> tuple[str, ...]:
        """Give each way in which an indicator is said, once: its wording, `also`, then the lines of each hand."""
        lines = (line for ways in self.ways for line in ways.said.get(indicator.id, "").splitlines())
        stripped = (text.strip() for text in (indicator.wording, *indicator.also, *lines))
        return tuple(dict.fromkeys(filter(None, stripped)))

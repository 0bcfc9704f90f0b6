"""The shapes of the documents that only the service answers with."""

from __future__ import annotations

from typing_extensions import TypedDict

from rhrt.schema import SuggestionDocument


class FaultDocument(TypedDict):
    """One thing wrong: where, what, and what to do about it."""

    where: str
    what: str
    remedy: str


class Problem(TypedDict):
    """Why there is no answer (RFC 9457), with every fault found."""

    type: str
    title: str
    status: int
    detail: str
    faults: list[FaultDocument]


class AnswerDocument(TypedDict):
    """One answer to a question, and the words for it."""

    value: str
    words: str


class QuestionDocument(TypedDict):
    """A question about the situation."""

    id: str
    question: str
    why: str
    ask_first: bool
    answers: list[AnswerDocument]


class FollowUpQuestionDocument(TypedDict):
    """A question whose answer changes a step, and what a yes means.

    Which of them to ask for a record, and in which order, is in the `follow_ups` of its suggestion.
    """

    id: str
    question: str
    why: str
    if_yes: list[str]
    answers: list[AnswerDocument]


class ItemDocument(TypedDict):
    """One point, and what belongs under it."""

    text: str
    details: list[str]


class SectionDocument(TypedDict):
    """A heading with its points; `numbered` ones are to be done in order."""

    title: str
    items: list[ItemDocument]
    intro: str | None
    numbered: bool


class OutlineDocument(TypedDict):
    """What is said to a person, in order. `held_back` names what is left for those who ask for more."""

    headline: str
    lines: list[str]
    sections: list[SectionDocument]
    small_print: list[str]
    urgent: bool
    held_back: list[str]


class PromptDocument(TypedDict):
    """All that a form needs: the suggestion as data, in words, in more words, and the questions worth asking.

    The `follow_ups` of the suggestion are asked too, before it is shown: those whose answer is `not-asked`, at most
    three. What a yes means (`if_yes`) is not for whoever answers.
    """

    suggestion: SuggestionDocument
    outline: OutlineDocument
    more: OutlineDocument
    questions: list[QuestionDocument]
    emergency: bool


class AboutRulebook(TypedDict):
    """Which rulebook it is."""

    id: str
    title: str
    area: str
    edition: str
    published: str
    sha256: str


class RulebooksDocument(TypedDict):
    """The rulebooks that are served; the first is the default."""

    rulebooks: list[AboutRulebook]


class LevelDocument(TypedDict):
    """A level of need."""

    level: int
    name: str
    meaning: str


class TitledDocument(TypedDict):
    """Something with an id and a title."""

    id: str
    title: str


class IndicatorDocument(TypedDict):
    """A sign that can be recorded. A form shows its wording, and not its level."""

    id: str
    n: int | None
    wording: str
    heading: str | None
    level: int
    strength: bool


class EntryDocument(TypedDict):
    """What can be chosen from a list: a single concern, or a ladder whose rungs are shown next."""

    kind: str
    id: str
    words: str


class ListDocument(TypedDict):
    """What can be browsed under one heading."""

    id: str
    title: str
    entries: list[EntryDocument]


class LadderDocument(TypedDict):
    """The same concern at rising severity: ids from the mildest to the gravest."""

    id: str
    title: str
    rungs: list[str]


class ReasonDocument(TypedDict):
    """A reason for a level of one's own."""

    id: str
    text: str


class DifferenceDocument(TypedDict):
    """The reasons that can be given for a level of one's own."""

    reasons: list[ReasonDocument]


class NumberDocument(TypedDict):
    """Whom to ring."""

    id: str
    name: str
    number: str | None
    hours: str


class IfWorseDocument(TypedDict):
    """What to do if things get worse, and whom to ring."""

    words: str
    numbers: list[NumberDocument]


class RulebookDocument(AboutRulebook):
    """What a form needs to know of a rulebook to ask its questions."""

    notice: str
    no_level: str
    no_answer: str
    levels: list[LevelDocument]
    headings: list[TitledDocument]
    indicators: list[IndicatorDocument]
    lists: list[ListDocument]
    ladders: list[LadderDocument]
    situation: list[QuestionDocument]
    follow_ups: list[FollowUpQuestionDocument]
    circumstances: list[TitledDocument]
    age_bands: list[TitledDocument]
    difference: DifferenceDocument
    if_worse: IfWorseDocument
    emergency: list[NumberDocument]


class FoundDocument(TypedDict):
    """An indicator that fits some words; the score only compares within one search."""

    indicator: str
    n: int | None
    level: int
    heading: str | None
    wording: str
    score: float


class Found(TypedDict):
    """The indicators that fit some words, best first."""

    indicators: list[FoundDocument]


class CandidateDocument(TypedDict):
    """A sign to look at, with the words told that suggest it. It has no level: a person chooses by the words."""

    indicator: str
    n: int | None
    heading: str | None
    wording: str
    because: list[str]


class Spotted(TypedDict):
    """The signs to look at in what somebody told, and what they are not: an assessment."""

    candidates: list[CandidateDocument]
    notice: str


class Health(TypedDict):
    """Whether the service is up, and what it serves."""

    status: str
    rulebooks: list[str]
    engine: str
    evaluated_by: list[str]


DOCUMENTS = (Problem, PromptDocument, RulebooksDocument, RulebookDocument, Found, Spotted, Health)
"""Those that endpoints name."""

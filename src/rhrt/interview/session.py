"""One interview: what has been answered, and what is asked next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple, get_args

from rhrt.interview import questions
from rhrt.interview.matters import advice, alarms, asked_next, matters
from rhrt.interview.questions import Question, Reply
from rhrt.record import Child, Marks, OwnJudgement, Record
from rhrt.rulebook.kinds import NOT_ASKED, Mark
from rhrt.rulebook.model import Rulebook, SituationField
from rhrt.search.find import Search
from rhrt.search.spot import Spotted
from rhrt.suggestion import MOST_FOLLOW_UPS

Answers = tuple[str, ...]


class Place(NamedTuple):
    """A question beside the usual order, and the ids that it is questions."""

    question: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Session:
    """The state of an interview. It never changes: an answer gives a new one.

    `together`: questions are put several to a page. `follow_ups` has the answer to each follow-up question that was
    put, `not-asked` where it was skipped. `picked`: concerns chosen that are still to be marked. `settled` names
    the parts that need not be asked again, and `advised` what advice was given for. `search` finds concerns by
    plain words; without one, one is made with the first words. `heard` is what was found, until the next answer.
    """

    rulebook: Rulebook
    commit_first: bool = False
    together: bool = False
    situation: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    age_band: str | None = None
    circumstances: tuple[str, ...] = ()
    follow_ups: Mapping[str, str] = field(default_factory=dict)
    own_level: int | None = None
    own_reason: str | None = None
    advised: frozenset[str] = frozenset()
    settled: frozenset[str] = frozenset()
    place: Place | None = None
    picked: tuple[str, ...] = ()
    stopped: bool = False
    search: Search | None = field(default=None, compare=False, repr=False)
    heard: Spotted | None = field(default=None, compare=False, repr=False)

    @property
    def record(self) -> Record:
        """The record as answered so far."""
        present, absent, not_known = (
            tuple(id_ for id_, own in self.marks.items() if own == mark) for mark in get_args(Mark)
        )
        own = None if self.own_level is None else OwnJudgement(level=self.own_level, reason=self.own_reason)
        return Record(
            rulebook=self.rulebook.id,
            child=Child(age_band=self.age_band),
            indicators=Marks(present=present, absent=absent, not_known=not_known),
            circumstances=self.circumstances,
            situation=self.situation,
            follow_ups={id_: answer for id_, answer in self.follow_ups.items() if answer != NOT_ASKED},
            judgement=own,
        )

    def at(self, place: Place) -> Session:
        """Go to a question, be it answered or not. Once it is answered, the usual order goes on."""
        return replace(self, place=place, settled=self.settled - {place.question})

    @property
    def here(self) -> Place | None:
        """The place of the next question, to come back to it; None where there is no more to ask."""
        question = self.question()
        if question is None or self.place:
            return self.place
        kind, _, id_ = question.id.partition("/")
        parts = question.parts if kind == "follow_ups" else ()
        return Place(kind, (id_,) if id_ else tuple(part.id.partition("/")[2] for part in parts))

    def question(self) -> Question | None:
        """Give the next question, or None where there is no more to ask."""
        if self.stopped:
            return None
        return self._at(self.place) if self.place else next(self._in_order(), None)

    def answer(self, *chosen: str, typed: str = "") -> Session:
        """Take choices or words as the answer to the next question. Raises ValueError where they cannot be one."""
        question = self.question()
        if question is None or not question.takes(Reply(chosen, typed)):
            raise ValueError(f"{chosen or typed} does not answer {question and question.id}")
        here = replace(self, place=None, heard=None)
        if question.id == "fits":
            return here._fitted(self.place.ids if self.place else (), question.answers(Reply(chosen)))
        given = question.answers(Reply(chosen))
        for part in question.parts:
            here = here._answered(part, given.get(part.id, ()), typed)
        return here if question.parts else here._answered(question, chosen, typed)

    def _answered(self, question: Question, chosen: Answers, typed: str) -> Session:
        kind, _, id_ = question.id.partition("/")
        ways: dict[str, Callable[[], Session]] = {
            "situation": lambda: self._told(self.rulebook.field[id_], chosen),
            "mark": lambda: self._marked(id_, chosen[0])._next_picked(),
            "follow_up": lambda: self._followed_up(id_, chosen[0] if chosen else NOT_ASKED),
            "advice": lambda: self._advised(stop=chosen[0] == questions.STOP),
            "check": lambda: self._reopened(chosen[0]),
        }
        if kind in ways:
            return ways[kind]()
        if kind in {"age_band", "circumstances", "own_level"}:
            return self._about(kind, chosen)
        return self._sought(kind, chosen) if chosen else self._described(typed)

    def _in_order(self) -> Iterator[Question]:
        """Give what is still to be asked: danger, then concerns, then the child, then what matters for them."""
        if alarms(self.record, self.rulebook) - self.advised:
            yield questions.advice(advice(self.record, self.rulebook))
        yield from self._put("first", self._first(self._open))
        if "concerns" not in self.settled:
            yield questions.menu(len(self.marks))
        yield from self._put("child", (one for one, _ in self._of_the_child() if one.id not in self.settled))
        yield from self._put("follow_ups", self._of_follow_ups())
        yield from self._put("last", self._last(self._open, self.settled))
        if "check" not in self.settled:
            yield questions.check(list(self.answered()))

    def _put(self, id_: str, asked: Iterable[Question]) -> Iterator[Question]:
        """Put questions on one page, or one by one."""
        if not self.together:
            yield from asked
        elif parts := tuple(asked):
            yield questions.together(id_, parts)

    def _first(self, wanted: Callable[[SituationField], bool]) -> Iterator[Question]:
        return (self._of(field_) for field_ in self.rulebook.situation if field_.ask_first and wanted(field_))

    def _last(self, wanted: Callable[[SituationField], bool], settled: frozenset[str]) -> Iterator[Question]:
        """Give the questions about the situation that matter, and the one about the practitioner's own level."""
        for field_ in self.rulebook.situation:
            if not field_.ask_first and wanted(field_) and matters(field_, self.record, self.rulebook):
                yield self._of(field_)
        yield from (question for question, _ in self._of_own_level() if question.id not in settled)

    def _at(self, place: Place) -> Question:
        rulebook, ids = self.rulebook, place.ids
        ways: dict[str, Callable[[], Question]] = {
            "words": questions.typed,
            "found": lambda: questions.found(ids, self.heard, rulebook),
            "lists": lambda: questions.lists(rulebook),
            "list": lambda: questions.list_of(ids[0], rulebook),
            "rungs": lambda: questions.rungs(ids[1:], ids[0], rulebook),
            "mark": lambda: questions.mark(rulebook.indicator[ids[0]], self.marks.get(ids[0])),
            "situation": lambda: self._of(rulebook.field[ids[0]]),
            "follow_up": lambda: self._follow_up(ids[0]),
            "first": lambda: questions.together("first", self._first(bool)),
            "fits": lambda: questions.fits(ids, self.marks, rulebook),
            "child": lambda: questions.together("child", [question for question, _ in self._of_the_child()]),
            "follow_ups": lambda: questions.together("follow_ups", map(self._follow_up, ids)),
            "last": lambda: questions.together("last", self._last(bool, frozenset())),
            "concerns": lambda: questions.menu(len(self.marks)),
            "advice": lambda: questions.advice(advice(self.record, rulebook)),
            "check": lambda: questions.check(list(self.answered())),
        }
        asides = {question.id: question for question, _ in (*self._of_the_child(), *self._of_own_level())}
        return asides[place.question] if place.question in asides else ways[place.question]()

    def _open(self, field_: SituationField) -> bool:
        return field_.id not in self.situation

    def _of(self, field_: SituationField) -> Question:
        return questions.situation(field_, self.situation.get(field_.id))

    def _follow_up(self, id_: str) -> Question:
        return questions.follow_up(self.rulebook.follow_up[id_], self.follow_ups.get(id_))

    def _of_follow_ups(self) -> Iterator[Question]:
        """Give the follow-up questions that apply and were not put, few in all."""
        room = MOST_FOLLOW_UPS - len(self.follow_ups)
        if room > 0:
            next_ = [id_ for id_ in asked_next(self.record, self.rulebook) if id_ not in self.follow_ups][:room]
            yield from map(self._follow_up, next_)

    def _of_the_child(self) -> Iterator[tuple[Question, Answers]]:
        """Give the questions about the child, as answered."""
        band = (self.age_band,) if self.age_band else ()
        yield questions.age_band(self.rulebook, band), band
        yield questions.circumstances(self.rulebook, self.circumstances), self.circumstances

    def _of_own_level(self) -> Iterator[tuple[Question, Answers]]:
        """Give the question about the practitioner's own level, where it is wanted, as answered."""
        level = (str(self.own_level),) if self.own_level else ()
        if self.commit_first:
            yield questions.own_level(self.rulebook, level), level

    def answered(self) -> Iterator[tuple[Question, Answers]]:
        """Give each question answered, with its answer, in the order asked."""
        told = [field_ for field_ in self.rulebook.situation if not self._open(field_)]
        said = [(self._of(field_), self._said(field_), field_.ask_first) for field_ in told]
        yield from ((question, answer) for question, answer, first in said if first)
        for id_, mark in self.marks.items():
            yield questions.mark(self.rulebook.indicator[id_], mark), (mark,)
        yield from self._of_the_child()
        for id_ in self.rulebook.follow_up:
            if id_ in self.follow_ups:
                yield self._follow_up(id_), (self.follow_ups[id_],)
        yield from ((question, answer) for question, answer, first in said if not first)
        yield from self._of_own_level()

    def _said(self, field_: SituationField) -> Answers:
        """Give the answer to a question of the situation that was asked; none where it was skipped."""
        answer = self.situation[field_.id]
        return () if answer == NOT_ASKED else (answer,)

    def _told(self, field_: SituationField, chosen: Answers) -> Session:
        """Keep the answer to a question of the situation: skipped, its default. Asked first, it stays open."""
        if not chosen and field_.ask_first:
            return self
        answer = chosen[0] if chosen else field_.values[0]
        return replace(self, situation={**self.situation, field_.id: answer})._advised_still()

    def _followed_up(self, id_: str, answer: str) -> Session:
        """Keep the answer to a follow-up question that was put, also that it was skipped."""
        return replace(self, follow_ups={**self.follow_ups, id_: answer})._advised_still()

    def _advised_still(self) -> Session:
        return replace(self, advised=self.advised & alarms(self.record, self.rulebook))

    def _advised(self, stop: bool) -> Session:
        return replace(self, advised=alarms(self.record, self.rulebook), stopped=stop)

    def _marked(self, id_: str, mark: str) -> Session:
        others = {other: own for other, own in self.marks.items() if other != id_ or mark != questions.OUT}
        return replace(self, marks=others if mark == questions.OUT else {**others, id_: mark})

    def _fitted(self, picked: Answers, given: Mapping[str, Answers]) -> Session:
        """Mark each concern that was picked, in the degree that fits best. Where none fits, go on looking."""
        here, found = self, False
        for id_ in picked:
            degrees = questions.rungs_of(id_, self.rulebook)
            (fit,) = given.get(f"rungs/{id_}", degrees if len(degrees) == 1 else (questions.NONE,))
            for mark in given.get(f"mark/{id_}", ()) if fit in self.rulebook.position else ():
                here, found = here._marked(fit, mark), found or mark != questions.OUT
        return replace(here, settled=self.settled | {"concerns"}) if found else here

    def _about(self, kind: str, values: Answers) -> Session:
        settled = replace(self, settled=self.settled | {kind})
        if kind == "circumstances":
            return replace(settled, circumstances=values)
        if kind == "age_band":
            return replace(settled, age_band=values[0] if values else None)
        level = int(values[0]) if values else None
        return replace(settled, own_level=level, own_reason=self.own_reason if level == self.own_level else None)

    def _reopened(self, chosen: str) -> Session:
        """Go back to one answer, or end the interview."""
        if chosen == questions.DONE:
            return replace(self, settled=self.settled | {"check"})
        kind, _, id_ = chosen.partition("/")
        return replace(self, place=Place(kind, (id_,))) if id_ else replace(self, settled=self.settled - {kind})

    def _described(self, words: str) -> Session:
        """Look for a concern by words, whatever they are. Without any, go back to where to look is asked."""
        if not words:
            return self
        heard = questions.heard_in(words, self.search or self.rulebook.once("search by words", Search))
        return replace(self, place=Place("found", questions.picks(heard, self.rulebook)), heard=heard)

    def _sought(self, asked: str, chosen: Answers) -> Session:
        """Go one step further in finding a concern, or end that part."""
        first, *_ = chosen
        ways = {questions.BY_WORDS: Place("words"), questions.BY_LIST: Place("lists")}
        if first == questions.DONE:
            return replace(self, settled=self.settled | {"concerns"})
        if first in ways:
            return replace(self, place=ways[first])
        if first == questions.NONE:
            return self._next_picked()
        kind = {"lists": "list", "rungs": "mark"}.get(asked, "fits" if self.together else "")
        return replace(self, place=Place(kind, chosen)) if kind else replace(self, picked=chosen)._next_picked()

    def _next_picked(self) -> Session:
        """Go on to the next concern that was picked; to the first question about concerns where there is none."""
        if not self.picked:
            return self
        first, *others = self.picked
        rungs = questions.rungs_of(first, self.rulebook)
        place = Place("rungs", (first, *rungs)) if len(rungs) > 1 else Place("mark", rungs)
        return replace(self, picked=tuple(others), place=place)

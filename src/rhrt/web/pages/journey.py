"""One step of the journey: what was pressed and answered on a page, and where that leads. It shows nothing."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from rhrt.faults import BadInput, Fault
from rhrt.interview import questions
from rhrt.interview.carried import Carried, of_record, read
from rhrt.interview.matters import alarms
from rhrt.interview.questions import WAYS, Question, Reply
from rhrt.interview.session import Place, Session
from rhrt.present.outline import say
from rhrt.record import Record
from rhrt.rulebook.model import Rulebook
from rhrt.search.find import LONGEST_QUERY, Search

BACK, SHOW, ON, LIST, DONE, CHANGE, OUT = "back", "show", "on", "list", "done", "change ", "out "
"""What can be pressed. The last two are followed by what is to be changed or taken out."""

NOTHING_CHOSEN = "Choose an answer"
ONE_OR_THE_OTHER = say("asked_help", "one_or_the_other").rstrip(".")
NOTHING_TYPED = "Type a few words about what worries you, or choose from a list"
TOO_LONG = f"Use fewer words: at most {LONGEST_QUERY} letters"

NOTHING_GIVEN: Mapping[str, tuple[str, ...]] = {}

Fields = Sequence[tuple[str, str]]


class Step(NamedTuple):
    """Where the journey stands, and what has to be mended before it goes on, if anything.

    Of several questions on the page: those without an answer that need one, and the answers given.
    """

    carried: Carried
    error: str | None = None
    missing: tuple[str, ...] = ()
    given: Mapping[str, tuple[str, ...]] = NOTHING_GIVEN


class _Form(NamedTuple):
    """What a page sent."""

    state: str
    press: str
    answers: tuple[str, ...]
    words: str

    @property
    def pressed_on(self) -> str:
        """What the thing pressed is about."""
        return self.press.partition(" ")[2]


def begin(rulebook: Rulebook) -> Carried:
    """Begin a journey with nothing answered."""
    return Carried(of_record(Record(), rulebook))


def seeks(fields: Fields) -> bool:
    """Say whether a page sent words to search by."""
    return any(name == "words" and value.strip() for name, value in fields)


def step(fields: Fields, rulebooks: tuple[Rulebook, ...], search_in: Callable[[Rulebook], Search]) -> Step:
    """Take one step with what a page sent. Raises BadInput where no page of ours could have sent it."""
    form = _form(fields)
    carried = read(form.state, rulebooks)
    carried = carried._replace(session=replace(carried.session, search=search_in(carried.session.rulebook)))
    if form.press == BACK:
        return Step(carried.back())
    if form.press == SHOW:
        return Step(carried)
    try:
        return _pressed(carried, form)
    except ValueError as error:
        if isinstance(error, BadInput):
            raise
        raise _strange("answer") from None


def taken_up(fields: Fields, rulebooks: tuple[Rulebook, ...]) -> Session:
    """Take up what a page sent, to show the suggestion for it. Raises BadInput like `step`."""
    form = _form(fields)
    session = read(form.state, rulebooks).session
    reasons = {reason.id for reason in session.rulebook.difference.reasons}
    if form.answers and session.own_level is not None and reasons.issuperset(form.answers):
        return replace(session, own_reason=form.answers[0])
    if form.answers:
        raise _strange("answer")
    return session


def may_be_left(question: Question) -> bool:
    """Say whether a page can be left without an answer. About the situation none can: nothing rests there."""
    return question.takes(Reply()) and not question.id.startswith("situation/")


def _pressed(carried: Carried, form: _Form) -> Step:
    session = carried.session
    question = carried.question
    if question.id == "advice":
        return Step(carried.answered(session.answer(questions.GO_ON)))
    if question.id == "check":
        return Step(carried.answered(session.answer(_chosen(form, question))))
    if question.id in {"concerns", "words"}:
        return _sought(carried, form)
    if question.parts:
        return _several(carried, question, form)
    wrong = _wrong(question, form.answers)
    if wrong:
        return Step(carried, wrong, given={question.id: form.answers})
    return Step(carried.answered(session.answer(*form.answers)))


def _wrong(question: Question, answers: tuple[str, ...]) -> str | None:
    if not answers and not may_be_left(question):
        return NOTHING_CHOSEN
    return ONE_OR_THE_OTHER if len(answers) > 1 and not WAYS.isdisjoint(answers) else None


def _several(carried: Carried, question: Question, form: _Form) -> Step:
    """Go on from a page with several questions: with all answers that it needs, or one that is to be acted on."""
    session = carried.session.answer(*form.answers)
    given = question.answers(Reply(form.answers))
    none_fits = {f"mark/{id_.partition('/')[2]}" for id_, values in given.items() if values == (questions.NONE,)}
    said = {*given, *none_fits}
    missing = tuple(part.id for part in question.parts if part.id not in said and not may_be_left(part))
    if missing and not alarms(session.record, session.rulebook) - carried.session.advised:
        return Step(carried, NOTHING_CHOSEN, missing, given)
    after = carried.answered(session)
    return _described(after, form) if form.words.strip() else Step(after)


def _sought(carried: Carried, form: _Form) -> Step:
    """Go on from the page that gathers concerns."""
    menu = carried.session.at(Place("concerns"))
    if form.press.startswith((CHANGE, OUT)):
        return Step(_marked_again(carried, form))
    if form.press == DONE:
        return Step(carried.answered(menu.answer(questions.DONE)))
    if form.press == LIST:
        return Step(carried.answered(menu.answer(questions.BY_LIST)))
    return _described(carried, form) if form.words.strip() else Step(carried, NOTHING_TYPED)


def _described(carried: Carried, form: _Form) -> Step:
    """Look for a concern by the words that were typed."""
    if len(form.words) > LONGEST_QUERY:
        return Step(Carried(carried.session.at(Place("concerns")), carried.trail), TOO_LONG)
    words = carried.session.at(Place("words"))
    return Step(carried.answered(words.answer(typed=form.words.strip())))


def _marked_again(carried: Carried, form: _Form) -> Carried:
    """Ask again about a concern that was recorded, or take it out and stay."""
    if form.pressed_on not in carried.session.marks:
        raise _strange("press")
    marking = carried.session.at(Place("mark", (form.pressed_on,)))
    if form.press.startswith(CHANGE):
        return carried.answered(marking)
    return Carried(marking.answer(questions.OUT).at(Place("concerns")), carried.trail)


def _chosen(form: _Form, question: Question) -> str:
    """Give which answer of those to check was chosen to be changed."""
    known = form.pressed_on != questions.DONE and question.takes(Reply((form.pressed_on,)))
    if not form.press.startswith(CHANGE) or not known:
        raise _strange("press")
    return form.pressed_on


_ONCE = ("state", "press", "words")
"""The fields of a page that are no answer to choose."""

_PART = re.compile("(situation|follow_up|rungs|mark)/.|age_band$|circumstances$|own_level$")
"""How the name of an answer begins where several questions are on one page: it is the id of the question."""


def _form(fields: Fields) -> _Form:
    """Read what a page sent: each field once, but for the answers, and none that no page has."""
    answers = [value for name, value in fields if name == "answer"]
    answers += [f"{name}={value}" for name, value in fields if _PART.match(name)]
    once = {name: value for name, value in fields if name in _ONCE}
    if len(once) + len(answers) < len(fields) or "state" not in once:
        raise _strange(min((name for name, _ in fields if name not in _ONCE), default="state"))
    return _Form(once["state"], once.get("press", ON), tuple(answers), once.get("words", ""))


def _strange(where: str) -> BadInput:
    return BadInput([Fault(where[:60], "No page here sends this.", "Start again.")])

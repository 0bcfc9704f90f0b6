"""A session of marking, tried step by step: a plain dict and the plain evaluator say what it should come to."""

from copy import deepcopy
from dataclasses import replace
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from rhrt.interview.questions import OUT, Question, Reply
from rhrt.interview.session import Place, Session
from rhrt.present.markdown import as_markdown
from rhrt.present.outline import outline
from rhrt.present.page import as_page
from rhrt.present.picture import as_svg
from rhrt.present.terminal import as_text
from rhrt.reasoning.assess import assess
from rhrt.reasoning.plain import Answer, Plain
from rhrt.record import Record, check
from rhrt.rulebook.model import Rulebook
from rhrt.search.find import Search
from rhrt.suggestion import Suggestion
from rhrt.testing.properties import Written, document, in_words, listed, require

HOW = ("present", "absent", "not-known")
"""The ways to mark an indicator, as the interview's answers have them."""


class MarkingSession(RuleBasedStateMachine):
    """The interview of `rhrt ask`, driven beside a model of it.

    `session_of` makes one for a rulebook. `model` holds marks, answers and the rest as a plain dict. `done` is
    what undoing goes back to: each session with its model and its answer.
    """

    rulebook: ClassVar[Rulebook]
    search: ClassVar[Search]
    last: ClassVar[Written]

    def __init__(self) -> None:
        super().__init__()
        self.session = Session(self.rulebook, commit_first=True, search=self.search)
        self.model: dict[str, Any] = {"marks": {}, "situation": {}, "about": {}}
        self.done: list[tuple[Session, dict[str, Any], str]] = []

    @rule(data=st.data(), how=st.sampled_from(HOW))
    def mark(self, data: st.DataObject, how: str) -> None:
        """Mark any indicator, whether it was marked before or not."""
        self._mark(data.draw(st.sampled_from(sorted(self.rulebook.position))), how)

    @precondition(lambda self: self.model["marks"])
    @rule(data=st.data(), how=st.sampled_from((*HOW, OUT)))
    def mark_again(self, data: st.DataObject, how: str) -> None:
        """Mark an indicator in another way, or take its mark away."""
        self._mark(data.draw(st.sampled_from(sorted(self.model["marks"]))), how)

    @rule(data=st.data())
    def change_an_answer(self, data: st.DataObject) -> None:
        """Answer a question about the situation, whether it was answered before or not."""
        question = data.draw(st.sampled_from(sorted(self.rulebook.questions)))
        self._at(Place("situation", (question,)), data)

    @rule(data=st.data())
    def go_on(self, data: st.DataObject) -> None:
        """Answer whatever the interview asks next."""
        if self.session.question() is not None:
            self._at(self.session.place, data)

    @rule(data=st.data())
    def override(self, data: st.DataObject) -> None:
        """Give a level of one's own: the level that is suggested stays the same."""
        level = data.draw(st.sampled_from([level.level for level in self.rulebook.levels]))
        before = self._suggested()
        self._keep()
        self.session = replace(self.session, own_level=level)
        self.model["about"]["own_level"] = (str(level),)
        after = self._suggested()
        what = f"A level of one's own turns {in_words(before.level)} into {in_words(after.level)}."
        require(before.level == after.level, what)

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        """Go back one step: the answer is what it was before, to the byte."""
        self.session, self.model, answer = self.done.pop()
        require(document(self._suggested()) == answer, "Undone, the answer is not what it was before.")

    @rule()
    def show(self) -> None:
        """Print the answer in every form, twice: printing says the same again, and changes nothing."""
        suggestion = self._suggested()
        before = document(suggestion)
        require(_printed(suggestion) == _printed(suggestion), "Printed again, the answer reads differently.")
        require(document(suggestion) == before == document(self._suggested()), "Printing changed the answer.")

    @invariant()
    def the_answer_is_that_of_the_marks(self) -> None:
        """Compare what is suggested with what the plain evaluator concludes from the model."""
        written = self._written()
        type(self).last = written
        suggested = self._suggested()
        expected = Plain(self.rulebook).evaluate(check(Record.model_validate(written), self.rulebook))
        _agree(suggested, expected)
        said = suggested.judgement.level if suggested.judgement else None
        own = self.model["about"].get("own_level") or (None,)
        require(str(said) == str(own[0]), f"The own level is {own[0]}, and {said} is kept.")

    def _suggested(self) -> Suggestion:
        return assess(self.session.record, self.rulebook)

    def _mark(self, id_: str, how: str) -> None:
        self._keep()
        self.session = replace(self.session, place=Place("mark", (id_,)), stopped=False)
        self._answer(Reply((how,)))

    def _at(self, place: Place | None, data: st.DataObject) -> None:
        """Answer the question at a place in any way that it can be answered."""
        self._keep()
        self.session = replace(self.session, place=place, stopped=False)
        question = self.session.question()
        if question is not None:
            self._answer(data.draw(_values(question, self.rulebook)))

    def _answer(self, reply: Reply) -> None:
        question = self.session.question()
        values = reply.chosen
        self.session = self.session.answer(*values, typed=reply.typed)
        kind, _, id_ = (question.id if question else "").partition("/")
        if kind == "mark":
            self.model["marks"] = {other: own for other, own in self.model["marks"].items() if other != id_}
            self.model["marks"] |= {} if values == (OUT,) else {id_: values[0]}
        elif kind == "situation":
            self.model["situation"][id_] = values[0] if values else self.rulebook.field[id_].values[0]
        elif kind in ("age_band", "circumstances", "own_level"):
            self.model["about"][kind] = values

    def _keep(self) -> None:
        self.done.append((self.session, deepcopy(self.model), document(self._suggested())))

    def _written(self) -> Written:
        """Write the record that the model describes."""
        marks, about = self.model["marks"], self.model["about"]
        written: Written = {
            "indicators": {how.replace("-", "_"): [id_ for id_ in marks if marks[id_] == how] for how in HOW},
            "situation": dict(self.model["situation"]),
            "circumstances": list(about.get("circumstances", ())),
        }
        if about.get("age_band"):
            written["child"] = {"age_band": about["age_band"][0]}
        if about.get("own_level"):
            written["judgement"] = {"level": int(about["own_level"][0])}
        return written


def session_of(rulebook: Rulebook) -> type[MarkingSession]:
    """Make the session of a rulebook, for hypothesis to drive. Its class keeps the `last` record tried."""
    parts = {"rulebook": rulebook, "search": Search(rulebook), "last": {}}
    return type("SessionOfOneRulebook", (MarkingSession,), parts)


def _values(question: Question, rulebook: Rulebook) -> st.SearchStrategy[Reply]:
    """Give the answers that a question takes; words typed are those of an indicator, or a menu's."""
    if not question.choices:
        words = ["", OUT, *(indicator.also[0] for indicator in rulebook.indicators)]
        return st.sampled_from([Reply(typed=typed) for typed in words])
    choices = [choice.value for choice in question.choices]
    if question.many:
        many = st.lists(st.sampled_from(choices), unique=True, max_size=3)
        return many.map(lambda values: Reply(tuple(values))).filter(question.takes)
    one = st.sampled_from(choices).map(lambda choice: Reply((choice,)))
    return one | st.just(Reply()) if question.skip is not None else one


def _agree(suggested: Suggestion, expected: Answer) -> None:
    """Raise AssertionError where what is suggested is not what the plain evaluator concludes."""
    given, level = suggested.level, expected.level or None
    require(given == level, f"What is marked gives {in_words(level)}. The answer is {in_words(given)}.")
    ours, theirs = (suggested.route, suggested.urgency, suggested.harm), expected[1:4]
    require(ours == theirs, f"What is marked gives {theirs}. The answer is {ours}.")
    steps = tuple(f"{step.rule}/{step.case}" for step in suggested.actions)
    require(steps == expected.actions, f"What is marked gives {listed(expected.actions)}. It is {listed(steps)}.")
    reasons = tuple(reason.rule for reason in suggested.reasons if not reason.answer)
    require(reasons == expected.reasons, f"The reasons are {listed(expected.reasons)}. Given: {listed(reasons)}.")


def _printed(suggestion: Suggestion) -> tuple[str, ...]:
    said = outline(suggestion, more=True)
    return as_text(said), as_markdown(said), as_page(suggestion, more=True), as_svg(suggestion)

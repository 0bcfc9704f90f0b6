"""What it takes to reach an answer and to read it, on ten of the worked cases: `python -m tests.effort`.

For `/check`: the pages from the first question to the last before the answer, and the words to be seen on them; the
foot of a page, which every page repeats, is left out. For `rhrt ask`: the questions. For each: the lines of
`rhrt assess`, and the words of the answer that the prompt for forms shows before more is asked for.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from fastapi.testclient import TestClient

from rhrt import Record, Rulebook, assess, load_rulebook
from rhrt.interview import questions
from rhrt.interview.session import Session
from rhrt.present.outline import Outline, outline
from rhrt.present.terminal import as_text
from rhrt.search.find import Search
from rhrt.web.application import application
from rhrt.web.settings import Settings
from tests.conftest import CASES, case
from tests.web.visitor import Group, Visitor

ONE_SIGN = (
    "a-new-suit-for-a-cousin", "a-test-from-the-chemist", "cartoons-on-at-the-flat", "drawing-at-the-back-table",
    "no-thank-you-to-the-clinic", "slapped-legs-after-a-swim", "what-she-said-in-the-car-park",
)  # fmt: skip
TWO_SIGNS = ("brothers-sharing-a-box-room", "found-asleep-in-the-bus-shelter", "young-carer-missing-school")
MOST_PAGES = {1: 8, 2: 10}
"""How many pages one sign may take, and two."""

MOST_WORDS = 700
MOST_LINES, LINES_IN_THE_MIDDLE = 60, 45
TODAY = date(2026, 1, 1)
"""After the review of the framework, so that the answer says so."""


class Effort(NamedTuple):
    """What one record takes: pages and their words, questions in a terminal, lines of text, words in a form."""

    pages: int
    words: int
    questions: int
    lines: int
    in_a_form: int


def effort(name: str, rulebook: Rulebook, client: TestClient) -> Effort:
    """Measure one worked case."""
    record = case(next(path for path in CASES if path.stem == name))["record"]
    pages = [len(seen(page).split()) for page in walk(record, rulebook, Visitor(client))]
    asked = sum(1 for _ in interview(record, rulebook))
    said = outline(assess(Record.model_validate(record), rulebook))
    return Effort(len(pages), sum(pages), asked, lines(record, rulebook), len(" ".join(texts(said)).split()))


def lines(record: dict[str, Any], rulebook: Rulebook) -> int:
    """Count the lines of an answer as text."""
    return len(as_text(outline(assess(Record.model_validate(record), rulebook), today=TODAY)).splitlines())


def texts(said: Outline) -> Iterator[str]:
    """Give what an answer says to whoever has to act on it."""
    yield from (*said.do_not, said.headline, *said.lines)
    for section in said.sections:
        yield section.title
        yield from (text for item in section.items for text in (item.text, *item.details))


def walk(record: dict[str, Any], rulebook: Rulebook, visitor: Visitor) -> Iterator[Element]:
    """Answer as a record says, page by page, and give each page before the answer."""
    signs = list(record["indicators"]["present"])
    visitor.press("Start now")
    while not list(visitor.page.iter("{http://www.w3.org/2000/svg}svg")):
        yield visitor.page
        if visitor.heading == "What worries you about the child?":
            visitor.press("Find it", typed=rulebook.indicator[signs[0]].wording)
        elif visitor.heading == "Which is nearest to what you have seen or been told?":
            (group,) = visitor.forms[-1].groups
            visitor.answer(next(words for words, value in group.choices.items() if _has(value, signs[0], rulebook)))
        elif visitor.heading == "About what you chose":
            groups = visitor.forms[-1].groups
            chosen = [_words_of(signs[0], group) or "Yes" for group in groups]
            signs = signs[1:]
            visitor.press("Continue", *chosen, typed="".join(rulebook.indicator[id_].wording for id_ in signs[:1]))
        elif any(button.startswith("Go on") for form in visitor.forms for button in form.buttons):
            visitor.press("Go on")
        else:
            visitor.answer(*(_of(record, group) for group in visitor.forms[-1].groups))


def _has(value: str, sign: str, rulebook: Rulebook) -> bool:
    """Say whether a concern that was found has a sign."""
    return value not in questions.WAYS and sign in questions.rungs_of(value, rulebook)


def _words_of(value: str, group: Group) -> str | None:
    """Give the words on the page for a choice, if it is one of a question's."""
    return next((words for words, own in group.choices.items() if own == value), None)


def _of(record: dict[str, Any], group: Group) -> str | None:
    """Give the answer of a record to a question, in the words on the page; None where it says nothing."""
    kind, _, id_ = group.name.partition("/")
    given = {
        "situation": record.get("situation", {}).get(id_),
        "follow_up": record.get("follow_ups", {}).get(id_),
        "age_band": record.get("child", {}).get("age_band"),
        "circumstances": next(iter(record.get("circumstances", ())), None),
    }
    by_value = {value: words for words, value in group.choices.items()}
    return by_value.get(given.get(kind) or "") or (next(iter(group.choices)) if kind == "situation" else None)


def interview(record: dict[str, Any], rulebook: Rulebook) -> Iterator[str]:
    """Answer `rhrt ask` as a record says, and give each question that it puts."""
    session = Session(rulebook, search=Search(rulebook))
    signs = list(record["indicators"]["present"])
    while (question := session.question()) is not None:
        yield question.id
        kind, _, id_ = question.id.partition("/")
        values = {choice.value for choice in question.choices}
        answers = {
            "concerns": questions.BY_WORDS if signs else questions.DONE,
            "situation": record.get("situation", {}).get(id_, question.choices[0].value if values else ""),
            "follow_up": record.get("follow_ups", {}).get(id_, "not-asked"),
            "age_band": record.get("child", {}).get("age_band"),
            "circumstances": next(iter(record.get("circumstances", ())), None),
            "mark": "present",
            "advice": questions.GO_ON,
            "check": questions.DONE,
        }
        if kind == "words":
            session = session.answer(typed=rulebook.indicator[signs[0]].wording)
            continue
        if kind == "found":
            session = session.answer(next(value for value in values if _has(value, signs[0], rulebook)))
            continue
        answer = signs[0] if signs and signs[0] in values else answers.get(kind)
        signs = signs[1:] if kind == "mark" else signs
        session = session.answer(answer) if answer in values else session.answer()


def seen(page: Element) -> str:
    """Give the words to be seen on a page, without its foot and what is there for screen readers alone."""
    (main,) = page.iter("main")
    return " ".join(_seen(main))


def _seen(element: Element) -> Iterator[str]:
    if "hidden" not in element.get("class", "") and element.get("type") != "hidden":
        yield element.text or ""
        for one in element:
            yield from _seen(one)
            yield one.tail or ""


def measured(rulebook: Rulebook) -> dict[str, Effort]:
    """Measure the ten records."""
    with TestClient(application(Settings(rulebooks=(rulebook,)))) as client:
        return {name: effort(name, rulebook, client) for name in (*ONE_SIGN, *TWO_SIGNS)}


def main() -> int:
    """Print the figures; give 1 where one is over what it may be."""
    rulebook = load_rulebook()
    found = measured(rulebook)
    print(f"{'':34} {'signs':>5} {'pages':>6} {'words':>6} {'asked':>6} {'lines':>6} {'in a form':>10}")
    for name, one in found.items():
        print(f"{name:34} {1 + (name in TWO_SIGNS):5} {one.pages:6} {one.words:6} {one.questions:6} {one.lines:6} "
              f"{one.in_a_form:10}")  # fmt: skip
    every = [lines(case(path)["record"], rulebook) for path in CASES]
    middle = statistics.median(every)
    print(f"Lines of every worked case: {middle:g} in the middle, {max(every)} at most.")
    over = [name for name in found if found[name].pages > MOST_PAGES[1 + (name in TWO_SIGNS)]]
    over += [name for name in ONE_SIGN if found[name].words > MOST_WORDS]
    return int(bool(over) or middle > LINES_IN_THE_MIDDLE or max(every) > MOST_LINES)


if __name__ == "__main__":
    sys.exit(main())

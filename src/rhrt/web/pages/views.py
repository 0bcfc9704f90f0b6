"""What each page of the journey shows, read from where the journey stands."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from rhrt.interview import questions
from rhrt.interview.carried import Carried, write
from rhrt.interview.session import Place, Session
from rhrt.present.outline import further, outline
from rhrt.present.picture import as_svg
from rhrt.reasoning.assess import assess
from rhrt.rulebook import dates
from rhrt.rulebook.model import Rulebook
from rhrt.search.find import LONGEST_QUERY
from rhrt.suggestion import Suggestion
from rhrt.web.pages.journey import Step, may_be_left
from rhrt.web.pages.rendering import Pages


def start(pages: Pages, rulebooks: tuple[Rulebook, ...], error: str | None = None) -> str:
    """Show the start page."""
    areas = [{"value": one.id, "text": f"{one.title}, {one.area}"} for one in rulebooks]
    only = rulebooks[0] if len(rulebooks) == 1 else None
    return pages.html("start.html", only, rulebooks=rulebooks, areas=areas, error=error)


def next_page(pages: Pages, root: str, step: Step) -> str:
    """Show the next question of a journey, or the suggestion where there is no more to ask."""
    if step.carried.session.question() is None:
        return result(pages, root, step.carried.session)
    session, asked = step.carried.session, step.carried.question
    kind = "together" if asked.parts else _OF_ITS_OWN.get(asked.id, "question")
    shown = {
        "question": asked,
        "caption": "Is this so?" if asked.id.startswith("mark/") else None,
        "optional": asked.skip is not None and may_be_left(asked),
        "error": step.error,
        "given": step.given,
        **(_together(asked, step) if asked.parts else {}),
        **(_MORE[kind](session) if kind in _MORE else {}),
    }
    return pages.html(f"{kind}.html", session.rulebook, page=_page(root, step.carried), **shown)


def result(pages: Pages, root: str, session: Session) -> str:
    """Show the suggestion for what has been answered."""
    suggestion = assess(session.record, session.rulebook)
    said, whole = outline(suggestion, today=dates.today()), outline(suggestion, more=True, today=dates.today())
    return pages.html(
        "result.html",
        session.rulebook,
        page=_page(root, Carried(session.at(Place("check")))),
        said=said,
        further=tuple(further(said, whole)),
        small_print=whole.small_print,
        urgency=suggestion.urgency_name,
        picture=Markup(as_svg(suggestion)),  # noqa: S704 - it escapes what it writes
        reasons=_reasons(suggestion),
    )


def _page(root: str, carried: Carried) -> dict[str, Any]:
    """Give what every page carries: where its form goes, the journey so far, and if there is a way back.

    Each page has an address of its own, its place in the journey, so that the browser's Back works.
    """
    to = f"{root}/check/{len(carried.trail) + 2}"
    return {"to": to, "carried": write(carried), "start": f"{root}/check", "can_go_back": bool(carried.trail)}


def _concerns(session: Session) -> dict[str, Any]:
    marks = {choice.value: choice.words for choice in questions.MARKS}
    marked = [
        {"id": id_, "words": questions.mark(session.rulebook.indicator[id_], mark).words, "said": marks[mark]}
        for id_, mark in session.marks.items()
    ]
    return {
        "question": questions.menu(len(marked)),
        "typed": questions.typed(),
        "marked": marked,
        "longest": LONGEST_QUERY,
    }


def _together(asked: questions.Question, step: Step) -> dict[str, Any]:
    """Give what a page with several questions needs of each: its place, whether it can be left, what is missing."""
    optional = {part.id for part in asked.parts if may_be_left(part)} if asked.id != "follow_ups" else ()
    names = {part.id: f"answer-{place}" for place, part in enumerate(asked.parts, 1)}
    shown = {"names": names, "optional": optional, "missing": step.missing}
    return shown | {"typed": questions.typed(), "longest": LONGEST_QUERY}


def _check(session: Session) -> dict[str, Any]:
    """Give the answers in groups, those about concerns also where there are none."""
    first = {f"situation/{field.id}" for field in session.rulebook.situation if field.ask_first}
    rows: dict[str, list[dict[str, str]]] = {kind: [] for kind in _GROUPS}
    for one, answer in session.answered():
        kind = "danger" if one.id in first else one.id.partition("/")[0]
        rows[kind if kind in rows else "child"].append({"id": one.id, "words": one.words, "said": one.said(answer)})
    groups = [{"title": title, "rows": rows[kind], "quoted": kind == "mark"} for kind, title in _GROUPS.items()]
    return {"groups": [group for group in groups if group["rows"] or group["quoted"]]}


_GROUPS = {
    "danger": "Danger",
    "mark": "Worries",
    "follow_up": "What you saw",
    "situation": "The situation",
    "child": "The child, and your view",
}
"""Under which heading answers are checked, by the kind of their question; those of concerns are quoted."""


_OF_ITS_OWN = {one: one for one in ("advice", "check", "concerns")} | {"words": "concerns"}
"""The questions that have a page of their own; all others look alike."""

_MORE: dict[str, Callable[[Session], dict[str, Any]]] = {"check": _check, "concerns": _concerns}
"""What a page shows besides its question."""


def _reasons(suggestion: Suggestion) -> list[dict[str, Any]]:
    """Give the reasons to choose from, where the practitioner's own level is another."""
    own = suggestion.judgement
    if own is None or own.agrees:
        return []
    reasons = suggestion.rulebook.difference.reasons
    return [{"value": one.id, "text": one.text, "checked": one.id == own.reason} for one in reasons]

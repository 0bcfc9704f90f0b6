"""What people read in a rulebook: its texts, how they say an indicator, and what a text tells its reader."""

from collections.abc import Iterator
from typing import NamedTuple

from rhrt.files import Location
from rhrt.rulebook.model import Rulebook
from rhrt.steward.folder import RulebookFolder


class Text(NamedTuple):
    """One text: the file (its name in the folder, without `.yaml`), the location in it, and the words."""

    file: str
    location: Location
    words: str


def texts(rulebook: Rulebook) -> Iterator[Text]:
    """Give every text, except the wording of indicators, which is quoted, and how people say them."""
    yield from _of_rulebook(rulebook)
    for index, judgement in enumerate(rulebook.judgements):
        yield Text("routes", ("judgements", index, "wording"), judgement.wording)
    for index, urgency in enumerate(rulebook.urgencies):
        yield Text("routes", ("urgencies", index, "name"), urgency.name)
    for index, action in enumerate(rulebook.actions):
        for place, case in enumerate(action.cases):
            at = ("actions", index, "cases", place)
            yield Text("actions", (*at, "text"), case.text)
            if case.by_when:
                yield Text("actions", (*at, "by_when"), case.by_when)
    for index, prompt in enumerate(rulebook.prompts):
        yield Text("prompts", ("prompts", index, "text"), prompt.text)
        yield Text("prompts", ("prompts", index, "why"), prompt.why)
    for index, following in enumerate(rulebook.afterwards):
        yield Text("afterwards", ("afterwards", index, "text"), following.text)


def _of_rulebook(rulebook: Rulebook) -> Iterator[Text]:
    for name in ("notice", "no_level", "if_worse", "no_answer"):
        yield Text("rulebook", (name,), getattr(rulebook, name))
    for index, level in enumerate(rulebook.levels):
        yield Text("rulebook", ("levels", index, "meaning"), level.meaning)
    for index, basis in enumerate(rulebook.bases):
        yield Text("rulebook", ("bases", index, "meaning"), basis.meaning)
    for index, question in enumerate(rulebook.situation):
        yield Text("rulebook", ("situation", index, "question"), question.question)
        yield Text("rulebook", ("situation", index, "why"), question.why)
    yield Text("rulebook", ("degree", "guides"), rulebook.degree.guides)
    for name in ("higher", "lower", "policy"):
        yield Text("rulebook", ("difference", name), getattr(rulebook.difference, name))
    for index, reason in enumerate(rulebook.difference.reasons):
        yield Text("rulebook", ("difference", "reasons", index, "text"), reason.text)


class Said(NamedTuple):
    """One phrase under `also`, with the indicator that it stands for and its place."""

    indicator: str
    words: str
    plain: str
    file: str
    location: Location


def plain(words: str) -> str:
    """Give words without regard to capitals and spaces."""
    return " ".join(words.lower().split())


def said(folder: RulebookFolder) -> Iterator[Said]:
    """Give every phrase of every indicator, in the order written."""
    for file, location, entry in folder.entries("indicators"):
        for place, words in enumerate(entry["also"]):
            yield Said(entry["id"], words, plain(words), file, (*location, "also", place))

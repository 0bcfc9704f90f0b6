"""What people read in a rulebook: its texts, how they say an indicator, and what a text tells its reader."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rhrt.files import Location
from rhrt.part import Part
from rhrt.rulebook.model import Rulebook
from rhrt.rulebook.written import WAYS
from rhrt.steward.folder import RulebookFolder


class Text(NamedTuple):
    """One text: the file (its name in the folder, without `.yaml`), the location in it, and the words."""

    file: str
    location: Location
    words: str


def texts(rulebook: Rulebook) -> Iterator[Text]:
    """Give every text, except the wording of indicators, which is quoted, and how people say them."""
    for name in ("notice", "no_level", "if_worse", "no_answer"):
        yield Text("rulebook", (name,), getattr(rulebook, name))
    yield from _of("rulebook", ("levels",), rulebook.levels, "meaning")
    yield from _of("rulebook", ("bases",), rulebook.bases, "meaning")
    yield from _of("rulebook", ("situation",), rulebook.situation, "question", "why")
    yield Text("rulebook", ("degree", "guides"), rulebook.degree.guides)
    for name in ("higher", "lower", "policy"):
        yield Text("rulebook", ("difference", name), getattr(rulebook.difference, name))
    yield from _of("rulebook", ("difference", "reasons"), rulebook.difference.reasons, "text")
    yield from _of("routes", ("judgements",), rulebook.judgements, "wording")
    yield from _of("routes", ("urgencies",), rulebook.urgencies, "name")
    for index, action in enumerate(rulebook.actions):
        yield from _of("actions", ("actions", index, "cases"), action.cases, "text", "by_when")
    yield from _of("prompts", ("prompts",), rulebook.prompts, "text", "why")
    yield from _of("afterwards", ("afterwards",), rulebook.afterwards, "text")


def _of(file: str, at: Location, entries: Iterable[Part], *names: str) -> Iterator[Text]:
    """Give some texts of each entry of a list; one that it does not have is left out."""
    for index, entry in enumerate(entries):
        yield from (Text(file, (*at, index, name), words) for name in names if (words := getattr(entry, name)))


class Said(NamedTuple):
    """One way of saying an indicator, with its place: under `also`, or its id in the file of a hand."""

    indicator: str
    words: str
    plain: str
    file: str
    location: Location


def plain(words: str) -> str:
    """Give words without regard to capitals and spaces."""
    return " ".join(words.lower().split())


def said(folder: RulebookFolder) -> Iterator[Said]:
    """Give every way of saying every indicator: those under `also` first, in the order written."""
    for file, location, entry in folder.entries("indicators"):
        for place, words in enumerate(entry["also"]):
            yield Said(entry["id"], words, plain(words), file, (*location, "also", place))
    hands = [file for file in folder.written if file.startswith(WAYS)]
    for file, ways in zip(hands, folder.rulebook.ways, strict=True):
        for id_, lines in ways.said.items():
            for words in filter(None, map(str.strip, lines.splitlines())):
                yield Said(id_, words, plain(words), file, ("said", id_))

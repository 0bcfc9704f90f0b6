"""Someone who uses the pages without JavaScript: reads a page, chooses, types, and presses a button."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

import html5lib
from fastapi.testclient import TestClient

Field = tuple[str, str]


class Group(NamedTuple):
    """What can be chosen for one question: the name of its field, and the values by their words."""

    asks: str
    name: str
    choices: dict[str, str]


class Form(NamedTuple):
    """A form as a browser would send it: where to, hidden fields, what can be chosen, and its buttons by words."""

    action: str
    hidden: list[Field]
    groups: list[Group]
    chosen: list[str]
    buttons: dict[str, list[Field]]
    typed: list[str]

    @property
    def choices(self) -> dict[str, str]:
        """What can be chosen, for whichever question."""
        return {words: value for group in self.groups for words, value in group.choices.items()}

    def fields(self, choices: tuple[str | None, ...]) -> list[Field]:
        """Give what choices send: all of one question, or one for each of several, None to leave one out."""
        if len(self.groups) == 1:
            (only,) = self.groups
            return [(only.name, only.choices[choice]) for choice in choices if choice]
        pairs = zip(self.groups, choices, strict=True) if choices else ()
        return [(group.name, group.choices[choice]) for group, choice in pairs if choice]


class Visitor:
    """Holds the page in view. Each page has to be HTML without a fault."""

    def __init__(self, client: TestClient, path: str = "/check") -> None:
        self._client = client
        self._show(client.get(path))

    @property
    def title(self) -> str:
        """The title of the page in view."""
        return text_of(next(self.page.iter("title")))

    @property
    def heading(self) -> str:
        """The one heading of the first rank."""
        (found,) = self.page.iter("h1")
        return text_of(found)

    @property
    def text(self) -> str:
        """All that can be read."""
        return text_of(next(self.page.iter("body")))

    @property
    def forms(self) -> list[Form]:
        """The forms of the page, from top to bottom."""
        return [_form(form) for form in self.page.iter("form")]

    @property
    def state(self) -> str:
        """What the page carries."""
        return next(value for form in self.forms for name, value in form.hidden if name == "state")

    def press(self, words: str, *choices: str | None, typed: str | None = None) -> Visitor:
        """Press the first button that begins with some words, after choosing and typing."""
        buttons = [(form, *button) for form in self.forms for button in form.buttons.items()]
        form, _, button = next(one for one in buttons if one[1].startswith(words))
        fields = [*form.hidden, *button, *form.fields(choices)]
        fields += [(name, typed or "") for name in form.typed]
        return self.send(form.action, fields)

    def answer(self, *choices: str | None) -> Visitor:
        """Choose by the words shown, of one question or one for each of several, and continue."""
        return self.press("Continue", *choices)

    def on(self) -> Visitor:
        """Give the first answer to each question that cannot be left out, and continue."""
        groups = self.forms[-1].groups
        left_out = [group for group in groups if "(optional)" in group.asks or group.name.startswith("follow_up/")]
        return self.answer(*(None if group in left_out else next(iter(group.choices)) for group in groups))

    def send(self, path: str, fields: list[Field]) -> Visitor:
        """Send fields as a form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        self._show(self._client.post(path, content=urlencode(fields), headers=kind))
        return self

    def _show(self, response: Any) -> None:
        self.response = response
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        self.page: Element = parser.parse(response.text)
        ids = [element.attrib["id"] for element in self.page.iter() if "id" in element.attrib]
        assert len(ids) == len(set(ids)), "an id stands twice"


def text_of(element: Element) -> str:
    """Give the words of an element, with one space between."""
    return " ".join("".join(element.itertext()).split())


def _form(form: Element) -> Form:
    inputs = list(form.iter("input"))
    labels = {label.attrib["for"]: text_of(label) for label in form.iter("label")}
    kinds = {"radio", "checkbox"}
    return Form(
        form.attrib["action"],
        [(one.attrib["name"], one.attrib["value"]) for one in inputs if one.get("type") == "hidden"],
        [_group(fieldset, labels) for fieldset in form.iter("fieldset")],
        [labels[one.attrib["id"]] for one in inputs if one.get("type") in kinds and "checked" in one.attrib],
        {text_of(one): [(one.attrib["name"], one.attrib["value"])] if "name" in one.attrib else []
         for one in form.iter("button")},
        [one.attrib["name"] for one in inputs if one.get("type") == "text"],
    )  # fmt: skip


def _group(fieldset: Element, labels: dict[str, str]) -> Group:
    inputs = list(fieldset.iter("input"))
    choices = {labels[one.attrib["id"]]: one.attrib["value"] for one in inputs}
    return Group(text_of(next(fieldset.iter("legend"))), inputs[0].attrib["name"], choices)

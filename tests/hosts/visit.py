"""A person at a form that has the prompt, in any host: what they do, and what the host then holds and sends."""

from __future__ import annotations

import json
from ast import literal_eval
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

from tests.browser.hosting import PATIENCE, answer, suggested
from tests.hosts.site import PROBLEM

SUSPECTED = "suspected_significant_harm"
CALM = "immediate_danger"
LEVEL_4 = "Suggested: Level 4, Specialist"

_PLAIN = """window.host ??= {
    sent: (fits) => [...new FormData(document.forms[0])].filter(([name]) => fits(name)),
    held: (prompt) => Object.fromEntries(host.sent((name) => name.startsWith(prompt + "-"))),
    keep: () => Object.fromEntries(host.sent((name) => name.endsWith("-record")).map(
        ([name, record]) => [name.slice(0, -"-record".length), record])),
    set: () => document.querySelector("fieldset"),
    off: () => { host.set().disabled = true; },
    on: () => { host.set().disabled = false; },
    takeOut: () => {
        host.out = [...document.querySelectorAll("rhrt-prompt, iframe")];
        for (const one of host.out) one.remove();
    },
    putIn: () => host.set().append(...host.out),
};"""
"""What a test does with a form of plain HTML, which has no script of its own."""

Fields = dict[str, str]


def bare(fields: dict[str, Any]) -> Fields:
    """Give fields without what their names begin with."""
    return {name.partition("-")[2]: value for name, value in fields.items()}


@dataclass
class Visit:
    """A page with a host's form, and the person in front of it."""

    page: Page
    url: str
    elsewhere: str = ""
    always: dict[str, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on(
            "console", lambda one: self.said.append(one.text) if one.type in {"warning", "error"} else None
        )
        self.page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", self._hear)

    def _hear(self, request: Any) -> None:
        if request.url.endswith("/v1/prompt") and request.method == "POST":
            self.asked.append(json.loads(request.post_data))

    # --- What they do ---

    def open(self, **query: str) -> Visit:
        asked = urlencode(self.always | query)
        self.page.goto(f"{self.url}{'&' if '?' in self.url else '?'}{asked}")
        return self.ready()

    def ready(self) -> Visit:
        self.prompts().first.wait_for()
        for at in range(self.prompts().count()):
            self.prompt(at).get_by_text("Or choose from a list").wait_for()
        self.page.evaluate(_PLAIN)
        return self

    def mark(self, question: str = SUSPECTED, words: str = "Yes", at: int = 0) -> None:
        answer(self.prompt(at), question, words)

    def press(self, name: str) -> None:
        """Press a button by the keyboard: a suggestion that comes at that moment moves it away from a mouse."""
        self.page.get_by_role("button", name=name, exact=True).press("Enter")

    def does(self, deed: str) -> Any:
        return self.page.evaluate(f"host.{deed}")

    def keep(self) -> str:
        """Give what the host keeps as a draft."""
        return json.dumps(self.does("keep()"))

    def tell(self, story: str) -> None:
        self.page.get_by_label("What has happened?").fill(story)

    def send(self) -> None:
        self.press("Send")

    # --- What is there then ---

    def prompts(self) -> Locator:
        """Give what stands in the form for each prompt."""
        return self.page.locator("rhrt-prompt")

    def prompt(self, at: int = 0) -> Locator:
        return self.prompts().nth(at)

    def marked(self, question: str = SUSPECTED, words: str = "Yes", at: int = 0) -> Locator:
        return self.prompt(at).locator(f"[data-question='{question}']").get_by_label(words, exact=True)

    def shows(self, words: str = LEVEL_4, at: int = 0) -> None:
        expect(suggested(self.prompt(at))).to_have_text(words)

    def shows_nothing(self, at: int = 0) -> None:
        expect(suggested(self.prompt(at))).to_have_count(0)
        expect(self.prompt(at).locator("input[type=radio]:checked")).to_have_count(0)

    def has_problem(self) -> None:
        expect(self.page.get_by_text(PROBLEM).first).to_be_visible()

    def holds(self, name: str = "rhrt", **wanted: str) -> Fields:
        """Wait until the host holds these fields, and give all that it holds."""
        until = monotonic() + PATIENCE
        while True:
            held = bare(self.does(f"held({json.dumps(name)})") or {})
            if held | {one.replace("_", "-"): value for one, value in wanted.items()} == held:
                return held
            assert monotonic() < until, f"the host holds {held}, and should hold {wanted}"
            self.page.wait_for_timeout(20)

    def has_asked(self, times: int) -> None:
        """Hold that a suggestion was asked for so many times, and that it comes to rest with that."""
        until = monotonic() + PATIENCE
        while len(self.asked) < times and monotonic() < until:
            self.page.wait_for_timeout(20)
        self.page.wait_for_timeout(300)
        assert len(self.asked) == times

    def received(self, name: str = "rhrt") -> Fields:
        """Give the fields that the host's server received."""
        sent = json.loads(self.page.locator("pre").last.inner_text())
        own = sent.get(name)
        return bare(
            own if isinstance(own, dict) else {one: sent[one] for one in sent if one.startswith(f"{name}-")}
        )


class InFrames(Visit):
    """A visit to a form whose prompts are in iframes."""

    def prompts(self) -> Locator:
        return self.page.locator("iframe")

    def prompt(self, at: int = 0) -> Locator:
        return self.page.frame_locator("iframe").nth(at).locator("rhrt-prompt")


class InFormio(Visit):
    """A visit to a form of Form.io, which takes in a change late, and then takes away an error that it shows."""

    def send(self) -> None:
        self.page.evaluate("new Promise((go) => setTimeout(go, 500))")
        super().send()


class WithServer(Visit):
    """A visit to a form of a server that keeps drafts itself."""

    def open(self, **query: str) -> Visit:
        self.page.goto(self.url + ("/two" if "two" in query else ""))
        return self.ready()

    def keep(self) -> str:
        self.press("Keep for later")
        self.ready()
        return "kept by the server"

    def received(self, name: str = "rhrt") -> Fields:
        sent = literal_eval(self.page.locator("pre").inner_text())
        return bare({one: sent[one] for one in sent if one.startswith(f"{name}-")})

"""What Firefox tells a person, by eye or ear, and the driver of the other tests does not see: by Marionette."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from tests.browser.hosting import FIREFOX, HOST_FIRST, PATIENCE, form
from tests.browser.sites import site
from tests.browser.test_field import MORE
from tests.server import free_port, serving

pytestmark = pytest.mark.skipif(not FIREFOX, reason="These are about Firefox: RHRT_BROWSER=firefox")

LABEL = '<label for="need">Level of need</label>'
PRESS = """const send = document.createElement("button"); document.forms[0].append(send); send.click();
    return document.querySelector("rhrt-prompt").shadowRoot.activeElement?.labels[0].textContent;"""
BUBBLE = (
    """const bubble = document.getElementById("invalid-form-popup"); return [bubble?.state, bubble?.textContent];"""
)


class Marionette:
    """The wire to a Firefox: each message goes with its length before it."""

    def __init__(self, port: int) -> None:
        until = monotonic() + 3 * PATIENCE
        while True:
            try:
                self.wire = socket.create_connection(("127.0.0.1", port), timeout=3 * PATIENCE)
                break
            except OSError:
                assert monotonic() < until, "Firefox does not answer"
                sleep(0.2)
        self.heard = self.wire.makefile("rb")
        self._hear()
        self.ask("WebDriver:NewSession")

    def _hear(self) -> Any:
        length = b"".join(iter(lambda: self.heard.read(1), b":"))
        return json.loads(self.heard.read(int(length)))

    def ask(self, command: str, **given: Any) -> Any:
        """Give what Firefox answers to a command."""
        message = json.dumps([0, 1, command, given]).encode()
        self.wire.sendall(b"%d:%s" % (len(message), message))
        _, _, wrong, answer = self._hear()
        assert wrong is None, wrong
        return answer.get("value", answer)

    def run(self, script: str) -> Any:
        """Give what a script returns."""
        return self.ask("WebDriver:ExecuteScript", script=script, args=[])

    def until(self, script: str) -> None:
        """Wait until a script gives what is true."""
        until = monotonic() + PATIENCE
        while not self.run(script):
            assert monotonic() < until, script
            sleep(0.05)


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Marionette]:
    profile: Path = tmp_path_factory.mktemp("profile")
    port = free_port()
    (profile / "user.js").write_text(f'user_pref("marionette.port", {port});', encoding="utf-8")
    program = shutil.which("firefox-esr") or shutil.which("firefox") or ""
    options = (
        "--headless",
        "--marionette",
        "--remote-allow-system-access",
        "--no-remote",
        "--profile",
        str(profile),
    )
    with subprocess.Popen([program, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            asked = Marionette(port)
            with closing(asked.wire), closing(asked.heard):
                yield asked
        finally:
            process.kill()


@pytest.fixture(scope="module")
def prompt(firefox: Marionette) -> Iterator[str]:
    """Open a form that requires the prompt and has a label for it, and give the id of the prompt there."""
    port = free_port()
    with serving("--origin", f"http://127.0.0.1:{port}") as served:
        html = form(served.url, HOST_FIRST, 'required id="need"').replace("<fieldset", f"{LABEL}<fieldset", 1)
        with site(port, {"/": ("text/html", html)}, "default-src * data:") as url:
            firefox.ask("WebDriver:Navigate", url=url)
            firefox.until(
                "return Boolean(document.querySelector('rhrt-prompt').shadowRoot?.querySelector('input'))"
            )
            found = firefox.ask("WebDriver:FindElement", using="css selector", value="rhrt-prompt")
            (name,) = found.values()
            yield name


@pytest.mark.usefixtures("prompt")
def test_a_form_that_is_not_sent_says_why_in_words_beside_the_first_control(firefox: Marionette) -> None:
    assert firefox.run(PRESS) == "Yes"
    firefox.ask("Marionette:SetContext", value="chrome")
    firefox.until("return document.getElementById('invalid-form-popup')?.state === 'open'")
    assert firefox.run(BUBBLE) == ["open", MORE]
    firefox.ask("Marionette:SetContext", value="content")


def test_the_prompt_is_a_group_with_the_name_that_the_host_gives_it(firefox: Marionette, prompt: str) -> None:
    def named() -> Any:
        return firefox.ask("WebDriver:GetComputedLabel", id=prompt)

    change = "const prompt = document.querySelector('rhrt-prompt'); "
    assert firefox.ask("WebDriver:GetComputedRole", id=prompt) == "group"
    assert named() == "Level of need"
    firefox.run(change + "prompt.setAttribute('label', 'First child');")
    assert named() == "First child: What does the guidance suggest?"
    firefox.run("document.querySelector('[for=need]').remove(); " + change + "prompt.removeAttribute('label');")
    assert named() == "What does the guidance suggest?"

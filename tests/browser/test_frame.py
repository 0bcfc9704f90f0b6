"""The prompt in an iframe, in a form of another origin with a strict policy, as the README writes it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, Route, expect

from rhrt.web.demonstration import HERE
from tests.browser.accessibility import assert_axe_finds_nothing
from tests.browser.hosting import (
    answer,
    expect_fields,
    fields,
    find,
    headline,
    leave_and_come_back,
    mark,
    no_danger,
    record,
    suggested,
    told,
)
from tests.browser.sites import site
from tests.server import Server, free_port, serving
from tests.test_repository import ROOT

README = (ROOT / "src/rhrt/web/component/README.md").read_text(encoding="utf-8")
HOST_SCRIPT = (HERE / "static" / "host.js").read_text(encoding="utf-8")
SNIPPET = re.search(r"## In an iframe.*?```html\n(.*?)```", README, re.DOTALL)
"""What the README says to write: a script, and a form with the iframe."""

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>A form</title>
<link rel="icon" href="data:,"></head><body><main><h1>A form</h1>{form}</main></body></html>"""
STORY = '<label for="story">What has happened?</label><textarea id="story" name="story"></textarea>'
FIELDS = ("level", "own-level", "own-reason", "receipt", "record", "route", "status", "urgency")
WRITTEN = '<textarea name="rhrt-record" hidden></textarea>'
HIDDEN = '<input type="hidden" name="rhrt-record" value="{}">'
SEND = "<button>Send</button>"
HARM = {"situation": {"suspected_significant_harm": "yes"}}


def holding(record: str) -> str:
    """Give the field as a server writes it that has a record."""
    return WRITTEN.replace("><", f">{escape(record)}<")


class Host(NamedTuple):
    """A site that the service knows: where it is, its pages, and what its form was sent."""

    url: str
    service: Server
    pages: dict[str, tuple[str, str]]
    sent: list[dict[str, str]]

    def write(self, *changes: tuple[str, str], more: str = STORY) -> str:
        """Write the README's form into a page, with changes and with more in it, and say where it is."""
        assert SNIPPET
        form = SNIPPET[1].replace("https://rhrt.example.org/rhrt", self.service.url)
        form = form.replace(SEND, f'{more}{SEND}<button type="reset">Clear</button>')
        for written, instead in changes:
            assert written in form
            form = form.replace(written, instead, 1)
        self.pages["/"] = ("text/html", PAGE.format(form=form))
        return self.url

    def with_attributes(self, attributes: str) -> str:
        """Write it with further attributes of the iframe."""
        return self.write(("<iframe", f"<iframe {attributes}"))

    def with_draft(self, text: str) -> str:
        """Write it with a record in the field for it."""
        return self.write((WRITTEN, holding(text)))


@pytest.fixture(scope="module")
def running() -> Iterator[Host]:
    port, sent = free_port(), list[dict[str, str]]()
    pages = {"/host.js": ("text/javascript", HOST_SCRIPT)}

    def with_errors(posted: dict[str, str]) -> str:
        """Give the page again, as a server does that finds something wrong in a form: with what it was sent."""
        sent.append(posted)
        return pages["/"][1].replace(WRITTEN, holding(posted.get("rhrt-record", "")))

    with serving("--origin", f"http://127.0.0.1:{port}") as served:
        policy = f"default-src 'none'; script-src 'self'; frame-src {served.url}; img-src data:"
        with site(port, pages, policy, with_errors) as url:
            yield Host(url, served, pages, sent)


@pytest.fixture
def host(running: Host) -> Host:
    running.sent.clear()
    return running


def inside(page: Page, place: int = 0) -> FrameLocator:
    """Give what an iframe holds, once it has answered."""
    frame = page.frame_locator("iframe").nth(place)
    frame.get_by_text("Or choose from a list").wait_for()
    return frame


def opened(page: Page, url: str, place: int = 0) -> Locator:
    page.goto(url)
    return inside(page, place).locator("rhrt-prompt")


def withheld(page: Page, host: Host) -> list[Route]:
    """Let the iframe wait for its page, and give the list with what lets it go on."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(f"{host.service.url}/prompt", hold)
    return held


def suspected(prompt: Locator) -> None:
    """Mark what gives the highest level, and see it."""
    answer(prompt, "suspected_significant_harm", "Yes")
    expect(suggested(prompt)).to_have_text("Suggested: Level 4, Specialist")


def chosen(prompt: Locator, question: str) -> Locator:
    return prompt.locator(f"[data-question='{question}'] input:checked")


def level(page: Page, wanted: str, name: str = "rhrt") -> None:
    expect_fields(page, {f"{name}-level": wanted})


@pytest.mark.usefixtures("said")
def test_the_form_of_the_readme_is_sent_with_every_field_of_the_prompt(page: Page, host: Host) -> None:
    prompt = opened(page, host.write())
    expect(page.get_by_text("If a child is in danger, call 999.")).to_be_hidden()
    suspected(prompt)
    level(page, "4")
    assert sorted(fields(page)) == sorted(["story", *(f"rhrt-{field}" for field in FIELDS)])
    page.get_by_role("button", name="Send").click()
    page.wait_for_load_state()
    assert host.sent[0]["rhrt-level"] == "4"
    assert json.loads(host.sent[0]["rhrt-record"])["situation"] == HARM["situation"]


@pytest.mark.usefixtures("said")
def test_a_page_that_a_server_gives_again_with_the_record_shows_the_marks(page: Page, host: Host) -> None:
    suspected(opened(page, host.write()))
    level(page, "4")
    page.get_by_role("button", name="Send").click()
    page.wait_for_function("document.querySelector('[name=rhrt-record]').defaultValue")
    prompt = inside(page).locator("rhrt-prompt")
    expect(chosen(prompt, "suspected_significant_harm")).to_have_value("yes")
    expect(suggested(prompt)).to_have_text("Suggested: Level 4, Specialist")
    level(page, "4")
    assert record(page)["situation"] == HARM["situation"]


@pytest.mark.usefixtures("said")
def test_back_shows_the_marks_again_and_a_reset_then_empties_them(page: Page, host: Host) -> None:
    prompt = opened(page, host.write())
    suspected(prompt)
    level(page, "4")
    leave_and_come_back(page)
    prompt = inside(page).locator("rhrt-prompt")
    expect(suggested(prompt)).to_have_text("Suggested: Level 4, Specialist")
    level(page, "4")
    assert record(page)["situation"] == HARM["situation"]
    page.get_by_role("button", name="Clear").click()
    expect(chosen(prompt, "suspected_significant_harm")).to_have_count(0)
    expect_fields(page, {"rhrt-status": "empty"})


@pytest.mark.usefixtures("said")
def test_a_reset_empties_the_prompt_and_the_fields_at_once(page: Page, host: Host) -> None:
    prompt = opened(page, host.write())
    find(prompt, "not enough food")
    suspected(prompt)
    level(page, "4")
    page.evaluate("document.forms[0].onreset = () => false")
    page.get_by_role("button", name="Clear").click()
    page.wait_for_timeout(200)
    level(page, "4")  # a reset that a host prevents is none
    emptied = """async () => { const form = document.forms[0]; form.onreset = null; form.reset();
        await new Promise((done) => setTimeout(done)); return new FormData(form).get("rhrt-level"); }"""
    assert page.evaluate(emptied) == "", "no answer is sent that is shown no longer"
    expect(chosen(prompt, "suspected_significant_harm")).to_have_count(0)
    expect(headline(prompt)).to_have_count(0)
    expect(prompt.get_by_text("Nearest first")).to_have_count(0)
    expect_fields(page, {"rhrt-status": "empty", "rhrt-level": "", "rhrt-receipt": ""})
    assert record(page)["situation"] == {}


@pytest.mark.usefixtures("said")
def test_a_draft_may_stand_in_a_hidden_input_which_a_reset_empties(page: Page, host: Host) -> None:
    prompt = opened(page, host.write((WRITTEN, HIDDEN.format(escape(json.dumps(HARM))))))
    expect(chosen(prompt, "suspected_significant_harm")).to_have_value("yes")
    level(page, "4")
    page.get_by_role("button", name="Clear").click()
    expect(chosen(prompt, "suspected_significant_harm")).to_have_count(0)
    expect_fields(page, {"rhrt-status": "empty", "rhrt-level": ""})
    assert record(page)["situation"] == {}


@pytest.mark.usefixtures("said")
def test_a_reset_gives_back_what_the_server_wrote_into_the_field(page: Page, host: Host) -> None:
    draft = json.dumps({"situation": {"suspected_significant_harm": "no", "consent": "given"}})
    prompt = opened(page, host.with_draft(draft))
    expect(chosen(prompt, "suspected_significant_harm")).to_have_value("no")
    suspected(prompt)
    level(page, "4")
    leave_and_come_back(page)
    prompt = inside(page).locator("rhrt-prompt")
    expect(chosen(prompt, "suspected_significant_harm")).to_have_value("yes")
    page.get_by_role("button", name="Clear").click()
    expect(chosen(prompt, "suspected_significant_harm")).to_have_value("no")
    expect_fields(page, {"rhrt-level": ""})
    assert record(page)["situation"] == json.loads(draft)["situation"]


UNUSABLE = (
    '{"rulebook": "another-area", "situation": {"suspected_significant_harm": "yes"}}',
    "not a record",
    '{"indicators": {"present": "lack-of-food"}}',
)


@pytest.mark.parametrize("draft", UNUSABLE)
def test_a_record_that_cannot_be_used_is_said_in_the_iframe(
    draft: str, page: Page, host: Host, said: list[str]
) -> None:
    prompt = opened(page, host.with_draft(draft))
    words = inside(page).locator("#said")
    expect(words).to_contain_text("What was filled in before is not here.")
    expect_fields(page, {"rhrt-status": "empty"})
    assert record(page)["situation"] == {}
    assert "This is no record for <rhrt-prompt>" in said[0]
    assert_axe_finds_nothing(page)
    said.clear()
    answer(prompt, "suspected_significant_harm", "No")
    expect(words).to_be_hidden()


@pytest.mark.usefixtures("said")
def test_fields_are_named_as_the_iframe_says_and_no_other_field_is_touched(page: Page, host: Host) -> None:
    named = ("<iframe", '<iframe data-name="worry"'), (WRITTEN, WRITTEN.replace("rhrt", "worry"))
    suspected(opened(page, host.write(*named)))
    level(page, "4", "worry")
    assert sorted(fields(page)) == sorted(["story", *(f"worry-{field}" for field in FIELDS)])
    foreign = """parent.postMessage({ type: "rhrt-value", marked: false, missing: false,
        fields: { story: "Written by somebody else", "worry-level": "3" } }, "*")"""
    page.frames[1].evaluate(foreign)
    level(page, "3", "worry")
    assert fields(page)["story"] == ""


@pytest.mark.usefixtures("said")
def test_the_own_level_comes_first_where_the_iframe_says_so(page: Page, host: Host) -> None:
    prompt = opened(page, host.with_attributes("data-commit-first"))
    answer(prompt, "suspected_significant_harm", "Yes")
    expect(headline(prompt)).to_have_text("Before you see the suggestion")
    expect_fields(page, {"rhrt-status": "waiting", "rhrt-level": ""})
    page.evaluate("document.querySelector('iframe').removeAttribute('data-commit-first')")
    level(page, "4")


@pytest.mark.usefixtures("said")
def test_the_watched_field_is_read_when_its_writer_pauses_and_the_prompt_says_so(page: Page, host: Host) -> None:
    sent = told(page)
    prompt = opened(page, host.with_attributes('data-watch="story"'))
    says = prompt.get_by_text("What you write in this form is looked through")
    expect(says).to_be_visible()
    page.get_by_label("What has happened?").press_sequentially("There is not enough food at home.", delay=20)
    expect(prompt.get_by_text("From what you wrote: is any of this so?")).to_be_visible()
    assert sent == ["There is not enough food at home."]
    replaced = """() => { const other = document.createElement("textarea"); other.id = "story";
        document.querySelector("#story").replaceWith(other); }"""
    page.evaluate(replaced)
    with page.expect_response("**/v1/spot"):
        page.locator("#story").fill("His mother drinks more and more.")
    assert sent[1:] == ["His mother drinks more and more."]
    expect(says).to_be_visible()
    page.evaluate("document.querySelector('#story').remove()")
    expect(says).to_be_hidden()


@pytest.mark.usefixtures("said")
def test_a_field_that_is_not_watched_is_not_read_and_nothing_says_that_it_is(page: Page, host: Host) -> None:
    sent = told(page)
    prompt = opened(page, host.write())
    page.get_by_label("What has happened?").fill("There is not enough food at home.")
    page.wait_for_timeout(2500)
    expect(prompt.get_by_text("What you write in this form is looked through")).to_be_hidden()
    assert sent == []


@pytest.mark.usefixtures("said")
def test_a_story_that_stood_there_already_is_read_too(page: Page, host: Host) -> None:
    story = STORY.replace("></textarea", ">There is not enough food at home.</textarea")
    prompt = opened(page, host.write(("<iframe", '<iframe data-watch="story"'), more=story))
    expect(prompt.get_by_text("From what you wrote: is any of this so?")).to_be_visible()


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize("switch", ["iframe", "fieldset"])
def test_disabled_it_takes_no_mark_and_sends_no_field_and_has_both_again_afterwards(
    switch: str, page: Page, host: Host
) -> None:
    in_a_set = ("<iframe", "<fieldset><iframe"), ("</iframe>", "</iframe></fieldset>")
    prompt = opened(page, host.write(*in_a_set))
    suspected(prompt)
    level(page, "4")
    attribute = "data-disabled" if switch == "iframe" else "disabled"
    turn = f"on => document.querySelector('{switch}').toggleAttribute('{attribute}', on)"
    page.evaluate(turn, True)
    expect(prompt.get_by_label("Say it in a few words")).to_be_disabled()
    expect_fields(page, {"story": ""}, only=True)
    page.evaluate(turn, False)
    level(page, "4")
    expect(prompt.get_by_label("Say it in a few words")).to_be_enabled()


@pytest.mark.usefixtures("said")
def test_a_required_prompt_holds_the_form_back_until_there_is_a_suggestion(page: Page, host: Host) -> None:
    prompt = opened(page, host.with_attributes("data-required"))
    expect_fields(page, {"rhrt-status": "empty"})
    page.evaluate("window.heard = 0; document.forms[0].addEventListener('submit', () => { window.heard += 1; })")
    page.get_by_role("button", name="Send").click()
    expect(inside(page).locator("#said")).to_contain_text("This part of the form is not filled in.")
    page.wait_for_function("document.activeElement.localName === 'iframe'")
    page.frames[1].wait_for_function("document.activeElement.localName === 'rhrt-prompt'")
    assert (page.evaluate("window.heard"), host.sent) == (0, [])
    suspected(prompt)
    expect(inside(page).locator("#said")).to_be_hidden()
    level(page, "4")
    page.get_by_role("button", name="Send").click()
    page.wait_for_function("window.heard === undefined")
    assert host.sent[0]["rhrt-level"] == "4"


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize("attributes", ["data-required data-disabled", "data-required"])
def test_a_required_prompt_holds_back_no_form_that_is_not_to_be_checked_or_where_it_is_disabled(
    attributes: str, page: Page, host: Host
) -> None:
    opened(page, host.with_attributes(attributes))
    if "disabled" not in attributes:
        page.evaluate("document.forms[0].noValidate = true")
    page.wait_for_timeout(300)
    page.get_by_role("button", name="Send").click()
    page.wait_for_timeout(500)
    assert len(host.sent) == 1


def test_a_required_prompt_holds_back_no_form_where_the_service_fails(page: Page, host: Host) -> None:
    prompt = opened(page, host.with_attributes("data-required"))
    page.route("**/v1/prompt", lambda route: route.abort())
    answer(prompt, "suspected_significant_harm", "No")
    expect_fields(page, {"rhrt-status": "unavailable"})
    page.get_by_role("button", name="Send").click()
    page.wait_for_timeout(500)
    assert host.sent[0]["rhrt-status"] == "unavailable"


def test_a_required_prompt_holds_back_no_form_where_the_iframe_does_not_load(page: Page, host: Host) -> None:
    page.route(f"{host.service.url}/prompt", lambda route: route.abort())
    page.goto(host.with_attributes("data-required"))
    page.get_by_role("button", name="Send").click()
    page.wait_for_timeout(500)
    assert len(host.sent) == 1


@pytest.mark.usefixtures("said")
def test_two_in_a_form_have_each_their_own_name_fields_and_label(page: Page, host: Host) -> None:
    second = f"""<iframe title="The second child" data-prompt="{host.service.url}/prompt" data-name="second"
        data-label="Second child"></iframe><input type="hidden" name="second-record" value="">{STORY}"""
    prompt = opened(page, host.write(("<iframe", '<iframe data-label="First child"'), more=second))
    other = inside(page, 1).locator("rhrt-prompt")
    suspected(prompt)
    no_danger(other)
    find(other, "not enough food")
    mark(other, "lack-of-food")
    expect_fields(page, {"rhrt-level": "4", "second-level": "3"})
    names = [f"{name}-{field}" for name in ("rhrt", "second") for field in FIELDS]
    assert sorted(fields(page)) == sorted(["story", *names])
    assert json.loads(fields(page)["second-record"])["indicators"]["present"] == ["lack-of-food"]
    assert record(page)["situation"] == HARM["situation"]
    for place, label in enumerate(("First child", "Second child")):
        expect(inside(page, place).locator("h1")).to_have_text(f"Level of need: {label}")
        expect(inside(page, place).locator("rhrt-prompt")).to_have_attribute("label", label)
    page.get_by_role("button", name="Clear").click()
    expect_fields(page, {"rhrt-status": "empty", "second-status": "empty"})


def test_where_the_origin_is_not_named_the_words_of_the_host_are_shown(page: Page) -> None:
    port = free_port()
    with serving("--origin", "https://forms.example.org") as served:
        pages = {"/host.js": ("text/javascript", HOST_SCRIPT)}
        with site(port, pages, "default-src 'none'; script-src 'self'; frame-src *") as url:
            page.goto(Host(url, served, pages, []).write())
            expect(page.get_by_text("If a child is in danger, call 999.")).to_be_visible()
            expect(page.locator("iframe")).to_be_hidden()


def test_the_words_of_the_host_are_shown_until_an_answer_comes_late(page: Page, host: Host) -> None:
    held = withheld(page, host)
    page.goto(host.write(), wait_until="commit")
    words = page.get_by_text("If a child is in danger, call 999.")
    expect(words).to_be_hidden()
    expect(words).to_be_visible()
    expect(page.locator("iframe")).to_be_hidden()
    held[0].continue_()
    expect(words).to_be_hidden()
    suspected(inside(page).locator("rhrt-prompt"))
    page.wait_for_function("document.querySelector('iframe').height > 700")


def test_the_words_of_the_host_are_shown_where_its_script_does_not_run(page: Page, host: Host) -> None:
    page.route("**/host.js", lambda route: route.abort())
    page.goto(host.write())
    expect(page.get_by_text("If a child is in danger, call 999.")).to_be_visible()


@pytest.mark.usefixtures("said")
def test_taken_out_of_the_page_its_fields_go_and_come_again_with_it(page: Page, host: Host) -> None:
    suspected(opened(page, host.write()))
    level(page, "4")
    page.evaluate("window.frame = document.querySelector('iframe'); window.frame.remove()")
    expect_fields(page, {"story": ""}, only=True)
    assert page.locator("input").count() == 0
    page.evaluate("document.forms[0].prepend(window.frame)")
    expect(suggested(inside(page).locator("rhrt-prompt"))).to_have_text("Suggested: Level 4, Specialist")
    level(page, "4")


@pytest.mark.usefixtures("said")
def test_an_iframe_that_a_host_adds_later_is_taken_up(page: Page, host: Host) -> None:
    page.goto(host.write())
    added = """url => { const [frame, form] = [document.createElement("iframe"), document.forms[0]];
        Object.assign(frame.dataset, { prompt: `${url}/prompt`, name: "later" }); form.append(frame); }"""
    page.evaluate(added, host.service.url)
    suspected(inside(page, 1).locator("rhrt-prompt"))
    level(page, "4", "later")


@pytest.mark.usefixtures("said")
def test_it_starts_at_a_height_to_see_it_by_and_grows_and_shrinks_with_what_it_holds(
    page: Page, host: Host
) -> None:
    held = withheld(page, host)
    page.goto(host.write((' height="700"', "")), wait_until="commit")
    frame = page.locator("iframe")
    expect(frame).to_have_attribute("height", "700")
    held[0].continue_()
    prompt = inside(page).locator("rhrt-prompt")
    page.wait_for_function("document.querySelector('iframe').height !== '700'")
    page.wait_for_timeout(300)
    at_first = int(frame.get_attribute("height") or 0)
    suspected(prompt)
    page.wait_for_function("high => document.querySelector('iframe').height > high + 200", arg=at_first)
    page.frames[1].wait_for_function("document.documentElement.scrollHeight <= innerHeight + 1")
    grown = int(frame.get_attribute("height") or 0)
    page.get_by_role("button", name="Clear").click()
    page.wait_for_function("high => document.querySelector('iframe').height < high - 500", arg=grown)


@pytest.mark.usefixtures("said")
def test_the_iframe_listens_to_nobody_but_the_page_around_it(page: Page, host: Host) -> None:
    second = f'<iframe title="Another" data-prompt="{host.service.url}/prompt" data-name="second"></iframe>'
    prompt = opened(page, host.write(more=STORY + second))
    inside(page, 1)
    suspected(prompt)
    level(page, "4")
    told_by_another = """for (const type of ["rhrt-hello", "rhrt-reset"])
        parent.frames[0].postMessage({ type, value: "", attributes: { name: "theirs" } }, "*")"""
    page.frames[2].evaluate(told_by_another)  # of the same origin, and still not the page around
    page.frames[1].evaluate(told_by_another.replace("parent.frames[0].", ""))
    page.wait_for_timeout(300)
    expect(chosen(prompt, "suspected_significant_harm")).to_have_value("yes")
    assert fields(page)["rhrt-level"] == "4"
    assert not [name for name in fields(page) if name.startswith("theirs")]


@pytest.mark.usefixtures("said")
def test_the_host_hears_of_marks_as_of_any_field_and_only_of_those(page: Page, host: Host) -> None:
    listened = """window.heard = []; for (const kind of ["input", "change"])
        document.forms[0].addEventListener(kind, ({ target }) =>
            window.heard.push([kind, JSON.parse(target.value).situation]))"""
    page.goto(host.with_draft('{"situation": {"consent": "given"}}'), wait_until="commit")
    page.wait_for_function("document.forms[0]?.elements['rhrt-record']")
    page.evaluate(listened)
    prompt = inside(page).locator("rhrt-prompt")
    expect_fields(page, {"rhrt-status": "waiting"})
    suspected(prompt)
    level(page, "4")
    marked: dict[str, Any] = {"consent": "given", **HARM["situation"]}
    assert page.evaluate("window.heard") == [["input", marked], ["change", marked]]

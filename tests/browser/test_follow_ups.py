"""The follow-up questions of <rhrt-prompt>: asked before the answer, kept, sent and given back like any mark."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from rhrt import Record, Rulebook, assess
from tests.browser.accessibility import assert_axe_finds_nothing
from tests.browser.hosting import (
    LOADINGS,
    complaints,
    expect_fields,
    fields,
    find,
    focused,
    headline,
    heard,
    hosted,
    leave_and_come_back,
    mark,
    no_danger,
    record,
    suggested,
)
from tests.server import Server

ALONE, INJURY = "home-alone-no-serious-risk", "explained-injury-concern"
IS_ALONE, AGE_ALONE, RISK = "home-alone", "age-of-a-child-left-alone", "home-alone-risk"
AGE, EXPLAINED, WORSE = "age-of-a-child-hurt", "explained-injury", "home-alone-worse-than-this"
CALM = {"immediate_danger": "no", "medical_emergency": "no", "suspected_significant_harm": "no"}
TAKE_ADVICE = ["take-advice-before-informing", "consult-mash-social-worker", "contact-chat"]


@pytest.fixture(autouse=True)
def _nothing_to_complain_of(page: Page, request: pytest.FixtureRequest) -> Iterator[None]:
    found = complaints(page)
    yield
    if "service_gone" not in request.fixturenames:
        assert found == []


@pytest.fixture
def service_gone() -> None:
    """Say that the browser may complain: the service is meant to be gone, or to refuse."""


def seen(indicator: str, follow_ups: dict[str, str] | None = None) -> dict[str, Any]:
    """Write a record without danger, with one sign present and follow-up questions answered."""
    return {"indicators": {"present": [indicator]}, "situation": CALM, "follow_ups": follow_ups or {}}


def drafted(page: Page, served: Server, loading: str, draft: dict[str, Any], attributes: str = "") -> Locator:
    """Open a form whose host gives back a draft, and give the prompt."""
    return hosted(page, served, loading, attributes, does=f"prompt.value = {json.dumps({'record': draft})};")


def group(prompt: Locator, id_: str) -> Locator:
    return prompt.locator(f"[data-follow-up='{id_}']")


def say(prompt: Locator, id_: str, words: str) -> None:
    """Answer a follow-up question, and wait for what is suggested then."""
    with prompt.page.expect_response("**/v1/prompt"):
        group(prompt, id_).get_by_label(words, exact=True).check()


def asked(prompt: Locator) -> list[str]:
    """Give the ids of the questions that are shown, in order."""
    found: list[str] = prompt.locator("[data-follow-up]").evaluate_all(
        "all => all.map((one) => one.dataset.followUp)"
    )
    return found


def title(prompt: Locator) -> Locator:
    return prompt.get_by_role("heading", name="A few questions about what you saw")


def steps(page: Page) -> list[str]:
    """Give the codes of the steps last suggested."""
    expect_fields(page, {"rhrt-status": "suggested"})
    return [step["code"] for step in heard(page, "rhrt-suggestion")[-1]["suggestion"]["actions"]]


def test_a_question_is_asked_when_it_applies_and_its_answer_changes_the_steps_and_goes_with_the_form(
    page: Page, loading: str, served: Server, rulebook: Rulebook
) -> None:
    prompt = hosted(page, served, loading)
    expect(title(prompt)).to_be_hidden()
    no_danger(prompt)
    find(prompt, "an injury that was explained")
    mark(prompt, INJURY)
    expect(title(prompt)).to_be_visible()
    assert asked(prompt) == [AGE, EXPLAINED]
    expect(prompt.get_by_role("group", name=rulebook.follow_up[AGE].text)).to_have_accessible_description(
        rulebook.follow_up[AGE].why
    )
    news = prompt.get_by_role("status").filter(has_text="A few questions about what you saw")
    expect(news).to_contain_text(rulebook.follow_up[AGE].text)
    assert steps(page)[0] == "seek-consent"
    say(prompt, AGE, "Yes")
    assert steps(page)[:3] == TAKE_ADVICE
    expect(prompt.locator(".steps li").first).to_contain_text("Before you tell the parents or ask for consent")
    for words, first, answer in (("Not known", TAKE_ADVICE[0], "not-known"), ("No", "seek-consent", "no")):
        say(prompt, AGE, words)
        assert steps(page)[0] == first
        assert record(page)["follow_ups"] == {AGE: answer}
    expected = assess(Record.model_validate(record(page)), rulebook).model_dump(mode="json")
    assert json.loads(fields(page)["rhrt-receipt"]) == expected["receipt"]
    assert prompt.evaluate("prompt => prompt.value") == fields(page)["rhrt-record"]
    assert record(page) == heard(page, "rhrt-change")[-1]["record"]
    with page.expect_response("**/v1/prompt"):
        group(prompt, AGE).get_by_role("button", name="clear").press("Enter")
    assert record(page)["follow_ups"] == {}
    assert focused(page) == "Yes", "the button that was pressed is gone"


def test_a_sign_with_a_limit_of_its_own_that_is_absent_asks_whether_it_is_worse_than_this(
    page: Page, loading: str, served: Server
) -> None:
    prompt = hosted(page, served, loading)
    no_danger(prompt)
    find(prompt, "left home alone")
    mark(prompt, ALONE, "No")
    expect(group(prompt, WORSE)).to_be_visible()
    assert asked(prompt) == [WORSE]
    say(prompt, WORSE, "Yes")
    assert steps(page)[:3] == TAKE_ADVICE
    mark(prompt, ALONE)
    expect(group(prompt, IS_ALONE)).to_be_visible()
    assert asked(prompt)[0] == WORSE, "an answer stays in view with its question, though the sign is not absent now"
    expect(group(prompt, WORSE).get_by_label("Yes", exact=True)).to_be_checked()
    prompt.locator(".kept").get_by_role("button", name="take out").click()
    expect(suggested(prompt)).to_have_text("No level suggested")
    assert steps(page)[0] == TAKE_ADVICE[0], "an answer counts whatever else is recorded"
    assert asked(prompt) == [WORSE]


def test_no_answer_moves_what_somebody_is_about_to_press_and_each_asks_the_service_once(
    page: Page, loading: str, served: Server
) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    prompt = drafted(page, served, loading, seen(ALONE))
    expect(group(prompt, RISK)).to_be_visible()
    assert asked(prompt) == [IS_ALONE, AGE_ALONE, RISK], "at most three"
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.url.endswith("/v1/prompt") else None)
    place = """one => Math.round(one.getBoundingClientRect().top
        - one.getRootNode().querySelector('h2').getBoundingClientRect().top)"""
    before = [group(prompt, id_).evaluate(place) for id_ in (AGE_ALONE, RISK)]
    group(prompt, IS_ALONE).get_by_label("No", exact=True).focus()
    say(prompt, IS_ALONE, "No")
    say(prompt, AGE_ALONE, "Yes")
    assert steps(page)[0] == TAKE_ADVICE[0]
    assert asked(prompt)[:3] == [IS_ALONE, AGE_ALONE, RISK], "none goes, though the last would change nothing now"
    assert [group(prompt, id_).evaluate(place) for id_ in (AGE_ALONE, RISK)] == before
    assert focused(page) == "Yes"
    assert len(posts) == 2
    group(prompt, RISK).get_by_label("Yes", exact=True).focus()
    with page.expect_response("**/v1/prompt"):
        page.evaluate("""() => { const root = document.querySelector("rhrt-prompt").shadowRoot;
            root.querySelector("[data-question='consent'] input[value=refused]").click(); }""")
    steps(page)
    assert RISK in asked(prompt), "somebody is at it"
    assert focused(page) == "Yes"
    prompt.get_by_role("button", name="Find").focus()
    with page.expect_response("**/v1/prompt"):
        prompt.locator("[data-question='consent']").get_by_label("Not sought").check()
    expect(group(prompt, RISK)).to_have_count(0)
    assert asked(prompt)[:2] == [IS_ALONE, AGE_ALONE]


def test_answers_are_kept_as_any_mark_is_in_a_draft_on_back_by_a_reset_and_when_switched_off(
    page: Page, loading: str, served: Server
) -> None:
    prompt = drafted(page, served, loading, seen(INJURY, {AGE: "yes", WORSE: "no"}))
    expect(group(prompt, WORSE).get_by_label("No", exact=True)).to_be_checked()
    expect(group(prompt, AGE).get_by_label("Yes", exact=True)).to_be_checked()
    assert steps(page)[:3] == TAKE_ADVICE
    assert record(page)["follow_ups"] == {AGE: "yes", WORSE: "no"}
    sent = fields(page)
    page.evaluate("document.querySelector('#set').disabled = true")
    expect(group(prompt, AGE).get_by_label("Yes", exact=True)).to_be_disabled()
    expect_fields(page, {}, only=True)
    page.evaluate("document.querySelector('#set').disabled = false")
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(title(prompt)).to_be_hidden()
    assert (record(page)["follow_ups"], asked(prompt), fields(page)["rhrt-status"]) == ({}, [], "empty")
    kept = sent["rhrt-record"]
    for given in (kept, json.loads(kept), sent["rhrt-receipt"], {"record": kept}):
        prompt.evaluate("(prompt, given) => { prompt.value = null; prompt.value = given; }", given)
        expect(group(prompt, AGE).get_by_label("Yes", exact=True)).to_be_checked()
        assert record(page)["follow_ups"] == {AGE: "yes", WORSE: "no"}


def test_coming_back_to_a_form_finds_the_answers_and_they_alone_are_not_nothing(
    page: Page, loading: str, served: Server
) -> None:
    prompt = hosted(page, served, loading)
    find(prompt, "left home alone")
    mark(prompt, ALONE, "No")
    expect(group(prompt, WORSE)).to_be_visible()
    say(prompt, WORSE, "Yes")
    prompt.locator(".kept").get_by_role("button", name="take out").click()
    assert steps(page)[0] == TAKE_ADVICE[0]
    leave_and_come_back(page)
    expect(group(page.locator("rhrt-prompt"), WORSE).get_by_label("Yes", exact=True)).to_be_checked()
    expect(suggested(page.locator("rhrt-prompt"))).to_have_text("No level suggested")
    assert record(page)["follow_ups"] == {WORSE: "yes"}


@pytest.mark.usefixtures("service_gone")
def test_danger_in_an_answer_says_at_once_to_call_999_also_when_the_service_is_gone(
    page: Page, loading: str, served: Server
) -> None:
    prompt = drafted(page, served, loading, seen(ALONE))
    expect(group(prompt, IS_ALONE)).to_be_visible()
    page.route("**/v1/**", lambda route: route.abort())
    group(prompt, IS_ALONE).get_by_label("Yes", exact=True).check()
    alarm = prompt.get_by_role("alert").filter(has_text="Emergency. Call 999 now.")
    expect(alarm).to_have_count(1)
    assert alarm.get_by_role("link", name="999").first.get_attribute("href") == "tel:999"
    expect(headline(prompt)).to_have_text("No suggestion can be given now")
    assert record(page)["follow_ups"] == {IS_ALONE: "yes"}
    expect_fields(page, {"rhrt-status": "unavailable"})
    kept = prompt.evaluate("prompt => prompt.value")
    group(prompt, IS_ALONE).get_by_role("button", name="clear").click()
    expect(alarm).to_have_count(0)
    prompt.evaluate("(prompt, kept) => { prompt.value = null; prompt.value = kept; }", kept)
    expect(alarm).to_be_visible()
    page.unroute("**/v1/**")
    page.route("**/v1/prompt", lambda route: route.abort())
    again = drafted(page, served, loading, record(page))
    expect(again.get_by_role("alert").filter(has_text="Emergency. Call 999 now.")).to_be_visible()
    assert asked(again) == [], "the service has the words of the question, and is gone"
    page.unroute("**/v1/prompt")
    again.get_by_role("button", name="Try again").click()
    expect(suggested(again)).to_have_text("Suggested: Level 4, Specialist")
    expect(group(again, IS_ALONE).locator("xpath=..").get_by_role("alert")).to_contain_text("Call 999 now")


@pytest.mark.usefixtures("service_gone")
def test_what_is_no_answer_is_refused_aloud_and_an_unknown_question_by_the_service_in_words(
    page: Page, loading: str, served: Server
) -> None:
    prompt = hosted(page, served, loading)
    give = """(prompt, follow_ups) => {
        try { prompt.value = { record: { follow_ups } }; return ""; } catch (error) { return error.message; } }"""
    for wrong in ({AGE: "maybe"}, {AGE: True}, {AGE: "not-asked"}, [AGE], "yes", {AGE: None}):
        raised = prompt.evaluate(give, wrong)
        assert "record.follow_ups is not yes, no or not-known by the ids of questions" in raised, wrong
    expect_fields(page, {"rhrt-status": "empty"})
    assert prompt.evaluate(give, {"nothing-such": "yes"}) == ""
    expect(prompt.get_by_role("region", name="Suggestion")).to_contain_text(
        "There is no follow-up question 'nothing-such'."
    )
    expect_fields(page, {"rhrt-status": "unavailable"})


def test_the_keyboard_alone_reaches_answers_and_clears_and_what_is_left_open_leads_back(
    page: Page, loading: str, served: Server, rulebook: Rulebook
) -> None:
    question = rulebook.follow_up[EXPLAINED].text
    prompt = drafted(page, served, loading, seen(INJURY), "commit-first")
    expect(title(prompt)).to_be_visible()
    expect(headline(prompt)).to_have_text("Before you see the suggestion")
    prompt.get_by_text("Age and circumstances (optional)").focus()
    for key in ("Tab", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    assert record(page)["follow_ups"] == {AGE: "not-known"}
    for key in ("Tab", "Enter"):
        page.keyboard.press(key)
    assert record(page)["follow_ups"] == {}
    for key in ("Tab", "Space"):
        page.keyboard.press(key)
    assert record(page)["follow_ups"] == {EXPLAINED: "yes"}
    group(prompt, EXPLAINED).get_by_role("button", name="clear").press("Enter")
    prompt.get_by_label("I would rather not say").check()
    prompt.get_by_role("button", name="Show the suggestion").press("Enter")
    prompt.get_by_role("region", name="Suggestion").get_by_role("button", name=question).press("Enter")
    page.keyboard.press("ArrowRight")
    assert record(page)["follow_ups"] == {EXPLAINED: "no"}


def test_two_prompts_on_a_page_keep_their_answers_apart(page: Page, loading: str, served: Server) -> None:
    prompt = drafted(page, served, loading, seen(ALONE)).first
    page.evaluate("""() => {
        const other = document.createElement("rhrt-prompt");
        other.setAttribute("name", "other");
        other.value = document.querySelector("rhrt-prompt").value;
        document.querySelector("form").append(other);
    }""")
    other = page.locator("rhrt-prompt[name=other]")
    expect(group(other, IS_ALONE)).to_be_visible()
    expect(group(prompt, IS_ALONE)).to_be_visible()
    group(prompt, IS_ALONE).get_by_label("Yes", exact=True).check()
    group(other, IS_ALONE).get_by_label("No", exact=True).check()
    expect(suggested(prompt)).to_have_text("Suggested: Level 4, Specialist")
    expect(other.get_by_role("alert").filter(has_text="999")).to_have_count(0)
    sent = fields(page)
    kept = [json.loads(sent[f"{name}-record"])["follow_ups"] for name in ("rhrt", "other")]
    assert kept == [{IS_ALONE: "yes"}, {IS_ALONE: "no"}]


@pytest.mark.parametrize(("width", "loading"), list(zip((320, 320, 1200), LOADINGS, strict=True)))
def test_axe_finds_nothing_wrong_nothing_scrolls_sideways_and_forced_colours_keep_their_lines(
    width: int, loading: str, served: Server, request: pytest.FixtureRequest
) -> None:
    page: Page = request.getfixturevalue("in_forced_colours" if loading == LOADINGS[1] else "page")
    page.set_viewport_size({"width": width, "height": 900})
    prompt = drafted(page, served, loading, seen(ALONE), "commit-first")
    expect(group(prompt, RISK)).to_be_visible()
    assert_axe_finds_nothing(page)
    say(prompt, AGE_ALONE, "Not known")
    say(prompt, IS_ALONE, "Yes")
    border = prompt.locator(".urgent").first.evaluate("one => parseFloat(getComputedStyle(one).borderTopWidth)")
    assert border >= 4
    assert_axe_finds_nothing(page)
    for size in ("100%", "200%"):
        page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, size

"""<rhrt-prompt> in the forms of others, as a browser runs it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from rhrt import Record, Rulebook, assess, load_rulebook
from tests.browser.accessibility import assert_axe_finds_nothing
from tests.browser.hosting import (
    LOADINGS,
    MARRAM,
    answer,
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
    open_concern,
    record,
    signs,
    suggested,
    told,
)
from tests.server import Server, serving

DRINK = "parental-substance-escalating"
STRICT = "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'"

STORY = (
    "Mum is drinking more and more. He is always hungry. He was left home alone. Dad hits mum. "
    "He often misses school. There are no bruises."
)
"""Some sentences that tell of more concerns than are in view at first, and deny one."""

OPEN_ALL = """async (within) => {
    for (let closed; (closed = within.querySelectorAll("details:not([open])")).length;) {
        closed.forEach((one) => { one.open = true; });
        await new Promise((done) => setTimeout(done, 50));
    }
}"""


@pytest.fixture(scope="module")
def marram() -> Iterator[Server]:
    with serving("--rulebook", str(MARRAM)) as one:
        yield one


@pytest.fixture(autouse=True)
def _nothing_to_complain_of(page: Page, request: pytest.FixtureRequest) -> Iterator[None]:
    found = complaints(page)
    yield
    if "service_gone" not in request.fixturenames:
        assert found == []


@pytest.fixture
def service_gone() -> None:
    """Say that the browser may complain: the service is meant to be gone."""


# --- What is marked, and what comes of it ---


def test_a_worry_found_by_plain_words_gives_the_suggestion_that_the_engine_gives(
    page: Page, loading: str, served: Server, rulebook: Rulebook
) -> None:
    prompt = hosted(page, served, loading)
    no_danger(prompt)
    find(prompt, "mum drinking more and more")
    mark(prompt, DRINK)
    expect(suggested(prompt)).to_have_text("Suggested: Level 3, Intensive")
    sent = fields(page)
    expected = assess(Record.model_validate(record(page)), rulebook).model_dump(mode="json")
    assert record(page)["indicators"] == {"present": [DRINK], "absent": [], "not_known": []}
    assert json.loads(sent["rhrt-receipt"]) == expected["receipt"]
    assert (sent["rhrt-status"], sent["rhrt-level"], sent["rhrt-route"]) == ("suggested", "3", "chat-eha")
    assert heard(page, "rhrt-suggestion")[-1] == {"suggestion": expected, "status": "suggested"}
    assert heard(page, "rhrt-change")[-1] == {"record": record(page), "status": "waiting"}


def test_the_result_says_what_to_do_and_why_and_little_else(page: Page, loading: str, served: Server) -> None:
    prompt = hosted(page, served, loading)
    no_danger(prompt)
    find(prompt, "mum drinking more and more")
    mark(prompt, DRINK)
    result = prompt.get_by_role("region", name="Suggestion")
    expect(result.get_by_role("heading", name="What to do next")).to_be_visible()
    assert result.get_by_role("link", name="(01432) 260261").get_attribute("href") == "tel:01432260261"
    thoughts = result.locator(".part", has=page.get_by_role("heading", name="Think again")).locator("li")
    assert thoughts.count() <= 3
    expect(result.get_by_text("A suggestion: you decide, with your safeguarding lead.")).to_be_visible()
    expect(result.get_by_role("heading", name="Services")).to_be_hidden()
    result.locator("summary", has_text="More:").click()
    expect(result.get_by_role("heading", name="Services")).to_be_visible()


def test_every_concern_can_be_browsed_and_none_shows_its_level(
    page: Page, loading: str, served: Server, rulebook: Rulebook
) -> None:
    prompt = hosted(page, served, loading)
    find(prompt, "mum drinking more and more")
    worries = prompt.get_by_role("region", name="What worries you about the child?")
    worries.evaluate(OPEN_ALL)
    seen = set(worries.locator("[data-concern]").evaluate_all("all => all.map((one) => one.dataset.concern)"))
    assert seen == set(rulebook.position)
    assert not any(f"Level {level}" in worries.inner_text() for level in rulebook.level)


def test_a_concern_that_is_found_shows_its_signs_the_nearest_first_and_the_gravest_can_be_marked(
    page: Page, loading: str, served: Server, rulebook: Rulebook
) -> None:
    prompt = hosted(page, served, loading)
    find(prompt, "mum drinking more and more. Lack of food.")
    summaries = prompt.locator(".found summary")
    expect(summaries.first).to_have_text(re.compile("A parent's alcohol or substance use *You wrote: “mum dri"))
    shown = signs(prompt.locator(".found"))
    (ladder,) = (one for one in rulebook.ladders if DRINK in one.rungs and {*one.rungs} == {*shown})
    assert shown[0] == DRINK, "the first concern stands open, with what fits best first; the others stand closed"
    gravest = max(ladder.rungs, key=lambda id_: rulebook.indicator[id_].level)
    mark(prompt, gravest)
    mark(prompt, DRINK, "No")
    expect(suggested(prompt)).to_have_text("Suggested: Level 4, Specialist")
    assert record(page)["indicators"] == {"present": [gravest], "absent": [DRINK], "not_known": []}
    open_concern(prompt, "You wrote: “Lack of food”")
    expect(prompt.locator(".found [data-concern='lack-of-food']").first).to_be_visible()


def test_the_prompt_and_its_page_offer_the_concerns_that_the_service_gives_in_its_order(
    page: Page, loading: str, served: Server
) -> None:
    answer = page.request.post(f"{served.url}/v1/spot", data={"text": STORY}).json()
    titles = [one["title"] if len(one["signs"]) > 1 else one["signs"][0]["wording"] for one in answer["concerns"]]
    assert len(titles) > 6, "more than are in view at first"
    for prompt in (hosted(page, served, loading), _on_its_page(page, served)):
        sent = told(page)
        find(prompt, STORY)
        assert sent == [STORY], "what was typed, as it was typed"
        prompt.get_by_role("button", name=re.compile("Show .* more")).click()
        rows = prompt.locator(".found > .concerns > li")
        shown = [row.inner_text().partition("You wrote:")[0].splitlines()[0].strip("“”") for row in rows.all()]
        assert shown == titles


def _on_its_page(page: Page, served: Server) -> Locator:
    page.goto(f"{served.url}/prompt")
    prompt = page.locator("rhrt-prompt")
    prompt.get_by_text("Or choose from a list").wait_for()
    return prompt


def test_a_list_shows_the_signs_of_a_concern_from_the_mildest(
    page: Page, loading: str, served: Server, rulebook: Rulebook
) -> None:
    prompt = hosted(page, served, loading)
    prompt.get_by_role("region", name="What worries you about the child?").evaluate(OPEN_ALL)
    ladders = [signs(one) for one in prompt.locator(".ladder").all()]
    assert len(ladders) >= len(rulebook.ladders)
    levels = [[rulebook.indicator[id_].level for id_ in shown] for shown in ladders]
    assert levels == [sorted(one) for one in levels]


def test_what_is_denied_is_shown_apart_and_is_nothing_to_mark(page: Page, loading: str, served: Server) -> None:
    prompt = hosted(page, served, loading)
    find(prompt, "mum drinking more and more, no bruises")
    expect(prompt.get_by_text("Set apart: “no bruises” (denied). If one is a worry")).to_be_visible()
    offered = prompt.locator(".found > .concerns > li").all()
    assert offered
    assert not [row for row in offered if "bruises" in row.inner_text()]
    prompt.get_by_label("Say it in a few words").fill("no bruises")
    prompt.get_by_role("button", name="Find").click()
    nothing = "Nothing here fits a sign. That does not mean there is no need. Try other words"
    expect(prompt.get_by_text(nothing)).to_be_visible()
    expect(prompt.get_by_text("Set apart: “no bruises” (denied)")).to_be_visible()


def test_what_is_marked_can_be_changed_and_taken_out(page: Page, loading: str, served: Server) -> None:
    prompt = hosted(page, served, loading)
    find(prompt, "mum drinking more and more")
    mark(prompt, DRINK, "Not known")
    kept = prompt.locator(".kept")
    expect(kept.get_by_label("Not known")).to_be_checked()
    assert record(page)["indicators"]["not_known"] == [DRINK]
    kept.get_by_role("button", name="take out").press("Enter")
    expect(kept).to_be_hidden()
    assert focused(page) == "Say it in a few words"
    expect_fields(page, {"rhrt-status": "empty"})


def test_only_questions_that_matter_are_asked(page: Page, loading: str, served: Server) -> None:
    prompt = hosted(page, served, loading)
    expect(prompt.get_by_role("heading", name="About the situation")).to_be_hidden()
    no_danger(prompt)
    find(prompt, "not enough food")
    mark(prompt, "lack-of-food")
    answer(prompt, "consent", "Given")
    expect(prompt.get_by_role("heading", name="About the situation")).to_be_visible()
    assert record(page)["situation"]["consent"] == "given"
    prompt.get_by_text("Age and circumstances (optional)").click()
    prompt.get_by_label("How old is the child?").select_option("5-9")
    prompt.get_by_label("Young carer").check()
    assert record(page)["child"] == {"age_band": "5-9"}
    assert record(page)["circumstances"] == ["young-carer"]


def test_nothing_marked_is_no_suggestion_and_no_level(page: Page, loading: str, served: Server) -> None:
    prompt = hosted(page, served, loading)
    expect(headline(prompt)).to_have_count(0)
    expect_fields(page, {"rhrt-status": "empty"})
    expect_fields(page, {"rhrt-receipt": "", "rhrt-level": ""})
    no_danger(prompt)
    expect(suggested(prompt)).to_have_text("No level suggested")
    expect_fields(page, {"rhrt-status": "suggested"})
    expect_fields(page, {"rhrt-level": ""})


def test_an_own_level_that_differs_is_kept_with_its_reason_and_blocks_nothing(
    page: Page, loading: str, served: Server
) -> None:
    prompt = hosted(page, served, loading)
    no_danger(prompt)
    find(prompt, "mum drinking more and more")
    mark(prompt, DRINK)
    prompt.get_by_label("Level 4, Specialist").check()
    prompt.get_by_label("Why do you see it differently?").select_option("pattern-over-time")
    expect(prompt.get_by_text("You may know more.")).to_be_visible()
    expect(suggested(prompt)).to_have_text("Suggested: Level 3, Intensive")
    expect_fields(page, {"rhrt-status": "suggested"})
    sent = fields(page)
    assert (sent["rhrt-own-level"], sent["rhrt-own-reason"]) == ("4", "pattern-over-time")
    assert json.loads(sent["rhrt-receipt"])["record"]["judgement"] == {"level": 4, "reason": "pattern-over-time"}


# --- Danger ---


@pytest.mark.parametrize("attributes", ["", "commit-first"])
def test_danger_says_at_once_to_call_999(attributes: str, page: Page, loading: str, served: Server) -> None:
    prompt = hosted(page, served, loading, attributes)
    answer(prompt, "immediate_danger", "Yes")
    alarm = prompt.get_by_role("alert").first
    expect(alarm).to_contain_text("Emergency. Call 999 now.")
    assert alarm.get_by_role("link", name="999").first.get_attribute("href") == "tel:999"
    answer(prompt, "immediate_danger", "No")
    expect(alarm).to_be_empty()


@pytest.mark.usefixtures("service_gone")
def test_danger_says_to_call_999_also_when_the_service_is_gone(page: Page, loading: str, served: Server) -> None:
    prompt = hosted(page, served, loading)
    page.route("**/v1/**", lambda route: route.abort())
    answer(prompt, "immediate_danger", "Yes")
    expect(prompt.get_by_role("alert").first).to_contain_text("Call 999 now")
    answer(prompt, "medical_emergency", "Yes")
    expect(prompt.get_by_role("alert").nth(1)).to_contain_text("ambulance")
    expect(headline(prompt)).to_have_text("No suggestion can be given now")
    expect_fields(page, {"rhrt-status": "unavailable"})


# --- One's own level first ---


def test_no_level_is_shown_or_told_before_ones_own_is_given(page: Page, loading: str, served: Server) -> None:
    prompt = hosted(page, served, loading, "commit-first")
    no_danger(prompt)
    find(prompt, "mum drinking more and more")
    mark(prompt, DRINK)
    expect(headline(prompt)).to_have_text("Before you see the suggestion")
    sent = fields(page)
    assert (sent["rhrt-status"], sent["rhrt-level"], sent["rhrt-route"]) == ("waiting", "", "")
    assert sent["rhrt-receipt"] == sent["rhrt-urgency"] == ""
    assert heard(page, "rhrt-suggestion") == []
    prompt.get_by_role("button", name="Show the suggestion").click()
    expect(prompt.get_by_text("Choose a level, or “I would rather not say”.")).to_be_visible()
    page.keyboard.press("ArrowDown")  # moves among the levels, and gives none yet
    expect_fields(page, {"rhrt-own-level": ""})
    prompt.get_by_label("Level 2, Additional").check()
    prompt.get_by_role("button", name="Show the suggestion").press("Enter")
    expect(suggested(prompt)).to_have_text("Suggested: Level 3, Intensive")
    assert focused(page) == "Suggestion"
    assert heard(page, "rhrt-suggestion")[-1]["suggestion"]["judgement"]["agrees"] is False
    expect_fields(page, {"rhrt-own-level": "2"})


def test_an_answer_that_comes_meanwhile_leaves_the_own_level_as_chosen(
    page: Page, loading: str, served: Server
) -> None:
    prompt = hosted(page, served, loading, "commit-first")
    no_danger(prompt)
    level = prompt.get_by_label("Level 2, Additional")
    level.check()
    with page.expect_response("**/v1/prompt"):
        answer(prompt, "suspected_significant_harm", "Not known")
    expect(prompt.get_by_role("heading", name="About the situation")).to_be_visible()
    expect(level).to_be_checked()
    page.get_by_role("button", name="Clear").click()
    no_danger(prompt)
    expect(level).not_to_be_checked()


def test_one_may_rather_not_say(page: Page, loading: str, served: Server) -> None:
    prompt = hosted(page, served, loading, "commit-first")
    no_danger(prompt)
    prompt.get_by_label("I would rather not say").check()
    prompt.get_by_role("button", name="Show the suggestion").click()
    expect(suggested(prompt)).to_have_text("No level suggested")
    assert record(page)["judgement"] == {"level": None, "reason": None}


# --- When the service is gone, slow or does not understand ---


@pytest.mark.usefixtures("service_gone")
def test_a_service_that_is_killed_leaves_the_numbers_to_ring_and_all_that_was_marked(
    page: Page, loading: str
) -> None:
    with serving() as first:
        prompt = hosted(page, first, loading)
        no_danger(prompt)
        find(prompt, "mum drinking more and more")
        mark(prompt, DRINK)
        expect(suggested(prompt)).to_have_text("Suggested: Level 3, Intensive")
        first.kill()
        answer(prompt, "consent", "Given")
        expect(headline(prompt)).to_have_text("No suggestion can be given now")
        expect(prompt.get_by_role("region", name="Suggestion")).to_contain_text("(01432) 260800")
        expect(prompt.get_by_role("region", name="Suggestion")).not_to_contain_text("Level 3", use_inner_text=True)
        sent = fields(page)
        assert (sent["rhrt-status"], sent["rhrt-level"], sent["rhrt-receipt"]) == ("unavailable", "", "")
        assert record(page)["indicators"]["present"] == [DRINK]
        assert heard(page, "rhrt-suggestion")[-1] == {"suggestion": None, "status": "unavailable"}
        with serving(port=int(first.url.rsplit(":", 1)[1])):
            answer(prompt, "consent", "Refused")
            expect(suggested(prompt)).to_have_text("Suggested: Level 3, Intensive")
            expect_fields(page, {"rhrt-status": "suggested"})


@pytest.mark.usefixtures("service_gone")
def test_a_slow_service_is_not_waited_for(page: Page, loading: str, served: Server) -> None:
    prompt = hosted(page, served, loading)
    page.clock.install()
    page.route("**/v1/prompt", lambda _route: None)
    no_danger(prompt)
    page.clock.run_for(700)
    expect(prompt.get_by_role("status").last).to_contain_text("Looking up what the guidance suggests")
    page.clock.run_for(5000)
    expect(headline(prompt)).to_have_text("No suggestion can be given now")
    page.unroute("**/v1/prompt")
    prompt.get_by_role("button", name="Try again").click()
    expect(suggested(prompt)).to_have_text("No level suggested")
    assert focused(page) == "Suggestion"


def fulfilled(status: int, problem: dict[str, object]) -> Callable[[Route], None]:
    """Answer with a status and a document."""
    return lambda route: route.fulfill(status=status, json=problem)


NOT_THE_MARKS = "The service does not answer. Do not wait for it."
KEY_MISSING: dict[str, object] = {"faults": [{"what": "The key is missing or wrong."}]}
PROBLEMS: list[tuple[int, dict[str, object], str]] = [
    (
        500,
        {"status": 500, "detail": "The two checks did not agree.", "faults": []},
        "The two checks did not agree.",
    ),
    (422, {"status": 422, "faults": [{"what": "There is no indicator 'x'."}]}, "There is no indicator 'x'."),
    (
        422,
        {"status": 422, "faults": [{"what": "'x' has been taken out.", "remedy": "Take it out of the record."}]},
        "'x' has been taken out. Take it out of the record.",
    ),
    (
        422,
        {"faults": [{"where": "$.indicators.present[0]", "what": "There is no indicator 'x'.", "remedy": "Look."}]},
        "There is no indicator 'x'. Take it out, under “Marked so far”.",
    ),
    (502, {}, NOT_THE_MARKS),
    (503, {"detail": {"of": "a proxy"}}, NOT_THE_MARKS),
    *((status, KEY_MISSING, NOT_THE_MARKS) for status in (400, 401, 403, 429)),
]
"""A status, the document that comes with it, and what is said of it."""


@pytest.mark.usefixtures("service_gone")
def test_a_problem_is_said_in_its_own_words_and_only_a_fault_of_what_was_marked_is_laid_to_it(
    page: Page, loading: str, served: Server
) -> None:
    prompt = hosted(page, served, loading)
    said = prompt.get_by_role("region", name="Suggestion")
    for place, (status, problem, words) in enumerate(PROBLEMS):
        page.route("**/v1/prompt", fulfilled(status, problem))
        with page.expect_response("**/v1/prompt"):
            answer(prompt, "immediate_danger", "No" if place % 2 else "Not known")
        expect(said).to_have_attribute("aria-busy", "false")
        expect(said).to_contain_text(words)
        blamed = said.get_by_text("The service cannot use what was marked.")
        expect(blamed).to_have_count(1 if status == 422 else 0)
        assert "The key is missing" not in said.inner_text()
        expect(said).to_contain_text("(01432) 260800")
        expect_fields(page, {"rhrt-level": ""})
        page.unroute("**/v1/prompt")


@pytest.mark.usefixtures("service_gone")
def test_without_the_search_and_the_rulebook_there_is_still_something_to_do(
    page: Page, loading: str, served: Server
) -> None:
    prompt = hosted(page, served, loading)
    page.route("**/v1/spot", lambda route: route.abort())
    prompt.get_by_label("Say it in a few words").fill("no food")
    prompt.get_by_role("button", name="Find").click()
    expect(prompt.get_by_text("The search does not answer just now.")).to_be_visible()


def test_an_unknown_rulebook_shows_what_the_host_wrote_and_sends_no_answer(
    page: Page, loading: str, served: Server, rulebook: Rulebook
) -> None:
    prompt = hosted(page, served, loading)
    answer(prompt, "immediate_danger", "Yes")
    expect(suggested(prompt)).to_have_text("Suggested: Level 4, Specialist")
    prompt.evaluate("prompt => { prompt.rulebook = 'another' }")
    expect(page.get_by_text("Ring 999.")).to_be_visible()
    sent = fields(page)
    assert (sent["rhrt-status"], sent["rhrt-level"], sent["rhrt-receipt"]) == ("empty", "", "")
    prompt.evaluate("(prompt, id) => { prompt.rulebook = id }", rulebook.id)
    expect(suggested(prompt)).to_have_text("Suggested: Level 4, Specialist")


# --- As a field of a form ---


def test_a_form_clears_switches_off_and_restores_it_like_any_field(
    page: Page, loading: str, served: Server
) -> None:
    prompt = hosted(page, served, loading, 'name="need"')
    find(prompt, "mum drinking more and more")
    mark(prompt, DRINK)
    expect(suggested(prompt)).to_have_text("Suggested: Level 3, Intensive")
    assert {name for name in fields(page) if name.startswith("need-")} == {
        f"need-{field}"
        for field in ("status", "record", "receipt", "level", "route", "urgency", "own-level", "own-reason")
    }
    kept = page.evaluate("document.querySelector('rhrt-prompt').value")
    page.evaluate("document.querySelector('#set').disabled = true")
    expect(prompt.get_by_role("button", name="Find")).to_be_disabled()
    expect_fields(page, {}, only=True)
    page.evaluate("document.querySelector('#set').disabled = false")
    page.get_by_role("button", name="Clear").click()
    expect(headline(prompt)).to_have_count(0)
    expect_fields(page, {"need-status": "empty"})
    page.evaluate("value => { document.querySelector('rhrt-prompt').value = value }", kept)
    expect(suggested(prompt)).to_have_text("Suggested: Level 3, Intensive")
    expect(prompt.locator(".kept").get_by_label("Yes")).to_be_checked()


def test_coming_back_to_a_form_finds_what_was_marked(page: Page, loading: str, served: Server) -> None:
    prompt = hosted(page, served, loading, "commit-first")
    no_danger(prompt)
    prompt.get_by_label("Level 2, Additional").check()
    prompt.get_by_role("button", name="Show the suggestion").click()
    expect(suggested(prompt)).to_have_text("No level suggested")
    leave_and_come_back(page)
    expect(suggested(page.locator("rhrt-prompt"))).to_have_text("No level suggested")
    assert record(page)["judgement"] == {"level": 2, "reason": None}


def test_the_hosts_own_field_is_read_only_where_the_host_says_so(page: Page, loading: str, served: Server) -> None:
    prompt = hosted(page, served, loading, 'watch="story"')
    expect(prompt.get_by_text("What you write in this form is looked through")).to_be_visible()
    sent = told(page)
    page.get_by_label("What has happened?").fill(STORY)
    offered = prompt.get_by_role("heading", name="From what you wrote: is any of this so?")
    expect(offered).to_be_visible()
    assert sent == [STORY]
    expect(prompt.get_by_text("You wrote: “Dad hits mum”").first).to_be_visible()
    expect(prompt.get_by_text("Set apart: “There are no bruises” (denied)")).to_be_visible()
    assert focused(page) == "What has happened?"
    concerns = prompt.locator(".found > .concerns > li")
    assert concerns.count() == 4
    assert prompt.locator(".found details[open]").count() == 0, "what nobody looked for stands closed"
    prompt.get_by_role("button", name=re.compile("Show .* more")).press("Enter")
    assert concerns.count() > 4
    fifth = concerns.nth(4).locator("summary, input").first
    expect(fifth).to_be_focused()  # the first of those that were not in view
    prompt.get_by_role("button", name="Close this").press("Enter")
    expect(offered).to_be_hidden()
    prompt.evaluate("prompt => prompt.removeAttribute('watch')")
    page.get_by_label("What has happened?").fill("Something else altogether.")
    page.wait_for_timeout(1500)
    assert len(sent) == 1


def test_focus_stays_where_it_is_when_the_suggestion_comes(page: Page, loading: str, served: Server) -> None:
    prompt = hosted(page, served, loading)
    find(prompt, "mum drinking more and more")
    prompt.locator(f"[data-concern='{DRINK}']").first.get_by_label("Yes", exact=True).press("Space")
    expect(suggested(prompt)).to_have_text("Suggested: Level 3, Intensive")
    assert focused(page) == "Yes"
    status = prompt.get_by_role("region", name="Suggestion").get_by_role("status")
    assert status.get_attribute("aria-live") == "polite"


# --- On pages of every kind ---


def test_a_reset_of_all_styles_and_a_strict_policy_leave_it_as_it_is(
    page: Page, loading: str, served: Server
) -> None:
    look = """one => { const style = getComputedStyle(one);
        return [style.display, style.backgroundColor, style.fontSize, style.paddingLeft, style.outlineStyle]; }"""
    plain = hosted(page, served, loading).get_by_role("button", name="Find").evaluate(look)
    reset = '<link rel="stylesheet" href="/reset.css"><link rel="icon" href="data:,">'
    css = (
        "* { all: unset !important; font-size: 3px !important; color: red !important; display: inline !important }"
    )
    page.route("**/reset.css", lambda route: route.fulfill(body=css, content_type="text/css"))
    policy = STRICT.replace("default-src 'none'", "default-src 'none'; style-src 'self'; img-src data:")
    prompt = hosted(page, served, loading, 'style-less="yes"', head=reset, csp=policy)
    button = prompt.get_by_role("button", name="Find").evaluate(look)
    assert button[:2] == plain[:2]
    box = prompt.locator(".prompt").evaluate("one => [getComputedStyle(one).color, getComputedStyle(one).display]")
    assert box == ["rgb(11, 12, 12)", "block"]
    no_danger(prompt)
    find(prompt, "mum drinking more and more")
    mark(prompt, DRINK)
    expect(suggested(prompt)).to_have_text("Suggested: Level 3, Intensive")


def test_the_host_chooses_colours_and_type(page: Page, loading: str, served: Server) -> None:
    theme = "<style>rhrt-prompt { --rhrt-accent: rgb(1, 2, 3); --rhrt-font: serif; --rhrt-font-size: 20px }</style>"
    button = hosted(page, served, loading, head=theme).get_by_role("button", name="Find")
    found = button.evaluate("one => [getComputedStyle(one).backgroundColor, getComputedStyle(one).fontFamily]")
    assert found == ["rgb(1, 2, 3)", "serif"]


def test_another_area_has_its_own_levels_words_and_questions(page: Page, loading: str, marram: Server) -> None:
    island = load_rulebook(str(MARRAM))
    prompt = hosted(page, marram, loading, f'rulebook="{island.id}" commit-first')
    answer(prompt, "danger_now", "Yes")
    expect(prompt.get_by_role("alert").first).to_contain_text("At once. Call 999.")
    no_danger(prompt)
    find(prompt, "often worried")
    mark(prompt, "often-worried-or-low")
    expect(prompt.get_by_label("Level 5, Protection")).to_be_visible()
    prompt.get_by_label("Level 2, A little help").check()
    prompt.get_by_role("button", name="Show the suggestion").click()
    expect(suggested(prompt)).to_have_text("Suggested: Level 2, A little help")
    assert "MASH" not in prompt.inner_text()
    expect_fields(page, {"rhrt-route": "family-table"})
    assert_axe_finds_nothing(page)


@pytest.mark.parametrize(("width", "loading"), list(zip((320, 1200, 320), LOADINGS, strict=True)))
def test_axe_finds_nothing_wrong_in_any_state(width: int, page: Page, loading: str, served: Server) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    prompt = hosted(page, served, loading, 'commit-first watch="story"')
    assert_axe_finds_nothing(page)
    page.get_by_label("What has happened?").fill(STORY)
    prompt.get_by_role("heading", name="From what you wrote").wait_for()
    find(prompt, "mum drinking more and more. Lack of food. No bruises.")
    assert_axe_finds_nothing(page)  # what was found: one concern stands open, others closed, and words apart
    mark(prompt, DRINK)
    assert_axe_finds_nothing(page)  # one's own level is asked
    prompt.get_by_role("button", name="Show the suggestion").click()
    assert_axe_finds_nothing(page)  # an error
    prompt.get_by_label("Level 2, Additional").check()
    prompt.get_by_role("button", name="Show the suggestion").click()
    headline(prompt).wait_for()
    prompt.get_by_text("Age and circumstances (optional)").click()
    prompt.get_by_text("Or choose from a list").click()
    prompt.locator("details details > summary").first.click()
    open_concern(prompt, "You wrote: “Lack of food”")
    prompt.locator("summary", has_text="More:").click()
    assert_axe_finds_nothing(page)  # all is open
    answer(prompt, "immediate_danger", "Yes")
    answer(prompt, "medical_emergency", "Yes")
    expect(suggested(prompt)).to_have_text("Suggested: Level 4, Specialist")
    assert_axe_finds_nothing(page)  # an emergency
    page.evaluate("document.querySelector('#set').disabled = true")
    assert_axe_finds_nothing(page)  # switched off


@pytest.mark.usefixtures("service_gone")
def test_axe_finds_nothing_wrong_when_the_service_is_gone(page: Page, loading: str, served: Server) -> None:
    prompt = hosted(page, served, loading)
    page.route("**/v1/**", lambda route: route.abort())
    no_danger(prompt)
    expect(headline(prompt)).to_have_text("No suggestion can be given now")
    assert_axe_finds_nothing(page)


@pytest.mark.parametrize(
    ("width", "size", "loading"),
    list(zip((320, 640, 1200, 320), ("100%", "200%", "200%", "200%"), (*LOADINGS, LOADINGS[0]), strict=True)),
)
def test_a_small_telephone_and_large_text_need_no_sideways_scrolling(
    width: int, size: str, page: Page, loading: str, served: Server
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    prompt = hosted(page, served, loading)
    page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
    find(prompt, "mum drinking more and more. Lack of food. No bruises.")
    mark(prompt, DRINK)
    prompt.get_by_label("Level 4, Specialist").check()
    open_concern(prompt, "You wrote: “Lack of food”")
    prompt.locator("summary", has_text="More:").click()
    prompt.get_by_text("Age and circumstances (optional)").click()
    answer(prompt, "immediate_danger", "Yes")
    expect(suggested(prompt)).to_have_text("Suggested: Level 4, Specialist")
    grown = prompt.locator(".prompt").evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    assert grown == (32 if size == "200%" else 16)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_in_forced_colours_an_emergency_and_the_focus_keep_their_lines(
    in_forced_colours: Page, loading: str, served: Server
) -> None:
    page = in_forced_colours
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    prompt = hosted(page, served, loading)
    answer(prompt, "immediate_danger", "Yes")
    width = prompt.locator(".urgent").first.evaluate("one => parseFloat(getComputedStyle(one).borderTopWidth)")
    assert width >= 4
    prompt.get_by_role("button", name="Find").focus()
    page.keyboard.press("Shift+Tab")
    assert prompt.locator("input[type=search]").evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    assert_axe_finds_nothing(page)
